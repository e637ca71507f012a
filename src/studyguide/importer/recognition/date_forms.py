"""The forms in which people write a day: `Tues. May 12`, `12 de mayo de 2026`, `12.05.2026`, `2026년 5월 12일`.

Comes in: words and their language. Goes out: the numbers that were typed, with their place; the calendar is not asked.
Left to others: which year and which day is meant (`dates`), names of months (`calendar_names`).
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from studyguide.importer.recognition.calendar_names import CalendarNames, fold, names_for
from studyguide.reader.locators import LABELS, MEANT_LABELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ONES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_TEENS = ("eleventh", "twelfth", *(f"{word}teenth" for word in ("thir", "four", "fif", "six", "seven", "eigh", "nine")))
_ORDINALS = {
    **{word: number for number, word in enumerate((*_ONES, "tenth", *_TEENS, "twentieth"), 1)},
    **{f"twenty-{word}": number for number, word in enumerate(_ONES, 21)},
    "thirtieth": 30,
    "thirty-first": 31,
    **dict.fromkeys(("primero", "premier", "primo", "primeiro"), 1),
}
"""Days written as words: the English ones, and the first day where other languages write that one out."""

_OTHER_WORDS = frozenset({"may", "march"})
"""Months that are other words in small letters."""

_MONTH_FIRST = frozenset({"en", "en-us", "en-ph", "en-ca"})
"""Where the month stands before the day in figures."""

_CENTURY = 2000
"""What a year of two digits is counted from."""

_ALSO_PROSE = {"abs", "para", "par", "pos", "ver", "vers"}
_PLACES = {each.strip(".") for each in (*LABELS, *chain.from_iterable(MEANT_LABELS.values()))} - _ALSO_PROSE
_PLACE = re.compile(
    rf"(?:^|[^\w'])(?:{'|'.join(re.escape(fold(each)) for each in sorted(_PLACES))}"
    r"|version|release|act|scene|isbn|doi)\.?\s*$"
)
_LONGEST_PLACE = 20
"""In characters; what says that figures are a place in a book is not longer."""

_CONTINUES = r"(?<![\w./:=&#$€£+])(?<![0-9][-–—,])"
_GOES_ON = r"(?![0-9]|[-–—./:][0-9]|[/%])"
"""Before and after the figures of a date stand no other figures, no money, no address."""

_MARK = r"(?P<mark>[-/–‐]|\.\s?)"
_LAST = r"(?:\s*(?:[-–—]|to|al?|bis)\s*(?P<last>[0-9]{1,2})(?:st|nd|rd|th|\.)?(?![0-9]|:[0-9]))?"
_FULL_YEAR = (
    r"(?:\s*,\s*|\s+|[-/.]\s?|(?<=\.))(?:(?:de|del|of|do)\s+)?(?P<year>[12][0-9]{3})(?![0-9:]|-[0-9]|\s*[ap]\.?m\b)"
    r"|,?\s*'(?P<short>[0-9]{2})(?!\w)"
)
_BARE_YEAR = r"[-/.\s](?P<bare>[0-9]{2})(?=\s*(?:$|[.;)]|,(?!\s*[0-9])))"
_BARE_NUMBER = re.compile(
    rf"{_CONTINUES}(?P<year>20[0-9]{{2}})(?P<first>[01][0-9])(?P<second>[0-3][0-9])"
    r"(?!\w|[.,-][0-9])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedDate:
    """What was typed as a day: `readings` are pairs of month and day, the likeliest first; the year may be missing.

    `weekday` counts from Monday, 0; `last_day` ends a stretch of days, 0 when it is one day; a bare number, `20260512`,
    may be anything.
    """

    start: int
    end: int
    year: int | None
    readings: tuple[tuple[int, int], ...]
    weekday: int | None = None
    last_day: int = 0
    is_bare_number: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Forms:
    names: CalendarNames
    named: tuple[re.Pattern[str], ...]
    year_first: tuple[re.Pattern[str], ...]
    year_last: re.Pattern[str]


def find_typed_dates(words: str, language: str) -> tuple[TypedDate, ...]:
    """Find what is typed as a day, those with a year first, then by place; stretches may overlap."""
    folded = fold(words)
    forms = _forms_for(language.split("-", 1)[0].lower())
    found = (
        *_find_named(words, folded, forms),
        *_find_year_first(folded, forms),
        *_find_year_last(folded, forms, is_month_first=language.lower() in _MONTH_FIRST),
    )
    return tuple(sorted(found, key=lambda each: (each.year is None, each.start, -each.end)))


@functools.cache
def _forms_for(language: str) -> _Forms:
    names = names_for(language)
    days = _any_of(names.days)
    before = (
        rf"(?:(?<!\w)(?P<weekday>{days})\.?(?!\w),?\s+)?"
        r"(?:(?<!\w)(?:(?:the|le|el|il|den|dem|dia|noong)\s+|ika-?\s?))?"
    )
    after = rf"(?:\s*\(\s*(?P<after>{days})\.?\s*\)|\s*(?P<korean>[월화수목금토일]요일))?"
    year_first = rf"(?P<year>[12][0-9]{{3}}){_MARK}(?P<first>[0-9]{{1,2}})(?P=mark)(?P<second>[0-9]{{1,2}})"
    year_last = rf"(?P<first>[0-9]{{1,2}}){_MARK}(?P<second>[0-9]{{1,2}})(?P=mark)(?P<year>[12][0-9]{{3}}|[0-9]{{2}})"
    korean = (
        r"(?<![0-9])(?:(?P<year>[12][0-9]{3}|[0-9]{2})\s*년\s*)?"
        r"(?P<first>[0-9]{1,2})\s*월\s*(?P<second>[0-9]{1,2})\s*일"
    )
    return _Forms(
        names=names,
        named=_named_forms(names, before, after),
        year_first=(
            re.compile(rf"{before}{_CONTINUES}{year_first}{_GOES_ON}(?:(?<=\. [0-9])\.|(?<=\. [0-9][0-9])\.)?{after}"),
            re.compile(korean + after),
        ),
        year_last=re.compile(rf"{before}{_CONTINUES}{year_last}{_GOES_ON}{after}"),
    )


def _named_forms(names: CalendarNames, before: str, after: str) -> tuple[re.Pattern[str], ...]:
    """Write the forms with a month's name: the day before it, the day after it."""
    words = "|".join(sorted((word.replace("-", r"[\s-]") for word in _ORDINALS), key=len, reverse=True))
    day = (
        r"(?:(?<![\w.:/])(?P<day>[0-9]{1,2})(?:st|nd|rd|th|er|re|e|\.?[ºª°]|\.)?(?!\w|[.:][0-9]|\s*[ap]\.?\s?m\b)"
        rf"|(?<!\w)(?P<word>{words})(?!\w))"
    )
    month = rf"(?P<month>{_any_of(name for name in names.months if name.isalpha())})(?!\w)\.?"
    of_month = r"(?:\s*[-/.]\s*|\s+(?:(?P<of>of|de|del|di|ng|von)\s+|d')?)"
    on_day = r"(?:\s*[-/]\s*|\s+(?P<of>the\s+)?(?:ika-?\s?)?)"
    return (
        re.compile(rf"{before}{day}{_LAST}{of_month}{month}(?:{_FULL_YEAR}|{_BARE_YEAR})?{after}"),
        re.compile(rf"{before}(?<!\w){month}{on_day}{day}{_LAST}(?:{_FULL_YEAR})?{after}"),
    )


