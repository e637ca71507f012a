"""The words of a Markdown paragraph: from markdown-it's inline tokens to marked text.

Comes in: an inline token with its line, and the footnotes of the file. Goes out: a `MarkedText`.
Left to others: paragraphs, lists and tables (`markdown_notes`), tags (`tags`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studyguide.importer.bullets import find_opening
from studyguide.importer.intake.links import find_address
from studyguide.importer.intake.marked_text import MarkedText
from studyguide.importer.intake.tags import is_break, lose_hidden, strip_tags
from studyguide.importer.notes import Bullet, MarkKind
from studyguide.reader.words import is_written_together

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it.token import Token

SHORTEST_WRAP = 50
"""A line that had room for the next word within so many columns was ended on purpose."""

_MARKS = {"em_open": MarkKind.EMPHASIS, "strong_open": MarkKind.STRONG}


def read_inline(token: Token, number: int, find_footnote: Callable[[Token], str]) -> MarkedText:
    """Read an inline token whose first line has a number."""
    reader = _Reader(token.content, number, find_footnote)
    reader.read(token.children or [])
    return reader.text


def plain_inline(tokens: Sequence[Token]) -> str:
    """Give the bare words of inline tokens, a link's address after its words."""
    pieces: list[str] = []
    for token in tokens:
        if token.type == "link_close" and pieces:
            continue
        pieces.append(strip_tags(token.content) if token.type == "html_inline" else token.content or " ")
        if token.type == "link_open" and (address := find_address(str(token.attrs.get("href", "")))):
            pieces.append(address + " ")
    return "".join(pieces)


class _Reader:
    def __init__(self, typed: str, number: int, find_footnote: Callable[[Token], str]) -> None:
        self.text = MarkedText()
        self._typed = typed.split("\n")
        self._number = number
        self._line = 0
        self._find_footnote = find_footnote
        self._links: list[str] = []
        self._struck = 0

    def read(self, tokens: Sequence[Token]) -> None:
        for before, token, after in zip((None, *tokens), tokens, (*tokens[1:], None), strict=False):
            if token.type == "softbreak":
                self._end_line(before, after)
            else:
                self._read_token(token)

    def _end_line(self, before: Token | None, after: Token | None) -> None:
        typed = self._typed[self._line : self._line + 2]
        self._line += 1
        if len(typed) > 1 and _is_break(*typed):
            self.text.break_line(self._number + self._line)
        elif not is_written_together((before.content if before else "")[-1:], (after.content if after else "")[:1]):
            self.text.add(" ")

    def _read_token(self, token: Token) -> None:  # noqa: C901  one case a token
        text = self.text
        match token.type:
            case "hardbreak":
                self._line += 1
                text.break_line(self._number + self._line)
            case "em_open" | "strong_open":
                text.open_mark(_MARKS[token.type])
            case "em_close" | "strong_close":
                text.close_mark()
            case "s_open":
                self._struck = text.pieces
            case "s_close":
                text.losses.append(("struck out words", text.words_since(self._struck)))
            case "link_open":
                self._open_link(str(token.attrs.get("href", "")))
            case "link_close":
                if self._links.pop():
                    text.close_mark()
            case "image":
                text.losses.append(("a picture", plain_inline(token.children or []) or str(token.attrs["src"])))
            case "footnote_ref":
                text.add_footnote(self._find_footnote(token))
            case "html_inline":
                self._read_tag(token.content)
            case _:
                text.add(token.content)

    def _open_link(self, target: str) -> None:
        address = find_address(target)
        self._links.append(address)
        if address:
            self.text.open_mark(MarkKind.LINK, address)
        elif target and not target.startswith("#"):
            self.text.losses.append(("a link that leads nowhere from here", target))

    def _read_tag(self, tag: str) -> None:
        if is_break(tag):
            self.text.break_line(self._number + self._line)
            return
        self.text.losses += lose_hidden(tag)
        self.text.add(strip_tags(tag))


_LABEL = re.compile(r"\s*\*\*[^*:]{1,40}(?::\*\*|\*\*\s?:)")
"""A label in bold, as in `**Summary by:** Ana`: it opens a line wherever it begins one."""


def _is_break(line: str, following: str) -> bool:
    opening = find_opening(following)
    if (opening is not None and opening.bullet is not Bullet.NUMBER) or _LABEL.match(following):
        return True
    first_word = following.split(maxsplit=1)[:1]
    return len(line.rstrip()) + 1 + len("".join(first_word)) <= SHORTEST_WRAP
