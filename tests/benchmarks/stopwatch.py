"""Timing of whole processes, side by side: each round runs every contender once, so a busy machine is unfair to all.

Comes in: commands. Goes out: the seconds that each run took. Left to others: which commands, and what they show.
"""

from __future__ import annotations

import ctypes
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

LAST_WORDS = 2_000
"""How many characters of what a failed process said are shown."""


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


def race(contenders: tuple[Contender, ...], *, rounds: int, environment: Mapping[str, str]) -> tuple[Score, ...]:
    """Run all contenders once to warm up and then `rounds` times, in turns.

    Raises:
        ContenderFailed: when one of them does not do its work.
    """
    adopt_orphans()
    laps = [tuple(time_run(each, environment) for each in contenders) for _ in range(1 + rounds)]
    return tuple(
        Score(contender=each, runs=tuple(lap[place] for lap in laps[1:])) for place, each in enumerate(contenders)
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
        _, status, usage = os.wait4(process.pid, 0)
        wall_seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0 or not (contender.pdf is None or contender.pdf.is_file()):
        last_words = words.read_text(encoding="utf-8", errors="replace")[-LAST_WORDS:]
        raise ContenderFailed(f"{contender.name} ended with {process.returncode}: {contender.command}\n{last_words}")
    processor_seconds = usage.ru_utime + usage.ru_stime + reap_orphans()
    return Run(wall_seconds=wall_seconds, processor_seconds=processor_seconds)
