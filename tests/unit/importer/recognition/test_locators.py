"""Page references as people type them, and numbers that are none."""

from __future__ import annotations

import pytest

from studyguide.importer.draft import Certainty
from studyguide.importer.recognition.locators import PagesKnown, find_locators, learn_pages

KNOWN = PagesKnown(first=10, last=500, has_verses=False)
NOTHING = PagesKnown(first=0, last=0, has_verses=False)
VERSES = PagesKnown(first=0, last=0, has_verses=True)


def places(words: str, known: PagesKnown = KNOWN) -> list[str]:
    """List what is found in a line."""
    return [each.locator for each in find_locators(words, known)]


@pytest.mark.parametrize(
    ("typed", "locator"),
    [
        ("the rope (p. 42)", "p. 42"),
        ("the rope (P42)", "p. 42"),
        ("the rope, pg. 42", "p. 42"),
        ("the rope p42", "p. 42"),
        ("the rope, page 42", "p. 42"),
        ("the rope (pp. 42-44)", "pp. 42-44"),
        ("the rope (pp. 42–44)", "pp. 42-44"),
        ("the rope, pages 42 to 44", "pp. 42-44"),
        ("the rope (p. 42, 44)", "pp. 42, 44"),
        ("the rope (pp. 42 and 44)", "pp. 42, 44"),
        ("the rope (p. xii)", "p. xii"),
        ("the rope (42)", "p. 42"),
        ("la cuerda (pág. 42)", "p. 42"),
        ("la cuerda, págs. 42 y 43", "pp. 42, 43"),
        ("la corde (p. 42)", "p. 42"),
        ("la corde, p. 42 sq.", "pp. 42-43"),
        ("la corde, p. 42 sqq.", "p. 42"),
        ("la corde, p. 42 et suiv.", "p. 42"),
        ("das Seil (S. 42)", "p. 42"),
        ("das Seil, Seite 42", "p. 42"),
        ("das Seil (S. 42 f.)", "pp. 42-43"),
        ("das Seil (S. 42f.)", "pp. 42-43"),
        ("das Seil (S. 42 ff.)", "p. 42"),
        ("das Seil (S. 42-44 f.)", "pp. 42-45"),
        ("줄은 42쪽", "p. 42"),
        ("줄은 (42~44쪽)", "pp. 42-44"),
        ("the rope (ch. 3)", "ch. 3"),
        ("das Seil (Kap. 3)", "ch. 3"),
        ("the rope (loc. 1204)", "loc. 1204"),
        ("the rope (§ 12)", "§ 12"),
        ("“Nobody owns the rain” 42", "p. 42"),
        ("p. 42: “Nobody owns the rain”", "p. 42"),
        ("42 “Nobody owns the rain”", "p. 42"),
        ("From 42 on it is tables", "p. 42"),
        ("the vote, engine running, 88-9", "pp. 88-9"),
    ],
)
def test_writes_every_form_in_one(typed: str, locator: str) -> None:
    """In the canonical form of the session format."""
    assert places(typed) == [locator]


@pytest.mark.parametrize(
    "typed",
    [
        "the drought of 1962",
        "(1962)",
        "we began at 7:15",
        "5 p.m. next time",
        "12 of the 20 pails",
        "round 2 begins",
        "at https://example.org/p/42",
        "a step 42 feet down",
        "CO2 42",
        "there are Rs 42 left in the tin",
        "the score was 3-1",
        "an A4 sheet",
        "“a term” 42 feet long",
        "S wie Seil",
        "p. m. or a. m.",
    ],
)
def test_takes_no_other_number_for_a_page(typed: str) -> None:
    """Years, times, counts, measures and addresses; pages in an address are left to whoever writes the line."""
    found = [each for each in find_locators(typed, KNOWN) if "://" not in typed]
    assert [each.locator for each in found] == []


@pytest.mark.parametrize("typed", ["the rope (42)", "From 42 on", "the vote, 42-44"])
def test_a_bare_number_is_a_page_only_near_those_that_are_named(typed: str) -> None:
    """Where nothing is known, or the number is far away, it stays a number."""
    assert len(places(typed)) == 1
    assert places(typed, NOTHING) == []
    assert places(typed, PagesKnown(first=900, last=950, has_verses=False)) == []


@pytest.mark.parametrize(
    ("typed", "locator"),
    [
        ("(3:16)", "v. 3:16"),
        ("3:16 “the rope”", "v. 3:16"),
        ("vv. 4-6", "vv. 4-6"),
        ("v. 3:4 “the rope”", "v. 3:4"),
        ("1.2.34", "v. 1.2.34"),
    ],
)
def test_finds_verses_where_the_notes_cite_them(typed: str, locator: str) -> None:
    """Chapter and verse, act, scene and line."""
    assert places(typed, VERSES) == [locator]


def test_a_time_is_no_verse() -> None:
    """A number with a colon in a sentence is a time of the day."""
    assert places("we began at 7:15 and lost ten minutes", VERSES) == []


@pytest.mark.parametrize(
    ("typed", "certainty"),
    [
        ("“a b c d” (p. 42)", Certainty.SURE),
        ("the rope p42 was long", Certainty.LIKELY),
        ("the vote, 88-9", Certainty.UNSURE),
        ("Summarize 42", Certainty.UNSURE),
    ],
)
def test_says_how_sure_it_is(typed: str, certainty: Certainty) -> None:
    """What was guessed is asked."""
    assert [each.certainty for each in find_locators(typed, KNOWN)] == [certainty]


@pytest.mark.parametrize("typed", ["the rope p42", "“a b” (p. 42).", "p. 42: “a”", "S. 42 ff., wird", "(see p. 42)"])
def test_says_where_a_reference_stands(typed: str) -> None:
    """The stretch holds its number and never a letter of the next word."""
    (found,) = find_locators(typed, KNOWN)
    assert "42" in typed[found.start : found.end]
    assert typed[found.end : found.end + 1] in {"", ".", ",", "“"}


def test_learns_the_pages_that_are_named() -> None:
    """Only those with a label."""
    assert learn_pages(["p. 42", "pp. 50-61", "the drought of 1962", "(7)"]) == PagesKnown(
        first=42, last=61, has_verses=False
    )
    assert learn_pages(["(3:16) and", "v. 3:4"]).has_verses
