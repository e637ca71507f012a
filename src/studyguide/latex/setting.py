"""How blocks are being set at this point of a document: for whom, in which language, inside what.

Comes in: one `Setting` a document, narrowed as parts and notes nest. Goes out: the same, to every function that sets.
Left to others: what is gathered on the way (`apparatus`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studyguide.latex.apparatus import Citation, Saying
from studyguide.latex.books import book_of, short_title
from studyguide.latex.snippets import opening_words, passage_words

if TYPE_CHECKING:
    from studyguide.diagnostics import SourceSpan
    from studyguide.latex.apparatus import Apparatus
    from studyguide.latex.escape import Latex
    from studyguide.latex.fragments import Fragment
    from studyguide.latex.phrases import Phrases
    from studyguide.model.blocks import Link
    from studyguide.model.guide import Audience, Book
    from studyguide.model.language import QuotationMarks
    from studyguide.model.locator import Locator


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where in a document blocks are being set.

    `scope` begins every anchor here. `book` is the key of the book that is read here, empty for the default one,
    `authors` are the people who wrote what is read.
    `is_gathered` is false in facilitator's notes: participants' pages must come out the same, so no list may know them.
    `answer_room` takes the facilitator's notes of a question; `addresses` takes the links of an announcement.
    """

    audience: Audience
    phrases: Phrases
    marks: QuotationMarks
    books: tuple[Book, ...]
    apparatus: Apparatus
    answer_lines: int
    scope: str
    book: str = ""
    authors: str = ""
    is_gathered: bool = True
    answer_room: list[Fragment] | None = None
    addresses: list[Link] | None = None

    def text(self, text: str, span: SourceSpan) -> Latex:
        """Make a printed text safe."""
        return self.apparatus.text(text, span)

    def lines(self, text: str, span: SourceSpan) -> tuple[Latex, ...]:
        """Make lines safe that are printed exactly as typed."""
        return self.apparatus.lines(text, span)

    def code(self, text: str, span: SourceSpan) -> Latex:
        """Make code among words safe, every blank kept."""
        return self.apparatus.code(text, span)

    def address(self, link: Link) -> Latex:
        """Set a link's address as people type it."""
        return self.apparatus.address(link.address, link.span)

    def in_marks(self, text: str) -> str:
        """Put a text into the language's quotation marks; marks in it become those for a quotation in a quotation."""
        marks = self.marks
        inside = text.replace(marks.opening, marks.inner_opening).replace(marks.closing, marks.inner_closing)
        return f"{marks.opening}{inside}{marks.closing}"

    def anchor(self, kind: str) -> str:
        """Give the next anchor of a kind in this scope, such as `s1.r4` for the kind `r`."""
        return self.apparatus.anchor(f"{self.scope}.{kind}")

    def bookmark(self, level: int, title: str, anchor: str) -> None:
        """Put a heading into the outline, unless it has no words."""
        if self.is_gathered and title.strip():
            self.apparatus.bookmark(level, " ".join(title.split()), anchor)

    def cite(self, locator: Locator, before: str, after: str, span: SourceSpan) -> str:
        """Gather a page reference with the words around it, and give its anchor."""
        return self._gather(locator, passage_words(before, after), span)

    def quote(self, text: str, who: str, locator: Locator | None, span: SourceSpan) -> str:
        """Gather a quotation with what is known of its source, and give its anchor."""
        if locator is None:
            anchor = self.anchor("r")
        else:
            anchor = self._gather(locator, self.in_marks(opening_words(text)), span)
        self.index(text, who, locator, anchor, span)
        return anchor

    def index(self, text: str, who: str, locator: Locator | None, anchor: str, span: SourceSpan) -> None:
        """Gather a quotation for the index of quotes alone."""
        if self.is_gathered and text.strip():
            said = who or self._implied_source(locator)
            self.apparatus.sayings.append(Saying(text=text, who=said, locator=locator, anchor=anchor, span=span))

    def _implied_source(self, locator: Locator | None) -> str:
        """Say who wrote what a locator points to: the reading's authors, or those of another book, with its title."""
        if locator is None or locator.book == self.book:
            return self.authors
        book = book_of(locator.book, self.books)
        return ", ".join((*book.authors, short_title(book)))

    def _gather(self, locator: Locator, words: str, span: SourceSpan) -> str:
        anchor = self.anchor("r")
        if self.is_gathered:
            self.apparatus.citations.append(Citation(locator=locator, words=words, anchor=anchor, span=span))
        return anchor
