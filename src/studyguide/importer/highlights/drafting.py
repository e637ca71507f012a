r"""A draft of highlights: a reading a book, a quotation a highlight, the reader's notes below their quotations.

Comes in: books with their highlights. Goes out: a `Draft`; the text of a quotation of several paragraphs has `\n`
between them. Left to others: Markdown's syntax (`session_text`), reading the exports.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from studyguide.errors import NotesError
from studyguide.importer.draft import (
    BlockKind,
    Certainty,
    Draft,
    DraftBlock,
    DraftPart,
    Finding,
    HeaderField,
    PartKind,
)
from studyguide.importer.highlights.places import place_key
from studyguide.importer.highlights.records import HighlightKind
from studyguide.importer.markdown_text import ADDRESS, escape_words
from studyguide.reader.headings import find_by_line
from studyguide.reader.locators import LocatorProblem, parse_locator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studyguide.importer.highlights.records import Highlight, HighlightedBook

CHAPTER_LEVEL = 3
"""Chapters are topics within the reading."""

CHARACTERS_REPORTED = 80
"""The report shows the beginning of a highlight; its words are all in the draft."""

TITLES_JOINED = 3
"""A session of more books than this is named by the first ones."""

DATE_DOUBT = "the day of the last highlight: is it the day of the meeting?"
TITLE_DOUBT = "the export names no title: what is this?"
TITLES_DOUBT = "the titles of the books: what is the session called?"

_BRACKETS = re.compile(r"\((?P<words>[^()\[\]]{2,120})\)")


def draft_highlights(books: tuple[HighlightedBook, ...]) -> Draft:
    """Draft a session: quotations in the order of the book, with the places that the export gives, and what was found.

    Raises:
        NotesError: when no book has a highlight or a note.
    """
    parts = tuple(part for part in map(_draft_part, books) if part.blocks)
    if not parts:
        raise NotesError(
            "this export of an e-reader has no highlights in it", hint="export the highlights again, with their text"
        )
    dated = _date_session(books)
    findings = (*(each for book in books for each in _find_in_book(book)), *(finding for _, finding in dated))
    has_one_title = len(books) == 1 and not books[0].is_title_guessed
    return Draft(
        fields=(_title_session(books), *(field for field, _ in dated)),
        parts=parts,
        findings=tuple(sorted(findings, key=lambda each: each.line)),
        book=books[0].title if has_one_title else "",
        authors=books[0].authors if has_one_title else (),
    )


def _title_session(books: tuple[HighlightedBook, ...]) -> HeaderField:
    titles = [book.title for book in books if book.title]
    if len(books) == 1:
        doubt = TITLE_DOUBT if books[0].is_title_guessed else ""
        return HeaderField(name="title", value=books[0].title, doubt=doubt)
    ending = "; …" if len(titles) > TITLES_JOINED else ""
    return HeaderField(name="title", value="; ".join(titles[:TITLES_JOINED]) + ending, doubt=TITLES_DOUBT)


def _date_session(books: tuple[HighlightedBook, ...]) -> tuple[tuple[HeaderField, Finding], ...]:
    """Propose the day of the newest highlight, if the export has days."""
    days = [(each.when, each.line) for book in books for each in book.highlights if each.when is not None]
    if not days:
        return ()
    day, line = max(days)
    finding = Finding(taken_for="date", words=day.isoformat(), line=line, certainty=Certainty.UNSURE, result=DATE_DOUBT)
    return ((HeaderField(name="date", value=day.isoformat(), doubt=DATE_DOUBT), finding),)


def _draft_part(book: HighlightedBook) -> DraftPart:
    names = escape_words(", ".join(book.authors))
    is_reading = bool(find_by_line(f"By {names}", "en", is_whole=True)) if names else False
    return DraftPart(
        kind=PartKind.READING if is_reading else PartKind.FREE,
        heading=escape_words(book.title),
        line=book.line,
        by_line=names if is_reading else "",
        blocks=tuple(_draft_blocks(book)),
        doubt=TITLE_DOUBT if book.is_title_guessed else "",
    )


def _draft_blocks(book: HighlightedBook) -> Iterator[DraftBlock]:
    kept = [each for each in book.highlights if each.text and each.kind is not HighlightKind.BOOKMARK]
    if kept and ADDRESS.fullmatch(book.address):
        yield DraftBlock(kind=BlockKind.PARAGRAPH, text=book.address, line=book.line)
    chapter = ""
    for highlight in _in_book_order(kept):
        if highlight.chapter and highlight.chapter != chapter:
            chapter = highlight.chapter
            yield DraftBlock(kind=BlockKind.TOPIC, text=escape_words(chapter), line=highlight.line, level=CHAPTER_LEVEL)
        yield from _draft_highlight(highlight)


def _in_book_order(highlights: list[Highlight]) -> list[Highlight]:
    """Sort by what the device counts, else by locators of one unit; leave the order of the file where there are two."""
    positions = {id(each): each.position for each in highlights if each.position is not None}
    if len(positions) == len(highlights):
        return sorted(highlights, key=lambda each: positions[id(each)])
    places = {id(each): place for each in highlights if (place := place_key(each.locator)) is not None}
    units = {unit for unit, _ in places.values()}
    if len(places) == len(highlights) and len(units) == 1:
        return sorted(highlights, key=lambda each: places[id(each)][1])
    return highlights


def _draft_highlight(highlight: Highlight) -> Iterator[DraftBlock]:
    if highlight.kind is HighlightKind.NOTE:
        yield from _draft_note(highlight, highlight.text, highlight.locator)
        return
    paragraphs = (_escape_places(escape_words(each)) for each in highlight.text.split("\n"))
    yield DraftBlock(
        kind=BlockKind.QUOTATION,
        text="\n".join(paragraphs),
        line=highlight.line,
        source=highlight.locator,
        doubt=highlight.doubt,
    )
    if highlight.note:
        yield from _draft_note(replace(highlight, doubt=""), highlight.note, "")


def _draft_note(highlight: Highlight, words: str, locator: str) -> Iterator[DraftBlock]:
    """Draft the reader's own words, a paragraph each; the place of a note that stands alone ends the last one."""
    paragraphs = [_escape_places(escape_words(each), are_own=True) for each in words.split("\n")]
    if locator:
        paragraphs[-1] += f" ({locator})"
    for number, text in enumerate(paragraphs):
        doubt = "" if number else highlight.doubt
        yield DraftBlock(kind=BlockKind.PARAGRAPH, text=text, line=highlight.line, doubt=doubt)


