"""Markdown as notes: what any tool calls Markdown, with the line of every paragraph (owns markdown-it-py for notes).

Comes in: the text of a file. Goes out: `Notes`, whose lines are counted as in the file.
HTML loses its tags and keeps its words. Left to others: session files, which are stricter (`reader`).
"""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from studyguide.errors import NotesError
from studyguide.importer.intake.front_fields import take_front_fields
from studyguide.importer.intake.markdown_words import plain_inline, read_inline
from studyguide.importer.intake.marked_text import MarkedText
from studyguide.importer.intake.nesting import DEEPEST_NESTING, too_deep
from studyguide.importer.intake.note_lines import LineCollector
from studyguide.importer.intake.tags import lose_hidden, strip_tags
from studyguide.importer.intake.vault_marks import take_vault_marks
from studyguide.importer.notes import Bullet
from studyguide.reader.source import LINE_END

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

    from studyguide.importer.notes import Notes

MOST_BRACKETS = 100_000
"""Looking for what each one closes takes time: so many take some seconds."""

_LEVELS_OF_LIST = 2
"""A list and its item count as two levels to markdown-it-py."""

_BOX = re.compile(
    r"\s*:{3,}\s*(?:\{[^}]*\}|(?:info|success|warning|danger|spoiler|tip|note|details)\b)?\s*(?P<words>.*)"
)
_CODE_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_DATES, _TITLE = {"date", "created"}, "title"


def read_markdown_notes(text: str) -> Notes:
    """Read a Markdown file of any tool.

    Raises:
        NotesError: when its lists are nested deeper than anybody means, or it holds too many brackets.
    """
    if text.count("[") > MOST_BRACKETS:
        raise NotesError(
            f"the notes hold more than {MOST_BRACKETS:,} brackets",
            hint="save them as plain text (.txt), and import that",
        )
    lines = LINE_END.split(text.removeprefix("\ufeff"))
    reader = _Reader()
    header_length = reader.read_header(lines)
    body, hidden = take_vault_marks(lines[header_length:], header_length + 1)
    for each in hidden:
        reader.lines.add_loss(each.what, each.words, number=each.number)
    try:
        reader.read("\n".join(("",) * header_length + tuple(_open_boxes(body))))
    except RecursionError:
        raise too_deep() from None
    return reader.lines.notes("line")


def _open_boxes(lines: Sequence[str]) -> Iterator[str]:
    """Take the fences of HackMD's boxes away; the words beside one stay."""
    is_code = False
    for line in lines:
        is_code ^= _CODE_FENCE.match(line) is not None
        match = None if is_code else _BOX.fullmatch(line)
        yield line if match is None else match["words"]


def _guard_depth(state: StateBlock, _start_line: int, _end_line: int, _silent: bool) -> bool:
    if state.level > DEEPEST_NESTING * _LEVELS_OF_LIST:
        raise too_deep()
    return False


def _make_parser() -> MarkdownIt:
    # A guard of our own: past `maxNesting`, markdown-it-py 4 leaves out what it reads without a word.
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": DEEPEST_NESTING * _LEVELS_OF_LIST + 20})
    parser.enable(["table", "strikethrough"]).use(footnote_plugin, move_to_end=False)
    parser.block.ruler.before("table", "depth", _guard_depth)
    return parser


