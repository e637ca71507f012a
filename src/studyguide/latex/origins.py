"""Where each line of the LaTeX comes from, so that TeX's messages come back on the author's line.

Comes in: spans, while blocks are set. Goes out: comment lines for the body, and afterwards the spans of its lines.
Left to others: what TeX says (`engine.log`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from studyguide.artifacts import Origin
from studyguide.latex.fragments import OriginComment

if TYPE_CHECKING:
    from pathlib import Path

    from studyguide.diagnostics import SourceSpan

UNSAFE = re.compile(r"[^\w./ -]")
"""What a file name could leave a comment line with (line ends, controls), or confuse a reader of it."""
NAME_LENGTH = 120
"""Characters of a path that a comment shows: TeX's lines end at 200,000 bytes, people's sooner."""
KEPT_PATHS = 64
"""How many paths are remembered: all blocks of a session have one."""


class OriginIndex:
    """The spans of the blocks of one document, found again by the comment lines that stand before them."""

    def __init__(self, folder: Path) -> None:
        """Start an index; paths are shown relative to `folder`, the guide's."""
        self._folder = folder
        self._spans: dict[str, SourceSpan] = {}

    def mark(self, span: SourceSpan) -> OriginComment:
        """Give the comment line that stands for a span."""
        comment = f"% {_shown(span.path, self._folder)}:{span.line}"
        while self._is_taken(comment, span):
            comment += "'"
        self._spans.setdefault(comment, span)
        return OriginComment(comment)

    def find(self, body: str) -> tuple[Origin, ...]:
        """Give the origins of the lines of a body, which count from 1."""
        lines = enumerate(body.split("\n"), start=1)
        return tuple(Origin(line=number, span=self._spans[line]) for number, line in lines if line in self._spans)

    def _is_taken(self, comment: str, span: SourceSpan) -> bool:
        known = self._spans.get(comment)
        return known is not None and (known.path, known.line) != (span.path, span.line)


@lru_cache(maxsize=KEPT_PATHS)
def _shown(path: Path, folder: Path) -> str:
    relative = path.relative_to(folder) if path.is_relative_to(folder) else path
    return UNSAFE.sub("_", relative.as_posix())[-NAME_LENGTH:]
