"""Locators: pinpoints in the studied book, in the sense of the Citation Style Language.

Comes in: labels and numerals already told apart. Goes out: `Locator` values that sort in book order.
Left to others: how they are written in Markdown (`reader.locators`) and on paper (`latex`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


class LocatorLabel(StrEnum):
    """What is counted (CSL 1.0.2, locator terms; `location` is Kindle's and is never turned into a page)."""

    PAGE = "page"
    CHAPTER = "chapter"
    LOCATION = "location"
    PARAGRAPH = "paragraph"
    SECTION = "section"
    VERSE = "verse"


@dataclass(frozen=True, slots=True, kw_only=True)
class LocatorRange:
    """One stretch, both ends included, as the author wrote the numerals: `427`, `xii`, `3:16`.

    `last` equals `first` for a single place.
    """

    first: str
    last: str

    @property
    def is_single(self) -> bool:
        """Whether it names one place and not a stretch."""
        return self.first == self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Locator:
    """A pinpoint: what is counted, one or more stretches, and the key of the book, empty for the default one."""

    label: LocatorLabel
    ranges: tuple[LocatorRange, ...]
    book: str = ""


def roman_value(numeral: str) -> int | None:
    """Give the value of a lower- or upper-case roman numeral, or None when it is not a canonical one."""
    lowered = numeral.lower()
    if not lowered or set(lowered) - set(ROMAN):
        return None
    values = [ROMAN[letter] for letter in lowered]
    total = sum(-value if value < max(values[index:]) else value for index, value in enumerate(values))
    return total if roman_numeral(total) == lowered else None


def roman_numeral(number: int) -> str:
    """Write a number from 1 to 3999 as a lower-case roman numeral."""
    steps = (
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    )
    written = ""
    for value, letters in steps:
        count, number = divmod(number, value)
        written += letters * count
    return written


def numeral_key(numeral: str) -> tuple[int, tuple[int, ...]]:
    """Give the place of a numeral in a book: roman prelims first, then arabic, `3:16` part by part.

    Raises:
        ValueError: when it is neither roman nor made of arabic numbers; the reader has made sure that it is.
    """
    roman = roman_value(numeral)
    if roman is not None:
        return (0, (roman,))
    return (1, tuple(int(part) for part in numeral.replace(".", ":").split(":")))


def locator_key(locator: Locator) -> tuple[str, str, tuple[int, tuple[int, ...]]]:
    """Sort by book, by what is counted, by the first place."""
    return (locator.book, locator.label.value, numeral_key(locator.ranges[0].first))
