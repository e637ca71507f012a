"""What is made when nobody waits: all other files of the guides, and whole guides, by an errand.

Comes in: guides and how often their sources have changed. Goes out: files in build/, and whole guides on the board.
Left to others: the process (`errand`), when it is quiet (`live`).
"""

from __future__ import annotations

import contextlib
import datetime
import time
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from studyguide.diagnostics import Severity
from studyguide.errors import PrepressError
from studyguide.prepress import describe_pages
from studyguide.preview.board import Choice, Proof, Trouble
from studyguide.publish import is_build_awaited
from studyguide.targets import name_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studyguide.artifacts import PageFacts, Places
    from studyguide.diagnostics import Diagnostic
    from studyguide.preview.board import Board
    from studyguide.preview.errand import Errand, Outcome
    from studyguide.targets import Target

WAITING = "making the other files"

INTERRUPTED = "making the other files was interrupted: it is tried again"

RETRY_SECONDS = 10.0
"""After how long something is tried again that failed for no fault of a file, as on a full disk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """One errand: everything that the guides ask for, or a whole guide as `choice` asks for it."""

    targets: tuple[Target, ...]
    choice: Choice | None


class QuietWork:
    """The errands of one `studyguide watch`: each is due once after every change."""

    def __init__(  # noqa: PLR0913  each by its name
        self,
        errand: Errand,
        board: Board,
        *,
        scratch: Path,
        report: Callable[[Outcome, float], None],
        trace: Callable[[Choice, tuple[PageFacts, ...]], Places],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the errand and the board; `scratch` gets what the guides do not ask for, `report` hears of each end.

        `trace` says where the author's lines stand on the pages of a whole guide.
        """
        self._errand = errand
        self._board = board
        self._scratch = scratch
        self._report = report
        self._trace = trace
        self._clock = clock
        self._task: _Task | None = None
        self._edition = 0
        self._started = 0.0
        self._done: dict[Choice | None, int] = {}
        self._retry_at: dict[Choice | None, float] = {}
        self._is_stopped = False
        self._shown: dict[Choice, int] = {}

    @property
    def is_running(self) -> bool:
        """Whether an errand is on its way."""
        return self._task is not None

    def start_next(self, targets: tuple[Target, ...], edition: int, output: Path) -> bool:
        """Start the next errand that is due for this edition of the sources, if there is one."""
        due = [None, *(choice for choice in self._wanted(targets) if not self._is_listed(choice))]
        choices = [each for each in due if self._is_due(each, edition)]
        if not choices or self._errand.is_running:
            return False
        choice = choices[0]
        meant = tuple(each for each in targets if choice is None or each.folder == choice.source)
        arguments = ["build", "--json", "--output"]
        if choice is None:
            arguments.append(str(output))
        else:
            arguments += [str(self._scratch_of(choice)), "--audience", choice.audience, "--paper", choice.paper]
        arguments += ["--", *(str(each.session or each.folder) for each in meant)]
        self._task, self._edition, self._started = _Task(targets=meant, choice=choice), edition, self._clock()
        self._is_stopped = False
        self._board.say(errand=WAITING)
        # Where no process can be made, it is as if it had ended without a word.
        with contextlib.suppress(OSError):
            self._errand.start(arguments)
        return True

    def collect(self, output: Path) -> None:
        """Take what an errand that has ended made, and show the whole guides that are looked at."""
        if self._task is not None and not self._errand.is_running:
            task, self._task = self._task, None
            outcome = self._errand.take_outcome()
            self._retry_at.pop(task.choice, None)
            if outcome is None:
                self._rest(task)
                return
            if outcome.failures:
                self._retry_at[task.choice] = self._clock() + RETRY_SECONDS
            self._done[task.choice] = self._edition
            self._shown = {each: shown for each, shown in self._shown.items() if not self._is_made_by(task, each)}
            self._board.say(errand=_sum_up(outcome))
            self._report(outcome, self._clock() - self._started)
            self._tell_troubles(task, outcome, output)
        elif self._task is not None and is_build_awaited(output):
            self._errand.stop()
        for choice in self._wanted(()):
            self._show_if_made(choice, output)

    def give_way(self, edition: int) -> None:
        """Let an errand end whose sources have gone on since, and mark the whole guides that are stale now."""
        self._retry_at.clear()
        if self._edition != edition:
            self.make_way()
        for choice in self._wanted(()):
            if self._shown.get(choice, edition) != edition:
                self._board.begin(choice)

    def make_way(self) -> None:
        """Let an errand end that is on its way: it keeps others from build/, and is begun anew when it is quiet."""
        if self._task is not None:
            self._is_stopped = True
            self._errand.stop()

    def close(self) -> None:
        """End an errand that is on its way."""
        self._errand.close()

    def _wanted(self, targets: tuple[Target, ...]) -> tuple[Choice, ...]:
        """Give the whole guides that pages look at; of these targets, when there are any."""
        folders = {each.folder for each in targets}
        guides = {entry.source for shelf in self._board.shelves for entry in shelf.entries if entry.is_whole_guide}
        return tuple(
            each for each in self._board.wanted() if each.source in guides and each.source in (folders or guides)
        )

    def _is_due(self, task: Choice | None, edition: int) -> bool:
        """Whether it is not done as it is now, or is to be tried again."""
        if task in self._retry_at:
            return self._clock() >= self._retry_at[task]
        return self._done.get(task) != edition

    def _rest(self, task: _Task) -> None:
        """Begin an errand that was stopped at the next occasion, and one that ended without a word not at once."""
        self._board.say(errand="" if self._is_stopped else INTERRUPTED)
        if not self._is_stopped:
            self._retry_at[task.choice] = self._clock() + RETRY_SECONDS

    def _is_made_by(self, task: _Task, choice: Choice) -> bool:
        return choice == task.choice or (task.choice is None and self._is_listed(choice))

    def _is_listed(self, choice: Choice) -> bool:
        return self._path_in(choice) is not None

    def _path_in(self, choice: Choice) -> str | None:
        """Give the path of a whole guide below build/, None when the guide does not ask for this file."""
        for shelf in self._board.shelves:
            for entry in shelf.entries:
                if entry.is_whole_guide and entry.source == choice.source:
                    pairs = [(audience, paper) for audience in shelf.audiences for paper in shelf.papers]
                    if (choice.audience, choice.paper) in pairs:
                        number = pairs.index((choice.audience, choice.paper))
                        return f"{entry.name}/{name_file(entry.name, number, choice.audience, choice.paper)}"
        return None

    def _scratch_of(self, choice: Choice) -> Path:
        return self._scratch / f"{choice.audience}-{choice.paper}"

    def _file_of(self, choice: Choice, output: Path) -> Path:
        listed = self._path_in(choice)
        if listed is not None:
            return output / listed
        name = choice.source.resolve().name
        return self._scratch_of(choice) / name / f"{name}.pdf"

    def _show_if_made(self, choice: Choice, output: Path) -> None:
        edition = self._done.get(None if self._is_listed(choice) else choice, 0)
        if edition == 0 or self._shown.get(choice) == edition:
            return
        self._shown[choice] = edition
        path = self._file_of(choice, output)
        try:
            content = path.read_bytes()
            pages = describe_pages(content)
        except (OSError, PrepressError):
            return
        proof = Proof(
            choice=choice,
            file_name=path.name,
            content=content,
            pages=pages,
            find_places=cache(partial(self._trace, choice, pages)),
            made_at=datetime.datetime.now().astimezone(),
        )
        self._board.show(proof, ())

    def _tell_troubles(self, task: _Task, outcome: Outcome, output: Path) -> None:
        """Say of each whole guide that is looked at why it could not be made: what failed may be another's."""
        for choice in self._wanted(task.targets):
            if self._file_of(choice, output) in outcome.good:
                continue
            errors = tuple(
                each
                for each in outcome.problems
                if each.severity is Severity.ERROR and choice.source in each.span.path.parents
            )
            if errors or outcome.failures:
                trouble = outcome.failures[0] if outcome.failures else _cannot_be_printed(errors)
                self._board.fail(choice, trouble)
                self._shown[choice] = self._edition


def _cannot_be_printed(errors: tuple[Diagnostic, ...]) -> Trouble:
    return Trouble(message="the whole guide cannot be printed as it is", hint="", problems=errors)


def _sum_up(outcome: Outcome) -> str:
    """Put into a few words what is wrong with files that nobody looks at; nothing when all is well."""
    errors = [each for each in outcome.problems if each.severity is Severity.ERROR]
    if outcome.failures:
        return outcome.failures[0].message
    files = len({each.span.path for each in errors})
    return f"errors in {files} file{'s' if files > 1 else ''}: see the terminal" if errors else ""
