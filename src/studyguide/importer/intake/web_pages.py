"""Pages of the web as notes, those that Google Docs and Word save among them.

Comes in: the bytes or the text of a page. Goes out: `Notes`.
Left to others: lists that are no lists in each other (`google_pages`, `word_pages`), the page's tree (`documents`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from studyguide.importer.intake.documents import read_tree
from studyguide.importer.intake.google_pages import nest_lists
from studyguide.importer.intake.nesting import DEEPEST_NESTING, too_deep
from studyguide.importer.intake.pandoc import DocumentFormat, read_document
from studyguide.importer.intake.text_bytes import decode
from studyguide.importer.intake.word_pages import nest_word_lists

if TYPE_CHECKING:
    from studyguide.importer.notes import Notes

_NESTING = re.compile(r"<(?P<end>/?)(?:ul|ol|dl|blockquote|div|table)\b", re.IGNORECASE)


def read_page(content: bytes) -> Notes:
    """Read a page.

    Raises:
        NotesError: when it is no text, or its lists are nested deeper than anybody means.
    """
    text, doubts = decode(content)
    _refuse_depth(text)
    page = nest_word_lists(nest_lists(text)).encode("utf-8", errors="replace")
    return replace(read_tree(read_document(page, DocumentFormat.HTML), DocumentFormat.HTML), doubts=doubts)


def _refuse_depth(text: str) -> None:
    """Refuse boxes and lists in each other by the thousand: to read them takes time without end."""
    depth = 0
    for match in _NESTING.finditer(text):
        depth = max(depth + (-1 if match["end"] else 1), 0)
        if depth > DEEPEST_NESTING:
            raise too_deep()
