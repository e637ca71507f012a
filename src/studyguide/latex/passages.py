"""Passages by page and the index of quotes, so that a reader with the book open finds the handout, and back.

Comes in: what the apparatus gathered. Goes out: two environments, rows in book order and in alphabetical order.
Left to others: the page on which an anchor stands (TeX knows it), how rows look (studyguide.cls).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studyguide.latex.books import book_of, other_editions, short_title
from studyguide.latex.escape import Latex
from studyguide.latex.fragments import TexCommand, TexEnvironment
from studyguide.latex.locators import label_of, print_range, print_ranges
from studyguide.latex.snippets import opening_words
from studyguide.latex.templates import Placed, place
from studyguide.model.locator import LocatorLabel, numeral_key

if TYPE_CHECKING:
    from studyguide.latex.apparatus import Citation, Saying
    from studyguide.latex.books import EditionPage
    from studyguide.latex.fragments import Fragment
    from studyguide.latex.setting import Setting
    from studyguide.model.guide import Book
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
    editions: tuple[EditionPage, ...]

    @property
    def is_page(self) -> bool:
        return self.citation.locator.label is LocatorLabel.PAGE

    @property
    def key(self) -> tuple[int, tuple[int, tuple[int, ...]], tuple[int, tuple[int, ...]]]:
        label = BOOK_ORDER.index(self.citation.locator.label)
        return (label, numeral_key(self.place.first), numeral_key(self.place.last))


def set_passages(anchor: str, setting: Setting, *, level: int) -> Placed:
    """Set every passage that the document points to, book by book; empty when it points to none.

    `level` is that of the heading in the outline.
    """
    books = [(book, _rows_of(book, setting)) for book in setting.books]
    cited = [(book, rows) for book, rows in books if rows]
    if not cited:
        return Placed("")
    all_rows = [row for _, rows in cited for row in rows]
    edition = _only_edition(all_rows)
    content: list[Fragment] = []
    for book, rows in cited:
        span = rows[0].citation.span
        content += [PassageBook(setting.text(short_title(book), span))] if len(cited) > 1 else []
        for row in rows:
            content += [setting.apparatus.origins.mark(row.citation.span), _set_row(row, edition, setting)]
    span = setting.apparatus.citations[0].span
    heading = setting.text(setting.phrases.passages_by_page, span)
    column = setting.phrases.page if any(row.is_page for row in all_rows) else ""
    column += f" ({edition})" if edition else ""
    setting.bookmark(level, setting.phrases.passages_by_page, anchor)
    return place(Passages(Latex(anchor), heading, setting.text(column, span), content=content))


def _rows_of(book: Book, setting: Setting) -> list[_Row]:
    """Give a book's passages in its order; the same words of the same page stand once, where they come first."""
    rows = (
        _Row(place=each, citation=citation, editions=other_editions(citation.locator, each, book))
        for citation in setting.apparatus.citations
        if book_of(citation.locator.book, setting.books) is book
        for each in citation.locator.ranges
    )
    firsts: dict[tuple[object, str], _Row] = {}
    for row in rows:
        firsts.setdefault((row.key, row.citation.words), row)
    return sorted(firsts.values(), key=lambda row: row.key)


def _only_edition(rows: list[_Row]) -> str:
    """Give the edition that the head of the page column can name for all rows, empty when there is not just one."""
    names = {edition.name for row in rows for edition in row.editions}
    return names.pop() if len(names) == 1 else ""


def _set_row(row: _Row, named: str, setting: Setting) -> Passage:
    """Set a row: bare numerals are pages; another edition's name is printed unless the head of the column has it."""
    citation, span = row.citation, row.citation.span
    printed = print_range(row.place)
    if not row.is_page:
        label = setting.phrases.locator_label(citation.locator.label, is_plural=not row.place.is_single)
        printed = f"{label}\N{NO-BREAK SPACE}{printed}"
    about = setting.phrases.about
    editions = [
        " ".join(
            filter(None, ("" if each.name == named else each.name, "" if each.is_certain else about, str(each.page)))
        )
        for each in row.editions
    ]
    printed += f" ({', '.join(editions)})" if editions else ""
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
