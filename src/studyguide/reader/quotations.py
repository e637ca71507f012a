"""Block quotes and what they become: pull quotes, facilitator notes, boxes; and who said them.

Comes in: a block quote of the Markdown tree. Goes out: the block of the model that its first line asks for.
Left to others: pasted `:::` fences, which are block quotes by then (`fences`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from studyguide.model.blocks import Attribution, CallOut, CallOutKind, PullQuote, Quotation
from studyguide.reader.endings import ends_in_locator, find_ending
from studyguide.reader.explain import quote, suggest
from studyguide.reader.paragraphs import make_paragraph, place_node, place_words, read_text

if TYPE_CHECKING:
    from studyguide.model.blocks import Block
    from studyguide.reader.context import FileContext
    from studyguide.reader.markdown import Node

PULL_QUOTE = "quote"
CALL_OUTS = (PULL_QUOTE, *(kind.value for kind in CallOutKind))
_MARK = re.compile(r"\[!(?P<name>[^\]\n]{1,40})\][ \t]*\n?")
_DASHED = re.compile(r"(?P<dash>—|―|–|---?)[ \t\u00a0\u202f]+(?P<words>\S.*)")


def read_block_quote(context: FileContext, node: Node) -> Block:
    """Read a block quote: its mark, its attribution, its blocks."""
    span = place_node(context, node)
    name, marked = find_mark(context, node)
    is_box = name in CALL_OUTS and name != PULL_QUOTE
    attribution_node, children = None, node.children
    if not is_box:
        attribution_node, children = _part_attribution(children, marked, is_pull_quote=name == PULL_QUOTE)
    context.quote_depth += 1
    content = _read_marked(context, children, marked)
    context.quote_depth -= 1
    if is_box:
        return CallOut(kind=CallOutKind(name), content=content, span=span)
    attribution = read_attribution(context, attribution_node) if attribution_node is not None else None
    made = PullQuote if name == PULL_QUOTE else Quotation
    return made(content=content, attribution=attribution, span=span)


def find_mark(context: FileContext, node: Node) -> tuple[str, int]:
    """Give the name in `[!name]` at the start of a block quote, and how many characters its mark takes."""
    first = node.children[0] if node.children else None
    match = _MARK.match(first.text) if first is not None and first.kind == "paragraph" else None
    if first is None or match is None:
        return "", 0
    name = match["name"].strip().casefold()
    if name in CALL_OUTS:
        return name, match.end()
    span = place_words(context, first).span(0)
    context.warn(span, f"unknown call-out {quote(match.group().strip())}", suggest(name, CALL_OUTS))
    return "", 0


def _read_marked(context: FileContext, nodes: list[Node], marked: int) -> tuple[Block, ...]:
    if not marked:
        return context.read_blocks(context, nodes)
    first, *others = nodes
    place = place_words(context, first).skip(marked)
    text = first.text[marked:]
    paragraph = make_paragraph(context, read_text(context, text, place), text, place) if text.strip() else ()
    return (*paragraph, *context.read_blocks(context, others))


def _part_attribution(nodes: list[Node], marked: int, *, is_pull_quote: bool) -> tuple[Node | None, list[Node]]:
    """Take the last line off a block quote when it starts with a dash, and something stands before it."""
    last = nodes[-1] if nodes else None
    if last is None:
        return None, nodes
    if last.kind == "paragraph":
        before, _, line = last.text.rpartition("\n")
        shown = before[marked:] if len(nodes) == 1 else before
        stands_alone = not shown.strip() and len(nodes) == 1
        if stands_alone or not _DASHED.fullmatch(line.strip()):
            return None, nodes
        attribution = replace(last, text=line, first_line=last.first_line + last.text.count("\n"))
        rest = [replace(last, text=before)] if before.strip() else []
        return attribution, [*nodes[:-1], *rest]
    if last.kind == "bullet_list" and len(nodes) > 1 and _is_one_line(last):
        only = last.children[0].children[0]
        if is_pull_quote or ends_in_locator(only.text):
            return only, nodes[:-1]
    return None, nodes


def _is_one_line(node: Node) -> bool:
    items = node.children
    return (
        len(items) == 1
        and [each.kind for each in items[0].children] == ["paragraph"]
        and ("\n" not in items[0].children[0].text)
    )


def read_attribution(context: FileContext, node: Node) -> Attribution:
    """Read who said it and where: free text, a locator or a citation at its end, or both."""
    match = _DASHED.fullmatch(node.text.strip())
    words = match["words"] if match else node.text
    place = place_words(context, node).skip(node.text.find(words))
    ending = find_ending(context, words, place)
    before = words[: ending.start].rstrip(" ,\t\u00a0")
    content = read_text(context, before, place) if before else ()
    return Attribution(content=content, locator=ending.locator, span=place.span(0))
