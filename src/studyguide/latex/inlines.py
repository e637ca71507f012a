"""Inlines -> fragments: the words of a paragraph, a heading, a cell.

Comes in: inlines and the setting. Goes out: `Words`, with page references moved out of the sentence's way.
Left to others: blocks (`blocks`; a note holds some), how a locator is printed (`locators`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from studyguide.latex.escape import Latex, escape_url, unprinted_text
from studyguide.latex.fragments import BlockCommand, Flow, TexCommand, Words
from studyguide.latex.locators import print_locator
from studyguide.latex.snippets import is_sentence, plain_text, quotation_before
from studyguide.latex.tidy import tidy
from studyguide.model import blocks

if TYPE_CHECKING:
    from studyguide.latex.fragments import Fragment
    from studyguide.latex.setting import Setting
    from studyguide.model.blocks import Inline


class Emphasis(TexCommand):
    """Words set off."""

    _latex_name = "emph"


class Strong(TexCommand):
    """Words set off more."""

    _latex_name = "strong"


class Code(TexCommand):
    """Words printed exactly as typed."""


class LineBreak(TexCommand):
    """A line break that the author asked for; takes one empty argument."""


class Note(TexCommand):
    """A footnote of one paragraph."""


class LongNote(BlockCommand):
    """A footnote of several blocks."""

    _latex_name = "Note"


class InlinePicture(TexCommand):
    """A picture among words: asset, alternative text."""


class Reference(TexCommand):
    """A page reference: anchor, printed locator."""


class WebLink(TexCommand):
    """A live link: address, words, printed address."""


@dataclass(slots=True)
class _Line:
    """Words that are being set, and how many of their characters have been."""

    text: str
    setting: Setting
    position: int = 0

    def advance(self, text: str) -> str:
        self.position += len(text)
        return text


def set_words(content: tuple[Inline, ...], setting: Setting) -> Words:
    """Set the words of a paragraph, a heading or a cell."""
    tidied = tidy(content)
    return _set_all(tidied, _Line(plain_text(tidied), setting))


def _set_all(content: tuple[Inline, ...], line: _Line) -> Words:
    return Words(*(_set_one(inline, line) for inline in content))


def _set_one(inline: Inline, line: _Line) -> Latex | Fragment:  # noqa: PLR0911  one arm for each kind of inline
    match inline:
        case blocks.Text():
            return line.setting.text(line.advance(inline.text), inline.span)
        case blocks.CodeSpan():
            return Code(line.setting.code(line.advance(inline.text), inline.span))
        case blocks.Emphasis():
            return Emphasis(_set_all(inline.content, line))
        case blocks.Strong():
            return Strong(_set_all(inline.content, line))
        case blocks.LineBreak():
            line.advance(" ")
            return LineBreak(Latex(""))
        case blocks.Link():
            return _set_link(inline, line)
        case blocks.Reference():
            return _set_reference(inline, line)
        case blocks.Footnote():
            return _set_note(inline, line.setting)
        case blocks.InlineImage():
            asset = line.setting.apparatus.asset(inline.path, inline.span)
            return InlinePicture(Latex(asset), unprinted_text(inline.alternative_text))
        case _:
            assert_never(inline)


def _set_reference(reference: blocks.Reference, line: _Line) -> Reference:
    setting = line.setting
    before, after = line.text[: line.position], line.text[line.position :]
    anchor = setting.cite(reference.locator, before, after, reference.span)
    quoted = quotation_before(before)[1:-1].strip()
    if is_sentence(quoted):
        setting.index(quoted, "", reference.locator, anchor, reference.span)
    return Reference(Latex(anchor), print_locator(reference.locator, setting, reference.span))


def _set_link(link: blocks.Link, line: _Line) -> WebLink:
    words = _set_all(link.content, line)
    setting = line.setting
    if setting.addresses is not None:
        setting.addresses.append(link)
    is_printed = not link.is_bare and setting.addresses is None
    printed = setting.address(link) if is_printed else Latex("")
    return WebLink(escape_url(link.address), words, printed)


def _set_note(note: blocks.Footnote, setting: Setting) -> Note | LongNote:
    from studyguide.latex.blocks import set_blocks  # a note holds blocks, which hold words

    match note.content:
        case (blocks.Paragraph() as only,):
            return Note(set_words(only.content, setting))
        case _:
            return LongNote(Flow(set_blocks(note.content, setting)))
