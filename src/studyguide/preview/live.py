"""The loop: look at the sources, build what is looked at and what was edited, then all the rest in the quiet.

Comes in: which guides, and what their files hold. Goes out: PDFs in build/, and what the board shows. Nothing that an
author does ends it. Left to others: noticing (`sources`), one proof (`proofing`), the rest (`quiet_work`), what is
listed (`survey`).
"""

from __future__ import annotations

import contextlib
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from studyguide.engine import EngineStopped
from studyguide.errors import StudyGuideError
from studyguide.preview.board import Choice, Trouble
from studyguide.preview.edits import Edits
from studyguide.preview.proofing import Proofed, explain, make_proof
from studyguide.preview.snapshot import EMPTY, Snapshot, changed_paths, take_snapshot
from studyguide.preview.survey import Survey
from studyguide.targets import GUIDE_FILE, sessions_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studyguide.preview.benches import Benches
    from studyguide.preview.board import Board
    from studyguide.preview.errand import Outcome
    from studyguide.preview.quiet_work import QuietWork
    from studyguide.preview.sources import Sources
    from studyguide.targets import Target

QUIET_SECONDS = 1.5
"""How long nothing must have changed before the other files are made: a pause in which nobody waits for a page."""

SURVEY_SECONDS = 0.05
"""How long sessions are read before there is a look whether something has become more urgent."""

RETRY_SECONDS = 5.0
"""After how long something is tried again that failed for no fault of a file, as a full disk or a killed TeX."""

BUG_SECONDS = 1.0
"""How long to rest after a mistake of our own, so that one that comes again and again takes no processor."""


class Superseded(Exception):
    """What is being built is not the newest state any more."""


class Reporter(Protocol):
    """Who tells the person at the terminal what happens."""

    def made(self, proofed: Proofed, seconds: float) -> None:
        """Hear of a proof, its publication, and how long it took from the change on."""

    def failed(self, trouble: Trouble) -> None:
        """Hear of something that went wrong."""

    def errand_done(self, outcome: Outcome, seconds: float) -> None:
        """Hear that all other files were looked after."""

    def bug(self, problem: Exception) -> None:
        """Hear of a mistake of our own."""


@dataclass(slots=True, kw_only=True)
class _Job:
    """A proof that is being made; `before` is the state of the sources when it began, `files` that of what it read."""

    choice: Choice
    target: Target
    before: Snapshot
    bench: int
    started: float
    files: Snapshot = EMPTY
    is_stale: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Built:
    """What a choice was made of last, and when it is to be tried again although nothing has changed."""

    files: Snapshot
    bench: int
    retry_at: float