def _escape_places(markdown: str, *, are_own: bool = False) -> str:
    """Escape brackets that would be read as a place: in the book's words it is one of another book.

    `are_own` says that the reader wrote them: then a place is meant, but one that cannot be read stays as typed.
    """
    return _BRACKETS.sub(lambda match: _escape_bracket(match, are_own=are_own), markdown)


def _escape_bracket(match: re.Match[str], *, are_own: bool) -> str:
    place = parse_locator(match["words"].strip())
    is_text = place is None or (are_own and not isinstance(place, LocatorProblem))
    return match.group() if is_text else f"\\{match.group()}"


def _find_in_book(book: HighlightedBook) -> Iterator[Finding]:
    certainty = Certainty.UNSURE if book.is_title_guessed else Certainty.SURE
    authors = f"by {', '.join(book.authors)}" if book.authors else "without authors"
    yield Finding(taken_for="book", words=book.title, line=book.line, certainty=certainty, result=authors)
    yield from book.findings
    for highlight in book.highlights:
        yield from _find_in_highlight(highlight)


def _find_in_highlight(highlight: Highlight) -> Iterator[Finding]:
    result = "; ".join(part for part in (highlight.locator, highlight.remark, highlight.doubt) if part)
    certainty = Certainty.UNSURE if highlight.doubt else Certainty.SURE
    if highlight.kind is HighlightKind.BOOKMARK:
        words = " ".join(highlight.text.split("\n"))
        yield Finding(taken_for="bookmark", words=words, line=highlight.line, result=f"left out; {result}".rstrip("; "))
    elif not highlight.text:
        yield Finding(
            taken_for=f"empty {highlight.kind}",
            words=highlight.note,
            line=highlight.line,
            certainty=Certainty.UNSURE,
            result=f"left out; {result}".rstrip("; "),
        )
    else:
        taken_for = "note" if highlight.kind is HighlightKind.NOTE else "quotation"
        words = _begin(highlight.text)
        yield Finding(taken_for=taken_for, words=words, line=highlight.line, certainty=certainty, result=result)
    if highlight.note and highlight.text:
        yield Finding(taken_for="note", words=_begin(highlight.note), line=highlight.line, result=highlight.locator)


def _begin(words: str) -> str:
    return " ".join(words.split("\n"))[:CHARACTERS_REPORTED]
