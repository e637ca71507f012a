"""One running LuaLaTeX with its private folder, from start to end (owns subprocess).

Comes in: how to start it and what its folder holds. Goes out: its return code, and nothing left of it when it ends.
Left to others: the command and its environment (`installation`), when to start it (`warm`), what it wrote (`outcome`).
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING, TypeVar

from studyguide.engine.class_files import copy_class_files
from studyguide.engine.driver import DRIVER, START, START_LINES, TERMINAL, driver_for
from studyguide.engine.font_cache import lend_names
from studyguide.engine.ground import Ground, survey
from studyguide.engine.installation import Confinement, arguments_for, environment_for, own_cache
from studyguide.engine.job import EngineStopped, Job
from studyguide.engine.private_folders import place_file, unwritable
from studyguide.errors import EngineCrashed, EngineMissing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studyguide.engine.installation import Installation

PATIENCE_SECONDS = 2.0
"""How long an engine has after SIGTERM to end by itself, before SIGKILL."""

Result = TypeVar("Result")


class EngineProcess:
    """A LuaLaTeX in a folder of its own, which waits after the preamble until it is handed its document.

    A thread of its own starts it and stays until it has ended. So waiting needs no polling, and an engine, which is
    killed when the thread that started it dies, is so only when all of us die.
    """

    def __init__(self, find_installation: Callable[[], Installation], preamble: str, folder: Path) -> None:
        """Let an engine start in a folder that is empty and private; returns at once.

        Raises:
            EngineCrashed: when the folder cannot be written.
        """
        self.folder = folder
        self.job = Job()
        self.place(DRIVER, driver_for(preamble).encode())
        self.place(START, START_LINES)
        self._find_installation = find_installation
        self._started: Future[subprocess.Popen[bytes]] = Future()
        self._ended: Future[int] = Future()
        self._ground: Ground
        self._reaping = threading.Lock()
        self._keeper = threading.Thread(target=self._keep, name="engine", daemon=True)
        self._keeper.start()

    @property
    def is_fit(self) -> bool:
        """Whether it runs, or is about to, and class, fonts and folders are as they were when it started."""
        if not self._started.done():
            return True
        return self._started.exception() is None and not self._ended.done() and self._ground.is_firm

    def place(self, name: str, content: bytes) -> None:
        """Put a file into the private folder.

        Raises:
            EngineCrashed: when there is no room for it.
        """
        place_file(self.folder / name, content)

    def hand_over(self) -> None:
        """Let the engine go on to the body, which stands in its folder now.

        Raises:
            EngineMissing: when the engine could not be started.
            EngineStopped: when the job was stopped.
        """
        process = self.job.await_result(self._started)
        # An engine that died while it warmed has closed its end, one that was stopped meanwhile has lost ours: how it
        # ended is seen when we wait for it.
        with contextlib.suppress(BrokenPipeError, ValueError):
            if process.stdin:
                process.stdin.write(b"go on\n")
                process.stdin.close()

    def wait(self, timeout_seconds: float) -> int:
        """Wait for the engine and give its return code: negative for a signal, as subprocess does.

        Whatever else happens than its own end, as Ctrl-C, its whole process group is ended first.

        Raises:
            EngineStopped: when the job was stopped.
            TimeoutError: when it took longer.
        """
        try:
            return self.job.await_result(self._ended, timeout_seconds)
        except EngineStopped:
            self.end()
            raise
        except BaseException:
            self.end(PATIENCE_SECONDS)
            raise

    def end(self, patience_seconds: float = 0) -> None:
        """End the process group if it still runs: where there is patience with SIGTERM and a moment, then SIGKILL."""
        if self._started.exception() is not None:
            return
        process = self._started.result()
        if patience_seconds > 0:
            self._signal(process, signal.SIGTERM)
            with contextlib.suppress(TimeoutError):
                self._ended.result(patience_seconds)
        self._signal(process, signal.SIGKILL)
        self._keeper.join()
        with contextlib.suppress(BrokenPipeError):
            if process.stdin:
                process.stdin.close()

    def _keep(self) -> None:
        _settle(self._started, self._start)
        _settle(self._ended, self._await_end)

    def _await_end(self) -> int:
        process = self._started.result()
        if hasattr(os, "waitid"):
            os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        else:  # macOS
            process.wait()
        with self._reaping:
            # Where it is not reaped yet, its number is still ours: whatever it left behind in its group ends here.
            _signal_group(process.pid, signal.SIGKILL)
            return process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        installation = self._find_installation()
        ground = survey(installation)
        try:
            own_cache(self.folder).mkdir()
            copy_class_files(installation.class_folders, self.folder)
            lend_names(installation.cache_folder, self.folder)
        except OSError as problem:
            raise unwritable(problem) from problem
        self._ground = ground.with_folder(self.folder).with_fonts(installation.font_folders)
        try:
            with (self.folder / TERMINAL).open("wb") as terminal:
                if installation.confinement is Confinement.LANDLOCK:
                    from studyguide.engine.landlock import confine_thread

                    confine_thread(readable=installation.readable_folders, writable=self.folder)
                return subprocess.Popen(  # noqa: S603  our own words, no shell
                    arguments_for(installation, self.folder),
                    cwd=self.folder,
                    env=environment_for(installation, self.folder),
                    stdin=subprocess.PIPE,
                    stdout=terminal,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                )
        except OSError as problem:
            raise EngineMissing(
                f"TeX cannot be started: {problem.strerror}", hint="`studyguide doctor` says what is missing"
            ) from problem

    def _signal(self, process: subprocess.Popen[bytes], number: signal.Signals) -> None:
        with self._reaping:
            if process.returncode is None:
                _signal_group(process.pid, number)


class Tools:
    """Small programs that are asked something; all end when nobody waits for the answers any more."""

    def __init__(self) -> None:
        """Run nothing yet."""
        self._running: set[subprocess.Popen[bytes]] = set()
        self._is_ended = False
        self._lock = threading.Lock()

    def run(
        self, arguments: tuple[str, ...], environment: dict[str, str], timeout_seconds: float, *, may_fail: bool = False
    ) -> str | None:
        """Run one to its end and give what it printed; None when it is missing, slow, or fails and may not.

        Raises:
            EngineCrashed: when all were ended.
        """
        try:
            process = self._start(arguments, environment)
        except OSError:
            return None
        try:
            output, _ = process.communicate(timeout=timeout_seconds)
        except subprocess.TimeoutExpired:
            return None
        finally:
            self._end(process)
        return output.decode("utf-8", errors="replace") if may_fail or process.returncode == 0 else None

    def end(self) -> None:
        """End those that run, and start no other; from any thread."""
        with self._lock:
            self._is_ended = True
            for process in self._running:
                _signal_group(process.pid, signal.SIGKILL)

    def _start(self, arguments: tuple[str, ...], environment: dict[str, str]) -> subprocess.Popen[bytes]:
        with self._lock:
            if self._is_ended:
                raise EngineCrashed("the build was stopped")
            process = subprocess.Popen(  # noqa: S603  our own words, no shell
                arguments,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                process_group=0,
            )
            self._running.add(process)
            return process

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        with self._lock:
            self._running.remove(process)
            if process.returncode is None:
                _signal_group(process.pid, signal.SIGKILL)
        process.wait()
        if process.stdout:
            process.stdout.close()


def _settle(future: Future[Result], work: Callable[[], Result]) -> None:
    try:
        future.set_result(work())
    except BaseException as problem:  # noqa: BLE001  it is raised again in the thread that asks for the result
        future.set_exception(problem)


def _signal_group(group: int, number: signal.Signals) -> None:
    # macOS says "not permitted" of a group of which only the dead leader is left.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)
