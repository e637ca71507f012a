"""What opens an item, in every shape that people type, and what only looks like it."""

from __future__ import annotations

import pytest

from studyguide.importer.bullets import find_opening, join_openings
from studyguide.importer.notes import Bullet


@pytest.mark.parametrize(
    ("typed", "bullet", "label", "rest"),
    [
        ("- the rota", Bullet.POINT, "", "the rota"),
        ("-the rota", Bullet.POINT, "", "the rota"),
        ("* the rota", Bullet.POINT, "", "the rota"),
        ("+ the rota", Bullet.POINT, "", "the rota"),
        ("– the rota", Bullet.POINT, "", "the rota"),
        ("— the rota", Bullet.POINT, "", "the rota"),
        ("•the rota", Bullet.POINT, "", "the rota"),
        ("◦  the rota", Bullet.POINT, "", "the rota"),
        ("▪\tthe rota", Bullet.POINT, "", "the rota"),
        ("☐ the rota", Bullet.POINT, "", "the rota"),
        ("o\tthe rota", Bullet.POINT, "", "the rota"),
        ("o  the rota", Bullet.POINT, "", "the rota"),
        ("1. the rota", Bullet.NUMBER, "1", "the rota"),
        ("12) the rota", Bullet.NUMBER, "12", "the rota"),
        ("(3) the rota", Bullet.NUMBER, "3", "the rota"),
        ("1.) the rota", Bullet.NUMBER, "1", "the rota"),
        ("a) the rota", Bullet.LETTER, "a", "the rota"),
        ("B) the rota", Bullet.LETTER, "B", "the rota"),
        ("iv. the rota", Bullet.LETTER, "iv", "the rota"),
    ],
)
def test_finds_what_opens_an_item(typed: str, bullet: Bullet, label: str, rest: str) -> None:
    """The kind, the label without its mark, and where the words begin."""
    opening = find_opening(typed)
    assert opening is not None
    assert (opening.bullet, opening.label, typed[opening.length :]) == (bullet, label, rest)


@pytest.mark.parametrize(
    "typed",
    [
        "the rota",
        "o what a rota",
        "-5 degrees at the well",
        "(430) is where it stands",
        "1962 was dry",
        "2.",
        "B. Kamau keeps the key",
        "— p. 430",
        "– (S. 14)",
        "*the rota*",
        "12. Mai 2026, 19 Uhr",
        "1. März",
        "30. Mai: Ausflug zum Brunnen",
        "3. Okt. 2026",
    ],
)
def test_takes_no_running_text_for_an_item(typed: str) -> None:
    """Numbers, initials, days, emphasis and the source of a quotation open nothing."""
    assert find_opening(typed) is None


@pytest.mark.parametrize("typed", ["1. May we draw after dark?", "32. Mai ist kein Tag", "2. Mainly the rope"])
def test_a_number_before_other_words_is_an_item(typed: str) -> None:
    """Only what can be a German day is one."""
    opening = find_opening(typed)
    assert opening is not None
    assert opening.bullet is Bullet.NUMBER


def test_a_single_o_is_a_point_only_among_items() -> None:
    """With one space after it, it may be a sigh."""
    assert find_opening("o the rota") is None
    assert find_opening("o the rota", is_in_list=True) is not None


def test_a_number_of_several_levels_stays_in_the_words() -> None:
    """Markdown has no such numbers."""
    opening = find_opening("3.1 Dr. Obi opened")
    assert opening is not None
    assert (opening.bullet, opening.length) == (Bullet.POINT, 0)


@pytest.mark.parametrize(
    ("typed", "bullet", "label", "rest"),
    [
        ("• a) the rota", Bullet.LETTER, "a", "the rota"),
        ("- 2. the rota", Bullet.NUMBER, "2", "the rota"),
        ("- [ ] the rota", Bullet.POINT, "", "the rota"),
        ("* [] the rota", Bullet.POINT, "", "the rota"),
        ("- [x] the rota", Bullet.POINT, "", "[x] the rota"),
        ("- - the rota", Bullet.POINT, "", "- the rota"),
        ("• 427 pails", Bullet.POINT, "", "427 pails"),
    ],
)
def test_joins_a_point_with_what_follows_it(typed: str, bullet: Bullet, label: str, rest: str) -> None:
    """A label or an empty box after a point belongs to the opening; a tick says something and stays."""
    opening = find_opening(typed)
    assert opening is not None
    joined = join_openings(typed, opening)
    assert (joined.bullet, joined.label, typed[joined.length :]) == (bullet, label, rest)
