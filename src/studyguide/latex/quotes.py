"""What makes a quotation: its marks, which the page sets by itself, and who said it and where.

Comes in: the blocks of a quotation, its attribution. Goes out: blocks without outer marks, `Attribution` fragments.
Left to others: the quotation as a block (`blocks`), the index of quotes (`passages`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from studyguide.latex.escape import Latex
from studyguide.latex.fragments import TexCommand, Words
from studyguide.latex.inlines import Reference, set_words
from studyguide.latex.locators import print_locator
from studyguide.latex.snippets import OPENING_MARKS, block_text, plain_text
from studyguide.model.blocks import Emphasis, Inline, Link, Paragraph, Strong, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from studyguide.latex.setting import Setting
    from studyguide.model import blocks
    from studyguide.model.blocks import Block

CLOSING_MARK = re.compile(rf"[{''.join(OPENING_MARKS)}](?P<stop>[.,]?)\s*$")
SHORTEST_QUOTATION = 3
"""Characters of a quotation with its marks and one letter between them."""


class Attribution(TexCommand):
    """Who said it and where it stands: text, reference."""


def set_attribution(attribution: blocks.Attribution, anchor: str, setting: Setting) -> Attribution:
    """Set who said a quotation; its page reference carries the quotation's anchor."""
    words = set_words(attribution.content, setting)
    if attribution.locator is None:
        return Attribution(words, Latex(""))
    printed = print_locator(attribution.locator, setting, attribution.span)
    return Attribution(words, Words(Reference(Latex(anchor), printed)))


def who_said(attribution: blocks.Attribution | None) -> str:
    """Give the attribution's words as plain text, empty when book and author are implied."""
    return "" if attribution is None else plain_text(attribution.content).strip(" ,;:")


def without_outer_marks(content: tuple[Block, ...]) -> tuple[Block, ...]:
    """Take away the quotation marks that enclose all of a quotation, of any language."""
    match content:
        case (Paragraph(), *_) if _is_enclosed(block_text(content)) and isinstance(content[-1], Paragraph):
            return _edit_paragraph(_edit_paragraph(content, 0, _without_opening), -1, _without_closing)
        case _:
            return content


def _is_enclosed(text: str) -> bool:
    quoted = text.strip().rstrip(".,")
    if len(quoted) < SHORTEST_QUOTATION or quoted[0] not in OPENING_MARKS.get(quoted[-1], ""):
        return False
    if quoted[0] == quoted[-1]:
        return quoted.count(quoted[0]) == 2  # noqa: PLR2004  an opening mark and a closing one
    return _closes_last(quoted)


def _closes_last(quoted: str) -> bool:
    """Say whether the first mark is closed by the last one and not before; `’` between letters is an apostrophe."""
    opening, closing = quoted[0], quoted[-1]
    depth = 0
    for index, letter in enumerate(quoted[:-1]):
        is_apostrophe = letter == "’" and quoted[index - 1].isalnum() and quoted[index + 1].isalnum()
        depth += (letter == opening) - (letter == closing and not is_apostrophe)
        if depth == 0:
            return False
    return True


def _edit_paragraph(content: tuple[Block, ...], index: int, edit: Callable[[str], str]) -> tuple[Block, ...]:
    paragraph = content[index]
    if not isinstance(paragraph, Paragraph):
        return content
    edited = replace(paragraph, content=_edit_outermost(paragraph.content, edit, is_first=index == 0))
    return (edited, *content[1:]) if index == 0 else (*content[:-1], edited)


def _edit_outermost(content: tuple[Inline, ...], edit: Callable[[str], str], *, is_first: bool) -> tuple[Inline, ...]:
    """Edit the first or the last run of text that is not blank."""
    order = range(len(content)) if is_first else reversed(range(len(content)))
    for index in order:
        if plain_text((content[index],)).strip():
            edited = _edit_inline(content[index], edit, is_first=is_first)
            return (*content[:index], edited, *content[index + 1 :])
    return content


def _edit_inline(inline: Inline, edit: Callable[[str], str], *, is_first: bool) -> Inline:
    match inline:
        case Text():
            return replace(inline, text=edit(inline.text))
        case Emphasis() | Strong() | Link():
            return replace(inline, content=_edit_outermost(inline.content, edit, is_first=is_first))
        case _:
            return inline


def _without_opening(text: str) -> str:
    return text.lstrip()[1:].lstrip()


def _without_closing(text: str) -> str:
    return CLOSING_MARK.sub(lambda found: found["stop"], text).rstrip()
