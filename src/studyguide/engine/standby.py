"""Engines that stand by for a document, each of which is used once.

Comes in: a preamble. Goes out: an engine that has read it or is about to. Also those that learn fonts are started here,
so that all end together. Left to others: engines that fork (`forked`), and which of the two it is to be (`warm`).
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from studyguide.engine.process import EngineProcess
from studyguide.errors import EngineCrashed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studyguide.engine.installation import Installation
    from studyguide.engine.private_folders import PrivateFolders


class StandbyEngines:
    """All engines of one run that do not fork: those that wait, and those that work."""

    def __init__(self, find_installation: Callable[[], Installation], folders: PrivateFolders) -> None:
        """Start nothing yet."""
        self._find_installation = find_installation
        self._folders = folders
        self._waiting: dict[str, list[EngineProcess]] = {}
        self._all: list[EngineProcess] = []
        self._is_closed = False
        self._lock = threading.Lock()

    def expect(self, preamble: str, count: int) -> None:
        """See to it that at least so many of a preamble are warm or warming; returns at once."""
        with self._lock:
            waiting = self._fit(preamble)
            waiting += [self._start(self._find_installation, preamble) for _ in range(count - len(waiting))]

    def take(self, preamble: str) -> EngineProcess:
        """Give the one of a preamble that was started first, or a new one.

        Raises:
            EngineCrashed: when the build has been stopped, or there is no room for a private folder.
        """
        with self._lock:
            waiting = self._fit(preamble)
            return waiting.pop(0) if waiting else self._start(self._find_installation, preamble)

    def start(self, find_installation: Callable[[], Installation], preamble: str) -> EngineProcess:
        """Start one for something else.

        Raises:
            EngineCrashed: when the build has been stopped, or there is no room for a private folder.
        """
        with self._lock:
            return self._start(find_installation, preamble)

    def forget(self, folder: Path) -> None:
        """Know nothing more of the one in this folder, which has ended."""
        with self._lock:
            self._all = [each for each in self._all if each.folder != folder]

    def close(self) -> None:
        """End them all, and start no other."""
        with self._lock:
            self._is_closed = True
            engines, self._all = self._all, []
            self._waiting.clear()
        for engine in engines:
            engine.end()

    def _start(self, find_installation: Callable[[], Installation], preamble: str) -> EngineProcess:
        if self._is_closed:
            raise EngineCrashed("the build was stopped")
        engine = EngineProcess(find_installation, preamble, self._folders.make())
        self._all.append(engine)
        return engine

    def _fit(self, preamble: str) -> list[EngineProcess]:
        """Give those that wait for a preamble, without what has died or become unfit meanwhile."""
        waiting = self._waiting.setdefault(preamble, [])
        for engine in [each for each in waiting if not each.is_fit]:
            waiting.remove(engine)
            self._all.remove(engine)
            engine.end()
            self._folders.let_go(engine.folder)
        return waiting
