"""Nothing is lost in silence: words that are in neither the session nor the report are named."""

from __future__ import annotations

from studyguide.importer.coverage import find_lost_words
from studyguide.importer.draft import Certainty, Finding
from studyguide.importer.notes import Mark, MarkKind, NoteLine, Notes


def make_notes(*lines: NoteLine) -> Notes:
    """Make notes of lines."""
    return Notes(lines=lines, unit="line")


def line(number: int, words: str) -> NoteLine:
    """Make a line of notes."""
    return NoteLine(number=number, words=words)


def test_nothing_is_lost() -> None:
    """Words may stand anywhere, with other marks, in other letters."""
    notes = make_notes(line(1, "The WELL, and the rope"), line(2, "p. 12"))
    assert find_lost_words(notes, "the rope (p. 12)\n**and** _the_ well", ()) == ()


def test_a_lost_word_is_named_with_its_line() -> None:
    """Once for each time that it is missing."""
    notes = make_notes(line(1, "rope"), line(4, "the rope and the rope, the pail"))
    (lost,) = find_lost_words(notes, "rope, the rope, rope and the the", ())
    assert lost == Finding(
        taken_for="left out", words="pail", line=4, certainty=Certainty.UNSURE, result="not in the session"
    )
    lost_ropes = find_lost_words(notes, "rope and the the the pail", ())
    assert [(each.line, each.words) for each in lost_ropes] == [(1, "rope"), (4, "rope")]


def test_words_of_a_finding_of_the_line_are_not_lost() -> None:
    """What was made of them is in the report already."""
    notes = make_notes(line(3, "PG448 is the rule"))
    found = Finding(taken_for="page reference", words="PG448", line=3, result="p. 448")
    assert find_lost_words(notes, "is the rule (p. 448)", (found,)) == ()
    elsewhere = Finding(taken_for="page reference", words="PG448", line=2)
    assert [each.words for each in find_lost_words(notes, "is the rule", (elsewhere,))] == ["pg448"]


def test_cells_addresses_and_footnotes_count() -> None:
    """All that a line carries is looked for."""
    link = Mark(start=0, end=4, kind=MarkKind.LINK, target="https://example.org/rota")
    note = Mark(start=4, end=4, kind=MarkKind.FOOTNOTE, target="second edition")
    row = NoteLine(number=2, words="", cells=("Ana", "Monday"))
    notes = make_notes(NoteLine(number=1, words="rota", marks=(link, note)), row)
    lost = find_lost_words(notes, "rota", ())
    assert [(each.line, each.words) for each in lost] == [
        (1, "rota https example org second edition"),
        (2, "ana monday"),
    ]
