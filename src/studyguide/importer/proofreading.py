"""A session file is read back before it is written, so that it builds at once.

Comes in: its text and the guide that it is for. Goes out: a text without errors; what could not be read as a page
reference is printed as typed and marked.
Left to others: reading (`reader`), what is in the text (`session_text`).
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from studyguide.diagnostics import Severity
from studyguide.errors import NotesError
from studyguide.importer.block_text import check_mark
from studyguide.model.layout import GUIDE_FILE
from studyguide.reader import check_manuscript

if TYPE_CHECKING:
    from studyguide.diagnostics import Diagnostic

MOST_ROUNDS = 4
"""How often the text is read: once where nothing is odd, again after lines were mended."""

HEADER_END = "---"
_LABEL = re.compile(r"(?P<word>[^\W\d_]{1,12}|[¶§]{1,2})(?P<dot>\.?)")


def proofread(text: str, guide: str) -> str:
    """Give the text with every page reference that `reader` refuses printed as typed, and a mark on its line.

    Raises:
        NotesError: when it stays unreadable, as a file that is too long.
    """
    for _ in range(MOST_ROUNDS):
        errors = _find_errors(text, guide)
        if not errors:
            return text
        mended = _print_as_typed(text, errors)
        if mended == text:
            break
        text = mended
    raise NotesError(f"no session can be made of these notes: {errors[0].message}", hint=errors[0].hint)


def _find_errors(text: str, guide: str) -> tuple[Diagnostic, ...]:
    with tempfile.TemporaryDirectory(prefix="studyguide-") as place:
        folder = Path(place)
        session = folder / "sessions" / "session.md"
        session.parent.mkdir()
        session.write_text(text, encoding="utf-8")
        (folder / GUIDE_FILE).write_text(guide, encoding="utf-8")
        problems = check_manuscript(folder, session=session)
        return tuple(each for each in problems if each.severity is Severity.ERROR and each.span.path == session)


def _print_as_typed(text: str, errors: tuple[Diagnostic, ...]) -> str:
    lines = text.split("\n")
    body_line = lines.index(HEADER_END, 1) + 2 if HEADER_END in lines[1:] else 1
    for each in sorted(errors, key=lambda error: error.span, reverse=True):
        line = lines[each.span.line - 1]
        mended = _escape_place(line, each.span.column - 1)
        if mended != line and each.span.line >= body_line:
            lines[each.span.line - 1] = f"{mended} {check_mark(each.message)}"
    return "\n".join(lines)


def _escape_place(line: str, index: int) -> str:
    """Escape the bracket before a page reference, or what stands in it where it ends a line without one."""
    before = line[:index].rstrip()
    at = index if line[index : index + 1] == "[" else len(before) - 1
    if at >= 0 and line[at] in "([" and line[at - 1 : at] != "\\":
        return f"{line[:at]}\\{line[at:]}"
    label = _LABEL.match(line, index)
    if label is None:
        return line
    written = f"{label['word']}\\." if label["dot"] else f"*{label['word']}*"
    return f"{line[:index]}{written}{line[label.end() :]}"
