"""Locators on paper: `p. 427`, `pp. 427–429, 431`, with the book's short title when it is not the implied one.

Comes in: locators and the setting. Goes out: words in which no number parts from its label.
Left to others: reading them (`reader.locators`), their order in the back matter (`passages`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.latex.books import book_of, short_title
from studyguide.latex.escape import Latex
from studyguide.latex.fragments import TexCommand, Words
from studyguide.model.locator import numeral_key

if TYPE_CHECKING:
    from studyguide.diagnostics import SourceSpan
    from studyguide.latex.setting import Setting
    from studyguide.model.locator import Locator, LocatorRange

TIE = Latex("~")


class BookTitle(TexCommand):
    """The title of a book among words."""

    _latex_name = "emph"


def print_locator(locator: Locator, setting: Setting, span: SourceSpan) -> Words:
    """Set a locator; a book other than the one that is read here is named before it."""
    label = label_of(locator, setting)
    numerals = setting.text(print_ranges(locator.ranges), span)
    place = Words(setting.text(label, span), TIE, numerals)
    if locator.book == setting.book:
        return place
    title = setting.text(short_title(book_of(locator.book, setting.books)), span)
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


def count_pages(ranges: tuple[LocatorRange, ...]) -> int | None:
    """Count the pages of stretches, both ends included; None when they cannot be counted (`3:16`, `xi-4`)."""
    counts = [_count_range(each) for each in ranges]
    return sum(count for count in counts if count is not None) if counts and None not in counts else None


def _count_range(pages: LocatorRange) -> int | None:
    (first_kind, first), (last_kind, last) = numeral_key(pages.first), numeral_key(pages.last)
    if first_kind != last_kind or len(first) != 1 or len(last) != 1:
        return None
    return last[0] - first[0] + 1
