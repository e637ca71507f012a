"""Highlights of a book: what every export of an e-reader is reduced to before a draft is made of it.

Comes in: nothing; `kindle`, `readwise`, `kobo` and `hypothesis` make these values. Goes out: `HighlightedBook`.
Left to others: what becomes of them in a session (`drafting`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from studyguide.importer.draft import Finding


class HighlightKind(StrEnum):
    """What an entry of an export is: the book's words, the reader's own, or a marked page."""

    HIGHLIGHT = "highlight"
    NOTE = "note"
    BOOKMARK = "bookmark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlight:
    r"""One entry of an export.

    `text` is what was highlighted, of a note without a highlight the reader's own words; `note` is what the reader
    wrote at a highlight. Both are clean (see `clean_words`), their paragraphs parted by `\n`. `locator` is canonical,
    `p. 12` or `loc. 170-172`, empty when the export names no place. `position` sorts by what the device itself counts,
    where it says so. `remark` is what else the export says (tags, who wrote it); it goes into the report only.
    """

    text: str
    line: int
    kind: HighlightKind = HighlightKind.HIGHLIGHT
    note: str = ""
    locator: str = ""
    chapter: str = ""
    when: date | None = None
    position: int | None = None
    remark: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HighlightedBook:
    """A book with its highlights, in the order of the export.

    `address` is that of a web page, empty for a book. `findings` are about what is no highlight any more: merged
    versions, lines that were not understood.
    """

    title: str
    authors: tuple[str, ...] = ()
    highlights: tuple[Highlight, ...] = ()
    line: int = 1
    address: str = ""
    is_title_guessed: bool = False
    findings: tuple[Finding, ...] = ()
