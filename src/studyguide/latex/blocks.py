"""Blocks -> fragments: what stands inside a part, each block on lines of its own after a comment with its origin.

Comes in: blocks and the setting. Goes out: fragments in reading order; a block that this audience does not get is none.
Left to others: words (`inlines`), quotation marks and attributions (`quotes`), parts (`parts`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from studyguide.latex.escape import Latex, unprinted_text
from studyguide.latex.fragments import Paragraph, Row, TableRow, TexCommand, TexEnvironment
from studyguide.latex.inlines import set_words
from studyguide.latex.quotes import set_attribution, who_said, without_outer_marks
from studyguide.latex.snippets import block_text, plain_text
from studyguide.model import blocks
from studyguide.model.guide import Audience

if TYPE_CHECKING:
    from studyguide.latex.fragments import Fragment
    from studyguide.latex.setting import Setting
    from studyguide.model.blocks import Block, Inline

COLUMN_LETTERS = {blocks.Alignment.START: "L", blocks.Alignment.CENTRE: "C", blocks.Alignment.END: "R"}


class Topic(TexCommand):
    """A heading inside a part: anchor, level from 3 to 6, words."""


class Bullets(TexEnvironment):
    """A list with bullets."""


class Numbers(TexEnvironment):
    """A numbered list: the first number."""


class Item(TexCommand):
    """The start of an item."""


class BlockQuotation(TexEnvironment):
    """A block quote."""


class PullQuote(TexEnvironment):
    """A quotation set large: opening mark, closing mark."""


class Anchor(TexCommand):
    """A place to point to that prints nothing: anchor."""


class CallOut(TexEnvironment):
    """A box beside the text: kind, label."""


class FacilitatorNote(TexEnvironment):
    """A note for facilitators, in whose place participants get room to write: label."""


class DataTable(TexEnvironment):
    """A table: number of columns, their alignments."""


class TableHead(TexCommand):
    """The headings of a table."""


class Picture(TexCommand):
    """A picture on lines of its own: asset, alternative text, caption."""


class CodeLines(TexEnvironment):
    """Lines printed exactly as typed."""


class CodeLine(TexCommand):
    """One line printed exactly as typed."""


class ThematicBreak(TexCommand):
    """A break between thoughts."""


def set_blocks(content: tuple[Block, ...], setting: Setting) -> list[Fragment]:
    """Set blocks in reading order, each after a comment line with its origin."""
    return [fragment for block in content for fragment in _set_block(block, setting)]


def _set_block(block: Block, setting: Setting) -> list[Fragment]:
    fragments = _fragments_of(block, setting)
    return [setting.apparatus.origins.mark(block.span), *fragments] if fragments else []


def _fragments_of(  # noqa: C901, PLR0911  one arm for each kind of block
    block: Block, setting: Setting
) -> list[Fragment]:
    match block:
        case blocks.Paragraph():
            return [Paragraph(set_words(block.content, setting))]
        case blocks.Topic():
            return [_set_topic(block, setting)]
        case blocks.ListBlock():
            return [_set_list(block, setting)]
        case blocks.Quotation():
            return [_set_quotation(block, setting)]
        case blocks.PullQuote():
            return [_set_pull_quote(block, setting)]
        case blocks.CallOut():
            return _set_call_out(block, setting)
        case blocks.Table():
            return [_set_table(block, setting)]
        case blocks.Figure():
            return [_set_figure(block, setting)]
        case blocks.CodeBlock():
            return [_set_code(block, setting)]
        case blocks.ThematicBreak():
            return [ThematicBreak()]
        case _:
            assert_never(block)


def _set_topic(topic: blocks.Topic, setting: Setting) -> Topic:
    anchor = setting.anchor("t")
    setting.bookmark(topic.level - 1, plain_text(topic.content), anchor)
    return Topic(Latex(anchor), Latex(str(topic.level)), set_words(topic.content, setting))


def _set_list(block: blocks.ListBlock, setting: Setting) -> Bullets | Numbers:
    content: list[Fragment] = []
    for item in block.items:
        content += [Item(), *set_blocks(item.content, setting)]
    option = "" if block.is_tight else "loose"
    if block.start is None:
        return Bullets(content=content, option=option)
    return Numbers(Latex(str(block.start)), content=content, option=option)


def _set_quotation(block: blocks.Quotation, setting: Setting) -> BlockQuotation:
    return BlockQuotation(content=_set_quoted(block, block.content, setting))


def _set_pull_quote(block: blocks.PullQuote, setting: Setting) -> PullQuote:
    opening, closing = (setting.text(mark, block.span) for mark in (setting.marks.opening, setting.marks.closing))
    content = _set_quoted(block, without_outer_marks(block.content), setting)
    return PullQuote(opening, closing, content=content)


def _set_quoted(
    block: blocks.Quotation | blocks.PullQuote, content: tuple[Block, ...], setting: Setting
) -> list[Fragment]:
    """Set a quotation's blocks; its anchor is its page reference or, without one, a point before its first word."""
    attribution = block.attribution
    text = block_text(without_outer_marks(content))
    span = attribution.span if attribution else block.span
    anchor = setting.quote(text, who_said(attribution), attribution.locator if attribution else None, span)
    words = set_blocks(content, setting)
    if attribution is None:
        return [Anchor(Latex(anchor)), *words]
    credit: list[Fragment] = [setting.apparatus.origins.mark(span), set_attribution(attribution, anchor, setting)]
    return [*words, *credit] if attribution.locator else [Anchor(Latex(anchor)), *words, *credit]


def _set_call_out(block: blocks.CallOut, setting: Setting) -> list[Fragment]:
    label = setting.text(setting.phrases.call_out_label(block.kind), block.span)
    if block.kind is not blocks.CallOutKind.FACILITATOR:
        return [CallOut(Latex(block.kind.value), label, content=set_blocks(block.content, setting))]
    if setting.audience is Audience.RECORD:
        return []
    content = set_blocks(block.content, replace(setting, is_gathered=False, answer_room=None, addresses=None))
    if setting.answer_room is None:
        return [FacilitatorNote(label, content=content)]
    setting.answer_room.extend(content)
    return []


def _set_table(block: blocks.Table, setting: Setting) -> DataTable:
    letters = "".join(COLUMN_LETTERS[alignment] for alignment in block.alignments)
    head = TableHead(_set_cells(block.head, setting))
    rows = [TableRow(_set_cells(row, setting)) for row in block.rows]
    return DataTable(Latex(str(len(letters))), Latex(letters), content=[head, *rows])


def _set_cells(cells: tuple[tuple[Inline, ...], ...], setting: Setting) -> Row:
    return Row(*(set_words(cell, setting) for cell in cells))


def _set_figure(block: blocks.Figure, setting: Setting) -> Picture:
    asset = setting.apparatus.asset(block.path, block.span)
    return Picture(Latex(asset), unprinted_text(block.alternative_text), set_words(block.caption, setting))


def _set_code(block: blocks.CodeBlock, setting: Setting) -> CodeLines:
    lines = setting.lines(block.text, block.span)
    return CodeLines(content=[CodeLine(line) for line in lines])
