"""Bullets as people type them: points of every shape, numbers, letters.

Comes in: the words of a line. Goes out: what opens it, the number or letter, and the rest.
Left to others: how deep an item stands (`plain_text`, `documents`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from studyguide.importer.notes import Bullet

SOLID = "•●■▪‣⁃➢►➤✓✔☐☑☒★·∙*+-"
"""Points that open an item of the outer list when several shapes stand in one column."""

HOLLOW = "◦○□▫o–—"
"""Points that open an item inside one with a solid point."""

SECTION_SIGN = "1.1"
"""Stands for all numbers of several levels; they stay in the words, since Markdown has no such numbers."""

_LEAST_PADDING = 2
"""So many spaces after a letter `o` say that it is a point."""

_DRAWN = re.escape("•●■▪‣⁃➢►➤✓✔☐☑☒★·∙◦○□▫")
_POINT = re.compile(rf"(?:(?P<drawn>[{_DRAWN}])\s*|(?P<typed>[*+–—-])\s+|(?P<tight>-)(?=[^\W\d_]))(?=\S)")
_WORD_POINT = re.compile(r"o(?P<padding>[ \t]+)(?=\S)")
_SECTION_NUMBER = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2}){1,3}\.?\s+(?=[^\s0-9])")
_HIGHEST_BRACKETED = 30
"""A higher number in brackets is a page, not an item."""

_NUMBER = re.compile(r"\(?(?P<label>[0-9]{1,3})(?:[.)]{1,2}|\s?[.)])\s+(?=\S)")
_LETTER = re.compile(r"\(?(?P<label>[a-z]|[ivx]{2,5}|[A-Z](?=\)))(?P<mark>[.)]{1,2})\s+(?=[^\s0-9])")
_DAY = re.compile(
    r"(?:[12]?[0-9]|3[01])\.\s(?:jan|jän|feb|märz|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez)[a-zä]{0,6}\.?"
    r"(?=\s[0-9]{2,4}\b|\s(?:um|bis|von)\b|\s*[,:;(]|\s*$)",
    re.IGNORECASE,
)
"""A German day, `12. Mai 2026`; its number opens no item."""

_OPEN_BOX = re.compile(r"\[ ?\]\s+(?=\S)")
"""What a task list puts before a task that is not done."""

_PLACE = re.compile(r"[–—]\s+\(?(?:pp?|pg|p[aá]gs?|ch|chap|loc|vv?|S)\.?\s*[0-9][0-9:., –-]*\)?\.?$", re.IGNORECASE)
"""A dash with a page after it ends a quotation; it opens no item."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What opens an item: its kind, the sign or label, and where its words start."""

    bullet: Bullet
    label: str
    sign: str
    length: int


def find_opening(words: str, *, is_in_list: bool = False) -> Opening | None:
    """Find the bullet, number or letter that opens a line; None when it is running text.

    `is_in_list` lets the letter `o` be a point: it is one where the line is indented or other items stand around it.
    """
    point = None if _PLACE.match(words) else _POINT.match(words)
    if point is not None:
        sign = point["drawn"] or point["typed"] or point["tight"]
        return Opening(bullet=Bullet.POINT, label="", sign=sign, length=point.end())
    letter_point = _WORD_POINT.match(words)
    if letter_point is not None and (
        is_in_list or "\t" in letter_point["padding"] or len(letter_point["padding"]) >= _LEAST_PADDING
    ):
        return Opening(bullet=Bullet.POINT, label="", sign="o", length=letter_point.end())
    section = _SECTION_NUMBER.match(words)
    if section is not None:
        return Opening(bullet=Bullet.POINT, label="", sign=SECTION_SIGN, length=0)
    if _DAY.match(words):
        return None
    for kind, pattern in ((Bullet.NUMBER, _NUMBER), (Bullet.LETTER, _LETTER)):
        match = pattern.match(words)
        if match is not None and not _is_page(match):
            return Opening(bullet=kind, label=match["label"], sign=kind.value, length=match.end())
    return None


def _is_page(match: re.Match[str]) -> bool:
    return match.group().startswith("(") and match["label"].isdigit() and int(match["label"]) > _HIGHEST_BRACKETED


def join_openings(words: str, opening: Opening) -> Opening:
    """Take a point with a number, letter or empty box after it, as in `• a) the rota`, for one opening."""
    box = _OPEN_BOX.match(words[opening.length :]) if opening.bullet is Bullet.POINT else None
    if box is not None:
        return replace(opening, length=opening.length + box.end())
    inner = find_opening(words[opening.length :]) if opening.bullet is Bullet.POINT else None
    if inner is None or inner.bullet is Bullet.POINT:
        return opening
    return replace(opening, bullet=inner.bullet, label=inner.label, length=opening.length + inner.length)
