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
from dataclasses import replace
from typing import TYPE_CHECKING, Self

from studyguide.artifacts import PLAIN_PREAMBLE
from studyguide.engine.class_lesson import is_class_to_be_learnt, record_class
from studyguide.engine.font_lessons import FontLessons
from studyguide.engine.forked import ForkedEngine, ForkServers
from studyguide.engine.installation import Limits
from studyguide.engine.job import Job
from studyguide.engine.premises import Premises
from studyguide.engine.private_folders import PrivateFolders
from studyguide.engine.process import Tools
from studyguide.engine.standby import StandbyEngines
from studyguide.errors import EngineCrashed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future
    from pathlib import Path
    from types import TracebackType

    from studyguide.artifacts import CompiledPdf
    from studyguide.engine.installation import Confinement, Installation
    from studyguide.engine.process import EngineProcess

MACHINES = ("x86_64", "aarch64")
"""Processors whose system calls `fork_server.lua` knows by number."""


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
        self._tools = Tools()
        self._premises = Premises(self._search, self._prepare)
        self._confinement: tuple[Confinement, Path | None] | None = None
        self._confining = threading.Lock()
        self._folders = PrivateFolders()
        self._standby = StandbyEngines(lambda: self._confine(self._premises.installation()), self._folders)
        self._servers: dict[str, ForkServers] = {}
        self._lessons = FontLessons(self._premises.installation, self._start_learner, self.give_up)
        self._jobs: set[Job] = set()
        self._is_closed = False
        self._lock = threading.Lock()

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
            if self.reason_to_stand_by:
                self._standby.expect(preamble, count)
            else:
                self._servers_of(preamble).expect(count)

    @contextlib.contextmanager
    def begin_job(self) -> Iterator[Job]:
        """Begin a job, which `stop_jobs` stops; it is over when the context is left."""
        job = Job()
        with self._lock:
            self._jobs.add(job)
        try:
            yield job
        finally:
            with self._lock:
                self._jobs.remove(job)

    def stop_jobs(self) -> None:
        """Stop all jobs that run now, from any thread: nobody wants their results any more.

        Who works for one gets `EngineStopped`. What is warm stays so, and jobs that begin later run as usual.
        """
        with self._lock:
            for job in self._jobs:
                job.stop()

    def find_premises(self) -> Future[Installation]:
        """See to it that programs are found and the fonts of our class learnt; what comes back is done when they are.

        On a fresh machine this takes a while, which no document is to be charged with.
        """
        return self._premises.find()

    def take(self, preamble: str, job: Job | None = None) -> EngineProcess | ForkedEngine:
        """Give an engine that has read this preamble or is about to: the one that was started first.

        Raises:
            EngineCrashed: when the build has been stopped, or there is no room for a private folder.
        """
        with self._lock:
            if self._is_closed:
                raise EngineCrashed("the build was stopped")
            if not self.reason_to_stand_by:
                return ForkedEngine(self._servers_of(preamble), self._folders.make(), job or Job())
            engine = self._standby.take(preamble)
            engine.job = job or Job()
            return engine

    def give_up(self, engine: EngineProcess | ForkedEngine) -> None:
        """End an engine that left nothing of use, and remove its folder."""
        engine.end()
        self._let_go(engine.folder)

    def release(self, compiled: CompiledPdf) -> None:
        """Remove the folder of a PDF that has been taken over; without this it stays until all is closed."""
        self._let_go(compiled.path.parent)

    def stop_forking(self, reason: str) -> None:
        """Let engines stand by from now on: this machine's cannot fork, or its kernel not lock."""
        with self._lock:
            self.reason_to_stand_by = reason
        self._premises.renew()

    def learn_fonts_of(self, engine: EngineProcess | ForkedEngine) -> Future[None]:
        """See to it that the fonts which an engine has met for the first time are known to all that come after it.

        They are learnt once more, by an engine that reads nothing of an author or of a class; returns at once.
        """
        return self._lessons.learn_fonts_of(engine.folder)

    def keep_fonts_of(self, engine: EngineProcess | ForkedEngine) -> None:
        """Wait until the fonts which an engine has met for the first time are known to all that come after it."""
        self.learn_fonts_of(engine).result()

    def close(self) -> None:
        """End everything that still runs and remove all private folders; from any thread, as often as you like."""
        with self._lock:
            self._is_closed = True
            servers, self._servers = list(self._servers.values()), {}
        self._tools.end()
        for each in servers:
            each.close()
        self._standby.close()
        self._folders.remove()

    def _let_go(self, folder: Path) -> None:
        self._standby.forget(folder)
        self._folders.let_go(folder)

    def _servers_of(self, preamble: str) -> ForkServers:
        if preamble not in self._servers:
            self._servers[preamble] = ForkServers(self._premises.installation, preamble, self._folders)
        return self._servers[preamble]

    def _start_learner(self, installation: Installation, preamble: str) -> EngineProcess:
        return self._standby.start(lambda: self._confine(installation), preamble)

    def _confine(self, installation: Installation) -> Installation:
        """Add what keeps an engine in its folder; it takes a moment to try, so only those wait that do not lock."""
        from studyguide.engine.discovery import find_confinement

        with self._confining:
            if self._confinement is None:
                self._confinement = find_confinement(installation.search_path, installation.system_folders, self._tools)
            confinement, wrapper = self._confinement
        return replace(installation, confinement=confinement, wrapper=wrapper)

    def _prepare(self, installation: Installation) -> None:
        """Let the fonts of our own class be learnt once, before engines start that would all learn them."""
        self._lessons.forget()
        # A guide's own class goes before ours: what is learnt of it is never kept.
        ours = replace(installation, class_folders=installation.class_folders[-1:])
        is_due = is_class_to_be_learnt(ours, is_learnt_by_servers=not self.reason_to_stand_by)
        if is_due and self._lessons.learn_class(ours, PLAIN_PREAMBLE):
            record_class(ours)

    def _search(self) -> Installation:
        from studyguide.engine.discovery import find_installation

        return find_installation(
            class_folders=self._class_folders,
            font_folders=self._font_folders,
            cache_folder=self._cache_folder,
            search_path=self._search_path,
            limits=self.limits,
            tools=self._tools,
        )


def reason_not_to_fork(system: str = sys.platform, machine: str = platform.machine()) -> str:
    """Say what this system lacks to lock a forked engine; nothing when it has all."""
    if not system.startswith("linux"):
        return "only Linux can lock a process that forks"
    if machine not in MACHINES:
        return f'the system calls of the processor "{machine}" are not known'
    from studyguide.engine.landlock import landlock_version

    return "" if landlock_version() > 0 else "the kernel has no Landlock"
