"""What `fmt` would like to change, one kind of change after the other.

Comes in: the lines of a file. Goes out: edits, each harmless on its own as far as can be seen here.
Left to others: making sure that the meaning stays (`canonical`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studyguide.reader.check_marks import find_body_line, part_header_marks, part_marks, take_marks
from studyguide.reader.fences import follow_code, rewrite_fences
from studyguide.reader.locators import LABELS
from studyguide.reader.markdown import MarkdownFile, Node
from studyguide.reader.plain_values import find_misread
from studyguide.reader.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

BULLET = "-"
HARD_BREAK = "  "
_LABELS = "|".join(re.escape(label) for label in sorted(LABELS, key=len, reverse=True))
_LOCATOR = re.compile(
    rf"(?:(?<=[(\[—–] )|(?<=[(,])\s*|\[@[^\]\s]+,\s*|^By .*,\s*)(?:{_LABELS})[^()\[\]]*", re.IGNORECASE
)
_DASH = re.compile(r"(?<=[0-9ivxlcdmIVXLCDM])\s*[\u2010-\u2015\u2212]\s*(?=[0-9ivxlcdmIVXLCDM])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Other lines, perhaps none, in the place of one; lines count from 1."""

    line: int
    lines: tuple[str, ...]


def _open(lines: tuple[str, ...], path: Path) -> tuple[Source, int]:
    source = Source(path=path, typed=lines, lines=lines)
    return source, find_body_line(source)


def _open_unmarked(lines: tuple[str, ...], path: Path) -> tuple[Source, int]:
    """Open a file as it is read, without its marks for checking; each line keeps its number and its beginning."""
    source, body_line = _open(lines, path)
    return take_marks(source, body_line)[0], body_line


def quote_values(lines: tuple[str, ...], path: Path) -> list[Edit]:
    """Put quotes around the values of the header that are read as they were meant and not as YAML."""
    _, body_line = _open(lines, path)
    edits: list[Edit] = []
    for number, line in enumerate(lines[: body_line - 1], 1):
        marked = part_header_marks(line)
        match = find_misread(marked.text)
        if match is not None:
            comment = (match["comment"] or "") + marked.marks
            edits.append(Edit(line=number, lines=(f"{match['start']}{write_quoted(match['value'])}{comment}",)))
    return edits


def write_quoted(value: str) -> str:
    """Write a YAML text in quotes: double ones, unless single ones spare it backslashes (YAML 1.2, 7.3)."""
    if '"' in value or "\\" in value:
        doubled = value.replace("'", "''")
        return f"'{doubled}'"
    return f'"{value}"'


def write_call_outs(lines: tuple[str, ...], path: Path) -> list[Edit]:
    """Write `> [!name]` for pasted `:::` fences."""
    source, body_line = _open_unmarked(lines, path)
    rewritten, _ = rewrite_fences(source, body_line)
    pairs = zip(source.lines, rewritten.lines, strict=True)
    changed = {number: new for number, (old, new) in enumerate(pairs, 1) if old != new}
    edits: list[Edit] = []
    for number, new in changed.items():
        line = lines[number - 1]
        marks = part_marks(line).marks.lstrip() if line != source.lines[number - 1] else ""
        edits.append(Edit(line=number, lines=(f"{new} {marks}" if new and marks else new or marks,)))
    return edits


def write_bullets(lines: tuple[str, ...], path: Path) -> list[Edit]:
    """Write `-` for every bullet."""
    edits: dict[int, str] = {}
    for item in _find_items(lines, path, "bullet_list"):
        if item.markup != BULLET:
            line = edits.get(item.first_line, lines[item.first_line - 1])
            at = line.find(item.markup)
            edits[item.first_line] = line[:at] + BULLET + line[at + 1 :]
    return [Edit(line=number, lines=(line,)) for number, line in edits.items()]


