"""Times of the day in any usual form, found anywhere in a line: `6:30-8:30 pm`, `18h30`, `de 18:30 a 20:30`.

Comes in: clean words and their language. Goes out: each time as the header of a session writes it, with its place.
Left to others: the words of each language (`time_words`), days (`dates`), what happens at that time (`head`).
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from studyguide.importer.recognition.calendar_names import fold, names_for
from studyguide.importer.recognition.time_words import words_for

if TYPE_CHECKING:
    from collections.abc import Iterable

NOON = 12
MINUTES_AN_HOUR = 60
FIRST_USUAL_HOUR = 7
"""`3 h` is how long something takes, `19 h` is when it begins."""

USUAL_MINUTES = 5
"""Meetings begin at minutes that this divides; verses, `3:16-4:2`, stand at any."""

_AM_IS_A_WORD = frozenset({"de"})
"""Where `am` is also a preposition, `am Brunnen`, it says the morning only right after a number or with dots."""

_LONGEST_LABEL = 40
"""In characters; a label with the words after it is not longer."""

_DATE = r"[0-9]{1,4}[-/.]\s?[0-9]{1,2}[-/.]\s?[0-9]{1,4}\.?|[12][0-9]{3}|[0-9]{1,2}일(?:\s*\(?\w(?:요일)?\)?)?"
_PLACE = re.compile(r"(?:^|[^\w'])(?:pp?|pages?|ch|chap|vv?|verses?|loc|§|¶|act|psalm)\.?\s*$")


class Half(Enum):
    """Which half of the day a clock of twelve hours means."""

    MORNING = 0
    EVENING = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTime:
    """A time at `[start, end)` of a line, `19:00` or `18:30-20:30`; `doubt` asks what a person should look at."""

    start: int
    end: int
    time: str
    is_certain: bool = True
    doubt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clock:
    """An hour as typed.

    `has_unit` says that `h` or a word follows it, `is_oclock` that this word is said of nothing but times, `is_of_day`
    that the hour is counted through the whole day.
    """

    hour: int
    minute: int | None
    mark: str
    half: Half | None
    has_unit: bool
    is_oclock: bool
    is_of_day: bool

    def minutes(self, half: Half | None) -> int:
        """Give the minutes since midnight, for a half of the day where one is said."""
        hour = self.hour if half is None or self.hour > NOON else self.hour % NOON + half.value
        return hour * MINUTES_AN_HOUR + (self.minute or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Forms:
    stretch: re.Pattern[str]
    single: re.Pattern[str]
    label: re.Pattern[str]
    weak_label: re.Pattern[str]
    mornings: re.Pattern[str]
    oclock: re.Pattern[str]


def find_times(words: str, language: str) -> tuple[FoundTime, ...]:
    """Find the times of the day in a line, in order; bare numbers are times only after a label or a date."""
    folded = fold(words)
    forms = _forms_for(language.split("-", 1)[0].lower())
    found: list[FoundTime] = []
    taken = bytearray(len(folded))
    for pattern, read in ((forms.stretch, _read_stretch), (forms.single, _read_single)):
        for match in pattern.finditer(folded):
            time = None if any(taken[match.start() : match.end()]) else read(folded, match, forms)
            if time is not None:
                found.append(time)
                taken[time.start : time.end] = b"x" * (time.end - time.start)
    return tuple(sorted(found, key=lambda each: each.start))


@functools.cache
def _forms_for(language: str) -> _Forms:
    words = words_for(language)
    spelt = r"(?<=[0-9])[ap]m\b|[ap]\.\s?m\." if language in _AM_IS_A_WORD else r"[ap]\.?\s?m\b\.?"
    halves = rf"{spelt}|{_any_of((*words.mornings, *words.evenings))}"
    units = rf"h(?:rs?|s)?\b\.?|{_any_of((*words.oclock, *words.hours))}"
    start = r"(?:(?<![\w.,:/$€£§¶#+])(?<![0-9][-–—])|(?<=[0-9]t))"
    end = r"(?![^\W가-힣]|[%€]|[:/.,–—-][0-9])"
    labels, since, days = _any_of(words.labels), _any_of(words.since), _any_of(names_for(language).days)
    first, second = (_clock(each, halves, units, _any_of(words.halves_before)) for each in ("1", "2"))
    to = rf"\s*[-–—~]\s*|\s+(?:{_any_of(words.to)})\s+|\s*(?:부터|에서)\s*"
    return _Forms(
        stretch=re.compile(rf"(?:(?<!\w)(?:{since})\s+)?{start}{first}(?:{to}){second}(?:까지)?{end}"),
        single=re.compile(rf"{start}{first}{end}"),
        label=re.compile(rf"(?:^|[^\w'])(?:(?:{labels})\s*[:：]\s*(?:{since})?|{_any_of(words.at)}|@(?=\s))\s*$"),
        weak_label=re.compile(
            rf"(?:^|[^\w'])(?:(?:{labels})\s*(?:{since})?|(?:{_DATE}|{days}\.?)[,)]*(?:\s*-)?)\s*t?$"
        ),
        mornings=re.compile(rf"a\.?\s?m\b\.?|{_any_of(words.mornings)}"),
        oclock=re.compile(_any_of(words.oclock)),
    )


def _clock(number: str, halves: str, units: str, halves_before: str) -> str:
    return (
        rf"(?:(?P<before{number}>{halves_before})\s*)?(?P<hour{number}>[0-9]{{1,2}})"
        rf"(?:(?P<mark{number}>[:.]|\s?h\s?|시\s*)(?P<minute{number}>[0-5][0-9])(?![0-9])(?:\s?min\b|분)?)?"
        rf"(?:\s?(?P<unit{number}>{units}))?(?:\s*(?P<half{number}>{halves}))?"
    )


def _any_of(words: Iterable[str]) -> str:
    """Write a pattern for any of the words, each of them whole."""
    return "|".join(rf"{re.escape(each)}(?![^\W\d_가-힣])" for each in sorted(words, key=len, reverse=True)) or "(?!)"


def _read_clock(match: re.Match[str], number: str, forms: _Forms) -> _Clock:
    half = match[f"before{number}"] or match[f"half{number}"]
    unit, mark = match[f"unit{number}"] or "", (match[f"mark{number}"] or "").strip()
    hour, minute = match[f"hour{number}"], match[f"minute{number}"]
    has_unit = bool(unit) or mark not in {"", ":", "."}
    return _Clock(
        hour=int(hour),
        minute=int(minute) if minute else None,
        mark=mark,
        half=None if not half else Half.MORNING if forms.mornings.fullmatch(half) else Half.EVENING,
        has_unit=has_unit,
        is_oclock=bool(forms.oclock.fullmatch(unit)) or mark == "시",
        is_of_day=(has_unit and "clock" not in unit) or hour.startswith("0") or int(hour) > NOON,
    )


def _read_single(folded: str, match: re.Match[str], forms: _Forms) -> FoundTime | None:
    clock = _read_clock(match, "1", forms)
    is_labelled = _is_labelled(folded, match, forms, has_minutes=clock.minute is not None)
    is_said = clock.half is not None or clock.is_oclock or is_labelled
    if not is_said and not (clock.has_unit and clock.hour >= FIRST_USUAL_HOUR):
        return None
    if not is_labelled and clock.half is None and _PLACE.search(_before(folded, match)):
        return None
    doubt = _doubt_of_half(clock, clock)
    if not is_said and clock.minute is None and clock.hour <= NOON:
        doubt = "is it when the meeting begins, or how long it takes?"
    return _make_time(match, clock.minutes(clock.half), None, doubt)


def _read_stretch(folded: str, match: re.Match[str], forms: _Forms) -> FoundTime | None:
    first, last = _read_clock(match, "1", forms), _read_clock(match, "2", forms)
    has_minutes = first.minute is not None or last.minute is not None
    is_labelled = _is_labelled(folded, match, forms, has_minutes=has_minutes)
    if not is_labelled and not _is_surely_stretch(first, last):
        return None
    if not is_labelled and {first.half, last.half} == {None} and _PLACE.search(_before(folded, match)):
        return None
    start, end, doubt = _choose_halves(first, last)
    if end <= start:
        return _make_time(match, start, None, "it seems to end before it begins: when does it end?")
    return _make_time(match, start, end, doubt)


def _is_surely_stretch(first: _Clock, last: _Clock) -> bool:
    """Whether two clocks are no pages or verses: by their words, or by usual minutes."""
    clocks = (first, last)
    if any(each.half or each.is_oclock for each in clocks):
        return True
    if any(each.has_unit for each in clocks):
        return max(each.hour for each in clocks) >= FIRST_USUAL_HOUR
    is_usual = all(each.minute is not None and each.minute % USUAL_MINUTES == 0 for each in clocks)
    return is_usual and first.mark == last.mark and (first.mark == ":" or min(first.hour, last.hour) > FIRST_USUAL_HOUR)


def _choose_halves(first: _Clock, last: _Clock) -> tuple[int, int, str]:
    """Choose the halves of the day that are not said so that the end comes after the beginning."""
    if first.half is None and last.half is not None and first.hour <= NOON:
        same = first.minutes(last.half)
        start = same if same < last.minutes(last.half) else first.minutes(Half.MORNING)
        return start, last.minutes(last.half), ""
    if first.half is not None and last.half is None and last.hour <= NOON:
        same = last.minutes(first.half)
        end = same if same > first.minutes(first.half) else last.minutes(Half.EVENING)
        return first.minutes(first.half), end, ""
    start, end = first.minutes(first.half), last.minutes(last.half)
    if first.half is None and end <= start and last.hour < NOON:
        end += NOON * MINUTES_AN_HOUR
    return start, end, _doubt_of_half(first, last)


def _doubt_of_half(first: _Clock, last: _Clock) -> str:
    """Ask for the half of the day where a clock of twelve hours does not say it."""
    is_said = any(each.half or each.is_of_day for each in (first, last))
    return "" if is_said or first.hour == 0 else "is it in the morning or in the evening?"


def _is_labelled(folded: str, match: re.Match[str], forms: _Forms, *, has_minutes: bool) -> bool:
    """Whether a word before says that this is a time; before an hour alone the label needs its colon."""
    before = _before(folded, match)
    return bool(forms.label.search(before) or (has_minutes and forms.weak_label.search(before)))


def _before(folded: str, match: re.Match[str]) -> str:
    return folded[max(match.start() - _LONGEST_LABEL, 0) : match.start()]


def _make_time(match: re.Match[str], start: int, end: int | None, doubt: str) -> FoundTime | None:
    """Write the time; None when a day has no such time."""
    if max(start, end or 0) >= 2 * NOON * MINUTES_AN_HOUR:
        return None
    written = "-".join(
        f"{each // MINUTES_AN_HOUR:02}:{each % MINUTES_AN_HOUR:02}" for each in (start, end) if each is not None
    )
    return FoundTime(start=match.start(), end=match.end(), time=written, is_certain=not doubt, doubt=doubt)
