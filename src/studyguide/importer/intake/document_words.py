"""The words of a document's paragraphs: from pandoc's inlines to marked text.

Comes in: the inlines of a paragraph, and the remarks that links in it stand for. Goes out: a `MarkedText`.
Left to others: paragraphs, lists and tables (`documents`), cleaning (`marked_text`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studyguide.importer.intake.links import find_address
from studyguide.importer.intake.marked_text import MarkedText, Remark
from studyguide.importer.intake.nesting import DEEPEST_NESTING, too_deep
from studyguide.importer.notes import MarkKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SUGGESTED_DELETION = "suggested to delete: "
"""What stands before words that a person suggested to delete."""

_MARKS = {"Emph": MarkKind.EMPHASIS, "Strong": MarkKind.STRONG}
_QUOTATION_MARKS = {"DoubleQuote": ("“", "”"), "SingleQuote": ("‘", "’")}

Inlines = list[dict[str, Any]]


def read_words(inlines: Inlines, remarks: Mapping[str, Remark]) -> MarkedText:
    """Read inlines; `remarks` are what links to their keys stand for, as in `#cmnt1`.

    Raises:
        NotesError: when they are nested deeper than anybody means.
    """
    text = MarkedText()
    _Reader(text, remarks).read(inlines, DEEPEST_NESTING)
    return text


def read_all_words(blocks: Iterable[Any], remarks: Mapping[str, Remark]) -> MarkedText:
    """Read the words of blocks or inlines, whatever they stand in, as one; a link's address follows its words.

    Raises:
        NotesError: when they are nested deeper than anybody means.
    """
    text = MarkedText()
    reader = _Reader(text, remarks)
    reader.shows_addresses = True
    reader.read_any(blocks, DEEPEST_NESTING)
    return text


def plain_words(blocks: Iterable[Any]) -> str:
    """Give the bare words of blocks or inlines."""
    return read_all_words(blocks, {}).words_since(0).strip()


class _Reader:
    def __init__(self, text: MarkedText, remarks: Mapping[str, Remark]) -> None:
        self._text = text
        self._remarks = remarks
        self.shows_addresses = False

    def read(self, inlines: Inlines, levels: int) -> None:
        if levels == 0:
            raise too_deep()
        for inline in inlines:
            self._read_inline(inline["t"], inline.get("c"), levels)

    def read_any(self, value: Any, levels: int) -> None:  # noqa: ANN401  a tree of any shape
        if levels == 0:
            raise too_deep()
        if isinstance(value, dict) and value["t"] in _BLOCKS_OF_INLINES:
            content = value["c"]
            self.read(content[-1] if value["t"] == "Header" else content, levels - 1)
            self._text.add(" ")
        elif isinstance(value, dict) and value["t"] == "CodeBlock":
            self._text.add(f"{value['c'][1]} ")
        elif isinstance(value, dict) and value["t"] in _INLINES:
            self._read_inline(value["t"], value.get("c"), levels - 1)
        elif isinstance(value, dict):
            self.read_any(value.get("c"), levels - 1)
        elif isinstance(value, list):
            for each in value:
                self.read_any(each, levels - 1)

    def _read_inline(self, name: str, content: Any, levels: int) -> None:  # noqa: ANN401, C901, PLR0912  one case an inline
        text = self._text
        match name:
            case "Str":
                text.add(content)
            case "Space" | "SoftBreak":
                text.add(" ")
            case "LineBreak":
                text.break_line()
            case "Emph" | "Strong":
                with text.mark(_MARKS[name]):
                    self.read(content, levels - 1)
            case "Strikeout":
                before = text.pieces
                self.read(content, levels - 1)
                text.losses.append(("struck out words", text.words_since(before)))
            case "Underline" | "Superscript" | "Subscript" | "SmallCaps":
                self.read(content, levels - 1)
            case "Quoted":
                opening, closing = _QUOTATION_MARKS[content[0]["t"]]
                text.add(opening)
                self.read(content[1], levels - 1)
                text.add(closing)
            case "Cite":
                self.read(content[1], levels - 1)
            case "Code" | "Math":
                text.add(content[1].replace("\n", " "))
            case "RawInline":
                if content[0] != "openxml":
                    text.add(content[1].replace("\n", " "))
            case "Link":
                self._read_link(content, levels)
            case "Image":
                self._lose_picture(content, levels)
            case "Note":
                note = read_all_words(content, self._remarks)
                text.add_footnote(note.words_since(0))
                text.take_over(note)
            case "Span":
                self._read_span(content, levels)

    def _read_link(self, content: Any, levels: int) -> None:  # noqa: ANN401
        _, inlines, (target, _) = content
        remark = self._remarks.get(target)
        if remark is not None:
            self._add_remark(remark)
            return
        address = find_address(target)
        before = self._text.pieces
        if not address:
            self.read(inlines, levels - 1)
            if target and not target.startswith("#"):
                self._text.losses.append(("a link that leads nowhere from here", target))
            return
        with self._text.mark(MarkKind.LINK, address):
            self.read(inlines, levels - 1)
            words = self._text.words_since(before).strip()
            if not words:
                self._text.add(address)
        if self.shows_addresses and words and address.removeprefix("mailto:") not in words:
            self._text.add(f" ({address})")

    def _add_remark(self, remark: Remark) -> None:
        if remark.footnote:
            self._text.add_footnote(remark.words)
        elif remark.taken_over:
            self._text.losses.append(("a suggestion was taken over", remark.words))
        else:
            self._text.add_remark(remark.words, remark.author)

    def _lose_picture(self, content: Any, levels: int) -> None:  # noqa: ANN401
        _, inlines, (_, title) = content
        alternative = MarkedText()
        _Reader(alternative, {}).read(inlines, levels - 1)
        self._text.losses.append(("a picture", alternative.words_since(0).strip() or title))

    def _read_span(self, content: Any, levels: int) -> None:  # noqa: ANN401
        (_, classes, pairs), inlines = content
        author = dict(pairs).get("author", "")
        if "comment-start" in classes:
            self._text.add_remark(plain_words(inlines), author)
        elif "deletion" in classes:
            words = plain_words(inlines)
            if words:
                self._text.add_remark(SUGGESTED_DELETION + words, author)
        elif "insertion" in classes:
            before = self._text.pieces
            self.read(inlines, levels - 1)
            words = self._text.words_since(before)
            if words.strip():
                self._text.losses.append(("a suggestion was taken over", words))
        else:
            self.read(inlines, levels - 1)


_BLOCKS_OF_INLINES = {"Para", "Plain", "Header"}
_INLINES = {
    *("Str", "Space", "SoftBreak", "LineBreak", "Emph", "Strong", "Strikeout", "Underline", "Superscript", "Subscript"),
    *("SmallCaps", "Quoted", "Cite", "Code", "Math", "RawInline", "Link", "Image", "Note", "Span"),
}
