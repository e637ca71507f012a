"""Bytes as text: decoded as whoever wrote them meant, or refused with the name of what they are instead.

Comes in: the bytes of a file. Goes out: its text, and a sentence about an encoding that was guessed.
Left to others: which kind of text it is (`intake`), single characters that cannot be printed (`cleaning`).
"""

from __future__ import annotations

import codecs

from studyguide.errors import NotesError
from studyguide.reader.named_files import name_kind
from studyguide.reader.source import LINE_END

LONGEST_LINE = 200_000
"""Characters: a whole session that was typed without one line end has less."""

MOST_CONTROLS = 0.02
"""A text has hardly any control characters; such a share of them makes it something else."""

_UNPACK = "unpack it, and import the notes that are in it"
_WRITE_DOWN = "write down what was said, and import that"
_PDF = b"%PDF-"
_KINDS = (
    (_PDF, "a PDF", "copy the text out of it into a text file, and import that"),
    (b"MZ", "a program", "name the file with the notes"),
    (b"\x7fELF", "a program", "name the file with the notes"),
    (b"\x1f\x8b", "a packed file", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a packed file", _UNPACK),
    (b"Rar!\x1a", "a packed file", _UNPACK),
    (b"ID3", "a recording", _WRITE_DOWN),
    (b"OggS", "a recording", _WRITE_DOWN),
    (b"SQLite format 3\x00", "a database", "export its notes as text or csv, and import that"),
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CONTROLS = bytes(each for each in range(0x20) if each not in b"\t\n\x0b\x0c\r\x1b") + b"\x7f"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(content: bytes) -> tuple[str, tuple[str, ...]]:
    """Give the text of a file, and what is doubtful about its encoding.

    Raises:
        NotesError: when it is no text.
    """
    mark, encoding = next(((mark, name) for mark, name in _MARKS if content.startswith(mark)), (b"", "utf-8"))
    if not mark:
        refuse_other_kinds(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as problem:
        if mark:
            raise NotesError(
                f"the text is damaged after {problem.start:,} bytes",
                hint="save it as UTF-8 in the program that made it",
            ) from None
        return _guess(content)
    if "\x00" in text:
        raise _no_text()
    return text, ()


def _guess(content: bytes) -> tuple[str, tuple[str, ...]]:
    text = content.decode("utf-8", errors="replace")
    damaged = text.count("\ufffd")
    if sum(not each.isascii() for each in text) > 2 * damaged:
        return text, (f"{damaged} characters of the text are damaged and left out",)
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        raise NotesError(
            "the text is neither UTF-8 nor Windows-1252", hint="save it as UTF-8 in the program that made it"
        ) from None
    return text, ("the text is not UTF-8: it was read as Windows-1252, so look at its accents and quotation marks",)


def refuse_other_kinds(content: bytes) -> None:
    """Refuse what is no text, by its first bytes and by its control characters.

    Raises:
        NotesError: which says what it is.
    """
    if content.startswith(_OLD_OFFICE):
        raise NotesError(
            "the document is protected by a password, or an old Word document (.doc)",
            hint="open it in the program that made it, save it as docx without a password, and import that",
        )
    controls = len(content) - len(content.translate(None, _CONTROLS))
    kind, hint = next(((kind, hint) for start, kind, hint in _KINDS if content.startswith(start)), ("", ""))
    if not kind and (picture := name_kind(content[:16])):
        kind, hint = f"a picture ({picture})", "type its words into a text file, and import that"
    if kind and (controls or content.startswith(_PDF)):
        raise NotesError(f"this is {kind}, not notes", hint=hint)
    if b"\x00" in content or controls > len(content) * MOST_CONTROLS:
        raise _no_text()


def _no_text() -> NotesError:
    return NotesError(
        "this is no text: it holds bytes that no writing has",
        hint="open it in the program that made it, save it as docx or text, and import that",
    )


def refuse_long_lines(text: str) -> None:
    """Refuse a text with a line that nobody typed.

    Raises:
        NotesError: which says which line it is.
    """
    if len(text) <= LONGEST_LINE:
        return
    for number, line in enumerate(LINE_END.split(text), 1):
        if len(line) > LONGEST_LINE:
            raise NotesError(
                f"line {number} has {len(line):,} characters, a line of notes has at most {LONGEST_LINE:,}",
                hint="divide it into paragraphs with line ends between them",
            )
