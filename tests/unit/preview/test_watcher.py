"""Hints from the system: what they say of which files, and how it is said where none come."""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING

import pytest

from studyguide.preview.watcher import LOOK_SECONDS, POLL_SECONDS, Watcher

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

LONG_SECONDS = 10.0


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Write a session in a folder of sessions."""
    (tmp_path / "sessions").mkdir()
    path = tmp_path / "sessions" / "a.md"
    path.write_text("deep", encoding="utf-8")
    return path


@pytest.fixture
def watcher(tmp_path: Path) -> Iterator[Watcher]:
    """Begin to watch nothing yet."""
    with Watcher([tmp_path]) as watcher:
        yield watcher


def hear(watcher: Watcher, path: Path, *, is_closed: bool) -> Mapping[Path, bool]:
    """Collect hints until there is this one."""
    hints: dict[Path, bool] = {}
    while hints.get(path) is not is_closed:
        fresh = watcher.wait(LONG_SECONDS)
        assert fresh
        hints.update(fresh)
    return hints


def test_it_says_that_changes_arrive(watcher: Watcher) -> None:
    """And how fast, since it has tried it."""
    assert re.fullmatch(r"changes arrive in [0-9]+ ms", watcher.how)
    assert watcher.look_seconds == LOOK_SECONDS


def test_it_looks_when_asked_to(tmp_path: Path, file: Path) -> None:
    """No hint comes then."""
    with Watcher([tmp_path], poll=True) as watcher:
        watcher.watch([file])
        file.write_text("dry", encoding="utf-8")
        assert watcher.wait(0.1) == {}
        assert (watcher.how, watcher.look_seconds) == ("looking every 0.5 s, as asked for", POLL_SECONDS)


def test_it_looks_more_often_where_others_may_write_unseen(tmp_path: Path, file: Path) -> None:
    """What is written here still arrives at once."""
    table = f"31 27 0:40 / {tmp_path} rw - nfs4 server:/guides rw\n"
    with Watcher([tmp_path], read_mounts=lambda: table) as watcher:
        watcher.watch([file])
        file.write_text("dry", encoding="utf-8")
        hear(watcher, file, is_closed=True)
        assert watcher.how == (
            f'looking every 0.5 s, since others may write to "{tmp_path}" unseen (it is of the kind "nfs4")'
        )
        assert watcher.look_seconds == POLL_SECONDS


def replace(file: Path) -> None:
    """Put a new file in the place of the old one."""
    new = file.with_name(".new")
    new.write_text("dry", encoding="utf-8")
    new.replace(file)


def write(file: Path) -> None:
    """Write the file, and close it."""
    file.write_text("dry", encoding="utf-8")


@pytest.mark.parametrize("save", [write, replace])
def test_the_end_of_a_save_is_told(watcher: Watcher, file: Path, save: Callable[[Path], None]) -> None:
    """The file is whole when it is closed, or moved into its place."""
    watcher.watch([file])
    save(file)
    assert hear(watcher, file, is_closed=True) == {file: True}


def test_a_write_into_an_open_file_is_told(watcher: Watcher, file: Path) -> None:
    """There may be more to come."""
    watcher.watch([file])
    with file.open("a", encoding="utf-8") as stream:
        stream.write("dry")
        stream.flush()
        assert hear(watcher, file, is_closed=False) == {file: False}


@pytest.mark.parametrize("lose", [lambda path: path.unlink(), lambda path: path.rename(path.parents[1] / "b.md")])
def test_a_file_that_goes_is_told_at_once(watcher: Watcher, file: Path, lose: Callable[[Path], None]) -> None:
    """Nothing holds back what was moved away for the half second in which it might turn up elsewhere."""
    watcher.watch([file])
    lose(file)
    assert watcher.wait(0.45) == {file: False}


def test_only_what_is_watched_is_told(watcher: Watcher, file: Path) -> None:
    """Neither what lies beside, nor what is not watched any more."""
    other = file.with_name("b.md")
    watcher.watch([file, other])
    watcher.watch([other])
    file.write_text("dry", encoding="utf-8")
    file.with_name("c.md").write_text("dry", encoding="utf-8")
    other.write_text("dry", encoding="utf-8")
    assert hear(watcher, other, is_closed=True) == {other: True}


def test_a_new_name_in_a_folder_is_told_of_the_folder(watcher: Watcher, file: Path) -> None:
    """A session was added."""
    watcher.watch([file, file.parent])
    file.with_name("b.md").write_text("dry", encoding="utf-8")
    assert hear(watcher, file.parent, is_closed=True) == {file.parent: True}


def test_everything_in_a_folder_that_went_is_told(watcher: Watcher, file: Path) -> None:
    """And again when it comes back."""
    watcher.watch([file, file.parent])
    away = file.parents[1] / "meetings"
    file.parent.rename(away)
    assert hear(watcher, file, is_closed=False).keys() == {file, file.parent}
    watcher.wait(0.0)
    away.rename(file.parent)
    assert hear(watcher, file, is_closed=False).keys() == {file, file.parent}


def test_another_thread_can_wake_it(watcher: Watcher) -> None:
    """Waiting ends with no hint."""
    waker = threading.Thread(target=watcher.wake)
    waker.start()
    assert watcher.wait(LONG_SECONDS) == {}
    waker.join()


def test_a_closed_watcher_still_waits(tmp_path: Path, file: Path) -> None:
    """And hears nothing."""
    watcher = Watcher([tmp_path])
    watcher.close()
    watcher.watch([file])
    file.write_text("dry", encoding="utf-8")
    assert watcher.wait(0.05) == {}
    watcher.close()
