"""Words with what is set off in them: raw text that grows piece by piece, then clean lines with marks at their places.

Comes in: stretches of text, and where emphasis, links, footnotes and remarks stand in them. Goes out: `MarkedLine`s.
Left to others: where the pieces come from (`document_words`, `markdown_notes`), what a line is (`note_lines`).
"""

from __future__ import annotations

import contextlib
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from studyguide.importer.cleaning import clean_words
from studyguide.importer.notes import Mark, MarkKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_SPACES, _QUOTES, _DASHES = "space", "quote", "dash"
_CLASSES = {**dict.fromkeys("\"'`“”‘’", _QUOTES), **dict.fromkeys("-–—", _DASHES)}
_UNSTEADY_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What somebody said about the words, or suggested: either as a comment, or `taken_over`, or a `footnote`."""

    words: str
    author: str = ""
    footnote: bool = False
    taken_over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedLine:
    """A clean line: its marks, and the remarks that stand in it. `number` is 0 when the line has none of its own."""

    words: str
    marks: tuple[Mark, ...] = ()
    remarks: tuple[Remark, ...] = ()
    number: int = 0


class MarkedText:
    """The raw text of a paragraph while it is read; `losses` are pairs of what cannot be kept and its words."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.losses: list[tuple[str, str]] = []
        self._pieces: list[str] = []
        self._length = 0
        self._marks: list[Mark] = []
        self._open: list[Mark] = []
        self._remarks: list[tuple[int, Remark]] = []
        self._breaks: list[tuple[int, int]] = []

    @property
    def pieces(self) -> int:
        """How many pieces of text there are so far."""
        return len(self._pieces)

    def words_since(self, pieces: int) -> str:
        """Give the text that was added after so many pieces."""
        return "".join(self._pieces[pieces:])

    def add(self, text: str) -> None:
        """Add raw text; a line end in it is a space."""
        self._pieces.append(text)
        self._length += len(text)

    def break_line(self, number: int = 0) -> None:
        """Begin a new line, which has this number of its own."""
        self._breaks.append((self._length, number))
        self.add(" ")

    @contextlib.contextmanager
    def mark(self, kind: MarkKind, target: str = "") -> Iterator[None]:
        """Set off what is added meanwhile; what is set off in the same way already stays as it is."""
        self.open_mark(kind, target)
        yield
        self.close_mark()

    def open_mark(self, kind: MarkKind, target: str = "") -> None:
        """Set off what is added from here on."""
        self._open.append(Mark(start=self._length, end=self._length, kind=kind, target=target))

    def close_mark(self) -> None:
        """End what was set off last."""
        mark = self._open.pop()
        if all(mark.kind is not outer.kind for outer in self._open):
            self._marks.append(replace(mark, end=self._length))

    def add_footnote(self, words: str) -> None:
        """Let a footnote stand here."""
        self._marks.append(
            Mark(start=self._length, end=self._length, kind=MarkKind.FOOTNOTE, target=clean_words(words))
        )

    def add_remark(self, words: str, author: str = "") -> None:
        """Let a remark stand here."""
        self._remarks.append((self._length, Remark(words=clean_words(words), author=clean_words(author))))

    def take_over(self, other: MarkedText) -> None:
        """Let the remarks and losses of other words, as those of a footnote, stand here."""
        self.losses += other.losses
        self._remarks += [(self._length, remark) for _, remark in other._remarks]

    def lines(self) -> tuple[MarkedLine, ...]:
        """Give the clean lines; one without words is left out, unless a remark or a footnote stands in it."""
        raw = "".join(self._pieces)
        ends = [*(at for at, _ in self._breaks), len(raw)]
        starts = [0, *(end + 1 for end in ends[:-1])]
        numbers = [0, *(number for _, number in self._breaks)]
        marks: list[list[Mark]] = [[] for _ in ends]
        for mark in sorted(self._marks, key=lambda each: (each.start, -each.end)):
            for line in range(bisect_left(ends, mark.start), bisect_left(ends, mark.end) + 1):
                marks[line].append(mark)
        remarks: list[list[Remark]] = [[] for _ in ends]
        for at, remark in self._remarks:
            remarks[bisect_left(ends, at)].append(remark)
        cut = (_cut(raw[start:end], start, each) for start, end, each in zip(starts, ends, marks, strict=True))
        return tuple(
            MarkedLine(words=words, marks=kept, remarks=tuple(said), number=number)
            for (words, kept), said, number in zip(cut, remarks, numbers, strict=True)
            if words or said
        )


