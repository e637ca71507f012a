"""What was taken for what, counted and put in order: the report of an import.

Comes in: findings, the session's text. Goes out: a `Report`, for a screen or another program.
Left to others: finding (`recognise`), showing (`cli`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studyguide.importer.draft import Certainty
from studyguide.importer.proofreading import HEADER_END
from studyguide.reader.check_marks import part_header_marks, part_marks

if TYPE_CHECKING:
    from studyguide.importer.draft import Finding
    from studyguide.importer.importing import Imported

FACTS = (
    "title",
    "label",
    "date",
    "time",
    "place",
    "summary-by",
    "facilitator",
    "participants",
    "pages",
    "book",
    "authors",
    "group",
)
"""What is found once, in the order shown."""

_COUNTED = (
    ("reading", "reading", "readings"),
    ("part", "other part", "other parts"),
    ("topic", "topic", "topics"),
    ("page reference", "page reference", "page references"),
    ("quotation", "quotation", "quotations"),
    ("pull quote", "pull quote proposed", "pull quotes proposed"),
    ("question", "question", "questions"),
    ("round", "round", "rounds"),
    ("turn", "turn", "turns"),
    ("reply", "reply", "replies"),
    ("announcement", "announcement", "announcements"),
    ("comment", "comment", "comments"),
)
"""What is counted, with its name for one and for several, in the order shown."""

NOT_IN_SESSION = "not in the session"
"""The result of a finding whose words are only in the report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many of a kind were found, on which lines of the notes, and how many of them are not sure."""

    kind: str
    name: str
    count: int
    unsure: int
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToCheck:
    """A line of the session file that a person should look at."""

    line: int
    doubt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The account of one import; lines of `facts`, `counted` and `left_out` count as the notes do (`unit`)."""

    unit: str
    facts: tuple[Finding, ...]
    counted: tuple[Counted, ...]
    to_check: tuple[ToCheck, ...]
    left_out: tuple[Finding, ...]
    doubts: tuple[str, ...]


def make_report(imported: Imported, text: str) -> Report:
    """Count and order what was found in notes that became this text."""
    findings = imported.findings
    facts = sorted((each for each in findings if each.taken_for in FACTS), key=lambda each: FACTS.index(each.taken_for))
    return Report(
        unit=imported.notes.unit,
        facts=tuple(facts),
        counted=tuple(_count(findings)),
        to_check=tuple(list_marks(text)),
        left_out=tuple(each for each in findings if each.result == NOT_IN_SESSION),
        doubts=imported.notes.doubts,
    )


def _count(findings: tuple[Finding, ...]) -> list[Counted]:
    counts = Counter(each.taken_for for each in findings)
    return [
        Counted(
            kind=kind,
            name=one if counts[kind] == 1 else several,
            count=counts[kind],
            unsure=sum(each.taken_for == kind and each.certainty is Certainty.UNSURE for each in findings),
            lines=tuple(each.line for each in findings if each.taken_for == kind),
        )
        for kind, one, several in _COUNTED
        if counts[kind]
    ]


def list_marks(text: str) -> list[ToCheck]:
    """List the lines of a session file that are marked to be checked."""
    lines = text.split("\n")
    header_end = lines.index(HEADER_END, 1) if HEADER_END in lines[1:] else 0
    return [
        ToCheck(line=number, doubt=doubt)
        for number, line in enumerate(lines, 1)
        if "check:" in line
        for _, doubt in (part_header_marks if number <= header_end else part_marks)(line).questions
    ]
