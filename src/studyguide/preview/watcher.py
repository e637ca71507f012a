"""Hints that files may have changed, as the system gives them (owns watchdog).

Comes in: paths that a build depends on. Goes out: which of them may have changed, soon after; nothing that we write.
Hints may be missing or too many: what is true says `snapshot`. Left to others: waiting for quiet (`settling`).
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEventHandler,
)

from studyguide.preview.file_systems import find_shared_kind, read_mount_table
from studyguide.preview.hearsay import Hearsay
from studyguide.preview.interest import find_interest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from watchdog.events import FileSystemEvent
    from watchdog.observers.api import BaseObserver, ObservedWatch

LOOK_SECONDS = 1.0
"""How often to look whether hints were missed: after a flood of events or a suspension the system has lost some."""

POLL_SECONDS = 0.5
"""How often to look where no hints come: a second look then confirms that nobody is still writing."""

PROBE_SECONDS = 1.0
"""How long a hint may take to arrive; it takes some milliseconds where it arrives at all."""

HEARD: list[type[FileSystemEvent]] = [
    *(FileCreatedEvent, FileModifiedEvent, FileClosedEvent, FileMovedEvent, FileDeletedEvent),
    *(DirCreatedEvent, DirMovedEvent, DirDeletedEvent),
]
"""Not among them: that a file was opened or read, which we do ourselves, and that only its date changed."""


class _Watched(NamedTuple):
    """A folder that is watched, and which folder that was: another one may take its place."""

    watch: ObservedWatch
    identity: tuple[int, int]


class _Listener(FileSystemEventHandler):
    """Runs in the thread of the system's events, and does nothing but to note them."""

    def __init__(self, heard: Hearsay) -> None:
        """Note events there."""
        self._heard = heard

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note where something happened; a file that was closed or moved into its place is whole."""
        is_closed = isinstance(event, FileClosedEvent)
        for place, is_whole in ((os.fsdecode(event.src_path), is_closed), (os.fsdecode(event.dest_path), True)):
            if place:
                self._heard.note(place, is_closed=is_whole, is_folder=event.is_directory)


class Watcher:
    """Watches the folders of the files that it is given, and says which of the files may have changed.

    `how` says in words how changes are noticed. Every method but `wake` is for one thread.
    """

    def __init__(
        self, folders: Iterable[Path], *, poll: bool = False, read_mounts: Callable[[], str] = read_mount_table
    ) -> None:
        """Find out whether hints arrive from these folders; with `poll` do not even try."""
        self._heard = Hearsay()
        self._listener = _Listener(self._heard)
        self._paths: frozenset[Path] = frozenset()
        self._wanted: set[str] = set()
        self._watched: dict[str, _Watched] = {}
        self._observer: BaseObserver | None = None
        self.how = ""
        self.look_seconds = POLL_SECONDS
        if poll:
            self._look("as asked for")
            return
        try:
            self._observer = _start_observer()
        except (OSError, RuntimeError):
            self._give_up()
        else:
            self._try_out(tuple(folders), read_mounts())

    def watch(self, paths: Iterable[Path]) -> None:
        """Watch these files and folders, which need not exist, and no others."""
        known, self._paths = self._paths, frozenset(paths)
        if self._paths == known:
            self._tend()
        else:
            self._follow()

    def wait(self, timeout_seconds: float) -> Mapping[Path, bool]:
        """Wait for hints: which paths may have changed, and whether that was the end of a save (closed, moved)."""
        self._tend()
        return self._heard.take(timeout_seconds)

    def wake(self) -> None:
        """Let `wait` return, now or the next time; from any thread."""
        self._heard.wake()

    def close(self) -> None:
        """Watch nothing any more."""
        if self._observer is not None:
            self._observer.stop()
            self._observer.join()
            self._observer = None
        self._watched.clear()

    def __enter__(self) -> Self:
        """Give the watcher itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Watch nothing any more."""
        self.close()

    def _try_out(self, folders: tuple[Path, ...], mounts: str) -> None:
        """Write a file into each folder, and see how long it takes to hear of it."""
        slowest = 0.0
        for folder in folders:
            try:
                took = self._probe(folder)
            except OSError as problem:
                self._look(f'since nothing can be written into "{folder}": {(problem.strerror or "no reason").lower()}')
                return
            if self._observer is None:
                return
            if took is None:
                self.close()
                self._look(f'since no word of changes came from "{folder}"')
                return
            slowest = max(slowest, took)
        for folder in folders:
            kind = find_shared_kind(folder, mounts)
            if kind:
                self._look(f'since others may write to "{folder}" unseen (it is of the kind "{kind}")')
                return
        self.how = f"changes arrive in {max(round(slowest * 1000), 1)} ms"
        self.look_seconds = LOOK_SECONDS

    def _probe(self, folder: Path) -> float | None:
        handle, name = tempfile.mkstemp(prefix=".studyguide-", suffix=".probe", dir=folder)
        probe = Path(name)
        try:
            self.watch([probe])
            started = time.monotonic()
            with os.fdopen(handle, "wb") as stream:
                stream.write(b"?")
            hints = self._heard.take(PROBE_SECONDS)
            return time.monotonic() - started if hints else None
        finally:
            probe.unlink(missing_ok=True)
            self.watch([])

    def _look(self, reason: str) -> None:
        self.how = f"looking every {POLL_SECONDS} s, {reason}"
        self.look_seconds = POLL_SECONDS

    def _give_up(self) -> None:
        self.close()
        advice = "sysctl fs.inotify.max_user_instances=1024 fs.inotify.max_user_watches=524288"
        self._look(f"since the system can watch no more folders; as an administrator, raise its limits: {advice}")

    def _tend(self) -> None:
        """Watch anew what was replaced, moved, or was not there before."""
        if self._observer is None:
            return
        if self._heard.has_new_ways or self._wanted != self._watched.keys() or self._find_lost():
            self._heard.suspect(self._follow())

    def _find_lost(self) -> set[str]:
        """Find folders whose watch sees nothing any more: it stays with a folder that is moved, and ends with it."""
        if self._observer is None:
            return set()
        alive = {emitter.watch for emitter in self._observer.emitters if emitter.should_keep_running()}
        return {
            folder
            for folder, each in self._watched.items()
            if each.watch not in alive or each.identity != _identify(folder)
        }

    def _follow(self) -> set[str]:
        """Watch what is of interest now and nothing else; give the folders that were not watched before."""
        interest = find_interest(self._paths)
        self._heard.listen_for(interest, self._paths)
        self._wanted = interest.folders
        if self._observer is None:
            return set()
        lost = self._find_lost() | (self._watched.keys() - interest.folders)
        for folder in lost:
            self._observer.unschedule(self._watched.pop(folder).watch)
        fresh = interest.folders - self._watched.keys()
        for folder in fresh:
            identity = _identify(folder)
            try:
                watch = self._observer.schedule(self._listener, folder, event_filter=HEARD)
            except (FileNotFoundError, NotADirectoryError):
                continue
            except (OSError, RuntimeError):
                self._give_up()
                break
            self._watched[folder] = _Watched(watch, identity)
        return fresh


def _identify(folder: str) -> tuple[int, int]:
    try:
        status = Path(folder).stat()
    except OSError:
        return (0, 0)
    return (status.st_dev, status.st_ino)


def _start_observer() -> BaseObserver:
    """Start the thread that hears of events; what it has to say to programmers goes nowhere."""
    logging.getLogger("watchdog").addHandler(logging.NullHandler())
    if sys.platform == "linux":
        from watchdog.observers.inotify import InotifyObserver
        from watchdog.observers.inotify_move_event_grouper import InotifyMoveEventGrouper

        # watchdog 7.1 holds a file that was moved away, and all that happens after it, back for half a second, to see
        # where it goes to. We need no pairs; can go when the delay can be given to an observer.
        InotifyMoveEventGrouper.delay = 0.0
        observer: BaseObserver = InotifyObserver(generate_full_events=True)
    else:
        from watchdog.observers import Observer

        observer = Observer()
    observer.start()
    return observer
