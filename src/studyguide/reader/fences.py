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
    rewriter = _Rewriter(source)
    for number in range(body_line, len(source.lines) + 1):
        rewriter.read_line(number)
    rewriter.end()
    return source.replace_lines(tuple(rewriter.lines), rewriter.inserted), tuple(rewriter.problems)


class _Rewriter:
    """Goes through the lines of a file; knows which fence is open, and whether code is."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.lines = list(source.lines)
        self.inserted: dict[int, tuple[int, int]] = {}
        self.problems: list[Diagnostic] = []
        self.opened = 0
        self.indent = ""
        self.code = ""

    def read_line(self, number: int) -> None:
        line = self.lines[number - 1]
        if self.opened and not self.code and _CLOSING.fullmatch(line):
            self.lines[number - 1] = ""
            self.opened = 0
            return
        self.code = follow_code(line, self.code)
        if self.opened:
            indent = self.indent if line.startswith(self.indent) else ""
            self.lines[number - 1] = f"{indent}> {line[len(indent) :]}".rstrip()
            self.inserted[number] = (len(indent), len("> "))
        elif not self.code:
            self._open(number, line)

    def _open(self, number: int, line: str) -> None:
        opening = _OPENING.fullmatch(line)
        if opening is None:
            return
        span = self.source.span(number, len(opening["indent"]))
        name = _SAME_AS.get(opening["name"].lower(), opening["name"].lower())
        if name not in CALL_OUTS:
            message = f"unknown fence {quote(line.strip())}, it is printed"
            self.problems.append(warning(span, message, suggest(name, CALL_OUTS)))
            return
        self.opened, self.indent = number, opening["indent"]
        self.lines[number - 1] = f"{self.indent}> [!{name}]"
        self.problems.append(warning(span, f"this fence is read as `> [!{name}]`", "`studyguide fmt` rewrites it"))

    def end(self) -> None:
        if self.opened:
            span = self.source.span(self.opened, len(self.indent))
            self.problems.append(error(span, "this fence is not closed", "write `:::` on a line of its own after it"))


def follow_code(line: str, code: str) -> str:
    """Give the marks that close the code block which is open after a line, empty when none is."""
    match = _CODE.match(line)
    if match is None:
        return code
    if not code:
        return match["mark"]
    is_closing = match["mark"].startswith(code) and not line.strip(" >").strip(code[0])
    return "" if is_closing else code
