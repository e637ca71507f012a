"""Locators on paper: `p. 427`, `pp. 427–429, 431`, with the book's short title when it is not the implied one.

Comes in: locators and the setting. Goes out: words in which no number parts from its label.
Left to others: reading them (`reader.locators`), their order in the back matter (`passages`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.latex.escape import Latex
from studyguide.latex.fragments import TexCommand, Words
from studyguide.model.locator import Locator, LocatorLabel, numeral_key

if TYPE_CHECKING:
    from studyguide.diagnostics import SourceSpan
    from studyguide.latex.setting import Setting
    from studyguide.model.guide import Book
    from studyguide.model.locator import LocatorRange

TIE = Latex("~")


class BookTitle(TexCommand):
    """The title of a book among words."""

    _latex_name = "emph"


def print_locator(locator: Locator, setting: Setting, span: SourceSpan) -> Words:
    """Set a locator; a book other than the implied one is named before it."""
    label = label_of(locator, setting)
    numerals = setting.text(print_ranges(locator.ranges), span)
    place = Words(setting.text(label, span), TIE, numerals)
    if setting.implied_book(locator) == setting.book:
        return place
    title = setting.text(short_title(book_of(setting.implied_book(locator), setting.books)), span)
    return Words(BookTitle(title), Latex(", "), place)


def label_of(locator: Locator, setting: Setting) -> str:
    """Give the abbreviation that stands before the numerals, for one place or for several."""
    is_plural = len(locator.ranges) > 1 or not locator.ranges[0].is_single
    return setting.phrases.locator_label(locator.label, is_plural=is_plural)


def print_ranges(ranges: tuple[LocatorRange, ...]) -> str:
    """Write numerals as printed: stretches with an en dash, both ends in full."""
    return ", ".join(print_range(each) for each in ranges)


def print_range(place: LocatorRange) -> str:
    """Write one stretch as printed."""
    return place.first if place.is_single else f"{place.first}–{place.last}"


def book_of(key: str, books: tuple[Book, ...]) -> Book:
    """Find a book by its key; the first one is the default."""
    return next((book for book in books if book.key == key), books[0])


def short_title(book: Book) -> str:
    """Give a book's title without its subtitle, as one names it in passing."""
    return book.title.split(":")[0].strip()


def count_pages(ranges: tuple[LocatorRange, ...]) -> int | None:
    """Count the pages of stretches, both ends included; None when they cannot be counted (`3:16`, `xi-4`)."""
    counts = [_count_range(each) for each in ranges]
    return sum(count for count in counts if count is not None) if counts and None not in counts else None


def _count_range(pages: LocatorRange) -> int | None:
    (first_kind, first), (last_kind, last) = numeral_key(pages.first), numeral_key(pages.last)
    if first_kind != last_kind or len(first) != 1 or len(last) != 1:
        return None
    return last[0] - first[0] + 1


def other_editions(locator: Locator, place: LocatorRange, book: Book, about: str) -> tuple[str, ...]:
    """Say where a page stands in the book's other editions, as in `hardcover about 513`.

    Between two anchor pages it goes by proportion and says `about`; outside them nothing is known.
    """
    if locator.label is not LocatorLabel.PAGE or not place.first.isdecimal():
        return ()
    found = ((edition.name, _page_in(dict(edition.anchors), int(place.first))) for edition in book.editions)
    return tuple(
        f"{name} {page}" if is_anchor else f"{name} {about} {page}"
        for name, (page, is_anchor) in ((name, each) for name, each in found if each is not None)
    )


def _page_in(anchors: dict[int, int], page: int) -> tuple[int, bool] | None:
    if page in anchors:
        return anchors[page], True
    below = max((known for known in anchors if known < page), default=None)
    above = min((known for known in anchors if known > page), default=None)
    if below is None or above is None:
        return None
    share = (page - below) / (above - below)
    return round(anchors[below] + share * (anchors[above] - anchors[below])), False
