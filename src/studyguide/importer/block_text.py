"""The blocks of a draft's part written down: lists in lists, quotations, tables, code.

Comes in: the blocks of a part. Goes out: lines of Markdown that `reader` reads as these blocks.
Left to others: the words of a block, which are Markdown already (`markdown_text`), parts and header (`session_text`).
"""

from __future__ import annotations

import re
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from studyguide.importer.draft import BlockKind, DraftBlock
from studyguide.importer.markdown_text import escape_ending, escape_opening

if TYPE_CHECKING:
    from collections.abc import Iterator

_QUOTES = {BlockKind.PULL_QUOTE: "[!quote]", BlockKind.QUOTATION: "", BlockKind.FACILITATOR_NOTE: "[!facilitator]"}
_FLAT = {BlockKind.TOPIC, BlockKind.CODE, BlockKind.RULE}
"""What stands in no list: it ends those that are open."""

_DASHED = re.compile(r"(?P<dash>—|―|–|--)[ \u00a0\u202f]+(?=\S)")
_FIRST_LABELS = {"1", "a", "A", "i", "I"}
_MOST_DIGITS = 9
"""CommonMark reads no longer number at the start of an item."""

_SHORTEST_FENCE = 4
_FIRST_LEVEL, _LAST_LEVEL = 3, 6


def write_blocks(blocks: tuple[DraftBlock, ...]) -> Iterator[str]:
    """Write blocks one after the other, line by line."""
    writer = _BlockWriter(blocks)
    for at, block in enumerate(blocks):
        lines = list(writer.write(at, block))
        if at and writer.needs_blank(blocks[at - 1], block):
            yield ""
        yield from lines


def check_mark(doubt: str) -> str:
    """Write the comment that asks a person to check a line of the body; `check` lists it until it is gone."""
    return f"<!-- check: {doubt.replace('--', '–').replace('>', '›')} -->"


