"""The values that fields of a header can have: dates, times, page ranges, colours, language tags.

Comes in: the text of a value. Goes out: the value, or `WrongValue` with a sentence about it and advice.
Left to others: which field has which value (`headers`), where it stands (`front_matter`).
"""

from __future__ import annotations

import calendar
import datetime
import re

from studyguide.model.guide import TimeRange
from studyguide.model.locator import LocatorRange, roman_value
from studyguide.reader.explain import quote
from studyguide.reader.locators import LocatorProblem, parse_ranges

_LABEL = re.compile(r"(?:pp?\.|pages?)\s*", re.IGNORECASE)
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-/. ]+([0-9]{1,2})[-/. ]+([0-9]{4})")
_TIME = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?:\s*[-\u2010-\u2015\u2212]+\s*([0-9]{1,2})[:.]([0-9]{2}))?")
_COLOUR = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_LANGUAGE = re.compile(
    r"[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*", re.IGNORECASE
)
_NUMBER = re.compile(r"-?[0-9]{1,9}")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,59}")
_LANGUAGE_NAMES = {
    **dict.fromkeys(("english", "inglés", "eng"), "en"),
    **dict.fromkeys(("spanish", "español", "castellano", "spa"), "es"),
    **dict.fromkeys(("french", "français", "fra", "fre"), "fr"),
    **dict.fromkeys(("german", "deutsch", "deu", "ger"), "de"),
    **dict.fromkeys(("italian", "italiano", "ita"), "it"),
    **dict.fromkeys(("portuguese", "português", "por"), "pt"),
    **dict.fromkeys(("catalan", "català", "cat"), "ca"),
    **dict.fromkeys(("tagalog", "filipino", "tgl"), "tl"),
    **dict.fromkeys(("korean", "한국어", "kor"), "ko"),
}
MONTHS_IN_YEAR = 12


class WrongValue(Exception):
    """A value that cannot be read; `message` is a predicate about its field, `hint` says what to write."""

    def __init__(self, message: str, hint: str) -> None:
        """Keep the sentence and the advice."""
        super().__init__(message)
        self.message = message
        self.hint = hint


def read_date(text: str) -> datetime.date:
    """Read a day as ISO 8601 writes it, `2026-05-12`."""
    match = _ISO_DATE.fullmatch(text)
    if match is None:
        raise WrongValue(f"is not a date: {quote(text)}", _advise_date(text))
    year, month, day = (int(part) for part in match.groups())
    try:
        return datetime.date(year, month, day)
    except ValueError:
        hint = "write the year, the month and the day, as in 2026-05-12"
        if year and 1 <= month <= MONTHS_IN_YEAR:
            days = calendar.monthrange(year, month)[1]
            hint = f"that month has {days} days"
        raise WrongValue(f"is not a day of the calendar: {quote(text)}", hint) from None


def _advise_date(text: str) -> str:
    match = _DAY_FIRST.fullmatch(text)
    if match is not None:
        first, second, year = (int(part) for part in match.groups())
        for month, day in ((second, first), (first, second)):
            if 1 <= month <= MONTHS_IN_YEAR and 1 <= day <= calendar.monthrange(year or 1, month)[1]:
                return f"write the year first, as in {year:04}-{month:02}-{day:02}"
    return "write the year, the month and the day, as in 2026-05-12"


def read_time(text: str) -> TimeRange:
    """Read a stretch of the day on the 24-hour clock, `18:30-20:30`, or its beginning alone."""
    match = _TIME.fullmatch(text)
    if match is None:
        raise WrongValue(f"is not a time: {quote(text)}", "write it with 24 hours, as in 18:30-20:30")
    try:
        start = datetime.time(int(match[1]), int(match[2]))
        end = None if match[3] is None else datetime.time(int(match[3]), int(match[4]))
    except ValueError:
        raise WrongValue(f"is not a time of the day: {quote(text)}", "hours end at 23, minutes at 59") from None
    if end is not None and end <= start:
        raise WrongValue(f"ends before it begins: {quote(text)}", "write it with 24 hours, as in 18:30-20:30")
    return TimeRange(start=start, end=end)


def read_pages(text: str) -> tuple[LocatorRange, ...]:
    """Read stretches of pages, `423-441, 450-460` or `xii-xx`."""
    ranges = parse_ranges(_LABEL.sub("", text, count=1) if _LABEL.match(text) else text)
    if isinstance(ranges, LocatorProblem):
        raise WrongValue(ranges.message, ranges.hint)
    for each in (end for stretch in ranges for end in (stretch.first, stretch.last)):
        if not each.isdigit() and roman_value(each) is None:
            raise WrongValue(f"is not a page or a range of pages: {quote(text)}", 'write it as in "423-490"')
    return ranges


def read_book_pages(text: str) -> LocatorRange:
    """Read the one stretch of pages that a book has."""
    ranges = read_pages(text)
    if len(ranges) > 1:
        hint = f'write the first and the last page, as in "{ranges[0].first}-{ranges[-1].last}"'
        raise WrongValue(f"has more than one range: {quote(text)}", hint)
    return ranges[0]


def read_accent(text: str) -> str:
    """Read a colour, `#8a1c1c` or `#8ac`, and give it with six digits."""
    if not _COLOUR.fullmatch(text):
        raise WrongValue(f"is not a colour: {quote(text)}", 'write six hexadecimal digits in quotes, as in "#8a1c1c"')
    digits = text[1:].lower()
    return f"#{digits}" if len(digits) > len("abc") else "#" + "".join(digit * 2 for digit in digits)


def read_language(text: str) -> str:
    """Read a language tag (BCP 47, RFC 5646 2.1: language, script, region, variants)."""
    meant = _LANGUAGE_NAMES.get(text.lower())
    if meant is None and _LANGUAGE.fullmatch(text):
        return text
    hint = f'write "{meant}"' if meant else 'write its BCP 47 tag, as in "en", "es" or "pt-BR"'
    raise WrongValue(f"is not a language tag: {quote(text)}", hint)


def read_number(text: str, first: int, last: int) -> int:
    """Read a whole number within bounds."""
    number = int(text) if _NUMBER.fullmatch(text) else None
    if number is None or not first <= number <= last:
        raise WrongValue(f"needs a whole number from {first} to {last}, not {quote(text)}", "")
    return number


def read_key(text: str) -> str:
    """Read the key of a book, as `[@key, p. 12]` names it."""
    if not _KEY.fullmatch(text):
        raise WrongValue(
            f"has a key that citations cannot name: {quote(text)}", "use letters, digits, `-`, `_` and `.`"
        )
    return text
