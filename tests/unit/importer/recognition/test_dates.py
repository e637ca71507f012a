"""Days in any usual form: found, with their place and what is doubtful; nothing else is taken for one."""

from __future__ import annotations

import datetime

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from studyguide.importer.recognition.dates import find_date_in_name, find_dates

DAY = datetime.date(2026, 5, 12)
REFERENCE = datetime.date(2026, 5, 20)
LOCALES = {each: each for each in ("en", "es", "fr", "de", "it", "pt", "ca", "ko", "nl")} | {
    "tl": "fil",
    "en-GB": "en_GB",
}


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("en", "2026-05-12"),
        ("en", "2026-5-12"),
        ("en", "2026/05/12"),
        ("en", "May 12, 2026"),
        ("en", "May 12 2026"),
        ("en", "May 12th, 2026"),
        ("en", "MAY 12, 2026"),
        ("en", "may 12, 2026"),
        ("en", "May 12, '26"),
        ("en", "12 May 2026"),
        ("en", "12 May ’26"),
        ("en", "12-May-2026"),
        ("en", "12-May-26"),
        ("en", "12th of May 2026"),
        ("en", "the 12th of May, 2026"),
        ("en", "the twelfth of May, 2026"),
        ("en", "May twelfth, 2026"),
        ("en", "Tues. May 12 2026"),
        ("en", "Tuesday, May 12, 2026"),
        ("en", "Tuesday, the 12th of May 2026"),
        ("en", "12 May 2026 (Tuesday)"),
        ("en", "2026-05-12 (Tue)"),
        ("en", "Tue 5/12/2026"),
        ("en", "Tue 12/5/2026"),
        ("es", "12 de mayo de 2026"),
        ("es", "12 de mayo del 2026"),
        ("es", "martes 12 de mayo de 2026"),
        ("es", "Martes, 12 de Mayo, 2026"),
        ("es", "mayo 12 de 2026"),
        ("es", "May 12, 2026"),
        ("es-419", "12 may. 2026"),
        ("de", "12. Mai 2026"),
        ("de", "12.Mai.2026"),
        ("de", "Dienstag, den 12. Mai 2026"),
        ("de", "Di. 12.05.2026"),
        ("de", "12.05.2026"),
        ("de", "12. 5. 2026"),
        ("de", "12.05.26"),
        ("fr", "12 mai 2026"),
        ("fr", "mardi 12 mai 2026"),
        ("it", "12 maggio 2026"),
        ("it", "martedi 12 mag. 2026"),
        ("pt", "12 de maio de 2026"),
        ("pt-BR", "terça, 12 de maio de 2026"),
        ("pt", "12 de mai. de 2026"),
        ("ca", "12 de maig de 2026"),
        ("ca", "12 de maig del 2026"),
        ("tl", "ika-12 ng Mayo 2026"),
        ("tl", "Martes, ika-12 ng Mayo, 2026"),
        ("tl", "Mayo 12, 2026"),
        ("ko", "2026년 5월 12일"),
        ("ko", "2026년 5월 12일 화요일"),
        ("ko", "26년 5월 12일 (화)"),
        ("ko", "2026. 5. 12."),
        ("ko", "2026. 5. 12. (화)"),
        ("nl", "dinsdag 12 mei 2026"),
        ("xx", "12 May 2026"),
    ],
)
def test_finds_a_day(language: str, typed: str) -> None:
    """The whole of what was typed is the day, wherever it stands in the line."""
    for before, after in (("", ""), ("Wells: ", ", in the library"), ("(", ")")):
        (found,) = find_dates(f"{before}{typed}{after}", language)
        assert (found.date, found.is_certain, found.doubt) == (DAY, True, "")
        assert f"{before}{typed}{after}"[found.start : found.end] == typed


