"""Putting a finished file in its place, and one build at a time.

Comes in: a complete file as bytes and where it belongs. Goes out: that file, or what stood there before; never
anything between.
Left to others: which files there are and what is in them.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import secrets
import stat
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from studyguide.errors import PublishError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TEMPORARY_PREFIX = ".studyguide-"
TEMPORARY_SUFFIX = ".tmp"
STALE_SECONDS = 3600
"""A temporary file of ours that is older was left by a build that died."""
LOCK_RETRY_SECONDS = 0.05
LOCK_WAIT_SECONDS = 5.0
"""How long a build waits for another one: those that are made in the quiet give way within two seconds."""

NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
"""What disks without hard links say, as memory sticks and some shares."""

CAUSES = {
    errno.ENOSPC: ("the disk is full", "make room and build again"),
    errno.EDQUOT: ("your share of the disk is used up", "make room and build again"),
    errno.EFBIG: (
        "the file is larger than is allowed here",
        "raise the limit (`ulimit -f`) or build fewer sessions at once",
    ),
    errno.EROFS: ("the disk is read-only", "choose another output folder"),
    errno.EACCES: ("permission denied", "choose an output folder that you may write to"),
    errno.EPERM: ("permission denied", "choose an output folder that you may write to"),
    errno.EISDIR: ("there is a folder of that name", "move the folder away or choose another output folder"),
    errno.ENOTDIR: (
        "a part of its path is a file, not a folder",
        "move that file away or choose another output folder",
    ),
    errno.EEXIST: ("a part of its path is a file, not a folder", "move that file away or choose another output folder"),
    errno.ENAMETOOLONG: ("its name is too long for the disk", "give the guide or the session a shorter name"),
    errno.EIO: ("the disk reports an error", "look after the disk, then build again"),
}


def publish(content: bytes, path: Path) -> None:
    """Replace a file by new content, all at once; its folder is made when it is missing.

    A kill, a crash or a full disk at any moment leaves the old file or the new one. The old file's mode is kept; a
    symbolic link stays, and the file that it names is replaced.

    Raises:
        PublishError: when the file cannot be written or moved to its place; the old one is untouched.
    """
    path = Path(os.path.realpath(path))
    temporary = path.with_name(f"{TEMPORARY_PREFIX}{secrets.token_hex(4)}{TEMPORARY_SUFFIX}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            _write_durably(content, temporary, mode_of=path)
            _remove_stale(path.parent, now_seconds=temporary.stat().st_mtime)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
        _settle_folder(path.parent)
    except OSError as problem:
        raise _explain(problem, f'cannot write "{path}"') from problem


def publish_new(content: bytes, path: Path) -> None:
    """Write a file that must not exist yet, all at once; its folder is made when it is missing.

    Raises:
        FileExistsError: when there is a file of that name, also one that came while we wrote.
        PublishError: when the file cannot be written.
    """
    temporary = path.with_name(f"{TEMPORARY_PREFIX}{secrets.token_hex(4)}{TEMPORARY_SUFFIX}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            _write_durably(content, temporary, mode_of=path)
            _take_free_place(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
        _settle_folder(path.parent)
    except FileExistsError:
        if path.exists() or path.is_symlink():
            raise
        raise _explain(NotADirectoryError(errno.ENOTDIR, ""), f'cannot write "{path}"') from None
    except OSError as problem:
        raise _explain(problem, f'cannot write "{path}"') from problem


@contextmanager
def build_lock(folder: Path, *, wait_seconds: float = LOCK_WAIT_SECONDS) -> Iterator[None]:
    """Keep other builds out of an output folder while the block runs; the kernel lets go when the process ends.

    Who has to wait says so to `is_build_awaited`, but for those that gave others precedence themselves (`nice`).

    Raises:
        PublishError: when another build is still running after `wait_seconds`, or the folder cannot be written to.
    """
    deadline = time.monotonic() + wait_seconds
    with _holding(folder / ".studyguide" / "lock", folder, deadline, _another_build):
        yield


def is_build_awaited(folder: Path) -> bool:
    """Whether somebody waits to build in an output folder."""
    try:
        descriptor = os.open(_waiting_room(folder), os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as problem:
        return isinstance(problem, BlockingIOError)
    finally:
        os.close(descriptor)
    return False


@contextmanager
def watch_lock(folder: Path, guide: str) -> Iterator[None]:
    """Keep other watchers of a guide out of an output folder while the block runs; builds may go on.

    Raises:
        PublishError: when another one watches it, which it names, or the folder cannot be written to.
    """
    path = folder / ".studyguide" / f"watching-{hashlib.sha256(os.fsencode(guide)).hexdigest()[:16]}"
    with _holding(path, folder, time.monotonic(), lambda holder, _: _another_watcher(holder, guide)):
        yield


@contextmanager
def _holding(
    path: Path, folder: Path, deadline_seconds: float, explain: Callable[[str, Path], PublishError]
) -> Iterator[None]:
    """Hold a lock file; it names its holder to those who come in vain."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
    except OSError as problem:
        raise _explain(problem, f'cannot lock "{folder}"') from problem
    try:
        if not _lock(descriptor, folder, deadline_seconds):
            raise explain(os.pread(descriptor, 20, 0).decode("ascii", errors="replace").strip(), folder)
        yield
    finally:
        os.close(descriptor)


