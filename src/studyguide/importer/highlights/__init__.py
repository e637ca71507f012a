"""Highlights: exports of e-readers and annotation services become a draft of quotations with their places.

Comes in: the text of a file and its name. Goes out: books with their highlights, then a `Draft` of them.
Left to others: files and encodings (`intake`), the session file (`session_text`).
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from studyguide.errors import NotesError
from studyguide.importer.highlights.drafting import draft_highlights
from studyguide.importer.highlights.hypothesis import find_hypothesis
from studyguide.importer.highlights.kindle import find_clippings
from studyguide.importer.highlights.kindle_notebook import find_notebook
from studyguide.importer.highlights.kobo import find_kobo
from studyguide.importer.highlights.kobo_texts import find_kobo_text
from studyguide.importer.highlights.readwise import find_readwise
from studyguide.importer.highlights.readwise_markdown import find_readwise_markdown
from studyguide.importer.highlights.tables import read_headers
from studyguide.importer.notes import NoteLine

if TYPE_CHECKING:
    from studyguide.importer.highlights.records import HighlightedBook

__all__ = ["draft_highlights", "find_highlights", "list_lines"]


def find_highlights(text: str, name: str) -> tuple[HighlightedBook, ...] | None:
    """Read the highlights of an export; None when the text is something else, such as a person's notes.

    Raises:
        NotesError: when it is an export of highlights that cannot be read, or that has none.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    books = _find_in_table(text, name)
    if books is None:
        books = find_clippings(text)
    if books is None:
        books = find_notebook(text, name)
    if books is None:
        books = find_readwise_markdown(text)
    if books is None:
        books = find_kobo_text(text, name)
    if books == ():
        raise NotesError("this export of an e-reader has no rows under its header", hint="export the highlights again")
    return books


def list_lines(books: tuple[HighlightedBook, ...]) -> tuple[NoteLine, ...]:
    """Give all words of an export as lines of notes, to see that none is lost."""
    lines: list[NoteLine] = []
    for book in books:
        lines.append(NoteLine(number=book.line, words=" ".join((book.title, *book.authors))))
        for each in book.highlights:
            words = f"{each.chapter} {each.text} {each.note} {each.remark}"
            lines.append(NoteLine(number=each.line, words=words))
    return tuple(lines)


def _find_in_table(text: str, name: str) -> tuple[HighlightedBook, ...] | None:
    finders = product(read_headers(text), (find_readwise, find_hypothesis, find_kobo))
    found = (find(text, header, name) for header, find in finders)
    return next((books for books in found if books is not None), None)
