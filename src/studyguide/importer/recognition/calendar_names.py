"""Names of months and days of the week as people write them, in each of our languages and in English (owns Babel here).

Comes in: a BCP 47 tag. Goes out: names in small letters without accents and dots, with their numbers.
Left to others: dates and times in a line (`dates`, `times`).
"""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Mapping

CLDR_NAMES = {"tl": "fil"}
"""CLDR has Tagalog under the name of Filipino."""

_MORE_MONTHS = {
    "de": {"janner": 1, "mrz": 3, "maerz": 3},
    "en": {"sept": 9},
    "es": {"setiembre": 9, "sep": 9, "set": 9},
    "fr": {"fev": 2, "jul": 7},
    "it": {"sett": 9},
    "nl": {"mar": 3},
}
_MORE_DAYS = {
    "de": {"sonnabend": 5},
    "en": {"tues": 1, "weds": 2, "thur": 3, "thurs": 3},
    "pt": {"segunda": 0, "terca": 1, "quarta": 2, "quinta": 3, "sexta": 4},
}
"""What people write and CLDR does not list; days of the week count from Monday, 0."""

_DETERMINER = re.compile(r"^(?:de |d')")


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarNames:
    """Months from 1, days of the week from Monday, 0; `whole_months` are the names that are not abbreviated."""

    months: Mapping[str, int]
    whole_months: frozenset[str]
    days: Mapping[str, int]


@functools.cache
def names_for(language: str) -> CalendarNames:
    """Give the names of a language, for any country, and the English ones."""
    own = language.split("-", 1)[0].lower()
    tags = tuple(dict.fromkeys((own, "en")))
    months: dict[str, int] = {}
    days: dict[str, int] = {}
    for tag in reversed(tags):
        months |= _MORE_MONTHS.get(tag, {}) | dict(_month_names(tag, ("wide", "abbreviated")))
        days |= _MORE_DAYS.get(tag, {}) | dict(_day_names(tag))
    whole = frozenset(name for tag in tags for name, _ in _month_names(tag, ("wide",)))
    return CalendarNames(months=months, whole_months=whole, days=days)


def _month_names(tag: str, widths: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """Give a language's names of months, none for a language that CLDR does not know."""
    from babel import Locale, UnknownLocaleError

    try:
        months = Locale.parse(CLDR_NAMES.get(tag, tag)).months
    except (UnknownLocaleError, ValueError):
        return
    for context in ("format", "stand-alone"):
        for width in widths:
            for number, name in months[context][width].items():
                yield _DETERMINER.sub("", fold(name).strip(".")), number


def _day_names(tag: str) -> Iterator[tuple[str, int]]:
    from babel import Locale, UnknownLocaleError

    try:
        days = Locale.parse(CLDR_NAMES.get(tag, tag)).days
    except (UnknownLocaleError, ValueError):
        return
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in days[context][width].items():
                yield fold(name).strip("."), number


def fold(words: str) -> str:
    """Give words in small letters, without accents, with straight apostrophes, each character in its place."""
    return words.lower() if words.isascii() else "".join(_fold_character(each) for each in words)


@functools.lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    if character in "’ʼ‘":
        return "'"
    decomposed = unicodedata.normalize("NFD", character.casefold())
    base = "".join(each for each in decomposed if not unicodedata.combining(each))
    return base if len(base) == 1 else character


def write_day(date: datetime.date) -> str:
    """Write a day without its year as a question about it does: `12 May`."""
    from babel.dates import format_date

    return format_date(date, "d MMMM", locale="en_GB")


def write_weekday(date: datetime.date) -> str:
    """Write the day of the week as a question about it does: `Tuesday`."""
    from babel.dates import format_date

    return format_date(date, "EEEE", locale="en_GB")
