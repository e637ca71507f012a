"""Bad notes and bad disks: one kind sentence, no half-written session, no other file touched."""

from __future__ import annotations

import io
import os
import resource
import signal
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from manuscripts import write_guide
from office_files import make_docx, paragraph

if TYPE_CHECKING:
    from collections.abc import Callable

NOTES = b"# Wells\n12 May 2026\n\n## Keeping the well\nBy Rosa Imaginary\n\n- a rule (p. 427)\n"
MOST_MEMORY_BYTES = 1_500_000_000
"""What an import may take of memory, its interpreter and libraries included: address space, of which little is used."""

MOST_SECONDS = 60
LIBRARIES = ("pandoc", "zipfile", "zlib", "Traceback", "markdown-it", "yaml", "codec", "Errno", "Exception")


def zip_bomb() -> bytes:
    """Make a docx of a few kilobytes that unpacks to hundreds of megabytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(300):
                part.write(bytes(1_000_000))
    return packed.getvalue()


def nested_bomb() -> bytes:
    """Make a docx whose text is one word, said a hundred million times by entities in entities."""
    entities = "".join(f'<!ENTITY e{each + 1} "{f"&e{each};" * 10}">' for each in range(8))
    text = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY e0 "well">{entities}]><w:document>&e8;</w:document>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", text)
    return packed.getvalue()


BAD_NOTES: dict[str, Callable[[], bytes]] = {
    "encrypted.docx": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000),
    "truncated.docx": lambda: make_docx(*[paragraph(f"A rule of well {number}") for number in range(200)])[:1500],
    "bomb.docx": zip_bomb,
    "entities.docx": nested_bomb,
    "not-a-document.docx": lambda: b"PK\x03\x04" + b"well" * 100,
    "picture.png": lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "picture.txt": lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "book.pdf": lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n",
    "empty.txt": lambda: b"",
    "blank.md": lambda: b"\xef\xbb\xbf \n\t\n\n",
    "noise.txt": lambda: bytes(range(256)) * 50,
    "deep.txt": lambda: b"".join(b" " * depth + b"- well\n" for depth in range(0, 10_000, 1))[:19_000_000],
    "deep.html": lambda: b"<html><body>" + b"<ul><li>well" * 10_000 + b"</ul></body></html>",
    "deep.md": lambda: b"> " * 10_000 + b"well\n",
    "line.txt": lambda: b"well " * 1_000_000,
    "line.html": lambda: b"<html><body><p>" + b"well " * 1_000_000 + b"</p></body></html>",
}


def limit_memory() -> None:
    """Let the command have so much memory and no more."""
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY_BYTES, MOST_MEMORY_BYTES))


def run(
    folder: Path, *arguments: object, piped: bytes = b"", before: tuple[str, ...] = (), memory: bool = True
) -> subprocess.CompletedProcess[bytes]:
    """Run the real command in a folder, with a temporary folder of its own there."""
    (folder / "temporary").mkdir(exist_ok=True)
    return subprocess.run(
        [*before, sys.executable, "-m", "studyguide", "import", *map(str, arguments)],
        cwd=folder,
        env={**os.environ, "TMPDIR": str(folder / "temporary")},
        input=piped,
        capture_output=True,
        check=False,
        timeout=MOST_SECONDS,
        preexec_fn=limit_memory if memory else None,
    )


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    """Make a guide with a session."""
    return write_guide(tmp_path / "guides" / "commons")


def contents(folder: Path) -> dict[str, bytes | None]:
    """Give all that stands in a folder, files with their bytes."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def refuse(folder: Path, guide: Path, notes: object, *, code: int = 1) -> str:
    """Import notes that cannot be imported, and give what was said: one sentence and at most one hint."""
    before = contents(guide)
    made = run(folder, notes, "--into", guide)
    said = made.stderr.decode()
    assert (made.returncode, made.stdout) == (code, b""), said
    sentence, *hint = said.splitlines()
    assert sentence.startswith("error: ")
    assert len(hint) <= 1
    assert all(each.startswith("    hint: ") for each in hint)
    assert not any(name in said for name in LIBRARIES)
    assert contents(guide) == before
    assert list((folder / "temporary").iterdir()) == []
    return sentence


