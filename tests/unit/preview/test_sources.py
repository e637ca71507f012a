"""Hint, settle, look: with scripted hints, a given clock and real files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studyguide.preview.settling import CAP_SECONDS, CLOSED_SECONDS, HOLLOW_SECONDS, SETTLE_SECONDS
from studyguide.preview.snapshot import MISSING, changed_paths, take_snapshot
from studyguide.preview.sources import Sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

CLOSED, OPEN, UNHEARD = "closed", "open", "unheard"


class Script:
    """What happens to files and when, and which hints come of it; waiting moves the clock on."""

    def __init__(self, *steps: tuple[float, Path, str | None, str]) -> None:
        """Take the steps: when, which file, its text then (None: it is removed), and the hint of it."""
        self.look_seconds = 1.0
        self.now = 0.0
        self.is_woken = False
        self._steps = sorted(steps, key=lambda step: step[0])

    def clock(self) -> float:
        """Give the time."""
        return self.now

    def watch(self, paths: Iterable[Path]) -> None:
        """Hint at whatever happens."""

    def wake(self) -> None:
        """Let the next waiting end at once."""
        self.is_woken = True

    def wait(self, timeout_seconds: float) -> Mapping[Path, bool]:
        """Let time go on until there is a hint."""
        end = self.now + timeout_seconds
        while not self.is_woken and self._steps and self._steps[0][0] <= end:
            when, path, text, hint = self._steps.pop(0)
            self.now = max(self.now, when)
            if text is None:
                path.unlink(missing_ok=True)
            else:
                path.write_text(text, encoding="utf-8")
            if hint != UNHEARD:
                return {path: hint == CLOSED}
        self.now = self.now if self.is_woken else end
        self.is_woken = False
        return {}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Write a session."""
    path = tmp_path / "a.md"
    path.write_text("deep", encoding="utf-8")
    return path


def follow(script: Script, paths: list[Path], until: float = 10.0) -> list[tuple[float, set[str]]]:
    """Watch paths for so long, and give when which of them changed."""
    sources = Sources(script, clock=script.clock)
    state = sources.watch(paths)
    noticed: list[tuple[float, set[str]]] = []
    while script.now < until:
        new = sources.changes(until - script.now)
        if changed := changed_paths(state, new):
            noticed.append((script.now, {path.name for path in changed}))
        state = new
    return noticed


def at(seconds: float) -> object:
    """Compare times of the clock."""
    return pytest.approx(seconds)


def test_a_whole_save_counts_almost_at_once(file: Path) -> None:
    """Its file was closed, or put in place."""
    assert follow(Script((0.3, file, "dry", CLOSED)), [file]) == [(at(0.3 + CLOSED_SECONDS), {"a.md"})]


def test_an_open_file_counts_when_it_is_quiet(file: Path) -> None:
    """After the last write, so that no half of it is seen."""
    script = Script(*[(0.3 + step / 10, file, "dry " * step, OPEN) for step in range(5)])
    assert follow(script, [file]) == [(at(0.7 + SETTLE_SECONDS), {"a.md"})]


def test_an_open_file_that_is_never_quiet_counts_after_the_cap(file: Path) -> None:
    """Once, and once more when it ends."""
    script = Script(*[(0.3 + step / 10, file, "dry " * step, OPEN) for step in range(13)])
    assert follow(script, [file]) == [(at(0.3 + CAP_SECONDS), {"a.md"}), (at(1.5 + SETTLE_SECONDS), {"a.md"})]


def test_files_that_change_at_once_are_one_change(file: Path) -> None:
    """As in a checkout of another branch."""
    other = file.with_name("b.md")
    script = Script((0.3, file, "dry", CLOSED), (0.304, other, "new", CLOSED), (0.4, file, "rain", CLOSED))
    assert follow(script, [file, other]) == [(at(0.4 + SETTLE_SECONDS), {"a.md", "b.md"})]


def test_files_that_change_one_after_the_other_are_two_changes_at_most(file: Path) -> None:
    """The first one is built at once, since it might have been the only one."""
    others = [file.with_name(f"{number}.md") for number in range(5)]
    script = Script(*[(0.3 + step / 50, each, "new", CLOSED) for step, each in enumerate([file, *others])])
    first, rest = follow(script, [file, *others])
    assert first == (at(0.3 + CLOSED_SECONDS), {"a.md"})
    assert rest == (at(0.4 + SETTLE_SECONDS), {each.name for each in others})


