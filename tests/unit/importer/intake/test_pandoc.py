"""Documents are read by a program of their own: it gets little, it ends in time, and its failures are said plainly."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from studyguide.errors import NotesError
from studyguide.importer.intake.pandoc import DocumentFormat, read_document

PAGE = b"<p>The well is kept.</p>"


def make_program(folder: Path, script: str) -> Path:
    """Write an executable that stands in for the program that reads documents."""
    program = folder / "program"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    return program


def refuse(content: bytes, program: Path | None = None, timeout_seconds: float = 20) -> NotesError:
    """Read what cannot be read, and give what is said about it."""
    with pytest.raises(NotesError) as refused:
        read_document(content, DocumentFormat.HTML, program=program, timeout_seconds=timeout_seconds)
    return refused.value


def test_gives_the_tree_of_a_page() -> None:
    """The carried program reads a page without any file or variable of ours."""
    tree = read_document(PAGE, DocumentFormat.HTML)
    assert [block["t"] for block in tree["blocks"]] == ["Para"]
    assert tree["blocks"][0]["c"][0] == {"t": "Str", "c": "The"}


@pytest.mark.parametrize("form", [DocumentFormat.DOCX, DocumentFormat.ODT])
def test_says_that_a_document_is_damaged(form: DocumentFormat) -> None:
    """What is no archive at all is damaged; the program is not named."""
    with pytest.raises(NotesError) as refused:
        read_document(b"no archive", form)
    assert refused.value.message == "the document is damaged and cannot be read"
    assert refused.value.hint == "open it in the program that made it and save it again"


def test_ends_a_program_that_hangs(tmp_path: Path) -> None:
    """After its time the process is gone, and a person is told."""
    pid = tmp_path / "pid"
    program = make_program(tmp_path, f"echo $$ > {pid}\nexec sleep 600")
    assert refuse(PAGE, program, 1).message == "the document was not read within 1 seconds"
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)


def test_says_that_memory_ran_out(tmp_path: Path) -> None:
    """The limit of the heap is no damage of the document."""
    program = make_program(tmp_path, "exit 251")
    assert refuse(PAGE, program).message == "the document takes more memory than there is for it"


def test_says_that_the_program_is_missing(tmp_path: Path) -> None:
    """Where the package carries no program, other formats still work."""
    problem = refuse(PAGE, tmp_path / "nowhere")
    assert problem.message == "this computer has no program to read documents of this kind"
    assert "plain text (.txt) or Markdown (.md)" in problem.hint


def test_refuses_a_tree_that_is_none(tmp_path: Path) -> None:
    """An output that breaks off is not taken for notes."""
    program = make_program(tmp_path, "echo '{\"blocks\": ['")
    assert refuse(PAGE, program).message == "the document cannot be read"


def test_refuses_ten_thousand_lists_in_each_other() -> None:
    """The tree of such a page is deeper than Python reads."""
    page = b"<ul><li>x" * 10_000 + b"</li></ul>" * 10_000
    assert refuse(page, timeout_seconds=60).message == "the lists are nested too deep to be read as notes"


def test_gives_the_program_nothing_of_our_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of ours and no folder of ours reach it."""
    monkeypatch.setenv("STUDYGUIDE_SECRET", "pail")
    seen = tmp_path / "seen"
    program = make_program(tmp_path, f'/usr/bin/env > {seen}; pwd >> {seen}; echo "$@" >> {seen}\nexit 1')
    refuse(PAGE, program)
    lines = seen.read_text(encoding="utf-8").splitlines()
    assert {line.partition("=")[0] for line in lines if "=" in line and not line.startswith("+RTS")} <= {
        *("HOME", "LANG", "PWD", "_", "OLDPWD", "SHLVL"),
    }
    assert "/" in lines
    assert "--sandbox" in lines[-1]


def test_reads_no_other_file(tmp_path: Path) -> None:
    """A page that wants to take in a file of this computer gets nothing of it."""
    secret = tmp_path / "secret.html"
    secret.write_text("<p>pail</p>", encoding="utf-8")
    page = f'<p>well</p><iframe src="{secret}"></iframe><iframe src="file://{secret}"></iframe>'
    assert "pail" not in str(read_document(page.encode(), DocumentFormat.HTML))


def is_waiting(process: int) -> bool:
    """Say whether a process waits for something, as for the end of another (proc(5), stat)."""
    return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "S"


def test_an_interrupt_leaves_no_process(tmp_path: Path) -> None:
    """Ctrl-C while a document is read ends the program with us."""
    pid = tmp_path / "pid"
    program = make_program(tmp_path, f"trap '' INT\necho $$ > {pid}.new; mv {pid}.new {pid}\nexec sleep 600")
    code = (
        "from pathlib import Path\nfrom studyguide.importer.intake.pandoc import DocumentFormat, read_document\n"
        f"read_document(b'x', DocumentFormat.HTML, program=Path({str(program)!r}))"
    )
    with subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE) as ours:
        deadline = time.monotonic() + 30
        while not (pid.exists() and is_waiting(ours.pid)) and time.monotonic() < deadline:
            os.sched_yield()
        ours.send_signal(signal.SIGINT)
        assert b"KeyboardInterrupt" in ours.communicate(timeout=30)[1]
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)
