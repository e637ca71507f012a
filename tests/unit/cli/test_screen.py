"""How outcomes look."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from studyguide.build import BuildResult
from studyguide.cli import screen
from studyguide.diagnostics import SourceSpan, error, warning
from studyguide.errors import EngineMissing, ManuscriptError

if TYPE_CHECKING:
    import pytest

LATE = error(SourceSpan(path=Path("b.md"), line=9), "`pages` ends before it begins", "turn them round")
EARLY = warning(SourceSpan(path=Path("a.md"), line=2, column=4), "a picture has no alternative text")


def test_problems_come_in_the_order_of_files(capsys: pytest.CaptureFixture[str]) -> None:
    """Files and lines are in order, hints indented under their problem."""
    screen.show_diagnostics((LATE, EARLY))

    assert capsys.readouterr().err == (
        "a.md:2:4: warning: a picture has no alternative text\n"
        "b.md:9:1: error: `pages` ends before it begins\n"
        "    hint: turn them round\n"
    )


def test_a_failure_without_a_place_gives_its_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    """What has no line in an author's file is said as it is, with its hint."""
    screen.show_failure(EngineMissing("TeX is not installed", hint="run: make setup"))

    assert capsys.readouterr().err == "error: TeX is not installed\n    hint: run: make setup\n"


def test_a_failure_with_places_shows_the_places(capsys: pytest.CaptureFixture[str]) -> None:
    """The places say it all; the sentence is not repeated."""
    screen.show_failure(ManuscriptError("the guide cannot be printed", diagnostics=(LATE,)))

    assert "cannot be printed" not in capsys.readouterr().err


def test_a_file_name_cannot_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """Control characters are shown, not obeyed."""
    screen.show_note("odd\x1b[2J name\x9b\u202e and \u2067 others")

    assert capsys.readouterr().err == "odd\\x1b[2J name\\x9b\\u202e and \\u2067 others\n"


def test_a_summary_counts_by_severity(capsys: pytest.CaptureFixture[str]) -> None:
    """Errors and warnings are counted apart, and nothing is said kindly."""
    screen.show_summary((LATE, LATE, EARLY), nothing="all is well")
    screen.show_summary((), nothing="all is well")

    assert capsys.readouterr().err == "2 errors, 1 warning\nall is well\n"


def test_one_cause_of_many_failures_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    """Three documents without TeX are one sentence, and the person is told that nothing was lost."""
    missing = tuple(EngineMissing("TeX is not installed", hint="run: make setup") for _ in range(3))
    screen.show_result(BuildResult(publications=(), warnings=(), failures=missing))

    shown = capsys.readouterr()
    assert shown.err.count("TeX is not installed") == 1
    assert shown.err.endswith("what could not be made was left as it was\n")
    assert shown.out == ""