class Live:
    """The loop of one `studyguide watch`."""

    def __init__(  # noqa: PLR0913  each by its name
        self,
        *,
        find_targets: Callable[[], tuple[Target, ...]],
        benches: Benches,
        sources: Sources,
        board: Board,
        quiet_work: QuietWork,
        reporter: Reporter,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take all that it works with; nothing is built yet."""
        self._find_targets = find_targets
        self._benches = benches
        self._sources = sources
        self._board = board
        self._quiet_work = quiet_work
        self._reporter = reporter
        self._clock = clock
        self._survey = Survey()
        self._targets: tuple[Target, ...] = ()
        self._state = EMPTY
        self._edition = 1
        self._changed_at = clock()
        self._edits = Edits()
        self._built: dict[Choice, _Built] = {}
        self._job: tuple[_Job, Future[Proofed]] | None = None
        self._told: dict[Choice | str, Trouble | None] = {}
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="proof")
        self._stopping = threading.Event()

    def run(self) -> None:
        """Stay in the loop until `stop` is called; then end all that runs."""
        try:
            while not self._stopping.is_set():
                try:
                    self._turn()
                except Exception as problem:  # noqa: BLE001  the one place where it has to go on whatever happens
                    self._reporter.bug(problem)
                    self._stopping.wait(BUG_SECONDS)
        finally:
            self._benches.close()
            self._quiet_work.close()
            self._pool.shutdown(cancel_futures=True)

    def stop(self) -> None:
        """Let `run` come to its end; from any thread."""
        self._stopping.set()
        self._benches.stop_jobs()
        self._sources.wake()

    def _turn(self) -> None:
        self._look()
        self._collect_job()
        self._quiet_work.collect(self._benches.output)
        if self._job is None and not self._begin_next() and not self._survey_next():
            self._begin_quiet_work()

    def _look(self) -> None:
        """Wait for a change, or until there is something else to do, and take it in."""
        state = self._sources.changes(self._patience_seconds())
        targets = self._targets_now()
        # What is there at the start has not been edited.
        changed = frozenset() if self._state is EMPTY else changed_paths(self._state, state)
        is_new_design = self._benches.is_outdated(targets)
        is_other = bool(changed) or is_new_design or targets != self._targets
        self._state, self._targets = state, targets
        if not is_other:
            return
        self._edition += 1
        self._changed_at = self._clock()
        if self._job is not None and (is_new_design or changed & self._files_of(self._job[0])):
            self._job[0].is_stale = True
            self._benches.stop_jobs()
        if is_new_design:
            self._renew_benches()
        self._warm_bench()
        self._put_shelves()
        self._edits.note(targets, changed, self._changed_at)
        if newest := self._edits.find_newest(self._board.shelves):
            self._board.say(edited=newest)
        self._quiet_work.give_way(self._edition)

    def _targets_now(self) -> tuple[Target, ...]:
        try:
            targets = self._find_targets()
        except StudyGuideError as failure:
            self._report(_GUIDES, explain(failure))
            return self._targets
        self._report(_GUIDES, None)
        return targets

    def _renew_benches(self) -> None:
        try:
            self._benches.renew()
        except StudyGuideError as failure:
            self._report(_SETTINGS, explain(failure))
        else:
            self._report(_SETTINGS, None)

    def _warm_bench(self) -> None:
        """Let the first edit find an engine warm, whether or not a page is open by then."""
        # What stands in the way is said when a proof is begun.
        with contextlib.suppress(StudyGuideError):
            for target in self._targets[:1]:
                self._benches.bench(target)

    def _put_shelves(self) -> None:
        """Watch what is known to be read, and list what is known to be there."""
        files = self._survey.files_to_watch(self._targets) | self._benches.files(self._targets)
        if files != self._state.files.keys():
            newest = self._sources.watch(files)
            if self._state is EMPTY:
                self._state = newest
            else:
                self._sources.wake()
        self._board.put_shelves(self._survey.shelves(self._targets))

    def _patience_seconds(self) -> float:
        """Say how long there is nothing to do but to wait."""
        if self._job is not None or self._quiet_work.is_running:
            return QUIET_SECONDS
        return max(self._changed_at + QUIET_SECONDS - self._clock(), 0.0) or QUIET_SECONDS

    def _begin_next(self) -> bool:
        """Begin what is most urgent: what is looked at, then what was edited last."""
        wanted = self._board.wanted()
        for choice in (*wanted, *self._edits.choices(self._board.shelves)):
            target = self._target_of(choice)
            is_lost = choice in wanted and not self._board.holds(choice)
            if target is not None and (is_lost or self._is_due(choice)):
                self._begin(choice, target)
                return True
        return False

    def _target_of(self, choice: Choice) -> Target | None:
        """Give the target whose session a choice is; a whole guide is made in the quiet."""
        return next((each for each in self._targets if choice.source in sessions_of(each)), None)

    def _is_due(self, choice: Choice) -> bool:
        built = self._built.get(choice)
        if built is None or built.bench != self._benches.number or self._clock() >= built.retry_at:
            return True
        known = self._state.files.keys() & built.files.files.keys()
        return any(self._state.digest_of(path) != built.files.digest_of(path) for path in known)

    def _files_of(self, job: _Job) -> frozenset[Path]:
        return frozenset(self._survey.depends_on(job.choice.source)) | job.files.files.keys()

    def _begin(self, choice: Choice, target: Target) -> None:
        job = _Job(choice=choice, target=target, before=self._state, bench=self._benches.number, started=self._clock())
        self._quiet_work.make_way()
        self._board.begin(choice)
        try:
            bench = self._benches.bench(target)
        except StudyGuideError as failure:
            self._built[choice] = _Built(files=EMPTY, bench=job.bench, retry_at=self._clock() + RETRY_SECONDS)
            self._board.fail(choice, explain(failure))
            self._report(choice, explain(failure))
            return
        future = self._pool.submit(make_proof, target, choice, bench, lambda paths: self._check(job, paths))
        self._job = job, future
        future.add_done_callback(lambda _: self._sources.wake())

    def _check(self, job: _Job, paths: tuple[Path, ...]) -> None:
        """See that what a job has read is still the newest state; runs in the job's thread.

        Raises:
            Superseded: when it is not.
        """
        if job.is_stale or self._stopping.is_set():
            raise Superseded
        job.files = take_snapshot(paths, job.before, hints=[path for path in paths if path.suffix == ".md"])
        if changed_paths(job.before, job.files):
            raise Superseded

    def _collect_job(self) -> None:
        """Show what a job that has ended made, or why it could not; what was superseded is begun anew."""
        if self._job is None or not self._job[1].done():
            return
        (job, future), self._job = self._job, None
        try:
            proofed = future.result()
        except (Superseded, EngineStopped):
            self._survey.add_files(job.choice.source, job.files.files)
            self._put_shelves()
            # It may have become again what it was, or have gone.
            if self._target_of(job.choice) is None or not self._is_due(job.choice):
                self._board.leave(job.choice)
            return
        except Exception:
            self._board.fail(job.choice, _OUR_MISTAKE)
            self._built[job.choice] = _Built(files=job.before, bench=job.bench, retry_at=float("inf"))
            raise
        # First what somebody waits for.
        self._show(job, proofed)
        self._learn(job, proofed)

    def _learn(self, job: _Job, proofed: Proofed) -> None:
        seen = _seen(job.target, job.choice.source, job.files)
        if proofed.manuscript is not None:
            self._survey.learn(proofed.manuscript, job.choice.source, seen)
        elif proofed.failure is not None:
            self._survey.learn_failure(proofed.failure, job.choice.source, seen)
        retry_at = self._clock() + RETRY_SECONDS if proofed.is_accident else float("inf")
        self._built[job.choice] = _Built(files=job.files, bench=job.bench, retry_at=retry_at)
        self._put_shelves()

    def _show(self, job: _Job, proofed: Proofed) -> None:
        if proofed.proof is not None:
            self._board.show(proofed.proof, proofed.warnings)
        trouble = proofed.trouble or proofed.unpublished
        if trouble is not None:
            self._board.fail(job.choice, trouble, proofed.flawed)
        else:
            self._reporter.made(proofed, self._clock() - job.started)
        self._report(job.choice, trouble)

    def _report(self, subject: Choice | str, trouble: Trouble | None) -> None:
        """Tell the terminal of a trouble that it has not heard of yet."""
        is_news = trouble is not None and trouble != self._told.get(subject)
        self._told[subject] = trouble
        if is_news and trouble is not None:
            self._reporter.failed(trouble)

    def _survey_next(self) -> bool:
        """Read sessions that are not known as they are now, for a moment only; say whether there were any."""
        until = self._clock() + SURVEY_SECONDS
        has_read = False
        for target in self._targets:
            for session in sessions_of(target):
                seen = _seen(target, session, self._state)
                if self._clock() < until and not self._survey.is_known(session, seen):
                    self._survey.read(target, session, seen)
                    has_read = True
        if has_read:
            self._put_shelves()
            self._sources.wake()
        return has_read

    def _begin_quiet_work(self) -> None:
        if self._clock() - self._changed_at >= QUIET_SECONDS:
            self._quiet_work.start_next(self._targets, self._edition, self._benches.output)


def _seen(target: Target, session: Path, files: Snapshot) -> tuple[str, ...]:
    return files.digest_of(session), files.digest_of(target.folder / GUIDE_FILE)


_GUIDES, _SETTINGS = "guides", "settings"
"""What may be in trouble beside a choice."""

_OUR_MISTAKE = Trouble(
    message="studyguide has made a mistake of its own",
    hint="the terminal says more; your files are untouched",
    problems=(),
)
