"""The head of notes: each fact in its field, and what says more is kept."""

from __future__ import annotations

import datetime

import pytest

from studyguide.importer.notes import NoteLine
from studyguide.importer.recognition.head import Head, HeadReading

TODAY = datetime.date(2026, 6, 30)


def read_head(*lines: str, language: str = "en") -> Head:
    """Read lines as a head."""
    reading = HeadReading(language=language, reference=TODAY)
    for number, words in enumerate(lines, 1):
        reading.read(NoteLine(number=number, words=words))
    return reading.finish("")


def fields_of(head: Head) -> dict[str, str | tuple[str, ...]]:
    """Give the fields by name."""
    return {each.name: each.value for each in head.fields}


def test_reads_a_head_with_labels() -> None:
    """Everything has its place."""
    head = read_head(
        "Title: Who keeps the water",
        "Session: 4",
        "Date: 12 May 2026, 18:30-20:30",
        "Place: the library",
        "Present: Ana, Ben",
        "Summary by Ana",
        "Book: The Well by Rosa Imaginary, pp. 4-20",
        "Group: Riverside",
    )
    assert fields_of(head) == {
        "title": "Who keeps the water",
        "label": "Session 4",
        "date": "2026-05-12",
        "time": "18:30-20:30",
        "place": "the library",
        "summary-by": "Ana",
        "participants": ("Ana", "Ben"),
        "pages": "4-20",
    }
    assert (head.book, head.authors, head.group) == ("The Well", ("Rosa Imaginary",), "Riverside")


def test_reads_a_head_without_labels() -> None:
    """By what each line looks like."""
    head = read_head(
        "Riverside Reading Group",
        "Section VII: Who keeps the water",
        "May 12, 2026, 6:30 PM, Branch library",
        "The Well by Rosa Imaginary",
    )
    assert fields_of(head) == {
        "title": "Who keeps the water",
        "label": "Section VII",
        "date": "2026-05-12",
        "time": "18:30",
        "place": "Branch library",
    }
    assert (head.book, head.group) == ("The Well", "Riverside Reading Group")


@pytest.mark.parametrize(
    ("line", "language", "date"),
    [
        ("12. Mai 2026, 19 Uhr, Hinterzimmer", "de", "2026-05-12"),
        ("Réunion du mardi 12 mai 2026 à 19 h, salle des associations", "fr", "2026-05-12"),
        ("Fecha: 12 de mayo de 2026", "es", "2026-05-12"),
        ("Tuesday, March 17th, 2026", "en", "2026-03-17"),
    ],
)
def test_reads_days(line: str, language: str, date: str) -> None:
    """In any language."""
    assert fields_of(read_head(line, language=language))["date"] == date


@pytest.mark.parametrize(
    "line",
    ["Meeting notes", "FACILITATOR’S PLAN", "Facilitator’s plan", "Protokoll", "ACTA", "Agenda", "Session outline"],
)
def test_what_the_paper_is_is_no_title(line: str) -> None:
    """It says nothing of the evening."""
    assert "title" not in fields_of(read_head(line, "12 May 2026"))


def test_a_place_beside_a_day_is_no_title() -> None:
    """Even where no line is the title."""
    assert fields_of(read_head("21 May 2026, 7-8:45 pm, St. Brigid’s hall")).get("title") is None


def test_what_a_line_says_beyond_its_field_is_kept() -> None:
    """So that no word is lost."""
    head = read_head("fifth of six meetings, typed by Cormac", "Title: Wells")
    assert fields_of(head)["summary-by"] == "Cormac"
    assert head.kept == ("fifth of six meetings, typed by Cormac",)


def test_a_label_with_a_sentence_is_no_field() -> None:
    """Nobody of that name was there."""
    head = read_head("Present: all of us and the dog", "Date: soon")
    assert head.fields == () or set(fields_of(head)) <= {"title"}
