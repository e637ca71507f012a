"""What a person gets from a command that needs no TeX: words, streams, exit codes."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

INTERRUPTED = """
import signal, sys, threading, weakref
from studyguide.cli import main

class Thing:
    pass

class Deleted:
    def __del__(self):
        signal.raise_signal(signal.SIGINT)

class Notes:
    def read(self, size):
        if sys.argv[1] == "deletion":
            Deleted()
        elif sys.argv[1] == "callback":
            thing = Thing()
            reference = weakref.ref(thing, lambda _: signal.raise_signal(signal.SIGINT))
            del thing
        elif sys.argv[1] == "again and again":
            for _ in range(50):
                Deleted()
        threading.Event().wait(20)
        return b""

class Input:
    buffer = Notes()

sys.stdin = Input()
sys.exit(main(["import", "-"]))
"""
"""A command that is stopped by Ctrl-C while Python runs code of an object that goes, which swallows every error."""

HEADER = "format: studyguide/1\ntitle: Commons Reader\ngroup: Riverside\nlanguage: en\nbook:\n  title: Commons Reader\n"


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the real command in a folder, as a shell does."""
    command = [sys.executable, "-m", "studyguide", *arguments]
    environment = {**os.environ, "PYTHONWARNINGS": "error"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    """Make a guide of one session with one warning in it: a page outside the session's."""
    folder = tmp_path / "guides" / "commons"
    (folder / "sessions").mkdir(parents=True)
    (folder / "guide.md").write_text(f"---\n{HEADER}---\n\nA preface.\n")
    session = "---\nformat: studyguide/1\ntitle: Wells\ndate: 2026-05-12\npages: 10-20\n---\n\n## Wells\nBy Rosa\n\n"
    (folder / "sessions" / "01-wells.md").write_text(f"{session}- Kept by those who draw (p. 99)\n")
    return folder


@pytest.mark.parametrize("command", ["new", "check", "fmt", "build", "inspect", "schema", "doctor"])
def test_every_command_explains_itself(tmp_path: Path, command: str) -> None:
    """Help is there for each, on standard output."""
    shown = run(tmp_path, command, "--help")

    assert shown.returncode == 0
    assert shown.stdout.startswith(f"usage: studyguide {command}")


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    """The help comes at once because no stage and no library behind one is loaded."""
    probe = (
        "import sys\nfrom studyguide.cli import main\ntry:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'pydantic', 'pylatex', 'jinja2', 'pypdf', 'rich', 'markdown_it', 'fontTools', 'babel', 'PIL'}\n"
        "print('loaded:', sorted(heavy & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", probe], cwd=tmp_path, capture_output=True, text=True, check=True)

    assert shown.stdout.splitlines()[-1] == "loaded: []"


