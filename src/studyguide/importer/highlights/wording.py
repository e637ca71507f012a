"""The words of a highlight or a note: cleaned, one line a paragraph, with a doubt where letters were lost.

Comes in: raw text with the line ends of the export. Goes out: clean paragraphs.
Left to others: what stands in the paragraphs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studyguide.importer.cleaning import clean_words

if TYPE_CHECKING:
    from collections.abc import Iterable

LOST_LETTER = "\ufffd"
"""What a program writes where it could not read a character (U+FFFD REPLACEMENT CHARACTER)."""

LOST_LETTERS = "letters are missing here: was the file saved in another encoding?"

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


def clean_paragraphs(lines: Iterable[str]) -> str:
    r"""Clean text whose every line is a paragraph; the paragraphs are parted by `\n`."""
    cleaned = (clean_words(line) for line in lines if line and not line.isspace())
    return "\n".join(line for line in cleaned if line)


def clean_wrapped(raw: str) -> str:
    """Clean text in which only a blank line ends a paragraph, as in passages of web pages."""
    return clean_paragraphs(_BLANK_LINE.split(raw))


def join_doubts(*doubts: str) -> str:
    """Give several doubts as one sentence."""
    return "; ".join(doubt for doubt in doubts if doubt)


def find_lost_letters(*raw: str) -> str:
    """Say so when a text holds marks for letters that were lost; empty when it holds none."""
    return LOST_LETTERS if any(LOST_LETTER in each for each in raw) else ""
