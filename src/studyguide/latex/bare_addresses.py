"""Words without the addresses that are printed under them anyway.

Comes in: the blocks of an announcement. Goes out: the same blocks without bare addresses, and those addresses.
An address in the middle of a sentence stays, since the sentence needs it. Left to others: printing (`announcements`).
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from studyguide.model.blocks import LineBreak, Link, ListBlock, ListItem, Paragraph, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.model.blocks import Block, Inline

SEPARATORS = " \t\n\N{NO-BREAK SPACE}-\N{EN DASH}\N{EM DASH}\N{HORIZONTAL BAR}:,;|→>•·"
"""What stands between words and their address, and has no use without it."""
BRACKETS = {"(": ")", "[": "]", "<": ">"}
STOPS = ".!?… "

Cut = tuple[tuple["Inline", ...], list[Link]]


def without_addresses(content: Iterable[Block]) -> tuple[tuple[Block, ...], list[Link]]:
    """Take bare addresses off the ends of lines, in lists too; blocks of nothing else go with them."""
    kept: list[Block] = []
    dropped: list[Link] = []
    for block in content:
        shortened, links = _without(block)
        kept += [shortened] if shortened is not None else []
        dropped += links
    return tuple(kept), dropped


def _without(block: Block) -> tuple[Block | None, list[Link]]:
    match block:
        case Paragraph():
            words, links = _shorten(block.content)
            return (replace(block, content=words) if words or not links else None), links
        case ListBlock():
            items = [(item, *without_addresses(item.content)) for item in block.items]
            kept = tuple(_with_content(item, content) for item, content, links in items if content or not links)
            links = [link for _, _, links in items for link in links]
            return (replace(block, items=kept) if kept else None), links
        case _:
            return block, []


def _with_content(item: ListItem, content: tuple[Block, ...]) -> ListItem:
    return replace(item, content=content)


def _shorten(content: tuple[Inline, ...]) -> Cut:
    """Shorten each line that the author broke; a line of nothing but an address goes."""
    kept: list[Inline] = []
    dropped: list[Link] = []
    breaks = [-1, *(index for index, inline in enumerate(content) if isinstance(inline, LineBreak)), len(content)]
    for before, after in pairwise(breaks):
        words, links = _shorten_line(content[before + 1 : after])
        is_first = not kept
        kept += [] if is_first or not words else [content[before]]
        kept += words
        dropped += links
    return tuple(kept), dropped


def _shorten_line(line: tuple[Inline, ...]) -> Cut:
    dropped: list[Link] = []
    while (cut := _cut_end(line) or _cut_start(line)) is not None:
        line, link = cut
        dropped.insert(0, link)
    return line, dropped


def _cut_end(line: tuple[Inline, ...]) -> tuple[tuple[Inline, ...], Link] | None:
    """Take the address off a line that ends with one, with the bracket or dash before it."""
    match line:
        case (*before, Link(is_bare=True) as link):
            return _end(tuple(before), ""), link
        case (*before, Link(is_bare=True) as link, Text(text=tail)) if not tail.strip(STOPS + ")]>,;"):
            return _end(tuple(before), tail), link
        case _:
            return None


def _end(before: tuple[Inline, ...], tail: str) -> tuple[Inline, ...]:
    """End the words before an address: what led to it goes, the end of a sentence stays after a bracket."""
    if not before or not isinstance(last := before[-1], Text):
        return before
    words = last.text.rstrip()
    is_bracketed = words[-1:] in BRACKETS
    words = words[:-1].rstrip() + tail.strip(" )]>") if is_bracketed else words.rstrip(SEPARATORS)
    if _only_joins(words) and len(before) > 1 and isinstance(before[-2], Link) and before[-2].is_bare:
        words = ""
    return (*before[:-1], replace(last, text=words)) if words.strip() else before[:-1]


def _only_joins(words: str) -> bool:
    """Whether words between two addresses are no more than an `and`."""
    return len(words.split()) <= 1


def _cut_start(line: tuple[Inline, ...]) -> tuple[tuple[Inline, ...], Link] | None:
    """Take the address off a line that starts with one and goes on after a dash or a colon."""
    match line:
        case (Link(is_bare=True) as link, Text() as first, *rest) if first.text.lstrip()[:1] in tuple("-–—―:|→"):
            words = first.text.lstrip(SEPARATORS)
            return ((replace(first, text=words), *rest) if words else tuple(rest)), link
        case _:
            return None
