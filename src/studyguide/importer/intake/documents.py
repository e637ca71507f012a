"""Documents as notes: paragraphs, lists to any depth, tables, and what people wrote beside them.

Comes in: pandoc's tree of a document, and remarks that were found before (`odt_remarks`). Goes out: `Notes`.
Left to others: the words of a paragraph (`document_words`), counting lines (`note_lines`).
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from studyguide.importer.intake.document_words import plain_words, read_all_words, read_words
from studyguide.importer.intake.note_lines import LineCollector
from studyguide.importer.intake.ordinals import OrdinalStyle, write_ordinal
from studyguide.importer.intake.page_remarks import take_page_remarks
from studyguide.importer.intake.pandoc import DocumentFormat
from studyguide.importer.notes import Bullet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from studyguide.importer.intake.marked_text import MarkedText, Remark
    from studyguide.importer.intake.pandoc import Tree
    from studyguide.importer.notes import Notes

TITLE_BLOCK = "title-block-header"
"""What pages that pandoc made call the block of their title."""

_OPENING_FIELDS = ("title", "subtitle", "author", "date")
"""The styles of Word's opening paragraphs, which the tree keeps apart from the text."""

_NO_REMARKS: Mapping[str, Remark] = MappingProxyType({})

Blocks = list[dict[str, Any]]


def read_tree(tree: Tree, form: DocumentFormat, remarks: Mapping[str, Remark] = _NO_REMARKS) -> Notes:
    """Read the tree of a document; `remarks` are what links to their keys stand for.

    Raises:
        NotesError: when its lists are nested deeper than anybody means.
    """
    blocks, meta = tree["blocks"], tree["meta"]
    if form is DocumentFormat.HTML:
        blocks, found = take_page_remarks(blocks)
        remarks = {**found, **remarks}
    reader = _Reader(form, remarks)
    title = plain_words(_values(meta.get("title")))
    if form is DocumentFormat.DOCX:
        reader.read_opening(meta)
        title = ""
    reader.read(blocks)
    return reader.lines.notes("paragraph", title=reader.title or title)


class _Reader:
    def __init__(self, form: DocumentFormat, remarks: Mapping[str, Remark]) -> None:
        self.lines = LineCollector()
        self.title = ""
        self._form = form
        self._remarks = remarks

    def read_opening(self, meta: Mapping[str, Any]) -> None:
        for name in _OPENING_FIELDS:
            for value in _values(meta.get(name)):
                for inlines in _inlines_of(value):
                    self.lines.add_paragraph(self._words(inlines), level=1 if name == "title" else 0)

    def read(self, blocks: Blocks) -> None:
        with self.lines.nest():
            for block in blocks:
                self._read_block(block["t"], block.get("c"))

    def _words(self, inlines: list[dict[str, Any]]) -> MarkedText:
        return read_words(inlines, self._remarks)

    def _read_block(self, name: str, content: Any) -> None:  # noqa: ANN401, C901  one case a block
        match name:
            case "Para" | "Plain":
                self.lines.add_paragraph(self._words(content))
            case "Header":
                self.lines.add_paragraph(self._words(content[2]), level=content[0])
            case "BulletList":
                self._read_list(content, [(Bullet.POINT, "")] * len(content))
            case "OrderedList":
                attributes, items = content
                self._read_list(items, _number(attributes, len(items)))
            case "BlockQuote":
                self._read_quote(content)
            case "Div":
                self._read_box(content)
            case "Table":
                self._read_table(content)
            case "CodeBlock":
                self.lines.add_code(content[1])
            case "HorizontalRule":
                self.lines.add_rule()
            case "LineBlock":
                self.lines.add_paragraph(self._words(_join_lines(content)))
            case "DefinitionList":
                self._read_definitions(content)
            case "Figure":
                self.read(content[2])
                self.read(content[1][1])

    def _read_list(self, items: Sequence[Blocks], openings: Sequence[tuple[Bullet, str]]) -> None:
        if all(len(item) == 1 and item[0]["t"] in {"BulletList", "OrderedList"} for item in items):
            # A level that somebody jumped over holds nothing but the next one: it is no level.
            for item in items:
                self.read(item)
            return
        with self.lines.open_list():
            for item, (bullet, label) in zip(items, openings, strict=True):
                self.lines.begin_item(bullet, label)
                self.read(item)

    def _read_quote(self, blocks: Blocks) -> None:
        if self._form is not DocumentFormat.HTML:
            # In a word processor's files these are merely indented paragraphs.
            self.read(blocks)
            return
        with self.lines.quote():
            self.read(blocks)

    def _read_box(self, content: Any) -> None:  # noqa: ANN401
        (identifier, _, _), blocks = content
        if identifier == TITLE_BLOCK:
            titles = [block for block in blocks if block["t"] == "Header" and "title" in block["c"][1][1]]
            self.title = self.title or plain_words(titles)
            blocks = [block for block in blocks if block not in titles]
        self.read(blocks)

    def _read_table(self, content: Any) -> None:  # noqa: ANN401
        _, caption, _, head, bodies, foot = content
        self.read(caption[1])
        rows = [*head[1], *(row for body in bodies for row in (*body[2], *body[3])), *foot[1]]
        for _, cells in rows:
            if len(cells) == 1:
                # A table of one column is a frame around paragraphs.
                self.read(cells[0][4])
            else:
                self.lines.add_row([read_all_words(cell[4], self._remarks) for cell in cells])

    def _read_definitions(self, content: Any) -> None:  # noqa: ANN401
        for term, definitions in content:
            self.lines.add_paragraph(self._words(term))
            for definition in definitions:
                self.read(definition)


def _values(value: Any) -> list[Any]:  # noqa: ANN401
    if value is None:
        return []
    return list(value["c"]) if value["t"] == "MetaList" else [value]


def _inlines_of(value: Any) -> list[list[dict[str, Any]]]:  # noqa: ANN401
    match value["t"]:
        case "MetaInlines":
            return [value["c"]]
        case "MetaBlocks":
            return [block["c"] for block in value["c"] if block["t"] in {"Para", "Plain"}]
        case "MetaString":
            return [[{"t": "Str", "c": value["c"]}]]
        case _:
            return []


def _number(attributes: Any, count: int) -> list[tuple[Bullet, str]]:  # noqa: ANN401
    start, style, _ = attributes
    known = OrdinalStyle(style["t"]) if style["t"] in set(OrdinalStyle) else OrdinalStyle.DECIMAL
    bullet = Bullet.NUMBER if known is OrdinalStyle.DECIMAL else Bullet.LETTER
    return [(bullet, write_ordinal(start + index, known)) for index in range(count)]


def _join_lines(lines: list[list[dict[str, Any]]]) -> list[dict[str, Any]]:
    return [inline for line in lines for inline in (*line, {"t": "LineBreak"})][:-1]
