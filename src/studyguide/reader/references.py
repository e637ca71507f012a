"""Page references in running text, `(p. 427)` and `[@key, p. 12]`.

Comes in: a run of text. Goes out: where each reference stands and its locator; problems go to the file.
Left to others: how a locator is written (`locators`), which pages there are (`pages`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studyguide.reader.explain import quote, suggest
from studyguide.reader.locators import LocatorProblem, parse_locator
from studyguide.reader.pages import find_outside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from studyguide.diagnostics import SourceSpan
    from studyguide.model.locator import Locator
    from studyguide.reader.context import FileContext

CITATION = r"\[@(?P<key>[^\s\[\],;]{1,60})(?:[,\s]\s*(?P<cited>[^\[\]]{0,120}))?\]"
_REFERENCE = re.compile(rf"\((?P<words>[^()\[\]]{{2,120}})\)|{CITATION}")


def find_references(
    context: FileContext, text: str, span_of: Callable[[int], SourceSpan]
) -> Iterator[tuple[int, int, Locator]]:
    """Find every reference: start, end and locator. Words that only look like one stay text."""
    for match in _REFERENCE.finditer(text):
        if match["words"] is not None:
            locator = judge_locator(context, match["words"], span_of(match.start() + 1), book=context.book)
        else:
            locator = read_citation(context, match["key"], match["cited"] or "", span_of(match.start()))
        if locator is not None:
            yield match.start(), match.end(), locator


def judge_locator(
    context: FileContext, words: str, span: SourceSpan, *, book: str = "", is_certain: bool = False
) -> Locator | None:
    """Read a locator and note what is wrong with it, or that its pages are outside what was read."""
    locator = parse_locator(words.strip(), book=book, is_certain=is_certain)
    if isinstance(locator, LocatorProblem):
        context.refuse(span, locator.message, locator.hint)
        return None
    if locator is not None:
        outside = find_outside(locator, context.limits)
        if outside:
            context.warn(span, outside, "check the number, or the pages given in the heading or the header")
    return locator


def read_citation(context: FileContext, key: str, words: str, span: SourceSpan) -> Locator | None:
    """Read `[@key, p. 12]`; a citation without a place in the book stays text, with a warning."""
    book = find_book(context, key, span)
    if book is None:
        return None
    if not words.strip():
        context.warn(span, f"this citation names no page: {quote(f'[@{key}]')}", f"write it as in `[@{key}, p. 12]`")
        return None
    return judge_locator(context, words, span, book=book, is_certain=True)


def find_book(context: FileContext, key: str, span: SourceSpan) -> str | None:
    """Give the key of a book of the guide, empty for the default one; an unknown key is an error.

    Where the guide itself cannot be read, any key will do.
    """
    if not context.guide.books:
        return key
    keys = tuple(book.key for book in context.guide.books if book.key)
    if key in keys:
        return "" if key == keys[0] else key
    if keys:
        context.refuse(span, f"unknown book {quote(f'@{key}')}", suggest(key, keys))
    else:
        context.refuse(
            span, f"unknown book {quote(f'@{key}')}", "give the guide's books keys under `books:` in guide.md"
        )
    return None
