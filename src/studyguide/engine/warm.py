"""Engines that are started before their document is there.

Comes in: preambles that will be needed. Goes out: engines that have read them, each used once.
Left to others: the work itself (`compile`). Documents may be compiled in several threads at once.
"""

from __future__ import annotations

import threading
from collections import deque
from functools import cached_property
from typing import TYPE_CHECKING, Self

from studyguide.engine.private_folders import PrivateFolders
from studyguide.engine.process import EngineProcess
from studyguide.errors import EngineCrashed

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from studyguide.engine.installation import Installation


class WarmEngines:
    """The engines of one build: started ahead, taken once each, all ended and removed when the build is over."""

    def __init__(
        self, *, class_folders: tuple[Path, ...], font_folders: tuple[Path, ...], cache_folder: Path, search_path: str
    ) -> None:
        """Say where class, fonts, the engine's cache and the programs are; nothing is looked for or started yet."""
        self._class_folders = class_folders
        self._font_folders = font_folders
        self._cache_folder = cache_folder
        self._search_path = search_path
        self._warm: dict[str, deque[EngineProcess]] = {}
        self._all: list[EngineProcess] = []
        self._folders = PrivateFolders()
        self._is_closed = False
        self._lock = threading.Lock()
        self._finding = threading.Lock()

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End everything that still runs and remove all private folders."""
        self.close()

    def expect(self, preamble: str, count: int = 1) -> None:
        """See to it that at least so many engines of this preamble are warm or warming; returns at once.

        Raises:
            EngineCrashed: when there is no room for a private folder.
        """
        with self._lock:
            waiting = self._warm.setdefault(preamble, deque())
            while len(waiting) < count and not self._is_closed:
                waiting.append(self._start(preamble))

    def take(self, preamble: str) -> EngineProcess:
        """Give an engine that has read this preamble or is about to: the one that was started first.

        Raises:
            EngineCrashed: when the build has been stopped, or there is no room for a private folder.
        """
        with self._lock:
            if self._is_closed:
                raise EngineCrashed("the build was stopped")
            waiting = self._warm.setdefault(preamble, deque())
            return waiting.popleft() if waiting else self._start(preamble)

    def close(self) -> None:
        """End everything that still runs and remove all private folders; from any thread, as often as you like."""
        with self._lock:
            self._is_closed = True
            engines, self._all = self._all, []
            self._warm.clear()
        for engine in engines:
            engine.end(patience_seconds=0)
        self._folders.remove()

    def _start(self, preamble: str) -> EngineProcess:
        engine = EngineProcess(self._installation, preamble, self._folders.make())
        self._all.append(engine)
        return engine

    def _installation(self) -> Installation:
        with self._finding:
            return self._found

    @cached_property
    def _found(self) -> Installation:
        from studyguide.engine.discovery import find_installation

        return find_installation(
            class_folders=self._class_folders,
            font_folders=self._font_folders,
            cache_folder=self._cache_folder,
            search_path=self._search_path,
        )
