"""Which LuaTeX it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studyguide.engine.version import UNKNOWN_VERSION, find_version

if TYPE_CHECKING:
    from pathlib import Path

WORDS = "This is LuaHBTeX, Version 1.15.0 (TeX Live 2022/Debian)"


def never() -> str | None:
    """Fail when the engine is asked."""
    raise AssertionError


@pytest.fixture
def engine(tmp_path: Path) -> Path:
    """Give a file that stands for an engine."""
    path = tmp_path / "lualatex"
    path.write_text("one")
    return path


def test_an_engine_is_asked_once(engine: Path, tmp_path: Path) -> None:
    """Its answer is kept for as long as the program is the same."""
    assert find_version(engine, tmp_path, lambda: WORDS) == (1, 15)
    assert find_version(engine, tmp_path, never) == (1, 15)


def test_another_engine_is_asked_again(engine: Path, tmp_path: Path) -> None:
    """An upgrade changes the program, and the answer."""
    find_version(engine, tmp_path, lambda: WORDS)
    engine.write_text("another")

    assert find_version(engine, tmp_path, lambda: "Version 1.18.0") == (1, 18)


def test_a_damaged_record_is_asked_anew(engine: Path, tmp_path: Path) -> None:
    """What was kept may be anything."""
    (tmp_path / "version.json").write_text('{"version": 7}')

    assert find_version(engine, tmp_path, lambda: WORDS) == (1, 15)


@pytest.mark.parametrize("words", [None, "", "I am an engine"])
def test_an_engine_that_does_not_tell_is_taken_for_a_new_one(engine: Path, tmp_path: Path, words: str | None) -> None:
    """The rules of new engines work with all."""
    assert find_version(engine, tmp_path, lambda: words) == UNKNOWN_VERSION


def test_without_room_for_the_answer_it_is_given_all_the_same(engine: Path, tmp_path: Path) -> None:
    """A full disk does not stop a build here."""
    assert find_version(engine, tmp_path / "missing", lambda: WORDS) == (1, 15)


def test_an_engine_that_is_gone_is_taken_for_a_new_one(tmp_path: Path) -> None:
    """It will fail later, with its own message."""
    assert find_version(tmp_path / "missing", tmp_path, never) == UNKNOWN_VERSION
