"""Times of the day in any usual form, as the header of a session writes them; nothing else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyguide.importer.recognition.times import find_times
from studyguide.reader.header_values import read_time

HALF = "is it in the morning or in the evening?"


@pytest.mark.parametrize(
    ("language", "typed", "time"),
    [
        ("en", "18:30-20:30", "18:30-20:30"),
        ("en", "18:30 – 20:30", "18:30-20:30"),
        ("en", "from 18:30 to 20:30", "18:30-20:30"),
        ("en", "6:30-8:30 pm", "18:30-20:30"),
        ("en", "6:30 p.m. to 8:30 p.m.", "18:30-20:30"),
        ("en", "6.30 to 8 p.m.", "18:30-20:00"),
        ("en", "7–9pm", "19:00-21:00"),
        ("en", "11-1pm", "11:00-13:00"),
        ("en", "11am-1pm", "11:00-13:00"),
        ("en", "9 a.m.–12 p.m.", "09:00-12:00"),
        ("en", "6pm-8", "18:00-20:00"),
        ("en", "7pm", "19:00"),
        ("en", "7 PM", "19:00"),
        ("en", "7:30 p.m.", "19:30"),
        ("en", "12am", "00:00"),
        ("en", "12 noon", "12:00"),
        ("en", "7 in the evening", "19:00"),
        ("en", "9:00-13:00", "09:00-13:00"),
        ("en", "09:00-10:30", "09:00-10:30"),
        ("es", "de 18:30 a 20:30", "18:30-20:30"),
        ("es", "de 6 a 8 de la tarde", "18:00-20:00"),
        ("es", "6:30 p. m.", "18:30"),
        ("es", "7 de la noche", "19:00"),
        ("fr", "18h30", "18:30"),
        ("fr", "18 h 30", "18:30"),
        ("fr", "19h", "19:00"),
        ("fr", "de 18h30 à 20h30", "18:30-20:30"),
        ("de", "18.30 Uhr", "18:30"),
        ("de", "19 Uhr", "19:00"),
        ("de", "18.30-20.30 Uhr", "18:30-20:30"),
        ("de", "von 18:30 bis 20:30 Uhr", "18:30-20:30"),
        ("de", "7am", "07:00"),
        ("it", "dalle 18.30 alle 20.30", "18:30-20:30"),
        ("pt", "das 18h30 às 20h30", "18:30-20:30"),
        ("ca", "de les 6 a les 8 de la tarda", "18:00-20:00"),
        ("tl", "6:00 hanggang 8:00 ng gabi", "18:00-20:00"),
        ("ko", "오후 7시", "19:00"),
        ("ko", "오후 6시 30분부터 8시 30분까지", "18:30-20:30"),
        ("nl", "van 19.30 tot 21.00 uur", "19:30-21:00"),
        ("xx", "7pm", "19:00"),
    ],
)
def test_finds_a_time(language: str, typed: str, time: str) -> None:
    """The whole of what was typed is the time, wherever it stands in the line."""
    for before, after in (("", ""), ("Library, ", ", room 2"), ("(", ")")):
        words = f"{before}{typed}{after}"
        (found,) = find_times(words, language)
        assert (words[found.start : found.end], found.time, found.doubt) == (typed, time, "")


@pytest.mark.parametrize(
    ("language", "words", "typed", "time", "doubt"),
    [
        ("en", "time: 7", "7", "07:00", HALF),
        ("en", "Time: 3:16", "3:16", "03:16", HALF),
        ("en", "time: 18.30", "18.30", "18:30", ""),
        ("en", "time: 7-9", "7-9", "07:00-09:00", HALF),
        ("en", "time: 11-1", "11-1", "11:00-13:00", HALF),
        ("en", "starts at 7", "7", "07:00", HALF),
        ("en", "at 7 o’clock", "7 o’clock", "07:00", HALF),
        ("en", "6:30-8:30", "6:30-8:30", "06:30-08:30", HALF),
        ("en", "Tuesday 18:30", "18:30", "18:30", ""),
        ("en", "May 12, 2026, 18:30", "18:30", "18:30", ""),
        ("en", "2026-05-12T18:30", "18:30", "18:30", ""),
        ("ko", "2026. 5. 12. 18:30", "18:30", "18:30", ""),
        ("es", "Hora: 18:30", "18:30", "18:30", ""),
        ("es", "a las 19", "19", "19:00", ""),
        ("fr", "heure : 7", "7", "07:00", HALF),
        ("it", "ore 18.30", "18.30", "18:30", ""),
        ("fr", "10 h", "10 h", "10:00", "is it when the meeting begins, or how long it takes?"),
        ("en", "10pm-1am", "10pm-1am", "22:00", "it seems to end before it begins: when does it end?"),
    ],
)
def test_a_label_or_a_date_makes_a_number_a_time(language: str, words: str, typed: str, time: str, doubt: str) -> None:
    """What stands before it says so; what stays open is asked."""
    (found,) = find_times(words, language)
    assert (words[found.start : found.end], found.time, found.is_certain, found.doubt) == (
        typed,
        time,
        not doubt,
        doubt,
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ""),
        ("en", "7"),
        ("en", "7-9"),
        ("en", "3:16"),
        ("en", "18:30"),
        ("en", "John 3:16"),
        ("en", "John 3:16-18"),
        ("en", "3:16-4:2"),
        ("en", "v. 3:15-4:10"),
        ("en", "look at 3:16"),
        ("en", "1.2.34"),
        ("en", "pp. 423-441"),
        ("en", "page 7 to 9"),
        ("en", "chapter 7"),
        ("en", "May 12, 2026 7 people"),
        ("en", "three times 7"),
        ("en", "2026-05-12"),
        ("en", "12.05.2026"),
        ("en", "12/5/26"),
        ("en", "(10 min)"),
        ("en", "2 h"),
        ("en", "2-3 h"),
        ("en", "8 hours a day"),
        ("en", "$7.30"),
        ("en", "12.50-14.75"),
        ("en", "v1.10-1.15"),
        ("en", "ratio 3:20"),
        ("en", "7 amazing wells"),
        ("en", "25:30 pm"),
        ("en", "@7"),
        ("fr", "1h30"),
        ("fr", "2 heures"),
        ("es", "de 3 a 5"),
        ("de", "Kapitel 7 am Brunnen"),
        ("de", "von 3 bis 5"),
    ],
)
def test_takes_nothing_else_for_a_time(language: str, words: str) -> None:
    """Pages, verses, days, durations, prices and versions are no times."""
    assert find_times(words, language) == ()


@given(
    st.text(alphabet="0123456789 .,:/-–apmhtodelsUr시분후오", max_size=40),
    st.sampled_from(["en", "es", "fr", "de", "it", "pt", "ca", "tl", "ko", "nl"]),
)
def test_what_is_found_can_stand_in_a_header(words: str, language: str) -> None:
    """Every time is in the form that the header of a session has, and stands where it says."""
    found = find_times(words, language)
    places = [place for each in found for place in (each.start, each.end)]
    assert places == sorted(places)
    assert all(f"{read_time(each.time).start:%H:%M}" == each.time[:5] for each in found)
