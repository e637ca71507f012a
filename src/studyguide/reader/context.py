"""One file while it is being read: its text, what holds for it, and every problem found so far.

Comes in: a `Source` and what the guide says. Goes out: problems with their places, footnotes by label, places of text.
Left to others: finding problems (`inlines`, `blocks`, `parts`).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from studyguide.diagnostics import Diagnostic, SourceSpan, error, warning

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from studyguide.model.blocks import Block
    from studyguide.model.guide import Book
    from studyguide.reader.markdown import MarkdownFile, Node
    from studyguide.reader.pages import PageLimits
    from studyguide.reader.source import Source

    ReadBlocks = Callable[["FileContext", list[Node]], tuple[Block, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideFacts:
    """What a file needs to know of its guide: the folder, the language, the books, the default one first."""

    folder: Path
    language: str
    books: tuple[Book, ...]


@dataclass(slots=True, kw_only=True)
class FileContext:
    """A file in hand.

    `read_blocks` reads what stands inside a block quote or a footnote.
    `book` is the key of the book that a locator alone means where the reader is now, empty for the default one;
    `limits` are the pages that hold there, the nearest first; `speakers` are the names that may open a turn; `cursor`
    says how far a line has been read, since `> 1. - words` opens three blocks on one line; `quote_depth` is the number
    of block quotes around; `named_files` are the files of the guide that it names, those that are missing, too.
    """

    source: Source
    markdown: MarkdownFile
    guide: GuideFacts
    read_blocks: ReadBlocks
    footnotes: Mapping[str, Node] = field(default_factory=dict)
    footnote_uses: dict[str, int] = field(default_factory=dict)
    is_in_footnote: bool = False
    book: str = ""
    limits: tuple[PageLimits, ...] = ()
    speakers: tuple[str, ...] = ()
    cursor: dict[int, int] = field(default_factory=dict)
    quote_depth: int = 0
    named_files: list[Path] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)

    def refuse(self, span: SourceSpan, message: str, hint: str = "") -> None:
        """Note a problem that stops the build."""
        self.problems.append(error(span, message, hint))

    def warn(self, span: SourceSpan, message: str, hint: str = "") -> None:
        """Note a problem that does not."""
        self.problems.append(warning(span, message, hint))


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPlace:
    """Where the inline text of a block stands in its file: for each of its lines, the line and the index there."""

    source: Source
    starts: tuple[int, ...]
    lines: tuple[int, ...]
    indexes: tuple[int, ...]
    skipped: int = 0

    def span(self, offset: int) -> SourceSpan:
        """Give the author's place of an offset in the text."""
        own_offset = offset + self.skipped
        row = max(bisect_right(self.starts, own_offset) - 1, 0)
        line = self.lines[row]
        index = self.indexes[row] + own_offset - self.starts[row]
        return self.source.span(line, min(index, len(self.source.lines[line - 1])))

    def skip(self, length: int) -> TextPlace:
        """Give the place of the same text without its first characters."""
        return replace(self, skipped=self.skipped + length)


def place_text(source: Source, text: str, first_line: int, at: int = 0) -> TextPlace:
    """Find the text of a block in its file; `at` is the index in the first line from which on it stands."""
    starts: list[int] = []
    indexes: list[int] = []
    lines: list[int] = []
    start = 0
    for row, part in enumerate(text.split("\n")):
        number = min(first_line + row, len(source.lines))
        line = source.lines[number - 1]
        starts.append(start)
        lines.append(number)
        indexes.append(_find_part(line, part, at if row == 0 else 0))
        start += len(part) + 1
    return TextPlace(source=source, starts=tuple(starts), lines=tuple(lines), indexes=tuple(indexes))


def _find_part(line: str, part: str, at: int) -> int:
    words = part.strip()
    typed = line.rstrip()
    if typed.endswith(words) and not at:
        return max(len(typed) - len(part.rstrip()), 0)
    found = line.find(words, at)
    return max(found, 0) if found >= 0 else min(at, len(line))
