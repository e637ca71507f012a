"""What only the header of guide.md has: books, papers and audiences, the logo.

Comes in: the checked header with the places of its values. Goes out: values of the model, and what is wrong with them.
Left to others: the fields themselves (`headers`), the guide as a whole (`assemble`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.diagnostics import Diagnostic, error, warning
from studyguide.model.guide import Book, Edition
from studyguide.reader.explain import join_names, quote, suggest
from studyguide.reader.header_values import read_book_pages
from studyguide.reader.named_files import USABLE, check_file
from studyguide.reader.quotes import curve_title

if TYPE_CHECKING:
    from enum import StrEnum
    from typing import TypeVar

    from studyguide.reader.context import FileContext
    from studyguide.reader.front_matter import HeaderFields
    from studyguide.reader.headers import BookHeader, GuideHeader

    Choice = TypeVar("Choice", bound=StrEnum)

PLANNED_PAPERS = ("large", "booklet", "screen")
PLANNED_AUDIENCES = ("public",)


def make_books(header: GuideHeader) -> tuple[Book, ...]:
    """Make the guide's books; without one, the guide itself stands for it."""
    if header.book is not None:
        return (_make_book("", header.book, header.language),)
    if header.books:
        return tuple(_make_book(key, book, header.language) for key, book in header.books.items())
    title = curve_title(header.title, header.language)
    return (Book(key="", title=title, authors=(), year=None, pages=None, editions=()),)


def _make_book(key: str, header: BookHeader, language: str) -> Book:
    editions = (Edition(name=name, anchors=dict(sorted(each.items()))) for name, each in header.editions.items())
    return Book(
        key=key,
        title=curve_title(header.title, language),
        authors=tuple(curve_title(name, language) for name in header.authors),
        year=header.year,
        pages=read_book_pages(header.pages) if header.pages else None,
        editions=tuple(editions),
    )


def check_guide(header: GuideHeader, fields: HeaderFields, context: FileContext) -> tuple[Diagnostic, ...]:
    """Check what one field of guide.md alone does not show: two ways to give books, editions, the logo."""
    problems: list[Diagnostic] = []
    if header.book is not None and header.books:
        problems.append(error(fields.span_of("books"), "`book` and `books` are both given", "keep one of the two"))
    books = (header.book,) if header.book is not None else tuple(header.books.values())
    for book in books:
        for name, anchors in book.editions.items():
            pages = [page for _, page in sorted(anchors.items())]
            if pages != sorted(set(pages)):
                hint = "later pages of one edition are later pages of the other"
                span = fields.span_of("book" if header.book is not None else "books")
                problems.append(error(span, f"the pages of edition {quote(name)} do not rise together", hint))
    if header.logo:
        span = fields.span_of("logo")
        problem = check_file(context, header.logo, span, kinds=tuple(USABLE), what="logo")
        problems.extend([problem] if problem is not None else [])
    return tuple(problems)


def choose_values(
    fields: HeaderFields, name: str, known: type[Choice], planned: tuple[str, ...], default: Choice
) -> tuple[tuple[Choice, ...], tuple[Diagnostic, ...]]:
    """Choose papers or audiences from their names; planned ones are left out kindly, unknown ones are errors."""
    names = tuple(each.value for each in known)
    chosen: list[Choice] = []
    problems: list[Diagnostic] = []
    for item in fields.texts_of(name):
        text = item.text
        if text in names:
            chosen.append(known(text))
        elif text in planned:
            hint = f"use {join_names(names)} until then"
            problems.append(
                warning(item.span, f"{quote(text)} in `{name}` comes with a later version, it is left out", hint)
            )
        else:
            problems.append(
                error(item.span, f"unknown value in `{name}`: {quote(text)}", suggest(text, (*names, *planned)))
            )
    return tuple(dict.fromkeys(chosen)) or (default,), tuple(problems)
