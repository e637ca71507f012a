"""Paragraphs, and what every block needs: its place in the file and its words.

Comes in: nodes of the Markdown tree. Goes out: paragraphs and figures of the model, places, inlines.
Left to others: text inside them (`inlines`), all other blocks (`blocks`, `quotations`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studyguide.model.blocks import Figure, Inline, InlineImage, Paragraph, Text
from studyguide.reader.context import FileContext, TextPlace, place_text
from studyguide.reader.inlines import InlineReader
from studyguide.reader.quotes import curve_title

if TYPE_CHECKING:
    from studyguide.diagnostics import SourceSpan
    from studyguide.reader.markdown import Node

_NUMBERED = re.compile(r"[ \t]*[0-9]{1,2}[.)][ \t]+\S")


def place_node(context: FileContext, node: Node) -> SourceSpan:
    """Give the place of a block: the first character of its own on its first line."""
    line = context.source.lines[node.first_line - 1]
    mark = {"blockquote": ">", "list_item": node.info + node.markup}.get(node.kind, "")
    at = context.cursor.get(node.first_line) or _skip_quote_marks(line, context.quote_depth)
    if mark and (found := line.find(mark, at)) >= 0:
        context.cursor[node.first_line] = found + len(mark)
        return context.source.span(node.first_line, found)
    return context.source.span(node.first_line, len(line) - len(line[at:].lstrip()))


def _skip_quote_marks(line: str, depth: int) -> int:
    """Give the index after the `>` of the quotes that a line is already in."""
    match = re.match(rf"(?:[ \t]*>){{0,{depth}}}", line)
    return match.end() if match is not None else 0


def read_text(context: FileContext, text: str, place: TextPlace) -> tuple[Inline, ...]:
    """Read inline text that stands at a place."""
    return InlineReader(context, place).read(text)


def place_words(context: FileContext, node: Node) -> TextPlace:
    """Find the words of a paragraph or heading in the file."""
    at = 0
    if node.kind == "heading" and node.markup.startswith("#"):
        line = context.source.lines[node.first_line - 1]
        at = line.find(node.markup, context.cursor.get(node.first_line, 0)) + len(node.markup)
    return place_text(context.source, node.text, node.first_line, at)


def read_paragraph(context: FileContext, node: Node) -> tuple[Paragraph | Figure, ...]:
    """Read a paragraph; a picture alone in one is a figure."""
    place = place_words(context, node)
    _warn_of_list(context, node)
    return make_paragraph(context, read_text(context, node.text, place), node.text, place)


def _warn_of_list(context: FileContext, node: Node) -> None:
    """Warn of a numbered line that Markdown takes for the rest of a sentence, since its number is not 1."""
    for row, line in enumerate(node.text.split("\n")[1:], 1):
        if _NUMBERED.match(line):
            span = place_text(context.source, line, node.first_line + row).span(0)
            hint = "leave a blank line before a list that does not start with 1"
            context.warn(span, "this line is read as part of the sentence before it", hint)


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
