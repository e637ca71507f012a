"""Finished PDFs, kept by what entered them: what was made once need not be made again.

Comes in: the digest of all that entered, and what came out. Goes out: the same, or nothing, when it is not there, is
damaged or had to make room. Any number of processes may use a store. Left to others: what enters (`making`).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studyguide.diagnostics import Diagnostic, Severity, SourceSpan

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES = 256 * 2**20
"""How much is kept, some two thousand handouts; those that were not used for longest go first."""

LONGEST_NANOSECONDS = 30 * 24 * 3600 * 10**9
"""How long something is kept that is of no more use: a name that was taken out of a text must not lie here for ever."""

LOOKS_PER_FILLING = 16
"""How often there is a look whether it is too much, while as much as may be kept is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPdf:
    """A finished PDF with all that there is to say about it.

    `auxiliary` are TeX's notes for the next run, `synctex` those of where things stand, if they were asked for.
    """

    content: bytes
    page_count: int
    auxiliary: bytes
    synctex: bytes = b""
    warnings: tuple[Diagnostic, ...]


class Store:
    """The finished PDFs of one output folder."""

    def __init__(self, folder: Path, *, most_bytes: int = MOST_BYTES) -> None:
        """Use this folder; nothing is read or written yet."""
        self._folder = folder
        self._most_bytes = most_bytes
        self._unseen_bytes = most_bytes
        self._looking = threading.Lock()

    def recall(self, made_of: str) -> StoredPdf | None:
        """Give what was made of this, if it is still there as it was made."""
        path = self._path(made_of)
        sealed = read_sealed(path)
        if sealed is None:
            return None
        # Its date says when it was last of use.
        with contextlib.suppress(OSError):
            os.utime(path)
        try:
            return _unpack(sealed)
        except (KeyError, TypeError, ValueError):
            return None

    def keep(self, made_of: str, pdf: StoredPdf) -> None:
        """Keep what was made of this, and make room for it."""
        packed = _pack(pdf)
        if len(packed) > self._most_bytes:
            return
        # They hold people's names: what build/ shows to others is up to its owner, what was there before to nobody.
        with contextlib.suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_sealed(self._path(made_of), packed)
        with self._looking:
            self._unseen_bytes += len(packed)
            if self._unseen_bytes * LOOKS_PER_FILLING >= self._most_bytes:
                self._unseen_bytes = 0
                self._make_room()

    def _path(self, made_of: str) -> Path:
        return self._folder / f"{made_of}.kept"

    def _make_room(self) -> None:
        by_age = sorted(_ages_and_sizes(self._folder))
        surplus = sum(size for _, size, _ in by_age) - self._most_bytes
        out_of_use = time.time_ns() - LONGEST_NANOSECONDS
        for used, size, path in by_age:
            if surplus <= 0 and used > out_of_use:
                return
            # Another process may have removed it: then there is as much room.
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
                surplus -= size


def read_sealed(path: Path) -> bytes | None:
    """Give the content of a file that `write_sealed` wrote; None when it is not there or not as it was written."""
    try:
        seal, content = path.read_bytes().split(b"\n", 1)
    except (OSError, ValueError):
        return None
    return content if seal == _seal(content) else None


def write_sealed(path: Path, content: bytes) -> None:
    """Write a file that is checked when it is read; without room for it there is none."""
    write_whole(path, _seal(content) + b"\n" + content)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file all at once; without room for it there is none, so that nothing old is taken for it."""
    # Not flushed to the disk as a publication is: all of them are checked when they are read, a lost one costs a build.
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(content)
        unfinished.replace(path)
    except OSError:
        for each in (unfinished, path):
            with contextlib.suppress(OSError):
                each.unlink()


def diagnostic_from(facts: dict[str, object]) -> Diagnostic:
    """Give a diagnostic that was written as JSON.

    Raises:
        KeyError, TypeError, ValueError: when it is none.
    """
    span = facts["span"]
    if not isinstance(span, dict):
        raise TypeError
    return Diagnostic(
        span=SourceSpan(path=Path(span["path"]), line=int(span["line"]), column=int(span["column"])),
        severity=Severity(str(facts["severity"])),
        message=str(facts["message"]),
        hint=str(facts["hint"]),
    )


def _ages_and_sizes(folder: Path) -> Iterator[tuple[int, int, Path]]:
    with contextlib.suppress(OSError), os.scandir(folder) as listing:
        for entry in listing:
            with contextlib.suppress(FileNotFoundError):
                facts = entry.stat()
                yield facts.st_mtime_ns, facts.st_size, Path(entry.path)


def _seal(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()


def _pack(pdf: StoredPdf) -> bytes:
    facts = {
        "page_count": pdf.page_count,
        "auxiliary_bytes": len(pdf.auxiliary),
        "synctex_bytes": len(pdf.synctex),
        "warnings": [asdict(each) for each in pdf.warnings],
    }
    return b"".join((json.dumps(facts, default=str).encode(), b"\n", pdf.auxiliary, pdf.synctex, pdf.content))


def _unpack(packed: bytes) -> StoredPdf:
    line, rest = packed.split(b"\n", 1)
    facts = json.loads(line)
    middle = int(facts["auxiliary_bytes"])
    start = middle + int(facts["synctex_bytes"])
    return StoredPdf(
        content=rest[start:],
        page_count=int(facts["page_count"]),
        auxiliary=rest[:middle],
        synctex=rest[middle:start],
        warnings=tuple(diagnostic_from(each) for each in facts["warnings"]),
    )
