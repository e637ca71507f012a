"""The second line of a Kindle clipping, `- Your Highlight on page 12 | Location 170-172 | Added on …`.

Comes in: that line, in one of ten languages. Goes out: what kind of clipping it is, its page, its location and its day.
Left to others: the entries around it (`kindle`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from studyguide.importer.highlights.days import find_day
from studyguide.importer.highlights.records import HighlightKind

if TYPE_CHECKING:
    from datetime import date

_SPACES_AND_MARKS = {**dict.fromkeys(map(ord, "\ufeff\u200b\u200e\u200f")), 0xA0: " ", 0x202F: " ", 0x3000: " "}
"""Direction marks that devices put around numbers are dropped, spaces of other widths are spaces."""

_NUMERAL = r"(?:[0-9]{1,6}|[ivxlcdm]{1,15})(?![^\W_])"
_STRETCH = rf"{_NUMERAL}(?:\s*[-–]\s*{_NUMERAL})?"
_PAGE_WORDS = r"pages?|páginas?|paginas?|pagina|seiten?|bladzijde|странице"
_LOCATION_WORDS = (
    r"locations?|loc\.|posición|posicion|positionen|position|emplacements?|posição|posicao|posizione|locatie|"
    r"местоположение|位置"
)
_PAGE = re.compile(
    rf"\b(?:{_PAGE_WORDS})\s+(?P<words>{_STRETCH})|第\s*(?P<chinese>[0-9-]+)\s*页|(?P<japanese>[0-9-]+)\s*ページ",
    re.IGNORECASE,
)
_LOCATION = re.compile(
    r"(?:(?<![^\W_])|(?<=[lLdD]['’ʼ]))"
    rf"(?:{_LOCATION_WORDS})\s*(?:No\.|n\.?º|#)?\s*(?P<words>[0-9]+(?:\s*[-–]\s*[0-9]+)?)(?![^\W_])",
    re.IGNORECASE,
)
_WITHOUT_DIGITS = dict.fromkeys(map(ord, "0123456789"))

PHRASES_REMEMBERED = 64
"""Without its numbers a line is one of a few phrases."""

_KINDS = (
    (
        HighlightKind.BOOKMARK,
        re.compile(
            r"\b(?:bookmark|marcador|lesezeichen|signet|segnalibro|bladwijzer|закладка)\b|书签|ブックマーク",
            re.IGNORECASE,
        ),
    ),
    (HighlightKind.NOTE, re.compile(r"\b(?:note|nota|notiz|notitie|заметка)\b|笔记|メモ", re.IGNORECASE)),
    (
        HighlightKind.HIGHLIGHT,
        re.compile(
            r"\b(?:highlight|subrayado|resaltado|markierung|surlignement|surlignage|destaque|evidenziazione|markering|"
            r"выделенный|clip|clipping|recorte|ausschnitt|ritaglio)\b|标注|ハイライト",
            re.IGNORECASE,
        ),
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClippingLine:
    """What the line says; `kind` is None when it is in no language that is known here.

    `page` and `location` are the numerals as the device wrote them, empty where it names none.
    """

    kind: HighlightKind | None
    page: str
    location: str
    when: date | None

    @property
    def is_certain(self) -> bool:
        """Whether the line can hardly be anything else: it names a kind, and a place or a day."""
        return self.kind is not None and bool(self.page or self.location or self.when)


def read_clipping_line(line: str) -> ClippingLine | None:
    """Read the second line of a clipping; None when it is no such line.

    A line in an unknown language must at least have its bars and a day or a number after them.
    """
    line = line.translate(_SPACES_AND_MARKS).strip()
    if not line.startswith("-"):
        return None
    place, bar, added = line[1:].rpartition("|")
    if not bar:
        place, added = line[1:], ""
    kind = find_kind(place.translate(_WITHOUT_DIGITS))
    page, location = _find_page(place), _find_location(place)
    when = find_day(added)
    if not (bar or page or location) or (kind is None and not when):
        return None
    return ClippingLine(kind=kind, page=page, location=location, when=when)


def find_places(words: str) -> tuple[str, str]:
    """Find the numerals of the page and of the location that words name, in any of the languages."""
    return _find_page(words), _find_location(words)


@lru_cache(maxsize=PHRASES_REMEMBERED)
def find_kind(words: str) -> HighlightKind | None:
    """Tell what kind of entry the words name, in any of the languages."""
    return next((kind for kind, pattern in _KINDS if pattern.search(words)), None)


def _find_page(words: str) -> str:
    match = _PAGE.search(words)
    return (match["words"] or match["chinese"] or match["japanese"]) if match is not None else ""


def _find_location(words: str) -> str:
    match = _LOCATION.search(words)
    return match["words"] if match is not None else ""
