"""Clippings of one book: versions of one highlight become one, notes go to the highlight that they were written at.

Comes in: the clippings in the order of the file; a device only ever appends to it. Goes out: highlights, and
findings about every version that was dropped. Left to others: the syntax of the file (`kindle`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from studyguide.importer.draft import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from studyguide.importer.highlights.places import Place
    from studyguide.importer.highlights.records import HighlightKind

VERSIONS_COMPARED = 16
"""A highlight is compared with so many others that overlap it; nobody mends one more often than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clipping:
    """One entry of the file.

    `span` is its first and last place as keys that sort, of locations, or of pages where `is_by_page`; None where the
    device names no number at all. `number` counts the entries of the file.
    """

    kind: HighlightKind
    text: str
    line: int
    number: int
    locator: str
    span: tuple[Place, Place] | None
    is_by_page: bool
    when: date | None = None
    note: str = ""
    doubt: str = ""


def merge_versions(clippings: Iterable[Clipping], findings: list[Finding]) -> list[Clipping]:
    """Keep the longest of overlapping clippings that contain each other; the findings say which were dropped."""
    clippings = tuple(clippings)
    kept = {each.number: each for each in clippings}
    recent: deque[Clipping] = deque(maxlen=VERSIONS_COMPARED)
    for clipping in sorted(clippings, key=_span_key):
        while recent and _is_before(recent[0], clipping):
            recent.popleft()
        other = next((each for each in recent if _is_version(each, clipping)), None)
        if other is None:
            recent.append(clipping)
            continue
        short, long = sorted((other, clipping), key=lambda each: (len(each.text), each.number))
        newest = max((each.when for each in (short, long) if each.when is not None), default=None)
        merged = replace(long, when=newest)
        del kept[short.number]
        kept[long.number] = merged
        recent[recent.index(other)] = merged
        findings.append(_describe_merge(short, long))
    return sorted(kept.values(), key=lambda each: each.number)


def _span_key(clipping: Clipping) -> tuple[bool, bool, tuple[Place, ...], int]:
    return (clipping.span is None, clipping.is_by_page, clipping.span or (), clipping.number)


def _is_before(one: Clipping, other: Clipping) -> bool:
    """Whether one ends before the other starts, so that nothing that follows can overlap it."""
    if one.span is None or other.span is None or one.is_by_page != other.is_by_page:
        return one.span is not other.span
    return one.span[1] < other.span[0]


def _is_version(one: Clipping, other: Clipping) -> bool:
    if not _overlaps(one, other):
        return False
    short, long = sorted((one.text, other.text), key=len)
    return bool(short) and short in long


def _overlaps(one: Clipping, other: Clipping) -> bool:
    if one.span is None or other.span is None:
        return one.span is other.span and one.text == other.text
    (start, end), (other_start, other_end) = one.span, other.span
    return one.is_by_page == other.is_by_page and start <= other_end and other_start <= end


def _describe_merge(short: Clipping, long: Clipping) -> Finding:
    return Finding(
        taken_for=f"earlier version of a {short.kind}",
        words=" ".join(short.text.split("\n")),
        line=short.line,
        result=f"kept as in line {long.line}",
    )


def attach_notes(highlights: Sequence[Clipping], notes: Iterable[Clipping]) -> tuple[list[Clipping], list[Clipping]]:
    """Give each note to the highlight at its place; what is left are notes that stand alone.

    A device puts a note at the end of its highlight. Where it counts only pages, the note must be the neighbour of its
    highlight in the file, or there is one highlight on that page.
    """
    finders = (
        _LocationFinder(each for each in highlights if not each.is_by_page),
        _PageFinder(each for each in highlights if each.is_by_page),
    )
    written: dict[int, list[str]] = {}
    alone: list[Clipping] = []
    for note in notes:
        found = next((number for finder in finders if (number := finder.find(note)) is not None), None)
        if found is None:
            alone.append(note)
        else:
            written.setdefault(found, []).append(note.text)
    return [_add_notes(each, written.get(each.number, [])) for each in highlights], alone


def _add_notes(highlight: Clipping, notes: list[str]) -> Clipping:
    return replace(highlight, note="\n".join(notes)) if notes else highlight


class _LocationFinder:
    """Finds the highlight at a location: the one that ends there, else one that it lies in."""

    def __init__(self, highlights: Iterable[Clipping]) -> None:
        placed = sorted((*each.span, each.number) for each in highlights if each.span is not None)
        self._starts = [start for start, _, _ in placed]
        self._spans = [(end, number) for _, end, number in placed]
        self._ending = dict(self._spans)
        self._furthest = list(accumulate(self._spans, max))

    def find(self, note: Clipping) -> int | None:
        if note.span is None or note.is_by_page:
            return None
        place = note.span[0]
        index = bisect_right(self._starts, place) - 1
        if place in self._ending or index < 0:
            return self._ending.get(place)
        return next((number for end, number in (self._spans[index], self._furthest[index]) if end >= place), None)


class _PageFinder:
    """Finds the highlight on a page where the device counts nothing smaller."""

    def __init__(self, highlights: Iterable[Clipping]) -> None:
        self._pages: dict[tuple[Place, Place], list[int]] = {}
        for each in highlights:
            if each.span is not None:
                self._pages.setdefault(each.span, []).append(each.number)

    def find(self, note: Clipping) -> int | None:
        if note.span is None or not note.is_by_page:
            return None
        numbers = self._pages.get(note.span, [])
        if len(numbers) == 1:
            return numbers[0]
        return next((number for number in (note.number - 1, note.number + 1) if number in numbers), None)
