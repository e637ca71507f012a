"""The loop: look at the sources, build what is looked at and what was edited, then all the rest in the quiet.

Comes in: which guides, and what their files hold. Goes out: PDFs in build/, and what the board shows. Nothing that an
author does ends it. Left to others: noticing (`sources`), the proofs that people wait for (`proof_work`), the rest
(`quiet_work`), what is listed (`survey`).
"""

from __future__ import annotations

import contextlib
import threading
import time
from typing import TYPE_CHECKING

from studyguide.errors import StudyGuideError
from studyguide.model.layout import GUIDE_FILE
from studyguide.preview.edits import Edits
from studyguide.preview.memory import give_back
from studyguide.preview.proof_work import ProofWork
from studyguide.preview.proofing import explain
from studyguide.preview.snapshot import EMPTY, Snapshot, changed_paths
from studyguide.preview.survey import Survey
from studyguide.preview.telling import Telling
from studyguide.targets import sessions_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studyguide.preview.benches import Benches
    from studyguide.preview.board import Board, Choice
    from studyguide.preview.proof_work import Job
    from studyguide.preview.quiet_work import QuietWork
    from studyguide.preview.sources import Sources
    from studyguide.preview.telling import Reporter
    from studyguide.targets import Target

QUIET_SECONDS = 1.5
"""How long nothing must have changed before the other files are made: a pause in which nobody waits for a page."""

SURVEY_SECONDS = 0.05
"""How long sessions are read before there is a look whether something has become more urgent."""

PROOFS_HELD = 20
"""After how many proofs the memory of what was made on the way is given back."""

BUG_SECONDS = 1.0
"""How long to rest after a mistake of our own, so that one that comes again and again takes no processor."""


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
        self._clock = clock
        self._survey = Survey()
        self._targets: tuple[Target, ...] = ()
        self._state = EMPTY
        self._edition = 1
        self._proofs_made = 0
        self._changed_at = clock()
        self._edits = Edits()
        self._telling = Telling(reporter)
        self._proof_work = ProofWork(benches, board, self._telling, wake=sources.wake, clock=clock)
        self._stopping = threading.Event()

    def run(self) -> None:
        """Stay in the loop until `stop` is called; then end all that runs."""
        try:
            while not self._stopping.is_set():
                try:
                    self._turn()
                except Exception as problem:  # noqa: BLE001  the one place where it has to go on whatever happens
                    self._telling.bug(problem)
                    self._stopping.wait(BUG_SECONDS)
        finally:
            self._benches.close()
            self._quiet_work.close()
            self._proof_work.close()

    def stop(self) -> None:
        """Let `run` come to its end; from any thread."""
        self._stopping.set()
        self._proof_work.stop()
        self._sources.wake()

    def _turn(self) -> None:
        self._look()
        self._collect_proof()
        self._quiet_work.collect(self._benches.output)
        if self._proof_work.job is None and not self._begin_next() and not self._survey_next():
            self._begin_quiet_work()

    def _look(self) -> None:
        """Wait for a change, or until there is something else to do, and take it in."""
        state = self._sources.changes(self._patience_seconds())
        targets = self._targets_now()
        # What is there at the start has not been edited.
        changed = frozenset() if self._state is EMPTY else changed_paths(self._state, state)
        is_new_design = self._benches.is_outdated(targets)
        is_new_list = targets != self._targets or is_new_design or not changed <= self._survey.known_sessions
        is_other = bool(changed) or is_new_list
        self._state, self._targets = state, targets
        if not is_other:
            return
        self._edition += 1
        self._changed_at = self._clock()
        if is_new_design or changed & self._files_of(self._proof_work.job):
            self._proof_work.supersede()
        if is_new_design:
            self._renew_benches()
        self._warm_bench()
        if is_new_list:
            self._put_shelves()
        self._edits.note(targets, changed, self._changed_at)
        if newest := self._edits.find_newest(self._board.shelves):
            self._board.say(edited=newest)
        self._quiet_work.give_way(self._edition)

    def _targets_now(self) -> tuple[Target, ...]:
        try:
            targets = self._find_targets()
        except StudyGuideError as failure:
            self._telling.trouble(_GUIDES, explain(failure))
            return self._targets
        self._telling.trouble(_GUIDES, None)
        return targets

    def _renew_benches(self) -> None:
        try:
            self._benches.renew()
        except StudyGuideError as failure:
            self._telling.trouble(_SETTINGS, explain(failure))
        else:
            self._telling.trouble(_SETTINGS, None)

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
        until_tended = self._proof_work.tend()
        if self._proof_work.job is not None or self._quiet_work.is_running:
            return min(until_tended, QUIET_SECONDS)
        return max(self._changed_at + QUIET_SECONDS - self._clock(), 0.0) or QUIET_SECONDS

    def _begin_next(self) -> bool:
        """Begin what is most urgent: what is looked at, then what was edited last."""
        wanted = self._board.wanted()
        for choice in (*wanted, *self._edits.choices(self._board.shelves)):
            target = self._target_of(choice)
            is_lost = choice in wanted and not self._board.holds(choice)
            if target is not None and (is_lost or self._proof_work.is_due(choice, self._state)):
                self._quiet_work.make_way()
                self._proof_work.begin(choice, target, self._state)
                return True
        return False

    def _target_of(self, choice: Choice) -> Target | None:
        """Give the target whose session a choice is; a whole guide is made in the quiet."""
        return next((each for each in self._targets if choice.source in sessions_of(each)), None)

    def _files_of(self, job: Job | None) -> frozenset[Path]:
        if job is None:
            return frozenset()
        return frozenset(self._survey.depends_on(job.choice.source)) | job.files.files.keys()

    def _collect_proof(self) -> None:
        """Learn from a proof that was made; what was superseded is begun anew."""
        job = self._proof_work.collect()
        if job is None:
            return
        source, proofed = job.choice.source, job.proofed
        seen = _seen(job.target, source, job.files)
        is_news = False
        if proofed is None:
            self._survey.add_files(source, job.files.files)
            is_news = True
            if self._target_of(job.choice) is None or not self._proof_work.is_due(job.choice, self._state):
                self._proof_work.leave(job.choice)
        elif proofed.manuscript is not None:
            is_news = self._survey.learn(proofed.manuscript, source, seen)
        elif proofed.failure is not None:
            is_news = self._survey.learn_failure(proofed.failure, source, seen)
        if is_news:
            self._put_shelves()
        self._proofs_made += 1
        if self._proofs_made % PROOFS_HELD == 0:
            give_back()

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
