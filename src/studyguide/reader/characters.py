"""Characters that must not reach the page: found, named, refused or dropped.

Comes in: lines as typed. Goes out: clean lines (Unicode NFC, no zero-width marks), and what is refused in them.
Left to others: reading files (`source`), characters that no font has (`latex`).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from operator import itemgetter

ZERO_WIDTH = "\u200b\u2060\ufeff"
"""Zero-width space, word joiner, byte order mark: dropped. U+200C and U+200D stay: scripts and emoji need them."""

OVERRIDES = {"\u202d": "LEFT-TO-RIGHT OVERRIDE", "\u202e": "RIGHT-TO-LEFT OVERRIDE"}
"""Characters that make text read otherwise than it is stored (Unicode UAX 9); no honest sentence needs them."""

CLOSING_OF = {"\u202a": "\u202c", "\u202b": "\u202c", "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}
"""Embeddings and isolates (Unicode UAX 9), each with the character that must end it on the same line."""

_SUSPECT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffd"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17))
    + "]"
)
_DROPPED = {ord(character): None for character in ZERO_WIDTH}
_CONTROL_NAMES = (
    *("NULL", "START OF HEADING", "START OF TEXT", "END OF TEXT", "END OF TRANSMISSION", "ENQUIRY", "ACKNOWLEDGE"),
    *("BELL", "BACKSPACE", "TAB", "LINE FEED", "VERTICAL TAB", "FORM FEED", "CARRIAGE RETURN", "SHIFT OUT", "SHIFT IN"),
    *("DATA LINK ESCAPE", "DEVICE CONTROL ONE", "DEVICE CONTROL TWO", "DEVICE CONTROL THREE", "DEVICE CONTROL FOUR"),
    *("NEGATIVE ACKNOWLEDGE", "SYNCHRONOUS IDLE", "END OF TRANSMISSION BLOCK", "CANCEL", "END OF MEDIUM", "SUBSTITUTE"),
    *("ESCAPE", "FILE SEPARATOR", "GROUP SEPARATOR", "RECORD SEPARATOR", "UNIT SEPARATOR"),
)


def find_refused(line: str) -> list[tuple[int, str]]:
    """List what must not be in a line: the index of each refused character and a sentence about it."""
    if line.isascii() and line.isprintable():
        return []
    found: list[tuple[int, str]] = []
    opened: list[tuple[int, str]] = []
    for match in _SUSPECT.finditer(line):
        character = match.group()
        if character in CLOSING_OF:
            opened.append((match.start(), character))
        elif opened and CLOSING_OF[opened[-1][1]] == character:
            opened.pop()
        else:
            found.append((match.start(), _explain(character)))
    found.extend((index, f"{name_character(character)} is not ended on its line") for index, character in opened)
    return sorted(found)


def _explain(character: str) -> str:
    name = name_character(character)
    if character in OVERRIDES:
        return f"{name} makes text read otherwise than it is stored"
    if character in CLOSING_OF.values():
        return f"{name} ends nothing that was begun on its line"
    if character == "\ufffd":
        return f"{name} stands where a character was lost"
    return f"{name} cannot be printed"


def name_character(character: str) -> str:
    """Name a character by its code point and its Unicode name, as in `U+0007 BELL`."""
    code = ord(character)
    if code < len(_CONTROL_NAMES):
        name = _CONTROL_NAMES[code]
    elif character == "\x7f":
        name = "DELETE"
    elif unicodedata.category(character) == "Cs":
        name = "LONE SURROGATE"
    else:
        name = unicodedata.name(character, "CONTROL" if unicodedata.category(character) == "Cc" else "NONCHARACTER")
    return f"U+{code:04X} {name}"


def clean_line(line: str) -> str:
    """Give the line as it is read: without zero-width marks, in Unicode NFC."""
    return line if line.isascii() else unicodedata.normalize("NFC", line.translate(_DROPPED))


def typed_index(typed: str, index: int) -> int:
    """Give the place in the line as typed of a place in the clean line; exact at the start of every word."""
    if typed.isascii() or _is_clean(typed):
        return index
    words = _words(typed)
    clean_start, typed_start, word = words[max(bisect_right(words, index, key=itemgetter(0)) - 1, 0)]
    beginnings = (end for end in range(len(word)) if len(clean_line(word[:end])) >= index - clean_start)
    return typed_start + next(beginnings, len(word))


@lru_cache(maxsize=64)
def _is_clean(typed: str) -> bool:
    """Whether a line is read just as it was typed, as nearly all are."""
    return clean_line(typed) == typed


@lru_cache(maxsize=32)
def _words(typed: str) -> tuple[tuple[int, int, str], ...]:
    words: list[tuple[int, int, str]] = []
    clean_start = 0
    for match in re.finditer(r"\S+|\s+", typed):
        words.append((clean_start, match.start(), match.group()))
        clean_start += len(clean_line(match.group()))
    return tuple(words)
