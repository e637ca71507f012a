"""What is printed and is not the author's: headings, labels, dates and times, by language (owns Babel).

Comes in: a BCP 47 tag, then dates, counts and names. Goes out: words to print; English where we have no translation.
Left to others: escaping, where the words stand. The translations are `languages/*.toml`, one file a language.
"""

from __future__ import annotations

import functools
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator, Mapping

    from studyguide.model.blocks import CallOutKind
    from studyguide.model.locator import LocatorLabel

TRANSLATIONS = Path(__file__).with_name("languages")
SAME_LANGUAGE = {"fil": "tl"}
CLDR_NAMES = {"tl": "fil"}
"""ISO 639 gives Filipino and Tagalog a code each; for us they are one language."""

DAY_FIRST = "en_GB"
"""English without a country: `Tuesday 12 May 2026`."""

MINUTES_AN_HOUR = 60

Y_BEFORE_I = re.compile(r" y (?=h?[ií](?![aeou])\w*[^,]*$)", re.IGNORECASE)
"""Spanish says `e` before the sound of an i (Diccionario panhispánico de dudas, y2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """The words of one language; `locale` is Babel's, for dates, and may be of a language that has no translation."""

    locale: str
    contents: str
    preface: str
    calendar: str
    passages_by_page: str
    index_of_quotes: str
    page: str
    about: str
    folio_of_total: tuple[str, str, str]
    patterns: Mapping[str, str]
    call_outs: Mapping[str, str]
    locators: Mapping[str, tuple[str, str]]

    def summary_by(self, name: str) -> str:
        """Say who wrote the summary."""
        return self.patterns["summary_by"].format(name=name)

    def facilitated_by(self, name: str) -> str:
        """Say who leads the discussion."""
        return self.patterns["facilitated_by"].format(name=name)

    def present(self, names: Iterable[str]) -> str:
        """Say who was there."""
        return self.patterns["present"].format(names=", ".join(names))

    def all_of(self, names: tuple[str, ...]) -> str:
        """Name all, with the language's word before the last one: `Nell Harrow and Idris Quay`."""
        from babel.lists import format_list

        named = format_list(names, locale=self.locale)
        return Y_BEFORE_I.sub(" e ", named) if self.locale.partition("_")[0] == "es" else named

    def call_out_label(self, kind: CallOutKind) -> str:
        """Give the word over a box."""
        return self.call_outs[kind.value]

    def locator_label(self, label: LocatorLabel, *, is_plural: bool) -> str:
        """Give the sign before a locator: `p.` or `pp.`, `ch.`, `§`."""
        return self.locators[label.value][is_plural]

    def page_count(self, count: int) -> str:
        """Say how many pages of the book are read."""
        return self.patterns["one_page" if count == 1 else "many_pages"].format(count=count)

    def minutes(self, count: int) -> str:
        """Say how many minutes something is meant to take."""
        return self.patterns["minutes"].format(minutes=count)

    def about_duration(self, minutes: int) -> str:
        """Say roughly how long something takes, such as `about 2 h 15`."""
        return self.patterns["about_duration"].format(duration=self._duration(minutes))

    def date(self, date: datetime.date) -> str:
        """Write a date without the day of the week: `12 May 2026`."""
        from babel.dates import format_date

        return format_date(date, "long", locale=self.locale)

    def long_date(self, date: datetime.date) -> str:
        """Write a date with the day of the week, as a line begins: `Tuesday 12 May 2026`."""
        from babel.dates import format_date

        written = format_date(date, "EEEE d MMMM y" if self.locale == DAY_FIRST else "full", locale=self.locale)
        return written[:1].upper() + written[1:]

    def date_range(self, first: datetime.date, last: datetime.date) -> str:
        """Write from which date to which, without repeating what both have in common: `12–26 May 2026`."""
        from babel.dates import format_interval

        return self.date(first) if first == last else format_interval(first, last, "yMMMd", locale=self.locale)

    def time_range(self, start: datetime.time, end: datetime.time | None) -> str:
        """Write from when to when, on the clock of 24 hours: `18:30–20:30`."""
        return "–".join(f"{time:%H:%M}" for time in (start, end) if time is not None)

    def _duration(self, minutes: int) -> str:
        hours, rest = divmod(minutes, MINUTES_AN_HOUR)
        if not hours:
            return self.minutes(rest)
        return self.patterns["hours_and_minutes" if rest else "hours"].format(hours=hours, minutes=rest)


@functools.cache
def phrases_for(language: str) -> Phrases:
    """Give the words for a BCP 47 tag: of that language in any country, or English."""
    tag = next(filter(_is_translated, _shortened(language)), "en")
    words = tomllib.loads((TRANSLATIONS / f"{tag}.toml").read_text(encoding="utf-8"))
    before, between, after = words.pop("folio_of_total")
    locators = {label: (one, many) for label, (one, many) in words.pop("locators").items()}
    return Phrases(locale=_locale(language), folio_of_total=(before, between, after), locators=locators, **words)


def _shortened(language: str) -> Iterator[str]:
    """Give a tag without its last subtag, and so on (RFC 4647, lookup)."""
    subtags = language.lower().split("-")
    for count in range(len(subtags), 0, -1):
        shortened = "-".join(subtags[:count])
        yield SAME_LANGUAGE.get(shortened, shortened)


def _is_translated(tag: str) -> bool:
    return tag.isascii() and tag.replace("-", "").isalnum() and (TRANSLATIONS / f"{tag}.toml").is_file()


def _locale(language: str) -> str:
    from babel import Locale, UnknownLocaleError

    for tag in _shortened(language):
        if tag == "en":
            return DAY_FIRST
        try:
            return str(Locale.parse(CLDR_NAMES.get(tag, tag), sep="-"))
        except (UnknownLocaleError, ValueError):
            continue
    return DAY_FIRST