def _any_of(names: Iterable[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))


def _find_named(words: str, folded: str, forms: _Forms) -> Iterator[TypedDate]:
    for pattern in forms.named:
        for match in pattern.finditer(folded):
            groups = match.groupdict()
            year = _read_year(groups["year"] or groups["short"] or groups.get("bare"))
            if (year is None and not _is_surely_named(words, match, forms.names)) or _is_place(folded, match):
                continue
            word = re.sub(r"\s", "-", match["word"] or "")
            day = _ORDINALS[word] if word else int(match["day"])
            month = forms.names.months[match["month"]]
            yield replace(_typed(match, forms, year, ((month, day),)), last_day=int(match["last"] or 0))


def _is_surely_named(words: str, match: re.Match[str], names: CalendarNames) -> bool:
    """Whether a month without a year is one: `the second March meeting` and `we may 12 times` name none."""
    if match["word"] and not match["of"]:
        return False
    is_written_out = match["month"] in names.whole_months and match["month"] not in _OTHER_WORDS
    return is_written_out or words[match.start("month")].isupper()


def _find_year_first(folded: str, forms: _Forms) -> Iterator[TypedDate]:
    for pattern in (*forms.year_first, _BARE_NUMBER):
        for match in pattern.finditer(folded):
            if not _is_place(folded, match):
                typed = _typed(match, forms, _read_year(match["year"]), (_pair(match),))
                yield replace(typed, is_bare_number=pattern is _BARE_NUMBER)


def _find_year_last(folded: str, forms: _Forms, *, is_month_first: bool) -> Iterator[TypedDate]:
    for match in forms.year_last.finditer(folded):
        month_first = _pair(match)
        day_first = month_first[::-1]
        readings: tuple[tuple[int, int], ...]
        readings = (month_first, day_first) if is_month_first else (day_first, month_first)
        if "." in match["mark"]:
            readings = (day_first, month_first) if is_month_first else (day_first,)
        is_padded = len(match["first"]) == len(match["second"]) == len("05")
        is_whole = len(match["year"]) == len("2026") or match["mark"] == "/" or is_padded
        if is_whole and not _is_place(folded, match):
            yield _typed(match, forms, _read_year(match["year"]), readings)


def _is_place(folded: str, match: re.Match[str]) -> bool:
    """Whether the word before figures says that they are a place in a book: `p. 12`, `vv. 3-5`."""
    before = folded[max(match.start() - _LONGEST_PLACE, 0) : match.start()]
    return folded[match.start()].isdigit() and _PLACE.search(before) is not None


def _pair(match: re.Match[str]) -> tuple[int, int]:
    return int(match["first"]), int(match["second"])


def _read_year(digits: str | None) -> int | None:
    if digits is None:
        return None
    return int(digits) if len(digits) == len("2026") else _CENTURY + int(digits)


def _typed(match: re.Match[str], forms: _Forms, year: int | None, readings: tuple[tuple[int, int], ...]) -> TypedDate:
    groups = match.groupdict()
    name = next((groups[each] for each in ("weekday", "after", "korean") if groups.get(each)), None)
    return TypedDate(
        start=match.start(),
        end=match.end(),
        year=year,
        readings=readings,
        weekday=None if name is None else forms.names.days[name],
    )
