"""What the terminal says while a guide is watched: short, with the time of day, and nothing twice."""

from __future__ import annotations

import datetime
import io
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from models import FOLDER, SESSION_FILE, a_guide, a_manuscript, a_session

from studyguide.artifacts import Publication
from studyguide.cli.watch_screen import WatchScreen, open_page, show_start
from studyguide.diagnostics import SourceSpan, error, warning
from studyguide.model.guide import Audience, Paper
from studyguide.preview import Outcome, Proofed, Trouble

if TYPE_CHECKING:
    from studyguide.diagnostics import Diagnostic

PATH = Path("build/commons/03-water.pdf")
ODD = warning(SourceSpan(path=SESSION_FILE, line=9), "p. 700 lies outside the pages", "correct it")
WRONG = error(SourceSpan(path=SESSION_FILE, line=6, column=8), "`pages` ends before it begins", "turn them round")
ELSEWHERE = error(SourceSpan(path=FOLDER / "sessions" / "04-bread.md", line=2), "`date` is missing", "write one")
FULL = Trouble(message='cannot write "build": the disk is full', hint="make room", problems=())
WRONG_SAID = (
    "guides/commons/sessions/03-water.md:6:8: error: `pages` ends before it begins\n    hint: turn them round\n"
)
ELSEWHERE_SAID = "guides/commons/sessions/04-bread.md:2:1: error: `date` is missing\n    hint: write one\n"


class Said:
    """What was said since it was asked for last, with every time of day as `12:00:00`."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Begin to listen."""
        self._capsys = capsys

    def __call__(self) -> str:
        """Give it."""
        return re.sub(r"^\d\d:\d\d:\d\d", "12:00:00", self._capsys.readouterr().err, flags=re.MULTILINE)


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Said:
    """Give the ear of a terminal."""
    return Said(capsys)


def made(*warnings: Diagnostic, pages: int = 12, is_unchanged: bool = False) -> Proofed:
    """Give a proof that was published."""
    publication = Publication(
        path=PATH,
        source=SESSION_FILE,
        paper=Paper.LETTER,
        audience=Audience.PARTICIPANT,
        page_count=pages,
        passes=1,
        milliseconds=250,
        is_cached=True,
        warnings=(),
    )
    return Proofed(
        depends_on=(),
        manuscript=a_manuscript(a_guide(a_session())),
        warnings=warnings,
        publication=publication,
        is_unchanged=is_unchanged,
    )


def outcome(*problems: Diagnostic, made_count: int = 0, failures: tuple[Trouble, ...] = ()) -> Outcome:
    """Give what an errand found and made."""
    return Outcome(good=(), made=(PATH,) * made_count, problems=problems, failures=failures)


def trouble(*problems: Diagnostic) -> Trouble:
    """Give what is wrong with a session."""
    return Trouble(message="1 error in 1 file", hint="", problems=problems)


def test_a_handout_that_was_made_is_a_line(said: Said) -> None:
    """When, which file, how long it is and how long it took."""
    screen = WatchScreen()
    screen.made(made(), 0.264)
    screen.made(made(pages=1, is_unchanged=True), 0.02)
    assert said() == (
        "12:00:00  build/commons/03-water.pdf  12 pages, 0.26 s\n"
        "12:00:00  build/commons/03-water.pdf  1 page, unchanged\n"
    )


def test_the_time_of_day_is_that_of_the_place(said: Said, capsys: pytest.CaptureFixture[str]) -> None:
    """As on the clock on the wall."""
    before = datetime.datetime.now().astimezone().replace(microsecond=0)
    WatchScreen().made(made(), 0.2)
    after = datetime.datetime.now().astimezone()
    shown = datetime.time.fromisoformat(capsys.readouterr().err[:8])
    assert before.time() <= shown <= after.time() or before.date() != after.date()
    assert said() == ""


def test_pages_that_stand_nowhere_in_build_are_no_line(said: Said) -> None:
    """Somebody looks at them in the browser, and sees them there."""
    WatchScreen().made(Proofed(depends_on=()), 0.2)
    assert said() == ""


def test_what_is_wrong_is_said_with_its_place_and_that_the_last_pages_stay(said: Said) -> None:
    """So nobody fears for the file that was good."""
    WatchScreen().failed(trouble(WRONG))
    assert said() == f"{WRONG_SAID}12:00:00  the last good pages stay\n"


def test_what_is_no_authors_fault_is_one_sentence(said: Said) -> None:
    """With its advice."""
    WatchScreen().failed(FULL)
    assert said() == 'error: cannot write "build": the disk is full\n    hint: make room\n'


