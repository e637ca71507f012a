"""What was heard of changes and not asked for yet: one thread hears, another one waits.

Comes in: places where something happened. Goes out: which paths of interest may have changed.
Left to others: where to listen (`watcher`), what is true (`snapshot`).
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from studyguide.preview.interest import Interest

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


class Hearsay:
    """Hints that wait to be taken; every method is for any thread.

    `has_new_ways`: folders or symbolic links came or went, so that other folders may have to be watched.
    """

    def __init__(self) -> None:
        """Begin with nothing of interest."""
        self._changed = threading.Condition()
        self._interest = Interest()
        self._hints: dict[Path, bool] = {}
        self._is_woken = False
        self.has_new_ways = False

    def listen_for(self, interest: Interest, paths: Collection[Path]) -> None:
        """Note only what concerns these paths from now on, and forget the others."""
        with self._changed:
            self._interest = interest
            self._hints = {path: is_closed for path, is_closed in self._hints.items() if path in paths}
            self.has_new_ways = False

    def note(self, place: str, *, is_closed: bool, is_folder: bool) -> None:
        """Note what may have changed when something happened at a place."""
        with self._changed:
            paths = self._interest.find(place)
            if paths:
                self._hints.update(dict.fromkeys(paths, is_closed))
                self.has_new_ways = self.has_new_ways or is_folder or Path(place).is_symlink()
                self._changed.notify()

    def suspect(self, folders: Collection[str]) -> None:
        """Note everything in some folders, since nobody listened there for a while."""
        with self._changed:
            for (folder, _), paths in self._interest.entries.items():
                if folder in folders:
                    self._hints.update(dict.fromkeys(paths, False))

    def wake(self) -> None:
        """Let the one who waits go on."""
        with self._changed:
            self._is_woken = True
            self._changed.notify()

    def take(self, timeout_seconds: float) -> Mapping[Path, bool]:
        """Wait for something to be heard, and give it: each path, and whether its file was closed since."""
        with self._changed:
            self._changed.wait_for(lambda: self._hints or self._is_woken, timeout_seconds)
            hints, self._hints, self._is_woken = self._hints, {}, False
            return hints