def _write_durably(content: bytes, temporary: Path, *, mode_of: Path) -> None:
    """Write and sync; `os.open` and not `mkstemp`, so that a new file gets the mode that the user's umask says."""
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    with os.fdopen(descriptor, "wb") as file:
        old = _regular_mode(mode_of)
        if old is not None:
            os.fchmod(file.fileno(), old)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _take_free_place(temporary: Path, path: Path) -> None:
    """Give a complete file its name, unless there is one of that name; a link says so without a moment between."""
    try:
        os.link(temporary, path)
    except OSError as problem:
        if problem.errno not in NO_LINKS:
            raise
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC))
        temporary.replace(path)


def _regular_mode(path: Path) -> int | None:
    try:
        status = path.lstat()
    except FileNotFoundError:
        return None
    return stat.S_IMODE(status.st_mode) if stat.S_ISREG(status.st_mode) else None


def _remove_stale(folder: Path, *, now_seconds: float) -> None:
    """Remove what dead builds left; time is the file system's own, so that no clocks need to agree."""
    for leftover in folder.glob(f"{TEMPORARY_PREFIX}*{TEMPORARY_SUFFIX}"):
        try:
            if now_seconds - leftover.lstat().st_mtime > STALE_SECONDS:
                leftover.unlink()
        except OSError:  # another build removed it first, or it is not ours to remove: neither harms this one
            continue


def _settle_folder(folder: Path) -> None:
    """Make the new name survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _lock(descriptor: int, folder: Path, deadline_seconds: float) -> bool:
    """Lock a file and write into it who we are; False when another holds it until the deadline."""
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline_seconds:
                return False
            with _saying_that_one_waits(folder):
                time.sleep(LOCK_RETRY_SECONDS)
        except OSError as problem:
            raise _explain(problem, f'cannot lock "{folder}"') from problem
        else:
            break
    # On a full disk it holds all the same; who comes in vain is then not told who has it.
    with suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
    return True


@contextmanager
def _saying_that_one_waits(folder: Path) -> Iterator[None]:
    descriptor = -1
    with suppress(OSError):
        if os.nice(0) <= 0:
            descriptor = os.open(_waiting_room(folder), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    try:
        yield
    finally:
        if descriptor >= 0:
            os.close(descriptor)


def _waiting_room(folder: Path) -> Path:
    return folder / ".studyguide" / "waiting"


def _another_build(holder: str, folder: Path) -> PublishError:
    return PublishError(
        f'another build is running in "{folder}"{_process(holder)}',
        hint="wait until it is done, or stop it, or choose another output folder",
    )


def _another_watcher(holder: str, guide: str) -> PublishError:
    return PublishError(
        f'"{guide}" is being watched already{_process(holder)}',
        hint="go on with the page that it shows, or stop it with Ctrl-C in its terminal",
    )


def _process(holder: str) -> str:
    return f" (process {holder})" if holder.isdigit() else ""


def _explain(problem: OSError, what: str) -> PublishError:
    cause, hint = CAUSES.get(problem.errno or 0, ((problem.strerror or str(problem)).lower(), ""))
    return PublishError(f"{what}: {cause}", hint=hint)
