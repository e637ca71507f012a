"""Errands are begun once for every change, give way to what is more urgent, and are tried again after accidents."""

from __future__ import annotations

import datetime
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from manuscripts import GUIDE, HEADER, write_guide
from pdfs import small_pdf

from studyguide.artifacts import Places
from studyguide.model.guide import Audience, Paper
from studyguide.preview.board import Board, Choice, View
from studyguide.preview.errand import Errand, Outcome
from studyguide.preview.quiet_work import INTERRUPTED, RETRY_SECONDS, WAITING, QuietWork
from studyguide.preview.survey import Survey
from studyguide.targets import Target

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENT_SECONDS = 60.0
NOON = datetime.datetime(2026, 5, 12, 12, 0, tzinfo=datetime.UTC)
BUILD = Path("build")
COMMONS = Path("guides/commons")
WHOLE = Choice(source=COMMONS, audience=Audience.PARTICIPANT, paper=Paper.LETTER)
WHOLE_A4 = Choice(source=COMMONS, audience=Audience.PARTICIPANT, paper=Paper.A4)


class Place:
    """Guides on a board and their errands, in a working folder; `seconds` is the time."""

    def __init__(self, folder: Path) -> None:
        """Write no guide yet."""
        self.seconds = 0.0
        self.reports: list[Outcome] = []
        self.board = Board(clock=lambda: self.seconds, now=lambda: NOON)
        self.scratch = folder / "scratch"
        self._ended = threading.Event()
        self.errand = Errand(temporary_folder=folder, when_done=self._ended.set)
        self.work = QuietWork(
            self.errand,
            self.board,
            scratch=self.scratch,
            report=lambda outcome, _: self.reports.append(outcome),
            trace=lambda _, __: Places(places=()),
            clock=lambda: self.seconds,
        )
        self.targets = (Target(folder=COMMONS, session=None),)

    def write(self, *, last_page: int) -> None:
        """Write a guide that is wrong when its last page comes before the first: no TeX is needed to say so."""
        text = HEADER.replace("423-490", f"423-{last_page}")
        write_guide(COMMONS, guide=GUIDE, sessions={"01-well.md": text})
        self.board.put_shelves(Survey().shelves(self.targets))

    def start(self, edition: int = 1) -> bool:
        """Start what is due."""
        return self.work.start_next(self.targets, edition, BUILD)

    def finish(self) -> None:
        """Wait for the end of the errand, and take what came of it."""
        assert self._ended.wait(PATIENT_SECONDS)
        self._ended.clear()
        self.work.collect(BUILD)

    def view(self, choice: Choice = WHOLE) -> View:
        """Give what is shown of a whole guide that is looked at."""
        self.board.ask(choice)
        return self.board.view(choice)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """Give a working folder with a guide that is wrong."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "temporary").mkdir()
    made = Place(tmp_path / "temporary")
    made.write(last_page=1)
    yield made
    made.work.close()


def test_an_errand_is_due_once_after_every_change(place: Place) -> None:
    """While it runs the board says so; then it is done, until something changes."""
    assert place.start()
    assert place.work.is_running
    assert place.view().errand == WAITING
    assert not place.start()
    place.finish()
    assert not place.work.is_running
    assert len(place.reports) == 1
    assert place.view().errand == "errors in 1 file: see the terminal"

    place.seconds += RETRY_SECONDS
    assert not place.start()
    assert place.start(edition=2)


def test_errors_are_shown_where_the_whole_guide_is_looked_at(place: Place) -> None:
    """They keep it from being printed, whichever session they are in."""
    place.view()
    place.start()
    place.finish()
    trouble = place.view().trouble
    assert trouble is not None
    assert trouble.message == "the whole guide cannot be printed as it is"
    assert [each.span.path.name for each in trouble.problems] == ["01-well.md"]


def test_what_gives_way_to_a_change_is_begun_anew(place: Place) -> None:
    """With nothing said about it, since nothing went wrong."""
    place.start()
    place.work.give_way(2)
    place.finish()
    assert place.reports == []
    assert place.view().errand == ""
    assert place.start(edition=2)


def test_what_gives_way_to_a_proof_is_begun_anew(place: Place) -> None:
    """It would keep the proof from its place in build/, and takes processors from it."""
    place.work.make_way()
    place.start()
    place.work.make_way()
    place.finish()
    assert place.reports == []
    assert place.start()


def test_an_errand_that_ended_without_a_word_rests_before_it_is_tried_again(place: Place) -> None:
    """However it ended: were it begun at once, it might take a processor for ever."""
    Path("studyguide.toml").write_text("output = 3\n", encoding="utf-8")
    place.start()
    place.finish()
    assert place.view().errand == INTERRUPTED
    assert not place.start()
    place.seconds += RETRY_SECONDS
    assert place.start()
    place.finish()

    # What was changed may have mended it.
    Path("studyguide.toml").unlink()
    place.work.give_way(2)
    assert place.start(edition=2)
    place.finish()
    assert len(place.reports) == 1


def test_a_failure_that_no_file_is_to_blame_for_is_tried_again(place: Place) -> None:
    """As when there is no room in build/, here since a file is in its place; what can be made then is shown."""
    place.write(last_page=490)
    BUILD.write_text("in the way", encoding="utf-8")
    place.view()
    place.start()
    place.finish()
    assert place.view().trouble is not None
    assert place.view().errand == 'cannot lock "build": a part of its path is a file, not a folder'
    assert not place.start()

    BUILD.unlink()
    place.write(last_page=1)
    place.seconds += RETRY_SECONDS
    place.view()
    assert place.start()
    place.finish()
    trouble = place.view().trouble
    assert trouble is not None
    assert trouble.message == "the whole guide cannot be printed as it is"
    place.seconds += RETRY_SECONDS
    assert not place.start()


def test_a_whole_guide_that_was_made_is_shown(place: Place) -> None:
    """From build/, as soon as the errand has ended that looked after it, and stale when something changes."""
    place.start()
    place.finish()
    (BUILD / "commons").mkdir(parents=True)
    (BUILD / "commons" / "commons.pdf").write_bytes(small_pdf("The well"))
    place.view()
    place.work.collect(BUILD)
    view = place.view()
    assert view.proof is not None
    assert (view.proof.file_name, len(view.proof.pages), view.is_building) == ("commons.pdf", 1, False)

    place.work.give_way(2)
    assert place.view().is_building
    assert place.view().stale_since == NOON


def test_a_whole_guide_that_the_guide_does_not_ask_for_has_an_errand_of_its_own(place: Place) -> None:
    """When somebody looks at it, after all that is asked for; its files go nowhere near build/."""
    place.start()
    place.finish()
    place.view(WHOLE_A4)
    assert place.start()
    place.finish()
    trouble = place.view(WHOLE_A4).trouble
    assert trouble is not None
    assert not place.start()
    assert (place.scratch / "participant-a4" / ".studyguide").is_dir()
    assert not (BUILD / "commons").exists()
