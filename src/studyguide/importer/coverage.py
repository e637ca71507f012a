"""Nothing is lost: every word of the notes is in the session file, or the report names it.

Comes in: notes, the session's text, the findings. Goes out: a finding for each line with words that are in neither.
Left to others: putting them right; a word that is named here was left out on purpose by nobody.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from studyguide.importer.draft import Certainty, Finding
from studyguide.importer.recognition.head import tokens

if TYPE_CHECKING:
    from studyguide.importer.notes import NoteLine, Notes


def find_lost_words(notes: Notes, text: str, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Find words of the notes that are neither in the session's text nor among the words of a finding of their line."""
    missing = Counter(tokens("\n".join(map(_words_of, notes.lines))))
    missing -= Counter(tokens(text))
    named: dict[int, Counter[str]] = defaultdict(Counter)
    for each in findings:
        named[each.line].update(tokens(each.words))
    lost: list[Finding] = []
    for line in notes.lines:
        if not missing:
            break
        own = Counter(tokens(_words_of(line)))
        gone = own & missing
        missing -= gone
        gone -= named[line.number]
        if gone:
            lost.append(
                Finding(
                    taken_for="left out",
                    words=" ".join(gone.elements()),
                    line=line.number,
                    certainty=Certainty.UNSURE,
                    result="not in the session",
                )
            )
    return tuple(lost)


def _words_of(line: NoteLine) -> str:
    return " ".join((line.words, *line.cells, *(each.target for each in line.marks)))
