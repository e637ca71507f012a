"""Places as e-readers give them, written as locators: `p. 12`, `pp. xii-xiv`, `loc. 170-172`, `ch. 3`.

Comes in: the numerals of one unit. Goes out: the canonical locator, or nothing when they are no numerals.
Left to others: which unit it is (each export says so). A place of one unit is never written as one of another.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from studyguide.model.locator import Locator, LocatorLabel, numeral_key
from studyguide.reader.locators import DASH, LABELS, complete_numeral, parse_locator

Place: TypeAlias = tuple[int, tuple[int, ...]]
"""A numeral as it sorts: see `numeral_key`."""

_NUMERAL = r"(?:[0-9]{1,6}|[ivxlcdm]{1,15}|[IVXLCDM]{1,15})"
_STRETCH = re.compile(rf"\s*(?P<first>{_NUMERAL})(?:\.0)?(?:{DASH}(?P<last>{_NUMERAL})(?:\.0)?)?\s*")
_PLAIN = re.compile(r"(?P<label>pp?\.|loc\.|chs?\.) (?P<first>[0-9]+)(?:-(?P<last>[0-9]+))?")
"""Most places, of which there are tens of thousands in one file, need no more reading than this."""

_CHAPTER = re.compile(
    r"(?:chapter|chap\.|ch\.|cap[ií]tulo|capitolo|chapitre|kapitel|hoofdstuk)\s+(?P<number>[0-9]{1,3}|[ivxlc]{1,8})"
    r"(?![\w])",
    re.IGNORECASE,
)
_LABELS = {
    LocatorLabel.PAGE: ("p.", "pp."),
    LocatorLabel.LOCATION: ("loc.", "loc."),
    LocatorLabel.CHAPTER: ("ch.", "chs."),
}


def write_page(words: str) -> str:
    """Write a page or a stretch of pages, `12`, `xii`, `12-13`; empty when the words are neither."""
    return _write_place(LocatorLabel.PAGE, words)


def write_location(words: str) -> str:
    """Write a Kindle location or a stretch, `170-172`, `680-82`; empty when the words are neither."""
    return _write_place(LocatorLabel.LOCATION, words)


def write_chapter(heading: str) -> str:
    """Write the chapter that a heading numbers, as in `Chapter 3: Wells`; empty when it numbers none."""
    match = _CHAPTER.match(heading)
    return _write_place(LocatorLabel.CHAPTER, match["number"]) if match is not None else ""


def _write_place(label: LocatorLabel, words: str) -> str:
    match = _STRETCH.fullmatch(words)
    if match is None:
        return ""
    first = _plain(match["first"])
    last = _plain(complete_numeral(match["first"], match["last"])) if match["last"] else first
    single, plural = _LABELS[label]
    written = f"{single} {first}" if first == last else f"{plural} {first}-{last}"
    is_page_zero = label is LocatorLabel.PAGE and first == "0"
    return written if place_key(written) is not None and not is_page_zero else ""


def _plain(numeral: str) -> str:
    return str(int(numeral)) if numeral.isdigit() else numeral


def place_key(locator: str) -> tuple[LocatorLabel, tuple[Place, Place]] | None:
    """Give the unit of a locator and what sorts it within that unit; None when there is no locator."""
    match = _PLAIN.fullmatch(locator)
    if match is not None:
        first, last = int(match["first"]), int(match["last"] or match["first"])
        return (LABELS[match["label"]], ((1, (first,)), (1, (last,)))) if first <= last else None
    place = parse_locator(locator) if locator else None
    if not isinstance(place, Locator):
        return None
    return place.label, (numeral_key(place.ranges[0].first), numeral_key(place.ranges[-1].last))
