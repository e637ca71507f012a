"""One line of notes as Markdown: page references in their canonical form, quotation marks mended, the rest as typed.

Comes in: a `NoteLine`. Goes out: a `Sentence`, its text, what was found in it, and what a person should check.
Left to others: what the line is for (`recognise`), where it stands (`session_text`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studyguide.importer.draft import Certainty, Finding
from studyguide.importer.markdown_text import escape_words
from studyguide.importer.marked_markdown import write_markdown
from studyguide.importer.recognition.locators import FoundLocator, PagesKnown, find_locators
from studyguide.importer.recognition.quotations import (
    CLOSING,
    OPENING,
    closes_another,
    count_quotations,
    is_open,
    mend_quotation,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studyguide.importer.notes import Mark, NoteLine

_SPACE_IN_QUOTE = re.compile(r"(?<=[“«「『])\s+|\s+(?=[”»」』])")
_SPACE_IN_REVERSED = re.compile(r"(?<=[“»「『])\s+|\s+(?=[”«」』])")
"""Where `»` opens and `«` closes, as in German print."""
_LOCATOR_LIKE = re.compile(r"\((?=[^()]*\))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A line as Markdown. `quotation` is its text when all of it is one quotation with one `locator`, else empty."""

    text: str
    findings: tuple[Finding, ...]
    doubt: str
    quotation: str = ""
    locator: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceRules:
    """What holds for a line: the pages that are known; a quotation may go on in the next line (`is_continued`).

    Where `has_references` is false, as in announcements, pages are what will be read, and stay words.
    """

    known: PagesKnown
    is_continued: bool = False
    has_references: bool = True


def write_sentence(line: NoteLine, rules: SentenceRules, *, skip: int = 0) -> Sentence:
    """Write a line's words from the index `skip` on as Markdown."""
    words = line.words[skip:]
    marks = _shift_marks(line.marks, skip)
    places = find_locators(words, rules.known) if rules.has_references else ()
    found = tuple(each for each in places if not _is_in_address(words, each))
    findings = [_describe(each, words, line.number) for each in found]
    edits = {
        (_without_comma(words, each), each.end): "" if each.is_before else f" ({each.locator})"
        for each in found
        if not each.is_prose
    }
    doubts = [_doubt_locator(each) for each in found if each.certainty is Certainty.UNSURE]
    ending = _place_leading(words, found, edits) + "".join(f" ({each.locator})" for each in found if each.is_prose)
    mending = None if rules.is_continued else _mend(words, found)
    if mending is not None:
        at, mark, doubt = mending
        _insert(edits, at, mark)
        doubts.append(doubt)
    is_reversed = -1 < words.find("»") < words.find("«")
    for match in (_SPACE_IN_REVERSED if is_reversed else _SPACE_IN_QUOTE).finditer(words):
        if all(match.end() <= start or match.start() >= end for start, end in edits):
            edits[match.span()] = ""
    text = _space_locators(_append(write_markdown(words, marks, edits), ending))
    if count_quotations(text):
        findings.insert(0, Finding(taken_for="quotation", words=words, line=line.number))
    quotation, locator = _find_whole_quotation(text, found)
    return Sentence(
        text=text,
        findings=tuple(findings),
        doubt="; ".join(doubts),
        quotation=quotation,
        locator=locator,
    )


def _shift_marks(marks: tuple[Mark, ...], skip: int) -> tuple[Mark, ...]:
    from dataclasses import replace

    return tuple(
        replace(each, start=max(each.start - skip, 0), end=each.end - skip) for each in marks if each.end > skip
    )


def _without_comma(words: str, found: FoundLocator) -> int:
    """Give where a page reference starts, with the comma before it when nothing but a stop follows: brackets do."""
    before = words[: found.start].rstrip()
    is_last = not found.is_before and not re.match(r"\s*[^\s.,;:)]", words[found.end :])
    return len(before) - 1 if is_last and before.endswith(",") else found.start


def _is_in_address(words: str, found: FoundLocator) -> bool:
    start = words.rfind(" ", 0, found.start) + 1
    return "://" in words[start : found.end]


