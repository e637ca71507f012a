"""Books are found by key, and their pages in other editions."""

from __future__ import annotations

import pytest
from models import a_book, pages, ranges

from studyguide.latex.books import EditionPage, book_of, other_editions, short_title
from studyguide.model.guide import Edition
from studyguide.model.locator import Locator, LocatorLabel

HARDCOVER = Edition(name="hardcover", anchors={427: 512, 430: 516})


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("427", (EditionPage(name="hardcover", page=512, is_certain=True),)),
        ("428", (EditionPage(name="hardcover", page=513, is_certain=False),)),
        ("429", (EditionPage(name="hardcover", page=515, is_certain=False),)),
        ("426", ()),
        ("431", ()),
        ("xii", ()),
    ],
)
def test_a_page_is_found_in_another_edition(page: str, found: tuple[EditionPage, ...]) -> None:
    """At an anchor page for certain, between two by proportion, outside them not at all."""
    book = a_book(editions=(HARDCOVER,))
    assert other_editions(pages(page), ranges(page)[0], book) == found


def test_only_pages_are_found_in_another_edition() -> None:
    """A chapter is the same in all."""
    chapter = Locator(label=LocatorLabel.CHAPTER, ranges=ranges("427"))
    assert other_editions(chapter, chapter.ranges[0], a_book(editions=(HARDCOVER,))) == ()


def test_a_book_is_named_in_passing_without_its_subtitle() -> None:
    """What stands after the colon is for the title page."""
    assert short_title(a_book("Rain: a history of nobody’s water")) == "Rain"


def test_a_book_is_found_by_its_key() -> None:
    """The first one is the default."""
    wells, rain = a_book("Wells", key="wells"), a_book("Rain", key="rain")
    assert book_of("rain", (wells, rain)) == rain
    assert book_of("", (wells, rain)) == wells
