"""Hypothesis: tables of annotations from its own export and from the public tools around it.

Comes in: the text of the CSV file. Goes out: a page of the web or a PDF each, with its annotations as they come.
Left to others: the table itself (`tables`). A page of the web has no page numbers; its address stays as a link.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.importer.cleaning import clean_words
from studyguide.importer.highlights.days import find_day
from studyguide.importer.highlights.places import write_page
from studyguide.importer.highlights.records import Highlight, HighlightKind
from studyguide.importer.highlights.shelf import Shelf
from studyguide.importer.highlights.tables import read_rows
from studyguide.importer.highlights.wording import clean_paragraphs, clean_wrapped, find_lost_letters, join_doubts

if TYPE_CHECKING:
    from studyguide.importer.highlights.records import HighlightedBook
    from studyguide.importer.highlights.tables import Header, Row

UNREADABLE_PAGE = "the page of this annotation could not be read"

_ADDRESSES = ("url", "uri", "link")
_QUOTES = ("quote", "exact", "highlight")
_COMMENTS = ("comment", "body", "text", "annotation", "note")
_PEOPLE = ("author", "user", "username")
_DAYS = ("createdat", "creationdate", "created", "updated", "date")


def find_hypothesis(text: str, header: Header, name: str) -> tuple[HighlightedBook, ...] | None:
    """Read the table when it is one of Hypothesis; None when it is not.

    Raises:
        NotesError: when it cannot be read as a table.
    """
    if not _is_hypothesis(header):
        return None
    shelf = Shelf(name=name)
    for row in read_rows(text, header):
        shelf.put(_make_highlight(row), row, title=row.get("documenttitle", "title"), address=row.get(*_ADDRESSES))
    return shelf.books()


def _is_hypothesis(header: Header) -> bool:
    is_own = header.has("annotationreplytype") and header.has_any(*_ADDRESSES) and header.has_any(*_QUOTES)
    columns = (_ADDRESSES, _QUOTES[:2], _COMMENTS, _PEOPLE, _DAYS, ("tags",), ("group", "id", "level"))
    return is_own or all(header.has_any(*names) for names in columns)


def _make_highlight(row: Row) -> Highlight:
    quote, comment = row.get_all(*_QUOTES), row.get_all(*_COMMENTS)
    text, note = clean_wrapped(quote), clean_paragraphs(comment.split("\n"))
    page = row.get("page").strip()
    locator = write_page(page)
    doubts = (
        UNREADABLE_PAGE if page and not locator else "",
        find_lost_letters(quote, comment),
    )
    return Highlight(
        text=text or note,
        line=row.line,
        kind=HighlightKind.HIGHLIGHT if text else HighlightKind.NOTE,
        note=note if text else "",
        locator=locator,
        when=find_day(row.get(*_DAYS)),
        remark=_describe(row),
        doubt=join_doubts(row.doubt, *doubts),
    )


def _describe(row: Row) -> str:
    """Say who wrote the annotation, with which tags, and that it answers another one."""
    is_reply = row.get("annotationreplytype").strip().casefold() == "reply" or row.get("level").strip() not in ("", "0")
    page, who, tags = (clean_words(row.get(*names)) for names in (("page",), _PEOPLE, ("tags",)))
    parts = (
        "a reply" if is_reply else "",
        f"by {who}" if who else "",
        f"tags: {tags}" if tags else "",
        f"page {page}" if page and not write_page(page) else "",
    )
    return "; ".join(part for part in parts if part)
