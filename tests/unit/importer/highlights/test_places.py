"""Places of one unit, written as locators."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyguide.importer.highlights.places import place_key, write_chapter, write_location, write_page
from studyguide.model.locator import Locator, LocatorLabel, numeral_key
from studyguide.reader.locators import parse_locator


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("12", "p. 12"),
        ("012", "p. 12"),
        ("12.0", "p. 12"),
        ("12-13", "pp. 12-13"),
        ("12 – 13", "pp. 12-13"),
        ("145-9", "pp. 145-149"),
        ("xii", "p. xii"),
        ("xii-xiv", "pp. xii-xiv"),
        ("0", ""),
        ("13-12b", ""),
        ("xiv-xii", ""),
        ("iiii", ""),
        ("1234567", ""),
        ("A-12", ""),
        ("", ""),
    ],
)
def test_writes_pages(words: str, page: str) -> None:
    """What is no page or stretch of pages gives nothing."""
    assert write_page(words) == page


@pytest.mark.parametrize(
    ("heading", "chapter"),
    [
        ("Chapter 3: Wells", "ch. 3"),
        ("CHAPTER II. Rain", "ch. II"),
        ("Capítulo 12", "ch. 12"),
        ("Kapitel 4 – Regen", "ch. 4"),
        ("Chapter 3rd of three", ""),
        ("The chapter 3 rota", ""),
        ("3. Wells", ""),
        ("", ""),
    ],
)
def test_writes_numbered_chapters(heading: str, chapter: str) -> None:
    """Only a heading that says so numbers a chapter."""
    assert write_chapter(heading) == chapter


@given(st.text("0123456789ivxlc-–. ", max_size=12))
def test_what_is_written_can_be_read(words: str) -> None:
    """Every locator has the unit that it was written for, and sorts as the reader's does."""
    for written, label in ((write_page(words), LocatorLabel.PAGE), (write_location(words), LocatorLabel.LOCATION)):
        if not written:
            continue
        place = parse_locator(written)
        assert isinstance(place, Locator)
        (stretch,) = place.ranges
        assert place.label is label
        assert place_key(written) == (label, (numeral_key(stretch.first), numeral_key(stretch.last)))
