"""One word of a source, another each time, and the wait until the PDF that follows from it is whole.

Comes in: a source, a PDF. Goes out: times of the wall clock. Left to others: who builds, and who shows it.
"""

from __future__ import annotations

import io
import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pypdfium2
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from stopwatch import ContenderFailed

if TYPE_CHECKING:
    from pathlib import Path

WORD = "frog"
PLACE = f"dry, but a {WORD}"
"""The word that is edited stands in the middle of the session; Markdown and LaTeX write its surroundings alike."""

SYLLABLES = ("ba", "de", "si", "go", "ku", "la", "me", "ni", "po", "ru")
"""Numbers become words that are about as wide as each other, so that no edit moves a line."""

LOOK_SECONDS = 0.002
"""How often a PDF is looked at: often enough for the figures, too seldom to be felt."""

LONGEST_WAIT_SECONDS = 60.0
"""Who has not answered after this time does not answer."""

ENDING = b"%%EOF"
ENDING_BYTES = 1_024
"""How far from its end a PDF may have its last mark."""


@dataclass(slots=True)
class Draft:
    """A source in which one word is edited; `word` is the one that stands there now."""

    path: Path
    word: str = field(init=False, default=WORD)
    _text: str = field(init=False)
    _edits: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        """Read it.

        Raises:
            ContenderFailed: when the word does not stand in it once.
        """
        self._text = self.path.read_text(encoding="utf-8")
        if self._text.count(PLACE) != 1:
            raise ContenderFailed(f'"{PLACE}" has to stand in {self.path} once')

    def save(self) -> float:
        """Write it anew with another word, in place and at once, and give the time just before that."""
        self._edits += 1
        self.word = "".join(SYLLABLES[int(digit)] for digit in f"{self._edits:04}")
        content = self._text.replace(PLACE, PLACE.replace(WORD, self.word)).encode()
        saved_at = time.time()
        self.path.write_bytes(content)
        return saved_at


@dataclass(slots=True)
class Print:
    """A PDF that is made again and again; the word that is edited stands on its `page`, counted from 0."""

    path: Path
    page: int = 0
    content: bytes = field(init=False, default=b"")
    _mark: tuple[int, ...] = field(init=False, default=())

    def find(self, word: str) -> float | None:
        """Give the time at which it was seen to be another one, whole, and with this word; None before that."""
        mark, seen_at = self._look(), time.time()
        if not mark or mark == self._mark:
            return None
        self.content = self.path.read_bytes()
        if not is_whole(self.content):
            return None
        self._mark = mark
        return seen_at if word in read_letters(self.content, self.page) else None

    def _look(self) -> tuple[int, ...]:
        try:
            status = self.path.stat()
        except FileNotFoundError:
            return ()
        return status.st_ino, status.st_mtime_ns, status.st_size


def is_whole(content: bytes) -> bool:
    """Whether a PDF has its end and can be read."""
    if ENDING not in content[-ENDING_BYTES:]:
        return False
    try:
        return len(PdfReader(io.BytesIO(content)).pages) > 0
    except PyPdfError:
        return False


def read_letters(content: bytes, page: int) -> str:
    """Read the letters of a page, without what stands between them where a line or a word is broken."""
    with pypdfium2.PdfDocument(content) as document:
        words = document[page].get_textpage().get_text_range()
    return re.sub(r"[\W_]", "", words)


def find_page(content: bytes, count: int) -> int:
    """Give the page, from 0, on which the word stands that will be edited.

    Raises:
        ContenderFailed: when the PDF has not so many pages, or the word stands on none or on several.
    """
    letters = re.sub(r"\W", "", PLACE)
    with pypdfium2.PdfDocument(content) as document:
        pages = len(document)
    found = [page for page in range(pages) if letters in read_letters(content, page)]
    if pages != count or len(found) != 1:
        raise ContenderFailed(f'{pages} pages, not {count}; "{PLACE}" stands on {len(found)} of them, not on one')
    return found[0]
