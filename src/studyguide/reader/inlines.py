"""Inline text: words, emphasis, links, pictures, footnotes and page references.

Comes in: the unparsed text of a block with its place. Goes out: inlines of the model.
Left to others: taking Markdown apart (`markdown`), what a locator says (`locators`), blocks (`blocks`).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING, assert_never

from studyguide.model.blocks import (
    CodeSpan,
    Emphasis,
    Footnote,
    Inline,
    InlineImage,
    LineBreak,
    Link,
    Paragraph,
    Reference,
    Strong,
    Text,
)
from studyguide.reader.addresses import LIVE_SCHEMES, find_scheme, find_untyped, is_live
from studyguide.reader.explain import join_names, quote
from studyguide.reader.named_files import find_picture
from studyguide.reader.quotes import curve_quotes
from studyguide.reader.references import find_references
from studyguide.reader.words import is_written_together, plain_text

if TYPE_CHECKING:
    from studyguide.diagnostics import SourceSpan
    from studyguide.reader.context import FileContext, TextPlace
    from studyguide.reader.markdown import Node
    from studyguide.reader.pieces import Piece

MOST_MARKS_OF_FOOTNOTE = 20
"""Every mark prints the footnote's text again."""

PLAIN = frozenset({"text", "literal", "code"})
"""The pieces that are words themselves."""

_ESCAPED = "\x00"
"""Stands for an escaped character while references are looked for; no file that is read holds it."""


@dataclass(slots=True, kw_only=True)
class _Run:
    """Text between other inlines: what to match, what to print, and the offsets where its stretches start."""

    typed: list[str] = field(default_factory=list)
    marked: list[str] = field(default_factory=list)
    matched: list[str] = field(default_factory=list)
    starts: list[tuple[int, int]] = field(default_factory=list)
    length: int = 0

    def add(self, piece: Piece) -> None:
        self.starts.append((self.length, piece.offset))
        self.typed.append(piece.typed)
        self.marked.append(piece.text)
        self.matched.append(_ESCAPED * len(piece.text) if piece.kind == "literal" else piece.typed)
        self.length += len(piece.text)

    def add_space(self, offset: int) -> None:
        self.starts.append((self.length, offset))
        for parts in (self.typed, self.marked, self.matched):
            parts.append(" ")
        self.length += 1