@pytest.mark.parametrize("name", BAD_NOTES)
def test_notes_that_are_none(tmp_path: Path, guide: Path, name: str) -> None:
    """They are refused with their name, in bounded time and memory, and nothing is touched."""
    (tmp_path / name).write_bytes(BAD_NOTES[name]())
    assert refuse(tmp_path, guide, name).startswith(f"error: {name}: ")


def test_the_bomb_is_small() -> None:
    """Else the test would prove nothing."""
    assert len(zip_bomb()) < 500_000


def test_what_is_no_file(tmp_path: Path, guide: Path) -> None:
    """A pipe that nobody writes to is not waited for; a folder and a missing file are named."""
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder").mkdir()
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    assert refuse(tmp_path, guide, "pipe.txt") == 'error: "pipe.txt" is a device or a pipe, not a file'
    assert refuse(tmp_path, guide, "folder") == 'error: "folder" is a folder, not a file'
    assert refuse(tmp_path, guide, "gone.txt") == 'error: there is no "gone.txt"'
    assert "circle" in refuse(tmp_path, guide, "circle")
    assert "device" in refuse(tmp_path, guide, "/dev/zero")
    assert refuse(tmp_path, guide, "x" * 300).startswith(f'error: "{"x" * 300}" cannot be read')


def test_a_pipe_without_end(guide: Path) -> None:
    """Standard input is read as far as notes may be long."""
    with open("/dev/zero", "rb") as zeros:  # noqa: PTH123  a device
        made = subprocess.run(
            [sys.executable, "-m", "studyguide", "import", "-", "--into", guide],
            stdin=zeros,
            capture_output=True,
            check=False,
            timeout=MOST_SECONDS,
            preexec_fn=limit_memory,
        )
    assert made.returncode == 1
    assert made.stderr.startswith(b"error: the notes have ")


AS_NOBODY = """
import io, os, pathlib, sys
from studyguide.cli import import_screen, main
from studyguide.importer import ImportRequest, import_files
request = ImportRequest(into=None, output="-", guides_folder=pathlib.Path(), today=__import__("datetime").date.today())
import_files(["-"], request, stream=io.BytesIO(b"# Wells"))  # loads all that nobody else may read
os.setgid(65534)
os.setuid(65534)
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
@pytest.mark.parametrize("what", ["notes", "guide", "guides"])
def test_what_somebody_else_owns(tmp_path: Path, guide: Path, what: str) -> None:
    """Notes that may not be read, a guide that may not be written to, a place for no new guide."""
    notes = tmp_path / "notes.md"
    notes.write_bytes(NOTES)
    notes.chmod(0o600 if what == "notes" else 0o644)
    (tmp_path / "temporary").mkdir()
    (tmp_path / "temporary").chmod(0o777)
    for folder in (tmp_path, *tmp_path.parents):
        if Path(tempfile.gettempdir()) in folder.parents:
            folder.chmod(0o755)
    before = contents(tmp_path)
    made = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, "import", notes, *(("--into", guide) if what != "guides" else ())],
        cwd=tmp_path,
        env={**os.environ, "TMPDIR": str(tmp_path / "temporary")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == (1 if what == "notes" else 4), made.stderr
    reason = "may not be read by you" if what == "notes" else "permission denied"
    assert reason in made.stderr
    assert "Traceback" not in made.stderr
    assert contents(tmp_path) == before


def in_sandbox(*arguments: object) -> tuple[str, ...]:
    """Give the words that run a command with other disks; skip where that is not allowed."""
    command = ("bwrap", "--dev-bind", "/", "/", *map(str, arguments), "--")
    try:
        allowed = subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        allowed = False
    if not allowed:
        pytest.skip("no sandbox can be made here")
    return command


@pytest.mark.parametrize("is_new", [False, True])
def test_a_read_only_disk(tmp_path: Path, guide: Path, *, is_new: bool) -> None:
    """The message names the file and the reason; no folder is left that was not there."""
    (tmp_path / "notes.md").write_bytes(NOTES)
    place = guide.parent
    before = contents(place)
    made = run(
        tmp_path,
        "notes.md",
        *(() if is_new else ("--into", guide)),
        before=in_sandbox("--ro-bind", place, place),
        memory=False,
    )
    assert made.returncode == 4, made.stderr
    assert b"read-only" in made.stderr
    assert b"Traceback" not in made.stderr
    assert contents(place) == before


def test_a_full_disk(tmp_path: Path) -> None:
    """What does not fit is not there, not even a part of it or of its guide."""
    disk = tmp_path / "guides"
    disk.mkdir()
    (tmp_path / "notes.md").write_bytes(NOTES + b"- a rule of the well\n" * 20_000)
    made = run(
        tmp_path,
        "notes.md",
        before=(
            *in_sandbox("--size", 300_000, "--tmpfs", disk),
            "sh",
            "-c",
            f'"$@"; code=$?; find {disk}; exit $code',
            "x",
        ),
        memory=False,
    )
    assert made.returncode == 4, made.stderr
    assert b": the disk is full" in made.stderr
    assert made.stdout.decode() == f"{disk}\n"


KILLED_AT_EVERY_STEP = """
import datetime, os, pathlib, signal, sys
from studyguide.errors import NotesError
from studyguide.importer import import_bytes
from studyguide.importer.filing import file_session
PLACES = ("studyguide/publish.py", "importer/filing.py", "scaffold/create.py")
imported = import_bytes(pathlib.Path("notes.md").read_bytes(), "notes.md", today=datetime.date(2026, 6, 1))

