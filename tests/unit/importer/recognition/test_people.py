"""Names in lists, names that open a line, and words that name nobody."""

from __future__ import annotations

import pytest

from studyguide.importer.notes import Mark, MarkKind, NoteLine
from studyguide.importer.recognition.people import (
    People,
    find_bold_speaker,
    find_speaker,
    is_name,
    read_people,
)

GROUP = People(names=("Dana Cruz", "Mo Jarrah", "Ana Ruiz", "Ana Sol"), initials={"DC": "Dana Cruz"})


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("Ana, Ben and Chidi", ("Ana", "Ben", "Chidi")),
        ("Ana & Ben", ("Ana", "Ben")),
        ("Ana; Ben", ("Ana", "Ben")),
        ("José María, Íñigo y Paco de la Torre", ("José María", "Íñigo", "Paco de la Torre")),
        ("Jörg und Frau Dr. Petersen", ("Jörg", "Frau Dr. Petersen")),
        ("Maëlys et M. Le Goff", ("Maëlys", "M. Le Goff")),
        ("박서연, 이준호", ("박서연", "이준호")),
        ("@Ana, @Ben", ("Ana", "Ben")),
        ("Ana (host), Ben", ("Ana", "Ben")),
        ("Siobhán O’Neil", ("Siobhán O’Neil",)),
        ("Ana, Ana", ("Ana",)),
    ],
)
def test_reads_lists_of_names(typed: str, names: tuple[str, ...]) -> None:
    """In any language, with what stands in brackets left aside."""
    people = read_people(typed)
    assert people is not None
    assert people.names == names


@pytest.mark.parametrize(
    "typed", ["", "all of us", "Ana and the others", "12 people", "Ana, who was late", "see below"]
)
def test_reads_no_other_words_as_names(typed: str) -> None:
    """One word that is no name spoils the list."""
    assert read_people(typed) is None


def test_learns_initials() -> None:
    """Those in brackets, and those of whole names when they are nobody else's."""
    people = read_people("Dana Cruz (DC), Mo Jarrah, Max Jones")
    assert people is not None
    assert people.find("DC") == "Dana Cruz"
    assert people.find("MJ") == ""


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("Dana", "Dana Cruz"),
        ("dana cruz", "Dana Cruz"),
        ("@Mo", "Mo Jarrah"),
        ("DC", "Dana Cruz"),
        ("Ana", ""),
        ("Cruz", ""),
        ("Li", ""),
    ],
)
def test_finds_whom_a_word_means(word: str, name: str) -> None:
    """Nobody, when it could be two."""
    assert GROUP.find(word) == name


@pytest.mark.parametrize("words", ["Ana", "Ruben van der Berg", "Mrs. Pemberton-Hale", "李", "Ọlá", "D’Souza"])
def test_knows_names(words: str) -> None:
    """Capitals, or a script without them."""
    assert is_name(words)


@pytest.mark.parametrize(
    "words", ["ana", "Note", "Question", "the rope", "Ana said that", "What", "Ana1, Ben", "Pregunta", "A B C D E F"]
)
def test_knows_what_is_no_name(words: str) -> None:
    """Labels and sentences."""
    assert not is_name(words)


@pytest.mark.parametrize(
    ("words", "name", "rest"),
    [
        ("Li: passes", "Li", "passes"),
        ("Dana: passes", "Dana Cruz", "passes"),
        ("DC: passes", "Dana Cruz", "passes"),
        ("Mo - passes", "Mo Jarrah", "passes"),
        ("Mo – passes", "Mo Jarrah", "passes"),
        ("이준호: 다음에", "이준호", "다음에"),
        ("Jean-Baptiste : passe", "Jean-Baptiste", "passe"),
        ("Dana (late): passes", "Dana Cruz", "(late): passes"),
    ],
)
def test_finds_who_says_a_line(words: str, name: str, rest: str) -> None:
    """A colon after a name, or a dash after a known one; what stands in brackets stays."""
    speaker = find_speaker(words, GROUP)
    assert speaker is not None
    assert (speaker.name, words[speaker.length :].strip()) == (name, rest)


@pytest.mark.parametrize(
    "words",
    [
        "Note: bring a pail",
        "Li - passes",
        "the rope: long",
        "https://example.org",
        "Two things matter here today: rope and pail",
        "Q: who owns it?",
        "Ana",
    ],
)
def test_finds_no_speaker_in_other_lines(words: str) -> None:
    """Labels, addresses, sentences, and a dash after somebody unknown."""
    assert find_speaker(words, GROUP) is None


@pytest.mark.parametrize(
    ("words", "end", "found"),
    [("Li passes", 2, "Li"), ("Li: passes", 3, "Li"), ("Dana. Passes", 4, "Dana Cruz"), ("the rope", 8, None)],
)
def test_bold_opens_a_turn_without_a_colon(words: str, end: int, found: str | None) -> None:
    """When it is a name."""
    line = NoteLine(number=1, words=words, marks=(Mark(start=0, end=end, kind=MarkKind.STRONG),))
    speaker = find_bold_speaker(line, GROUP)
    assert (speaker.name if speaker is not None else None) == found
