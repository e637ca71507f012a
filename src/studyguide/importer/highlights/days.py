"""The day of a highlight, as devices and services write it in their languages.

Comes in: `Added on Monday, 30 December 2024 14:46:33`, `lunes, 24 de diciembre de 2018`, `2020-10-05 10:15:30+00:00`.
Goes out: the day, or nothing when the words name none or could name two (`03/04/2021`).
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

_MONTHS = (
    "january february march april may june july august september october november december",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "januari februari maart april mei juni juli augustus september oktober november december",
)
"""The months in English, Spanish, German, French, Portuguese, Italian and Dutch."""

SHORTEST_MONTH = 3
"""With fewer letters a month could be another one."""

DAYS_REMEMBERED = 1024
"""Without the time of day, highlights of one day say the same."""

_CLOCK = re.compile(r"\b[0-9]{1,2}:[0-9]{2}.*")
_YEAR_FIRST = re.compile(r"\b([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?![0-9])")
_SIGNS = re.compile(r"([0-9]{4})\s*年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*日")
_NUMBERS = re.compile(r"\b([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})\b")
_DAY_FIRST = re.compile(
    r"\b([0-9]{1,2})(?:st|nd|rd|th|er|[.ºª])?\s+(?:de\s+|of\s+)?([^\W\d_]{3,})\.?,?\s+(?:de\s+|del\s+)?([0-9]{4})\b"
)
_MONTH_FIRST = re.compile(r"\b([^\W\d_]{3,})\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?,?\s+([0-9]{4})\b")


def _months_by_name() -> dict[str, int]:
    """Map every month's name, and every beginning of it that means only this month, to its number."""
    numbers: dict[str, set[int]] = {}
    for names in _MONTHS:
        for number, name in enumerate(names.split(), 1):
            for length in range(SHORTEST_MONTH, len(name) + 1):
                numbers.setdefault(name[:length], set()).add(number)
    return {name: min(found) for name, found in numbers.items() if len(found) == 1}


_MONTH_OF = _months_by_name()


def find_day(words: str) -> date | None:
    """Find the day that the words name."""
    return _find_day(_CLOCK.sub("", words, count=1))


@lru_cache(maxsize=DAYS_REMEMBERED)
def _find_day(words: str) -> date | None:
    if (match := _YEAR_FIRST.search(words) or _SIGNS.search(words)) is not None:
        return _make_day(int(match[1]), int(match[2]), int(match[3]))
    if (match := _DAY_FIRST.search(words)) is not None and (month := _MONTH_OF.get(match[2].casefold())):
        return _make_day(int(match[3]), month, int(match[1]))
    if (match := _MONTH_FIRST.search(words)) is not None and (month := _MONTH_OF.get(match[1].casefold())):
        return _make_day(int(match[3]), month, int(match[2]))
    if (match := _NUMBERS.search(words)) is not None:
        return _choose_day(int(match[1]), int(match[2]), int(match[3]))
    return None


def _choose_day(first: int, second: int, year: int) -> date | None:
    """Tell day and month apart where only one of the two can be a month."""
    readings = {_make_day(year, second, first), _make_day(year, first, second)} - {None}
    return readings.pop() if len(readings) == 1 else None


def _make_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
