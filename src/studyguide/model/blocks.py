"""Blocks and inlines: what stands inside a part of a session.

Comes in: nothing. Goes out: two closed unions, `Inline` and `Block`, to be matched with `assert_never`.
Text is what the author meant to be read: no markup, no escapes, Unicode NFC.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studyguide.diagnostics import SourceSpan
    from studyguide.model.locator import Locator


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A run of plain text; a soft line break is a single space."""

    text: str
    span: SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Emphasis:
    """Words set off, usually italic."""

    content: tuple[Inline, ...]
    span: SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Strong:
    """Words set off more, usually bold."""

    content: tuple[Inline, ...]
    span: SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeSpan:
    """Words printed exactly as typed."""

    text: str
    span: SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A web or mail address (http, https, mailto) and the words that carry it.

    `address` is percent-encoded to RFC 3986; `is_bare` says that the words are the address itself.
    """

    address: str
    content: tuple[Inline, ...]
    is_bare: bool
    span: SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class LineBreak:
    """A line break that the author asked for."""

    span: SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A page reference into the studied book, such as `(p. 427)` in running text."""

    locator: Locator
    span: SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnote:
    """A note, standing where its mark stands."""

    content: tuple[Block, ...]
    span: SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class InlineImage:
    """A picture among words; `path` is relative to the guide's folder."""

    path: str
    alternative_text: str
    span: SourceSpan


Inline = Text | Emphasis | Strong | CodeSpan | Link | LineBreak | Reference | Footnote | InlineImage


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph."""

    content: tuple[Inline, ...]
    span: SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A heading inside a part: level 3 to 6."""

    level: int
    content: tuple[Inline, ...]
    span: SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class ListItem:
    """One item; its blocks usually start with a paragraph."""

    content: tuple[Block, ...]
    span: SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class ListBlock:
    """A list of any depth. `start` is None for bullets, else the first number.

    `is_tight` says that the author left no blank lines between the items.
    """

    items: tuple[ListItem, ...]
    start: int | None
    is_tight: bool
    span: SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who said a quotation and where it stands: `— Ana Writer, *Wells*, p. 430`.

    `content` is the free text before the locator, empty when book and author are implied.
    """

    content: tuple[Inline, ...]
    locator: Locator | None
    span: SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A block quote."""

    content: tuple[Block, ...]
    attribution: Attribution | None
    span: SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class PullQuote:
    """A quotation set large, `[!quote]`."""

    content: tuple[Block, ...]
    attribution: Attribution | None
    span: SourceSpan


class CallOutKind(StrEnum):
    """Which box: `[!facilitator]` is printed for facilitators only."""

    FACILITATOR = "facilitator"
    NOTE = "note"
    IMPORTANT = "important"


@dataclass(frozen=True, slots=True, kw_only=True)
class CallOut:
    """A box beside the text."""

    kind: CallOutKind
    content: tuple[Block, ...]
    span: SourceSpan


class Alignment(StrEnum):
    """How a column of a table is set."""

    START = "start"
    CENTRE = "centre"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: one row of headings, then rows of cells; every row has as many cells as `alignments`."""

    alignments: tuple[Alignment, ...]
    head: tuple[tuple[Inline, ...], ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]
    span: SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture on lines of its own; `path` is relative to the guide's folder."""

    path: str
    alternative_text: str
    caption: tuple[Inline, ...]
    span: SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeBlock:
    """Lines printed exactly as typed, without a final newline."""

    text: str
    span: SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class ThematicBreak:
    """A break between thoughts, `---`."""

    span: SourceSpan


Block = Paragraph | Topic | ListBlock | Quotation | PullQuote | CallOut | Table | Figure | CodeBlock | ThematicBreak


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A discussion question: its words, then what belongs under it.

    `minutes` is the time meant for it, from `(10 min)` at the end of its words, which do not repeat it.
    Facilitator notes are `CallOut`s in `content`.
    """

    number: int
    words: tuple[Inline, ...]
    content: tuple[Block, ...]
    minutes: int | None
    span: SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What one person said in a round, and the replies under it, to any depth.

    `speaker` is plain text, empty when the line names nobody.
    """

    number: int
    speaker: str
    words: tuple[Inline, ...]
    content: tuple[Block, ...]
    replies: tuple[Turn, ...] = field(default=())
    span: SourceSpan
