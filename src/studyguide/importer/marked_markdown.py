"""Words that were set off in notes, as Markdown: emphasis, links, footnotes.

Comes in: clean words, the stretches that were set off, ready Markdown to put in. Goes out: Markdown of one line.
Left to others: escaping the words (`markdown_text`). A look that Markdown cannot write is dropped, its words stay.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from studyguide.importer.markdown_text import ADDRESS, escape_between, escape_words
from studyguide.importer.notes import Mark, MarkKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_SIGNS = {MarkKind.EMPHASIS: "*", MarkKind.STRONG: "**"}
_UNSAFE_IN_ADDRESS = re.compile(r"[\s<>()\\`]")


class _PieceKind(Enum):
    WORDS = "words"
    LINK_WORDS = "words of a link"
    MARKUP = "markup"
    OPENING = "opening"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A piece of a line: words are not escaped yet; `number` joins the opening and the closing of an emphasis."""

    kind: _PieceKind
    text: str
    number: int = 0


def write_markdown(words: str, marks: Iterable[Mark] = (), edits: Mapping[tuple[int, int], str] | None = None) -> str:
    """Write a line with its emphasis, links and footnotes.

    `edits` puts ready Markdown in the place of stretches `[start, end)`; they do not overlap. A mark that an edit cuts
    through keeps what is left of it.
    """
    marks = _spare_addresses(words, tuple(marks))
    if not marks and not edits:
        return re.sub(r" {2,}", " ", escape_words(words)).strip()
    writer = _Writer(words, marks)
    writer.write_footnotes(-1, 0)
    at = 0
    for (start, end), text in sorted((edits or {}).items()):
        writer.write(at, start)
        writer.add(_PieceKind.MARKUP, text)
        writer.write_footnotes(start, end)
        at = end
    writer.write(at, len(words))
    return re.sub(r" {2,}", " ", _join(_drop_impossible(_merge(writer.pieces)))).strip()


