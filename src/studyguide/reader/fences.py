"""Pasted `:::` fences, which other tools write, as the call-outs of this format.

Comes in: a clean `Source`. Goes out: the same lines with block quotes in place of fences, and a warning for each.
Left to others: what a call-out is (`quotations`), writing it into the author's file (`canonical`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studyguide.diagnostics import Diagnostic, error, warning
from studyguide.reader.explain import quote, suggest
from studyguide.reader.quotations import CALL_OUTS

if TYPE_CHECKING:
    from studyguide.reader.source import Source

_OPENING = re.compile(r"(?P<indent> *):{3,}\s*(?:\{\s*)?\.?(?P<name>[^\W\d_][\w-]*)\s*\}?\s*:*\s*")
_CLOSING = re.compile(r" *:{3,}\s*")
_CODE = re.compile(r"[ >]*(?P<mark>`{3,}|~{3,})")
_SAME_AS = {
    "pullquote": "quote",
    "pull-quote": "quote",
    "blockquote": "quote",
    "warning": "important",
    "tip": "note",
    "info": "note",
}


def rewrite_fences(source: Source, body_line: int) -> tuple[Source, tuple[Diagnostic, ...]]:
    """Write block quotes for `:::` fences, line for line, so that every line keeps its number."""
    if not any(":::" in line for line in source.lines[body_line - 1 :]):
        return source, ()
    lines = list(source.lines)
    inserted: dict[int, tuple[int, int]] = {}
    problems: list[Diagnostic] = []
    opened: tuple[int, str] | None = None
    code = ""
    for number in range(body_line, len(lines) + 1):
        line = lines[number - 1]
        if opened is None or not _CLOSING.fullmatch(line) or code:
            code = follow_code(line, code)
        if code and opened is None:
            continue
        opening = None if opened or code else _OPENING.fullmatch(line)
        if opening is not None:
            name = _SAME_AS.get(opening["name"].lower(), opening["name"].lower())
            if name not in CALL_OUTS:
                span = source.span(number, len(opening["indent"]))
                problems.append(
                    warning(span, f"unknown fence {quote(line.strip())}, it is printed", suggest(name, CALL_OUTS))
                )
                continue
            opened = (number, opening["indent"])
            lines[number - 1] = f"{opening['indent']}> [!{name}]"
            span = source.span(number, len(opening["indent"]))
            problems.append(warning(span, f"this fence is read as `> [!{name}]`", "`studyguide fmt` rewrites it"))
        elif opened is not None and not code and _CLOSING.fullmatch(line):
            lines[number - 1] = ""
            opened = None
        elif opened is not None:
            indent = opened[1] if line.startswith(opened[1]) else ""
            lines[number - 1] = f"{indent}> {line[len(indent) :]}".rstrip()
            inserted[number] = (len(indent), 2)
    if opened is not None:
        problems.append(
            error(source.span(opened[0]), "this fence is not closed", "write `:::` on a line of its own after it")
        )
    return source.replace_lines(tuple(lines), inserted), tuple(problems)


def follow_code(line: str, code: str) -> str:
    """Give the marks that close the code block which is open after a line, empty when none is."""
    match = _CODE.match(line)
    if match is None:
        return code
    if not code:
        return match["mark"]
    is_closing = match["mark"].startswith(code) and not line.strip(" >").strip(code[0])
    return "" if is_closing else code
