"""Locators are counted and printed."""

from __future__ import annotations

import pytest
from models import ranges

from studyguide.latex.locators import count_pages, print_ranges


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
