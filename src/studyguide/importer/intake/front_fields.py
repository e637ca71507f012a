"""Headers of Markdown files that other tools wrote: a few plain fields, taken line by line.

Comes in: the lines of a file. Goes out: its fields with their lines, and the lines after the header.
Left to others: what a field is good for (`markdown_notes`), our own headers (`reader`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_FENCE = re.compile(r"---\s*")
_END = re.compile(r"(?:---|\.\.\.)\s*")
_FIELD = re.compile(r"(?P<name>[A-Za-z][\w -]*):(?:\s+(?P<value>.*?))?\s*")
_LIST_MARK = re.compile(r"\s*-\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontField:
    """A field of a header: its value is plain words, several of them with commas between."""

    name: str
    value: str
    number: int


def take_front_fields(lines: Sequence[str]) -> tuple[tuple[FrontField, ...], int]:
    """Give the fields of a header and how many lines it has, none when the file has no header."""
    if not lines or not _FENCE.fullmatch(lines[0]):
        return (), 0
    end = next((index for index, line in enumerate(lines[1:], 1) if _END.fullmatch(line)), 0)
    matches = [_FIELD.fullmatch(line) for line in lines[1:end]]
    if not matches or matches[0] is None:
        return (), 0
    fields: list[FrontField] = []
    for number, (line, match) in enumerate(zip(lines[1:end], matches, strict=True), 2):
        if match is not None:
            fields.append(FrontField(name=match["name"], value=_unquote(match["value"] or ""), number=number))
        elif line.strip():
            before = fields.pop()
            value = ", ".join(each for each in (before.value, _unquote(_LIST_MARK.sub("", line))) if each)
            fields.append(FrontField(name=before.name, value=value, number=before.number))
    return tuple(fields), end + 1


def _unquote(value: str) -> str:
    value = value.strip()
    for mark in ('"', "'"):
        if len(value) > 1 and value[0] == value[-1] == mark:
            return value[1:-1].replace(mark * 2, mark).replace('\\"', '"')
    return value.removeprefix("[").removesuffix("]") if value.startswith("[") and value.endswith("]") else value
