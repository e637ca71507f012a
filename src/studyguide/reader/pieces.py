"""Pieces of inline text, each with its place: what the rest of the reader sees of markdown-it's tokens.

Comes in: tokens of inline Markdown. Goes out: a tree of `Piece`s.
Left to others: the rules that make the tokens (`markdown_rules`), what pieces mean (`inlines`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from markdown_it.token import Token

PieceKind = Literal[
    "text", "literal", "emphasis", "strong", "code", "link", "image", "soft_break", "hard_break", "footnote"
]

DEEPEST_EMPHASIS = 40
"""How many emphases may stand in each other; a page shows two."""

_KINDS: dict[str, PieceKind] = {
    "text": "text",
    "text_special": "literal",
    "em_open": "emphasis",
    "strong_open": "strong",
    "code_inline": "code",
    "link_open": "link",
    "address": "link",
    "image": "image",
    "softbreak": "soft_break",
    "hardbreak": "hard_break",
    "footnote": "footnote",
}


@dataclass(slots=True, kw_only=True)
class Piece:
    """A piece of inline text; `offset` is its place in the text of the block.

    `typed` differs from `text` where a straight quotation mark is to be set as a curved one.
    A `literal` was escaped with a backslash. `address` is a link's or picture's target or a footnote's label, `is_bare`
    says that it was typed without words, `title` is the text after a picture's address.
    """

    kind: PieceKind
    offset: int
    text: str = ""
    typed: str = ""
    address: str = ""
    is_bare: bool = False
    title: str = ""
    children: list[Piece] = field(default_factory=list)


def make_pieces(tokens: list[Token]) -> list[Piece]:
    """Translate tokens into pieces; emphasis deeper than `DEEPEST_EMPHASIS` is flattened, its words stay."""
    pieces: list[Piece] = []
    open_lists = [pieces]
    for token in tokens:
        if token.nesting < 0:
            open_lists.pop()
            continue
        kind = _KINDS.get(token.type)
        if kind is None or (kind in {"text", "literal"} and not token.content):
            continue
        piece = _make_piece(token, kind)
        is_flat = token.nesting > 0 and len(open_lists) > DEEPEST_EMPHASIS and kind != "link"
        if not is_flat:
            open_lists[-1].append(piece)
        if token.nesting > 0:
            open_lists.append(open_lists[-1] if is_flat else piece.children)
    return pieces


def _make_piece(token: Token, kind: PieceKind) -> Piece:
    offset = int(token.meta.get("offset", 0))
    piece = Piece(kind=kind, offset=offset, text=token.content, typed=str(token.meta.get("typed", token.content)))
    if token.type == "address":
        piece.address, piece.is_bare = str(token.attrs["href"]), True
        piece.children = [Piece(kind="text", offset=offset, text=token.content, typed=token.content)]
    elif kind == "link":
        piece.address = str(token.attrs.get("href", ""))
    elif kind == "image":
        piece.address, piece.title = str(token.attrs.get("src", "")), str(token.attrs.get("title", ""))
        piece.children = make_pieces(token.children or [])
    elif kind == "footnote":
        piece.address = token.info
        piece.children = make_pieces(token.children or [])
    return piece
