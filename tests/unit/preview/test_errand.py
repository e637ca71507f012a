"""A build in the quiet: what it says is read, it ends when it is told to, and nothing of it is left."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from manuscripts import HEADER, write_guide

from studyguide.diagnostics import Severity
from studyguide.preview.board import Trouble
from studyguide.preview.errand import Errand, read_outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PATIENT_SECONDS = 60.0


class Run:
    """An errand that tells when it has ended, and whether it said so itself at that moment."""

    def __init__(self, temporary: Path) -> None:
        """Start nothing yet."""
        self.ended = threading.Event()
        self.was_running: list[bool] = []
        self.errand = Errand(temporary_folder=temporary, when_done=self._note)

    def until_ended(self) -> None:
        """Wait for the end."""
        assert self.ended.wait(PATIENT_SECONDS)
        self.ended.clear()

    def _note(self) -> None:
        self.was_running.append(self.errand.is_running)
        self.ended.set()


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Give an errand in an empty folder, and end it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "temporary").mkdir()
    made = Run(tmp_path / "temporary")
    yield made
    made.errand.close()


def write_broken_guide(name: str = "01-well.md") -> Path:
    """Write a guide that is wrong, so that no TeX is needed to say so."""
    text = HEADER.replace("pages: 423-490", "pages: 490-423")
    return write_guide(Path("guides/commons"), sessions={name: text})


def start(run: Run, guide: Path) -> None:
    """Let it build a guide."""
    run.errand.start(["build", str(guide), "--json", "--output", "build"])


def test_what_it_found_is_told_once(run: Run) -> None:
    """With place, sentence and advice, as the command has it."""
    guide = write_broken_guide()
    assert not run.errand.is_running
    start(run, guide)
    run.until_ended()
    outcome = run.errand.take_outcome()
    assert outcome is not None
    (problem,) = outcome.problems
    assert (outcome.made, outcome.failures) == ((), ())
    assert str(problem) == (
        'guides/commons/sessions/01-well.md:6:8: error: `pages` ends before it begins: "490-423"\n'
        '    hint: write the first page first, as in "423-490"'
    )
    assert run.errand.take_outcome() is None


def test_it_has_ended_when_it_says_so(run: Run) -> None:
    """Who is told can take the outcome at once, and start the next."""
    guide = write_broken_guide()
    for _ in range(2):
        start(run, guide)
        assert run.errand.is_running
        run.until_ended()
        assert run.errand.take_outcome() is not None
    assert run.was_running == [False, False]


@pytest.mark.parametrize("variables", [{}, {"LC_ALL": "C"}, {"PYTHONIOENCODING": "latin-1"}])
def test_names_of_any_script_are_understood(
    run: Run, variables: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever the person lives, and whatever that person's terminal can show."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    start(run, write_broken_guide("01-čeština-café-井戸.md"))
    run.until_ended()
    outcome = run.errand.take_outcome()
    assert outcome is not None
    assert [each.span.path.name for each in outcome.problems] == ["01-čeština-café-井戸.md"]


def test_no_file_beside_the_guides_is_taken_for_a_part_of_us(run: Run) -> None:
    """The folder in which somebody works may come from anybody, and hold Python files of any name."""
    guide = write_broken_guide()
    for name in ("json.py", "studyguide.py", "sitecustomize.py"):
        Path(name).write_text("open('taken', 'w')\nraise SystemExit(7)\n", encoding="utf-8")
    start(run, guide)
    run.until_ended()
    assert not Path("taken").exists()
    assert run.errand.take_outcome() is not None


def test_one_that_says_nothing_readable_has_no_outcome(run: Run) -> None:
    """As when the settings are wrong: the command says that to a person, on another stream."""
    guide = write_broken_guide()
    Path("studyguide.toml").write_text("output = 3\n", encoding="utf-8")
    start(run, guide)
    run.until_ended()
    assert run.errand.take_outcome() is None


def test_one_that_is_stopped_has_no_outcome_and_leaves_nothing(run: Run) -> None:
    """However early: before it has read its own arguments."""
    guide = write_broken_guide()
    start(run, guide)
    run.errand.stop()
    run.until_ended()
    assert run.errand.take_outcome() is None
    assert os.listdir("temporary") == []  # noqa: PTH208  names are what is compared


def test_closing_ends_it_and_waits_for_that(run: Run) -> None:
    """Also when there is none."""
    run.errand.close()
    start(run, write_broken_guide())
    run.errand.close()
    assert not run.errand.is_running
    assert run.ended.is_set()


def test_an_outcome_is_read_in_full() -> None:
    """Which files are new, what to mind, and what failed for a reason that is in no file."""
    said = {
        "outputs": [{"path": "build/a.pdf", "cached": False}, {"path": "build/b.pdf", "cached": True}],
        "problems": [
            {"path": "a.md", "line": 3, "column": 7, "severity": "warning", "message": "odd", "hint": "look there"}
        ],
        "failures": [{"message": "the disk is full", "hint": "make room"}],
    }
    outcome = read_outcome(json.dumps(said).encode())
    assert outcome.made == (Path("build/a.pdf"),)
    (problem,) = outcome.problems
    assert (str(problem.span), problem.severity) == ("a.md:3:7", Severity.WARNING)
    assert outcome.failures == (Trouble(message="the disk is full", hint="make room", problems=()),)


@pytest.mark.parametrize("said", [b"", b"Traceback", b"[]", b"{}", b'{"outputs": 1}', b"\xff"])
def test_what_is_no_outcome_is_refused(said: bytes) -> None:
    """Half an answer, or another one."""
    with pytest.raises((ValueError, KeyError, TypeError)):
        read_outcome(said)
