"""How a line ends that names people or a source: in a locator, in a citation, or in neither.

Comes in: an attribution or the words of a `By …` line. Goes out: where the ending starts and what it says.
Left to others: the words before it (`quotations`, `by_line`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studyguide.reader.locators import LABELS, LocatorProblem, parse_locator
from studyguide.reader.references import CITATION, find_book, judge_locator, read_citation

if TYPE_CHECKING:
    from studyguide.model.locator import Locator
    from studyguide.reader.context import FileContext, TextPlace

_LABELS = "|".join(re.escape(label) for label in sorted(LABELS, key=len, reverse=True))
_CITATION = re.compile(rf"(?:,\s*|\s+|^){CITATION}\.?$")
_LOCATOR = re.compile(rf"(?:^|,\s*|\s+)\(?(?P<words>(?:{_LABELS})\s*[0-9ivxlcdm][^()]*?)\)?\.?$", re.IGNORECASE)
_WORDS = re.compile(r"(?:^|,\s+|\()(?P<words>[^\W\d_]{1,12}\.?\s*[0-9][0-9,\s–-]*)\)?\.?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """Where the ending starts, which book it names (empty: the default one), and the place in it."""

    start: int
    book: str
    locator: Locator | None


def ends_in_locator(words: str) -> bool:
    """Whether a line ends in something that looks like a locator or a citation."""
    return bool(_CITATION.search(words) or _LOCATOR.search(words))


def find_ending(context: FileContext, words: str, place: TextPlace, *, needs_page: bool = True) -> Ending:
    """Find the locator or citation that ends a line, and note what is wrong with it."""
    citation = _CITATION.search(words)
    if citation is not None:
        return _read_citation(context, citation, place, needs_page=needs_page)
    ending = _LOCATOR.search(words)
    if ending is not None:
        locator = judge_locator(context, ending["words"], place.span(ending.start("words")), book=context.book)
        if locator is not None:
            return Ending(start=ending.start(), book=locator.book, locator=locator)
    else:
        _check_misspelt(context, words, place)
    return Ending(start=len(words), book="", locator=None)


def _read_citation(context: FileContext, match: re.Match[str], place: TextPlace, *, needs_page: bool) -> Ending:
    span = place.span(match.start("key") - 2)
    if not needs_page and not (match["cited"] or "").strip():
        book = find_book(context, match["key"], span)
        return Ending(start=len(match.string) if book is None else match.start(), book=book or "", locator=None)
    locator = read_citation(context, match["key"], match["cited"] or "", span)
    if locator is None:
        return Ending(start=len(match.string), book="", locator=None)
    return Ending(start=match.start(), book=locator.book, locator=locator)


def _check_misspelt(context: FileContext, words: str, place: TextPlace) -> None:
    ending = _WORDS.search(words)
    problem = parse_locator(ending["words"]) if ending is not None else None
    if ending is not None and isinstance(problem, LocatorProblem):
        context.refuse(place.span(ending.start("words")), problem.message, problem.hint)
