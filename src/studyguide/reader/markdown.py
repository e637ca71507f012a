"""Markdown taken apart: CommonMark, tables and footnotes (owns markdown-it-py and mdit-py-plugins).

Comes in: a clean `Source`. Goes out: a tree of `Node`s with their lines, and the `Piece`s of a node's text.
HTML, entities and TeX have no meaning: they stay text. Left to others: what it all means (`blocks`, `inlines`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from studyguide.diagnostics import Diagnostic, error
from studyguide.reader.markdown_rules import STAND_INS, TYPESET_AS_TYPED, mark_quotes, teach_inline_rules
from studyguide.reader.pieces import Piece, make_pieces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.rules_block import StateBlock

    from studyguide.reader.source import Source

DEEPEST_NESTING = 32
"""How many lists may stand in each other, or twice as many block quotes; Python's stack would allow some more."""

DEEPEST_INLINE = 60
"""How many links, images and notes may stand in each other before brackets are only brackets."""

LONGEST_PARAGRAPH = 100_000
"""In characters; fifty pages without a paragraph are another kind of text, and TeX sets a paragraph as a whole."""

MOST_MARKS = {"[": 10_000, "*": 40_000, "_": 40_000}
"""How often a file may have a mark of Markdown; looking for what each one opens takes time."""

LEVELS_OF_LIST = 2
"""A list and its item count as two levels to markdown-it-py."""


@dataclass(slots=True, kw_only=True)
class Node:
    """A block as it was typed: `kind` is markdown-it's name for it without `_open`.

    Lines count from 1. `text` is unparsed inline text or literal lines, `info` the number of a list item, the label of
    a footnote, the alignment of a cell.
    """

    kind: str
    first_line: int
    markup: str = ""
    info: str = ""
    text: str = ""
    level: int = 0
    is_hidden: bool = False
    children: list[Node] = field(default_factory=list)


class _TooDeepError(Exception):
    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def _guard_depth(state: StateBlock, start_line: int, _end_line: int, _silent: bool) -> bool:
    if state.level > DEEPEST_NESTING * LEVELS_OF_LIST:
        raise _TooDeepError(start_line)
    return False


def make_parser() -> MarkdownIt:
    """Make the parser of the session format: one for each file, since it remembers what the file defines."""
    options = {"html": False, "maxNesting": DEEPEST_INLINE + 20, "store_labels": True, "quotes": STAND_INS}
    parser = MarkdownIt("commonmark", options)
    parser.enable("table")
    parser.use(footnote_plugin, move_to_end=False)
    parser.block.ruler.before("table", "depth", _guard_depth)
    parser.validateLink = _accept_any  # type: ignore[method-assign,assignment]  # `addresses` judges schemes
    teach_inline_rules(parser)
    return parser


def _accept_any(_url: str) -> bool:
    return True


class MarkdownFile:
    """One file in the parser: its blocks at once, the inline text of each block when it is asked for."""

    def __init__(self, source: Source, body_line: int) -> None:
        """Parse the blocks from `body_line` on; what cannot be parsed is in `problems`."""
        self.source = source
        self.problems: list[Diagnostic] = []
        self.environment: dict[str, Any] = {}
        self.used_labels: set[str] = set()
        self._parser = make_parser()
        self.blocks = self._parse_blocks(body_line)

    def _parse_blocks(self, body_line: int) -> list[Node]:
        blank = [""] * (body_line - 1)
        text = "\n".join((*blank, *self.source.lines[body_line - 1 :]))
        tokens: list[Token] = []
        try:
            self._parser.block.parse(text, self._parser, self.environment, tokens)
        except _TooDeepError as failure:
            span = self.source.span(failure.line + 1)
            hint = f"at most {DEEPEST_NESTING} lists stand in each other: start a new list, or a new part"
            self.problems.append(error(span, "lists and quotes are nested too deep", hint))
            return []
        nodes = _make_nodes(iter(tokens))
        self._refuse_masses(body_line, nodes)
        return [] if self.problems else nodes

    def _refuse_masses(self, body_line: int, nodes: list[Node]) -> None:
        """Refuse what would take the inline parser, or TeX, longer than any session needs."""
        body = "\n".join(self.source.lines[body_line - 1 :])
        for mark, most in MOST_MARKS.items():
            if body.count(mark) > most:
                message = f"the file has more than {most:,} times the mark `{mark}`"
                self.problems.append(error(self.source.span(body_line), message, "divide it into several sessions"))
        waiting = list(nodes)
        while waiting:
            node = waiting.pop()
            waiting.extend(node.children)
            if node.kind in {"paragraph", "heading"} and len(node.text) > LONGEST_PARAGRAPH:
                message = f"this paragraph has more than {LONGEST_PARAGRAPH:,} characters"
                self.problems.append(error(self.source.span(node.first_line), message, "divide it with blank lines"))

    def parse_inline(self, text: str) -> list[Piece]:
        """Take a node's text apart."""
        tokens = self._parser.inline.parse(text, self._parser, self.environment, [])
        self.used_labels.update(str(each.meta["label"]) for each in tokens if "label" in each.meta)
        return make_pieces(tokens)

    def unused_definitions(self) -> list[tuple[str, int]]:
        """List the link definitions that no link uses: label and line."""
        references: dict[str, dict[str, Any]] = self.environment.get("references", {})
        return [
            (label, int(reference["map"][0]) + 1)
            for label, reference in references.items()
            if label not in self.used_labels
        ]


def mark_title(title: str) -> str:
    """Put stand-ins for curved quotation marks into a text that holds no Markdown, as `parse_inline` does."""
    if TYPESET_AS_TYPED.search(title) or not ("'" in title or '"' in title):
        return title
    token = Token("text", "", 0, content=title)
    mark_quotes([token], _parser_of_titles())
    return token.content


@lru_cache(maxsize=1)
def _parser_of_titles() -> MarkdownIt:
    return make_parser()


def _make_nodes(tokens: Iterator[Token]) -> list[Node]:
    """Build the tree; its depth is bounded by `DEEPEST_NESTING`."""
    nodes: list[Node] = []
    for token in tokens:
        if token.nesting < 0:
            break
        if token.type == "inline":
            nodes.append(_make_node(token, "inline"))
            continue
        node = _make_node(token, token.type.removesuffix("_open"))
        if token.nesting > 0:
            node.children = _make_nodes(tokens)
            _lift_text(node)
        nodes.append(node)
    return nodes


def _make_node(token: Token, kind: str) -> Node:
    first_line = token.map[0] + 1 if token.map else 1
    return Node(
        kind=kind,
        first_line=first_line,
        markup=token.markup,
        info=str(token.meta["label"]) if "label" in token.meta else _find_info(token),
        text=token.content,
        level=int(token.tag[1]) if kind == "heading" else 0,
        is_hidden=token.hidden,
    )


def _find_info(token: Token) -> str:
    style = str(token.attrs.get("style", ""))
    return style.removeprefix("text-align:") if style else token.info


def _lift_text(node: Node) -> None:
    """Give a paragraph, heading or cell the text of its only child."""
    if len(node.children) == 1 and node.children[0].kind == "inline":
        inline = node.children.pop()
        node.text = inline.text
        node.first_line = node.first_line if node.kind not in {"th", "td"} else inline.first_line
