"""Private folders, and those that a killed run has left."""

from __future__ import annotations

import stat
import tempfile
from typing import TYPE_CHECKING

import pytest

from studyguide.engine.private_folders import PrivateFolders
from studyguide.errors import EngineCrashed

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def folder_for_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder in which the system keeps what is not to last."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_nobody_else_may_look_into_them(folder_for_all: Path) -> None:
    """The run's folder and every folder in it are the owner's alone."""
    folders = PrivateFolders()
    made = [folders.make(), folders.make()]
    assert {stat.S_IMODE(each.stat().st_mode) for each in (*made, *folder_for_all.iterdir())} == {0o700}
    assert made[0] != made[1]


def test_when_the_run_is_over_nothing_is_left(folder_for_all: Path) -> None:
    """However often that is said."""
    folders = PrivateFolders()
    (folders.make() / "doc.pdf").touch()
    folders.remove()
    folders.remove()
    assert list(folder_for_all.iterdir()) == []


def test_what_a_killed_run_has_left_is_removed(folder_for_all: Path) -> None:
    """Its lock went with it."""
    (folder_for_all / "studyguide-killed").mkdir()
    (folder_for_all / "studyguide-killed" / "lock").touch()
    PrivateFolders().remove()
    assert list(folder_for_all.iterdir()) == []


def test_a_run_that_is_alive_keeps_its_folders() -> None:
    """Two builds at once do not disturb each other."""
    alive = PrivateFolders()
    folder = alive.make()
    PrivateFolders().remove()
    assert folder.is_dir()
    alive.remove()


def test_what_only_looks_like_a_run_is_left_alone(folder_for_all: Path) -> None:
    """A folder without a lock, a file, a link."""
    (folder_for_all / "studyguide-notes").mkdir()
    (folder_for_all / "studyguide-file").touch()
    (folder_for_all / "studyguide-link").symlink_to("/")
    PrivateFolders().remove()
    assert len(list(folder_for_all.iterdir())) == 3


def test_no_room_is_said_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the place."""
    monkeypatch.setattr(tempfile, "tempdir", "/does/not/exist")
    with pytest.raises(
        EngineCrashed, match="TeX's folder /does/not/exist cannot be written: No such file or directory"
    ):
        PrivateFolders().make()
