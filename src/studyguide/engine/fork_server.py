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
import weakref
from concurrent.futures import Future
from typing import TYPE_CHECKING

from studyguide.engine.driver import LOG, TERMINAL
from studyguide.engine.font_cache import keep_what_was_learnt, lend_names
from studyguide.engine.installation import environment_for, forking_arguments_for, own_cache
from studyguide.engine.server_folder import WARMING, furnish
from studyguide.errors import EngineCrashed, EngineMissing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studyguide.engine.installation import Installation

LONGEST_STATUS_BYTES = 4096

READY_SECONDS = 45.0
"""How long reading a preamble may take; on a fresh machine luaotfload looks at all fonts meanwhile."""

LAST_MOMENTS_SECONDS = 1.0
"""How long the kernel may take to end what was killed, and a server to say so."""


class ForkRefused(Exception):
    """This machine's LuaLaTeX cannot fork, or its kernel cannot lock a child; the message says which."""


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
        # Held while files are made: once it is ended it makes none, since its folder goes then.
        self._starting = threading.Lock()
        self._reaping = threading.Lock()
        self._is_ended = False
        self._status = b""
        self._pipe, self._end_of_server = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
        # Closed when nobody holds the server any more, so that no thread ever reads from another's descriptor.
        weakref.finalize(self, os.close, self._pipe)
        self._child = -1
        self._is_ready = False
        threading.Thread(target=self._start_or_fail, name="fork server", daemon=True).start()

    @property
    def is_alive(self) -> bool:
        """Whether it runs, or is about to."""
        if self._is_ended or not self._started.done():
            return not self._is_ended
        return self._started.exception() is None and self._process.poll() is None

    def begin(self, job: Path, deadline: float) -> None:
        """Let it fork for the job in this folder, as soon as it is ready.

        Raises:
            ForkRefused: when it says that it cannot.
            EngineMissing: when it could not be started.
            TimeoutError: when it is not ready by the deadline.
            BrokenPipeError: when it has ended.
        """
        if not self._is_ready:
            self._await_ready(deadline)
        self._lend_cache(job)
        self._tell(os.fsencode(os.path.relpath(job, self.folder)) + b"\n")
        number = self._read_status("child", deadline)
        with contextlib.suppress(ProcessLookupError):
            self._child = os.pidfd_open(int(number))

    def await_end(self, deadline: float) -> int:
        """Wait for the child of the job at hand and give its return code, negative for a signal.

        Raises:
            ForkRefused: when the server says something that we do not understand.
            TimeoutError: when it has not ended by the deadline.
            BrokenPipeError: when the server has ended.
        """
        status = self._read_status("end", deadline)
        self._forget_child()
        return os.waitstatus_to_exitcode(int(status))

    def end_child(self) -> bool:
        """End the child of the job at hand and say whether the server has seen it: it can do another job then."""
        self._kill_child()
        try:
            self.await_end(time.monotonic() + LAST_MOMENTS_SECONDS)
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
                furnish(self.folder, installation, self._preamble, self._end_of_server)
                self._started.set_result(self._start(installation))
        except BaseException as problem:  # noqa: BLE001  it is raised again in the thread that asks for the result
            self._started.set_exception(problem)
        finally:
            os.close(self._end_of_server)

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
                    pass_fds=(self._end_of_server,),
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
            lend_names(self._find_installation().cache_folder, job)
            link = self.folder / "next-cache"
            link.symlink_to(own_cache(job))
            link.replace(own_cache(self.folder))

    def _await_ready(self, deadline: float) -> None:
        patience = time.monotonic() + READY_SECONDS
        try:
            self._read_status("ready", min(deadline, patience))
        except TimeoutError:
            if patience > deadline:
                raise
            raise ForkRefused(f"it was not ready after {READY_SECONDS:g} s") from None
        self._is_ready = True
        # Until now it has read our class only.
        keep_what_was_learnt(self.folder / WARMING, self._find_installation().cache_folder)

    def _tell(self, line: bytes) -> None:
        stdin = self._process.stdin
        try:
            if stdin is not None:
                stdin.write(line)
                stdin.flush()
        except ValueError:  # closed: the server was ended by another thread
            raise BrokenPipeError from None

    def _read_status(self, expected: str, deadline: float) -> str:
        """Read the next line of the server, and give what follows the word that it has to begin with."""
        self._started.result()
        while b"\n" not in self._status:
            readable, _, _ = select.select([self._pipe], [], [], max(deadline - time.monotonic(), 0))
            if not readable:
                raise TimeoutError
            said = os.read(self._pipe, LONGEST_STATUS_BYTES)
            if not said:
                raise BrokenPipeError
            self._status += said
        line, _, self._status = self._status.partition(b"\n")
        word, _, rest = line.decode(errors="replace").partition(" ")
        if word != expected or not (rest == "" if expected == "ready" else rest.isdecimal()):
            raise ForkRefused(rest if word == "refused" else "it says what we do not understand")
        return rest

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
