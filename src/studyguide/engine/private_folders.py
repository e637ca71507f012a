"""Folders that nobody else may look into, all inside one folder of this run, which goes when the run is over.

Comes in: nothing. Goes out: empty folders, one for each engine. What a run that was killed has left behind is removed
by the next one: a lock tells who is still alive. Left to others: what stands in them (`process`).
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
import threading
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from studyguide.errors import EngineCrashed

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX = "studyguide-"
UNLOCKED_PREFIX = ".studyguide-"
"""What the folder of a run is called until it is locked, so that nobody takes it for one that was left behind."""

LEAVING_SUFFIX = "-leaving"

LOCK = "lock"

ROOM_BYTES = 4 * 2**20
"""As much as the PDF, the notes and the log of a handout with pictures may need."""

MEANS_SOMETHING = "$"
"""In the name of a folder: TeX's file search takes it for the beginning of a variable, and there is no way to quote it
(kpathsea manual, 4.2)."""


class PrivateFolders:
    """The private folders of one run."""

    def __init__(self) -> None:
        """Make nothing yet."""
        self._room: Path | None = None
        self._lock = -1
        self._making = threading.Lock()

    def make(self) -> Path:
        """Make an empty folder that only we may read.

        Raises:
            EngineCrashed: when there is no room for it, or it would stand where TeX cannot work.
        """
        if MEANS_SOMETHING in tempfile.gettempdir():
            raise EngineCrashed(
                f'TeX cannot work in "{tempfile.gettempdir()}": a dollar sign in a name means something to it',
                hint="set TMPDIR to another folder",
            )
        with self._making:
            try:
                return self._make()
            except OSError as problem:
                raise unwritable(problem) from problem

    def let_go(self, folder: Path) -> None:
        """Remove one of them with what is in it."""
        if folder.parent == self._room:
            remove_tree(folder)

    def remove(self) -> None:
        """Remove them all with what is in them, and what runs that were killed have left."""
        with self._making:
            room, self._room = self._room, None
        if room is not None:
            # Under another name first: a thread that is still at work finds no folder that it could put a file into.
            leaving = room.with_name(f"{room.name}{LEAVING_SUFFIX}")
            with contextlib.suppress(OSError):
                room.rename(leaving)
            for each in (leaving, room):
                _remove_room(each)
            os.close(self._lock)
        for each in _abandoned_rooms(Path(tempfile.gettempdir())):
            _remove_room(each)

    def _make(self) -> Path:
        if self._room is not None:
            # Who clears up the folder for temporary files may take ours for forgotten after some days.
            with contextlib.suppress(FileNotFoundError):
                return Path(tempfile.mkdtemp(dir=self._room))
            self._room = None
            os.close(self._lock)
        self._room = self._make_room()
        return Path(tempfile.mkdtemp(dir=self._room))

    def _make_room(self) -> Path:
        unlocked = Path(tempfile.mkdtemp(prefix=UNLOCKED_PREFIX))
        self._lock = os.open(unlocked / LOCK, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return unlocked.rename(unlocked.with_name(PREFIX + unlocked.name.removeprefix(UNLOCKED_PREFIX)))


def remove_tree(folder: Path) -> None:
    """Remove a folder with what is in it; what cannot be removed stays.

    What a hostile document has nested by the thousand is taken out of its depth first, so that neither the system's
    longest path nor our recursion ends it.
    """
    numbers = count()
    waiting = [folder]
    while waiting:
        inner = waiting.pop()
        for entry in _entries(inner):
            with contextlib.suppress(OSError):
                if not entry.is_dir(follow_symlinks=False):
                    Path(entry.path).unlink()
                elif inner == folder:
                    waiting.append(Path(entry.path))
                else:
                    free = next(path for number in numbers if not os.path.lexists(path := folder / str(number)))
                    waiting.append(Path(entry.path).rename(free))
        if inner != folder:
            with contextlib.suppress(OSError):
                inner.rmdir()
    with contextlib.suppress(OSError):
        folder.rmdir()


def place_file(path: Path, content: bytes) -> None:
    """Put a file into a private folder.

    Raises:
        EngineCrashed: when there is no room for it.
    """
    try:
        path.write_bytes(content)
    except OSError as problem:
        raise unwritable(problem) from problem


def is_full(folder: Path) -> bool:
    """Whether a folder's disk may have had no room for a PDF; TeX that runs out of it takes its own away again."""
    return shutil.disk_usage(folder).free < ROOM_BYTES


def unwritable(problem: OSError) -> EngineCrashed:
    """Say that there is no room for TeX's files."""
    return EngineCrashed(
        f"TeX's folder {tempfile.gettempdir()} cannot be written: {problem.strerror}",
        hint="make room there, or set TMPDIR to another folder",
    )


def _remove_room(room: Path) -> None:
    # The lock last: whoever is killed in the middle of it leaves a room that the next run knows for abandoned.
    for entry in _entries(room):
        if entry.name != LOCK:
            remove_tree(Path(entry.path))
    remove_tree(room)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    if folder.is_symlink():
        return []
    try:
        with os.scandir(folder) as listing:
            return list(listing)
    except OSError:
        return []


def _abandoned_rooms(folder: Path) -> Iterator[Path]:
    for room in folder.glob(f"{PREFIX}*"):
        # Rooms of others, whatever stands in their place, and rooms whose run is still alive are passed over.
        with contextlib.suppress(OSError):
            lock = os.open(room / LOCK, os.O_WRONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if room.lstat().st_uid == os.getuid():
                    yield room
            finally:
                os.close(lock)
