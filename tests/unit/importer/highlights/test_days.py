"""The day of a highlight in every way in which exports write it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyguide.importer.highlights.days import find_day


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Added on Monday, 30 December 2024 14:46:33", date(2024, 12, 30)),
        ("Added on Thursday, October 13, 2023 04:15:54 PM", date(2023, 10, 13)),
        ("Dec 7, 2023, 03:45 PM", date(2023, 12, 7)),
        ("17 dic 2023, 15:45", date(2023, 12, 17)),
        ("6 de julio de 2022", date(2022, 7, 6)),
        ("1er janvier 2024", date(2024, 1, 1)),
        ("le 3 août 2024", date(2024, 8, 3)),
        ("2020-10-05 10:15:30+00:00", date(2020, 10, 5)),
        ("2016-06-27T17:16:33.123", date(2016, 6, 27)),
        ("2024/5/6", date(2024, 5, 6)),
        ("27/05/2024", date(2024, 5, 27)),
        ("05/27/2024", date(2024, 5, 27)),
        ("05/05/2024", date(2024, 5, 5)),
        ("03/04/2021", None),
        ("30 February 2024", None),
        ("2024-13-45", None),
        ("12 jui 2024", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_finds_the_day_or_none(words: str, day: date | None) -> None:
    """Words that name no day, or could name two, give none."""
    assert find_day(words) == day


@given(st.dates(min_value=date(1995, 1, 1), max_value=date(2099, 12, 31)))
def test_english_days_are_found(day: date) -> None:
    """As both kinds of English write them."""
    month = day.strftime("%B")
    assert find_day(f"{day.day} {month} {day.year}") == find_day(f"{month} {day.day}, {day.year}") == day
