"""Quotations in a line: where they are, and which mark is missing or stands twice.

Comes in: clean words. Goes out: the stretch that is quoted, and the marks to put in or take out.
Left to others: page references (`locators`), writing (`sentences`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

PAIRS = {"“": "”", "«": "»", "「": "」", "『": "』", "„": "“"}
"""Opening marks with what closes them."""

OPENING = "“«「『„"
CLOSING = "”»」』"
LEAST_WORDS_QUOTED = 4
"""Fewer words in quotation marks are a term, not a quotation."""

_QUOTED = re.compile(r"[“«「『„](?P<words>.*)[”»」』]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """A mark that was missing: where to put it, and a question for a person."""

    at: int
    mark: str
    doubt: str


def is_open(words: str) -> bool:
    """Whether a line begins a quotation that it does not end."""
    return words[:1] in OPENING and bool(words) and _balance(words) > 0 and not _ends_closed(words)


def closes_another(words: str) -> bool:
    """Whether a line ends a quotation that it does not begin."""
    return _balance(words) < 0 and _ends_closed(words)


def mend_quotation(words: str) -> Mending | None:
    """Find the one mark that is missing at the start or the end of a line's words, page references taken off."""
    if is_open(words):
        mark = PAIRS[words[0]]
        return Mending(at=len(words), mark=mark, doubt="the closing quotation mark was missing: does it end here?")
    if closes_another(words):
        opening = next((opened for opened, closed in PAIRS.items() if closed == words.rstrip(" .,;")[-1:]), "“")
        return Mending(at=0, mark=opening, doubt="the opening quotation mark was missing: does it begin here?")
    return None


def count_quotations(words: str) -> int:
    """Count what is quoted in a line: one for all that stands between its first and last mark, none for mere terms."""
    match = _QUOTED.search(words)
    return int(match is not None and len(match["words"].split()) >= LEAST_WORDS_QUOTED)


def _balance(words: str) -> int:
    if "„" in words:
        return words.count("„") - words.count("“")
    return sum(words.count(mark) for mark in OPENING) - sum(words.count(mark) for mark in CLOSING)


def _ends_closed(words: str) -> bool:
    return words.rstrip(" .,;")[-1:] in set(CLOSING) | {"“"}