def _cut(raw: str, start: int, marks: Sequence[Mark]) -> tuple[str, tuple[Mark, ...]]:
    places = [min(max(each - start, 0), len(raw)) for mark in marks for each in (mark.start, mark.end)]
    words, moved = clean_with_places(raw, places)
    kept = _place_marks(words, zip(moved[::2], moved[1::2], marks, strict=True))
    return (words, kept) if words else (" ".join(mark.target for mark in kept), ())


def _place_marks(words: str, placed: Iterable[tuple[int, int, Mark]]) -> tuple[Mark, ...]:
    marks: list[Mark] = []
    newest: dict[tuple[MarkKind, str], int] = {}
    for first, last, mark in placed:
        inner = words[first:last]
        start, end = first + len(inner) - len(inner.lstrip()), last - len(inner) + len(inner.rstrip())
        if mark.kind is MarkKind.FOOTNOTE:
            marks.append(Mark(start=first, end=first, kind=mark.kind, target=mark.target))
        elif start < end:
            before = newest.get((mark.kind, mark.target), -1)
            if before >= 0 and not words[marks[before].end : start].strip():
                marks[before] = replace(marks[before], end=end)
            else:
                newest[mark.kind, mark.target] = len(marks)
                marks.append(Mark(start=start, end=end, kind=mark.kind, target=mark.target))
    return tuple(marks)


def clean_with_places(raw: str, places: Sequence[int]) -> tuple[str, tuple[int, ...]]:
    """Clean raw text as `clean_words` does, and say where places in it are in the clean words.

    Cleaning changes spaces, quotation marks, dashes and what cannot be printed; all other characters are found again
    in their order, so a place is known by how many of them stand before it, and by the gap between two of them.
    """
    words = clean_words(raw)
    if words == raw or not places:
        return words, tuple(places)
    raw_steady, clean_steady = _steady_indices(raw), _steady_indices(words)
    moved = {}
    passed = 0
    for place in sorted(set(places)):
        while passed < len(raw_steady) and raw_steady[passed] < place:
            passed += 1
        first, last = _gap(raw_steady, passed, len(raw))
        clean_first, clean_last = _gap(clean_steady, passed, len(words))
        gap, clean_gap = raw[first:last], words[clean_first:clean_last]
        moved[place] = clean_first + _place_in_gap(gap, clean_gap, place - first)
    return words, tuple(moved[place] for place in places)


def _gap(steady: list[int], passed: int, length: int) -> tuple[int, int]:
    first = steady[min(passed, len(steady)) - 1] + 1 if passed and steady else 0
    return first, max(steady[passed] if passed < len(steady) else length, first)


def _steady_indices(text: str) -> list[int]:
    """List which characters cleaning leaves in place, one for each part of a composed character."""
    indices: list[int] = []
    for index, character in enumerate(text):
        if character.isascii():
            if character.isprintable() and character != " " and character not in _CLASSES:
                indices.append(index)
        else:
            decomposed = unicodedata.normalize("NFD", character)
            indices.extend(index for each in decomposed if _is_steady(each))
    return indices


def _is_steady(character: str) -> bool:
    return not (
        character.isspace()
        or character in _CLASSES
        or character == "\ufffd"
        or unicodedata.combining(character)
        or unicodedata.category(character) in _UNSTEADY_CATEGORIES
    )


def _place_in_gap(gap: str, clean_gap: str, place: int) -> int:
    if place >= len(gap):
        return len(clean_gap)
    runs = iter([(kind, len(list(run))) for kind, run in groupby(clean_gap, _class_of)])
    clean_kind, clean_length = next(runs, ("", 0))
    passed = clean_passed = 0
    for kind, run in groupby(gap, _class_of):
        length = len(list(run))
        if passed >= place:
            break
        if kind == clean_kind:
            clean_passed += min(place - passed, clean_length)
            clean_kind, clean_length = next(runs, ("", 0))
        passed += length
    return clean_passed


def _class_of(character: str) -> str:
    return _SPACES if character.isspace() else _CLASSES.get(character, "")
