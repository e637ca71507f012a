"""The books of a guide: which one is meant, what it is called in passing, where its pages are in other editions.

Comes in: books, keys, places. Goes out: the book, its short title, pages of other editions.
Left to others: printing places (`locators`), the tables that need them (`passages`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studyguide.model.locator import LocatorLabel

if TYPE_CHECKING:
    from studyguide.model.guide import Book, Edition
    from studyguide.model.locator import Locator, LocatorRange


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionPage:
    """The page of another edition, by the edition's name; not certain when it was interpolated."""

    name: str
    page: int
    is_certain: bool


def book_of(key: str, books: tuple[Book, ...]) -> Book:
    """Find a book by its key; the first one is the default."""
    return next((book for book in books if book.key == key), books[0])


def short_title(book: Book) -> str:
    """Give a book's title without its subtitle, as one names it in passing."""
    return book.title.split(":")[0].strip()


def other_editions(locator: Locator, place: LocatorRange, book: Book) -> tuple[EditionPage, ...]:
    """Say where a page stands in the book's other editions.

    At an anchor page that is certain, between two it goes by proportion; outside them nothing is known.
    """
    if locator.label is not LocatorLabel.PAGE or not place.first.isdecimal():
        return ()
    found = (_page_in(edition, int(place.first)) for edition in book.editions)
    return tuple(page for page in found if page is not None)


def _page_in(edition: Edition, page: int) -> EditionPage | None:
    anchors = edition.anchors
    if page in anchors:
        return EditionPage(name=edition.name, page=anchors[page], is_certain=True)
    below = max((known for known in anchors if known < page), default=None)
    above = min((known for known in anchors if known > page), default=None)
    if below is None or above is None:
        return None
    share = (page - below) / (above - below)
    between = round(anchors[below] + share * (anchors[above] - anchors[below]))
    return EditionPage(name=edition.name, page=between, is_certain=False)
