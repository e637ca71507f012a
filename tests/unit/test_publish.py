"""A file takes its place all at once, and only one build works in a folder."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from studyguide.errors import ExitCode, PublishError
from studyguide.publish import (
    NO_LINKS,
    STALE_SECONDS,
    build_lock,
    is_build_awaited,
    publish,
    publish_new,
    watch_lock,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def mode(path: Path) -> int:
    """Give the permissions of a file."""
    return path.stat().st_mode & 0o777


def test_a_new_file_stands_complete(tmp_path: Path) -> None:
    """Content is as given, and nothing else is left in the folder."""
    publish(b"wells", tmp_path / "guide.pdf")
    assert (tmp_path / "guide.pdf").read_bytes() == b"wells"
    assert os.listdir(tmp_path) == ["guide.pdf"]  # noqa: PTH208  names are what is compared


def test_missing_folders_are_made(tmp_path: Path) -> None:
    """The first build finds no output folder."""
    publish(b"wells", tmp_path / "build" / "commons" / "guide.pdf")
    assert (tmp_path / "build" / "commons" / "guide.pdf").read_bytes() == b"wells"


def test_an_old_file_is_replaced(tmp_path: Path) -> None:
    """Who has the old file open keeps reading it; who opens it now reads the new one."""
    path = tmp_path / "guide.pdf"
    path.write_bytes(b"old")
    with path.open("rb") as reader:
        publish(b"new", path)
        assert reader.read() == b"old"
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize("umask", [0o022, 0o077, 0o002])
def test_a_new_file_has_the_mode_that_the_umask_says(tmp_path: Path, umask: int) -> None:
    """Handouts are as readable as other files of the user."""
    program = (
        "import os, sys; from pathlib import Path; from studyguide.publish import publish; os.umask(int(sys.argv[2]));"
    )
    program += "publish(b'wells', Path(sys.argv[1]))"
    path = tmp_path / "guide.pdf"
    subprocess.run([sys.executable, "-c", program, path, str(umask)], check=True)
    assert mode(path) == 0o666 & ~umask


def test_the_mode_of_an_old_file_is_kept(tmp_path: Path) -> None:
    """Who has hidden a file from others finds it still hidden."""
    path = tmp_path / "guide.pdf"
    path.write_bytes(b"old")
    path.chmod(0o600)
    publish(b"new", path)
    assert mode(path) == 0o600


def test_a_symbolic_link_stays_one(tmp_path: Path) -> None:
    """The file that it names is replaced, where it is."""
    (tmp_path / "shared").mkdir()
    link = tmp_path / "guide.pdf"
    link.symlink_to(tmp_path / "shared" / "guide.pdf")
    publish(b"wells", link)
    assert link.is_symlink()
    assert (tmp_path / "shared" / "guide.pdf").read_bytes() == b"wells"


def test_a_folder_in_the_way(tmp_path: Path) -> None:
    """A folder is not replaced; the message names it."""
    path = tmp_path / "guide.pdf"
    path.mkdir()
    with pytest.raises(PublishError) as failure:
        publish(b"wells", path)
    assert failure.value.message == f'cannot write "{path}": there is a folder of that name'
    assert failure.value.hint == "move the folder away or choose another output folder"
    assert failure.value.exit_code is ExitCode.ENGINE
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_in_place_of_a_folder(tmp_path: Path) -> None:
    """An output folder that is a file cannot be filled."""
    (tmp_path / "build").write_bytes(b"mine")
    with pytest.raises(PublishError, match="a part of its path is a file, not a folder"):
        publish(b"wells", tmp_path / "build" / "guide.pdf")
    with pytest.raises(PublishError, match="a part of its path is a file, not a folder"):
        publish(b"wells", tmp_path / "build" / "commons" / "guide.pdf")
    assert (tmp_path / "build").read_bytes() == b"mine"


def test_a_name_that_is_too_long(tmp_path: Path) -> None:
    """The disk's own limit is explained, too."""
    with pytest.raises(PublishError, match="its name is too long for the disk"):
        publish(b"wells", tmp_path / ("g" * 300 + ".pdf"))


def test_what_dead_builds_left_is_removed(tmp_path: Path) -> None:
    """Old temporary files of ours go; young ones may be in use; other people's stay."""
    old, young, foreign = (tmp_path / name for name in (".studyguide-aa.tmp", ".studyguide-bb.tmp", ".other-cc.tmp"))
    for path in (old, young, foreign):
        path.write_bytes(b"left")
    long_ago = young.stat().st_mtime - STALE_SECONDS - 60
    os.utime(old, (long_ago, long_ago))
    os.utime(foreign, (long_ago, long_ago))
    publish(b"wells", tmp_path / "guide.pdf")
    assert {path.name for path in tmp_path.iterdir()} == {young.name, foreign.name, "guide.pdf"}


def test_the_lock_is_free_again_afterwards(tmp_path: Path) -> None:
    """One build after the other is no trouble."""
    for _ in range(2):
        with build_lock(tmp_path / "build", wait_seconds=0):
            assert (tmp_path / "build" / ".studyguide" / "lock").read_text() == f"{os.getpid()}\n"


def test_a_second_build_is_refused(tmp_path: Path) -> None:
    """The message says which process is building."""
    with (
        build_lock(tmp_path),
        pytest.raises(PublishError) as failure,
        build_lock(tmp_path, wait_seconds=0),
    ):
        pass
    assert failure.value.message == f'another build is running in "{tmp_path}" (process {os.getpid()})'
    assert failure.value.hint.startswith("wait until it is done")


WAITER = """
import os, sys
from pathlib import Path
from studyguide.publish import build_lock
os.nice(int(sys.argv[2]))
print("waits", flush=True)
with build_lock(Path(sys.argv[1]), wait_seconds=float(sys.argv[3])):
    pass
"""


