"""Readwise: its table and its Markdown."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyguide.errors import NotesError
from studyguide.importer.draft import Certainty
from studyguide.importer.highlights import find_highlights
from studyguide.importer.highlights.records import HighlightKind
from studyguide.reader.locators import parse_locator

if TYPE_CHECKING:
    from studyguide.importer.highlights.records import Highlight, HighlightedBook

HEADER = (
    "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,"
    "Location Type,Location,Highlighted at,Document tags"
)


def write(*rows: tuple[str, ...], delimiter: str = ",") -> str:
    """Write rows below Readwise's header."""
    table = io.StringIO()
    csv.writer(table, delimiter=delimiter).writerows((HEADER.split(","), *rows))
    return table.getvalue()


def row(text: str, kind: str = "page", at: str = "12", note: str = "", tags: str = "") -> tuple[str, ...]:
    """Give a row of one book."""
    return (
        text,
        "The Common Well",
        "Ana Pozo, Ben Ruiz",
        "B0",
        note,
        "",
        tags,
        kind,
        at,
        "2020-10-05 10:15:30+00:00",
        "",
    )


def read(text: str) -> tuple[HighlightedBook, ...]:
    """Read a table that is Readwise's."""
    books = find_highlights(text, "readwise-data.csv")
    assert books is not None
    return books


def read_one(text: str) -> Highlight:
    """Read a table of one highlight."""
    ((highlight,),) = (book.highlights for book in read(text))
    return highlight


@pytest.mark.parametrize(
    ("kind", "at", "locator", "position"),
    [
        ("page", "12", "p. 12", None),
        ("page", "12.0", "p. 12", None),
        ("location", "345", "loc. 345", None),
        ("order", "345", "", 345),
        ("time_offset", "61", "", 61),
        ("offset", "78999682", "", 78999682),
        ("none", "0", "", None),
        ("", "12", "", None),
    ],
)
def test_the_type_of_a_location_says_what_it_is(kind: str, at: str, locator: str, position: int | None) -> None:
    """Only pages and Kindle locations are places in the book; the rest is reported and may sort."""
    highlight = read_one(write(row("A well is dug once.", kind, at)))
    assert (highlight.locator, highlight.position) == (locator, position)
    assert not highlight.doubt
    if not locator:
        assert at in highlight.remark


def test_reads_every_column_that_says_something() -> None:
    """Paragraphs stay apart, the note, the day and the tags are kept, authors are parted."""
    text = write(row("One well.\n\nTwo wells.", note="Count them.", tags="water, rota"))
    (book,) = read("\ufeff" + text)
    (highlight,) = book.highlights
    assert (book.title, book.authors) == ("The Common Well", ("Ana Pozo", "Ben Ruiz"))
    assert (highlight.text, highlight.note, highlight.line) == ("One well.\nTwo wells.", "Count them.", 2)
    assert (highlight.when, highlight.remark) == (date(2020, 10, 5), "tags: water, rota")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_spreadsheet_may_have_parted_the_cells_otherwise(delimiter: str) -> None:
    """Some save a CSV with semicolons or tabs, with a first line that says so."""
    assert read_one(write(row("A well; deep."), delimiter=delimiter)).text == "A well; deep."
    assert read_one(f"sep={delimiter}\n" + write(row("A well."), delimiter=delimiter)).line == 3


def test_a_row_without_a_highlight_is_a_note() -> None:
    """The reader wrote it about the book."""
    note = read_one(write(row("", note="Bring the map.")))
    assert (note.kind, note.text, note.note) == (HighlightKind.NOTE, "Bring the map.", "")


def test_rows_count_their_lines_over_cells_of_several_lines() -> None:
    """The report names the line where the row starts."""
    (book,) = read(write(row("One.\nTwo.\nThree."), row("Four.")))
    assert [each.line for each in book.highlights] == [2, 5]


def test_a_ragged_row_loses_no_words() -> None:
    """Missing cells are empty, cells without a column are reported."""
    short, long = ("A gate.", "The Common Well", "Ana Pozo, Ben Ruiz"), (*row("A key."), "who", "left this?")
    (book,) = read(write(short, long))
    assert [(each.text, each.locator) for each in book.highlights] == [("A gate.", ""), ("A key.", "p. 12")]
    assert all("is it whole?" in each.doubt for each in book.highlights)
    (finding,) = book.findings
    assert (finding.words, finding.line, finding.certainty) == ("who left this?", 3, Certainty.UNSURE)


def test_a_quotation_mark_that_is_closed_too_late_is_doubted() -> None:
    """Two rows became one; their words are all there, and the row has the wrong number of cells."""
    text = write(row("A gate.")) + '"A key,The Common Well,Ana\n' + write(row("A bell.")).split("\n", 1)[1]
    books = read(text)
    doubted = [each for book in books for each in book.highlights if each.doubt]
    assert [(each.text.split("\n")[0], each.line) for each in doubted] == [("A key,The Common Well,Ana", 3)]


def test_a_quotation_mark_that_is_never_closed_is_explained() -> None:
    """All that follows would be one cell."""
    text = write(row("A gate.")) + '"A key,The Common Well,Ana\nA bell,The Common Well,Ana\n'
    with pytest.raises(
        NotesError, match="a quotation mark that opens in line 3 of the table is never closed"
    ) as caught:
        find_highlights(text, "x.csv")
    assert caught.value.hint


