"""Blocks of every kind: lists, tables, code and breaks here, the others by their own modules.

Comes in: nodes of the Markdown tree. Goes out: blocks of the model, each with its place.
Left to others: paragraphs (`paragraphs`), block quotes (`quotations`), parts and their roles (`parts`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studyguide.model.blocks import (
    Alignment,
    Block,
    CodeBlock,
    Inline,
    ListBlock,
    ListItem,
    Table,
    ThematicBreak,
    Topic,
)
from studyguide.reader.context import FileContext, TextPlace
from studyguide.reader.explain import count
from studyguide.reader.paragraphs import place_node, place_words, read_paragraph, read_text
from studyguide.reader.quotations import read_block_quote

if TYPE_CHECKING:
    from studyguide.reader.markdown import Node

FIRST_TOPIC_LEVEL = 3
_ALIGNMENTS = {"": Alignment.START, "left": Alignment.START, "center": Alignment.CENTRE, "right": Alignment.END}
_CELL_END = re.compile(r"(?<!\\)\|")


def read_blocks(context: FileContext, nodes: list[Node]) -> tuple[Block, ...]:
    """Read nodes in a row; definitions of footnotes print nothing where they stand."""
    blocks: list[Block] = []
    for node in nodes:
        match node.kind:
            case "paragraph":
                blocks.extend(read_paragraph(context, node))
            case "heading":
                blocks.append(read_topic(context, node))
            case "bullet_list" | "ordered_list":
                blocks.append(read_list(context, node))
            case "blockquote":
                blocks.append(read_block_quote(context, node))
            case "table":
                blocks.append(read_table(context, node))
            case "fence" | "code_block":
                blocks.append(CodeBlock(text=node.text.removesuffix("\n"), span=place_node(context, node)))
            case "hr":
                blocks.append(ThematicBreak(span=place_node(context, node)))
            case _:
                pass
    return tuple(blocks)


def read_topic(context: FileContext, node: Node) -> Topic:
    """Read a heading inside a part."""
    span = place_node(context, node)
    content = read_text(context, node.text, place_words(context, node))
    return Topic(level=max(node.level, FIRST_TOPIC_LEVEL), content=content, span=span)


def read_list(context: FileContext, node: Node) -> ListBlock:
    """Read a list with its items; numbers go on from the first one."""
    span = place_node(context, node)
    start = int(node.children[0].info) if node.kind == "ordered_list" else None
    return ListBlock(
        items=tuple(read_item(context, item) for item in node.children),
        start=start,
        is_tight=is_tight(node),
        span=span,
    )


def read_item(context: FileContext, node: Node) -> ListItem:
    """Read one item of a list."""
    span = place_node(context, node)
    return ListItem(content=read_blocks(context, node.children), span=span)


def is_tight(node: Node) -> bool:
    """Whether the author left no blank lines in a list."""
    paragraphs = [each for item in node.children for each in item.children if each.kind == "paragraph"]
    return all(each.is_hidden for each in paragraphs)


def read_table(context: FileContext, node: Node) -> Table:
    """Read a table; short rows are filled, a row with too many cells is an error since one would be lost."""
    span = place_node(context, node)
    rows = [row for group in node.children for row in group.children]
    for row in rows[1:]:
        _check_row(context, row, len(rows[0].children))
    cells = [tuple(_read_cells(context, row)) for row in rows]
    return Table(
        alignments=tuple(_ALIGNMENTS.get(cell.info, Alignment.START) for cell in rows[0].children),
        head=cells[0],
        rows=tuple(cells[1:]),
        span=span,
    )


def _read_cells(context: FileContext, row: Node) -> list[tuple[Inline, ...]]:
    cells: list[tuple[Inline, ...]] = []
    line = context.source.lines[row.first_line - 1]
    at = context.cursor.get(row.first_line, 0)
    for cell in row.children:
        found = line.find(cell.text, at)
        at = found if found >= 0 else at
        place = TextPlace(source=context.source, starts=(0,), lines=(row.first_line,), indexes=(at,))
        cells.append(read_text(context, cell.text, place) if cell.text else ())
        at += len(cell.text)
    return cells


def _check_row(context: FileContext, row: Node, columns: int) -> None:
    line = context.source.lines[row.first_line - 1]
    at = context.cursor.get(row.first_line, 0)
    typed = line[at:].strip().removeprefix("|")
    typed = typed[:-1] if typed.endswith("|") and not typed.endswith("\\|") else typed
    cells = len(_CELL_END.split(typed))
    if cells > columns:
        span = context.source.span(row.first_line, len(line) - len(line[at:].lstrip()))
        message = f"this row has {count(cells, 'cell')}, the table has {count(columns, 'column')}"
        context.refuse(span, message, "give the further column a heading, or write `\\|` for a bar in the text")
