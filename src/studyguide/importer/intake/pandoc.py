"""Documents of word processors and pages of the web as pandoc's own tree (owns pypandoc, for the pandoc it carries).

Comes in: the bytes of a document that `archives` has looked through. Goes out: the tree, as pandoc writes it in JSON.
Left to others: what stands in the tree (`documents`), which format a file has (`intake`).
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import subprocess
import sys
import tempfile
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from studyguide.errors import NotesError
from studyguide.importer.intake.nesting import too_deep

TIMEOUT_SECONDS = 60.0
"""How long reading may take: 2 MB of words in the slowest format take some 12 seconds on a small machine."""

LARGEST_HEAP_MEGABYTES = 1024
"""2 MB of words in the hungriest format take 720 MB."""

LARGEST_TREE_BYTES = 100_000_000
"""A tree has some seven bytes for a byte of words, and takes ten times its size once it is read."""

_HEAP_EXHAUSTED = 251
"""The return code of a Haskell program that reached the limit of its heap (GHC users' guide, `-M`)."""

_NOWHERE = "/nonexistent"

Tree = dict[str, Any]


class DocumentFormat(StrEnum):
    """The formats that need pandoc, by pandoc's names of them."""

    DOCX = "docx"
    ODT = "odt"
    RTF = "rtf"
    HTML = "html"


def read_document(
    content: bytes, form: DocumentFormat, *, timeout_seconds: float = TIMEOUT_SECONDS, program: Path | None = None
) -> Tree:
    """Give the tree of a document; nothing but its own bytes is read for it, from a disk or from a network.

    Raises:
        NotesError: when the document is damaged, takes too much, or this computer has no program to read it.
    """
    with contextlib.ExitStack() as files:
        try:
            source, output, complaints = (files.enter_context(tempfile.TemporaryFile()) for _ in range(3))
            source.write(content)
            source.seek(0)
        except OSError as problem:
            raise NotesError(
                f"there is no room in {tempfile.gettempdir()} to read the document: {problem.strerror}",
                hint="make room there, or set TMPDIR to another folder",
            ) from None
        return_code = _run(_command(program or _find_program(), form), (source, output, complaints), timeout_seconds)
        complaints.seek(0)
        if return_code == _HEAP_EXHAUSTED or b"eap exhausted" in complaints.read(2000):
            raise _too_much("the document takes more memory than there is for it")
        if return_code != 0:
            raise NotesError(
                "the document is damaged and cannot be read",
                hint="open it in the program that made it and save it again",
            )
        return _parse(output)


def _find_program() -> Path:
    found = importlib.util.find_spec("pypandoc")
    folder = Path(found.origin).parent if found and found.origin else Path(_NOWHERE)
    for name in ("pandoc", "pandoc.exe"):
        if (folder / "files" / name).is_file():
            return folder / "files" / name
    raise _no_program()


def _no_program() -> NotesError:
    return NotesError(
        "this computer has no program to read documents of this kind",
        hint="save the notes as plain text (.txt) or Markdown (.md) and import that",
    )


def _command(program: Path, form: DocumentFormat) -> tuple[str, ...]:
    limits = ("+RTS", f"-M{LARGEST_HEAP_MEGABYTES}M", "-RTS")
    changes = ("--track-changes=all",) if form is DocumentFormat.DOCX else ()
    return (str(program), *limits, "--sandbox", f"--data-dir={_NOWHERE}", *changes, "-f", form.value, "-t", "json")


def _run(command: tuple[str, ...], files: tuple[IO[bytes], IO[bytes], IO[bytes]], timeout_seconds: float) -> int:
    source, output, complaints = files
    try:
        process = subprocess.Popen(  # noqa: S603  our own words, no shell
            command,
            cwd="/",
            env={"HOME": _NOWHERE, "LANG": "C.UTF-8"},
            stdin=source,
            stdout=output,
            stderr=complaints,
        )
    except OSError:
        raise _no_program() from None
    try:
        _limit(process.pid, timeout_seconds)
        return process.wait(timeout_seconds)
    except subprocess.TimeoutExpired:
        raise _too_much(f"the document was not read within {timeout_seconds:g} seconds") from None
    finally:
        # Whatever ends the waiting, as Ctrl-C does, ends the process too.
        process.kill()
        process.wait()


def _limit(process: int, timeout_seconds: float) -> None:
    if sys.platform == "linux":
        import resource

        # Where we are killed ourselves, nobody is left to end it. Its heap has its own limit: it reserves addresses
        # by the terabyte, so RLIMIT_AS would stop it at once.
        seconds = int(timeout_seconds) + 1
        with contextlib.suppress(OSError):
            resource.prlimit(process, resource.RLIMIT_CPU, (seconds, seconds))
            resource.prlimit(process, resource.RLIMIT_FSIZE, (LARGEST_TREE_BYTES, LARGEST_TREE_BYTES))
            resource.prlimit(process, resource.RLIMIT_CORE, (0, 0))


def _parse(output: IO[bytes]) -> Tree:
    if output.seek(0, 2) >= LARGEST_TREE_BYTES:
        raise _too_much("the document has more words than can be read at once")
    output.seek(0)
    try:
        tree: Tree = json.load(output, object_hook=_share_spaces)
    except RecursionError:
        raise too_deep() from None
    except ValueError:
        raise NotesError("the document cannot be read", hint="save it in another format, as docx or txt") from None
    return tree


_SPACE = {"t": "Space"}


def _share_spaces(node: Tree) -> Tree:
    """Keep one space for all: they are half of a tree."""
    return _SPACE if node == _SPACE else node


def _too_much(message: str) -> NotesError:
    return NotesError(message, hint="divide it into several documents, and take its pictures out")