class _BlockWriter:
    """Writes blocks; knows how far the items of each open list are indented, their numbers and their labels."""

    def __init__(self, blocks: tuple[DraftBlock, ...]) -> None:
        self.blocks = blocks
        self.indents: list[int] = []
        self.numbers: list[int] = []
        self.labels: list[str] = []
        self.signs: list[str] = []
        self.begins_list = False
        self.width = 1
        self.fence = ""

    def needs_blank(self, last: DraftBlock, block: DraftBlock) -> bool:
        """Whether a blank line parts a block, which is written already, from the one before it."""
        if block.kind is BlockKind.ITEM:
            # Only an item with the number 1 may begin a list without a blank line (CommonMark 5.3).
            begins_late = self.numbers[-1] > 1 and self.begins_list
            is_loose = last.kind is BlockKind.PARAGRAPH or begins_late
            return is_loose or (last.kind is not BlockKind.ITEM and last.depth == 0)
        if block.kind is last.kind and block.kind in {BlockKind.ROW, BlockKind.CODE}:
            return False
        return not (block.kind in _QUOTES and block.depth and last.kind not in _QUOTES)

    def write(self, at: int, block: DraftBlock) -> Iterator[str]:
        """Write a block."""
        mark = f" {check_mark(block.doubt)}" if block.doubt else ""
        if block.kind is BlockKind.ITEM:
            yield f"{self._write_item(block)}{mark}"
            return
        self._close_lists(0 if block.kind in _FLAT else block.depth)
        indent = " " * (self.indents[-1] if self.indents else 0)
        match block.kind:
            case BlockKind.PARAGRAPH:
                yield f"{indent}{escape_opening(block.text)}{mark}"
            case BlockKind.TOPIC:
                level = min(max(block.level, _FIRST_LEVEL), _LAST_LEVEL)
                yield f"{'#' * level} {escape_ending(block.text)}{mark}"
            case BlockKind.ROW:
                yield from self._write_row(at, indent)
            case BlockKind.CODE:
                yield from self._write_code(at)
            case BlockKind.RULE:
                yield "* * *"
            case _:
                yield from _write_quote(block, indent, mark)

    def _close_lists(self, depth: int) -> None:
        del self.indents[depth:], self.numbers[depth:], self.labels[depth:], self.signs[depth:]

    def _write_item(self, block: DraftBlock) -> str:
        depth = min(max(block.depth, 1), len(self.indents) + 1)
        self._close_lists(depth)
        number, sign = self._count(depth, block.label)
        self.begins_list = len(self.indents) < depth or self.signs[-1] != sign
        self._close_lists(depth - 1)
        outer = self.indents[-1] if self.indents else 0
        opening = f"{number}{sign}" if block.label else sign
        self.indents.append(outer + len(opening) + 1)
        self.numbers.append(number)
        self.labels.append(block.label)
        self.signs.append(sign)
        words = f"**{_speaker(block.speaker)}:** {block.text}" if block.speaker else escape_opening(block.text)
        return f"{' ' * outer}{opening} {words}".rstrip()

    def _count(self, depth: int, label: str) -> tuple[int, str]:
        """Give the number of an item and the sign after it; another sign begins a list anew right below one."""
        if not label:
            return 0, "-"
        first = int(label) if label.isdecimal() and len(label) <= _MOST_DIGITS else 1
        if len(self.indents) < depth or not self.numbers[-1]:
            return first, "."
        sign = self.signs[-1]
        if label in _FIRST_LABELS and self.labels[-1] not in _FIRST_LABELS and self._is_anew(label):
            return first, ")" if sign == "." else "."
        return self.numbers[-1] + 1, sign

    def _is_anew(self, label: str) -> bool:
        """Whether a label is the first of a list: an `i` after an `h` is a letter."""
        return label not in {"i", "I"} or self.labels[-1] not in {"h", "H"}

    def _write_row(self, at: int, indent: str) -> Iterator[str]:
        is_first = at == 0 or self.blocks[at - 1].kind is not BlockKind.ROW
        if is_first:
            self.width = max(1, *(len(each.cells) for each in _row_of(self.blocks, at)))
        cells = self.blocks[at].cells
        yield f"{indent}| {' | '.join((*cells, *[''] * (self.width - len(cells))))} |"
        if is_first:
            yield f"{indent}|{' --- |' * self.width}"

    def _write_code(self, at: int) -> Iterator[str]:
        if at == 0 or self.blocks[at - 1].kind is not BlockKind.CODE:
            runs = [run for each in _row_of(self.blocks, at) for run in re.findall(r"~+", each.text)]
            self.fence = "~" * max(_SHORTEST_FENCE, *(len(run) + 1 for run in runs), 0)
            yield self.fence
        yield self.blocks[at].text
        if at + 1 == len(self.blocks) or self.blocks[at + 1].kind is not BlockKind.CODE:
            yield self.fence


def _speaker(name: str) -> str:
    return re.sub(r"[*_:]", "", name)


def _write_quote(block: DraftBlock, indent: str, check: str) -> Iterator[str]:
    mark = _QUOTES[block.kind]
    if mark:
        yield f"{indent}> {mark}"
    paragraphs = [each for each in block.text.split("\n") if each.strip()]
    for at, paragraph in enumerate(paragraphs, 1):
        if at > 1:
            yield f"{indent}>"
        words = escape_opening(paragraph)
        is_last = at == len(paragraphs) and not block.source
        if is_last and at > 1:
            # A line end after the dash keeps the words from being the name of who said them.
            words = _DASHED.sub(rf"\g<dash>\n{indent}> ", words, count=1) if _DASHED.match(words) else words
        yield from f"{indent}> {words}{check if is_last else ''}".split("\n")
    if block.source:
        yield f"{indent}>"
        yield f"{indent}> — {block.source}{check}"


def _row_of(blocks: tuple[DraftBlock, ...], first: int) -> Iterator[DraftBlock]:
    """Give the blocks of one kind in a row that begins here."""
    return takewhile(lambda each: each.kind is blocks[first].kind, islice(blocks, first, None))
