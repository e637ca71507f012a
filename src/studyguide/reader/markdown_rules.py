"""What we teach markdown-it about inline text (with `markdown` and `pieces` the owner of markdown-it-py).

Comes in: a parser. Goes out: the same parser, whose tokens know their offset; a backslash is markup only before a mark
of Markdown, addresses are kept whole, footnotes may stand in their sentence. Left to others: tokens (`pieces`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from markdown_it.helpers import parseLinkLabel
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_core.smartquotes import process_inlines
from markdown_it.rules_core.state_core import StateCore
from markdown_it.rules_inline import StateInline

from studyguide.reader.addresses import trim_address

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

TYPESET_AS_TYPED = re.compile(r"[\\{}<>]")
"""A paragraph with one of these holds TeX, HTML or code: its quotation marks stay straight."""

MOST_QUOTES = 1000
"""A paragraph with more straight quotation marks than this is no prose; pairing them takes time squared."""

_ESCAPABLE = frozenset("`*_[]()#+-.!|<>")
"""The marks of Markdown. Before any other character a backslash is a backslash, so that TeX stays as typed."""

_WEB_ADDRESS = re.compile(r"://[^\s<>，。、；：！？「」『』（）【】《》«»“”‘’]+")
_SCHEME = re.compile(r"(?<![A-Za-z0-9])https?$", re.IGNORECASE)
_ENCLOSED = re.compile(r"<(?P<words>https?://[^\s<>]+|(?:mailto:)?[^\s<>@:]+@[A-Za-z0-9.-]+)>", re.IGNORECASE)
_FOOTNOTE_MARK = re.compile(r"\[\^([^\s\[\]]+)\]")
_LONE_APOSTROPHE = re.compile(r"'(?=\w)|(?<=\w)'")
"""What pairing leaves over: the '90s, the neighbours' well."""

STAND_INS = "“”‹›"
"""Stand-ins for the four quotation marks; markdown-it's apostrophe is a fifth, so that each can be told apart."""


class _PlacedState(StateInline):
    """markdown-it's state, remembering where each token starts."""

    text_start = 0

    def pushPending(self) -> Token:
        token = super().pushPending()
        token.meta["offset"] = self.text_start
        return token

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        token = super().push(ttype, tag, nesting)
        token.meta["offset"] = self.pos
        return token


class _PlacedParser(ParserInline):
    def parse(self, src: str, md: MarkdownIt, env: MutableMapping[str, object], tokens: list[Token]) -> list[Token]:
        state = _PlacedState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def teach_inline_rules(parser: MarkdownIt) -> None:
    """Give the parser our rules: places, addresses, backslashes, quotation marks."""
    parser.inline = _PlacedParser()
    rules = parser.inline.ruler
    rules.before("text", "place", _note_place)
    rules.before("newline", "address", _keep_address)
    rules.at("escape", _escape)
    rules.at("autolink", _keep_enclosed_address)
    rules.after("image", "footnote_inline", _read_footnote)
    rules.after("footnote_inline", "footnote_mark", _read_footnote_mark)
    rules.disable(["entity", "html_inline", "linkify", "strikethrough"])
    parser.inline.ruler2.disable("strikethrough")
    parser.inline.ruler2.at("fragments_join", _set_levels)
    parser.inline.ruler2.after("fragments_join", "quotes", _set_quotes)


def _note_place(state: StateInline, silent: bool) -> bool:
    if not silent and isinstance(state, _PlacedState) and not state.pending:
        state.text_start = state.pos
    return False


def _keep_address(state: StateInline, silent: bool) -> bool:
    """Take a web address as one piece, before its underscores and asterisks become emphasis."""
    if state.src[state.pos] != ":" or state.linkLevel > 0 or silent:
        return False
    scheme = _SCHEME.search(state.pending)
    match = _WEB_ADDRESS.match(state.src, state.pos, state.posMax)
    if scheme is None or match is None:
        return False
    address = trim_address(scheme.group() + match.group())
    if len(address) <= len(scheme.group()) + len("://"):
        return False
    state.pending = state.pending[: -len(scheme.group())]
    state.pos -= len(scheme.group())
    _push_address(state, address, address)
    state.pos += len(address)
    return True


