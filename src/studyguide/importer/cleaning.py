"""Words as they are kept: one kind of space, quotation mark and dash, whatever program wrote the notes.

Comes in: a stretch of raw text. Goes out: clean words on one line; letters and digits stay as they are.
Left to others: which quotation marks are missing (`quotations`), Markdown (`markdown_text`).
"""

from __future__ import annotations

import re
import unicodedata

from studyguide.reader.characters import find_refused

_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2060\ufeff]")
"""Soft hyphens, zero-width marks and lone direction marks: programs leave them, nobody types them."""

_SPACES = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_OPENING_PLACE = r"(?:^|(?<=[\s(\[{—–/-])|(?<=[“‘«]))"
_STRAIGHT_OPENING = re.compile(rf"(?:{_OPENING_PLACE}|(?<=^')|(?<=[\s(\[]'))\"(?=\S)")
_APOSTROPHE_YEARS = re.compile(r"(?<!\w)'(?=[0-9]0s\b|[0-9]{2}\b|tis\b|twas\b|em\b|til\b|cause\b)", re.IGNORECASE)
_STRAIGHT_SINGLE_OPENING = re.compile(rf"{_OPENING_PLACE}'(?=[\w“])(?=[^']*')")
_REPEATED = re.compile('“(?=“)|”(?=”)|"(?=")')
_GRAVES = re.compile(r"(?<!`)``(?!`)")
"""Two grave accents, as TeX and old mail programs write a quotation mark; three are code."""

_DASHES = re.compile(r"(?<!-)---(?!-)")
_SPACED_DASHES = re.compile(r"(?<=\s)--(?=\s)|(?<=\w)--(?=\w)")


def clean_words(raw: str) -> str:
    """Clean a stretch of text: NFC, one space at a time, curved quotation marks, dashes for double hyphens.

    Characters that a session file may not hold are dropped.
    """
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", raw))
    refused = {index for index, _ in find_refused(text)}
    if refused:
        kept = (" " if each.isspace() else "" if at in refused else each for at, each in enumerate(text))
        text = unicodedata.normalize("NFC", "".join(kept))
    text = _SPACES.sub(" ", text).strip()
    if not text.isascii() or any(each in text for each in "\"'-`"):
        text = _clean_marks(text)
    return text


def _clean_marks(text: str) -> str:
    text = _REPEATED.sub("", _GRAVES.sub('"', text).replace("''", '"'))
    if '"' in text:
        text = _STRAIGHT_OPENING.sub("“", text).replace('"', "”")
    if "'" in text:
        text = _APOSTROPHE_YEARS.sub("’", text)
        text = _STRAIGHT_SINGLE_OPENING.sub("‘", text).replace("'", "’")
    return _SPACED_DASHES.sub("–", _DASHES.sub("—", text)) if "--" in text else text
