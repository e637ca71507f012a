"""Opening PDFs: whole files in memory, quietly, with a bound on the work that a file can cause.

Comes in: bytes. Goes out: pypdf's reader.
Left to others: what is in the file (`destinations`, `forms`, `readback`).
"""

from __future__ import annotations

import logging
import struct
import zlib
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

# pypdf notes each oddity of a file in the log, where Python would print it for a person who can do nothing about it.
logging.getLogger("pypdf").addHandler(logging.NullHandler())

DAMAGE = (
    PyPdfError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    DependencyError,
    LookupError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What pypdf raises on a file that is damaged, or made to do damage: it has no one class for it (pypdf 7.1)."""


def open_pdf(content: bytes) -> PdfReader:
    """Open a PDF that is whole in memory."""
    return PdfReader(BytesIO(content))


def open_strictly(content: bytes) -> PdfReader:
    """Open a PDF of ours, whole in memory: what is not as the standard wants it is an error, and not mended."""
    return PdfReader(BytesIO(content), strict=True)
