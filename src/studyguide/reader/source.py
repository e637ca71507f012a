"""An author's file as text: read safely, clean, and able to say where each character stands.

Comes in: a path. Goes out: a `Source`, lines that can be trusted and a `span` for every place in them.
Left to others: what the text means (`front_matter`, `markdown`).
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from studyguide.diagnostics import Diagnostic, SourceSpan, error
from studyguide.errors import ManuscriptError
from studyguide.reader.characters import clean_line, find_refused, typed_index
from studyguide.reader.explain import count

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LARGEST_FILE_BYTES = 4_000_000
"""A session is some ten thousand characters; what is larger than this is another kind of file."""

LONGEST_LINE_BYTES = 100_000
"""TeX's own line buffer ends at 200,000 bytes."""

MOST_LINES = 100_000
"""More lines than any session has; every further one costs time in the Markdown parser."""

MOST_CHARACTER_PROBLEMS = 20
"""A file of another kind has thousands of unprintable characters: the first ones say enough."""

LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""Every line end that editors write: LF, CR LF, CR, and Unicode's NEL, LS and PS."""

FIRST_BYTE_OF_SURROGATES = 0xED
"""UTF-8 forbids U+D800 to U+DFFF (RFC 3629, 3), and no other refused sequence starts so."""

_BYTE_ORDER_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The lines of one file: as typed, and clean (Unicode NFC, no zero-width marks).

    `inserted` says where a line got characters that the author did not type: line -> (index, how many).
    """

    path: Path
    typed: tuple[str, ...]
    lines: tuple[str, ...]
    inserted: Mapping[int, tuple[int, int]] = field(default_factory=dict)

    def span(self, line: int, index: int = 0) -> SourceSpan:
        """Give the author's place of a character: `line` counts from 1, `index` from 0 in the clean line."""
        at, length = self.inserted.get(line, (0, 0))
        own_index = index - length if index >= at + length else min(index, at)
        column = typed_index(self.typed[line - 1], own_index) + 1
        return SourceSpan(path=self.path, line=line, column=column)

    def replace_lines(self, lines: tuple[str, ...], inserted: Mapping[int, tuple[int, int]]) -> Source:
        """Give the same file with other clean lines, as many as before."""
        return replace(self, lines=lines, inserted=inserted)


def read_source(path: Path, *, folder: Path | None = None) -> str:
    """Read an author's file as it was typed; with a `folder`, refuse a link that leads out of it.

    Raises:
        ManuscriptError: when it is no regular file, too large, not UTF-8 or empty.
    """
    content = _read_bytes(path, folder)
    for mark, name in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            raise _refuse(SourceSpan(path=path), f"the file is saved as {name}", "save it as UTF-8")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as failure:
        raise _refuse_bytes(path, content, failure.start) from None
    if not text.strip("\ufeff \t\r\n"):
        raise _refuse(SourceSpan(path=path), "the file is empty", "start it with a header between two lines `---`")
    return text


def _read_bytes(path: Path, folder: Path | None) -> bytes:
    place = SourceSpan(path=path)
    try:
        if folder is not None and not path.resolve().is_relative_to(folder.resolve()):
            raise _refuse(
                place, "the file, or what it links to, is outside the guide's folder", "put the file itself there"
            )
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise _refuse(place, "this is a folder, not a file", "give a Markdown file")
        if not stat.S_ISREG(status.st_mode):
            raise _refuse(place, "this is a device or a pipe, not a file", "give a Markdown file")
        if status.st_size > LARGEST_FILE_BYTES:
            raise _refuse_size(place, status.st_size)
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb") as stream:
            content = stream.read(LARGEST_FILE_BYTES + 1)
    except (OSError, RuntimeError, ValueError) as failure:
        reason = failure.strerror if isinstance(failure, OSError) and failure.strerror else "its path goes nowhere"
        raise _refuse(place, f"the file cannot be read: {reason.lower()}", "") from None
    if len(content) > LARGEST_FILE_BYTES:
        raise _refuse_size(place, len(content))
    return content


def _refuse(span: SourceSpan, message: str, hint: str) -> ManuscriptError:
    return ManuscriptError(f"{span.path} cannot be read", diagnostics=(error(span, message, hint),))


def _refuse_size(span: SourceSpan, size_bytes: int) -> ManuscriptError:
    limit = LARGEST_FILE_BYTES // 1_000_000
    message = f"the file has {max(size_bytes // 1_000_000, limit)} MB or more, a session has at most {limit} MB"
    return _refuse(span, message, "divide it into several sessions, and keep pictures in files of their own")


def _refuse_bytes(path: Path, content: bytes, start: int) -> ManuscriptError:
    before = LINE_END.split(content[:start].decode("utf-8"))
    span = SourceSpan(path=path, line=len(before), column=len(before[-1]) + 1)
    if content[start] == FIRST_BYTE_OF_SURROGATES:
        return _refuse(span, "this is a lone surrogate, half a character", "delete it and type the character again")
    return _refuse(span, f"the file is not UTF-8: byte 0x{content[start]:02X}", "save it as UTF-8")


def clean_source(text: str, path: Path) -> tuple[Source, tuple[Diagnostic, ...]]:
    """Divide a text into clean lines, and list every character and line in it that is refused."""
    typed = tuple(LINE_END.split(text.removeprefix("\ufeff")))
    source = Source(path=path, typed=typed, lines=tuple(clean_line(line) for line in typed[:MOST_LINES]))
    if len(typed) > MOST_LINES:
        span = SourceSpan(path=path, line=MOST_LINES + 1)
        message = f"the file has {count(len(typed), 'line')}, a session has at most {MOST_LINES:,}"
        return source, (error(span, message, "divide it into several sessions"),)
    return source, _find_problems(source)


def _find_problems(source: Source) -> tuple[Diagnostic, ...]:
    problems: list[Diagnostic] = []
    for number, line in enumerate(source.typed, 1):
        if len(line) * 4 > LONGEST_LINE_BYTES and len(line.encode(errors="replace")) > LONGEST_LINE_BYTES:
            span = SourceSpan(path=source.path, line=number)
            message = f"the line has more than {LONGEST_LINE_BYTES // 1000} kB"
            problems.append(error(span, message, "divide it into paragraphs with blank lines between them"))
        for index, sentence in find_refused(line):
            span = SourceSpan(path=source.path, line=number, column=index + 1)
            if len(problems) == MOST_CHARACTER_PROBLEMS:
                return (*problems, error(span, "there are more such characters from here on", "is this a text file?"))
            problems.append(error(span, sentence, "delete it"))
    return tuple(problems)
