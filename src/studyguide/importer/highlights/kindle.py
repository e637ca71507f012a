"""Kindle's `My Clippings.txt`: entries of a title, a line about the clipping and its words, parted by `==========`.

Comes in: the text of the file, in any of the device's languages. Goes out: its books with their highlights and notes.
Left to others: the line about the clipping (`kindle_lines`), versions and notes (`clippings`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from studyguide.importer.cleaning import clean_words
from studyguide.importer.draft import Certainty, Finding
from studyguide.importer.highlights.clippings import Clipping, attach_notes, merge_versions
from studyguide.importer.highlights.kindle_lines import ClippingLine, read_clipping_line
from studyguide.importer.highlights.people import part_authors
from studyguide.importer.highlights.places import place_key, write_location, write_page
from studyguide.importer.highlights.records import Highlight, HighlightedBook, HighlightKind
from studyguide.importer.highlights.wording import clean_paragraphs, find_lost_letters, join_doubts

if TYPE_CHECKING:
    from collections.abc import Iterator

UNDERSTOOD_SHARE = 0.5
"""When fewer entries than this are clippings, the file is something else with rules in it."""

TITLES_REMEMBERED = 256
"""Titles come again with every entry; so many of them need not be cleaned anew."""

UNKNOWN_LANGUAGE = "the line about this clipping is in a language not known here: is it a highlight?"
UNREADABLE_PLACE = "the place of this clipping could not be read"

_SEPARATOR = re.compile(r"^={8,}[^\S\n]*$\n?", re.MULTILINE)
_LIMIT = re.compile(
    r"<[^<>\n]{0,200}\b(?:limit|limite|límite|limiet|limits)\b[^<>\n]{0,200}>|<[^<>\n]*上限[^<>\n]*>",
    re.IGNORECASE,
)
_CLOSING_OF = {")": "(", "）": "（"}


@dataclass(slots=True, kw_only=True)
class _Shelf:
    """The clippings of one book so far, and what was found on the way."""

    line: int
    clippings: list[Clipping] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def find_clippings(text: str) -> tuple[HighlightedBook, ...] | None:
    """Read the file when it is Kindle's; None when it is not. The text has plain line ends."""
    if _SEPARATOR.search(text) is None:
        return None
    shelves: dict[str, _Shelf] = {}
    strays: list[Finding] = []
    understood = number = 0
    for number, (first, entry) in enumerate(_part_entries(text)):
        about = read_clipping_line(entry[1]) if len(entry) > 1 else None
        if about is None:
            strays.append(_describe_stray(first, entry))
        else:
            understood += about.is_certain
            shelf = shelves.setdefault(_clean_title(entry[0]), _Shelf(line=first))
            _shelve(shelf, about, number, first, entry[2:])
    if not understood or understood < UNDERSTOOD_SHARE * (number + 1):
        return None
    books = [_make_book(title, shelf) for title, shelf in shelves.items()]
    return _add_strays(books, strays)


def _part_entries(text: str) -> Iterator[tuple[int, list[str]]]:
    """Give each entry that has words: the line of its title, and its lines from there on."""
    line, at = 1, 0
    for match in (*_SEPARATOR.finditer(text), None):
        entry = text[at : match.start() if match is not None else len(text)]
        lines = entry.split("\n")
        gap = next((index for index, each in enumerate(lines) if each.strip("\ufeff \t")), None)
        if gap is not None:
            yield line + gap, lines[gap:]
        if match is not None:
            line += text.count("\n", at, match.end())
            at = match.end()


@lru_cache(maxsize=TITLES_REMEMBERED)
def _clean_title(words: str) -> str:
    return clean_words(words)


def _shelve(shelf: _Shelf, about: ClippingLine, number: int, line: int, lines: list[str]) -> None:
    text = clean_paragraphs(lines)
    if text and _LIMIT.fullmatch(text):
        place = write_page(about.page) or write_location(about.location)
        shelf.findings.append(
            Finding(
                taken_for="highlight without its words",
                words=text,
                line=line,
                certainty=Certainty.UNSURE,
                result="; ".join(part for part in (place, "the book's seller gives no more of its text") if part),
            )
        )
        return
    shelf.clippings.append(_make_clipping(about, number, line, text, "\n".join(lines)))


def _make_clipping(about: ClippingLine, number: int, line: int, text: str, raw: str) -> Clipping:
    page, location = write_page(about.page), write_location(about.location)
    place = place_key(location or page)
    doubts = (
        UNKNOWN_LANGUAGE if about.kind is None else "",
        "" if place is not None else UNREADABLE_PLACE,
        find_lost_letters(raw),
    )
    return Clipping(
        kind=about.kind or HighlightKind.HIGHLIGHT,
        text=text,
        line=line,
        number=number,
        locator=page or location,
        span=place[1] if place is not None else None,
        is_by_page=not location,
        when=about.when,
        doubt=join_doubts(*doubts),
    )


def _make_book(words: str, shelf: _Shelf) -> HighlightedBook:
    title, names = part_title(words)
    by_kind = {kind: [each for each in shelf.clippings if each.kind is kind] for kind in HighlightKind}
    highlights = merge_versions(by_kind[HighlightKind.HIGHLIGHT], shelf.findings)
    notes = merge_versions(by_kind[HighlightKind.NOTE], shelf.findings)
    noted, alone = attach_notes(highlights, notes)
    entries = sorted((*noted, *alone, *by_kind[HighlightKind.BOOKMARK]), key=lambda each: each.number)
    return HighlightedBook(
        title=title,
        authors=part_authors(names, commas_invert=True),
        highlights=tuple(_make_highlight(each) for each in entries),
        line=shelf.line,
        findings=tuple(shelf.findings),
    )


def _make_highlight(clipping: Clipping) -> Highlight:
    has_location = clipping.span is not None and not clipping.is_by_page
    return Highlight(
        text=clipping.text,
        line=clipping.line,
        kind=clipping.kind,
        note=clipping.note,
        locator=clipping.locator,
        when=clipping.when,
        position=clipping.span[0][1][0] if clipping.span is not None and has_location else None,
        doubt=clipping.doubt,
    )


def part_title(words: str) -> tuple[str, str]:
    """Part `A title (in a series) (Surname, Name)` into the title and the words for the authors, the last brackets."""
    opening = _CLOSING_OF.get(words[-1:], "")
    if not opening:
        return words, ""
    depth = 0
    for index in range(len(words) - 1, -1, -1):
        depth += (words[index] == words[-1]) - (words[index] == opening)
        if not depth:
            title = words[:index].rstrip()
            return (title, words[index + 1 : -1].strip()) if title else (words, "")
    return words, ""


def _describe_stray(line: int, entry: list[str]) -> Finding:
    words = " ".join(clean_paragraphs(entry).split("\n"))
    return Finding(taken_for="not understood", words=words, line=line, certainty=Certainty.UNSURE, result="left out")


def _add_strays(books: list[HighlightedBook], strays: list[Finding]) -> tuple[HighlightedBook, ...]:
    first, *others = books
    return (replace(first, findings=(*first.findings, *strays)), *others)
