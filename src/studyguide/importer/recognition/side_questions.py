"""Questions that stand among the notes of a reading, as `Q: who wrote in the ledger?`.

Comes in: the sections of the notes. Goes out: the same sections, with one more that gathers these questions.
Left to others: questions under a heading of their own (`sections`), writing them (`parts`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from studyguide.importer.draft import PartKind
from studyguide.importer.notes import Bullet, LineKind, NoteLine
from studyguide.importer.recognition.sections import Section

if TYPE_CHECKING:
    from collections.abc import Sequence

_OPENING = re.compile(
    r"(?:q|discussion question|question|pregunta|frage|diskussionsfrage|domanda|pergunta|질문)"
    r"\s?[0-9]{0,2}\s*[:：]\s*(?=\S)",
    re.IGNORECASE,
)
_ANSWER = re.compile(r"(?:a|answer|respuesta|antwort|réponse|risposta|resposta|답)\s?[0-9]{0,2}\s*[:：]", re.IGNORECASE)
_DOUBT = "these stood among the notes: are they the discussion questions?"


def find_question_label(words: str) -> int:
    """Give how many characters of a line say that it is a question, 0 when none do."""
    match = _OPENING.match(words)
    return match.end() if match is not None else 0


def gather_side_questions(sections: Sequence[Section]) -> list[Section]:
    """Gather questions in one section after the readings, unless there is one already or somebody answers them."""
    kinds = {each.kind for each in sections}
    sources = [each for each in sections if each.kind in {PartKind.FREE, PartKind.READING}]
    lines = [line for each in sources for line in each.lines]
    has_answers = any(line.kind is LineKind.TEXT and _ANSWER.match(line.words) for line in lines)
    if PartKind.QUESTIONS in kinds or has_answers or not any(_is_question(line) for line in lines):
        return list(sections)
    gathered: list[NoteLine] = []
    for section in sources:
        kept, taken = _part(section.lines)
        section.lines = kept
        gathered += taken
    questions = Section(kind=PartKind.QUESTIONS, title="", line=gathered[0].number, doubt=_DOUBT, lines=gathered)
    after = [at for at, each in enumerate(sections) if each.kind in {PartKind.ROUND, PartKind.ANNOUNCEMENTS}]
    at = min(after, default=len(sections))
    return [*sections[:at], questions, *sections[at:]]


def _is_question(line: NoteLine) -> bool:
    return line.kind is LineKind.TEXT and bool(find_question_label(line.words)) and "?" in line.words


def _part(lines: Sequence[NoteLine]) -> tuple[list[NoteLine], list[NoteLine]]:
    """Part the questions, with what stands below each, from the other lines."""
    kept: list[NoteLine] = []
    taken: list[NoteLine] = []
    above: int | None = None
    for line in lines:
        if _is_question(line):
            above = line.depth
            taken.append(replace(line, depth=1, bullet=Bullet.NUMBER, label=""))
        elif above and line.depth > above:
            taken.append(replace(line, depth=line.depth - above + 1))
        else:
            above = None
            kept.append(line)
    return kept, taken
