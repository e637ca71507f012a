"""When a change counts: events as they come, and the clock that says when."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from studyguide.preview.settling import CAP_SECONDS, CLOSED_SECONDS, HOLLOW_SECONDS, SETTLE_SECONDS, Settling

A, B = Path("a.md"), Path("b.md")


def test_nothing_is_due_when_nothing_happened() -> None:
    """Nobody need look before something was heard of."""
    settling = Settling()
    settling.note({}, 5.0)
    assert settling.due_at == math.inf
    assert not settling.hints


@pytest.mark.parametrize(
    ("events", "due_at"),
    [
        ([(1.0, {A: True})], 1.0 + CLOSED_SECONDS),
        ([(1.0, {A: False})], 1.0 + SETTLE_SECONDS),
        ([(1.0, {A: False}), (1.1, {A: True})], 1.1 + CLOSED_SECONDS),
        ([(1.0, {A: True}), (1.005, {A: False})], 1.005 + SETTLE_SECONDS),
        ([(1.0, {A: True}), (1.005, {B: True})], 1.005 + SETTLE_SECONDS),
        ([(1.0, {A: True, B: True})], 1.0 + SETTLE_SECONDS),
        ([(1.0 + step / 10, {A: False}) for step in range(20)], 1.0 + CAP_SECONDS),
        ([(1.0 + step / 10, {B: True, A: True}) for step in range(20)], 1.0 + CAP_SECONDS),
    ],
    ids=["whole", "open", "closed at last", "opened again", "two", "two at once", "endless", "endlessly many"],
)
def test_it_is_due_when_it_has_been_quiet(events: list[tuple[float, dict[Path, bool]]], due_at: float) -> None:
    """At once after a whole save, later while a file is open or several change, and never later than the cap."""
    settling = Settling()
    for now, hints in events:
        settling.note(hints, now)
    assert settling.due_at == pytest.approx(due_at)


def test_a_file_that_became_hollow_is_doubted_once() -> None:
    """What is empty or gone counts after a longer time, if nothing more is heard."""
    settling = Settling()
    settling.note({A: True}, 1.0)
    assert not settling.counts(now=1.01, is_changing=False, has_hollowed=True)
    assert settling.due_at == pytest.approx(1.0 + HOLLOW_SECONDS)
    assert settling.counts(now=1.3, is_changing=False, has_hollowed=True)


def test_a_doubt_ends_with_the_next_save() -> None:
    """The file is being written again: as soon as it is closed, it is looked at."""
    settling = Settling()
    settling.note({A: True}, 1.0)
    assert not settling.counts(now=1.01, is_changing=False, has_hollowed=True)
    settling.note({A: True}, 1.1)
    assert settling.due_at == pytest.approx(1.1 + CLOSED_SECONDS)
    assert settling.counts(now=1.11, is_changing=False, has_hollowed=False)


def test_what_changes_from_look_to_look_does_not_count_before_the_cap() -> None:
    """Where nobody says that a file is open, two looks have to agree."""
    settling = Settling()
    settling.note({A: False}, 1.0)
    assert not settling.counts(now=1.15, is_changing=True, has_hollowed=False)
    assert settling.due_at == pytest.approx(1.15 + SETTLE_SECONDS)
    assert settling.counts(now=1.0 + CAP_SECONDS, is_changing=True, has_hollowed=False)


def test_what_counts_is_forgotten() -> None:
    """The next change starts anew."""
    settling = Settling()
    settling.note({A: False}, 1.0)
    settling.clear(2.0)
    assert settling.due_at == math.inf
    settling.note({B: True}, 9.0)
    assert settling.due_at == pytest.approx(9.0 + CLOSED_SECONDS)
    assert list(settling.hints) == [B]


def test_what_follows_soon_belongs_together() -> None:
    """A program that goes through many files slowly gives two changes, not one for each file."""
    settling = Settling()
    settling.note({A: True}, 1.0)
    settling.clear(1.01)
    settling.note({B: True}, 1.05)
    assert settling.due_at == pytest.approx(1.05 + SETTLE_SECONDS)
