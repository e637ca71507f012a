"""Readwise's table: a row a highlight, with the type of its location.

Comes in: the text of the CSV file. Goes out: its books, pages as `p.` and Kindle locations as `loc.`.
Left to others: Readwise's Markdown (`readwise_markdown`), the table itself (`tables`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.importer.cleaning import clean_words
from studyguide.importer.highlights.days import find_day
from studyguide.importer.highlights.places import write_location, write_page
from studyguide.importer.highlights.records import Highlight, HighlightKind
from studyguide.importer.highlights.shelf import Shelf
from studyguide.importer.highlights.tables import read_rows
from studyguide.importer.highlights.wording import clean_paragraphs, find_lost_letters, join_doubts

if TYPE_CHECKING:
    from studyguide.importer.highlights.records import HighlightedBook
    from studyguide.importer.highlights.tables import Header, Row

UNTYPED = "a place of which the export does not say whether it is a page"
UNREADABLE_PLACE = "the place of this highlight could not be read"

_EXPORT = ("highlight", "booktitle", "bookauthor")
_FOR_IMPORT = ("highlight", "title", "author", "url", "note", "location", "date")
"""The columns that Readwise asks for when highlights are brought to it; other programs write this form too."""

_WRITE = {"page": write_page, "location": write_location}
_COUNTED = ("order", "offset", "time_offset")
"""Types of location that say only where a highlight stands among the others."""


def find_readwise(text: str, header: Header, name: str) -> tuple[HighlightedBook, ...] | None:
    """Read the table when it is Readwise's; None when it is not.

    Raises:
        NotesError: when it cannot be read as a table.
    """
    if not (header.has(*_EXPORT) or header.has(*_FOR_IMPORT)):
        return None
    shelf = Shelf(name=name)
    for row in read_rows(text, header):
        title, authors = row.get("booktitle", "title"), row.get("bookauthor", "author")
        shelf.put(_make_highlight(row), row, title=title, authors=authors)
    return shelf.books()


def _make_highlight(row: Row) -> Highlight:
    text = clean_paragraphs(row.get("highlight").split("\n"))
    note = clean_paragraphs(row.get("note").split("\n"))
    kind, counted = row.get("locationtype").strip().casefold(), row.get("location").strip()
    locator = _WRITE[kind](counted) if kind in _WRITE else ""
    is_unreadable = bool(counted) and kind in _WRITE and not locator and counted != "0"
    doubts = (UNREADABLE_PLACE if is_unreadable else "", find_lost_letters(row.get("highlight"), row.get("note")))
    return Highlight(
        text=text or note,
        line=row.line,
        kind=HighlightKind.HIGHLIGHT if text else HighlightKind.NOTE,
        note=note if text else "",
        locator=locator,
        when=find_day(row.get("highlightedat", "date")),
        position=int(counted) if kind in _COUNTED and counted.isdecimal() else None,
        remark=_describe(row, kind, counted, locator),
        doubt=join_doubts(row.doubt, *doubts),
    )


def _describe(row: Row, kind: str, counted: str, locator: str) -> str:
    """Say what else stands in the row: a place that is no page, and the reader's tags."""
    place = ""
    if counted and not locator:
        place = f"no page: {kind} {counted}" if kind else f"{UNTYPED}: {counted}"
    tags = clean_words(row.get("tags"))
    return "; ".join(part for part in (place, f"tags: {tags}" if tags else "") if part)
