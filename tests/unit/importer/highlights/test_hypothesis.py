"""Hypothesis: tables of annotations on pages of the web and PDFs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from studyguide.importer.highlights import find_highlights
from studyguide.importer.highlights.records import HighlightKind

if TYPE_CHECKING:
    from studyguide.importer.highlights.records import HighlightedBook

PAGE = "https://example.org/wells/"


def read(text: str) -> tuple[HighlightedBook, ...]:
    """Read a table that is one of Hypothesis."""
    books = find_highlights(text, "hypothesis.csv")
    assert books is not None
    return books


@pytest.mark.parametrize(
    "text",
    [
        (
            "Created at,Author,Page,URL,Group,Annotation/Reply Type,Quote,Comment,Tags\n"
            f'2024-05-06,ana,,{PAGE},Readers,Annotation,A well.,Ask Ben.,"water,rota"\n'
        ),
        (
            "Creation Date,URL,Group,Annotation/Reply Type,Quote,User,Body,Tags,Page\n"
            f'2024-05-06,{PAGE},Readers,Annotation,A well.,ana,Ask Ben.,"water,rota",\n'
        ),
        (
            '"level","updated","url","user","id","group","tags","quote","text","direct link"\n'
            f'"0","2024-05-06T07:08:09","{PAGE}","ana","x1","Readers","water,rota","A well.","Ask Ben.","{PAGE}#x1"\n'
        ),
        (
            "group,created,uri,user,exact,annotation,tags\n"
            f'Readers,2024-05-06T07:08:09+00:00,{PAGE},ana,A well.,Ask Ben.,"water,rota"\n'
        ),
    ],
)
def test_reads_the_tables_that_people_have(text: str) -> None:
    """A page of the web has an address and no page numbers; who wrote it and the tags go into the report."""
    (book,) = read(text)
    (highlight,) = book.highlights
    assert (book.title, book.is_title_guessed, book.address) == ("example.org/wells", True, PAGE)
    assert (highlight.text, highlight.note, highlight.locator) == ("A well.", "Ask Ben.", "")
    assert (highlight.when, highlight.remark) == (date(2024, 5, 6), "by ana; tags: water,rota")


def test_pages_of_a_pdf_are_pages() -> None:
    """Numbers may be roman; one that cannot be read is doubted."""
    header = "Created at,Author,Page,URL,Group,Annotation/Reply Type,Quote,Comment,Tags\n"
    rows = "".join(f"x,ana,{page},urn:x-pdf:1,G,Annotation,A well.,,\n" for page in ("23", "iii", "A-1"))
    (book,) = read(header + rows)
    assert [(each.locator, bool(each.doubt)) for each in book.highlights] == [
        ("p. 23", False),
        ("p. iii", False),
        ("", True),
    ]


def test_replies_and_notes_about_a_page_stand_alone() -> None:
    """They quote nothing; line ends within a passage are those of the page, not of paragraphs."""
    header = '"level","updated","url","user","id","group","tags","quote","text"\n'
    rows = (
        f'"0","2024-05-06","{PAGE}","ana","1","G","","A well\n    is dug.\n\nOnce.","One.\nTwo."\n'
        f'"1","2024-05-07","{PAGE}","ben","2","G","","","I have the key."\n'
    )
    first, reply = read(header + rows)[0].highlights
    assert (first.text, first.note) == ("A well is dug.\nOnce.", "One.\nTwo.")
    assert (reply.kind, reply.text, reply.remark) == (HighlightKind.NOTE, "I have the key.", "a reply; by ben")


def test_every_address_is_a_source_of_its_own() -> None:
    """Titles are used where the table has them."""
    header = "created,document_title,url,user,exact,text,tags,group\n"
    rows = f"x,Wells,{PAGE},ana,A well.,,,G\nx,Gates,https://example.org/gates,ana,A gate.,,,G\n"
    assert [(book.title, book.is_title_guessed) for book in read(header + rows)] == [("Wells", False), ("Gates", False)]


@pytest.mark.parametrize(
    "text",
    ["url,title,tags\nhttps://example.org,Wells,water\n", "user,date,text,tags\nana,2024-05-06,We met.,rota\n"],
)
def test_other_tables_are_no_annotations(text: str) -> None:
    """Bookmarks of a browser, a log of messages."""
    assert find_highlights(text, "x.csv") is None
