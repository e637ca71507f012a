"""Notes of any kind: fetched from a file or a pipe, told by what is in them, by their names where that says nothing.

Comes in: a path, a stream, or bytes with a name. Goes out: the bytes, `Notes`.
Left to others: each kind's own reading (`plain_text`, `markdown_notes`, `web_pages`, `archived_documents`).
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO

from studyguide.errors import NotesError
from studyguide.importer.intake.text_bytes import LONGEST_LINE, decode, refuse_long_lines

if TYPE_CHECKING:
    from pathlib import Path

    from studyguide.importer.notes import Notes

LARGEST_NOTES_BYTES = 20_000_000
"""A year of notes with its pictures has less."""

_PIECE_BYTES = 1_000_000
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06")
_RICH_TEXT = b"{\\rtf"
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_PAGE_NAMES = (".html", ".htm", ".xhtml")
_MARKDOWN_NAMES = (".md", ".markdown", ".mkd")
_ARCHIVE_NAMES = (".docx", ".odt", ".zip")
_ONLY_LINKS = {
    ".gdoc": ("a link to a Google document, not the document", "in Google Docs, download it as docx, and import that"),
    ".url": ("a link, not notes", "download what it leads to, and import that"),
    ".webloc": ("a link, not notes", "download what it leads to, and import that"),
}
_WORDS = re.compile(r"[^\s\u200b\u2060\ufeff]")


def read_file(path: Path) -> bytes:
    """Fetch the bytes of a file.

    Raises:
        NotesError: when it is none, too large, or may not be read.
    """
    shown = f'"{path}"'
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise NotesError(f"{shown} is a folder, not a file", hint="name the file with the notes")
        if not stat.S_ISREG(status.st_mode):
            raise NotesError(
                f"{shown} is a device or a pipe, not a file", hint="name a file, or give the notes on standard input"
            )
        if status.st_size > LARGEST_NOTES_BYTES:
            raise _too_large(status.st_size)
        # A file may be replaced by a pipe meanwhile: that must not be waited for.
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as stream:
            return read_stream(stream)
    except FileNotFoundError:
        raise NotesError(f"there is no {shown}", hint="check its name; small and capital letters differ") from None
    except PermissionError:
        raise NotesError(f"{shown} may not be read by you", hint="ask its owner, or copy it as them") from None
    except (OSError, ValueError, RuntimeError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) and problem.strerror else "its path goes nowhere"
        raise NotesError(f"{shown} cannot be read: {reason.lower()}") from None


def read_stream(stream: BinaryIO) -> bytes:
    """Fetch the bytes of a stream, never more than a document may have.

    Raises:
        NotesError: when there are more.
    """
    content = bytearray()
    while piece := stream.read(_PIECE_BYTES):
        content += piece
        if len(content) > LARGEST_NOTES_BYTES:
            raise _too_large(len(content))
    return bytes(content)


def read_notes(content: bytes, name: str) -> Notes:
    """Read notes of any kind; `name` is that of the file, or anything for a stream.

    Raises:
        NotesError: when they are empty, damaged, protected, too large, or no notes.
    """
    if len(content) > LARGEST_NOTES_BYTES:
        raise _too_large(len(content))
    ending = PurePath(name).suffix.lower()
    if not content.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise _empty()
    if ending in _ONLY_LINKS:
        seen, hint = _ONLY_LINKS[ending]
        raise NotesError(f"this is {seen}", hint=hint)
    notes = _read(content, ending)
    if not any(_WORDS.search(line.words) for line in notes.lines):
        raise _empty()
    _refuse_long_paragraphs(notes)
    return notes


def is_plain(content: bytes) -> bool:
    """Whether a file is text, as far as its first bytes tell: no archive and no rich text."""
    return not content.startswith(_ARCHIVES) and not content.lstrip().startswith(_RICH_TEXT)


def _read(content: bytes, ending: str) -> Notes:
    if content.startswith(_ARCHIVES):
        from studyguide.importer.intake.archived_documents import read_archive

        return read_archive(content)
    if content.lstrip().startswith(_RICH_TEXT):
        from studyguide.importer.intake.documents import read_tree
        from studyguide.importer.intake.pandoc import DocumentFormat, read_document

        return read_tree(read_document(content.lstrip(), DocumentFormat.RTF), DocumentFormat.RTF)
    if _PAGE.match(content) or ending in _PAGE_NAMES:
        from studyguide.importer.intake.web_pages import read_page

        return read_page(content)
    text, doubts = decode(content)
    if text.startswith("<?xml"):
        raise NotesError("this is XML, not notes", hint="save it as docx or odt in the program that made it")
    if ending in _ARCHIVE_NAMES:
        doubts = (*doubts, f"the name ends in {ending}, but this is a plain text")
    refuse_long_lines(text)
    return replace(_read_text(text, ending), doubts=doubts)


def _read_text(text: str, ending: str) -> Notes:
    if ending in _MARKDOWN_NAMES:
        from studyguide.importer.intake.markdown_notes import read_markdown_notes

        return read_markdown_notes(text)
    from studyguide.importer.intake.plain_text import read_plain_text

    return read_plain_text(text)


def _refuse_long_paragraphs(notes: Notes) -> None:
    for line in notes.lines:
        if len(line.words) > LONGEST_LINE:
            raise NotesError(
                f"{notes.unit} {line.number} has {len(line.words):,} characters, it may have at most {LONGEST_LINE:,}",
                hint="divide it into several",
            )


def _empty() -> NotesError:
    return NotesError("there are no words in the notes", hint="is it the right file, and was it saved?")


def _too_large(size_bytes: int) -> NotesError:
    limit = LARGEST_NOTES_BYTES // 1_000_000
    size = max(size_bytes // 1_000_000, limit)
    return NotesError(
        f"the notes have {size} MB or more, at most {limit} MB can be read",
        hint="take the pictures out, or divide them into several files",
    )
