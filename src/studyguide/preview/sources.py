"""What the builds depend on, as it is: hint, settle, look.

Comes in: a `Watcher` and paths. Goes out: a `Snapshot` as soon as something has changed and nobody is writing any more.
Left to others: what to build then (`live`).
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Protocol

from studyguide.preview.settling import Settling
from studyguide.preview.snapshot import EMPTY, Snapshot, changed_paths, take_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path


class Hints(Protocol):
    """What says that files may have changed: a `Watcher`."""

    look_seconds: float

    def watch(self, paths: Iterable[Path]) -> None:
        """Watch these files and folders, and no others."""

    def wait(self, timeout_seconds: float) -> Mapping[Path, bool]:
        """Wait for hints: which paths may have changed, and whether that was the end of a save."""

    def wake(self) -> None:
        """Let `wait` return."""


class Sources:
    """Files and folders that are watched, and their newest settled state; every method but `wake` is for one thread."""

    def __init__(self, watcher: Hints, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with none; `clock` gives seconds."""
        self._watcher = watcher
        self._clock = clock
        self._paths: tuple[Path, ...] = ()
        self._state = EMPTY
        self._glimpse: Snapshot | None = None
        self._settling = Settling()
        self._look_at = clock()
        self._is_woken = threading.Event()

    def watch(self, paths: Iterable[Path]) -> Snapshot:
        """Watch these from now on, and give their state now: settled or not, changes that follow say so."""
        self._paths = tuple(dict.fromkeys(paths))
        self._watcher.watch(self._paths)
        self._state = take_snapshot(self._paths, self._state)
        return self._state

    def wake(self) -> None:
        """Let `changes` return soon; from any thread."""
        self._is_woken.set()
        self._watcher.wake()

    def changes(self, timeout_seconds: float) -> Snapshot:
        """Wait for a change, and until it has settled; give the newest settled state, changed or not.

        The time counts only until something happens: settling may take longer.
        """
        end = self._clock() + timeout_seconds
        while not self._is_woken.is_set():
            self._hear(end)
            if self._clock() >= self._settling.due_at:
                if self._settle():
                    break
            elif self._clock() >= end and not self._settling.hints:
                break
        self._is_woken.clear()
        return self._state

    def _hear(self, end: float) -> None:
        """Wait for a hint, for the time to look, or for the end."""
        until = self._settling.due_at if self._settling.hints else min(end, self._look_at)
        hints = self._watcher.wait(max(until - self._clock(), 0.0))
        now = self._clock()
        self._settling.note(hints, now)
        if now >= self._look_at and not self._settling.hints:
            self._look()

    def _look(self) -> None:
        """Find changes that no hint told of."""
        found = take_snapshot(self._paths, self._state)
        changed = changed_paths(self._state, found)
        if changed:
            self._settling.note(dict.fromkeys(changed, False), self._clock())
            self._glimpse = found
        else:
            self._state = found
        self._look_at = self._clock() + self._watcher.look_seconds

    def _settle(self) -> bool:
        """Look at what should be quiet by now; say whether it has become another state."""
        found = take_snapshot(self._paths, self._state, self._settling.hints)
        if not self._settling.counts(
            now=self._clock(),
            is_changing=self._glimpse is not None and bool(changed_paths(self._glimpse, found)),
            has_hollowed=any(
                each.is_hollow and path in self._state.files and not self._state.files[path].is_hollow
                for path, each in found.files.items()
            ),
        ):
            self._glimpse = found if self._glimpse is not None else None
            return False
        changed = changed_paths(self._state, found)
        self._state = found
        self._glimpse = None
        self._settling.clear(self._clock())
        self._look_at = self._clock() + self._watcher.look_seconds
        return bool(changed)
