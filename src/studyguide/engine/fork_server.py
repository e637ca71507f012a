"""An engine that forks: one LuaLaTeX reads a preamble once, and every job is a locked child of it.

Comes in: a preamble, then folders with a body. Goes out: how each child ended; all fonts and macros are read only once.
What the child may do is up to `fork_server.lua`, which is read by the engine. Left to others: jobs (`forked`).
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import threading
import time
from concurrent.futures import Future
from typing import TYPE_CHECKING

from studyguide.engine.driver import LOG, TERMINAL
from studyguide.engine.font_cache import keep_what_was_learnt, lend_names
from studyguide.engine.ground import Ground, survey
from studyguide.engine.installation import environment_for, forking_arguments_for, own_cache
from studyguide.engine.private_folders import unwritable
from studyguide.engine.server_folder import WARMING, furnish
from studyguide.engine.server_status import ForkRefused, StatusLines
from studyguide.errors import EngineCrashed, EngineMissing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studyguide.engine.installation import Installation
    from studyguide.engine.job import Job

READY_SECONDS = 45.0
"""How long reading a preamble may take; on a fresh machine luaotfload looks at all fonts meanwhile."""

LAST_MOMENTS_SECONDS = 1.0
"""How long the kernel may take to end what was killed, and a server to say so."""


class ForkServer:
    """One LuaLaTeX that waits after its preamble and forks for every job, one job at a time.

    Its own cache is a link that leads into the folder of the job at hand: what luaotfload learns stays there.
    """

    def __init__(self, find_installation: Callable[[], Installation], preamble: str, folder: Path) -> None:
        """Let it start in a folder that is empty and private; returns at once."""
        self.folder = folder
        self._preamble = preamble
        self._find_installation = find_installation
        self._started: Future[subprocess.Popen[bytes]] = Future()
        self._ground: Ground
        # Held while files are made: once it is ended it makes none, since its folder goes then.
        self._starting = threading.Lock()
        self._reaping = threading.Lock()
        self._is_ended = False
        self._status = StatusLines()
        self._child = -1
        self._warm_by = 0.0
        threading.Thread(target=self._start_or_fail, name="fork server", daemon=True).start()

    @property
    def is_fit(self) -> bool:
        """Whether it runs, or is about to, and class, fonts and folders are as they were when it started."""
        if self._is_ended or not self._started.done():
            return not self._is_ended
        return self._started.exception() is None and self._process.poll() is None and self._ground.is_firm

    @property
    def is_child_locked(self) -> bool:
        """Whether the child of the last job said that it had locked itself."""
        return self._status.is_child_locked

    @property
    def is_ready(self) -> bool:
        """Whether it has read its preamble, as far as we know."""
        return not self._status.is_awaited("ready")

    def begin(self, folder: Path, deadline: float, job: Job) -> None:
        """Let it fork for the job in this folder, as soon as it is ready.

        Raises:
            ForkRefused: when it says that it cannot.
            EngineMissing: when it could not be started.
            EngineCrashed: when there is no room for its files.
            EngineStopped: when the job was stopped.
            TimeoutError: when it is not ready by the deadline.
            BrokenPipeError: when it has ended.
        """
        job.await_result(self._started)
        if not self.is_ready:
            self._await_ready(deadline, job)
        self._lend_cache(folder)
        self._status.expect_job()
        self._tell(os.fsencode(os.path.relpath(folder, self.folder)) + b"\n")
        self._await_child(deadline, job)

    def await_end(self, deadline: float, job: Job | None = None) -> int:
        """Wait for the child of the job at hand and give its return code, negative for a signal.

        Raises:
            ForkRefused: when the server says something that we do not understand.
            EngineStopped: when the job was stopped.
            TimeoutError: when it has not ended by the deadline.
            BrokenPipeError: when the server has ended.
        """
        status = self._status.read("end", deadline, job)
        self._forget_child()
        return os.waitstatus_to_exitcode(int(status))

    def end_child(self) -> bool:
        """End the child of the job at hand, if there is one, and say whether the server can do another job."""
        deadline = time.monotonic() + LAST_MOMENTS_SECONDS
        try:
            if self._status.is_awaited("child"):
                self._await_child(deadline)
            self._kill_child()
            if self._status.is_awaited("end"):
                self.await_end(deadline)
        except (ForkRefused, TimeoutError, BrokenPipeError):
            return False
        return True

    def end(self) -> None:
        """End the server and its child; from any thread, as often as you like."""
        with self._starting:
            self._is_ended = True
            is_running = self._started.done() and self._started.exception() is None
        if not is_running:
            return
        process = self._process
        # Until it is reaped its number is still its own; the child is of the same group.
        if process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self._kill_child()
        self._forget_child()
        with contextlib.suppress(BrokenPipeError):
            if process.stdin:
                process.stdin.close()

    def leave_log(self, job: Path) -> int:
        """Put the log of a server that has ended into a job's folder, and give its return code."""
        try:
            return_code = self._process.wait(LAST_MOMENTS_SECONDS)
        except subprocess.TimeoutExpired:
            self.end()
            return_code = self._process.wait()
        for name in (LOG, TERMINAL):
            with contextlib.suppress(OSError):
                (job / name).write_bytes((self.folder / name).read_bytes())
        return return_code

    @property
    def _process(self) -> subprocess.Popen[bytes]:
        return self._started.result()

    def _start_or_fail(self) -> None:
        try:
            installation = self._find_installation()
            with self._starting:
                if self._is_ended:
                    raise EngineCrashed("the build was stopped")  # noqa: TRY301  for the thread that asks
                ground = survey(installation)
                furnish(self.folder, installation, self._preamble, self._status.end_of_server)
                ground = ground.with_folder(self.folder)
                self._warm_by = time.monotonic() + READY_SECONDS
                process = self._start(installation)
                self._ground = ground.with_fonts(installation.font_folders)
                self._started.set_result(process)
        except BaseException as problem:  # noqa: BLE001  it is raised again in the thread that asks for the result
            self._started.set_exception(problem)
        finally:
            os.close(self._status.end_of_server)

    def _start(self, installation: Installation) -> subprocess.Popen[bytes]:
        try:
            with (self.folder / TERMINAL).open("wb") as terminal:
                return subprocess.Popen(  # noqa: S603  our own words, no shell
                    forking_arguments_for(installation),
                    cwd=self.folder,
                    env=environment_for(installation, self.folder) | {"TEXINPUTS": f".:{self.folder}:"},
                    stdin=subprocess.PIPE,
                    stdout=terminal,
                    stderr=subprocess.STDOUT,
                    pass_fds=(self._status.end_of_server,),
                    start_new_session=True,
                )
        except OSError as problem:
            raise EngineMissing(
                f"TeX cannot be started: {problem.strerror}", hint="`studyguide doctor` says what is missing"
            ) from problem

    def _lend_cache(self, job: Path) -> None:
        with self._starting:
            if self._is_ended:
                raise BrokenPipeError
            link = self.folder / "next-cache"
            try:
                lend_names(self._find_installation().cache_folder, job)
                link.unlink(missing_ok=True)
                link.symlink_to(own_cache(job))
                link.replace(own_cache(self.folder))
            except FileNotFoundError:  # somebody has cleared up the folder for temporary files
                raise BrokenPipeError from None
            except OSError as problem:
                raise unwritable(problem) from problem

    def _await_ready(self, deadline: float, job: Job) -> None:
        try:
            self._status.read("ready", min(deadline, self._warm_by), job)
        except TimeoutError:
            if self._warm_by > deadline:
                raise
            raise ForkRefused(f"it was not ready after {READY_SECONDS:g} s") from None
        # Until now it has read our class only.
        keep_what_was_learnt(self.folder / WARMING, self._find_installation().cache_folder)

    def _await_child(self, deadline: float, job: Job | None = None) -> None:
        number = self._status.read("child", deadline, job)
        with contextlib.suppress(ProcessLookupError):
            self._child = os.pidfd_open(int(number))

    def _tell(self, line: bytes) -> None:
        stdin = self._process.stdin
        try:
            if stdin is not None:
                stdin.write(line)
                stdin.flush()
        except ValueError:  # closed: the server was ended by another thread
            raise BrokenPipeError from None

    def _kill_child(self) -> None:
        """End the child, and wait until it is: it must not write into a folder that is being removed."""
        with self._reaping:
            if self._child >= 0:
                with contextlib.suppress(ProcessLookupError):
                    signal.pidfd_send_signal(self._child, signal.SIGKILL)
                select.select([self._child], [], [], LAST_MOMENTS_SECONDS)

    def _forget_child(self) -> None:
        with self._reaping:
            if self._child >= 0:
                os.close(self._child)
                self._child = -1
