"""Boxes that other tools open with `[!quote]` or `[!warning] Careful` in the first line of a block quote.

Comes in: the lines of a part. Goes out: the same lines, each box a block quote of its own, and what was left out.
Left to others: writing block quotes (`parts`), notes that stand between `:::` (`markdown_notes`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from studyguide.importer.draft import Finding
from studyguide.importer.notes import LineKind, NoteLine
from studyguide.importer.recognition.locators import PagesKnown, find_locators

if TYPE_CHECKING:
    from collections.abc import Sequence

_OPENING = re.compile(r"\[!(?P<kind>[\w-]{1,30})\][+-]?\s*")
_FACILITATOR = "facilitator"
_NO_PAGES = PagesKnown(first=0, last=0, has_verses=False)


def part_call_outs(lines: Sequence[NoteLine]) -> tuple[list[NoteLine], tuple[Finding, ...]]:
    """Part boxes from each other; a page in the first line of one names the source of what stands in it."""
    parted: list[NoteLine] = []
    findings: list[Finding] = []
    source: NoteLine | None = None
    is_new = False
    for line in lines:
        opening = _OPENING.match(line.words) if line.kind is LineKind.QUOTE else None
        if source is not None and (line.kind is not LineKind.QUOTE or opening is not None):
            parted.append(source)
            source = None
        if opening is None:
            parted.append(replace(line, gap=max(line.gap, 1)) if is_new and line.kind is LineKind.QUOTE else line)
            is_new = False
            continue
        findings.append(Finding(taken_for="box", words=opening.group().strip(), line=line.number))
        title = line.words[opening.end() :]
        if opening["kind"].casefold() == _FACILITATOR:
            parted += [replace(line, words=title, kind=LineKind.COMMENT, marks=())] if title else []
            continue
        is_new = not title or _is_place(title)
        if title and is_new:
            source = replace(line, words=f"— {title}", marks=(), gap=0)
        elif title:
            parted.append(replace(line, words=title, marks=(), gap=1))
    return [*parted, *([source] if source is not None else [])], tuple(findings)


def _is_place(words: str) -> bool:
    found = find_locators(words, _NO_PAGES)
    return len(found) == 1 and not words[: found[0].start].strip(" (") and not words[found[0].end :].strip(" .)")
