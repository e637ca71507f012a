"""Timing of whole processes, side by side: each round runs every contender once, so a busy machine is unfair to all.

Comes in: commands. Goes out: the seconds that each run took. Left to others: which commands, and what they show.
"""

from __future__ import annotations

import ctypes
import os
import statistics
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

LAST_WORDS = 2_000
"""How many characters of what a failed process said are shown."""


MEMORY_SECONDS = 0.2
"""How often memory is looked at: seldom enough not to be felt."""

PR_SET_CHILD_SUBREAPER = 36
"""Makes the orphans of our processes ours (Linux, prctl(2))."""


class ContenderFailed(Exception):
    """A process that is timed did not do its work, so that its time says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """One way to do the work: `prepare` is not timed; `pdf` is what the command has to leave, if anything."""

    name: str
    command: tuple[str, ...]
    folder: Path
    prepare: Callable[[], None]
    pdf: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one process took: by the clock, and of processors (its children included)."""

    wall_seconds: float
    processor_seconds: float
    memory_megabytes: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """All runs of one contender but for the first, which warms the machine's caches."""

    contender: Contender
    runs: tuple[Run, ...]

    @property
    def wall_seconds(self) -> float:
        """Give the median by the clock."""
        return statistics.median(run.wall_seconds for run in self.runs)

    @property
    def processor_seconds(self) -> float:
        """Give the median of processor time."""
        return statistics.median(run.processor_seconds for run in self.runs)

    @property
    def memory_megabytes(self) -> float:
        """Give the most memory that any run took."""
        return max(run.memory_megabytes for run in self.runs)


def race(
    contenders: tuple[Contender, ...], *, rounds: int, environment: Mapping[str, str], warm_ups: int = 1
) -> tuple[Score, ...]:
    """Run all contenders to warm up, as a rule once, and then `rounds` times, in turns.

    Raises:
        ContenderFailed: when one of them does not do its work.
    """
    adopt_orphans()
    laps = [tuple(time_run(each, environment) for each in contenders) for _ in range(warm_ups + rounds)]
    return tuple(
        Score(contender=each, runs=tuple(lap[place] for lap in laps[warm_ups:]))
        for place, each in enumerate(contenders)
    )


def adopt_orphans() -> None:
    """See to it that processor time is counted whole: bubblewrap ends without waiting for what ran inside."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def reap_orphans() -> float:
    """Wait for what a process has left behind, and give the processor seconds that it took."""
    seconds = 0.0
    while True:
        try:
            _, _, usage = os.wait4(-1, 0)
        except ChildProcessError:
            return seconds
        seconds += usage.ru_utime + usage.ru_stime


def time_run(contender: Contender, environment: Mapping[str, str]) -> Run:
    """Prepare a contender, then run and time its process.

    Raises:
        ContenderFailed: when it ends with an error or leaves no PDF.
    """
    contender.prepare()
    words = contender.folder / "bench-output.txt"
    with words.open("wb") as said:
        started = time.perf_counter()
        process = subprocess.Popen(
            contender.command,
            cwd=contender.folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        with watching_memory(process.pid) as peak:
            _, status, usage = os.wait4(process.pid, 0)
        wall_seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0 or not (contender.pdf is None or contender.pdf.is_file()):
        last_words = words.read_text(encoding="utf-8", errors="replace")[-LAST_WORDS:]
        raise ContenderFailed(f"{contender.name} ended with {process.returncode}: {contender.command}\n{last_words}")
    processor_seconds = usage.ru_utime + usage.ru_stime + reap_orphans()
    return Run(wall_seconds=wall_seconds, processor_seconds=processor_seconds, memory_megabytes=peak[0] / 2**20)


@contextmanager
def watching_memory(process: int) -> Iterator[list[int]]:
    """Look now and then at how much memory a process and all that it started take; pages that they share count once."""
    peak, is_over = [0], threading.Event()

    def watch() -> None:
        while not is_over.wait(MEMORY_SECONDS):
            peak[0] = max(peak[0], sum(proportional_bytes(each) for each in family(process)))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield peak
    finally:
        is_over.set()
        watcher.join()


def family(process: int) -> set[int]:
    """Give a process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError, IndexError):
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(entry.name))
    found, waiting = {process}, [process]
    while waiting:
        for child in children.get(waiting.pop(), ()):
            found.add(child)
            waiting.append(child)
    return found


def proportional_bytes(process: int) -> int:
    """Give the memory of a process, its part of shared pages counted (proc(5), smaps_rollup, Pss)."""
    with suppress(OSError, ValueError, IndexError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
