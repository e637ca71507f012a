"""A plain text as notes: paragraphs put together again, items with their depth.

Comes in: the text of a file. Goes out: `Notes` whose lines are counted as in the file.
Left to others: encodings (`intake`), what a line means (`recognise`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from studyguide.importer.bullets import HOLLOW, SECTION_SIGN, SOLID, Opening, find_opening, join_openings
from studyguide.importer.cleaning import clean_words
from studyguide.importer.intake.transcripts import take_message_times
from studyguide.importer.notes import Bullet, LineKind, NoteLine, Notes
from studyguide.reader.source import LINE_END

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TAB_WIDTH = 4
"""Columns to the next tab stop, as most editors show them."""

SHORTEST_WRAP, LONGEST_WRAP = 50, 110
"""Between these columns a program or a person breaks lines; longer lines are whole paragraphs."""

LEAST_LINES_WRAPPED = 2
WRAPPED_SHARE = 0.3
"""Where lines are broken, so many of the lines after a long one begin in the middle of a sentence."""

RAGGED = 2
"""So many columns earlier than they must some programs break a line."""

NEAR_WRAP = 14
"""So many columns before the last one a line counts as long."""

QUOTED_SHARE = 0.6
"""When so many lines begin with `>`, all of it is a quoted mail, and the marks say nothing."""

_HEADING = re.compile(r"(?P<marks>#{1,6})\s+(?P<words>\S.*?)\s*#*")
_RULE = re.compile(r"(?:[-_*=~]\s*){4,}")
_ONLY_PLACE = re.compile(
    r"[(\[]?(?:pp?|pgs?|págs?|ch|loc|s)\.?\s?[0-9]{1,4}(?:\s?[-–]\s?[0-9]{1,4})?[)\]]?\.?", re.IGNORECASE
)
"""A page alone in a line right under an item belongs to what the item quotes."""

_QUOTED = re.compile(r"\s*>\s?")
_OPENS_SPEECH = re.compile(r"[A-ZÀ-Þ][\w.'’ -]{0,30}:\s")
_ADDRESS = re.compile(r"https?://")


@dataclass(frozen=True, slots=True, kw_only=True)
class _RawLine:
    number: int
    column: int
    text: str
    gap: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    column: int
    text_column: int
    sign: str


@dataclass(slots=True, kw_only=True)
class _Reading:
    """The lines so far, the lists that are open, and where the file breaks its lines (0: nowhere)."""

    wrap_column: int
    lines: list[NoteLine] = field(default_factory=list)
    texts: list[list[str]] = field(default_factory=list)
    levels: list[_Level] = field(default_factory=list)
    last_length: int = 0


def read_plain_text(text: str) -> Notes:
    """Read a plain text: join broken lines, find bullets and how deep they stand."""
    typed, hidden = take_message_times(LINE_END.split(text))
    raw = list(_list_lines(typed))
    reading = _Reading(wrap_column=_find_wrap_column(raw))
    for line in raw:
        _read_line(reading, line)
    lines = (
        replace(line, words=clean_words(" ".join(parts)))
        for line, parts in zip(reading.lines, reading.texts, strict=True)
    )
    kept = tuple(line for line in lines if line.words or line.kind is LineKind.RULE)
    return Notes(lines=kept, unit="line", losses=hidden)


def _list_lines(lines: Sequence[str]) -> Iterator[_RawLine]:
    shown = [line for line in lines if line.strip()]
    is_mail = bool(shown) and sum(line.lstrip().startswith(">") for line in shown) > QUOTED_SHARE * len(shown)
    gap = 0
    for number, typed in enumerate(lines, 1):
        line = _QUOTED.sub("", typed, count=1) if is_mail else typed
        line = line.replace("\u00a0", " ").expandtabs(TAB_WIDTH).rstrip()
        stripped = line.strip("\f\v \u200b\ufeff")
        if not stripped:
            gap += 1
            continue
        yield _RawLine(number=number, column=len(line) - len(line.lstrip()), text=stripped, gap=gap, length=len(line))
        gap = 0


def _find_wrap_column(lines: list[_RawLine]) -> int:
    longest = max((line.length for line in lines if not _ADDRESS.search(line.text)), default=0)
    if not SHORTEST_WRAP <= longest <= LONGEST_WRAP:
        return 0
    after_long = [line for before, line in pairwise(lines) if before.length >= longest - NEAR_WRAP and not line.gap]
    going_on = sum(line.text[0].islower() and find_opening(line.text) is None for line in after_long)
    is_wrapped = going_on >= LEAST_LINES_WRAPPED and going_on >= WRAPPED_SHARE * len(after_long)
    return longest if is_wrapped else 0


def _read_line(reading: _Reading, line: _RawLine) -> None:
    quoted = _QUOTED.match(line.text)
    if quoted is not None and quoted.end() < len(line.text):
        _add(reading, line, line.text[quoted.end() :], kind=LineKind.QUOTE)
        return
    if _RULE.fullmatch(line.text):
        if not _underline(reading, line):
            _add(reading, line, "", kind=LineKind.RULE)
        return
    heading = _HEADING.fullmatch(line.text)
    if heading is not None:
        _add(reading, line, heading["words"], kind=LineKind.HEADING, level=len(heading["marks"]))
        return
    opening = find_opening(line.text, is_in_list=bool(line.column or reading.levels))
    opening = join_openings(line.text, opening) if opening is not None else None
    if opening is not None and (_is_expected(reading, opening) or not _is_broken(reading, line)):
        _add_item(reading, line, opening)
    elif _is_broken(reading, line) or _is_rest_of_item(reading, line):
        reading.texts[-1].append(line.text)
        reading.last_length = line.length
    else:
        _add_text(reading, line)


def _is_expected(reading: _Reading, opening: Opening) -> bool:
    """Whether an opening cannot be the rest of a broken sentence: a point, or the next number or letter of a list."""
    if opening.bullet is Bullet.POINT or opening.label in {"1", "a", "A", "i"}:
        return True
    last = next((line.label for line in reversed(reading.lines) if line.bullet is opening.bullet), "")
    if opening.bullet is Bullet.NUMBER:
        return last.isdigit() and int(opening.label) == int(last) + 1
    return bool(last)


def _is_rest_of_item(reading: _Reading, line: _RawLine) -> bool:
    """Whether an indented line under an item goes on with its sentence."""
    levels = reading.levels
    if levels and not line.gap and _ONLY_PLACE.fullmatch(line.text) and reading.lines[-1].kind is LineKind.TEXT:
        return True
    if line.gap or not levels or line.column <= levels[-1].column or reading.lines[-1].kind is not LineKind.TEXT:
        return False
    return line.text[0].islower() or line.text[0].isdigit()


def _underline(reading: _Reading, line: _RawLine) -> bool:
    """Make a heading of the line before, when this line underlines it."""
    last = reading.lines[-1] if reading.lines else None
    is_under = last is not None and not line.gap and last.depth == 0 and last.kind is LineKind.TEXT
    if last is None or not is_under or len(reading.texts[-1]) > 1 or line.text[0] not in "=-":
        return False
    reading.lines[-1] = replace(last, kind=LineKind.HEADING, level=1 if line.text[0] == "=" else 2)
    return True


def _is_broken(reading: _Reading, line: _RawLine) -> bool:
    """Whether a line goes on with the one before: its first word had no room there."""
    if not reading.wrap_column or line.gap or not reading.lines or reading.lines[-1].kind is not LineKind.TEXT:
        return False
    if _OPENS_SPEECH.match(line.text):
        return False
    first_word = line.text.split(maxsplit=1)[0]
    return reading.last_length + 1 + len(first_word) > reading.wrap_column - RAGGED


def _add(reading: _Reading, line: _RawLine, words: str, *, kind: LineKind, level: int = 0) -> None:
    reading.levels.clear()
    reading.lines.append(NoteLine(number=line.number, words=words, kind=kind, level=level, gap=line.gap))
    reading.texts.append([words])
    reading.last_length = 0


def _add_text(reading: _Reading, line: _RawLine) -> None:
    """Add running text: inside the last item where it is indented as its words are, else after the list."""
    levels = reading.levels
    least = levels[-1].column + 1 if levels and not line.gap else levels[-1].text_column if levels else 0
    if not levels or line.column < least:
        levels.clear()
    reading.lines.append(
        NoteLine(number=line.number, words=line.text, depth=len(levels), gap=line.gap, column=line.column)
    )
    reading.texts.append([line.text])
    reading.last_length = line.length


def _add_item(reading: _Reading, line: _RawLine, opening: Opening) -> None:
    levels = reading.levels
    outer = levels[0] if levels else None
    level = _Level(column=line.column, text_column=line.column + opening.length, sign=opening.sign)
    while levels and (levels[-1].column > level.column or _is_sibling(levels, level, line.gap)):
        levels.pop()
    levels.append(level)
    is_outermost = len(levels) == 1
    opens_list = is_outermost and (outer is None or outer.sign != level.sign or opening.label == "1" or line.gap > 1)
    reading.lines.append(
        NoteLine(
            number=line.number,
            words="",
            depth=len(levels),
            bullet=opening.bullet,
            label=opening.label,
            opens_list=opens_list,
            gap=line.gap,
            column=line.column,
        )
    )
    reading.texts.append([line.text[opening.length :]])
    reading.last_length = line.length


def _is_sibling(levels: list[_Level], level: _Level, gap: int) -> bool:
    """Whether an item replaces the innermost open one: in its column, unless its sign says that it stands inside."""
    top = levels[-1]
    if top.column != level.column:
        return False
    if top.sign == level.sign or gap or any(each.sign == level.sign for each in levels[:-1]):
        return True
    return not _is_inside(level.sign, top.sign)


def _is_inside(sign: str, outer: str) -> bool:
    if outer == Bullet.NUMBER:
        return sign != Bullet.NUMBER
    if outer == SECTION_SIGN:
        return sign not in {Bullet.NUMBER, SECTION_SIGN}
    return (outer in SOLID and sign in HOLLOW) or (outer == Bullet.LETTER and len(sign) == 1)