class InlineReader:
    """Turns the pieces of one block's text into inlines."""

    def __init__(self, context: FileContext, place: TextPlace) -> None:
        """Take the text's place, so that every inline gets its own."""
        self.context = context
        self.place = place

    def read(self, text: str) -> tuple[Inline, ...]:
        """Read the whole text."""
        return self.read_pieces(self.context.markdown.parse_inline(text))

    def read_pieces(self, pieces: list[Piece], *, is_in_link: bool = False) -> tuple[Inline, ...]:
        """Read pieces in a row; text that lies together is looked through as one."""
        inlines: list[Inline] = []
        run = _Run()
        for index, piece in enumerate(pieces):
            if piece.kind in {"text", "literal"}:
                run.add(piece)
            elif piece.kind == "soft_break":
                following = pieces[index + 1].text[:1] if index + 1 < len(pieces) else ""
                if not is_written_together(run.typed[-1][-1:] if run.typed else "", following):
                    run.add_space(piece.offset)
            else:
                inlines.extend(self._read_run(run, is_in_link=is_in_link))
                run = _Run()
                inlines.extend(self._read_piece(piece, is_in_link=is_in_link))
        inlines.extend(self._read_run(run, is_in_link=is_in_link))
        return tuple(inlines)

    def _read_piece(self, piece: Piece, *, is_in_link: bool) -> tuple[Inline, ...]:
        span = self.place.span(piece.offset)
        inlines: tuple[Inline, ...] = ()
        match piece.kind:
            case "emphasis":
                inlines = (Emphasis(content=self.read_pieces(piece.children, is_in_link=is_in_link), span=span),)
            case "strong":
                inlines = (Strong(content=self.read_pieces(piece.children, is_in_link=is_in_link), span=span),)
            case "code":
                inlines = (CodeSpan(text=piece.text, span=span),)
            case "link":
                inlines = self._read_link(piece, span)
            case "image":
                inlines = self._read_image(piece, span)
            case "hard_break":
                inlines = (LineBreak(span=span),)
            case "footnote":
                inlines = self._read_footnote(piece, span)
            case "text" | "literal" | "soft_break":
                pass
            case _:
                assert_never(piece.kind)
        return inlines

    def _read_link(self, piece: Piece, span: SourceSpan) -> tuple[Inline, ...]:
        content = self.read_pieces(piece.children, is_in_link=True)
        if is_live(piece.address):
            words = plain_text(content)
            is_bare = piece.is_bare or words in {piece.address, piece.address.split(":", 1)[1].removeprefix("//")}
            return (Link(address=piece.address, content=content, is_bare=is_bare, span=span),)
        scheme = find_scheme(piece.address)
        what = f"a `{scheme}:` address" if scheme and scheme not in LIVE_SCHEMES else "no web or mail address"
        hint = f"start the address with {join_names(('https://', 'http://', 'mailto:'))}"
        self.context.warn(span, f"this link has {what}, its words are printed without it: {quote(piece.address)}", hint)
        address = Text(text=f" ({piece.address})" if content else f"({piece.address})", span=span)
        return (*content, address) if piece.address else content

    def _read_image(self, piece: Piece, span: SourceSpan) -> tuple[Inline, ...]:
        path = find_picture(self.context, piece.address, span)
        words = self._write_words(piece.children)
        if not words:
            hint = "say in the square brackets what it shows, as in `![A well with its rota](…)`"
            self.context.warn(span, "this picture has no alternative text", hint)
        return (InlineImage(path=path, alternative_text=words, span=span),) if path else ()

    def _write_words(self, pieces: list[Piece]) -> str:
        """Give the words of pieces without their looks, on one line."""
        language = self.context.guide.language
        words = (
            curve_quotes(each.typed, each.text, language) if each.kind in PLAIN else self._write_words(each.children)
            for each in pieces
        )
        return " ".join("".join(word or " " for word in words).split())

    def _read_footnote(self, piece: Piece, span: SourceSpan) -> tuple[Inline, ...]:
        if self.context.is_in_footnote:
            self.context.refuse(span, "a footnote cannot stand in a footnote", "write its words in brackets")
            return ()
        if not piece.address:
            self.context.is_in_footnote = True
            content = self.read_pieces(piece.children)
            self.context.is_in_footnote = False
            return (Footnote(content=(Paragraph(content=content, span=span),), span=span),)
        node = self.context.footnotes.get(piece.address)
        if node is None:
            hint = f"write its text on a line of its own: `[^{piece.address}]: …`"
            self.context.warn(span, f"footnote {quote(f'[^{piece.address}]')} has no text, its mark is printed", hint)
            return (Text(text=piece.text, span=span),)
        return self._read_defined(piece.address, node, span)

    def _read_defined(self, label: str, node: Node, span: SourceSpan) -> tuple[Inline, ...]:
        used = self.context.footnote_uses
        used[label] = used.get(label, 0) + 1
        if used[label] > MOST_MARKS_OF_FOOTNOTE:
            message = f"footnote {quote(f'[^{label}]')} has more than {MOST_MARKS_OF_FOOTNOTE} marks"
            self.context.refuse(span, message, "write a second footnote, or put its words into the text")
            return ()
        self.context.is_in_footnote = True
        blocks = self.context.read_blocks(self.context, node.children)
        self.context.is_in_footnote = False
        return (Footnote(content=blocks, span=span),)

    def _read_run(self, run: _Run, *, is_in_link: bool) -> list[Inline]:
        """Divide a run of text into words, page references and untyped addresses."""
        if not run.length:
            return []
        matched, typed, marked = "".join(run.matched), "".join(run.typed), "".join(run.marked)
        found: list[tuple[int, int, Inline]] = []
        if not is_in_link:
            found.extend(self._find_references(run, matched))
            found.extend(self._find_addresses(run, matched, typed))
        inlines: list[Inline] = []
        at = 0
        for start, end, inline in (*sorted(found, key=lambda each: each[0]), (run.length, run.length, None)):
            if start < at:
                continue
            if start > at:
                words = curve_quotes(typed[at:start], marked[at:start], self.context.guide.language)
                inlines.append(Text(text=words, span=self._span(run, at)))
            if inline is not None:
                inlines.append(inline)
            at = end
        return inlines

    def _find_references(self, run: _Run, matched: str) -> list[tuple[int, int, Inline]]:
        return [
            (start, end, Reference(locator=locator, span=self._span(run, start)))
            for start, end, locator in find_references(self.context, matched, lambda at: self._span(run, at))
        ]

    def _find_addresses(self, run: _Run, matched: str, typed: str) -> list[tuple[int, int, Inline]]:
        found: list[tuple[int, int, Inline]] = []
        for start, end, address in find_untyped(matched):
            span = self._span(run, start)
            words = Text(text=typed[start:end], span=span)
            found.append((start, end, Link(address=address, content=(words,), is_bare=True, span=span)))
        return found

    def _span(self, run: _Run, index: int) -> SourceSpan:
        start, offset = run.starts[max(bisect_right(run.starts, index, key=itemgetter(0)) - 1, 0)]
        return self.place.span(offset + index - start)
