"""Passages by page and the index of quotes, so that a reader with the book open finds the handout, and back.

Comes in: what the apparatus gathered. Goes out: two environments, rows in book order and in alphabetical order.
Left to others: the page on which an anchor stands (TeX knows it), how rows look (studyguide.cls).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from studyguide.latex.escape import Latex
from studyguide.latex.fragments import TexCommand, TexEnvironment
from studyguide.latex.locators import book_of, label_of, other_editions, print_range, print_ranges, short_title
from studyguide.latex.snippets import opening_words
from studyguide.latex.templates import Placed, place
from studyguide.model.locator import LocatorLabel, numeral_key

if TYPE_CHECKING:
    from studyguide.latex.apparatus import Citation, Saying
    from studyguide.latex.fragments import Fragment
    from studyguide.latex.setting import Setting
    from studyguide.model.locator import LocatorRange

BOOK_ORDER = tuple(LocatorLabel)
"""Kinds of locators as the model lists them: pages first."""


class Passages(TexEnvironment):
    """Passages by page: anchor, heading, heading of the page column."""


class PassageBook(TexCommand):
    """The book of the passages that follow."""


class Passage(TexCommand):
    """A passage: place in the book, words, anchor."""


class QuoteIndex(TexEnvironment):
    """The index of quotes: anchor, heading."""


class QuoteEntry(TexCommand):
    """An entry of the index of quotes: words, who and where, anchor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    place: LocatorRange
    citation: Citation

    @property
    def key(self) -> tuple[int, tuple[int, tuple[int, ...]], tuple[int, tuple[int, ...]]]:
        label = BOOK_ORDER.index(self.citation.locator.label)
        return (label, numeral_key(self.place.first), numeral_key(self.place.last))


def set_passages(anchor: str, setting: Setting, *, level: int) -> Placed:
    """Set every passage that the document points to, book by book; empty when it points to none.

    `level` is that of the heading in the outline.
    """
    citations = setting.apparatus.citations
    if not citations:
        return Placed("")
    keys = [book.key for book in setting.books]
    ordered = sorted(citations, key=lambda citation: keys.index(_book_key(citation, setting)))
    books = [(key, tuple(group)) for key, group in groupby(ordered, key=lambda each: _book_key(each, setting))]
    is_paged = all(citation.locator.label is LocatorLabel.PAGE for citation in citations)
    content: list[Fragment] = []
    for key, group in books:
        if len(books) > 1:
            title = setting.text(short_title(book_of(key, setting.books)), group[0].span)
            content.append(PassageBook(title))
        content += _set_rows(group, setting, is_paged=is_paged)
    span = citations[0].span
    heading = setting.text(setting.phrases.passages_by_page, span)
    column = setting.text(setting.phrases.page, span) if is_paged else Latex("")
    setting.bookmark(level, setting.phrases.passages_by_page, anchor)
    return place(Passages(Latex(anchor), heading, column, content=content))


def _book_key(citation: Citation, setting: Setting) -> str:
    return book_of(citation.locator.book, setting.books).key


def _set_rows(citations: tuple[Citation, ...], setting: Setting, *, is_paged: bool) -> list[Fragment]:
    rows = [_Row(place=place, citation=citation) for citation in citations for place in citation.locator.ranges]
    fragments: list[Fragment] = []
    said: set[tuple[object, str]] = set()
    for row in sorted(rows, key=lambda each: each.key):
        if (row.key, row.citation.words) not in said:  # the same words of the same page once, where they come first
            said.add((row.key, row.citation.words))
            fragments += [setting.apparatus.origins.mark(row.citation.span), _set_row(row, setting, is_paged=is_paged)]
    return fragments


def _set_row(row: _Row, setting: Setting, *, is_paged: bool) -> Passage:
    citation = row.citation
    place = print_range(row.place)
    if not is_paged:
        label = setting.phrases.locator_label(citation.locator.label, is_plural=not row.place.is_single)
        place = f"{label}\N{NO-BREAK SPACE}{place}"
    book = book_of(citation.locator.book, setting.books)
    editions = other_editions(citation.locator, row.place, book, setting.phrases.about)
    printed = f"{place} ({', '.join(editions)})" if editions else place
    span = citation.span
    return Passage(setting.text(printed, span), setting.text(citation.words, span), Latex(citation.anchor))


def set_quote_index(anchor: str, setting: Setting) -> Placed:
    """Set every quotation by its first words, in alphabetical order; empty when there is none."""
    sayings = sorted(setting.apparatus.sayings, key=lambda saying: collation_key(saying.text))
    if not sayings:
        return Placed("")
    content: list[Fragment] = []
    for saying in sayings:
        content += [setting.apparatus.origins.mark(saying.span), _set_entry(saying, setting)]
    heading = setting.phrases.index_of_quotes
    setting.bookmark(0, heading, anchor)
    return place(QuoteIndex(Latex(anchor), setting.text(heading, sayings[0].span), content=content))


def _set_entry(saying: Saying, setting: Setting) -> QuoteEntry:
    words = setting.text(setting.in_marks(opening_words(saying.text)), saying.span)
    facts = [saying.who]
    if saying.locator is not None:
        label = label_of(saying.locator, setting)
        facts.append(f"{label}\N{NO-BREAK SPACE}{print_ranges(saying.locator.ranges)}")
    where = setting.text(", ".join(filter(None, facts)), saying.span)
    return QuoteEntry(words, where, Latex(saying.anchor))


def collation_key(text: str) -> tuple[str, str]:
    """Sort by letters and digits alone, without regard to case, accents and marks; the text itself breaks ties."""
    letters = (letter for letter in unicodedata.normalize("NFKD", text.casefold()) if letter.isalnum() or letter == " ")
    return (" ".join("".join(letters).split()), text)
