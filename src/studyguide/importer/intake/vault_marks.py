"""Marks that Markdown has only in Obsidian and its like: `[[links]]`, `%% remarks %%`, `field:: value`.

Comes in: the lines of a file. Goes out: the same lines in plain Markdown, and what is not shown.
Left to others: Markdown itself (`markdown_notes`), boxes that open with `[!quote]` (`call_outs`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studyguide.importer.notes import Loss

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_EMBED = re.compile(r"!\[\[(?P<target>[^\[\]]{1,200})\]\]")
_LINK = re.compile(r"\[\[(?P<target>[^\[\]|]{1,200})(?:\|(?P<shown>[^\[\]]{1,200}))?\]\]")
_REMARK = re.compile(r"%%(?P<words>.*?)%%")
_BLOCK_NAME = re.compile(r"(?<=\S)\s+\^(?P<name>[A-Za-z0-9-]{1,60})\s*$")
_FIELD = re.compile(r"\s*(?:[-*+]\s+)?[^\W\d_][\w -]{0,30}::\s\S")
_TASK = re.compile(r"(?P<bullet>\s*(?:[-*+]|[0-9]{1,3}[.)])\s+)\[(?P<mark>[ xX])\]\s+(?=\S)")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_HARD_BREAK = "  "


def take_vault_marks(lines: Iterable[str], first: int = 1) -> tuple[list[str], list[Loss]]:
    """Write lines, the first of which has a number, as plain Markdown; code stays as it is."""
    losses: list[Loss] = []
    written: list[str] = []
    is_code = False
    for number, line in enumerate(lines, first):
        is_code ^= _FENCE.match(line) is not None
        written.append(line if is_code else _write(line, number, losses))
    return written, losses


def _write(line: str, number: int, losses: list[Loss]) -> str:
    losses.extend(_list_hidden(line, number))
    text = _TASK.sub(lambda match: match["bullet"], line, count=1)
    text = _REMARK.sub("", _EMBED.sub("", text))
    text = _LINK.sub(lambda match: match["shown"] or match["target"].lstrip("#^").replace("#", " > "), text)
    text = _BLOCK_NAME.sub("", text)
    return text.rstrip() + _HARD_BREAK if _FIELD.match(line) else text


def _list_hidden(line: str, number: int) -> Iterator[Loss]:
    """List what the words of a line will not show."""
    task = _TASK.match(line)
    if task is not None and task["mark"].strip():
        yield Loss(number=number, what="the tick of a task", words=task["mark"])
    for match in _EMBED.finditer(line):
        yield Loss(number=number, what="a file shown in the notes", words=match["target"])
    for match in _LINK.finditer(_EMBED.sub("", line)):
        if match["shown"]:
            yield Loss(number=number, what="the name of a linked note", words=match["target"])
    for match in _REMARK.finditer(line):
        yield Loss(number=number, what="a hidden remark", words=match["words"].strip())
    name = _BLOCK_NAME.search(line)
    if name is not None:
        yield Loss(number=number, what="the name of a paragraph", words=name["name"])
