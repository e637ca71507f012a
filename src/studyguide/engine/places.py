r"""From a place on a page back to the author's line, by what TeX noted of its boxes (SyncTeX: `man 5 synctex`).

Comes in: the notes of a job that was asked for them, and the document that was set. Goes out: `Places`.
Left to others: asking for them (`compile`), what a click does (`preview`). TeX has read an author's text when it writes
the notes, so they may hold anything: what is no box of the body is passed over, and too many are none.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby, islice
from typing import TYPE_CHECKING

from studyguide.artifacts import Place, Places
from studyguide.engine.driver import BODY
from studyguide.engine.log import span_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from studyguide.artifacts import TexDocument
    from studyguide.diagnostics import SourceSpan

MOST_BYTES = 24 * 2**20
"""How long unpacked notes may be; ten pages have 350,000 bytes."""

MOST_RECORDS = 1_000_000
"""How much of them is looked at; ten pages have some four thousand."""

DEEPEST = 100
"""How deep boxes may stand in each other; ours do some twenty deep."""

UNITS_IN_POINT = 65781.76
"""TeX's units (The TeXbook, chapter 10) in one of PDF's points, of which an inch has 72."""

LINE_POINTS = 14.0
"""Boxes from one line of the author's with less than this between them are taken together: lines stand as far apart."""

NEIGHBOURS = 4
"""With how many boxes before it a box is compared: the last line, and references beside it."""

GZIP = 31
"""By this zlib is told that a gzip header comes first."""

_BODY = re.compile(rb"^Input:(\d{1,9}):(?:.*/)?%s$" % re.escape(BODY.encode()), re.MULTILINE)
_RECORD = re.compile(rb"^(?:([(\[)\]{])(.*)$|[xgkr$!hv].*(?:\n[xgkr$!hv].*)*)", re.MULTILINE)
_INK = re.compile(rb"^[xr]", re.MULTILINE)
_BOX = re.compile(rb"(\d{1,9}),(\d{1,9}):(-?\d{1,10}),(-?\d{1,10}):(-?\d{1,10}),(-?\d{1,10}),(-?\d{1,10})")
_PAGE = re.compile(rb"\d{1,6}")
_EDGE = re.compile(r"\\begin\{(?P<begun>(?!document\})\w+)\}|\\end\{(?P<ended>\w+)\}|\}|(?P<opened>.*\{%$)")


@dataclass(slots=True)
class _Box:
    """A box on a page, in points from the page's upper left corner.

    `body_line` is the first line of the body that something in it comes from, 0 when it is not of the body. `has_ink`:
    letters or rules stand directly in it. `inside` are the boxes in it that have to be told apart from it.
    """

    body_line: int = 0
    left: float = 0
    top: float = 0
    right: float = 0
    bottom: float = 0
    has_ink: bool = False
    inside: list[_Box] = field(default_factory=list)


def read_places(synctex: bytes, document: TexDocument) -> Places:
    """Say where on the pages each of the author's lines has come to stand; empty notes give no places.

    Ten pages take some fifteen milliseconds. Pages are TeX's own: what is bound in later is not counted.
    """
    notes = _unpack(synctex)
    body = _BODY.search(notes)
    if body is None:
        return Places(places=())
    return Places(places=tuple(_places(_lines(notes, body[1]), _spans_of(document))))


def _unpack(synctex: bytes) -> bytes:
    unpacker = zlib.decompressobj(GZIP)
    try:
        notes = unpacker.decompress(synctex, MOST_BYTES)
    except zlib.error:
        return b""
    return b"" if unpacker.unconsumed_tail else notes


