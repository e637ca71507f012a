"""How a pass ended: a whole PDF and notes, or the error that says why not.

Comes in: an engine's folder and return code. Goes out: `CompiledPdf`, or one of the engine's errors.
Left to others: reading the log's lines (`log`), what to do next (`compile`).
"""

from __future__ import annotations

import errno
import os
import signal
from typing import TYPE_CHECKING

from studyguide.artifacts import CompiledPdf
from studyguide.engine.driver import AUXILIARY, LOG, PDF, SYNCTEX, TERMINAL
from studyguide.engine.log import read_log
from studyguide.engine.private_folders import is_full, unwritable
from studyguide.errors import CompileError, EngineCrashed, EngineMissing, EngineTimeout

if TYPE_CHECKING:
    from io import BufferedReader
    from pathlib import Path

    from studyguide.artifacts import TexDocument
    from studyguide.engine.installation import Limits

LOG_BYTES = 5_000_000
"""How much of a log is read; a healthy one has some ten thousand bytes."""

AUXILIARY_BYTES = 64 * 2**20
"""How large auxiliary notes may be; those of a large guide have a hundred thousand bytes."""

SYNCTEX_BYTES = 8 * 2**20
"""How large notes of where boxes stand may be; those of ten pages have a hundred thousand bytes."""

TAIL_BYTES = 1024
"""A PDF ends with `%%EOF` (ISO 32000-2, 7.5.5), give or take white space."""

SHELL_SIGNAL = 128
"""A sandbox reports the signal that ended its program as 128 and the number, as shells do."""


def judge_pass(document: TexDocument, *, folder: Path, return_code: int, limits: Limits) -> CompiledPdf:
    """Give what a pass left in its folder; `passes` is 1.

    Raises:
        EngineMissing: when a package or font that the class needs is not installed.
        CompileError: when TeX stopped at something in the document, or a character is in no font: then there are pages.
        EngineTimeout: when TeX used up its computing time.
        EngineCrashed: when TeX ended by a signal, ran out of room or left half a PDF.
    """
    ended_by = _signal_in(return_code)
    if ended_by is not None:
        raise _ended_by_signal(document, ended_by, limits)
    report = read_log(_read(folder / LOG, LOG_BYTES), document)
    if report.lacking:
        raise EngineMissing(report.lacking, hint="`studyguide doctor` says what to install")
    if report.class_trouble:
        raise CompileError(
            "TeX cannot read the class", hint=f"mend it, or take the original; TeX says: {report.class_trouble}"
        )
    if report.errors:
        raise CompileError(
            f"TeX cannot set `{document.name}`",
            diagnostics=report.errors,
            pages=_read(folder / PDF, limits.file_bytes) if return_code == 0 and _is_whole(folder / PDF) else None,
            synctex=_read(folder / SYNCTEX, SYNCTEX_BYTES),
        )
    is_whole = _is_whole(folder / PDF)
    if (return_code != 0 or not is_whole) and is_full(folder):
        raise unwritable(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
    if return_code != 0:
        raise EngineCrashed(
            f"TeX stopped with code {return_code} and did not say why", hint=_last_words(folder / TERMINAL)
        )
    if not is_whole:
        raise EngineCrashed(f"TeX left half a PDF of `{document.name}`", hint="build again to see whether it stays so")
    return CompiledPdf(
        path=folder / PDF,
        page_count=report.page_count,
        passes=1,
        auxiliary=_read(folder / AUXILIARY, AUXILIARY_BYTES),
        synctex=_read(folder / SYNCTEX, SYNCTEX_BYTES),
        warnings=report.warnings,
    )


def is_accident(return_code: int) -> bool:
    """Whether an engine was ended from outside, and not by a limit that the document reached."""
    return _signal_in(return_code) not in {None, signal.SIGXCPU, signal.SIGXFSZ}


def _signal_in(return_code: int) -> signal.Signals | None:
    number = -return_code if return_code < 0 else return_code - SHELL_SIGNAL
    try:
        return signal.Signals(number)
    except ValueError:
        return None


def _ended_by_signal(document: TexDocument, ended_by: signal.Signals, limits: Limits) -> EngineCrashed | EngineTimeout:
    if ended_by is signal.SIGXCPU:
        return EngineTimeout(
            f"TeX computed for more than {limits.cpu_seconds} s on `{document.name}`",
            hint="shorten or split the document",
        )
    if ended_by is signal.SIGXFSZ:
        return EngineCrashed(
            f"TeX wrote a file of more than {limits.file_bytes // 2**20} MB for `{document.name}`",
            hint="use smaller pictures, or split the document",
        )
    return EngineCrashed(
        f"TeX was ended by {ended_by.name} while it set `{document.name}`",
        hint="build again; if it stays so, memory may be short, or the TeX installation damaged",
    )


def _is_whole(pdf: Path) -> bool:
    try:
        with _open(pdf) as file:
            header = file.read(5)
            file.seek(0, os.SEEK_END)
            file.seek(max(file.tell() - TAIL_BYTES, 0))
            return header == b"%PDF-" and b"%%EOF" in file.read()
    except OSError:
        return False


def _read(path: Path, most_bytes: int) -> bytes:
    try:
        with _open(path) as file:
            return file.read(most_bytes)
    except OSError:
        return b""


def _open(path: Path) -> BufferedReader:
    # No link is followed and no pipe waited for: an engine that was led astray could have put one here.
    return os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC), "rb")


def _last_words(terminal: Path) -> str:
    lines = _read(terminal, LOG_BYTES).decode("utf-8", errors="replace").split("\n")
    spoken = [line.strip() for line in lines if line.strip()]
    return f"its last words: {spoken[-1][:200]}" if spoken else "its last words are lost"
