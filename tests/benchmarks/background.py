"""Processes that stay: a watcher with all that it starts, its last words, and what it takes of the machine.

Comes in: a command. Goes out: a process that is ended whatever happens, and its footprint. Linux only, for /proc.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from saving import LONGEST_WAIT_SECONDS, LOOK_SECONDS
from stopwatch import LAST_WORDS, ContenderFailed, family, proportional_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

Found = TypeVar("Found")

END_SECONDS = 3.0
"""How long a process may take to end by itself after Ctrl-C."""

ALONE_SECONDS = 0.5
"""How long nothing that a process has started may run: shorter than a run of TeX, longer than what is between two."""

TICKS = os.sysconf("SC_CLK_TCK")
"""In what parts of a second the kernel counts processor time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Footprint:
    """What a process and all that it started hold."""

    memory_megabytes: float
    handles: int
    threads: int
    processes: int

    def __str__(self) -> str:
        """Put it into a line."""
        return (
            f"{self.memory_megabytes:.1f} MB, {self.handles} file handles, {self.threads} threads, "
            f"{self.processes} processes"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """A process that runs until it is ended."""

    name: str
    process: subprocess.Popen[bytes]
    said: Path

    def words(self) -> str:
        """Give all that it has said."""
        return self.said.read_text(encoding="utf-8", errors="replace")

    def wait_for(
        self,
        find: Callable[[], Found | None],
        what: str,
        *,
        seconds: float = LONGEST_WAIT_SECONDS,
        every_seconds: float = LOOK_SECONDS,
    ) -> Found:
        """Look now and then until there is something.

        Raises:
            ContenderFailed: when the process ends before, or the time is over.
        """
        due = time.monotonic() + seconds
        while (found := find()) is None:
            if self.process.poll() is not None:
                raise self.failure(f"ended with {self.process.returncode}")
            if time.monotonic() > due:
                raise self.failure(f"gave no {what} within {seconds:.0f} s")
            time.sleep(every_seconds)
        return found

    def wait_until_alone(self) -> None:
        """Wait until nothing runs that it has started, and it has not started another thing since.

        Raises:
            ContenderFailed: when it goes on and on.
        """
        is_alone = False
        while not is_alone:
            self.wait_for(lambda: self._is_alone() or None, "end of its work", every_seconds=ALONE_SECONDS)
            time.sleep(ALONE_SECONDS)
            is_alone = self._is_alone()

    def failure(self, what: str) -> ContenderFailed:
        """Say what it did wrong, with its last words."""
        return ContenderFailed(f"{self.name} {what}\n{self.words()[-LAST_WORDS:]}")

    def sleep(self) -> None:
        """Let it and all that it started stand still, so that they take nothing from others."""
        self._send(signal.SIGSTOP)

    def wake(self) -> None:
        """Let it go on."""
        self._send(signal.SIGCONT)

    def footprint(self) -> Footprint:
        """Say what it holds now."""
        members = family(self.process.pid)
        return Footprint(
            memory_megabytes=sum(map(proportional_bytes, members)) / 2**20,
            handles=sum(_count_entries(each, "fd") for each in members),
            threads=sum(_count_entries(each, "task") for each in members),
            processes=len(members),
        )

    def processor_seconds(self) -> float:
        """Give the processor time that it and all that it started have taken until now."""
        return sum(map(_processor_ticks, family(self.process.pid))) / TICKS

    def end(self) -> None:
        """End it by Ctrl-C, as a person would; then see to it that nothing is left."""
        self.wake()
        members = family(self.process.pid)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGINT)
        try:
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(END_SECONDS)
        finally:
            for each in members:
                _signal(each, signal.SIGKILL)
            self.process.wait()

    def _is_alone(self) -> bool:
        return family(self.process.pid) == {self.process.pid}

    def _send(self, number: signal.Signals) -> None:
        _signal(self.process.pid, number)
        for each in family(self.process.pid):
            _signal(each, number)


@contextmanager
def running(
    name: str, command: tuple[str, ...], *, folder: Path, environment: Mapping[str, str]
) -> Iterator[Background]:
    """Have a command run beside us; it ends with the context."""
    said = folder / "bench-output.txt"
    with said.open("wb") as words:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    background = Background(name=name, process=process, said=said)
    try:
        yield background
    finally:
        background.end()


def _signal(process: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, number)


def _count_entries(process: int, folder: str) -> int:
    with suppress(OSError):
        return sum(1 for _ in Path(f"/proc/{process}/{folder}").iterdir())
    return 0


def _processor_ticks(process: int) -> int:
    """Give the ticks of a process and of its children that have ended (proc(5), stat, fields 14 to 17)."""
    with suppress(OSError):
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return sum(int(each) for each in fields[11:15])
    return 0