def number_items(lines: tuple[str, ...], path: Path) -> list[Edit]:
    """Number the items of a list one after the other, where that does not shift what is under them."""
    edits: dict[int, str] = {}
    for parent in _find_lists(lines, path, "ordered_list"):
        start = int(parent.children[0].info)
        for index, item in enumerate(parent.children):
            typed, wanted = item.info + item.markup, f"{start + index}{item.markup}"
            line = edits.get(item.first_line, lines[item.first_line - 1])
            at = line.find(typed)
            if typed != wanted and len(typed) == len(wanted) and at >= 0:
                edits[item.first_line] = line[:at] + wanted + line[at + len(typed) :]
    return [Edit(line=number, lines=(line,)) for number, line in edits.items()]


def _find_items(lines: tuple[str, ...], path: Path, kind: str) -> Iterator[Node]:
    for each in _find_lists(lines, path, kind):
        yield from each.children


def _find_lists(lines: tuple[str, ...], path: Path, kind: str) -> Iterator[Node]:
    waiting = list(MarkdownFile(*_open_unmarked(lines, path)).blocks)
    while waiting:
        node = waiting.pop(0)
        if node.kind == kind:
            yield node
        waiting[:0] = node.children


def write_ranges(lines: tuple[str, ...], path: Path) -> list[Edit]:
    """Write a hyphen for every dash between the pages of a locator."""
    _, body_line = _open(lines, path)
    edits: list[Edit] = []
    for number, line in enumerate(lines[body_line - 1 :], body_line):
        marks = part_marks(line).marks
        text, marks, after = line.rpartition(marks) if marks else (line, "", "")
        written = _LOCATOR.sub(lambda match: _DASH.sub("-", match.group()), text) + marks + after
        if written != line:
            edits.append(Edit(line=number, lines=(written,)))
    return edits


def trim_lines(lines: tuple[str, ...], _path: Path) -> list[Edit]:
    """Take the spaces off the ends of lines."""
    return [
        Edit(line=number, lines=(line.rstrip(" \t"),))
        for number, line in enumerate(lines, 1)
        if line.endswith((" ", "\t"))
    ]


def trim_breaks(lines: tuple[str, ...], _path: Path) -> list[Edit]:
    """Leave two spaces where spaces at the end of a line are a line break."""
    return [
        Edit(line=number, lines=(line.rstrip(" \t") + HARD_BREAK,))
        for number, line in enumerate(lines, 1)
        if line.endswith(HARD_BREAK + " ")
    ]


def drop_blank_lines(lines: tuple[str, ...], path: Path) -> list[Edit]:
    """Leave one blank line where there are several, and none before the header."""
    _, body_line = _open(lines, path)
    edits: list[Edit] = []
    code = ""
    for number, line in enumerate(lines, 1):
        code = follow_code(line, code) if number >= body_line else ""
        is_first = not any(each.strip() for each in lines[: number - 1]) if number < body_line else False
        if not line and not code and (is_first or (number > body_line and not lines[number - 2])):
            edits.append(Edit(line=number, lines=()))
    return edits


def drop_last_lines(lines: tuple[str, ...], _path: Path) -> list[Edit]:
    """Leave no blank line at the end."""
    kept = max((number for number, line in enumerate(lines, 1) if line), default=0)
    return [Edit(line=number, lines=()) for number in range(kept + 1, len(lines) + 1)]


def part_header(lines: tuple[str, ...], path: Path) -> list[Edit]:
    """Leave one blank line between the header and the text."""
    _, body_line = _open(lines, path)
    if body_line > len(lines) or not lines[body_line - 1].strip():
        return []
    return [Edit(line=body_line, lines=("", lines[body_line - 1]))]


TIDYINGS: tuple[Callable[[tuple[str, ...], Path], list[Edit]], ...] = (
    quote_values,
    trim_lines,
    trim_breaks,
    write_call_outs,
    write_bullets,
    number_items,
    write_ranges,
    drop_blank_lines,
    drop_last_lines,
    part_header,
)
"""All changes, in the order in which they are made."""