@pytest.mark.parametrize(
    ("language", "typed", "day"),
    [
        ("en", "the second of June, 2026", "2026-06-02"),
        ("en", "twenty-first of June 2026", "2026-06-21"),
        ("en", "June thirty first, 2026", None),
        ("en", "July thirty first, 2026", "2026-07-31"),
        ("en", "Sept. 3, 2026", "2026-09-03"),
        ("en", "31/12/2026", "2026-12-31"),
        ("en", "12/31/26", "2026-12-31"),
        ("en", "5/5/2026", "2026-05-05"),
        ("fr", "1er mai 2026", "2026-05-01"),
        ("fr", "12 févr. 2026", "2026-02-12"),
        ("fr", "12 fevrier 2026", "2026-02-12"),
        ("es", "1.º de mayo de 2026", "2026-05-01"),
        ("es", "primero de mayo de 2026", "2026-05-01"),
        ("it", "1º aprile 2026", "2026-04-01"),
        ("pt", "1º de março de 2026", "2026-03-01"),
        ("ca", "1 d’abril del 2026", "2026-04-01"),
        ("ca", "1 d'abril de 2026", "2026-04-01"),
        ("nl", "12 mrt. 2026", "2026-03-12"),
        ("en", "July 14, 1789", "1789-07-14"),
    ],
)
def test_finds_other_days(language: str, typed: str, day: str | None) -> None:
    """First days, ordinals in words, months without their accents; no day that the calendar has not."""
    assert [each.date.isoformat() for each in find_dates(typed, language)] == ([] if day is None else [day])


@pytest.mark.parametrize(
    ("language", "typed", "day", "doubt"),
    [
        ("en", "5/12/26", "2026-05-12", "12 May or 5 December?"),
        ("en", "12/5/2026", "2026-12-05", "5 December or 12 May?"),
        ("en-GB", "12/5/2026", "2026-05-12", "12 May or 5 December?"),
        ("es", "12/5/2026", "2026-05-12", "12 May or 5 December?"),
        ("es", "12-05-26", "2026-05-12", "12 May or 5 December?"),
        ("en", "12.05.2026", "2026-05-12", "12 May or 5 December?"),
        (
            "en",
            "Monday, May 12, 2026",
            "2026-05-12",
            "12 May 2026 is a Tuesday: is the day of the week right, or the date?",
        ),
        ("es", "lunes 12/5/2026", "2026-05-12", "12 May 2026 is a Tuesday: is the day of the week right, or the date?"),
        ("en", "May 12-14, 2026", "2026-05-12", "from day 12 to day 14: is 12 May the day of the meeting?"),
        ("de", "12.–14. Mai 2026", "2026-05-12", "from day 12 to day 14: is 12 May the day of the meeting?"),
        ("en", "20260512", "2026-05-12", "is this number the day of the meeting?"),
    ],
)
def test_says_what_is_doubtful(language: str, typed: str, day: str, doubt: str) -> None:
    """A doubt is a question that a person can answer at a glance."""
    (found,) = find_dates(typed, language)
    assert (found.date.isoformat(), found.is_certain, found.doubt) == (day, False, doubt)


@pytest.mark.parametrize(
    ("language", "typed", "year"),
    [
        ("en", "May 12", 2026),
        ("en", "12th May", 2026),
        ("en", "the twelfth of May", 2026),
        ("en", "Dec. 31", 2025),
        ("en", "November 1", 2026),
        ("en", "January 2", 2026),
        ("en", "Feb 29", 2028),
        ("en", "Tuesday, May 12", 2026),
        ("en", "Monday, May 12", 2025),
        ("es", "12 de mayo", 2026),
        ("fr", "12 mai", 2026),
        ("ko", "5월 12일", 2026),
        ("tl", "ika-12 ng Mayo", 2026),
    ],
)
def test_a_day_without_a_year_is_the_nearest_one(language: str, typed: str, year: int) -> None:
    """The day of the week helps to find it; it is never certain, and without a reference there is none."""
    (found,) = find_dates(typed, language, reference=REFERENCE)
    assert (found.date.year, found.is_certain, found.doubt) == (year, False, f"the notes say no year: is it {year}?")
    assert not find_dates(typed, language)