def test_a_huge_cell_is_read() -> None:
    """A whole chapter in one highlight is more than such tables usually hold, and the limit is put back."""
    usual = csv.field_size_limit()
    assert len(read_one(write(row("well " * 60_000))).text) == 5 * 60_000 - 1
    assert csv.field_size_limit() == usual


def test_a_header_without_rows_is_explained() -> None:
    """There is nothing to make a session of."""
    with pytest.raises(NotesError, match="has no rows under its header"):
        find_highlights(HEADER + "\n", "x.csv")


def test_a_place_without_a_unit_is_no_page() -> None:
    """The form in which other programs write for Readwise does not say what its location counts."""
    text = "Highlight,Title,Author,URL,Note,Location,Date\nA gate.,Gates,Ana Pozo,,,1204,2021-02-03\n"
    highlight = read_one(text)
    assert (highlight.locator, highlight.when) == ("", date(2021, 2, 3))
    assert highlight.remark.endswith(": 1204")


def test_an_unreadable_page_is_doubted() -> None:
    """Its highlight is kept without a place."""
    highlight = read_one(write(row("A gate.", at="twelve")))
    assert (highlight.locator, bool(highlight.doubt), highlight.remark) == ("", True, "no page: page twelve")


@pytest.mark.parametrize(
    "text",
    [
        "Name,Mail,Paper\nAna,ana@example.org,a4\n",
        "Title,Author,Year\nThe Common Well,Ana Pozo,2021\n",
        "Highlight,Note\nA,B\n",
        "Highlights, notes, and the rota: what we said\n\nA well, a gate, a key.\n",
        '"unclosed, header, line\n',
    ],
)
def test_other_tables_are_no_highlights(text: str) -> None:
    """Lists of members or books, and prose with commas."""
    assert find_highlights(text, "x.csv") is None


MARKDOWN = """# The Common Well

![rw-book-cover](https://example.org/cover.jpg)

## Metadata
- Author: [[Ana Pozo and Ben Ruiz]]
- Full Title: The Common Well: Who Keeps It
- Category: #books
- Document Note: Read before May.

## Highlights
- A well is dug once. ([Location\u00a0599](https://example.org/?location=599))
    - Note: Ask Ben.
      He has the key.
    - Tags: [[water]] [[rota]]
- Nobody owns rain. (Page 12)

- One paragraph.

  And another (p. 4 of the leaflet). ([View Highlight](https://example.org/read/1))
## New highlights added June 28, 2024 at 8:47 AM
- A gate. ([Page xii](https://example.org/p))
"""


def test_reads_the_markdown() -> None:
    """Places in brackets at the end of an item, notes and tags below it, later additions with their day."""
    (book,) = read(MARKDOWN)
    assert (book.title, book.authors) == ("The Common Well: Who Keeps It", ("Ana Pozo", "Ben Ruiz"))
    assert [(each.text, each.locator, each.note, each.remark) for each in book.highlights] == [
        ("A well is dug once.", "loc. 599", "Ask Ben.\nHe has the key.", "tags: water rota"),
        ("Nobody owns rain.", "p. 12", "", ""),
        ("One paragraph.\nAnd another (p. 4 of the leaflet).", "", "", ""),
        ("A gate.", "p. xii", "", ""),
    ]
    assert [each.when for each in book.highlights] == [None, None, None, date(2024, 6, 28)]
    assert [each.words for each in book.findings] == ["Category: #books", "Document Note: Read before May."]


def test_several_books_may_stand_in_one_markdown_file() -> None:
    """Someone put the files of an export together."""
    first, second = read(MARKDOWN + MARKDOWN.replace("Well", "Gate"))
    assert (first.title, second.title) == ("The Common Well: Who Keeps It", "The Common Gate: Who Keeps It")
    assert len(first.highlights) == len(second.highlights) == 4


@pytest.mark.parametrize(
    "text",
    [
        "# Wells\n\n## Highlights\n- A well\n",
        "# Wells\n\n## Metadata\n- Room: 2\n\n## Highlights\n- A well\n",
        "# Wells\n\n## Metadata\n- Author: Ana\n\n## Highlights\n",
        "Our notes\n\n# Wells\n\n## Metadata\n- Author: Ana\n\n## Highlights\n- A well\n",
    ],
)
def test_a_persons_markdown_is_no_export(text: str) -> None:
    """The headings alone prove nothing."""
    assert find_highlights(text, "wells.md") is None


@given(
    st.sampled_from(["page", "location", "order", "time_offset", "offset", "none", ""]),
    st.text("0123456789xivl.-", max_size=9),
)
def test_a_locator_has_the_unit_of_the_row(kind: str, at: str) -> None:
    """Whatever stands in the cell, a location never gives a page, and every locator can be read."""
    locator = read_one(write(row("A gate.", kind, at))).locator
    assert not locator or parse_locator(locator) is not None
    assert locator.split(" ")[0] in {"page": ("p.", "pp.", ""), "location": ("loc.", "")}.get(kind, ("",))


WORDS = st.lists(
    st.text(st.characters(categories=["Lu", "Ll", "Nd"], max_codepoint=0x24F), min_size=1, max_size=8),
    min_size=1,
    max_size=9,
).map(" ".join)


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=6))
def test_no_word_is_lost(pairs: list[tuple[str, str]]) -> None:
    """Every highlight and every note is there, in order."""
    (book,) = read(write(*(row(text, note=note) for text, note in pairs)))
    assert [(each.text.split(), each.note.split()) for each in book.highlights] == [
        (text.split(), note.split()) for text, note in pairs
    ]
