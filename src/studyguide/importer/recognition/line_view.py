"""The lines of notes while they are divided: which one is next, and what a line looks like.

Comes in: all lines in order. Goes out: answers about one of them and those around it.
Left to others: what follows from it (`sections`, `reading_heads`, `people_lines`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studyguide.importer.notes import Bullet, LineKind, MarkKind, NoteLine
from studyguide.importer.recognition.dates import find_dates
from studyguide.importer.recognition.head_labels import read_group, read_labelled, read_section_label
from studyguide.importer.recognition.locators import PagesKnown, find_locators
from studyguide.importer.recognition.part_names import kind_of_heading

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from studyguide.importer.draft import PartKind

LONGEST_HEADING = 110
"""Characters; a longer line is a paragraph."""

LEAST_CAPITALS = 4
QUOTES = "“«「『„‘\"'"
SENTENCE_END = (".", ",", ";", "…")
_CHAPTER_WORDS = (
    "chapter|ch|part|act|scene|canto|book|section|capítulo|cap|parte|sección|kapitel|teil|abschnitt|chapitre|partie|"
    "capitolo|sezione|capítol|kabanata|장"
)
_CHAPTER = re.compile(rf"(?P<word>{_CHAPTER_WORDS})\.?\s", re.IGNORECASE)
_LEAST_CHAPTERS = 2
_TIMED = re.compile(
    r"[^?]*[^\s?]\s*(?:\(|[–—-]\s)\s*[0-9]{1,3}\s*(?:min|mins|minutes?|minuten|minutos?|minuti|분)\.?[^()?]*\)?",
    re.IGNORECASE,
)
_MOST_WORDS_TIMED = 10
_ADDRESS = re.compile(r"https?://|www\.")


@dataclass(slots=True, kw_only=True)
class LineView:
    """All lines, and the index of the next one; `reference` is a day near the meeting."""

    lines: Sequence[NoteLine]
    language: str
    reference: datetime.date
    at: int = 0

    @property
    def line(self) -> NoteLine:
        """The next line."""
        return self.lines[self.at]

    def has_more(self) -> bool:
        """Whether a line is left."""
        return self.at < len(self.lines)

    def ahead(self, distance: int = 1) -> NoteLine | None:
        """Give a line after the next one, or none past the end."""
        at = self.at + distance
        return self.lines[at] if at < len(self.lines) else None

    def kind_of(self, line: NoteLine) -> PartKind | None:
        """Tell which part a line is the heading of, in the words of the session format."""
        return kind_of_heading(line.words, self.language) if len(line.words) <= LONGEST_HEADING else None

    def says_fact(self, line: NoteLine) -> bool:
        """Whether a line says a date, a group, a section or something with a label."""
        words = line.words
        return len(words) <= LONGEST_HEADING and bool(
            read_labelled(words)
            or read_section_label(words)
            or read_group(words)
            or find_dates(words, self.language, reference=self.reference)
        )

    def stands_alone(self) -> bool:
        """Whether the next line opens a list below it and ends what stands before."""
        following = self.ahead()
        before = self.lines[self.at - 1] if self.at else None
        opens = following is not None and following.depth == 1 and following.opens_list
        ends = before is None or before.depth > 0 or before.words.endswith((".", "?", "!", "”")) or self.line.gap > 1
        return opens and ends and not find_locators(self.line.words, PagesKnown(first=0, last=0, has_verses=False))


def may_be_heading(line: NoteLine) -> bool:
    """Whether a line is short and ends like no sentence."""
    if line.kind is LineKind.HEADING:
        return True
    is_plain = line.kind is LineKind.TEXT and line.depth == 0 and line.bullet is Bullet.NONE
    return (
        is_plain
        and len(line.words) <= LONGEST_HEADING
        and not line.words.endswith(SENTENCE_END)
        and not _ADDRESS.search(line.words)
        and not line.words[:1].islower()
    )


def is_timed(line: NoteLine) -> bool:
    """Whether a line is a step of a plan, as `Icebreaker (10 min)`."""
    is_plain = line.kind is LineKind.TEXT and line.depth == 0 and line.bullet is Bullet.NONE
    return is_plain and len(line.words.split()) <= _MOST_WORDS_TIMED and _TIMED.fullmatch(line.words) is not None


def find_chapters(lines: Sequence[NoteLine]) -> frozenset[int]:
    """Give the numbers of lines that head chapters: `Chapter 4`, `Chapter 5`, lists below at least two of them."""
    groups: dict[str, dict[str, list[NoteLine]]] = {}
    heading_lists: dict[str, set[str]] = {}
    for at, line in enumerate(lines):
        match = _CHAPTER.match(line.words) if may_be_heading(line) else None
        label = read_section_label(line.words) if match is not None else None
        if match is None or label is None:
            continue
        word = match["word"].casefold()
        groups.setdefault(word, {}).setdefault(label[0].casefold(), []).append(line)
        if at + 1 < len(lines) and lines[at + 1].depth > line.depth:
            heading_lists.setdefault(word, set()).add(label[0].casefold())
    series = (word for word, labels in heading_lists.items() if len(labels) >= _LEAST_CHAPTERS)
    return frozenset(line.number for word in series for each in groups[word].values() for line in each)


def is_set_off(line: NoteLine) -> bool:
    """Whether all of a line is bold or in capitals."""
    strong = sum(each.end - each.start for each in line.marks if each.kind is MarkKind.STRONG)
    if strong >= len(line.words.strip(" :")) - 1 > 0:
        return True
    letters = [each for each in line.words if each.isalpha()]
    return len(letters) >= LEAST_CAPITALS and all(each.isupper() for each in letters)


def has_link(line: NoteLine) -> bool:
    """Whether a line has a web address, in print or behind words."""
    return bool(_ADDRESS.search(line.words)) or any(each.kind is MarkKind.LINK for each in line.marks)