class _Reader:
    def __init__(self) -> None:
        self.lines = LineCollector()
        self._entered: list[contextlib.ExitStack] = []
        self._footnotes: dict[str, str] = {}
        self._inline_footnotes: dict[int, str] = {}
        self._targets: set[str] = set()
        self._level = 0
        self._row: tuple[int, list[MarkedText]] | None = None

    def read_header(self, lines: Sequence[str]) -> int:
        """Read the header of the file and give its length in lines."""
        fields, length = take_front_fields(lines)
        for field in fields:
            text = MarkedText()
            text.add(field.value)
            name = field.name.lower()
            if name == _TITLE or name in _DATES:
                self.lines.add_paragraph(text, number=field.number, level=1 if name == _TITLE else 0)
            else:
                words = f"{field.name}: {field.value}"
                self.lines.add_loss("a field of the file's header", words, number=field.number)
        return length

    def read(self, text: str) -> None:
        """Read the text after the header, which has a blank line for each of the header's."""
        environment: dict[str, Any] = {}
        tokens = _make_parser().parse(text, environment)
        referred = self._gather_footnotes(tokens, environment)
        is_gathered = False
        for token in tokens:
            if token.type == "footnote_reference_open":
                is_gathered = token.meta["label"] in referred
            if not is_gathered:
                self._read_block(token)
            if token.type == "footnote_reference_close":
                is_gathered = False
        self._lose_references(environment.get("references", {}))

    def _gather_footnotes(self, tokens: Sequence[Token], environment: Mapping[str, Any]) -> set[str]:
        referred: set[str] = set()
        label = ""
        for token in tokens:
            if token.type == "footnote_reference_open":
                label = token.meta["label"]
            elif token.type == "footnote_reference_close":
                label = ""
            elif token.children is not None:
                references = (each for each in token.children if each.type == "footnote_ref")
                referred |= {each.meta["label"] for each in references if "label" in each.meta}
                self._targets |= {str(each.attrs["href"]) for each in token.children if each.type == "link_open"}
                self._targets |= {str(each.attrs["src"]) for each in token.children if each.type == "image"}
                if label:
                    words = f"{self._footnotes.get(label, '')} {plain_inline(token.children)}"
                    self._footnotes[label] = words.strip()
        notes = environment.get("footnotes", {}).get("list", {})
        self._inline_footnotes = {each: plain_inline(note.get("tokens", [])) for each, note in notes.items()}
        return referred

    def _find_footnote(self, token: Token) -> str:
        label = token.meta.get("label")
        return self._inline_footnotes[token.meta["id"]] if label is None else self._footnotes.get(label, "")

    def _lose_references(self, references: Mapping[str, Any]) -> None:
        for label, reference in references.items():
            if reference["href"] not in self._targets:
                words = f"[{label.lower()}]: {reference['href']} {reference['title']}"
                self.lines.add_loss("an address that no link uses", words, number=reference["map"][0] + 1)

    def _read_block(self, token: Token) -> None:  # noqa: C901  one case a token
        number = token.map[0] + 1 if token.map else 0
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                self._enter(self.lines.open_list())
            case "blockquote_open":
                self._enter(self.lines.quote())
            case "bullet_list_close" | "ordered_list_close" | "blockquote_close":
                self._entered.pop().close()
            case "list_item_open":
                self.lines.begin_item(Bullet.NUMBER if token.info else Bullet.POINT, token.info)
            case "heading_open" | "heading_close":
                self._level = int(token.tag[1:]) if token.nesting > 0 else 0
            case "footnote_reference_open":
                self._keep_label(token.meta["label"], number)
            case "tr_open":
                self._row = (number, [])
            case "tr_close":
                self._end_row()
            case "inline":
                self._read_inline(token, number)
            case "fence" | "code_block":
                self.lines.add_code(token.content, number=number + (token.type == "fence"))
            case "html_block":
                self._read_html(token.content, number)
            case "hr":
                self.lines.add_rule(number=number)

    def _enter(self, place: contextlib.AbstractContextManager[None]) -> None:
        self._entered.append(contextlib.ExitStack())
        self._entered[-1].enter_context(place)

    def _read_inline(self, token: Token, number: int) -> None:
        text = read_inline(token, number, self._find_footnote)
        if self._row is None:
            self.lines.add_paragraph(text, number=number, level=self._level)
        else:
            self._row[1].append(text)

    def _end_row(self) -> None:
        if self._row is not None:
            number, cells = self._row
            self.lines.add_row(cells, number=number)
            self._row = None

    def _keep_label(self, label: str, number: int) -> None:
        self.lines.add_loss("a footnote that nothing refers to", f"[^{label}]", number=number)

    def _read_html(self, content: str, number: int) -> None:
        for what, words in lose_hidden(content):
            self.lines.add_loss(what, words, number=number)
        for line in strip_tags(content).split("\n"):
            text = MarkedText()
            text.add(line)
            self.lines.add_paragraph(text, number=number)
