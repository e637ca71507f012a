"""Engines that are started before their document is there, in one of two ways.

Comes in: preambles that will be needed. Goes out: engines that have read them: children of one that forks, where it can
lock them, else processes that stand by, each used once.
Left to others: the work itself (`compile`). Documents may be compiled in several threads at once.
"""

from __future__ import annotations

import contextlib
import platform
import sys
import threading
from collections import deque
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Self

from studyguide.engine.driver import BODY
from studyguide.engine.font_cache import NAMES, keep_what_was_learnt
from studyguide.engine.font_learning import body_for, fonts_to_learn, is_index_to_be_made
from studyguide.engine.forked import ForkedEngine, ForkServers
from studyguide.engine.installation import Limits
from studyguide.engine.private_folders import PrivateFolders
from studyguide.engine.process import EngineProcess
from studyguide.errors import EngineCrashed

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from studyguide.engine.installation import Installation

MACHINES = ("x86_64", "aarch64")
"""Processors whose system calls `fork_server.lua` knows by number."""

LEARNING_SECONDS = 120.0
"""How long learning fonts may take; the largest need ten seconds each."""


class WarmEngines:
    """The engines of one build: started ahead, taken once each, all ended and removed when the build is over."""

    def __init__(  # noqa: PLR0913  each by its name
        self,
        *,
        class_folders: tuple[Path, ...],
        font_folders: tuple[Path, ...],
        cache_folder: Path,
        search_path: str,
        may_fork: bool,
        limits: Limits | None = None,
    ) -> None:
        """Say where class, fonts, the engine's cache and the programs are; nothing is looked for or started yet.

        `may_fork` is for our own class only: until it forks, an engine of that kind is not locked. Where engines stand
        by instead, `reason_to_stand_by` says why.
        """
        self._class_folders = class_folders
        self._font_folders = font_folders
        self._cache_folder = cache_folder
        self._search_path = search_path
        self.limits = limits or Limits()
        self.reason_to_stand_by = reason_not_to_fork() if may_fork else "the class is not our own"
        self._warm: dict[str, deque[EngineProcess]] = {}
        self._servers: dict[str, ForkServers] = {}
        self._all: list[EngineProcess] = []
        self._folders = PrivateFolders()
        self._is_closed = False
        self._lock = threading.Lock()
        self._finding = threading.Lock()
        self._learnt: set[str] = set()
        self._learning = threading.Lock()

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
            if self._is_closed:
                return
            if not self.reason_to_stand_by:
                self._servers_of(preamble).expect(count)
                return
            waiting = self._warm.setdefault(preamble, deque())
            while len(waiting) < count:
                waiting.append(self._start(preamble))

    def take(self, preamble: str) -> EngineProcess | ForkedEngine:
        """Give an engine that has read this preamble or is about to: the one that was started first.

        Raises:
            EngineCrashed: when the build has been stopped, or there is no room for a private folder.
        """
        with self._lock:
            if self._is_closed:
                raise EngineCrashed("the build was stopped")
            if not self.reason_to_stand_by:
                return ForkedEngine(self._servers_of(preamble), self._folders.make())
            waiting = self._warm.setdefault(preamble, deque())
            return waiting.popleft() if waiting else self._start(preamble)

    def stop_forking(self, reason: str) -> None:
        """Let engines stand by from now on: this machine's cannot fork, or its kernel not lock."""
        with self._lock:
            self.reason_to_stand_by = reason

    def keep_fonts_of(self, engine: EngineProcess | ForkedEngine) -> None:
        """See to it that the fonts which an engine has met for the first time are known to all that come after it.

        They are learnt once more, by an engine that reads nothing of an author or of a class.
        """
        installation = self._installation()
        fonts = fonts_to_learn(engine.folder, installation.font_folders)
        if fonts <= self._learnt and not is_index_to_be_made(engine.folder, installation.cache_folder):
            return
        with self._learning:
            if fonts <= self._learnt and (installation.cache_folder / NAMES).is_dir():
                return
            learner = self._start_learner()
            learner.place(BODY, body_for(fonts - self._learnt))
            self._learnt |= fonts
            learner.hand_over()
            with contextlib.suppress(TimeoutError):
                if learner.wait(LEARNING_SECONDS) == 0:
                    keep_what_was_learnt(learner.folder, installation.cache_folder)

    def close(self) -> None:
        """End everything that still runs and remove all private folders; from any thread, as often as you like."""
        with self._lock:
            self._is_closed = True
            engines, self._all = self._all, []
            servers, self._servers = list(self._servers.values()), {}
            self._warm.clear()
        for each in servers:
            each.close()
        for engine in engines:
            engine.end(patience_seconds=0)
        self._folders.remove()

    def _servers_of(self, preamble: str) -> ForkServers:
        if preamble not in self._servers:
            self._servers[preamble] = ForkServers(self._installation, preamble, self._folders.make)
        return self._servers[preamble]

    def _start(self, preamble: str) -> EngineProcess:
        engine = EngineProcess(self._installation, preamble, self._folders.make())
        self._all.append(engine)
        return engine

    def _start_learner(self) -> EngineProcess:
        with self._lock:
            if self._is_closed:
                raise EngineCrashed("the build was stopped")
            learner = EngineProcess(lambda: replace(self._found, class_folders=()), "", self._folders.make())
            self._all.append(learner)
            return learner

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
            limits=self.limits,
        )


def reason_not_to_fork(system: str = sys.platform, machine: str = platform.machine()) -> str:
    """Say what this system lacks to lock a forked engine; nothing when it has all."""
    if not system.startswith("linux"):
        return "only Linux can lock a process that forks"
    if machine not in MACHINES:
        return f'the system calls of the processor "{machine}" are not known'
    from studyguide.engine.landlock import landlock_version

    return "" if landlock_version() > 0 else "the kernel has no Landlock"
