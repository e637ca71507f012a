"""The canonical form of a file: what `fmt` writes, with the meaning proved the same.

Comes in: a file as typed. Goes out: the same file tidied; a change that would be read otherwise is not made.
Left to others: replacing the author's file (`studyguide.canonical`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.errors import ManuscriptError
from studyguide.reader.explain import quote
from studyguide.reader.meaning import Meaning, read_meaning
from studyguide.reader.source import clean_source
from studyguide.reader.tidying import TIDYINGS, Edit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MOST_LINES_READ = 200_000
"""How many lines are read again, all told, to find which of many changes would alter the meaning."""


def format_source(text: str, path: Path) -> str:
    """Write a file in its canonical form; formatting it again changes nothing.

    Raises:
        ManuscriptError: when it has no header, or characters that are refused: what it means cannot be known then.
    """
    source, problems = clean_source(text, path)
    meaning = None if problems else read_meaning(source.lines, path)
    if meaning is None or meaning.unreadable:
        found = problems or (meaning.unreadable if meaning is not None else ())
        raise ManuscriptError(f"{quote(path.name)} cannot be formatted", diagnostics=found)
    formatter = _Formatter(source.lines, meaning, path)
    for tidy in TIDYINGS:
        formatter.make(tidy(formatter.lines, path))
    written = "\n".join(formatter.lines)
    return written if written.endswith("\n") else written + "\n"


class _Formatter:
    """Makes changes to lines, each only when the file then still means what it meant."""

    def __init__(self, lines: tuple[str, ...], meaning: Meaning, path: Path) -> None:
        self.lines = lines
        self.meaning = meaning
        self.path = path
        self.lines_read = 0

    def make(self, edits: Sequence[Edit]) -> None:
        """Make all edits at once where that is harmless, else divide them to find the ones that are."""
        edits = [each for each in edits if self.lines[each.line - 1 : each.line] != each.lines]
        accepted = self._choose(edits, ())
        self.lines = apply_edits(self.lines, accepted)

    def _choose(self, edits: Sequence[Edit], accepted: tuple[Edit, ...]) -> tuple[Edit, ...]:
        if not edits or self.lines_read > MOST_LINES_READ:
            return accepted
        self.lines_read += len(self.lines)
        if read_meaning(apply_edits(self.lines, (*accepted, *edits)), self.path) == self.meaning:
            return (*accepted, *edits)
        if len(edits) == 1:
            return accepted
        middle = len(edits) // 2
        return self._choose(edits[middle:], self._choose(edits[:middle], accepted))


def apply_edits(lines: tuple[str, ...], edits: Sequence[Edit]) -> tuple[str, ...]:
    """Put each edit's lines in the place of its line."""
    new = {each.line: each.lines for each in edits}
    return tuple(written for number, line in enumerate(lines, 1) for written in new.get(number, (line,)))
