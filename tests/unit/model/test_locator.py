"""Roman numerals and the order of places in a book."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyguide.model.locator import (
    Locator,
    LocatorLabel,
    LocatorRange,
    locator_key,
    numeral_key,
    roman_numeral,
    roman_value,
)


@given(st.integers(min_value=1, max_value=3999))
def test_a_roman_numeral_reads_back(number: int) -> None:
    """Writing and reading are each other's inverse, in either case."""
    assert roman_value(roman_numeral(number)) == number
    assert roman_value(roman_numeral(number).upper()) == number


@pytest.mark.parametrize("word", ["", "iiii", "vx", "ic", "mild", "12", "page"])
def test_what_is_not_canonical_is_no_numeral(word: str) -> None:
    """A word of roman letters is not a number."""
    assert roman_value(word) is None


def test_places_sort_as_a_book_is_paged() -> None:
    """Roman prelims come first, then numbers by value, verses part by part."""
    numerals = ["10", "xii", "9", "3:16", "v", "3:2"]

    assert sorted(numerals, key=numeral_key) == ["v", "xii", "3:2", "3:16", "9", "10"]


def test_locators_sort_by_book_then_by_what_is_counted() -> None:
    """Pages of one book stand together."""

    def page(book: str, label: LocatorLabel, first: str) -> Locator:
        return Locator(label=label, ranges=(LocatorRange(first=first, last=first),), book=book)

    late = page("wells", LocatorLabel.PAGE, "2")
    early = page("", LocatorLabel.PAGE, "40")
    chapter = page("", LocatorLabel.CHAPTER, "50")

    assert sorted([late, early, chapter], key=locator_key) == [chapter, early, late]
    assert early.ranges[0].is_single