def run(place, steps_left):
    def count_steps(frame, event, argument):
        nonlocal steps_left
        if not frame.f_code.co_filename.endswith(PLACES):
            return None
        if event == "line":
            steps_left -= 1
            if steps_left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return count_steps
    child = os.fork()
    if child == 0:
        if steps_left:
            sys.settrace(count_steps)
        try:
            file_session(imported, into=None, guides_folder=place)
        except NotesError:
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

run(pathlib.Path("first"), 0)  # loads what is loaded late
step, code = 0, -signal.SIGKILL
while code == -signal.SIGKILL:
    step += 1
    place = pathlib.Path(str(step))
    code = run(place, step)
    sessions = [each.read_bytes() for each in place.rglob("2026-05-12-*.md")]
    place.with_suffix(".kept").write_bytes(b"".join(sessions))
    assert run(place, 0) == len(sessions)
sys.exit(code)
"""


def test_killed_at_any_step_it_leaves_a_whole_session_or_none(tmp_path: Path) -> None:
    """The import is killed before each line of those that write; the next one succeeds, or finds the session whole."""
    (tmp_path / "notes.md").write_bytes(NOTES)
    whole = run(tmp_path, "notes.md", "--output", "-").stdout
    made = subprocess.run([sys.executable, "-c", KILLED_AT_EVERY_STEP], cwd=tmp_path, capture_output=True, check=False)
    assert made.returncode == 0, made.stderr
    kept = [each.read_bytes() for each in tmp_path.glob("*.kept")]
    assert len(kept) > 50
    assert set(kept) == {b"", whole}
    assert {each.read_bytes() for each in tmp_path.rglob("2026-05-12-*.md")} == {whole}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_import_says_so(tmp_path: Path, guide: Path, number: signal.Signals) -> None:
    """While it waits for more notes: exit code 130, nothing touched."""
    before = contents(guide)
    command = [sys.executable, "-m", "studyguide", "import", "-", "--into", str(guide)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path) as process:
        assert process.stdin is not None
        process.stdin.write(NOTES + b"\n" * 100_000)  # more than a pipe holds: it is read when this returns
        process.stdin.flush()
        process.send_signal(number)
        _, said = process.communicate(timeout=MOST_SECONDS)
    assert process.returncode in (130, -signal.SIGINT), said
    assert b"stopped" in said
    assert contents(guide) == before
