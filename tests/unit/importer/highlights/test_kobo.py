"""Kobo: tables and texts of highlights."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from studyguide.importer.highlights import find_highlights
from studyguide.importer.highlights.records import HighlightKind

if TYPE_CHECKING:
    from studyguide.importer.highlights.records import HighlightedBook


def read(text: str, name: str = "highlights.csv") -> HighlightedBook:
    """Read an export of one book."""
    books = find_highlights(text, name)
    assert books is not None
    (book,) = books
    return book


@pytest.mark.parametrize(
    "text",
    [
        (
            "BookTitle,Author,ChapterTitle,DateCreated,ChapterProgress,Text,Annotation\n"
            "Wells,Ana Pozo,Chapter 3: Rain,2024-05-06T07:08:09Z,0.34,A well.,Ask Ben.\n"
        ),
        "Book;Author;Chapter;Highlight;Note;Date\nWells;Ana Pozo;Chapter 3: Rain;A well.;Ask Ben.;6 May 2024\n",
        (
            "Title\tAuthors\tAnnotation\tNotes\tChapter\tCreated Date\n"
            "Wells\tAna Pozo\tA well.\tAsk Ben.\tChapter 3: Rain\t2024-05-06\n"
        ),
        (
            "BookmarkID,Title,Author,Chapter,Highlighted Text,Annotation,Date Created\n"
            '1,Wells,"Pozo, Ana",Chapter 3: Rain,A well.,Ask Ben.,2024-05-06 07:08\n'
        ),
    ],
)
def test_reads_the_tables_that_people_have(text: str) -> None:
    """The columns have several names, `Annotation` is the note where another column holds the highlight."""
    book = read(text)
    (highlight,) = book.highlights
    assert (book.title, book.authors) == ("Wells", ("Ana Pozo",))
    assert (highlight.text, highlight.note, highlight.chapter) == ("A well.", "Ask Ben.", "Chapter 3: Rain")
    assert (highlight.locator, highlight.when) == ("ch. 3", date(2024, 5, 6))


def test_a_share_of_the_book_is_no_page() -> None:
    """A percentage or a bare location gives no locator; it is reported."""
    book = read("Title,Author,Text,Progress,Date\nWells,Ana Pozo,A well.,34,2024-05-06\n")
    assert (book.highlights[0].locator, book.highlights[0].remark) == ("", "no page: 34")


def test_a_page_is_a_page() -> None:
    """It goes before the chapter; one that cannot be read is doubted."""
    book = read("Title,Author,Chapter,Text,Page\nWells,Ana,Chapter 3,A well.,45\nWells,Ana,Rain,A gate.,?\n")
    assert [(each.locator, bool(each.doubt)) for each in book.highlights] == [("p. 45", False), ("", True)]


def test_reads_rows_without_a_header() -> None:
    """One program writes none; the kind and the moment in each row tell it from other tables."""
    moment = "2016-06-27T17:16:33.123"
    text = (
        f"annotation,Wells,Ana Pozo,{moment},{moment},Ask Ben.,A well.\n"
        f'highlight,Wells,Ana Pozo,{moment},{moment},,"A gate,\nand a key."\n'
        f"bookmark,Wells,Ana Pozo,{moment},{moment},,\n"
    )
    assert [(each.kind, each.text, each.note, each.line) for each in read(text).highlights] == [
        (HighlightKind.HIGHLIGHT, "A well.", "Ask Ben.", 1),
        (HighlightKind.HIGHLIGHT, "A gate,\nand a key.", "", 2),
        (HighlightKind.BOOKMARK, "", "", 4),
    ]


def test_two_columns_of_one_name_are_both_kept() -> None:
    """Nothing of a row is overwritten by the same row."""
    book = read("Title,Author,Text,Note,Note,Annotation,Date\nWells,Ana,A well.,One.,Two.,Three.,2024-05-06\n")
    assert book.highlights[0].note == "Three.\nOne.\nTwo."


DEVICE = "\ufeffThe Common Well\n\nA well is dug once.\n\nNobody owns rain.\nNote: Ask Ben.\n\nA gate.\n"


def test_reads_what_the_device_exports() -> None:
    """The title, then a paragraph a highlight, the note below it."""
    book = read(DEVICE, "Exported Annotations/The Common Well - annotations.txt")
    assert (book.title, book.authors) == ("The Common Well", ())
    assert [(each.text, each.note, each.line) for each in book.highlights] == [
        ("A well is dug once.", "", 3),
        ("Nobody owns rain.", "Ask Ben.", 5),
        ("A gate.", "", 8),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (DEVICE, "the-common-well.txt"),
        (DEVICE, ""),
        (DEVICE + "\n- who keeps it?\n", "annotations.txt"),
        (DEVICE.replace("Note: ", ""), "annotations.txt"),
        ("The Common Well\n", "kobo.txt"),
    ],
)
def test_bare_paragraphs_without_a_sign_are_a_persons_notes(text: str, name: str) -> None:
    """The file's name must say so, and nothing in it may look like someone's list."""
    assert find_highlights(text, name) is None


def test_reads_the_markdown_of_the_obsidian_plugin() -> None:
    """Chapters are headings, notes and moments stand below their highlights."""
    book = read(
        '---\ntitle: "The Common Well"\nauthor: Ana Pozo\npublisher: \nreadStatus: Reading\npercentRead: 34\n---\n'
        "# The Common Well\n## Description\nAbout wells.\n## Highlights\n## Chapter 2\n\nA well.\n**Note:** Ask Ben.\n"
        "*Created: 2024-05-06T07:08:09.000Z*\n\nA gate.\n## Rain\nRain.\n",
        "The Common Well.md",
    )
    assert (book.title, book.authors) == ("The Common Well", ("Ana Pozo",))
    assert [(each.text, each.note, each.chapter, each.locator) for each in book.highlights] == [
        ("A well.", "Ask Ben.", "Chapter 2", "ch. 2"),
        ("A gate.", "", "Chapter 2", "ch. 2"),
        ("Rain.", "", "Rain", ""),
    ]
    assert [(each.when, each.line) for each in book.highlights] == [(date(2024, 5, 6), 14), (None, 18), (None, 20)]


def test_reads_the_markdown_of_export_kobo() -> None:
    """Highlights are quoted with the mark of their colour, notes are items."""
    book = read(
        '---\ntitle: Wells\nauthor: Ana Pozo\n---\n# "Wells" by Ana Pozo\n\n### CHAPTER II. Rain\n\n> 🟡 A well.\n\n'
        "> A gate.\n\n- Ask Ben.\n",
        "Wells.md",
    )
    assert [(each.text, each.note, each.chapter, each.locator) for each in book.highlights] == [
        ("A well.", "", "CHAPTER II. Rain", "ch. II"),
        ("A gate.", "Ask Ben.", "CHAPTER II. Rain", "ch. II"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: Wells\nauthor: Ana\n---\n# Wells\n\n> A well.\n",
        "---\ntitle: Wells\ndate: 2024-05-06\n---\n\n## Highlights\n\nA well.\n",
        "---\ntitle: Wells\n",
        "Title,Author,Year,Shelf\nWells,Ana Pozo,2021,B\n",
        "Date,Place,Text\n2024-05-06,Library,We met.\n",
    ],
)
def test_other_files_are_no_highlights(text: str) -> None:
    """Sessions and notes with a header, lists of books, minutes."""
    assert find_highlights(text, "annotations.md") is None
