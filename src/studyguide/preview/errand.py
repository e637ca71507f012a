"""All that is not looked at, built in the quiet: a `studyguide build` of our own that gives way at once.

Comes in: arguments for the command. Goes out: what it made and what was wrong. A process of its own, so that a whole
guide costs the proofs nothing and leaves nothing in memory. Left to others: when it is time (`live`).
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studyguide.diagnostics import Diagnostic, Severity, SourceSpan
from studyguide.preview.board import Trouble

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PATIENCE_SECONDS = 0.6
"""How long it may take to end its engines and remove their folders when it is stopped."""

POLITE_PROGRAM = """
import os, signal, threading
os.nice(10)
def end_with_watch():
    os.read(0, 1)
    os.kill(os.getpid(), signal.SIGTERM)
threading.Thread(target=end_with_watch, daemon=True).start()
from studyguide.cli import run
run()
"""
"""The command, which leaves the processors to whatever is more urgent, and ends when nobody holds its other end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an errand did: the files that are as they should be, those of them that it made anew, and what is wrong.

    `problems` are in the author's files, `failures` anywhere else.
    """

    good: tuple[Path, ...]
    made: tuple[Path, ...]
    problems: tuple[Diagnostic, ...]
    failures: tuple[Trouble, ...]


class Errand:
    """One run of the command at a time; the next may start when the one before has ended."""

    def __init__(self, *, temporary_folder: Path, when_done: Callable[[], None]) -> None:
        """Say where it may put what it does not keep, and who wants to hear, from another thread, that it has ended."""
        self._temporary_folder = temporary_folder
        self._when_done = when_done
        self._process: subprocess.Popen[bytes] | None = None
        self._keeper: threading.Thread | None = None
        self._outcome: Outcome | None = None
        self._has_ended = True

    @property
    def is_running(self) -> bool:
        """Whether it has not ended yet."""
        return not self._has_ended

    def start(self, arguments: Sequence[str]) -> None:
        """Let it start; only when it is not running.

        Raises:
            OSError: when no process can be made.
        """
        self._outcome = None
        theirs, ours = os.pipe()
        try:
            self._process = self._run(arguments, theirs)
        except OSError:
            os.close(ours)
            raise
        finally:
            os.close(theirs)
        self._has_ended = False
        self._keeper = threading.Thread(target=self._keep, args=(self._process, ours), name="errand", daemon=True)
        self._keeper.start()

    def take_outcome(self) -> Outcome | None:
        """Give what came of it, once; None while it runs, when it was stopped, or when it said nothing readable."""
        outcome, self._outcome = self._outcome, None
        return outcome

    def stop(self) -> None:
        """Ask it to end; returns at once."""
        process = self._process
        if process is not None and process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGTERM)

    def close(self) -> None:
        """End it, kindly first, and wait until it has ended."""
        self.stop()
        if self._keeper is None or self._process is None:
            return
        self._keeper.join(PATIENCE_SECONDS)
        if self._keeper.is_alive():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._keeper.join()

    def _run(self, arguments: Sequence[str], end: int) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603  our own command, no shell
            # -P: what lies in the working folder is the author's and no module of ours, whatever it is called.
            [sys.executable, "-P", "-c", POLITE_PROGRAM, *arguments],
            stdin=end,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "TMPDIR": str(self._temporary_folder), "PYTHONIOENCODING": "utf-8"},
            start_new_session=True,
        )

    def _keep(self, process: subprocess.Popen[bytes], end: int) -> None:
        said, _ = process.communicate()
        os.close(end)
        with contextlib.suppress(ValueError, KeyError, TypeError):
            self._outcome = read_outcome(said)
        self._has_ended = True
        self._when_done()


def read_outcome(said: bytes) -> Outcome:
    """Read what `studyguide build --json` prints.

    Raises:
        ValueError: when it is something else; KeyError and TypeError likewise.
    """
    facts = json.loads(said)
    return Outcome(
        good=tuple(Path(each["path"]) for each in facts["outputs"]),
        made=tuple(Path(each["path"]) for each in facts["outputs"] if not each["cached"]),
        problems=tuple(_diagnostic(each) for each in facts["problems"]),
        failures=tuple(Trouble(message=each["message"], hint=each["hint"], problems=()) for each in facts["failures"]),
    )


def _diagnostic(facts: dict[str, str]) -> Diagnostic:
    return Diagnostic(
        span=SourceSpan(path=Path(facts["path"]), line=int(facts["line"]), column=int(facts["column"])),
        severity=Severity(facts["severity"]),
        message=facts["message"],
        hint=facts["hint"],
    )
