"""The proofs that people wait for: one at a time, each of the newest state, shown and told as soon as it is there.

Comes in: which session, for whom, on what paper, and the state of the sources. Goes out: a proof or a trouble on the
board, and what it was made of. Left to others: making one (`proofing`), what is most urgent (`live`).
"""

from __future__ import annotations

import math
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studyguide.engine import EngineStopped
from studyguide.errors import StudyGuideError
from studyguide.preview.board import Choice, Trouble
from studyguide.preview.proofing import Proofed, Superseded, explain, make_proof
from studyguide.preview.snapshot import EMPTY, Snapshot, changed_paths, take_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studyguide.preview.benches import Benches
    from studyguide.preview.board import Board, Proof
    from studyguide.preview.telling import Telling
    from studyguide.targets import Target

ANNOUNCE_SECONDS = 0.4
"""How long a proof may be stale before pages are told: most builds are over by then, and telling a browser of each one
takes a sixth of the time (0.26 instead of 0.31 s from a save to the PDF, on two processors)."""

INSIST_SECONDS = 0.05
"""How often a job is told to end that is not the newest state any more."""

RETRY_SECONDS = 5.0
"""After how long something is tried again that failed for no fault of a file, as a full disk or a killed TeX."""


@dataclass(slots=True, kw_only=True)
class Job:
    """A proof that is being made: `before` is the state of the sources when it began, `files` that of what it read.

    `proofed` is there when it has ended, unless it was superseded.
    """

    choice: Choice
    target: Target
    before: Snapshot
    bench: int
    started: float
    files: Snapshot = EMPTY
    is_stale: bool = False
    proofed: Proofed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Built:
    """What a choice was made of last, and when it is to be tried again although nothing has changed."""

    files: Snapshot
    bench: int
    retry_at: float


class ProofWork:
    """The proofs of one `studyguide watch`."""

    def __init__(
        self, benches: Benches, board: Board, telling: Telling, *, wake: Callable[[], None], clock: Callable[[], float]
    ) -> None:
        """Begin with none; `wake` hears, from another thread, that one has ended."""
        self._benches = benches
        self._board = board
        self._telling = telling
        self._wake = wake
        self._clock = clock
        self._built: dict[Choice, _Built] = {}
        self._unannounced: dict[Choice, float] = {}
        self._job: tuple[Job, Future[Proofed]] | None = None
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="proof")
        self._is_closing = False

    @property
    def job(self) -> Job | None:
        """What is being made now."""
        return self._job[0] if self._job is not None else None

    def is_due(self, choice: Choice, state: Snapshot) -> bool:
        """Whether a choice was not made of this state yet, or is to be tried again."""
        built = self._built.get(choice)
        if built is None or built.bench != self._benches.number or self._clock() >= built.retry_at:
            return True
        known = state.files.keys() & built.files.files.keys()
        return any(state.digest_of(path) != built.files.digest_of(path) for path in known)

    def begin(self, choice: Choice, target: Target, state: Snapshot) -> None:
        """Begin the proof of a choice; only when no other is being made."""
        job = Job(choice=choice, target=target, before=state, bench=self._benches.number, started=self._clock())
        if self._board.holds(choice):
            self._unannounced.setdefault(choice, job.started)
        else:
            self._board.begin(choice)
        try:
            bench = self._benches.bench(target)
        except StudyGuideError as failure:
            self._built[choice] = _Built(files=EMPTY, bench=job.bench, retry_at=self._clock() + RETRY_SECONDS)
            self._fail(choice, explain(failure))
            return
        future = self._pool.submit(make_proof, target, choice, bench, lambda paths: self._check(job, paths))
        self._job = job, future
        future.add_done_callback(lambda _: self._wake())

    def supersede(self) -> None:
        """End what is being made: it is not the newest state any more."""
        if self._job is not None:
            self._job[0].is_stale = True
            self._benches.stop_jobs()

    def tend(self) -> float:
        """Say that a proof is stale once that has lasted, and end what is not wanted any more.

        Give the seconds until it has to be tended again.
        """
        job = self.job
        if job is None:
            return math.inf
        if job.is_stale:
            # It may have come to the engines only since it was superseded.
            self._benches.stop_jobs()
            return INSIST_SECONDS
        left = self._unannounced.get(job.choice, math.inf) + ANNOUNCE_SECONDS - self._clock()
        if left > 0:
            return left
        del self._unannounced[job.choice]
        self._board.begin(job.choice)
        return math.inf

    def collect(self) -> Job | None:
        """Show what a job that has ended made, or why it could not, and give it."""
        if self._job is None or not self._job[1].done():
            return None
        (job, future), self._job = self._job, None
        try:
            job.proofed = future.result()
        except (Superseded, EngineStopped):
            return job
        except Exception:
            self._built[job.choice] = _Built(files=job.before, bench=job.bench, retry_at=math.inf)
            self._unannounced.pop(job.choice, None)
            self._board.fail(job.choice, _OUR_MISTAKE)
            raise
        retry_at = self._clock() + RETRY_SECONDS if job.proofed.is_accident else math.inf
        self._built[job.choice] = _Built(files=job.files, bench=job.bench, retry_at=retry_at)
        self._show(job, job.proofed)
        return job

    def leave(self, choice: Choice) -> None:
        """Take a choice that was superseded for what it was: it has become that again, or has gone."""
        self._unannounced.pop(choice, None)
        self._board.leave(choice)

    def stop(self) -> None:
        """Let what is being made come to its end; from any thread."""
        self._is_closing = True
        self._benches.stop_jobs()

    def close(self) -> None:
        """Wait until it has."""
        self._pool.shutdown(cancel_futures=True)

    def _check(self, job: Job, paths: tuple[Path, ...]) -> None:
        """See that what a job has read is still the newest state; runs in the job's thread.

        Raises:
            Superseded: when it is not.
        """
        if job.is_stale or self._is_closing:
            raise Superseded
        job.files = take_snapshot(paths, job.before, hints=[path for path in paths if path.suffix == ".md"])
        if changed_paths(job.before, job.files):
            raise Superseded

    def _show(self, job: Job, proofed: Proofed) -> None:
        self._unannounced.pop(job.choice, None)
        if proofed.proof is not None:
            self._board.show(proofed.proof, proofed.warnings)
        trouble = proofed.trouble or proofed.unpublished
        if trouble is not None:
            self._fail(job.choice, trouble, proofed.flawed)
        else:
            self._telling.made(proofed, self._clock() - job.started)
            self._telling.trouble(job.choice, None)

    def _fail(self, choice: Choice, trouble: Trouble, flawed: Proof | None = None) -> None:
        self._unannounced.pop(choice, None)
        self._board.fail(choice, trouble, flawed)
        self._telling.trouble(choice, trouble)


_OUR_MISTAKE = Trouble(
    message="studyguide has made a mistake of its own",
    hint="the terminal says more; your files are untouched",
    problems=(),
)
