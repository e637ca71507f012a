"""Kobo's highlights as text: what the device itself exports, and the Markdown of the programs around it.

Comes in: the text, and the file's name, without which the device's bare paragraphs look like any others. Goes out: one
book, chapters where they are named. Left to others: tables (`kobo`). None of these texts names a page.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studyguide.importer.cleaning import clean_words
from studyguide.importer.highlights.days import find_day
from studyguide.importer.highlights.people import part_authors
from studyguide.importer.highlights.places import write_chapter
from studyguide.importer.highlights.records import Highlight, HighlightedBook
from studyguide.importer.highlights.wording import clean_paragraphs, find_lost_letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LEAST_PARAGRAPHS = 3
"""The title and two highlights; with fewer the name alone says too little."""

_NAME = re.compile(
    r"kobo|annotation|highlight|anotacion|subrayado|anmerkung|markierung|surlign|annotazion", re.IGNORECASE
)
_NOTE = re.compile(r"(?:Note|Nota|Notiz|Remarque|Notitie)\s?:\s*(?P<words>.*)")
_MARKED_UP = re.compile(r"\s*(?:[-*+•◦▪o]\s|[0-9]{1,3}[.)]\s|#{1,6}\s|>|\||```|={3,}\s*$|-{3,}\s*$)|\t")
_FRONT_MATTER = re.compile(r"---\n(?P<fields>(?:[^\n]*\n)*?)---\n")
_FIELD = re.compile(r"(?P<name>[A-Za-z]+):[ \t]*(?P<words>.*)")
_OF_PLUGIN = frozenset(("title", "author", "readStatus", "percentRead"))
"""The header that the Obsidian plugin for Kobo writes has these fields."""

_HEADING = re.compile(r"#{2,3}\s+(?P<words>\S.*)")
_PLUGIN_NOTE = re.compile(r"\*\*Note:\*\*\s*(?P<words>.*)")
_PLUGIN_DAY = re.compile(r"\*Created:\s*(?P<words>[^*]*)\*")
_QUOTED = re.compile(r">\s?(?:[\U0001f7e0-\U0001f7eb⚪⚫🔴🔵]\s*)?(?P<words>.*)")
_OWN_TITLE = re.compile(r'# "(?P<title>.+)" by (?P<author>.+)')
_OWN_NOTE = re.compile(r"-\s+(?P<words>\S.*)")


def find_kobo_text(text: str, name: str) -> tuple[HighlightedBook, ...] | None:
    """Read the text when it is an export of Kobo highlights; None when it is not."""
    text = text.removeprefix("\ufeff")
    book = _find_markdown(text) if text.startswith("---\n") else _find_plain(text, name)
    return (book,) if book is not None and book.highlights else None


def _find_plain(text: str, name: str) -> HighlightedBook | None:
    """Read what the device writes: the title, then a paragraph a highlight, with `Note:` below it."""
    if not _NAME.search(name):
        return None
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    has_note = any(_NOTE.match(line) for _, line in lines[2:])
    if len(lines) < LEAST_PARAGRAPHS or not has_note or any(_MARKED_UP.match(line) for _, line in lines):
        return None
    (first, title), *rest = lines
    return HighlightedBook(title=clean_words(title), highlights=tuple(_gather(_read_plain(rest))), line=first)


def _read_plain(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str, str, str]]:
    for number, line in lines:
        note = _NOTE.match(line)
        yield (number, "note", note["words"], "") if note is not None else (number, "text", line, "")


def _find_markdown(text: str) -> HighlightedBook | None:
    """Read Markdown with a header: of the Obsidian plugin, or of `export-kobo`."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        return None
    fields = {
        each["name"]: each["words"].strip(" \"'") for each in map(_FIELD.match, match["fields"].split("\n")) if each
    }
    body = text[match.end() :]
    first = text.count("\n", 0, match.end()) + 1
    if fields.keys() >= _OF_PLUGIN and "\n## Highlights" in body:
        pieces = _read_plugin(first, body)
    elif fields.keys() == {"title", "author"} and _OWN_TITLE.match(body.lstrip("\n")):
        pieces = _read_own(first, body)
    else:
        return None
    return HighlightedBook(
        title=clean_words(fields["title"]),
        authors=part_authors(clean_words(fields["author"]), commas_invert=False),
        highlights=tuple(_gather(pieces)),
    )


def _read_plugin(first: int, body: str) -> Iterator[tuple[int, str, str, str]]:
    start = body.index("\n## Highlights") + 1
    first += body.count("\n", 0, start)
    chapter = ""
    for number, line in enumerate(body[start:].split("\n"), first):
        heading, note, day = _HEADING.match(line), _PLUGIN_NOTE.match(line), _PLUGIN_DAY.fullmatch(line.strip())
        if heading is not None:
            chapter = clean_words(heading["words"]) if number > first else ""
        elif note is not None:
            yield number, "note", note["words"], chapter
        elif day is not None:
            yield number, "day", day["words"], chapter
        elif line.strip():
            yield number, "text", line, chapter


def _read_own(first: int, body: str) -> Iterator[tuple[int, str, str, str]]:
    chapter = ""
    for number, line in enumerate(body.split("\n"), first):
        heading, quoted, note = _HEADING.match(line), _QUOTED.match(line), _OWN_NOTE.match(line)
        if heading is not None:
            chapter = clean_words(heading["words"])
        elif note is not None:
            yield number, "note", note["words"], chapter
        elif line.strip() and not _OWN_TITLE.match(line):
            yield number, "text", quoted["words"] if quoted is not None else line, chapter


def _gather(pieces: Iterable[tuple[int, str, str, str]]) -> Iterator[Highlight]:
    """Put notes and days to the highlight that they stand below."""
    parts: dict[str, list[str]] = {}
    line, chapter = 0, ""
    for number, what, words, place in pieces:
        if what == "text" or not parts:
            if parts:
                yield _make_highlight(line, chapter, parts)
            parts, line, chapter = {}, number, place
        parts.setdefault(what, []).append(words)
    if parts:
        yield _make_highlight(line, chapter, parts)


def _make_highlight(line: int, chapter: str, parts: dict[str, list[str]]) -> Highlight:
    return Highlight(
        text=clean_paragraphs(parts.get("text", ())),
        line=line,
        note=clean_paragraphs(parts.get("note", ())),
        locator=write_chapter(chapter),
        chapter=chapter,
        when=find_day(" ".join(parts.get("day", ()))),
        doubt=find_lost_letters(*parts.get("text", ()), *parts.get("note", ())),
    )
