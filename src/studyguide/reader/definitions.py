"""What a file defines for its own use: the texts of footnotes, the addresses of links.

Comes in: a file's Markdown. Goes out: a context that knows its footnotes, a warning for each definition nobody uses.
Left to others: where footnotes stand (`inlines`), link definitions in use (`markdown`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.reader.blocks import read_blocks
from studyguide.reader.context import FileContext, GuideFacts
from studyguide.reader.explain import quote
from studyguide.reader.markdown import MarkdownFile, Node

if TYPE_CHECKING:
    from studyguide.reader.source import Source


def open_file(source: Source, body_line: int, guide: GuideFacts) -> FileContext:
    """Parse the body of a file, and find its footnotes."""
    markdown = MarkdownFile(source, body_line)
    context = FileContext(
        source=source, markdown=markdown, guide=guide, read_blocks=read_blocks, problems=list(markdown.problems)
    )
    footnotes: dict[str, Node] = {}
    for node in _find_footnotes(markdown.blocks):
        if node.info in footnotes:
            span = source.span(node.first_line)
            context.warn(span, f"footnote {quote(f'[^{node.info}]')} has two texts, the first one is printed", "")
        footnotes.setdefault(node.info, node)
    context.footnotes = footnotes
    return context


def _find_footnotes(nodes: list[Node]) -> list[Node]:
    found: list[Node] = []
    for node in nodes:
        found.extend([node] if node.kind == "footnote_reference" else _find_footnotes(node.children))
    return found


def close_file(context: FileContext) -> None:
    """Note what the author defined and nothing uses, since it is on no page."""
    for label, node in context.footnotes.items():
        if label not in context.footnote_uses:
            span = context.source.span(node.first_line)
            context.warn(
                span, f"footnote {quote(f'[^{label}]')} is used nowhere and is not printed", "put its mark in the text"
            )
    for label, line in context.markdown.unused_definitions():
        context.warn(
            context.source.span(line),
            f"this line defines the link {quote(label)}, which is used nowhere, and is not printed",
            "write it without the colon if it is text",
        )
