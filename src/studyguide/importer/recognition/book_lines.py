"""The book that a group reads, as a line names it: title, authors, pages, in any usual order.

Comes in: the words of a line, or of the value of a label. Goes out: a `BookLine`.
Left to others: which lines are looked at, and what is the session's (`head`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from studyguide.importer.notes import MarkKind, NoteLine
from studyguide.importer.recognition.people import read_people
from studyguide.reader.headings import is_made_of_names

PAGES = re.compile(
    r"(?:^|,\s*|\s|\()(?:pp?|pgs?|pages?|págs?|páginas|seiten|s)\.?\s*"
    r"(?P<pages>[0-9ivxlc]+\s*[-–—]\s*[0-9ivxlc]+)\)?",
    re.IGNORECASE,
)
"""The pages that a session is about, where a line names them."""

_CHAPTERS = re.compile(
    r",\s*\(?(?:ch|chs|chap|chaps|chapters?|caps?|kap|chapitres?)\.?\s*[0-9][0-9 ,–-]*\)?", re.IGNORECASE
)
_MARKS = ' ,.()*_“”«»《》〈〉「」『』„‘’"'
_BY = re.compile(r",?\s+(?:by|de|von|par|di|per|por)\s+(?P<names>\S.*)$|,?\s+d[’'](?=[^\W\d_])(?P<elided>\S.*)$")
_SET_OFF = re.compile(
    r"(?:“(?P<a>[^“”]+)”|„(?P<b>[^„“”]+)[“”]|«\s?(?P<c>[^«»]+?)\s?»|\*(?P<d>[^*]+)\*|《(?P<e>[^《》]+)》)"
)
_AUTHORS_AFTER = re.compile(r"\s*(?:,|\(|[–—-]\s|by\b|von\b|de\b|par\b|por\b|di\b)\s*(?P<names>[^()]+?)\)?\s*")
_LEAST_WORDS_OF_AUTHOR = 2
"""A single word after a title may as well belong to it: `Under Glass, Together`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookLine:
    """A book's title, its authors as typed, and the pages that are read of it; empty where the line says none."""

    title: str
    authors: str = ""
    pages: str = ""


def read_book(words: str, line: NoteLine | None = None) -> BookLine:
    """Read what a label as `Book:` promises; `line` tells by its emphasis where a title ends."""
    rest, pages = _take_pages(words)
    set_off = _read_set_off(rest) or (_read_emphasised(rest, line) if line is not None else None)
    if set_off is not None:
        title, authors = set_off
        return BookLine(title=title, authors=authors, pages=pages)
    by = _BY.search(rest)
    names = (by["names"] or by["elided"]) if by is not None else ""
    if by is not None and read_people(names) is not None:
        return BookLine(title=rest[: by.start()].strip(_MARKS), authors=names.strip(" ,."), pages=pages)
    return BookLine(title=rest.strip(_MARKS), pages=pages)


def find_book(words: str, line: NoteLine) -> BookLine | None:
    """Find a book in a line without a label: a title that is set off with its authors, or `Title by Full Name`."""
    rest, pages = _take_pages(words)
    set_off = _read_set_off(rest) or _read_emphasised(rest, line)
    if set_off is not None:
        return BookLine(title=set_off[0], authors=set_off[1], pages=pages) if set_off[1] or pages else None
    by = re.fullmatch(r"(?P<title>\S.+?),?\s+by\s+(?P<names>\S.*)", rest)
    if by is None or not _is_author(by["names"]) or by["title"][:1].islower():
        return None
    return BookLine(title=by["title"].strip(_MARKS), authors=by["names"].strip(" ,."), pages=pages)


def _take_pages(words: str) -> tuple[str, str]:
    """Take the pages, and chapters beside them, out of a line."""
    pages = PAGES.search(words)
    rest = f"{words[: pages.start()]}{words[pages.end() :]}" if pages is not None else words
    return _CHAPTERS.sub("", rest).strip(" ,"), pages["pages"] if pages is not None else ""


def _read_set_off(words: str) -> tuple[str, str] | None:
    match = _SET_OFF.match(words)
    if match is None:
        return None
    title = next(each for each in match.groups() if each)
    return _read_rest(title, words[match.end() :])


def _read_emphasised(words: str, line: NoteLine) -> tuple[str, str] | None:
    """Read a title that is in italics, with nothing but its authors after it."""
    for mark in line.marks:
        title = line.words[mark.start : mark.end]
        if mark.kind is MarkKind.EMPHASIS and words.startswith(title):
            return _read_rest(title, words[len(title) :])
    return None


def _read_rest(title: str, rest: str) -> tuple[str, str] | None:
    if not rest.strip(" .,"):
        return title.strip(_MARKS), ""
    after = _AUTHORS_AFTER.fullmatch(rest)
    return (
        (title.strip(_MARKS), after["names"].strip(" ,.")) if after is not None and _is_author(after["names"]) else None
    )


def _is_author(words: str) -> bool:
    is_whole = all(
        len(name.split()) >= _LEAST_WORDS_OF_AUTHOR for name in re.split(r",| and | & | und | et | y ", words)
    )
    return is_whole and is_made_of_names(words) and read_people(words) is not None