def test_the_nearest_year_may_be_the_next_or_the_last_one() -> None:
    """Notes of January speak of December, and the other way round."""
    (last,) = find_dates("December 30", "en", reference=datetime.date(2026, 1, 3))
    (following,) = find_dates("January 3", "en", reference=datetime.date(2025, 12, 30))
    assert (last.date, following.date) == (datetime.date(2025, 12, 30), datetime.date(2026, 1, 3))


@pytest.mark.parametrize(
    "words",
    [
        "",
        "May",
        "May 2026",
        "2026",
        "pp. 423-441",
        "pp. 3-12 May",
        "p. 12/5/2026",
        "page 12 May 2026",
        "ch. 3 May 2026",
        "John 3:16",
        "vv. 3-5",
        "Act 1.2.34",
        "act 1.2.2026",
        "1.2.34",
        "12.5",
        "12.05",
        "v1.2.2026",
        "version 1.2.2026",
        "1.2.2026.4",
        "192.168.12.05",
        "18:30-20:30",
        "May 7pm",
        "May 7 pm",
        "May 12:30",
        "we may 12 times",
        "they march 3 miles",
        "in the second March meeting",
        "May first graders",
        "Feb 30, 2026",
        "31/31/2026",
        "$5/12/26",
        "5/12",
        "555-12-2026",
        "978-1-2026-05-12",
        "2026-05-123",
        "2026-13-01",
        "https://example.org/2026/05/12/well",
        "https://example.org/?day=2026-05-12",
        "/2026/05/12/",
        "120260512",
        "20261350",
        "12 wells, 2026 buckets",
        "sat 12 people",
    ],
)
def test_takes_nothing_else_for_a_day(words: str) -> None:
    """Pages, verses, times, versions, addresses and verbs are no days."""
    assert find_dates(words, "en", reference=REFERENCE) == ()


def test_finds_several_days_in_order() -> None:
    """Each at its place; a number before one is not its day."""
    words = "Room 2 May 12, 2026; next: 26 May 2026, then June 9"
    found = find_dates(words, "en", reference=REFERENCE)
    assert [words[each.start : each.end] for each in found] == ["May 12, 2026", "26 May 2026", "June 9"]


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2026-05-12 notes.txt", DAY),
        ("2026-05-12-wells.md", DAY),
        ("notes_20260512", DAY),
        ("notes_2026_05_12.odt", DAY),
        ("notes-may-12-2026.docx", DAY),
        ("wells 12.05.2026.html", DAY),
        ("12_May_2026.txt", DAY),
        ("notes-12-2026.txt", None),
        ("section-7.v1.2.3.txt", None),
    ],
)
def test_finds_the_day_in_the_name_of_a_file(name: str, day: datetime.date | None) -> None:
    """Hyphens and underscores are its spaces."""
    found = find_date_in_name(name, "en")
    assert (found.date if found is not None else None) == day


def test_prefers_the_certain_day_of_a_name() -> None:
    """A number that may be anything comes after a day that is none but one."""
    found = find_date_in_name("20260511 scan of 2026-05-12.txt", "en")
    assert found is not None
    assert found.date == DAY


@given(
    st.dates(min_value=datetime.date(1500, 1, 1), max_value=datetime.date(2399, 12, 31)),
    st.sampled_from(sorted(LOCALES)),
    st.sampled_from(["long", "full"]),
)
def test_finds_the_long_forms_of_every_language(day: datetime.date, language: str, width: str) -> None:
    """What CLDR writes for a day is found back, whole and certain."""
    written = format_date(day, width, locale=LOCALES[language])
    (found,) = find_dates(f"({written})", language)
    assert (found.date, found.is_certain, found.start, found.end) == (day, True, 1, 1 + len(written))


@given(st.text(alphabet="0123456789 .,:/-–May12thofde월일년'()", max_size=40), st.sampled_from(sorted(LOCALES)))
def test_every_line_can_be_searched(words: str, language: str) -> None:
    """Whatever a line holds, what is found stands in it, one day after the other."""
    found = find_dates(words, language, reference=REFERENCE)
    places = [place for each in found for place in (each.start, each.end)]
    assert places == sorted(places)
    assert all(each.is_certain == (not each.doubt) for each in found)