@pytest.mark.parametrize("arguments", [(), ("bild",), ("build", "--paper", "napkin"), ("build", "nowhere"), ("new",)])
def test_wrong_arguments_give_two(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """What cannot be meant gives exit code 2 and a word of advice."""
    shown = run(tmp_path, *arguments)

    assert shown.returncode == 2
    assert shown.stderr
    assert "Traceback" not in shown.stderr


def test_new_makes_a_guide_that_checks(tmp_path: Path) -> None:
    """The first two commands of the README work in an empty folder."""
    made = run(tmp_path, "new", "Commons Reader")
    checked = run(tmp_path, "check")

    assert "studyguide build guides/commons-reader" in made.stdout
    assert (made.returncode, checked.returncode) == (0, 0), made.stderr + checked.stderr
    assert checked.stderr == "no problems in guides/commons-reader\n"


def test_check_shows_all_problems_of_all_files(guide: Path, tmp_path: Path) -> None:
    """Every file's problems come in one run, clickable, with advice, and exit code 1."""
    (guide / "sessions" / "02-rain.md").write_text("---\ntitel: Rain\ndate: 2026-02-31\n---\n")
    (guide / "sessions" / "03-dry.md").write_bytes(b"---\ntitle: Dry \xff\n---\n")
    shown = run(tmp_path, "check")

    assert shown.returncode == 1
    assert "guides/commons/sessions/02-rain.md:2:1: error: " in shown.stderr
    assert "did you mean `title`" in shown.stderr
    assert "02-rain.md:3:7: error: " in shown.stderr
    assert "03-dry.md:2:12: error: " in shown.stderr
    assert "Traceback" not in shown.stderr


def test_warnings_alone_give_zero(guide: Path, tmp_path: Path) -> None:
    """A warning is shown and stops nothing."""
    shown = run(tmp_path, "check", str(guide.relative_to(tmp_path)))

    assert shown.returncode == 0, shown.stderr
    assert "01-wells.md:11:" in shown.stderr
    assert shown.stderr.endswith("1 warning\n")


def test_check_speaks_json(guide: Path, tmp_path: Path) -> None:
    """Another program gets the same problems as data, on standard output alone."""
    (guide / "sessions" / "01-wells.md").write_text("---\ntitle: Wells\n---\n")
    shown = run(tmp_path, "check", "--json")
    problems = json.loads(shown.stdout)["problems"]

    assert shown.returncode == 1
    assert {"path", "line", "column", "severity", "message", "hint"} == set(problems[0])
    assert any("`date`" in each["message"] for each in problems)


def test_fmt_tidies_once_and_check_says_so(guide: Path, tmp_path: Path) -> None:
    """`--check` changes nothing, `fmt` does, and a second `fmt` finds nothing to do."""
    path = guide / "sessions" / "01-wells.md"
    path.write_text(path.read_text().replace("title: Wells", "title: Wells: who keeps them"))
    before = path.read_text()
    told = run(tmp_path, "fmt", "--check")
    untouched = path.read_text()
    done = run(tmp_path, "fmt")
    again = run(tmp_path, "fmt", "--check")

    assert (told.returncode, untouched) == (1, before)
    assert "would tidy guides/commons/sessions/01-wells.md" in told.stdout
    assert done.returncode == 0
    assert 'title: "Wells: who keeps them"' in path.read_text()
    assert again.returncode == 0, again.stdout


def test_inspect_gives_the_model(guide: Path, tmp_path: Path) -> None:
    """A session is shown as it was understood, for a person and as JSON."""
    path = str((guide / "sessions" / "01-wells.md").relative_to(tmp_path))
    account = run(tmp_path, "inspect", path)
    session = json.loads(run(tmp_path, "inspect", path, "--json").stdout)

    assert "reading: Wells" in account.stdout
    assert "1 page reference" in account.stdout
    assert session["title"] == "Wells"
    assert session["parts"][0]["type"] == "reading"


def test_inspect_wants_a_session(guide: Path, tmp_path: Path) -> None:
    """A guide is not a session."""
    shown = run(tmp_path, "inspect", str(guide.relative_to(tmp_path)))

    assert shown.returncode == 2
    assert "is a guide" in shown.stderr


def test_schema_prints_both_headers(tmp_path: Path) -> None:
    """Editors get a schema for guide.md and one for sessions."""
    schemas = json.loads(run(tmp_path, "schema").stdout)

    assert "answer-lines" in schemas["guide"]["properties"]
    assert "summary-by" in schemas["session"]["properties"]


def test_a_closed_pipe_is_no_complaint(guide: Path) -> None:
    """`| head` ends the output quietly."""
    command = f"{shlex.quote(sys.executable)} -m studyguide schema | head -c 1"
    shown = subprocess.run(["bash", "-c", command], cwd=guide, capture_output=True, text=True, check=False)

    assert shown.stderr == ""


@pytest.mark.parametrize("moment", ["callback", "deletion", "again and again"])
def test_an_interrupt_is_never_lost(tmp_path: Path, moment: str) -> None:
    """Ctrl-C stops a command also when it comes where Python would only print that it was ignored."""
    command = [sys.executable, "-c", INTERRUPTED, moment]
    shown = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert shown.returncode == 130, shown.stderr
    assert shown.stderr == "stopped; the files that were there are untouched\n"


def test_what_else_goes_wrong_in_a_callback_is_shown(tmp_path: Path) -> None:
    """A bug there is no interrupt: Python says what it is, and the command goes on."""
    program = INTERRUPTED.replace("signal.raise_signal(signal.SIGINT)", "len(7)").replace(".wait(20)", ".wait(0)")
    command = [sys.executable, "-c", program, "deletion"]
    shown = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert shown.returncode == 1
    assert "TypeError" in shown.stderr
    assert "there are no words in the notes" in shown.stderr
