"""Archives that hold a document: looked through before anything is read from them, and never written to a disk.

Comes in: the bytes of a docx, an odt or a zip of a page. Goes out: its parts with words, or an archive of only those.
Left to others: what the parts say (`pandoc`, `odt_remarks`), files of other kinds (`intake`).
"""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from studyguide.errors import NotesError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST_ENTRIES = 5_000
"""Files in one archive: a document with a thousand pictures has fewer."""

LARGEST_UNPACKED_BYTES = 100_000_000
"""All parts with words together: a long book is some 20 MB of them."""

HIGHEST_RATIO = 200
"""How much smaller packing makes honest parts; repeated XML reaches a tenth of a percent only when made to."""

SMALLEST_SUSPECT_BYTES = 10_000_000
"""What unpacks to less than this does no harm, whatever its ratio."""

WORDS_OF_OFFICE = (".xml", ".rels")
"""The parts of a document that hold words and their looks; pictures and fonts are never unpacked."""

_DIRECTORY_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
_PIECE_BYTES = 1_000_000


def list_entries(content: bytes) -> tuple[str, ...]:
    """Name the files of an archive.

    Raises:
        NotesError: when it is damaged or holds far too many.
    """
    with _open(content) as archive:
        return tuple(archive.NameToInfo)


def unpack(content: bytes, names: Iterable[str]) -> dict[str, bytes]:
    """Give the content of some files of an archive, whatever sizes it claims for them.

    Raises:
        NotesError: when it is damaged, protected by a password, or unpacks to far more than a document.
    """
    parts: dict[str, bytes] = {}
    with _open(content) as archive:
        room = LARGEST_UNPACKED_BYTES
        for name in names:
            entry = archive.NameToInfo[name]
            if entry.flag_bits & _ENCRYPTED:
                raise protected()
            parts[name] = _read_entry(archive, entry, room)
            room -= len(parts[name])
        unpacked = LARGEST_UNPACKED_BYTES - room
        if unpacked > max(SMALLEST_SUSPECT_BYTES, HIGHEST_RATIO * len(content)):
            raise _bomb()
    return parts


def unpack_words(content: bytes) -> dict[str, bytes]:
    """Give the parts of a word processor's document that hold words.

    Raises:
        NotesError: as `unpack` does, and when a part defines words of its own, as no word processor does.
    """
    parts = unpack(content, [name for name in list_entries(content) if name.lower().endswith(WORDS_OF_OFFICE)])
    if b"manifest:encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise protected()
    if any(b"<!DOCTYPE" in part or b"<!ENTITY" in part for part in parts.values()):
        raise damaged()
    return parts


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Put parts into an archive of their own, unpacked and in their order."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    return packed.getvalue()


def find_page(names: Iterable[str]) -> str:
    """Find the one page in an archive of a page and its pictures, empty when there is none.

    Raises:
        NotesError: when there are several.
    """
    pages = [name for name in names if _is_page(PurePosixPath(name))]
    if len(pages) > 1:
        first = ", ".join(f'"{PurePosixPath(name).name}"' for name in pages[:3])
        raise NotesError(f"the zip file holds {len(pages)} pages: {first}", hint="unpack it and import one of them")
    return pages[0] if pages else ""


def damaged() -> NotesError:
    """Say that a document is not whole."""
    return NotesError(
        "the document is damaged: it is only a part of a file, or was changed on its way",
        hint="open it in the program that made it and save it again, or fetch it once more",
    )


def protected() -> NotesError:
    """Say that a document opens only with a password."""
    return NotesError(
        "the document is protected by a password",
        hint="open it in the program that made it, save it without a password, and import that",
    )


def _is_page(path: PurePosixPath) -> bool:
    return path.suffix.lower() in {".html", ".htm"} and path.parts[0] != "__MACOSX" and not path.name.startswith(".")


def _open(content: bytes) -> zipfile.ZipFile:
    # Counted before the directory is read: a directory of 20 MB would fill the memory by itself.
    if content.count(_DIRECTORY_ENTRY) > MOST_ENTRIES:
        raise NotesError(
            f"the document holds more than {MOST_ENTRIES:,} files",
            hint="take its pictures out, or save it as plain text",
        )
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, OverflowError):
        raise damaged() from None


def _read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> bytes:
    pieces: list[bytes] = []
    unpacked = 0
    try:
        with archive.open(entry) as stream:
            while piece := stream.read(_PIECE_BYTES):
                pieces.append(piece)
                unpacked += len(piece)
                if unpacked > room:
                    raise _bomb()
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, OverflowError):
        raise damaged() from None
    return b"".join(pieces)


def _bomb() -> NotesError:
    return NotesError(
        "the document unpacks to far more than any document holds",
        hint="open it in the program that made it, copy the notes into a new document, and import that",
    )
