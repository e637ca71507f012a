"""The facts of a meeting are told as people say them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from models import FOLDER, a_book, a_guide, a_session

from studyguide.latex.apparatus import Apparatus
from studyguide.latex.facts import book_lines, dates_line, facts_line, reading_minutes, when
from studyguide.latex.phrases import phrases_for
from studyguide.latex.setting import Setting
from studyguide.model.guide import Audience, TimeRange
from studyguide.model.language import quotation_marks


def a_setting(audience: Audience = Audience.PARTICIPANT) -> Setting:
    """Give an English setting."""
    return Setting(
        audience=audience,
        phrases=phrases_for("en"),
        marks=quotation_marks("en"),
        books=(a_book(),),
        apparatus=Apparatus(FOLDER),
        answer_lines=5,
        scope="s1",
    )


@pytest.mark.parametrize(("pages", "minutes"), [(68, 135), (1, 5), (5, 10), (30, 60), (49, 100)])
def test_reading_takes_two_minutes_a_page(pages: int, minutes: int) -> None:
    """To the nearest five minutes, and never none."""
    assert reading_minutes(pages) == minutes


def test_a_meeting_is_told_with_day_and_time() -> None:
    """The day alone when the time is not given, the start alone when the end is not."""
    session = a_session()
    assert session.time is not None
    started = replace(session, time=TimeRange(start=session.time.start, end=None))
    told = [when(each, a_setting()) for each in (session, started, replace(session, time=None))]
    assert told == ["Tuesday 12 May 2026, 18:30–20:30", "Tuesday 12 May 2026, 18:30", "Tuesday 12 May 2026"]


def test_what_is_not_given_is_not_told() -> None:
    """No separator stands for a fact that is missing."""
    bare = replace(a_session(), time=None, place="", summary_by="")
    assert facts_line(bare, a_setting()).dumps() == "Tuesday 12 May 2026"


def test_the_record_says_who_was_there() -> None:
    """Facts are parted by the class's own separator."""
    session = replace(a_session(), time=None, place="", participants=("Ana", "Ben"))
    line = facts_line(session, a_setting(Audience.RECORD)).dumps()
    assert line == r"Tuesday 12 May 2026\FactSeparator{}summary by Ana\FactSeparator{}with Ana, Ben"


def test_books_are_named_one_a_line_with_authors_and_years() -> None:
    """Their authors as the language joins names; what is not known is left out."""
    shared = replace(a_book(), authors=("Nell Harrow", "Idris Quay"))
    unknown = replace(a_book("Rain"), authors=(), year=None)
    guide = a_guide(books=(shared, unknown))
    assert book_lines(guide, a_setting()).dumps() == r"Commons Reader, Nell Harrow and Idris Quay, 2021\LineBreak{}Rain"
    spanish = replace(a_setting(), phrases=phrases_for("es"))
    assert "Nell Harrow e Idris Quay" in book_lines(guide, spanish).dumps()


def test_a_guide_that_stands_for_its_book_is_not_named_twice() -> None:
    """Then the book is the guide's title."""
    assert book_lines(a_guide(books=(replace(a_book(), authors=(), year=None),)), a_setting()).dumps() == ""


def test_a_guide_says_from_when_to_when_it_meets() -> None:
    """Nothing when there is no session yet."""
    later = replace(a_session(), date=a_session().date.replace(day=26))
    assert dates_line(a_guide(a_session(), later), a_setting()) == "12–26 May 2026"
    assert dates_line(a_guide(), a_setting()) == ""
