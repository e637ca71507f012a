"""Parts of a session: what each heading and each `By …` line makes of the blocks below it.

Comes in: the top-level nodes of a session's body. Goes out: readings, questions, rounds, announcements, free parts.
Left to others: names of roles (`headings`), questions and turns (`turns`), blocks (`blocks`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studyguide.model.guide import AnnouncementsPart, FreePart, QuestionsPart, Reading, RoundPart
from studyguide.reader.blocks import read_blocks
from studyguide.reader.by_line import ByLine, read_by_line
from studyguide.reader.headings import Role, find_role
from studyguide.reader.pages import PageLimits
from studyguide.reader.paragraphs import place_node, place_words, read_text
from studyguide.reader.turns import read_questions, read_turns
from studyguide.reader.words import plain_text

if TYPE_CHECKING:
    from studyguide.diagnostics import SourceSpan
    from studyguide.model.guide import Part
    from studyguide.reader.context import FileContext
    from studyguide.reader.markdown import Node

PART_LEVEL = 2


@dataclass(slots=True, kw_only=True)
class _Section:
    heading: Node | None
    nodes: list[Node] = field(default_factory=list)


def read_parts(context: FileContext) -> tuple[Part, ...]:
    """Read the body of a session; text before the first heading is a free part without one."""
    sections = [_Section(heading=None)]
    for node in context.markdown.blocks:
        if node.kind == "heading" and node.level <= PART_LEVEL:
            sections.append(_Section(heading=node))
        else:
            sections[-1].nodes.append(node)
    return tuple(_read_part(context, each) for each in sections if each.heading is not None or _prints(each.nodes))


def _prints(nodes: list[Node]) -> bool:
    return any(node.kind != "footnote_reference" for node in nodes)


def _read_part(context: FileContext, section: _Section) -> Part:
    heading, nodes = section.heading, section.nodes
    if heading is None:
        return FreePart(heading=(), content=read_blocks(context, nodes), span=context.source.span(nodes[0].first_line))
    span = place_node(context, heading)
    if heading.level < PART_LEVEL:
        context.warn(span, "a part opens with `##`, one `#` is for the session's title in the header", "write `##`")
    by_line = read_by_line(context, nodes[0]) if nodes else None
    if by_line is not None:
        return _read_reading(context, heading, by_line, nodes[1:], span)
    words = read_text(context, heading.text, place_words(context, heading))
    match find_role(plain_text(words), context.guide.language):
        case Role.QUESTIONS:
            content, questions = read_questions(context, nodes)
            return QuestionsPart(heading=words, content=content, questions=questions, span=span)
        case Role.ROUND:
            content, turns = read_turns(context, nodes)
            return RoundPart(heading=words, content=content, turns=turns, span=span)
        case Role.ANNOUNCEMENTS:
            return AnnouncementsPart(heading=words, content=read_blocks(context, nodes), span=span)
        case None:
            return FreePart(heading=words, content=read_blocks(context, nodes), span=span)


def _read_reading(context: FileContext, heading: Node, by_line: ByLine, nodes: list[Node], span: SourceSpan) -> Reading:
    """Read a reading: a locator in it that names no book means the reading's."""
    outer = context.limits
    context.book = by_line.book
    words = read_text(context, heading.text, place_words(context, heading))
    if by_line.pages is not None:
        own = PageLimits(whose="the pages of this reading", book=by_line.book, pages=(by_line.pages,))
        context.limits = (own, *outer)
    rest = [by_line.rest] if by_line.rest is not None else []
    content = read_blocks(context, [*rest, *nodes])
    context.limits, context.book = outer, ""
    return Reading(
        heading=words,
        authors=by_line.authors,
        book=by_line.book,
        pages=by_line.pages,
        content=content,
        span=span,
    )
