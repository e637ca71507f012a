"""PDFs to be bound in, looked at before they are used: what an author named may be anything.

Comes in: `BoundInsert`s. Goes out: diagnostics at the place where each was named, or the pages as forms.
Left to others: the inside of the file (`forms`), binding it in (`merge`).
"""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

from studyguide.diagnostics import Diagnostic, error

if TYPE_CHECKING:
    from pathlib import Path

    from studyguide.artifacts import BoundInsert
    from studyguide.prepress.forms import PageForm

INSERT_BYTES_LIMIT = 25_000_000
"""A handout with a larger one could not be sent: most mail servers stop there."""
HEADER_BYTES = 1024
"""How far from a file's ends its header and its end mark may stand, by long custom (PDF 1.7, implementation notes)."""


def check_inserts(inserts: tuple[BoundInsert, ...]) -> tuple[Diagnostic, ...]:
    """Find out what is wrong with the PDFs to be bound in, before any time is spent on TeX."""
    found = (examine(insert) for insert in inserts)
    return tuple(problem for problem in found if isinstance(problem, Diagnostic))


def examine(insert: BoundInsert) -> tuple[PageForm, ...] | Diagnostic:
    """Read the pages that an insert asks for, or say why they cannot be had."""
    content = _read(insert)
    if isinstance(content, Diagnostic):
        return content
    if b"%PDF-" not in content[:HEADER_BYTES]:
        return _problem(insert, "is not a PDF", "export or print it as a PDF and name that one")
    if b"%%EOF" not in content[-HEADER_BYTES:]:
        return _problem(insert, "is cut short: its end is missing", "copy or download it again")

    from studyguide.prepress.forms import UnusablePdf, read_forms

    try:
        return read_forms(content, insert.first, insert.last)
    except UnusablePdf as unusable:
        return _problem(insert, unusable.message, unusable.hint)


def _read(insert: BoundInsert) -> bytes | Diagnostic:
    """Read a regular file of sensible size."""
    try:
        with open(insert.source, "rb", opener=_open_itself) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                return _problem(insert, "is not a file", "name a PDF file")
            if status.st_size > INSERT_BYTES_LIMIT:
                return _too_large(insert, status.st_size)
            return file.read(INSERT_BYTES_LIMIT)
    except OSError as problem:
        return _unread(insert, problem)


def _open_itself(path: str, flags: int) -> int:
    """Open what has the name: a symbolic link is not followed, a pipe is not waited for."""
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)


def _unread(insert: BoundInsert, problem: OSError) -> Diagnostic:
    match problem.errno:
        case errno.ENOENT | errno.ENOTDIR:
            return _problem(insert, "does not exist", f"put it at {insert.source}")
        case errno.EISDIR:
            return _problem(insert, "is a folder", "name one PDF file in it")
        case errno.ELOOP:
            return _problem(insert, "is a symbolic link", "copy the PDF itself into the guide's folder")
        case errno.EACCES | errno.EPERM:
            return _problem(insert, "may not be read: permission denied", "allow yourself to read it")
        case _:
            return _problem(insert, f"cannot be read: {(problem.strerror or 'unknown reason').lower()}")


def _too_large(insert: BoundInsert, size_bytes: int) -> Diagnostic:
    million = 1_000_000
    message = f"is too large: {size_bytes / million:.0f} MB, at most {INSERT_BYTES_LIMIT // million} MB are bound in"
    return _problem(insert, message, "reduce it, or take only the pages that are needed into a PDF of their own")


def _problem(insert: BoundInsert, message: str, hint: str = "") -> Diagnostic:
    return error(insert.span, f'`inserts` names "{_shown(insert.source)}", which {message}', hint)


def _shown(source: Path) -> str:
    """Give the last two parts of a path: as much of it as authors write, `inserts/map.pdf`."""
    return "/".join(source.parts[-2:])
