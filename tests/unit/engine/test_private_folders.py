"""Private folders, and those that a killed run has left."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from studyguide.engine.private_folders import PrivateFolders, remove_tree
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


REMOVING_PROGRAM = """
import sys, tempfile
from studyguide.engine.private_folders import PrivateFolders
tempfile.tempdir = sys.argv[1]
folders = PrivateFolders()
for _ in range(20):
    folder = folders.make()
    for number in range(100):
        (folder / str(number)).touch()
print("made", flush=True)
folders.remove()
"""


def test_what_a_run_that_was_killed_while_it_removed_has_left_is_removed(folder_for_all: Path) -> None:
    """Its lock is the last to go."""
    command = [sys.executable, "-c", REMOVING_PROGRAM, str(folder_for_all)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as running:
        while not list(folder_for_all.glob("*-leaving")):
            os.sched_yield()
        running.kill()
    PrivateFolders().remove()
    assert list(folder_for_all.iterdir()) == []


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


def test_a_place_whose_name_tex_would_misread_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The message says what is wrong with it."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "$HOME"))
    with pytest.raises(EngineCrashed, match="a dollar sign in a name means something to it"):
        PrivateFolders().make()


def test_one_of_them_is_let_go(folder_for_all: Path) -> None:
    """With what is in it; the others stay, and so does what is none of them."""
    folders = PrivateFolders()
    first, second = folders.make(), folders.make()
    (first / "cache").mkdir()
    (first / "cache" / "doc.pdf").touch()
    folders.let_go(first)
    assert not first.exists()
    assert second.is_dir()
    (folder_for_all / "notes").mkdir()
    folders.let_go(folder_for_all / "notes")
    assert (folder_for_all / "notes").is_dir()
    folders.remove()


def test_folders_are_made_although_others_have_cleared_them_away(folder_for_all: Path) -> None:
    """As happens to temporary files after some days; when the run is over nothing is left."""
    folders = PrivateFolders()
    lost = folders.make()
    shutil.rmtree(lost.parent)
    assert folders.make().is_dir()
    assert not lost.exists()
    folders.remove()
    assert list(folder_for_all.iterdir()) == []


def test_many_threads_make_folders_of_one_run(folder_for_all: Path) -> None:
    """All in the same place."""
    folders = PrivateFolders()
    with ThreadPoolExecutor(max_workers=8) as pool:
        made = list(pool.map(lambda _: folders.make(), range(32)))
    assert len(set(made)) == 32
    assert len(list(folder_for_all.iterdir())) == 1
    folders.remove()


def nest(folder: Path, depth: int) -> None:
    """Put folders into one another, as a document can, and a file into the last."""
    here = os.open(folder, os.O_RDONLY)
    for name in (str(number % 3) for number in range(depth)):
        os.mkdir(name, dir_fd=here)
        above, here = here, os.open(name, os.O_RDONLY, dir_fd=here)
        os.close(above)
    os.close(os.open("doc.pdf", os.O_WRONLY | os.O_CREAT, dir_fd=here))
    os.close(here)


def test_what_a_document_has_nested_is_removed_however_deep(folder_for_all: Path) -> None:
    """Deeper than a path may be long, and than functions may call themselves."""
    folders = PrivateFolders()
    nest(folders.make(), 2200)
    nest(folders.make(), 3)
    folders.remove()
    assert list(folder_for_all.iterdir()) == []


def test_nothing_outside_is_removed(folder_for_all: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whatever links a document has made."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "letter").touch()
    folders = PrivateFolders()
    folder = folders.make()
    (folder / "link").symlink_to(elsewhere)
    (folder / "inner").mkdir()
    (folder / "inner" / "link").symlink_to(elsewhere)
    (folder / "inner" / "broken").symlink_to("nowhere")
    folders.let_go(folder)
    assert not folder.exists()
    remove_tree(folder_for_all / "link")
    (folder_for_all / "link").symlink_to(elsewhere)
    remove_tree(folder_for_all / "link")
    assert (elsewhere / "letter").exists()
    folders.remove()
