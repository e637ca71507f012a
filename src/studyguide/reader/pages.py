"""Whether a page reference is inside what was read: the part's pages, the session's, the book's.

Comes in: locators and the stretches that hold where they stand. Goes out: a sentence for each that is outside.
Left to others: how stretches are typed (`locators`), and the place of the warning.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studyguide.model.locator import Locator, LocatorLabel, LocatorRange, numeral_key
from studyguide.reader.locators import write_ranges

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLimits:
    """Which pages a locator may name: `pages` of `book`, called `whose` in a message; no pages, no limit."""

    whose: str
    book: str
    pages: tuple[LocatorRange, ...]


def find_outside(locator: Locator, limits: Iterable[PageLimits]) -> str:
    """Say which of the locator's pages is outside the nearest limits for its book; empty when all are inside."""
    if locator.label is not LocatorLabel.PAGE:
        return ""
    for limit in limits:
        if limit.book == locator.book and limit.pages:
            outside = tuple(each for each in locator.ranges if not is_inside(each, limit.pages))
            return explain_outside(outside, limit) if outside else ""
    return ""


def explain_outside(outside: tuple[LocatorRange, ...], limit: PageLimits) -> str:
    """Write the sentence about pages outside a limit."""
    noun, verb = ("page", "is") if len(outside) == 1 and outside[0].is_single else ("pages", "are")
    return f"{noun} {write_ranges(outside)} {verb} outside {limit.whose}, {write_ranges(limit.pages)}"


def is_inside(stretch: LocatorRange, pages: tuple[LocatorRange, ...]) -> bool:
    """Whether both ends of a stretch are among the pages."""
    return all(any(holds_page(each, end) for each in pages) for end in (stretch.first, stretch.last))


def holds_page(stretch: LocatorRange, numeral: str) -> bool:
    """Whether a page is in a stretch; roman prelims come before arabic pages."""
    return numeral_key(stretch.first) <= numeral_key(numeral) <= numeral_key(stretch.last)
