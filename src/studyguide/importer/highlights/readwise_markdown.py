"""Readwise's Markdown: `# Title`, `## Metadata`, `## Highlights`, an item a highlight with its place in brackets.

Comes in: the text of the file. Goes out: its books; `(Page 12)` gives `p. 12`, `([Location 170](…))` gives `loc. 170`.
Left to others: Readwise's table (`readwise`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studyguide.importer.cleaning import clean_words
from studyguide.importer.draft import Finding
from studyguide.importer.highlights.days import find_day
from studyguide.importer.highlights.people import part_authors
from studyguide.importer.highlights.places import write_location, write_page
from studyguide.importer.highlights.records import Highlight, HighlightedBook
from studyguide.importer.highlights.wording import clean_paragraphs, find_lost_letters

if TYPE_CHECKING:
    from datetime import date

_TITLE = re.compile(r"#\s+(?P<words>\S.*)")
_SECTION = re.compile(r"##\s+(?P<words>\S.*)")
_COVER = re.compile(r"!\[rw-book-cover\]\([^)\n]*\)\s*")
_METADATA = re.compile(r"-\s+(?P<name>[^:\n]{2,30}):\s*(?P<words>.*)")
_ITEM = re.compile(r"-\s+(?P<words>\S.*)|-\s*$")
_INNER = re.compile(r"(?:\t| {2,})-\s+(?:\*\*)?(?P<name>Note|Tags):(?:\*\*)?\s*(?P<words>.*)", re.IGNORECASE)
_PLACE = re.compile(
    r"\s*\(\[?(?:(?P<unit>Page|Location|Loc\.?)\s+(?P<numerals>[0-9ivxlcdm]+(?:[-–][0-9ivxlcdm]+)?)"
    r"|View [A-Z][a-z]+)\]?(?:\((?P<address>[^()\s]*)\))?\)\s*$",
    re.IGNORECASE,
)
_LINKED = re.compile(r"\[\[([^\[\]]*)\]\]")
_TOLD_BY = frozenset(("author", "full title", "category", "url"))
"""Of the lines under `## Metadata` a file has at least one of these."""

_WRITE = {"p": write_page, "l": write_location}


@dataclass(slots=True, kw_only=True)
class _Item:
    """A highlight as its lines come."""

    line: int
    lines: list[str]
    notes: list[str] = field(default_factory=list)
    tags: str = ""
    is_in_note: bool = False


@dataclass(slots=True, kw_only=True)
class _Source:
    """A book as its lines come; `section` is the heading that stands above the line."""

    title: str
    line: int
    section: str = ""
    metadata: dict[str, str] = field(default_factory=dict)
    items: list[_Item] = field(default_factory=list)
    days: list[date | None] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def find_readwise_markdown(text: str) -> tuple[HighlightedBook, ...] | None:
    """Read the text when it is Readwise's Markdown; None when it is not."""
    if "\n## Metadata" not in text or "\n## Highlights" not in text:
        return None
    sources: list[_Source] = []
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        match = _TITLE.match(line)
        if match is not None and (not sources or sources[-1].items):
            sources.append(_Source(title=clean_words(match["words"]), line=number))
        elif sources:
            _read_line(sources[-1], number, line)
        elif line.strip():
            return None
    has_all = all(source.items and not _TOLD_BY.isdisjoint(source.metadata) for source in sources)
    return tuple(_make_book(source) for source in sources) if sources and has_all else None


def _read_line(source: _Source, number: int, line: str) -> None:
    section = _SECTION.match(line)
    if section is not None:
        source.section = section["words"].strip().casefold()
    elif source.section == "metadata":
        _read_metadata(source, number, line)
    elif source.section == "highlights" or source.section.startswith("new highlights added"):
        _read_highlight(source, number, line)
    elif line.strip() and _COVER.fullmatch(line) is None:
        _leave_out(source, number, clean_words(line))


def _read_metadata(source: _Source, number: int, line: str) -> None:
    match = _METADATA.match(line)
    name = match["name"].strip().casefold() if match is not None else ""
    if match is not None and name in _TOLD_BY:
        source.metadata[name] = clean_words(_LINKED.sub(r"\1", match["words"]))
    if line.strip() and name not in ("author", "full title"):
        _leave_out(source, number, clean_words(line.removeprefix("-")))


def _leave_out(source: _Source, number: int, words: str) -> None:
    source.findings.append(Finding(taken_for="about the book", words=words, line=number, result="left out"))


def _read_highlight(source: _Source, number: int, line: str) -> None:
    item, inner = _ITEM.match(line), _INNER.match(line)
    if item is not None:
        source.items.append(_Item(line=number, lines=[item["words"] or ""]))
        source.days.append(find_day(source.section))
    elif not source.items:
        if line.strip():
            _leave_out(source, number, clean_words(line))
    elif inner is not None and inner["name"].casefold() == "tags":
        source.items[-1].tags = clean_words(_LINKED.sub(r"\1", inner["words"]))
        source.items[-1].is_in_note = False
    elif inner is not None:
        source.items[-1].notes.append(inner["words"])
        source.items[-1].is_in_note = True
    elif source.items[-1].is_in_note:
        source.items[-1].notes.append(line)
    else:
        source.items[-1].lines.append(line)


def _make_book(source: _Source) -> HighlightedBook:
    pairs = zip(source.items, source.days, strict=True)
    return HighlightedBook(
        title=source.metadata.get("full title", "") or source.title,
        authors=part_authors(source.metadata.get("author", ""), commas_invert=False),
        highlights=tuple(_make_highlight(item, day) for item, day in pairs),
        line=source.line,
        findings=tuple(source.findings),
    )


def _make_highlight(item: _Item, day: date | None) -> Highlight:
    words = "\n".join(item.lines).rstrip()
    match = _PLACE.search(words)
    locator = ""
    if match is not None:
        words = words[: match.start()]
        locator = _WRITE[match["unit"][0].lower()](match["numerals"]) if match["unit"] else ""
    return Highlight(
        text=clean_paragraphs(words.split("\n")),
        line=item.line,
        note=clean_paragraphs(item.notes),
        locator=locator,
        when=day,
        remark=f"tags: {item.tags}" if item.tags else "",
        doubt=find_lost_letters(*item.lines, *item.notes),
    )