def _spare_addresses(words: str, marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """Move the edges of marks out of web addresses, which are read as one piece."""
    addresses = [each.span() for each in ADDRESS.finditer(words)] if marks and "://" in words else []
    for first, last in addresses:
        marks = tuple(
            replace(
                each,
                start=first if first < each.start < last and each.kind is not MarkKind.FOOTNOTE else each.start,
                end=last if first < each.end < last else each.end,
            )
            for each in marks
        )
    return tuple(replace(each, start=each.end) if each.kind is MarkKind.FOOTNOTE else each for each in marks)


class _Writer:
    """Takes words apart at the edges of their marks; each footnote is written once, after the words before it."""

    def __init__(self, words: str, marks: tuple[Mark, ...]) -> None:
        self.words = words
        self.looks = tuple(each for each in marks if each.kind is not MarkKind.FOOTNOTE)
        self.footnotes = sorted(
            (each for each in marks if each.kind is MarkKind.FOOTNOTE and each.target), key=lambda each: each.start
        )
        self.pieces: list[_Piece] = []
        self.count = 0
        self.is_in_link = False

    def add(self, kind: _PieceKind, text: str, number: int = 0) -> None:
        """Add a piece, if there is anything in it."""
        if text:
            self.pieces.append(_Piece(kind=kind, text=text, number=number))

    def write(self, start: int, end: int) -> None:
        """Write a stretch with all that is set off in it."""
        self._write_stretch(self.looks, start, end)

    def write_footnotes(self, start: int, end: int) -> None:
        """Write the footnotes of the places after `start`, up to `end`."""
        for each in self.footnotes:
            if start < each.start <= end:
                text = escape_between(each.target, "[", "]", is_in_brackets=True)
                self.add(_PieceKind.MARKUP, f"^[{text}]")

    def _write_stretch(self, looks: tuple[Mark, ...], start: int, end: int) -> None:
        clipped = [
            replace(each, start=max(each.start, start), end=min(each.end, end))
            for each in looks
            if each.start < end and each.end > start
        ]
        at = start
        for mark in _outermost(clipped):
            self._write_words(at, mark.start)
            self._write_look(mark, tuple(each for each in clipped if each is not mark and each.kind is not mark.kind))
            at = mark.end
        self._write_words(at, end)

    def _write_words(self, start: int, end: int) -> None:
        if self.is_in_link:
            self.add(_PieceKind.LINK_WORDS, self.words[start:end])
            return
        at = start
        for place in dict.fromkeys(each.start for each in self.footnotes if start < each.start <= end):
            self.add(_PieceKind.WORDS, self.words[at:place])
            self.write_footnotes(place - 1, place)
            at = place
        self.add(_PieceKind.WORDS, self.words[at:end])

    def _write_look(self, mark: Mark, others: tuple[Mark, ...]) -> None:
        typed = self.words[mark.start : mark.end]
        start = mark.start + len(typed) - len(typed.lstrip())
        end = mark.end - len(typed) + len(typed.rstrip())
        if start >= end:
            self._write_words(mark.start, mark.end)
            return
        self._write_words(mark.start, start)
        if mark.kind is MarkKind.LINK:
            self._write_link(mark, others, start, end)
        else:
            self.count += 1
            number = self.count
            self.add(_PieceKind.OPENING, _SIGNS[mark.kind], number)
            self._write_stretch(others, start, end)
            self.add(_PieceKind.CLOSING, _SIGNS[mark.kind], number)
        self._write_words(end, mark.end)

    def _write_link(self, mark: Mark, others: tuple[Mark, ...], start: int, end: int) -> None:
        words = self.words[start:end]
        is_bare = words in {mark.target, mark.target.removeprefix("mailto:")} and ADDRESS.fullmatch(words)
        if not mark.target.strip() or is_bare:
            self._write_words(start, end)
            return
        before = next((each.text for each in reversed(self.pieces) if each.kind is not _PieceKind.OPENING), "")
        if before.endswith("^"):
            # A footnote would begin here, and no backslash keeps it from that.
            self.add(_PieceKind.WORDS, f"{words} ({mark.target})")
        else:
            address = _UNSAFE_IN_ADDRESS.sub(lambda match: f"%{ord(match.group()):02X}", mark.target)
            self.add(_PieceKind.MARKUP, "[")
            self.is_in_link = True
            self._write_stretch(others, start, end)
            self.is_in_link = False
            self.add(_PieceKind.MARKUP, f"]({address})")
        self.write_footnotes(start, end)


def _outermost(marks: list[Mark]) -> Iterator[Mark]:
    at = -1
    for mark in sorted(marks, key=lambda each: (each.start, -each.end)):
        if mark.start >= at:
            yield mark
            at = mark.end


def _drop_impossible(pieces: list[_Piece]) -> list[_Piece]:
    """Drop each emphasis that Markdown would not see: its signs touch letters outside and none inside, or others."""
    while bad := {each.number for at, each in enumerate(pieces) if each.number and not _is_seen(pieces, at)}:
        pieces = _merge([each for each in pieces if each.number not in bad])
    return pieces


def _merge(pieces: list[_Piece]) -> list[_Piece]:
    """Make one piece of words that touch, so that what they mean together is seen."""
    merged: list[_Piece] = []
    for each in pieces:
        if merged and each.kind is merged[-1].kind and each.kind in {_PieceKind.WORDS, _PieceKind.LINK_WORDS}:
            merged[-1] = replace(each, text=merged[-1].text + each.text)
        else:
            merged.append(each)
    return merged


def _is_seen(pieces: list[_Piece], at: int) -> bool:
    """Whether signs open or close an emphasis (CommonMark 6.2)."""
    kind = pieces[at].kind
    inward = 1 if kind is _PieceKind.OPENING else -1
    outside, inside = _next_other(pieces, at, -inward), _next_other(pieces, at, inward)
    if inside is None or inside.number or (outside is not None and outside.number):
        return False
    if outside is None:
        return True
    outer, inner = (outside.text[-1], inside.text[0]) if inward == 1 else (outside.text[0], inside.text[-1])
    # An address may get angle brackets around it, which are no letters.
    is_letter = inner.isalnum() and "://" not in inside.text
    return is_letter or outer.isspace() or unicodedata.category(outer).startswith("P")


def _next_other(pieces: list[_Piece], at: int, step: int) -> _Piece | None:
    """Give the next piece of another kind: signs of one kind that touch are one run."""
    kind = pieces[at].kind
    while 0 <= at + step < len(pieces):
        at += step
        if pieces[at].kind is not kind:
            return pieces[at]
    return None


def _join(pieces: list[_Piece]) -> str:
    written: list[str] = []
    for at, piece in enumerate(pieces):
        before = pieces[at - 1].text[-1] if at else ""
        after = pieces[at + 1].text[0] if at + 1 < len(pieces) else ""
        match piece.kind:
            case _PieceKind.WORDS:
                written.append(escape_between(piece.text, before, after))
            case _PieceKind.LINK_WORDS:
                written.append(escape_between(piece.text, before, after, is_in_brackets=True, has_addresses=False))
            case _:
                written.append(piece.text)
    return "".join(written)
