"""What a person gets from `studyguide import`: the path, the report, the exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from manuscripts import write_guide

if TYPE_CHECKING:
    from pathlib import Path

NOTES = """\
Riverside Reading Group
Book: Commons Reader
Wells: who keeps the water
12 May 2026
Present: Ana, Ben, Chidi

Keeping the well
By Rosa Imaginary

- A well is kept by the people who draw from it p. 427
  - "their rules are made where they meet P429

Discussion questions
1. Who in our city keeps something without owning it?

First round
- Chidi: the rota matters more than the rule
  - Ana: who writes the rota?
"""
SESSION = "guides/commons-reader/sessions/2026-05-12-wells-who-keeps-the-water.md"


def run(folder: Path, *arguments: str, piped: str = "") -> subprocess.CompletedProcess[str]:
    """Run the real command in a folder, as a shell does."""
    command = [sys.executable, "-m", "studyguide", *arguments]
    environment = {**os.environ, "PYTHONWARNINGS": "error"}
    return subprocess.run(
        command, cwd=folder, env=environment, input=piped, capture_output=True, text=True, check=False, encoding="utf-8"
    )


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """Write notes in an empty folder."""
    path = tmp_path / "notes.txt"
    path.write_text(NOTES)
    return path


def test_help_says_what_it_reads_and_where_it_goes(tmp_path: Path) -> None:
    """Every option and an example for each way."""
    shown = run(tmp_path, "import", "--help")
    assert shown.returncode == 0
    assert shown.stdout.startswith("usage: studyguide import")
    for word in ("docx", "Kindle", "--into GUIDE", "--output FILE", "--json", "never overwritten"):
        assert word in shown.stdout


def test_the_path_is_the_output_and_the_report_is_beside_it(tmp_path: Path, notes: Path) -> None:
    """A script gets the path alone; a person reads what was understood, and what to do next."""
    shown = run(tmp_path, "import", notes.name)
    assert (shown.returncode, shown.stdout) == (0, f"{SESSION}\n")
    report = shown.stderr.splitlines()
    assert report[0] == "made of notes.txt, in the new guide guides/commons-reader/"
    assert "  title         Wells: who keeps the water  line 3" in report
    assert "     1 reading  (line 7)" in report
    assert "     2 page references  (lines 10, 11)" in report
    assert "please check these lines of the session, and delete each comment when you have looked:" in report
    assert report[-1] == "next:  studyguide check guides/commons-reader"
    assert max(map(len, report)) <= 100


def test_what_it_makes_checks_and_the_marks_are_listed(tmp_path: Path, notes: Path) -> None:
    """The next command works; it names the line that the report names."""
    report = run(tmp_path, "import", notes.name).stderr
    checked = run(tmp_path, "check", "guides/commons-reader")
    assert checked.returncode == 0
    (line,) = (each for each in report.splitlines() if each.startswith("  line "))
    assert f"{SESSION}:{line.split()[1]}:" in checked.stderr


def test_into_a_guide(tmp_path: Path, notes: Path) -> None:
    """Only the session is new, and the report speaks of no new guide."""
    write_guide(tmp_path / "guides" / "commons", sessions={})
    shown = run(tmp_path, "import", notes.name, "--into", "guides/commons")
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout.startswith("guides/commons/sessions/2026-05-12-")
    assert "new guide" not in shown.stderr


def test_again_is_refused_with_one(tmp_path: Path, notes: Path) -> None:
    """A file that exists is never overwritten: exit code 1, one error with advice, nothing on standard output."""
    run(tmp_path, "import", notes.name)
    before = (tmp_path / SESSION).read_bytes()
    shown = run(tmp_path, "import", notes.name)
    assert (shown.returncode, shown.stdout) == (1, "")
    assert shown.stderr == (
        f'error: notes.txt: "{SESSION}" is there already\n    hint: rename or remove it first; nothing was written\n'
    )
    assert (tmp_path / SESSION).read_bytes() == before


def test_from_a_pipe_to_a_pipe(tmp_path: Path) -> None:
    """The session alone is on standard output, the report on standard error; no file is made."""
    shown = run(tmp_path, "import", "-", "--output", "-", piped=NOTES)
    assert shown.returncode == 0
    assert shown.stdout.startswith('---\nformat: studyguide/1\ntitle: "Wells: who keeps the water"\n')
    assert shown.stdout.endswith("\n")
    assert shown.stderr.startswith("made of standard input\n")
    assert "next:" not in shown.stderr
    assert list(tmp_path.iterdir()) == []


def test_output_names_the_file(tmp_path: Path, notes: Path) -> None:
    """It may stand anywhere."""
    shown = run(tmp_path, "import", notes.name, "--output", "made/session.md")
    assert (shown.returncode, shown.stdout) == (0, "made/session.md\n")
    assert (tmp_path / "made" / "session.md").read_text().startswith("---\n")
    assert not (tmp_path / "guides").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("notes.txt", "--into", "guides/commons", "--output", "x.md"),
        ("notes.txt", "notes.txt2", "--output", "x.md"),
        ("notes.txt", "--into", "nowhere"),
    ],
)
def test_wrong_arguments_give_two(tmp_path: Path, notes: Path, arguments: tuple[str, ...]) -> None:
    """What cannot be meant touches nothing."""
    shown = run(tmp_path, "import", *arguments)
    assert (shown.returncode, shown.stdout) == (2, "")
    assert shown.stderr
    assert "Traceback" not in shown.stderr
    assert list(tmp_path.iterdir()) == [notes]


def test_notes_that_cannot_be_read_give_one(tmp_path: Path, notes: Path) -> None:
    """The others are made all the same, and each failure is told."""
    (tmp_path / "empty.txt").write_text("")
    shown = run(tmp_path, "import", "empty.txt", notes.name, "gone.txt")
    assert (shown.returncode, shown.stdout) == (1, f"{SESSION}\n")
    errors = [each for each in shown.stderr.splitlines() if each.startswith("error: ")]
    assert errors[0].startswith("error: empty.txt: ")
    assert errors[1] == 'error: there is no "gone.txt"'


def test_json(tmp_path: Path, notes: Path) -> None:
    """Another program gets the same report as data, all findings with lines and certainty, and the failures."""
    shown = run(tmp_path, "import", notes.name, "gone.txt", "--json")
    result = json.loads(shown.stdout)
    assert (shown.returncode, shown.stderr) == (1, "")
    assert list(result) == ["sessions", "failures"]
    (session,) = result["sessions"]
    assert list(session) == [
        "source", "path", "guide", "new-guide", "text", "unit", "counts", "findings", "to-check", "not-in-session",
        "doubts",
    ]  # fmt: skip
    assert (session["source"], session["path"]) == ("notes.txt", SESSION)
    assert (session["guide"], session["new-guide"]) == ("guides/commons-reader", True)
    assert (session["text"], session["unit"]) == (None, "line")
    assert {"reading": 1, "page reference": 2, "question": 1, "turn": 1, "reply": 1}.items() <= session[
        "counts"
    ].items()
    reference = next(each for each in session["findings"] if each["taken-for"] == "page reference")
    assert list(reference) == ["taken-for", "words", "line", "certainty", "result"]
    assert (reference["line"], reference["result"]) == (10, "p. 427")
    assert [list(each) for each in session["to-check"]] == [["line", "doubt"]]
    assert session["not-in-session"] == []
    assert [list(each) for each in result["failures"]] == [["message", "hint"]]


def test_json_with_output_to_standard_output(tmp_path: Path, notes: Path) -> None:
    """Then the text is in the data."""
    session = json.loads(run(tmp_path, "import", notes.name, "--output", "-", "--json").stdout)["sessions"][0]
    assert session["text"].startswith("---\n")
    assert session["path"] is None
