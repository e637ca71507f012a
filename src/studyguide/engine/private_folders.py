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


class PrivateFolders:
    """The private folders of one run."""

    def __init__(self) -> None:
        """Make nothing yet."""
        self._room: Path | None = None
        self._lock = -1

    def make(self) -> Path:
        """Make an empty folder that only we may read.

        Raises:
            EngineCrashed: when there is no room for it.
        """
        try:
            if self._room is None:
                self._room = self._make_room()
            return Path(tempfile.mkdtemp(dir=self._room))
        except OSError as problem:
            raise unwritable(problem) from problem

    def remove(self) -> None:
        """Remove them all with what is in them, and what runs that were killed have left."""
        if self._room is not None:
            # Under another name first: a thread that is still at work finds no folder that it could put a file into.
            leaving = self._room.with_name(f"{self._room.name}{LEAVING_SUFFIX}")
            with contextlib.suppress(OSError):
                self._room.rename(leaving)
            for room in (leaving, self._room):
                shutil.rmtree(room, ignore_errors=True)
            os.close(self._lock)
            self._room = None
        for room in _abandoned_rooms(Path(tempfile.gettempdir())):
            shutil.rmtree(room, ignore_errors=True)

    def _make_room(self) -> Path:
        unlocked = Path(tempfile.mkdtemp(prefix=UNLOCKED_PREFIX))
        self._lock = os.open(unlocked / LOCK, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return unlocked.rename(unlocked.with_name(PREFIX + unlocked.name.removeprefix(UNLOCKED_PREFIX)))


def place_file(path: Path, content: bytes) -> None:
    """Put a file into a private folder.

    Raises:
        EngineCrashed: when there is no room for it.
    """
    try:
        path.write_bytes(content)
    except OSError as problem:
        raise unwritable(problem) from problem


def unwritable(problem: OSError) -> EngineCrashed:
    """Say that there is no room for TeX's files."""
    return EngineCrashed(
        f"TeX's folder {tempfile.gettempdir()} cannot be written: {problem.strerror}",
        hint="make room there, or set TMPDIR to another folder",
    )


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
