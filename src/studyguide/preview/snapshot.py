"""The truth about files: what each contained when it was last looked at.

Comes in: paths of files and folders. Goes out: a `Snapshot`, and which paths differ between two of them.
Dates only say which files need not be read again; content decides. Left to others: when to look (`sources`).
"""

from __future__ import annotations

import hashlib
import os
import stat
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

MISSING = "missing"
"""Stands for the content of what is not there, so that its coming back is a change."""

UNREADABLE = "unreadable"
"""Stands for the content of what cannot be read now: no permission, a device, a pipe."""

LARGEST_READ_BYTES = 100_000_000
"""What is larger than an insert may be is not read: its size and date stand for its content."""

CHUNK_BYTES = 1_000_000
"""How much of a file is in memory at once."""

LISTED_SUFFIXES = (".md", ".j2", ".cls", ".sty", ".lua")
"""A folder's content are the names with these endings: sessions and templates, not what editors put beside them."""

DATE_GRAIN_NS = 2_000_000_000
"""Two writes this close may bear one date (FAT counts in steps of two seconds), so such files are read again."""

CLOCK_GRAIN_NS = 10_000_000
"""By how much the date of a write may lie before it: Linux dates by a clock that ticks a hundred times a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """What is known of one path: the digest of its content, when it was touched, and what says that it was not."""

    digest: str
    touched_ns: int
    mark: tuple[int, ...] = ()

    @property
    def is_hollow(self) -> bool:
        """Whether nothing can be read there: missing, empty, or not readable now."""
        return self.digest in _HOLLOW


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Files and folders as they were at `taken_ns` of the wall clock."""

    files: Mapping[Path, Fingerprint]
    taken_ns: int

    def digest_of(self, path: Path) -> str:
        """Give the digest of a path's content; what is not in the snapshot counts as missing."""
        known = self.files.get(path)
        return MISSING if known is None else known.digest


EMPTY = Snapshot(files={}, taken_ns=0)
"""Nothing was looked at yet."""


def take_snapshot(paths: Iterable[Path], previous: Snapshot = EMPTY, hints: Collection[Path] = ()) -> Snapshot:
    """Look at every path; only what may have changed since the previous snapshot, or is hinted at, is read."""
    taken_ns = time.time_ns()
    readable_before_ns = previous.taken_ns - DATE_GRAIN_NS
    files: dict[Path, Fingerprint] = {}
    for path in paths:
        known = None if path in hints else previous.files.get(path)
        files[path] = _look_at(path, known, readable_before_ns)
    return Snapshot(files=files, taken_ns=taken_ns)


def changed_paths(old: Snapshot, new: Snapshot) -> frozenset[Path]:
    """Give the paths whose content differs; one that the old snapshot lacks differs if it was touched since then."""
    return frozenset(path for path, each in new.files.items() if _differs(each, old.files.get(path), old.taken_ns))


def _differs(new: Fingerprint, old: Fingerprint | None, old_taken_ns: int) -> bool:
    if old is not None:
        return new.digest != old.digest
    is_dated_by_second = new.touched_ns % 1_000_000_000 == 0
    return new.touched_ns >= old_taken_ns - (DATE_GRAIN_NS if is_dated_by_second else CLOCK_GRAIN_NS)


def is_listed(name: str) -> bool:
    """Whether a name counts as content of the folder it stands in."""
    return name.lower().endswith(LISTED_SUFFIXES) and not name.startswith(".")


def _look_at(path: Path, known: Fingerprint | None, readable_before_ns: int) -> Fingerprint:
    try:
        status = path.stat()
        mark = (status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino, status.st_dev)
        if known is not None and known.mark == mark and status.st_ctime_ns < readable_before_ns:
            return known
        digest = _digest_folder(path) if stat.S_ISDIR(status.st_mode) else _digest_file(path, status)
        return Fingerprint(digest=digest, touched_ns=status.st_ctime_ns, mark=mark)
    except (FileNotFoundError, NotADirectoryError):
        return Fingerprint(digest=MISSING, touched_ns=_find_touched_ns(path))
    except (OSError, ValueError):
        return Fingerprint(digest=UNREADABLE, touched_ns=_find_touched_ns(path))


def _digest_file(path: Path, status: os.stat_result) -> str:
    """Read a file once; nothing is opened that might answer slowly or never."""
    if not stat.S_ISREG(status.st_mode):
        return UNREADABLE
    if status.st_size > LARGEST_READ_BYTES:
        return f"{status.st_size} bytes of {status.st_mtime_ns}"
    content = hashlib.blake2b(digest_size=16)
    left = LARGEST_READ_BYTES
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    try:
        while left > 0 and (chunk := os.read(handle, CHUNK_BYTES)):
            content.update(chunk)
            left -= len(chunk)
    finally:
        os.close(handle)
    return content.hexdigest()


def _digest_folder(path: Path) -> str:
    names = sorted(os.fsencode(entry.name) for entry in path.iterdir() if is_listed(entry.name))
    return f"folder {hashlib.blake2b(b'/'.join(names), digest_size=16).hexdigest()}"


def _find_touched_ns(path: Path) -> int:
    """Give the time at which the nearest folder that is there was changed: what is missing was there until then."""
    for folder in path.parents:
        try:
            return folder.stat().st_ctime_ns
        except (OSError, ValueError):
            continue
    return 0


_EMPTY_FILE = hashlib.blake2b(digest_size=16).hexdigest()
_HOLLOW = {MISSING, UNREADABLE, _EMPTY_FILE}
