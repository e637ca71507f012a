"""When a proof is begun, announced, superseded and tried again; TeX never comes to its end here."""

from __future__ import annotations

import datetime
import math
import os
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from manuscripts import HEADER, write_guide

from studyguide.model.guide import Audience, Paper
from studyguide.preview.benches import Benches
from studyguide.preview.board import Board, Choice, Proof
from studyguide.preview.proof_work import ANNOUNCE_SECONDS, RETRY_SECONDS, ProofWork
from studyguide.preview.snapshot import take_snapshot
from studyguide.preview.telling import Telling
from studyguide.settings import load_settings
from studyguide.targets import Target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studyguide.preview import Outcome, Proofed, Trouble
    from studyguide.preview.proof_work import Job

GUIDE = Path("commons")
SESSION = GUIDE / "sessions" / "01-well.md"
TARGET = Target(folder=GUIDE, session=None)
CHOICE = Choice(source=SESSION, audience=Audience.PARTICIPANT, paper=Paper.LETTER)
NOW = datetime.datetime(2026, 5, 12, 12, 0, tzinfo=datetime.UTC)
PATIENT_SECONDS = 60.0


@dataclass
class Ear:
    """Keeps the troubles that a terminal would be told of."""

    troubles: list[Trouble] = field(default_factory=list)

    def made(self, proofed: Proofed, seconds: float) -> None:
        """Nothing is made here."""
        raise AssertionError(proofed, seconds)

    def failed(self, trouble: Trouble) -> None:
        """Keep it."""
        self.troubles.append(trouble)

    def errand_done(self, outcome: Outcome, seconds: float) -> None:
        """There are no errands here."""
        raise AssertionError(outcome, seconds)

    def bug(self, problem: Exception) -> None:
        """Fail with it."""
        raise problem


@dataclass
class Desk:
    """Proof work with a clock that stands still until it is moved."""

    now: float = 100.0
    ear: Ear = field(default_factory=Ear)
    woken: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        """Set it up in the working folder."""
        self.board = Board(now=lambda: NOW)
        self.benches = Benches(load_settings=lambda: load_settings(Path(), os.environ), output=None)
        telling = Telling(self.ear)
        self.work = ProofWork(self.benches, self.board, telling, wake=self.woken.set, clock=lambda: self.now)

    def begin(self) -> None:
        """Begin the proof of the session as it is now."""
        self.work.begin(CHOICE, TARGET, take_snapshot([SESSION, GUIDE / "guide.md"]))

    def is_announced(self) -> bool:
        """Let it say what there is to say, and whether pages know of it."""
        self.work.tend()
        return self.board.view(CHOICE).is_building


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Give a desk with one session, a proof of it, and a TeX that takes for ever."""
    monkeypatch.chdir(tmp_path)
    write_guide(GUIDE, sessions={SESSION.name: HEADER + "\nThe well.\n"})
    engine = tmp_path / "programs" / "lualatex"
    engine.parent.mkdir()
    engine.write_text("#!/bin/sh\nsleep 100\n", encoding="utf-8")
    engine.chmod(0o755)
    monkeypatch.setenv("PATH", f"{engine.parent}:{os.environ['PATH']}")
    made = Desk()
    yield made
    made.work.stop()
    made.benches.close()
    made.work.close()


def end_superseded(desk: Desk) -> Job | None:
    """Supersede what is being made, and wait until it has ended."""
    desk.work.supersede()
    end = time.monotonic() + PATIENT_SECONDS
    while not desk.woken.wait(desk.work.tend()):
        assert time.monotonic() < end
    return desk.work.collect()


def show_proof(desk: Desk) -> None:
    """Let the board hold a proof."""
    desk.board.show(
        Proof(choice=CHOICE, file_name="01-well.pdf", content=b"", pages=(), find_places=None, made_at=NOW), ()
    )


def test_pages_hear_that_a_proof_is_stale_only_when_that_lasts(desk: Desk) -> None:
    """Telling a browser of each build takes longer than most builds have left."""
    show_proof(desk)
    desk.begin()
    assert not desk.is_announced()
    assert desk.work.tend() == pytest.approx(ANNOUNCE_SECONDS)
    desk.now += ANNOUNCE_SECONDS / 2
    assert not desk.is_announced()
    desk.now += ANNOUNCE_SECONDS
    assert desk.is_announced()
    assert desk.board.view(CHOICE).stale_since == NOW
    assert desk.work.tend() == math.inf


def test_a_first_proof_is_announced_at_once(desk: Desk) -> None:
    """A page that shows nothing yet says what it waits for."""
    desk.begin()
    assert desk.board.view(CHOICE).is_building


def test_edits_that_supersede_each_other_do_not_put_it_off(desk: Desk) -> None:
    """It counts since when the proof that is shown is stale."""
    show_proof(desk)
    desk.begin()
    desk.now += ANNOUNCE_SECONDS * 0.6
    ended = end_superseded(desk)
    assert ended is not None
    assert (ended.choice, ended.proofed) == (CHOICE, None)
    assert desk.work.job is None
    desk.begin()
    assert not desk.is_announced()
    desk.now += ANNOUNCE_SECONDS * 0.6
    assert desk.is_announced()


def test_what_was_taken_back_was_never_stale(desk: Desk) -> None:
    """Then there is nothing to say."""
    show_proof(desk)
    desk.begin()
    end_superseded(desk)
    desk.work.leave(CHOICE)
    desk.now += ANNOUNCE_SECONDS
    desk.begin()
    assert not desk.is_announced()


def test_where_no_engine_can_be_had_it_is_said_and_tried_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a folder for temporary files in which TeX cannot work, or on a full disk."""
    odd = Path("odd$folder").absolute()
    odd.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(odd))
    desk.begin()
    state = take_snapshot([SESSION])
    trouble = desk.board.view(CHOICE).trouble
    assert trouble is not None
    assert "a dollar sign in a name means something" in trouble.message
    assert desk.ear.troubles == [trouble]
    assert desk.work.job is None
    assert not desk.work.is_due(CHOICE, state)
    desk.now += RETRY_SECONDS
    assert desk.work.is_due(CHOICE, state)
