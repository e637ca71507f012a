"""Locators are counted and found in other editions."""

from __future__ import annotations

import pytest
from models import a_book, pages, ranges

from studyguide.latex.locators import book_of, count_pages, other_editions, print_ranges, short_title
from studyguide.model.guide import Edition
from studyguide.model.locator import Locator, LocatorLabel

HARDCOVER = Edition(name="hardcover", anchors={427: 512, 430: 516})


@pytest.mark.parametrize(
    ("written", "count"),
    [
        (("423-490",), 68),
        (("423",), 1),
        (("1-10", "20-29"), 20),
        (("xi-xiv",), 4),
        (("xi-4",), None),
        (("3:16-3:18",), None),
        (("1-10", "3:16"), None),
        ((), None),
    ],
)
def test_pages_are_counted_when_they_can_be(written: tuple[str, ...], count: int | None) -> None:
    """Both ends are read; from roman to arabic numerals nobody knows."""
    assert count_pages(ranges(*written)) == count


def test_stretches_are_printed_with_en_dashes() -> None:
    """Both ends stay whole."""
    assert print_ranges(ranges("427-429", "431")) == "427–429, 431"


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("427", ("hardcover 512",)),
        ("428", ("hardcover about 513",)),
        ("429", ("hardcover about 515",)),
        ("426", ()),
        ("431", ()),
        ("xii", ()),
    ],
)
def test_a_page_is_found_in_another_edition(page: str, found: tuple[str, ...]) -> None:
    """At an anchor page for certain, between two by proportion, outside them not at all."""
    book = a_book(editions=(HARDCOVER,))
    assert other_editions(pages(page), ranges(page)[0], book, "about") == found


def test_only_pages_are_found_in_another_edition() -> None:
    """A chapter is the same in all."""
    chapter = Locator(label=LocatorLabel.CHAPTER, ranges=ranges("427"))
    assert other_editions(chapter, chapter.ranges[0], a_book(editions=(HARDCOVER,)), "about") == ()


def test_a_book_is_named_in_passing_without_its_subtitle() -> None:
    """What stands after the colon is for the title page."""
    assert short_title(a_book("Rain: a history of nobody’s water")) == "Rain"


def test_a_book_is_found_by_its_key() -> None:
    """The first one is the default."""
    wells, rain = a_book("Wells", key="wells"), a_book("Rain", key="rain")
    assert book_of("rain", (wells, rain)) == rain
    assert book_of("", (wells, rain)) == wells
