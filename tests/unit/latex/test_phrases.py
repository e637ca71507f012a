"""Printed words: in the guide's language, with its dates."""

from __future__ import annotations

import datetime
import string
import tomllib

import pytest

from studyguide.latex.phrases import TRANSLATIONS, phrases_for
from studyguide.model.blocks import CallOutKind
from studyguide.model.locator import LocatorLabel

MEETING = datetime.date(2026, 5, 12)
LANGUAGES = sorted(file.stem for file in TRANSLATIONS.glob("*.toml"))


def shape(words: object) -> object:
    """Give what a translator may not change: the keys, and the names in braces."""
    match words:
        case dict():
            return {key: shape(value) for key, value in words.items()}
        case list():
            return len(words)
        case _:
            return {name for _, name, _, _ in string.Formatter().parse(str(words)) if name}


def test_there_are_the_languages_of_the_groups() -> None:
    """Ten languages are translated."""
    assert LANGUAGES == ["ca", "de", "en", "es", "fr", "it", "ko", "nl", "pt", "tl"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_says_all_that_english_says(language: str) -> None:
    """Every phrase is there, with the same names in braces."""
    english, translated = (
        tomllib.loads((TRANSLATIONS / f"{tag}.toml").read_text(encoding="utf-8")) for tag in ("en", language)
    )
    assert shape(translated) == shape(english)


@pytest.mark.parametrize(
    ("language", "long_date", "date", "date_range"),
    [
        ("en", "Tuesday 12 May 2026", "12 May 2026", "12–26 May 2026"),
        ("en-US", "Tuesday, May 12, 2026", "May 12, 2026", "May 12 – 26, 2026"),
        ("es", "Martes, 12 de mayo de 2026", "12 de mayo de 2026", "12–26 may 2026"),
        ("fr", "Mardi 12 mai 2026", "12 mai 2026", "12–26 mai 2026"),
        ("de", "Dienstag, 12. Mai 2026", "12. Mai 2026", "12.–26. Mai 2026"),
        ("tl", "Martes, Mayo 12, 2026", "Mayo 12, 2026", "May 12–26, 2026"),
        ("ko", "2026년 5월 12일 화요일", "2026년 5월 12일", "2026년 5월 12일~26일"),
        ("pl", "Wtorek, 12 maja 2026", "12 maja 2026", "12–26 maj 2026"),
    ],
)
def test_dates_follow_the_language(language: str, long_date: str, date: str, date_range: str) -> None:
    """With the day of the week, without, and from one day to another."""
    phrases = phrases_for(language)
    assert phrases.long_date(MEETING) == long_date
    assert phrases.date(MEETING) == date
    assert spaced(phrases.date_range(MEETING, datetime.date(2026, 5, 26))) == date_range
    assert phrases.date_range(MEETING, MEETING) == date


def spaced(text: str) -> str:
    """Take every kind of space for a space."""
    return "".join(" " if character.isspace() else character for character in text)


def test_times_are_on_the_clock_of_24_hours() -> None:
    """A meeting lasts from when to when, or starts."""
    phrases = phrases_for("en")
    assert phrases.time_range(datetime.time(18, 30), datetime.time(20, 30)) == "18:30–20:30"
    assert phrases.time_range(datetime.time(9, 5), None) == "09:05"


@pytest.mark.parametrize(
    ("language", "minutes", "said"),
    [
        ("en", 135, "about 2 h 15"),
        ("en", 65, "about 1 h 05"),
        ("en", 45, "about 45 min"),
        ("en", 120, "about 2 h"),
        ("es", 135, "aprox. 2 h 15 min"),
        ("de", 135, "etwa 2 Std. 15 Min."),
        ("ko", 135, "약 2시간 15분"),
    ],
)
def test_a_reading_takes_about_so_long(language: str, minutes: int, said: str) -> None:
    """Hours and minutes as people say them, never parted at the line end."""
    assert spaced(phrases_for(language).about_duration(minutes)) == said


def test_counts_and_names_are_put_into_words() -> None:
    """One page is a page; names stand where the language has them."""
    english, spanish = phrases_for("en"), phrases_for("es")
    assert english.page_count(1) == "1\xa0page"
    assert english.page_count(68) == "68\xa0pages"
    assert english.minutes(10) == "10\xa0min"
    assert english.summary_by("Ana {x}") == "summary by Ana {x}"
    assert spanish.facilitated_by("Ben") == "facilita Ben"
    assert spanish.present(["Ana", "Ben"]) == "con Ana, Ben"


def test_locators_and_boxes_have_their_signs() -> None:
    """One page has `p.`, several have `pp.`; each kind of box has its word."""
    english = phrases_for("en")
    assert english.locator_label(LocatorLabel.PAGE, is_plural=False) == "p."
    assert english.locator_label(LocatorLabel.PAGE, is_plural=True) == "pp."
    for language in LANGUAGES:
        phrases = phrases_for(language)
        assert all(phrases.locator_label(label, is_plural=many) for label in LocatorLabel for many in (False, True))
        assert all(phrases.call_out_label(kind) for kind in CallOutKind)


@pytest.mark.parametrize(
    ("tag", "contents"),
    [
        ("es-MX", "Contenido"),
        ("pt-BR", "Sumário"),
        ("fil", "Nilalaman"),
        ("de-CH-1996", "Inhalt"),
        ("pl", "Contents"),
        ("x-private", "Contents"),
        ("../en", "Contents"),
        ("", "Contents"),
    ],
)
def test_a_tag_finds_its_language_or_english(tag: str, contents: str) -> None:
    """Countries and variants share their language's words; what is not translated is English."""
    assert phrases_for(tag).contents == contents


@pytest.mark.parametrize(
    ("language", "names", "said"),
    [
        ("en", ("Ana", "Ben", "Chidi"), "Ana, Ben and Chidi"),
        ("es", ("Ana", "Ben"), "Ana y Ben"),
        ("es", ("Nell Harrow", "Idris Quay"), "Nell Harrow e Idris Quay"),
        ("es", ("Ana", "Hiedra"), "Ana y Hiedra"),
        ("de", ("Ana", "Ben"), "Ana und Ben"),
        ("en", (), ""),
    ],
)
def test_names_are_joined_as_the_language_does(language: str, names: tuple[str, ...], said: str) -> None:
    """With its word before the last one."""
    assert phrases_for(language).all_of(names) == said