def _describe(found: FoundLocator, words: str, line: int) -> Finding:
    return Finding(
        taken_for="page reference",
        words=words[found.start : found.end].strip(),
        line=line,
        certainty=found.certainty,
        result=found.locator,
    )


def _doubt_locator(found: FoundLocator) -> str:
    return f"is {found.locator} a page of the book?"


def _place_leading(words: str, found: tuple[FoundLocator, ...], edits: dict[tuple[int, int], str]) -> str:
    """Put a page that stands before its quotation after it: at the end of the line, or of the quotation inside it."""
    leading = next((each for each in found if each.is_before), None)
    if leading is None:
        return ""
    rest = words[leading.end :]
    if rest[:1] not in OPENING or rest.rstrip(" .,;")[-1:] in CLOSING or not any(each in rest for each in CLOSING):
        return f" ({leading.locator})"
    at = leading.end + max(rest.rfind(mark) for mark in CLOSING) + 1
    if any(start < at < end for start, end in edits):
        return f" ({leading.locator})"
    _insert(edits, at, f" ({leading.locator})")
    return ""


def _append(text: str, ending: str) -> str:
    """Put page references at the end of a line, before the stop that ends its sentence."""
    stop = text[-1:] if ending and text[-1:] in ".," and not text.endswith("..") else ""
    return f"{text.removesuffix(stop)}{ending}{stop}" if stop else f"{text}{ending}"


def _insert(edits: dict[tuple[int, int], str], at: int, text: str) -> None:
    """Put text at an index, before what another edit puts there."""
    edits[(at, at)] = text + edits.get((at, at), "")


def _mend(words: str, found: tuple[FoundLocator, ...]) -> tuple[int, str, str] | None:
    """Find a missing quotation mark in what stands between the page references at both ends."""
    start = max((each.end for each in found if each.is_before), default=0)
    end = len(words)
    last = found[-1] if found else None
    if last is not None and not (last.is_before or last.is_prose) and not words[last.end :].strip(" .,;"):
        end = last.start
    inside = words[start:end].rstrip(" ,")
    mending = mend_quotation(inside)
    if mending is None:
        return None
    return start + mending.at, mending.mark, mending.doubt


def _space_locators(text: str) -> str:
    """Leave one space before a page reference that was typed without one."""
    return re.sub(r"(?<=[^\s(\[*_])(?=\((?:pp?|ch|loc|vv?)\. )", " ", text)


def _find_whole_quotation(text: str, found: tuple[FoundLocator, ...]) -> tuple[str, str]:
    if len(found) != 1:
        return "", ""
    suffix = f" ({found[0].locator})"
    body = text.removesuffix(".").removesuffix(suffix)
    if body == text.removesuffix(".") or body[:1] not in OPENING or body[-1:] not in CLOSING:
        return "", ""
    inner = body[1:-1]
    depth = 0
    for character in inner:
        depth += (character in OPENING) - (character in CLOSING)
        if depth < 0:
            return "", ""
    return inner.strip(), found[0].locator


def plain_markdown(words: str) -> str:
    """Write words that hold no page references, as a heading does; brackets in it stay words."""
    return _LOCATOR_LIKE.sub(r"\\(", escape_words(words))


def find_continued(lines: Sequence[NoteLine]) -> frozenset[int]:
    """Give the numbers of lines whose quotation begins in one and ends in the next: their marks are not missing."""
    continued: set[int] = set()
    for at, line in enumerate(lines[:-1]):
        if line.words[:1] not in OPENING:
            continue
        following = lines[at + 1]
        if is_open(_bare(line)) and following.depth == line.depth and closes_another(_bare(following)):
            continued.update((line.number, following.number))
    return frozenset(continued)


def _bare(line: NoteLine) -> str:
    """Give a line's words without a page reference at its end."""
    found = find_locators(line.words, PagesKnown(first=0, last=0, has_verses=False))
    last = found[-1] if found else None
    words = line.words
    return words[: last.start].rstrip() if last is not None and not words[last.end :].strip(" .") else words
