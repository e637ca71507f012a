"""The notebook that Kindle's apps export: a page of HTML with the chapters, the highlights and the notes of one book.

Comes in: the text of the page, whose tags are often wrongly nested. Goes out: the book.
Left to others: the words for pages and kinds in each language (`kindle_lines`).
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from studyguide.importer.cleaning import clean_words
from studyguide.importer.draft import Certainty, Finding
from studyguide.importer.highlights.kindle_lines import find_kind, find_places
from studyguide.importer.highlights.people import part_authors
from studyguide.importer.highlights.places import write_location, write_page
from studyguide.importer.highlights.records import Highlight, HighlightedBook, HighlightKind
from studyguide.importer.highlights.shelf import guess_title
from studyguide.importer.highlights.wording import clean_paragraphs, find_lost_letters, join_doubts

if TYPE_CHECKING:
    from collections.abc import Iterator

CHARACTERS_IN_LOCATION = 100
"""A location holds about 128 to 150 bytes; counted low, a note's place is found even in text without accents."""

UNREADABLE_PLACE = "the place of this entry could not be read"

_MARKER = re.compile(
    r"<\w+\s[^<>]*?class=[\"'](?P<name>bookTitle|authors|citation|sectionHeading|noteHeading|noteText)[\"'][^<>]*>|</body>"
)
_BREAK = re.compile(r"<(?:br|/?p|/?div)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_PATH = re.compile(r"\s[-–]\s(?P<path>.*)$", re.DOTALL)


@dataclass(slots=True, kw_only=True)
class _Notebook:
    """The book as its pieces come."""

    title: str = ""
    authors: str = ""
    section: str = ""
    entries: list[Highlight] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def find_notebook(text: str, name: str) -> tuple[HighlightedBook, ...] | None:
    """Read the page when it is such a notebook; None when it is not."""
    if not text.lstrip().startswith("<"):
        return None
    pieces = list(_read_pieces(text))
    names = {piece for piece, _, _ in pieces}
    if not {"noteHeading", "noteText"} <= names or names.isdisjoint(("bookTitle", "authors", "sectionHeading")):
        return None
    notebook = _Notebook()
    for piece, line, words in pieces:
        _read_piece(notebook, piece, line, words)
    return (
        HighlightedBook(
            title=notebook.title or guess_title("", name),
            authors=part_authors(notebook.authors, commas_invert=True),
            highlights=tuple(notebook.entries),
            is_title_guessed=not notebook.title,
            findings=tuple(notebook.findings),
        ),
    )


def _read_pieces(text: str) -> Iterator[tuple[str, int, str]]:
    """Give the text from each marked tag to the next one, with its line."""
    line, counted, name, start = 1, 0, "", 0
    for match in (*_MARKER.finditer(text), None):
        if name:
            line += text.count("\n", counted, start)
            counted = start
            inside = text[start : match.start() if match is not None else len(text)]
            yield name, line, html.unescape(_TAG.sub("", _BREAK.sub("\n", inside)))
        if match is not None:
            name, start = match["name"] or "", match.end()


def _read_piece(notebook: _Notebook, piece: str, line: int, words: str) -> None:
    flat = clean_words(words)
    match piece:
        case "bookTitle":
            notebook.title = flat
        case "authors":
            notebook.authors = flat
        case "sectionHeading":
            notebook.section = flat
        case "noteHeading":
            notebook.entries.append(_open_entry(notebook.section, line, flat))
        case "noteText" if notebook.entries and not notebook.entries[-1].text:
            _fill_entry(notebook, words)
        case _ if flat:
            certainty = Certainty.SURE if piece == "citation" else Certainty.UNSURE
            notebook.findings.append(
                Finding(taken_for="about the book", words=flat, line=line, certainty=certainty, result="left out")
            )


def _open_entry(section: str, line: int, words: str) -> Highlight:
    """Read `Highlight (yellow) - 3. The rota > Page 88 · Location 1536`."""
    kind = find_kind(_PATH.sub("", words))
    path = _PATH.search(words)
    chapter, _, place = (path["path"] if path is not None else "").rpartition(">")
    page, location = find_places(place or words)
    locator = write_page(page) or write_location(location)
    counted = write_location(location).removeprefix("loc. ").partition("-")[0]
    return Highlight(
        text="",
        line=line,
        kind=kind or HighlightKind.HIGHLIGHT,
        locator=locator,
        chapter=": ".join(part for part in (section, chapter.strip()) if part),
        position=int(counted) if counted else None,
        remark="" if locator else words,
        doubt="" if locator and kind is not None else UNREADABLE_PLACE,
    )


def _fill_entry(notebook: _Notebook, raw: str) -> None:
    entry = notebook.entries.pop()
    doubt = join_doubts(entry.doubt, find_lost_letters(raw))
    filled = replace(entry, text=clean_paragraphs(raw.split("\n")), doubt=doubt)
    before = notebook.entries[-1] if notebook.entries else None
    if before is not None and _is_note_of(filled, before):
        notebook.entries[-1] = replace(before, note="\n".join(part for part in (before.note, filled.text) if part))
    else:
        notebook.entries.append(filled)


def _is_note_of(note: Highlight, highlight: Highlight) -> bool:
    """Whether a note stands at the end of the highlight before it."""
    if note.kind is not HighlightKind.NOTE or highlight.kind is not HighlightKind.HIGHLIGHT or not note.locator:
        return False
    if note.position is None or highlight.position is None:
        return note.locator == highlight.locator
    furthest = highlight.position + len(highlight.text) // CHARACTERS_IN_LOCATION + 1
    return highlight.position <= note.position <= furthest
