"""Reads escaped LaTeX as TeX's own scanner would, and says what of it is not plain text.

Comes in: what `latex.escape` made. Goes out: complaints, or the text that a person would read.
Left to others: what is expected.
"""

from __future__ import annotations

import re

READ_AS = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    r"\textquotedbl{}": '"',
    r"\nobreakspace{}": "\xa0",
    r"\thinspace{}": "\u202f",
    r"\LongWordBreak{}": "",
    r"\mbox{-}": "\u2011",
    r"\&": "&",
    r"\%": "%",
    r"\$": "$",
    r"\#": "#",
    r"\_": "_",
    r"\-": "\xad",
    "{[}": "[",
    "{]}": "]",
    "{*}": "*",
    "%\n": "",
    "\n": " ",
}
"""Everything with a meaning to TeX that escaped text may hold; there is nothing else."""

SPECIAL = re.compile(r"[\\{}$&#^_~%\x00-\x1f\x7f\[\]*\"]")
TOKEN = re.compile("|".join(map(re.escape, READ_AS)) + "|.", re.DOTALL)


def read_back(latex: str) -> str:
    """Give the text as TeX reads it; a special character that no allowed command explains is an assertion."""
    tokens = TOKEN.findall(latex)
    unexplained = [token for token in tokens if token not in READ_AS and SPECIAL.match(token)]
    assert not unexplained, f"{unexplained} stand unescaped in {latex[:200]!r}"
    return "".join(READ_AS.get(token, token) for token in tokens)


def has_empty_line(latex: str) -> bool:
    """Whether TeX would see the end of a paragraph."""
    return re.search(r"\n[ \t]*\n|^\s*\n|\n\s*$", latex) is not None


def longest_line(latex: str) -> int:
    """Give the length in bytes of the longest line."""
    return max(len(line.encode()) for line in latex.split("\n"))