def _lines(notes: bytes, tag: bytes) -> Iterator[tuple[int, _Box]]:
    """Give the lines of the body's text and what else has ink, each with its page."""
    page = -1
    boxes = [_Box()]
    spaces = re.compile(rb"^g%s,(\d{1,9}):" % tag, re.MULTILINE)
    for record in islice(_RECORD.finditer(notes), MOST_RECORDS):
        kind, rest = record.groups()
        if kind is None:
            _fill(boxes[-1], record[0], spaces)
        elif kind in b")]" and len(boxes) > 1:
            boxes[-2].inside += _settle(boxes.pop())
        elif kind in b"([" and len(boxes) < DEEPEST:
            boxes.append(_box_from(rest, tag) if kind == b"(" else _Box())
        elif kind == b"{" and _PAGE.fullmatch(rest):
            if page >= 0:
                yield from ((page, box) for box in boxes[0].inside)
            page, boxes = int(rest) - 1, [_Box()]
    if page >= 0:
        yield from ((page, box) for box in boxes[0].inside)


def _box_from(rest: bytes, tag: bytes) -> _Box:
    facts = _BOX.fullmatch(rest)
    if facts is None or facts[1] != tag:
        return _Box()
    left, base, width, height, depth = (int(each) / UNITS_IN_POINT for each in facts.groups()[2:])
    return _Box(int(facts[2]), left, base - height, left + width, base + depth)


def _fill(box: _Box, records: bytes, spaces: re.Pattern[bytes]) -> None:
    # A line of a paragraph is made where the paragraph ends, the spaces in it where they were read.
    box.has_ink = box.has_ink or _INK.search(records) is not None
    if box.body_line:
        box.body_line = min(box.body_line, min(map(int, spaces.findall(records)), default=box.body_line))


def _settle(box: _Box) -> list[_Box]:
    """Give a box that is complete, and what has to be told apart from it: not what is in its line, as bullets are."""
    if not (box.has_ink and box.body_line and box.left < box.right and box.top < box.bottom):
        return box.inside
    beside = [each for each in box.inside if each.right > box.right or each.left < box.left]
    box.inside = []
    return [box, *beside]


def _places(boxes: Iterable[tuple[int, _Box]], span_of: Callable[[int], SourceSpan]) -> Iterator[Place]:
    """Join the boxes that follow each other on a page and come from one span, as the lines of a paragraph do."""
    for (page, span), group in groupby(boxes, key=lambda each: (each[0], span_of(each[1].body_line))):
        joined: list[_Box] = []
        for _, box in group:
            neighbour = next((each for each in joined[-NEIGHBOURS:] if _is_close(each, box)), None)
            if neighbour is None:
                joined.append(box)
            else:
                neighbour.left, neighbour.top = min(neighbour.left, box.left), min(neighbour.top, box.top)
                neighbour.right, neighbour.bottom = max(neighbour.right, box.right), max(neighbour.bottom, box.bottom)
        for box in joined:
            yield Place(page=page, left=box.left, top=box.top, right=box.right, bottom=box.bottom, span=span)


def _is_close(one: _Box, other: _Box) -> bool:
    beside = max(one.left, other.left) - min(one.right, other.right)
    above = max(one.top, other.top) - min(one.bottom, other.bottom)
    return beside < 0 and above < LINE_POINTS


def _spans_of(document: TexDocument) -> Callable[[int], SourceSpan]:
    """Say which span a line of the body comes from; what is set where an environment ends belongs to its beginning."""
    beginnings = _beginnings(document.body)

    @cache
    def span_of(body_line: int) -> SourceSpan:
        return span_at(document, beginnings.get(body_line, body_line))

    return span_of


def _beginnings(body: str) -> dict[int, int]:
    """Give the line on which each environment, or argument of several lines, begins by the line on which it ends."""
    beginnings: dict[int, int] = {}
    waiting: list[tuple[str, int]] = []
    for number, line in enumerate(body.split("\n"), start=1):
        edge = _EDGE.match(line)
        if edge is None:
            continue
        name = edge["begun"] or edge["ended"] or ""
        if edge["begun"]:
            waiting.append((name, number))
        elif edge["opened"]:
            waiting.append((name, number + 1))
        elif waiting and waiting[-1][0] == name:
            beginnings[number] = waiting.pop()[1]
    return beginnings
