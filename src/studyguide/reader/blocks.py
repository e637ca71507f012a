"""Blocks: paragraphs, lists, tables, pictures, code; quotations and call-outs are in `quotations`.

Comes in: nodes of the Markdown tree. Goes out: blocks of the model, each with its place.
Left to others: parts and their roles (`parts`), text inside blocks (`inlines`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studyguide.model.blocks import (
    Alignment,
    Block,
    CodeBlock,
    Figure,
    Inline,
    InlineImage,
    ListBlock,
    ListItem,
    Paragraph,
    Table,
    Text,
    ThematicBreak,
    Topic,
)
from studyguide.reader.context import FileContext, TextPlace, place_text
from studyguide.reader.explain import count
from studyguide.reader.inlines import InlineReader
from studyguide.reader.quotes import curve_title

if TYPE_CHECKING:
    from studyguide.diagnostics import SourceSpan
    from studyguide.reader.markdown import Node

FIRST_TOPIC_LEVEL = 3
_ALIGNMENTS = {"": Alignment.START, "left": Alignment.START, "center": Alignment.CENTRE, "right": Alignment.END}
_CELL_END = re.compile(r"(?<!\\)\|")


def read_blocks(context: FileContext, nodes: list[Node]) -> tuple[Block, ...]:
    """Read nodes in a row; definitions of footnotes print nothing where they stand."""
    from studyguide.reader.quotations import read_block_quote

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


def place_node(context: FileContext, node: Node) -> SourceSpan:
    """Give the place of a block: the first character of its own on its first line."""
    line = context.source.lines[node.first_line - 1]
    mark = {"blockquote": ">", "list_item": node.info + node.markup}.get(node.kind, "")
    at = context.cursor.get(node.first_line, 0)
    if mark and (found := line.find(mark, at)) >= 0:
        context.cursor[node.first_line] = found + len(mark)
        return context.source.span(node.first_line, found)
    return context.source.span(node.first_line, len(line) - len(line[at:].lstrip()))


def read_text(context: FileContext, text: str, place: TextPlace) -> tuple[Inline, ...]:
    """Read inline text that stands at a place."""
    return InlineReader(context, place, read_blocks).read(text)


def place_words(context: FileContext, node: Node) -> TextPlace:
    """Find the words of a paragraph or heading in the file."""
    at = 0
    if node.kind == "heading" and node.markup.startswith("#"):
        line = context.source.lines[node.first_line - 1]
        at = line.find(node.markup, context.cursor.get(node.first_line, 0)) + len(node.markup)
    return place_text(context.source, node.text, node.first_line, at)


def read_paragraph(context: FileContext, node: Node) -> tuple[Block, ...]:
    """Read a paragraph; a picture alone in one is a figure."""
    place = place_words(context, node)
    return make_paragraph(context, read_text(context, node.text, place), node.text, place)


def make_paragraph(
    context: FileContext, content: tuple[Inline, ...], text: str, place: TextPlace
) -> tuple[Paragraph | Figure, ...]:
    """Make a paragraph of its inlines, or a figure, whose caption is the title of the picture's address."""
    span = place.span(0)
    if len(content) == 1 and isinstance(content[0], InlineImage):
        image = content[0]
        title = next((piece.title for piece in context.markdown.parse_inline(text) if piece.kind == "image"), "")
        words = Text(text=curve_title(title, context.guide.language), span=span)
        caption = (words,) if title else ()
        return (Figure(path=image.path, alternative_text=image.alternative_text, caption=caption, span=span),)
    return (Paragraph(content=content, span=span),) if content else ()


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