def test_a_file_that_is_emptied_first_is_never_seen_empty(file: Path) -> None:
    """The program writes it soon after."""
    script = Script((0.3, file, "", CLOSED), (0.5, file, "dry", CLOSED))
    assert follow(script, [file]) == [(at(0.5 + CLOSED_SECONDS), {"a.md"})]


def test_a_file_that_is_removed_first_and_written_as_it_was_is_no_change(file: Path) -> None:
    """Nothing has become different."""
    script = Script((0.3, file, None, OPEN), (0.5, file, "deep", CLOSED))
    assert follow(script, [file]) == []


@pytest.mark.parametrize(("text", "hint"), [("", CLOSED), (None, OPEN)])
def test_a_file_that_stays_empty_or_missing_counts_after_a_while(file: Path, text: str | None, hint: str) -> None:
    """That is what the author wants, then."""
    assert follow(Script((0.3, file, text, hint)), [file]) == [(at(0.3 + HOLLOW_SECONDS), {"a.md"})]


def test_a_hint_without_a_change_is_no_change(file: Path) -> None:
    """Touched, or saved as it was."""
    assert follow(Script((0.3, file, "deep", CLOSED), (0.6, file, "deep", OPEN)), [file]) == []


def test_a_change_without_a_hint_is_found_by_looking(file: Path) -> None:
    """Within a look's time, and when it is quiet."""
    assert follow(Script((0.3, file, "dry", UNHEARD)), [file]) == [(at(1.0 + SETTLE_SECONDS), {"a.md"})]


def test_what_is_found_by_looking_counts_when_two_looks_agree(file: Path) -> None:
    """Where no hints come, a file that is still being written is seen to change."""
    script = Script(*[(0.9 + step / 10, file, "dry " * step, UNHEARD) for step in range(6)])
    assert follow(script, [file]) == [(at(1.0 + 4 * SETTLE_SECONDS), {"a.md"})]


def test_a_save_that_settles_while_a_look_is_due_counts_as_early(file: Path) -> None:
    """Looking puts nothing off."""
    save = 1.0 - CLOSED_SECONDS / 2
    assert follow(Script((save, file, "dry", CLOSED)), [file]) == [(at(save + CLOSED_SECONDS), {"a.md"})]


def test_the_time_is_over_when_nothing_happens(file: Path) -> None:
    """And the state is given as it is."""
    script = Script()
    sources = Sources(script, clock=script.clock)
    state = sources.watch([file])
    assert changed_paths(state, sources.changes(2.5)) == frozenset()
    assert script.now == at(2.5)


def test_it_can_be_woken_and_forgets_nothing(file: Path) -> None:
    """What has begun to settle counts the next time."""
    script = Script((0.0, file, "dry", CLOSED))
    sources = Sources(script, clock=script.clock)
    state = sources.watch([file])
    sources.wake()
    assert changed_paths(state, sources.changes(5.0)) == frozenset()
    assert script.now == 0.0
    assert changed_paths(state, sources.changes(5.0)) == {file}


def test_what_is_watched_anew_is_given_as_it_is_now(file: Path) -> None:
    """What changed before is not given a second time."""
    script = Script()
    sources = Sources(script, clock=script.clock)
    before = sources.watch([file])
    file.write_text("dry", encoding="utf-8")
    other = file.with_name("b.md")
    after = sources.watch([file, other])
    assert changed_paths(before, after) >= {file}
    assert after.digest_of(other) == MISSING
    assert changed_paths(after, sources.changes(3.0)) == frozenset()


STEPS = st.lists(
    st.tuples(
        st.floats(0.0, 5.0),
        st.sampled_from(["a.md", "b.md", "c.md"]),
        st.sampled_from(["", "deep", "dry!", "rain", None]),
        st.sampled_from([CLOSED, OPEN, UNHEARD]),
    ),
    max_size=12,
)


@given(steps=STEPS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_the_last_state_is_the_true_one(
    tmp_path: Path, steps: list[tuple[float, str, str | None, str]]
) -> None:
    """With hints lost and files half written, emptied and removed in any order."""
    paths = [tmp_path / name for name in ("a.md", "b.md", "c.md")]
    for path in paths:
        path.unlink(missing_ok=True)
    script = Script(*[(when, tmp_path / name, text, hint) for when, name, text, hint in steps])
    sources = Sources(script, clock=script.clock)
    state = sources.watch(paths)
    while script.now < 9.0:
        state = sources.changes(9.0 - script.now)
    assert changed_paths(state, take_snapshot(paths)) == frozenset()
    assert set(tmp_path.iterdir()) == {path for path in paths if state.digest_of(path) != MISSING}
