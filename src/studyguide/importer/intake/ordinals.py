"""Numbers of list items as they are printed: decimal, letters or roman numerals.

Comes in: a number from 1 and a style. Goes out: the label, as `3`, `c` or `iii`.
Left to others: the full stop or bracket after it, which says nothing.
"""

from __future__ import annotations

from enum import StrEnum

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


class OrdinalStyle(StrEnum):
    """How the items of a list are counted, by pandoc's names."""

    DECIMAL = "Decimal"
    LOWER_ALPHA = "LowerAlpha"
    UPPER_ALPHA = "UpperAlpha"
    LOWER_ROMAN = "LowerRoman"
    UPPER_ROMAN = "UpperRoman"


def write_ordinal(number: int, style: OrdinalStyle) -> str:
    """Write a number in a style; one that the style cannot write, as roman 0, is decimal."""
    if number < 1 or number > 3999 or style is OrdinalStyle.DECIMAL:  # noqa: PLR2004  the largest roman numeral
        return str(number)
    letters = _write_letters(number) if style.endswith("Alpha") else _write_roman(number)
    return letters.upper() if style.startswith("Upper") else letters


def _write_letters(number: int) -> str:
    letters = ""
    while number:
        number, index = divmod(number - 1, len(_ALPHABET))
        letters = _ALPHABET[index] + letters
    return letters


def _write_roman(number: int) -> str:
    numeral = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        numeral += letters * times
    return numeral
