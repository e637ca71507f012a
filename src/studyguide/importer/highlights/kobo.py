"""Kobo's highlights as tables: what the programs write that read them from the device.

Comes in: the text of the CSV file. Goes out: its books; a page gives `p.`, a numbered chapter `ch.`, a share of the
book read gives no locator. Left to others: the device's own text (`kobo_texts`), the table itself (`tables`).
"""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from studyguide.importer.cleaning import clean_words
from studyguide.importer.highlights.days import find_day
from studyguide.importer.highlights.places import write_chapter, write_page
from studyguide.importer.highlights.records import Highlight, HighlightKind
from studyguide.importer.highlights.shelf import Shelf
from studyguide.importer.highlights.tables import Header, read_rows
from studyguide.importer.highlights.wording import clean_paragraphs, find_lost_letters, join_doubts

if TYPE_CHECKING:
    from studyguide.importer.highlights.records import HighlightedBook
    from studyguide.importer.highlights.tables import Row

LEAST_SIGNS = 2
"""A table with fewer of the columns that only such exports have is one of something else."""

UNREADABLE_PAGE = "the page of this highlight could not be read"

_TITLES = ("booktitle", "title", "book", "bookname")
_AUTHORS = ("author", "authors", "bookauthor", "attribution")
_TEXTS = ("text", "highlight", "highlightedtext", "highlighttext", "quote")
_NOTES = ("annotation", "note", "notes", "annotationnote", "notetext", "comment")
_CHAPTERS = ("chapter", "chaptertitle", "chaptername", "section")
_PAGES = ("page", "pagenumber")
_SHARES = ("progress", "chapterprogress", "percent", "location", "position")
_DAYS = ("datecreated", "createddate", "createdat", "created", "date", "datemodified", "modified")
_DEVICE = ("bookmarkid", "volumeid", "contentid", "color", "colour", "type", "hidden", "uuid")
_SIGNS = (_NOTES, _CHAPTERS, _PAGES, _SHARES, _DAYS, _DEVICE)

_KINDS_WITHOUT_HEADER = ("annotation", "highlight", "bookmark")
_COLUMNS_WITHOUT_HEADER = ("type", "title", "author", "datecreated", "datemodified", "annotation", "text")
"""`export-kobo` 2.1 writes these seven cells and no header."""

_MOMENT_CELL = _COLUMNS_WITHOUT_HEADER.index("datecreated")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}.*")


def find_kobo(text: str, header: Header, name: str) -> tuple[HighlightedBook, ...] | None:
    """Read the table when it is one of Kobo highlights; None when it is not.

    Raises:
        NotesError: when it cannot be read as a table.
    """
    header = _supply_header(text, header)
    if not _is_kobo(header):
        return None
    shelf = Shelf(name=name)
    for row in read_rows(text, header):
        shelf.put(_make_highlight(row, header), row, title=row.get(*_TITLES), authors=row.get(*_AUTHORS))
    return shelf.books()


def _supply_header(text: str, header: Header) -> Header:
    """Give a table without a header the one that it would have."""
    first = next(csv.reader(text.split("\n", 1)[:1], delimiter=header.delimiter), [])
    has_moment = len(first) > _MOMENT_CELL and _MOMENT.fullmatch(first[_MOMENT_CELL])
    if not has_moment or first[0] not in _KINDS_WITHOUT_HEADER:
        return header
    return replace(header, names=_COLUMNS_WITHOUT_HEADER, skipped=0)


def _is_kobo(header: Header) -> bool:
    texts = _TEXTS if header.has_any(*_TEXTS) else ("annotation",)
    signs = sum(header.has_any(*names) for names in _SIGNS)
    return header.has_any(*_TITLES) and header.has_any(*_AUTHORS) and header.has_any(*texts) and signs >= LEAST_SIGNS


def _make_highlight(row: Row, header: Header) -> Highlight:
    has_texts = header.has_any(*_TEXTS)
    raw_text = row.get_all(*(_TEXTS if has_texts else ("annotation",)))
    raw_note = row.get_all(*(_NOTES if has_texts else _NOTES[1:]))
    text, note = clean_paragraphs(raw_text.split("\n")), clean_paragraphs(raw_note.split("\n"))
    chapter, page = clean_words(row.get(*_CHAPTERS)), row.get(*_PAGES).strip()
    doubts = (UNREADABLE_PAGE if page and not write_page(page) else "", find_lost_letters(raw_text, raw_note))
    return Highlight(
        text=text or note,
        line=row.line,
        kind=_find_kind(row, text, note),
        note=note if text else "",
        locator=write_page(page) or write_chapter(chapter),
        chapter=chapter,
        when=find_day(row.get(*_DAYS)),
        remark=_describe(row, page),
        doubt=join_doubts(row.doubt, *doubts),
    )


def _find_kind(row: Row, text: str, note: str) -> HighlightKind:
    if not text and not note and row.get("type").strip().casefold() in ("bookmark", "dogear"):
        return HighlightKind.BOOKMARK
    return HighlightKind.HIGHLIGHT if text or not note else HighlightKind.NOTE


def _describe(row: Row, page: str) -> str:
    """Say what else stands in the row about the place: a share of the book is no page."""
    share = clean_words(row.get(*_SHARES))
    parts = (
        f"no page: {share}" if share and not write_page(page) else "",
        f"page {clean_words(page)}" if page and not write_page(page) else "",
    )
    return "; ".join(part for part in parts if part)
