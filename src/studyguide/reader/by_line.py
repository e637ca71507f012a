"""The line `By Rosa Imaginary, pp. 423-441` that makes a part a reading.

Comes in: the first paragraph of a part. Goes out: authors, book and pages, and what is left of the paragraph.
Left to others: which words open such a line in each language (`headings`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studyguide.model.locator import Locator, LocatorLabel, LocatorRange
from studyguide.reader.endings import find_ending
from studyguide.reader.explain import quote
from studyguide.reader.headings import find_by_line
from studyguide.reader.paragraphs import place_words, read_text
from studyguide.reader.words import plain_text

if TYPE_CHECKING:
    from studyguide.diagnostics import SourceSpan
    from studyguide.reader.context import FileContext
    from studyguide.reader.markdown import Node

_GOES_ON = (",", " and", " &", " y", " et", " und", " e", " i", " at")
"""How a line ends whose names go on in the next one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ByLine:
    """Who wrote what was read, in which book (empty: the default one), on which pages; `rest` follows the line."""

    authors: str
    book: str
    pages: LocatorRange | None
    rest: Node | None


def read_by_line(context: FileContext, node: Node) -> ByLine | None:
    """Read a part's first paragraph as a `By …` line; None when it is none."""
    if node.kind != "paragraph":
        return None
    line, rest = _part_line(node)
    length = find_by_line(" ".join(line.split("\n")), context.guide.language, is_whole=rest is None)
    if not length:
        return None
    place = place_words(context, node).skip(length)
    words = line[length:].rstrip()
    ending = find_ending(context, words, place, needs_page=False)
    pages = _choose_pages(context, ending.locator, place.span(ending.start))
    is_kept = ending.locator is not None and pages is None
    names = words if is_kept else words[: ending.start].rstrip(" ,\t")
    authors = " ".join(plain_text(read_text(context, names, place)).split()) if names else ""
    return ByLine(authors=authors, book=ending.book, pages=pages, rest=rest)


def _part_line(node: Node) -> tuple[str, Node | None]:
    """Part a paragraph into the line with the names, which may go on after a comma, and what follows it."""
    lines = node.text.split("\n")
    length = next((number for number, line in enumerate(lines, 1) if not line.rstrip().endswith(_GOES_ON)), len(lines))
    rest = "\n".join(lines[length:])
    following = replace(node, text=rest, first_line=node.first_line + length) if rest else None
    return "\n".join(lines[:length]), following


def _choose_pages(context: FileContext, locator: Locator | None, span: SourceSpan) -> LocatorRange | None:
    """Give the one stretch of pages that a reading has; a chapter or verse stays with the authors' names."""
    if locator is None or locator.label is not LocatorLabel.PAGE:
        return None
    first, last = locator.ranges[0].first, locator.ranges[-1].last
    if len(locator.ranges) > 1:
        hint = "make several readings of it if each is to stand for itself"
        context.warn(span, f"a reading has one range of pages, this is taken as {quote(f'{first}-{last}')}", hint)
    return LocatorRange(first=first, last=last)