def test_a_warning_is_said_once(said: Said) -> None:
    """However often the file is saved with it; when it had gone and comes again, it is said again."""
    screen = WatchScreen()
    odd = "guides/commons/sessions/03-water.md:9:1: warning: p. 700 lies outside the pages\n    hint: correct it\n"
    line = "12:00:00  build/commons/03-water.pdf  12 pages, 0.20 s\n"
    screen.made(made(ODD), 0.2)
    screen.made(made(ODD), 0.2)
    assert said() == odd + line + line
    screen.made(made(), 0.2)
    screen.made(made(ODD), 0.2)
    assert said() == line + odd + line


def test_errors_that_were_said_are_not_said_again_when_all_other_files_are_made(said: Said) -> None:
    """Only those of other files; nor are they when nothing has become of them."""
    screen = WatchScreen()
    screen.failed(trouble(WRONG))
    said()
    screen.errand_done(outcome(WRONG, ELSEWHERE), 2.0)
    assert said() == ELSEWHERE_SAID
    screen.errand_done(outcome(WRONG, ELSEWHERE), 2.0)
    assert said() == ""


def test_an_error_that_was_mended_and_comes_again_is_said_again(said: Said) -> None:
    """Whether its handout was made meanwhile, or all other files were."""
    screen = WatchScreen()
    screen.failed(trouble(WRONG))
    screen.made(made(), 0.2)
    said()
    screen.errand_done(outcome(WRONG), 2.0)
    assert said() == WRONG_SAID
    screen.errand_done(outcome(), 2.0)
    screen.errand_done(outcome(WRONG), 2.0)
    assert said().endswith(WRONG_SAID)


def test_warnings_of_files_that_nobody_works_on_are_not_said(said: Said) -> None:
    """`studyguide check` says them all."""
    WatchScreen().errand_done(outcome(ODD, made_count=3), 4.04)
    assert said() == "12:00:00  3 other files made, 4.0 s\n"


def test_a_failure_that_lasts_is_said_once(said: Said) -> None:
    """It is tried again and again; when it had gone and comes again, it is said again."""
    screen = WatchScreen()
    for _ in range(2):
        screen.errand_done(outcome(failures=(FULL, FULL)), 0.5)
    assert said() == 'error: cannot write "build": the disk is full\n    hint: make room\n'
    screen.errand_done(outcome(made_count=1), 0.5)
    screen.errand_done(outcome(failures=(FULL,)), 0.5)
    assert said() == (
        '12:00:00  1 other file made, 0.5 s\nerror: cannot write "build": the disk is full\n    hint: make room\n'
    )


def test_when_nothing_was_to_be_made_that_is_said_once(said: Said) -> None:
    """After the start somebody may wait for it; later it is nobody's news."""
    screen = WatchScreen()
    screen.errand_done(outcome(), 0.3)
    screen.errand_done(outcome(), 0.3)
    assert said() == "12:00:00  all other files are up to date\n"


def test_a_mistake_of_our_own_is_told_in_full(said: Said) -> None:
    """Whoever reports it has what helps to mend it."""
    WatchScreen().bug(ZeroDivisionError("by nobody"))
    lines = said().splitlines()
    assert lines[0] == "studyguide has made a mistake of its own, and goes on; please report this:"
    assert "ZeroDivisionError: by nobody" in lines


def test_control_characters_do_not_reach_the_terminal(said: Said) -> None:
    """Whatever a file is called, and whatever stands in it."""
    path = Path("sessions/\x1b]0;title\x07.md")
    screen = WatchScreen()
    screen.failed(trouble(error(SourceSpan(path=path), "odd \x1b[31m", "\x9b")))
    screen.errand_done(outcome(error(SourceSpan(path=path), "odd \x00")), 0.5)
    text = said()
    assert "\\x1b]0;title\\x07.md" in text
    assert not set(text) & {chr(code) for code in (*range(10), *range(11, 32), *range(127, 160))}


class Unflushed(io.StringIO):
    """A stream that keeps what it gets until it is flushed, as one that goes into a pipe does."""

    def __init__(self) -> None:
        """Hold nothing."""
        super().__init__()
        self.arrived = ""

    def flush(self) -> None:
        """Let it go."""
        self.arrived = self.getvalue()


def test_the_address_is_there_at_once(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where standard output goes into a pipe; what is watched, and how, stands before it."""
    stream = Unflushed()
    monkeypatch.setattr(sys, "stdout", stream)
    show_start(what="guides/commons", how="changes arrive in 1 ms", address="http://127.0.0.1:7312/secret/")
    assert stream.arrived == "\n    http://127.0.0.1:7312/secret/\n\n"
    assert said() == (
        "12:00:00  watching guides/commons: changes arrive in 1 ms\n"
        "open this address on this machine to see the pages; stop with Ctrl-C\n"
    )


def test_where_no_browser_can_be_opened_that_is_said(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    """The address is there to be copied."""
    monkeypatch.setenv("BROWSER", "no-such-browser")
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("DISPLAY", raising=False)
    open_page("http://127.0.0.1:7312/secret/")
    assert said() == "no browser could be opened: copy the address into one\n"
