"""Plain text as lines: which ones go on with the one before, and how deep an item stands."""

from __future__ import annotations

import pytest

from studyguide.importer.intake.plain_text import read_plain_text
from studyguide.importer.notes import Bullet, LineKind


def depths(text: str) -> list[tuple[int, str]]:
    """List depth and words of the lines of a text."""
    return [(line.depth, line.words) for line in read_plain_text(text).lines]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a\n  - b\n    - c\n- d", [(1, "a"), (2, "b"), (3, "c"), (1, "d")]),
        ("- a\n\t- b\n\t\t- c\n\t- d", [(1, "a"), (2, "b"), (3, "c"), (2, "d")]),
        ("• a\n◦ b\n◦ c\n• d", [(1, "a"), (2, "b"), (2, "c"), (1, "d")]),
        ("• a\n  ◦ b\n    ▪ c\n• d", [(1, "a"), (2, "b"), (3, "c"), (1, "d")]),
        ("1. a\n- b\n2. c", [(1, "a"), (2, "b"), (1, "c")]),
        ("1. a\n   a) b\n      i. c", [(1, "a"), (2, "b"), (3, "c")]),
        ("    * a\n        * b", [(1, "a"), (2, "b")]),
        ("o a\no b", [(0, "o a"), (0, "o b")]),
        ("- a\no b\no c", [(1, "a"), (2, "b"), (2, "c")]),
    ],
)
def test_finds_how_deep_items_stand(text: str, expected: list[tuple[int, str]]) -> None:
    """By their column, and in one column by their shape."""
    assert depths(text) == expected


def test_counts_lines_as_the_file_does() -> None:
    """Blank lines count, and are gaps."""
    lines = read_plain_text("Wells\n\n\n- a\n").lines
    assert [(line.number, line.gap) for line in lines] == [(1, 0), (4, 2)]


def test_joins_the_lines_that_a_program_broke() -> None:
    """Where lines are broken at one column, what goes on is joined."""
    text = (
        "The rope belongs to the house at the corner, and the pail belongs\n"
        "to whoever came last, so that somebody always has to wait for the\n"
        "other before anybody can draw a drop of water from the old deep\n"
        "well."
    )
    assert len(depths(text)) == 1


def test_does_not_join_short_lines() -> None:
    """Lines that had room for more were ended on purpose."""
    assert depths("the rope\nand the pail\nand the rim") == [(0, "the rope"), (0, "and the pail"), (0, "and the rim")]


@pytest.mark.parametrize("place", ["p. 99", "(p. 99)", "S. 99", "pp. 99-101", "[p. 99]"])
def test_a_page_alone_belongs_to_the_item_above(place: str) -> None:
    """People break a line before the page."""
    assert depths(f"- “Nobody owns the rain”\n{place}\n- b") == [(1, f"“Nobody owns the rain” {place}"), (1, "b")]


@pytest.mark.parametrize("text", ["- a\n\np. 99", "- a\nsee p. 99 for more", "the rain\np. 99"])
def test_a_page_apart_stays_a_line(text: str) -> None:
    """After a blank line, in a sentence, or under running text it is no end of an item."""
    assert len(depths(text)) == 2


@pytest.mark.parametrize(
    ("text", "kind", "level"),
    [
        ("# Wells", LineKind.HEADING, 1),
        ("### Wells ###", LineKind.HEADING, 3),
        ("Wells\n=====", LineKind.HEADING, 1),
        ("Wells\n-----", LineKind.HEADING, 2),
        ("> Wells", LineKind.QUOTE, 0),
        ("Wells", LineKind.TEXT, 0),
        ("#wells", LineKind.TEXT, 0),
    ],
)
def test_tells_headings_and_quotes(text: str, kind: LineKind, level: int) -> None:
    """A tag is no heading."""
    line = next(each for each in read_plain_text(f"{text}\n\nmore\n\nand more").lines if each.words.endswith("ells"))
    assert (line.kind, line.level) == (kind, level)


def test_a_quoted_mail_loses_its_marks() -> None:
    """When nearly all lines begin with one, it says nothing."""
    assert [each.kind for each in read_plain_text("> a b\n> c d\n>\n> e f").lines] == [LineKind.TEXT] * 3


def test_a_day_opens_no_item() -> None:
    """`12. Mai 2026` is one line of running text."""
    assert depths("Lesekreis\n12. Mai 2026, 19 Uhr") == [(0, "Lesekreis"), (0, "12. Mai 2026, 19 Uhr")]


@pytest.mark.parametrize(
    "stamp", ["[18:32]", "[6:32 PM]", "[12/05/2026, 18:32:11]", "12/05/2026, 18:32 -", "[12.05.26, 18:32]"]
)
def test_takes_the_times_off_a_chat(stamp: str) -> None:
    """They are reported, and who speaks opens the line."""
    notes = read_plain_text(f"{stamp} Ana: who\n{stamp} Ben: me\n{stamp} Ana: good\nreally")
    assert [line.words for line in notes.lines] == ["Ana: who", "Ben: me", "Ana: good", "really"]
    assert [loss.what for loss in notes.losses] == ["the times of messages"]
    assert notes.losses[0].words.count(stamp) == 3


@pytest.mark.parametrize(
    "text", ["[18:32] Ana: who\n[18:33] Ben: me", "[18] a\n[18] b\n[19] c", "18:30 a\n19:00 b\n20:00 c"]
)
def test_other_times_stay(text: str) -> None:
    """Two messages are no chat, footnotes are no times, and an agenda has no brackets."""
    notes = read_plain_text(text)
    assert notes.losses == ()
    assert [line.words for line in notes.lines] == text.split("\n")


def test_an_item_may_have_further_paragraphs() -> None:
    """An indented paragraph after a blank line has the item's depth and no bullet."""
    lines = read_plain_text("- a\n\n  Then more.\n\nOutside.").lines
    assert [(line.depth, line.bullet) for line in lines] == [(1, Bullet.POINT), (1, Bullet.NONE), (0, Bullet.NONE)]
