"""What a heading or a part's first line says about the part: its role, or that it is a reading by someone.

Comes in: the words of a heading or of a first line, the guide's language. Goes out: the role, or where the names start.
Left to others: the names of roles in each language (`role_names`), making parts (`parts`).
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from functools import lru_cache

from studyguide.reader.role_names import ROLE_NAMES, RoleNames

PARTICLES = frozenset(
    re.findall(
        r"\w+",
        "a al amb an and at bin con da das de del den der des di do dos du e el et for i ibn la las le les los mit "
        "ni of og och per ten ter the to und van von with y zu zum zur",
    )
)
"""Words in small letters that stand in names and between them."""

LONG_BY_WORD = 3
"""Shorter words, such as `de` and `di`, open too many other sentences to be trusted before anything but names."""

_NUMBER = r"[0-9]{1,2}(?:st|nd|rd|th|er|e|[.ªºa차번])?"
_AFTER_NUMBER = r"(?:\s*[:–—-].*|\s+\(.*)?"
_AFTER_NAME = r"(?:\s*[:–—].*|\s+-.*|-\s.*)?"
"""A hyphen between two letters is part of a word: `discussion-based learning`."""

_SENTENCE_END = (".", "!", "?", ":", ";", "…")
_BOOK_PART = re.compile(r"\[@[^\]]*\]|(?:^|\W)(?:pp?|chap|ch|loc)\.\s*[0-9ivxlcdm].*")


class Role(Enum):
    """What a heading says about its part."""

    QUESTIONS = "questions"
    ROUND = "round"
    ANNOUNCEMENTS = "announcements"


@lru_cache(maxsize=64)
def names_for(language: str) -> tuple[RoleNames, ...]:
    """Give the names that hold in a guide: those of its language, and the English ones."""
    own = ROLE_NAMES.get(language.split("-", 1)[0].lower(), ROLE_NAMES["en"])
    return tuple(dict.fromkeys((own, ROLE_NAMES["en"])))


def find_role(heading: str, language: str) -> Role | None:
    """Tell what a heading says about its part, without regard to case, kind of apostrophe or marks at its end."""
    name = _fold(heading)
    for names in names_for(language):
        if name in names.questions or _asks_in_round(name, names):
            return Role.QUESTIONS
        if _is_round(name, names):
            return Role.ROUND
        if name in names.announcements:
            return Role.ANNOUNCEMENTS
    return None


def _is_round(name: str, names: RoleNames) -> bool:
    """Whether a name is a round's, or one of several: `discussion: what people said`, `3. Runde`, `room 2: gardens`."""
    return bool(_round_pattern(names).fullmatch(name))


@lru_cache(maxsize=32)
def _round_pattern(names: RoleNames) -> re.Pattern[str]:
    number = "|".join((*names.ordinals, _NUMBER, "[ivx]+"))
    rounds, words, groups, tables = (
        _any_of(each) for each in (names.rounds, names.round_words, names.group_words, names.table_words)
    )
    numbered = rf"(?:{number})\s*(?:{words}|{groups})|(?:{words}|{groups})\s*#?(?:{number})|{groups}\s+[a-z]"
    return re.compile(rf"{rounds}{_AFTER_NAME}|(?:{numbered}){_AFTER_NUMBER}|{tables}\s*#?[0-9]{{1,2}}")


def _asks_in_round(name: str, names: RoleNames) -> bool:
    """Whether a name is a round's and then that of questions: `discussion: questions`."""
    first, _, second = name.partition(":")
    return first.strip() in names.rounds and second.strip() in names.questions


def _any_of(words: tuple[str, ...]) -> str:
    """Write a pattern for any of the words; none of them matches nothing."""
    return f"(?:{'|'.join(re.escape(word) for word in words)})" if words else "(?!)"


def _fold(words: str) -> str:
    folded = unicodedata.normalize("NFC", words.replace("’", "'")).casefold()
    return " ".join(folded.strip(" \t.:!¡?¿").split())


def find_by_line(line: str, language: str, *, is_whole: bool) -> int:
    """Give how many characters of an opening line are its `By `, 0 when it is prose and names nobody.

    `is_whole` says that the paragraph has no other line: then any line without the end of a sentence will do.
    """
    for word in (word for names in names_for(language) for word in names.by_words):
        match = _opening_pattern(word).match(line)
        if match is None:
            continue
        names = line[match.end() :]
        is_trusted = is_whole and (len(word) >= LONG_BY_WORD or word == "by") and has_name(names)
        if is_made_of_names(names) or (is_trusted and not names.rstrip().endswith(_SENTENCE_END)):
            return match.end()
    return 0


@lru_cache(maxsize=64)
def _opening_pattern(word: str) -> re.Pattern[str]:
    return re.compile(rf"{re.escape(word)}\s+(?=\S)", re.IGNORECASE)


def is_made_of_names(words: str) -> bool:
    """Whether every word is a name or a small word between names; pages and citations after them do not count."""
    if words.startswith("[@"):
        return True
    small = (part for part in re.findall(r"[^\W\d_]+", _BOOK_PART.sub("", words)) if part[0].islower())
    return has_name(words) and all(part in PARTICLES for part in small)


def has_name(words: str) -> bool:
    """Whether a word does not start with a small letter; scripts without capitals have none."""
    return any(not part[0].islower() for part in re.findall(r"[^\W\d_]+", _BOOK_PART.sub("", words)))
