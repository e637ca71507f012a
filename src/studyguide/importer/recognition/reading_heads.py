"""The head of a reading in notes: its heading and who wrote it, in one line, in two, or with a subtitle between.

Comes in: the lines ahead. Goes out: a `ReadingHead`, and how many lines it takes.
Left to others: which words open a line with authors (`reader.headings`), everything below it (`parts`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studyguide.importer.notes import Bullet, LineKind
from studyguide.importer.recognition.line_view import LONGEST_HEADING, LineView, may_be_heading
from studyguide.importer.recognition.part_names import tidy_heading
from studyguide.importer.recognition.people import read_people
from studyguide.reader.headings import find_by_line, is_made_of_names

if TYPE_CHECKING:
    from studyguide.importer.notes import NoteLine

LONGEST_BY_LINE = 160
"""Characters; a longer line that opens with `By` is a paragraph."""

_WITH = re.compile(
    r"(?P<what>(?:an?|the|una?|ein|eine|une)\s.{3,70}?)\s+(?:with|con|mit|avec|between|entre)\s+(?P<names>\S.*)",
    re.IGNORECASE,
)
_ONE_LINE = re.compile(
    r"(?P<title>.{3,90}?)(?:,\s*|\s+[–—-]\s+|\s+|\s*\()(?P<by>by|por|von|par)\s+(?P<names>[^()]+?)\)?"
)
_PAGES = re.compile(r",?\s*\(?(?:pp?|pgs?|ch|págs?)\.?\s*[0-9].*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingHead:
    """A reading's heading, its authors with perhaps pages, its subtitle; `taken` is how many lines say it."""

    title: str
    by_line: str
    subtitle: str
    taken: int


def find_reading_head(view: LineView, *, is_in_head: bool) -> ReadingHead | None:
    """Find the head of a reading in the next lines; in the head of the notes a line before it is no subtitle."""
    line = view.line
    if not may_be_heading(line):
        return None
    may_have_subtitle = line.kind is LineKind.HEADING or not (is_in_head or view.says_fact(line))
    for distance in (1, 2) if may_have_subtitle else (1,):
        by_line = view.ahead(distance)
        between = view.lines[view.at + 1 : view.at + distance]
        if by_line is None or not all(may_be_heading(each) and not view.says_fact(each) for each in between):
            break
        found = _read_by_line(by_line, view.language)
        if found is not None:
            names, what = found
            subtitle = " – ".join(each.words for each in between) or what
            return ReadingHead(title=tidy_heading(line.words), by_line=names, subtitle=subtitle, taken=distance + 1)
    return _find_in_one_line(view)


def _read_by_line(line: NoteLine, language: str) -> tuple[str, str] | None:
    """Read `By Ana Writer, pp. 4-20` or `A talk with Ana and Ben`: the authors, and what it is."""
    if line.depth or line.bullet is not Bullet.NONE or len(line.words) > LONGEST_BY_LINE:
        return None
    plain = line.words.strip("*_ ")
    if plain.startswith("(") and plain.endswith(")") and plain.count("(") == 1:
        plain = plain[1:-1].strip()
    length = find_by_line(plain, language, is_whole=True)
    if length:
        return plain[length:].strip(), ""
    match = _WITH.fullmatch(plain)
    if match is not None and is_made_of_names(match["names"]):
        return match["names"].strip(), match["what"].strip()
    return None


def _find_in_one_line(view: LineView) -> ReadingHead | None:
    match = _ONE_LINE.fullmatch(view.line.words.strip("*_ "))
    if match is None or match["names"].endswith("?") or not is_made_of_names(match["names"]):
        return None
    following = view.ahead()
    is_followed = following is not None and (following.depth > 0 or len(following.words) > LONGEST_HEADING)
    if not is_followed or read_people(_PAGES.sub("", match["names"])) is None:
        return None
    title = tidy_heading(match["title"].strip(" ,–—-("))
    return ReadingHead(title=title, by_line=match["names"].strip(), subtitle="", taken=1)
