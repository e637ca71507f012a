"""Sentences about what an author wrote: quoting it, counting it, guessing what was meant.

Comes in: words as they were typed, and the words that are known.
Goes out: pieces of messages and hints. Left to others: where the problem is (`source`) and how bad it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_QUOTATION = 40
"""How much of an author's words a message shows, in characters; a private note is not to be read out."""

CLOSE_ENOUGH = 0.6
"""How alike two words must be, from 0 to 1, for one to be offered in place of the other."""


def quote(words: str) -> str:
    """Show words as they were seen: in straight quotes, on one line, cut when they are long."""
    return f'"{cut(words)}"'


def cut(words: str) -> str:
    """Give words on one line, cut when they are long."""
    line = " ".join(words.split())
    return line if len(line) <= LONGEST_QUOTATION else f"{line[: LONGEST_QUOTATION - 1]}…"


def find_nearest(word: str, known: Iterable[str]) -> str:
    """Give the known word that was probably meant, or an empty string."""
    import difflib

    folded = {each.casefold(): each for each in known}
    nearest = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=CLOSE_ENOUGH)
    return folded[nearest[0]] if nearest else ""


def suggest(word: str, known: Iterable[str]) -> str:
    """Write the hint for a misspelt word: the nearest known one, or all of them when none is near."""
    choices = tuple(known)
    nearest = find_nearest(word, choices)
    return f"did you mean `{nearest}`?" if nearest else f"use {join_names(choices)}"


def join_names(names: Iterable[str], *, link: str = "or") -> str:
    """Write names as a sentence lists them: `a`, `b` or `c`."""
    quoted = [f"`{name}`" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} {link} {quoted[-1]}"


def count(number: int, noun: str) -> str:
    """Write a number with its noun in the right form: 1 error, 2 errors."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