def _keep_enclosed_address(state: StateInline, silent: bool) -> bool:
    """Take `<https://example.org>` and `<ana@example.org>`; anything else in angle brackets is text."""
    match = _ENCLOSED.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        _push_address(state, match["words"], _add_scheme(match["words"]))
    state.pos = match.end()
    return True


def _add_scheme(words: str) -> str:
    return words if words.lower().startswith(("http", "mailto:")) else f"mailto:{words}"


def _push_address(state: StateInline, words: str, address: str) -> None:
    token = state.push("address", "", 0)
    token.content = words
    token.attrs["href"] = state.md.normalizeLink(address)


def _read_footnote(state: StateInline, silent: bool) -> bool:
    """Read a footnote that stands in its sentence, `^[like this]`."""
    if not state.src.startswith("^[", state.pos):
        return False
    end = parseLinkLabel(state, state.pos + 1)
    if end < 0 or end <= state.pos + 2:
        return False
    if not silent:
        start = state.pos + 2
        token = state.push("footnote", "", 0)
        token.children = state.md.inline.parse(state.src[start:end], state.md, state.env, [])
        for child in token.children:
            child.meta["offset"] = int(child.meta.get("offset", 0)) + start
    state.pos = end + 1
    return True


def _read_footnote_mark(state: StateInline, silent: bool) -> bool:
    """Read the mark of a footnote, `[^label]`, defined or not."""
    match = _FOOTNOTE_MARK.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push("footnote", "", 0)
        token.content, token.info = match.group(), match[1]
    state.pos = match.end()
    return True


def _escape(state: StateInline, silent: bool) -> bool:
    r"""Read a run of backslashes: before a mark of Markdown each pair is one and an odd one escapes the mark."""
    start = state.pos
    if state.src[start] != "\\":
        return False
    end = start
    while end < state.posMax and state.src[end] == "\\":
        end += 1
    length = end - start
    following = state.src[end] if end < state.posMax else ""
    if length == 1 and following == "\n":
        if not silent:
            state.push("hardbreak", "br", 0)
        state.pos = _skip_blanks(state, end + 1)
        return True
    text = "\\" * length
    if following in _ESCAPABLE and following:
        text = "\\" * (length // 2) + (following if length % 2 else "")
        end += length % 2
    if not silent:
        token = state.push("text_special", "", 0)
        token.content = text
    state.pos = end
    return True


def _skip_blanks(state: StateInline, index: int) -> int:
    while index < state.posMax and state.src[index] in " \t":
        index += 1
    return index


def _set_levels(state: StateInline) -> None:
    """Set the levels right after emphasis; text stays in pieces, since each knows its own place."""
    level = 0
    for token in state.tokens:
        level -= token.nesting < 0
        token.level = level
        level += token.nesting > 0


def _set_quotes(state: StateInline) -> None:
    """Mark straight quotation marks that are to be curved, unless the text is to print as typed."""
    is_plain = not TYPESET_AS_TYPED.search(state.src) and not any(each.type == "code_inline" for each in state.tokens)
    if is_plain and 0 < state.src.count('"') + state.src.count("'") <= MOST_QUOTES:
        mark_quotes(state.tokens, state.md)


def mark_quotes(tokens: list[Token], parser: MarkdownIt) -> None:
    """Put stand-ins where curved quotation marks belong, and keep what was typed beside them."""
    for token in tokens:
        token.meta["typed"] = token.content
    process_inlines(tokens, StateCore("", parser, {}))
    for token in tokens:
        if token.type == "text":
            token.content = _LONE_APOSTROPHE.sub("’", token.content)