def test_who_builds_can_see_that_another_one_waits(tmp_path: Path) -> None:
    """Until that one has had its turn; what is built in the quiet could then give way."""
    assert not is_build_awaited(tmp_path)
    with build_lock(tmp_path):
        assert not is_build_awaited(tmp_path)
        command = [sys.executable, "-c", WAITER, str(tmp_path), "0", "600"]
        waiter = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        while not is_build_awaited(tmp_path):
            assert waiter.poll() is None
            os.sched_yield()
    assert waiter.wait() == 0
    assert not is_build_awaited(tmp_path)


def test_who_gives_others_precedence_waits_in_silence(tmp_path: Path) -> None:
    """Else two builds in the quiet would chase each other away for ever."""
    command = [sys.executable, "-c", WAITER, str(tmp_path), "10", "0.2"]
    with build_lock(tmp_path), subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as waiter:
        assert waiter.stdout is not None
        assert waiter.stdout.readline() == b"waits\n"
        while waiter.poll() is None:
            assert not is_build_awaited(tmp_path)
            os.sched_yield()
        assert waiter.returncode == 1


def test_an_error_in_the_build_frees_the_lock(tmp_path: Path) -> None:
    """A build that fails does not keep the next one out."""
    with pytest.raises(OSError, match="fog"), build_lock(tmp_path):
        raise OSError(errno.EIO, "fog")
    with build_lock(tmp_path, wait_seconds=0):
        pass


def test_a_lock_cannot_be_laid_through_a_link(tmp_path: Path) -> None:
    """A lock file that leads elsewhere is not written to."""
    (tmp_path / ".studyguide").mkdir()
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (tmp_path / ".studyguide" / "lock").symlink_to(victim)
    with pytest.raises(PublishError, match="cannot lock"), build_lock(tmp_path):
        pass
    assert victim.read_text() == "mine"


def test_a_second_watcher_of_a_guide_is_refused(tmp_path: Path) -> None:
    """The message says which process has it; after its end it is free again."""
    with (
        watch_lock(tmp_path / "build", "/home/ana/guides/commons"),
        pytest.raises(PublishError) as failure,
        watch_lock(tmp_path / "build", "/home/ana/guides/commons"),
    ):
        pass
    assert failure.value.message == f'"/home/ana/guides/commons" is being watched already (process {os.getpid()})'
    assert failure.value.hint == "go on with the page that it shows, or stop it with Ctrl-C in its terminal"
    assert failure.value.exit_code is ExitCode.ENGINE
    with watch_lock(tmp_path / "build", "/home/ana/guides/commons"):
        pass


def test_other_guides_can_be_watched_meanwhile_and_built(tmp_path: Path) -> None:
    """Also this one can be built; guides of one name in two places are two guides, whatever they are called."""
    names = ("/home/ana/guides/commons", "/home/ben/guides/commons", "/home/ana/guides/\udcff\n")
    with watch_lock(tmp_path, names[0]), watch_lock(tmp_path, names[1]), watch_lock(tmp_path, names[2]):
        with build_lock(tmp_path, wait_seconds=0):
            assert len(list((tmp_path / ".studyguide").iterdir())) == len(names) + 1
        with pytest.raises(PublishError, match="is being watched already"), watch_lock(tmp_path, names[2]):
            pass


def test_where_nothing_can_be_written_nothing_is_watched(tmp_path: Path) -> None:
    """The output folder is named, with what is the matter."""
    (tmp_path / "build").write_bytes(b"mine")
    with pytest.raises(PublishError) as failure, watch_lock(tmp_path / "build", "/home/ana/guides/commons"):
        pass
    assert failure.value.message == f'cannot lock "{tmp_path}/build": a part of its path is a file, not a folder'


def refuse_links(number: int) -> Callable[[object, object], None]:
    """Make an `os.link` of a disk that has none."""

    def link(_source: object, _target: object) -> None:
        raise OSError(number, os.strerror(number))

    return link


@pytest.mark.parametrize("number", [0, *sorted(NO_LINKS)])
def test_a_file_that_must_be_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """It stands complete, in a folder made for it, also on a disk without hard links; a second one is refused."""
    if number:
        monkeypatch.setattr(os, "link", refuse_links(number))
    path = tmp_path / "sessions" / "wells.md"
    publish_new(b"wells", path)
    with pytest.raises(FileExistsError):
        publish_new(b"rain", path)
    assert path.read_bytes() == b"wells"
    assert os.listdir(path.parent) == ["wells.md"]  # noqa: PTH208  names are what is compared


@pytest.mark.parametrize("number", [0, *sorted(NO_LINKS)])
def test_a_link_is_no_free_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Not even one that leads nowhere; nothing is written through it."""
    if number:
        monkeypatch.setattr(os, "link", refuse_links(number))
    (tmp_path / "wells.md").symlink_to(tmp_path / "elsewhere.md")
    with pytest.raises(FileExistsError):
        publish_new(b"wells", tmp_path / "wells.md")
    assert os.listdir(tmp_path) == ["wells.md"]  # noqa: PTH208  names are what is compared


def test_a_new_file_in_a_file(tmp_path: Path) -> None:
    """A file in place of a folder is no file of that name."""
    (tmp_path / "sessions").write_bytes(b"mine")
    with pytest.raises(PublishError, match="a part of its path is a file, not a folder"):
        publish_new(b"wells", tmp_path / "sessions" / "wells.md")
    with pytest.raises(PublishError, match="its name is too long"):
        publish_new(b"wells", tmp_path / ("w" * 300))
    assert (tmp_path / "sessions").read_bytes() == b"mine"
