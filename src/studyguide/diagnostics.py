"""Places in an author's files and what there is to say about them.

Comes in: paths, lines and columns from the reader, from TeX's log or from the checks.
Goes out: `Diagnostic` values, the one form in which a problem travels through the line.
Left to others: printing (`cli`), stopping (`errors`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class Severity(StrEnum):
    """How bad it is: an error stops the build of that document, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class SourceSpan:
    """A place in an author's file; lines and columns count from 1, columns in characters."""

    path: Path
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        """Give the place as editors and terminals make it clickable: `file:line:column`."""
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One problem: where, how bad, a sentence, and what to write instead.

    The message starts lower-case, has no full stop, names a field in backticks and quotes the value
    as it was seen. The hint is advice in the imperative; it is empty when there is none to give.
    """

    span: SourceSpan
    severity: Severity
    message: str
    hint: str = ""

    def __str__(self) -> str:
        """Give the problem as it is shown, the hint on a line of its own."""
        first = f"{self.span}: {self.severity}: {self.message}"
        return f"{first}\n    hint: {self.hint}" if self.hint else first


def error(span: SourceSpan, message: str, hint: str = "") -> Diagnostic:
    """Describe a problem that stops the build."""
    return Diagnostic(span=span, severity=Severity.ERROR, message=message, hint=hint)


def warning(span: SourceSpan, message: str, hint: str = "") -> Diagnostic:
    """Describe a problem that the reader of the page might notice."""
    return Diagnostic(span=span, severity=Severity.WARNING, message=message, hint=hint)
