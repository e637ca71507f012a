"""Days of the calendar in any usual form, found anywhere in a line or in the name of a file.

Comes in: clean words and their language. Goes out: each day with its place, and what is doubtful about it.
Left to others: how a day is written (`date_forms`), times of the day (`times`), what happened on the day (`head`).
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studyguide.importer.markdown_text import ADDRESS
from studyguide.importer.recognition.calendar_names import write_day, write_weekday
from studyguide.importer.recognition.date_forms import TypedDate, find_typed_dates
from studyguide.importer.recognition.times import FoundTime, find_times

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["FoundDate", "FoundTime", "find_date_in_name", "find_dates", "find_times"]

YEARS_AROUND = 8
"""29 February comes round within eight years, always."""

FARTHEST = datetime.timedelta(days=800)
"""Notes without a year are of these two years, or their day of the week is a slip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDate:
    """A day at `[start, end)` of a line; where `is_certain` is false, `doubt` asks what a person should look at."""

    start: int
    end: int
    date: datetime.date
    is_certain: bool = True
    doubt: str = ""


def find_dates(words: str, language: str, *, reference: datetime.date | None = None) -> tuple[FoundDate, ...]:
    """Find the days in a line, in order; a day without a year is the nearest one to `reference`, if that is given."""
    taken = bytearray(len(words))
    for match in ADDRESS.finditer(words):
        taken[match.start() : match.end()] = b"x" * len(match.group())
    found: list[FoundDate] = []
    for typed in find_typed_dates(words, language):
        date = None if any(taken[typed.start : typed.end]) else _resolve(typed, reference)
        if date is not None:
            found.append(date)
            taken[date.start : date.end] = b"x" * (date.end - date.start)
    return tuple(sorted(found, key=lambda each: each.start))


def find_date_in_name(name: str, language: str, *, reference: datetime.date | None = None) -> FoundDate | None:
    """Find the day in the name of a file, as in `2026-05-12 notes.txt` or `notes_20260512`; a certain one first."""
    words = re.sub(r"(?<=[0-9])_(?=[0-9])", "-", name).replace("_", " ")
    found = find_dates(words, language, reference=reference)
    return min(found, key=lambda each: not each.is_certain, default=None)


def _resolve(typed: TypedDate, reference: datetime.date | None) -> FoundDate | None:
    """Choose among the readings of what was typed; None when the calendar has none of them."""
    dates = tuple(dict.fromkeys(_candidates(typed, reference)))
    if not dates:
        return None
    matching = tuple(each for each in dates if typed.weekday in {None, each.weekday()})
    date = (matching or dates)[0]
    doubt = _doubt(typed, date, matching)
    return FoundDate(start=typed.start, end=typed.end, date=date, is_certain=not doubt, doubt=doubt)


def _candidates(typed: TypedDate, reference: datetime.date | None) -> Iterator[datetime.date]:
    """Give the days that may be meant, the likeliest first."""
    if typed.year is not None:
        years = [typed.year]
    elif reference is not None:
        years = list(range(max(reference.year - YEARS_AROUND, 1), min(reference.year + YEARS_AROUND, 9998) + 1))
    else:
        return
    days = [date for month, day in typed.readings for year in years if (date := _make_date(year, month, day))]
    if typed.year is None and reference is not None:
        days.sort(key=lambda date: abs(date - reference))
        days = [date for date in days if abs(date - reference) < FARTHEST] or days[:1]
    yield from days


def _make_date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _doubt(typed: TypedDate, date: datetime.date, matching: tuple[datetime.date, ...]) -> str:
    if not matching:
        return f"{write_day(date)} {date.year} is a {write_weekday(date)}: is the day of the week right, or the date?"
    if typed.year is None:
        return f"the notes say no year: is it {date.year}?"
    if len(matching) > 1:
        return f"{write_day(date)} or {write_day(matching[1])}?"
    if typed.last_day:
        return f"from day {date.day} to day {typed.last_day}: is {write_day(date)} the day of the meeting?"
    return "is this number the day of the meeting?" if typed.is_bare_number else ""
