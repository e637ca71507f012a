"""Page labels: what a viewer calls each page (ISO 32000-2, 12.4.2).

Comes in: how many pages there are, how many of them are prelims, how many insert pages follow which page.
Goes out: one label a page, and the ranges in which a PDF writes them down.
Prelims are roman, the rest decimal from 1, as their printed folios. An insert page has no folio: it is called by the
page that it follows and a letter (`8-A`, `8-B`), so that no label is used twice and all printed folios stay right.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from studyguide.model.locator import roman_numeral

if TYPE_CHECKING:
    from collections.abc import Mapping

LETTERS_COUNT = 26


class NumberingStyle(StrEnum):
    """How the number in a label is written; the values are the PDF's names (ISO 32000-2, table 161)."""

    DECIMAL = "D"
    ROMAN = "r"
    LETTER = "A"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLabel:
    """A label: a prefix, then a number counted from 1."""

    style: NumberingStyle
    number: int
    prefix: str = ""

    def __str__(self) -> str:
        """Give the label as a viewer shows it."""
        return f"{self.prefix}{_write_number(self.style, self.number)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelRange:
    """From page `index` on (counting from 0) the labels count up from `label`."""

    index: int
    label: PageLabel


def label_pages(*, page_count: int, prelim_count: int, inserted: Mapping[int, int]) -> tuple[PageLabel, ...]:
    """Label every page of the bound document.

    `page_count` and `prelim_count` count TeX's pages; `inserted` says how many insert pages follow a page of TeX,
    counted from 0.
    """
    labels: list[PageLabel] = []
    for index in range(page_count):
        folio = _folio(index, prelim_count)
        labels.append(folio)
        labels.extend(
            PageLabel(style=NumberingStyle.LETTER, number=number, prefix=f"{folio}-")
            for number in range(1, inserted.get(index, 0) + 1)
        )
    return tuple(labels)


def label_ranges(labels: tuple[PageLabel, ...]) -> tuple[LabelRange, ...]:
    """Put labels that count up together into ranges."""
    ranges: list[LabelRange] = []
    for index, label in enumerate(labels):
        if index == 0 or not _follows(labels[index - 1], label):
            ranges.append(LabelRange(index=index, label=label))
    return tuple(ranges)


def _folio(index: int, prelim_count: int) -> PageLabel:
    if index < prelim_count:
        return PageLabel(style=NumberingStyle.ROMAN, number=index + 1)
    return PageLabel(style=NumberingStyle.DECIMAL, number=index - prelim_count + 1)


def _follows(before: PageLabel, label: PageLabel) -> bool:
    return (label.style, label.prefix, label.number) == (before.style, before.prefix, before.number + 1)


def _write_number(style: NumberingStyle, number: int) -> str:
    match style:
        case NumberingStyle.DECIMAL:
            return str(number)
        case NumberingStyle.ROMAN:
            return roman_numeral(number)
        case NumberingStyle.LETTER:
            repeats, letter = divmod(number - 1, LETTERS_COUNT)
            return chr(ord("A") + letter) * (repeats + 1)
        case _:
            assert_never(style)
