"""Lines of a part become blocks: turns, questions, quotations, notes for the facilitator."""

from __future__ import annotations

import pytest

from studyguide.importer.draft import BlockKind, DraftPart, PartKind
from studyguide.importer.intake.plain_text import read_plain_text
from studyguide.importer.notes import LineKind, NoteLine
from studyguide.importer.recognition.call_outs import part_call_outs
from studyguide.importer.recognition.facilitator_notes import find_facilitator_note
from studyguide.importer.recognition.locators import PagesKnown
from studyguide.importer.recognition.parts import PartRules, PartWriter
from studyguide.importer.recognition.people import People
from studyguide.importer.recognition.sections import Section

RULES = PartRules(
    known=PagesKnown(first=10, last=500, has_verses=False), people=People(names=("Ana", "Ben Okri")), language="en"
)


def write_part(kind: PartKind, text: str, title: str = "") -> DraftPart:
    """Write the lines of a plain text as a part."""
    section = Section(kind=kind, title=title, line=1, lines=list(read_plain_text(text).lines))
    return PartWriter(section=section, rules=RULES).write()


def turns_of(text: str) -> list[tuple[int, str, str]]:
    """Give depth, speaker and words of what is said."""
    return [(each.depth, each.speaker, each.text) for each in write_part(PartKind.ROUND, text).blocks]


@pytest.mark.parametrize(
    "text",
    [
        "1. Ana: a\n   - Ben: b\n2. Ben: c",
        "Ana: a\n\t- Ben: b\nBen: c",
        "Ana: a\n\n    Ben: b\n\nBen: c",
        "- Ana: a\n  - Ben: b\n- Ben: c",
    ],
)
def test_turns_and_replies(text: str) -> None:
    """As items, or as paragraphs with replies below them."""
    assert turns_of(text) == [(1, "Ana", "a"), (2, "Ben Okri", "b"), (1, "Ben Okri", "c")]


def test_a_turn_goes_on_in_a_further_paragraph() -> None:
    """And a list below a paragraph is what its speaker lists."""
    assert turns_of("Ana: a\nreally\n- x\n- y\nBen: b") == [
        (1, "Ana", "a"),
        (1, "", "really"),
        (2, "", "x"),
        (2, "", "y"),
        (1, "Ben Okri", "b"),
    ]


def test_an_item_that_names_nobody_is_asked_about() -> None:
    """It stands among turns, so somebody said it."""
    blocks = write_part(PartKind.ROUND, "1. Ana: a\n2. somebody laughed").blocks
    assert [each.doubt for each in blocks] == ["", "who said this?"]


def test_questions_are_numbered_in_their_order() -> None:
    """Whatever opened them, with what stands below."""
    part = write_part(PartKind.QUESTIONS, "a) Who? (10 min)\n   - think of rope\nb) When?\nQ: Where?")
    assert [(each.label, each.depth, each.text) for each in part.blocks] == [
        ("1", 1, "Who? (10 min)"),
        ("", 2, "think of rope"),
        ("2", 1, "When?"),
        ("3", 1, "Where?"),
    ]


def test_announcements_in_lines_become_items() -> None:
    """Where none of them has a bullet; pages in them are for next time."""
    part = write_part(PartKind.ANNOUNCEMENTS, "next time: pp. 20-30\nbring soup")
    assert [(each.kind, each.text) for each in part.blocks] == [
        (BlockKind.ITEM, "next time: pp. 20-30"),
        (BlockKind.ITEM, "bring soup"),
    ]


@pytest.mark.parametrize(
    ("kind", "title", "heading"),
    [
        (PartKind.ROUND, "First round", "First round"),
        (PartKind.ROUND, "What people said", "Discussion"),
        (PartKind.QUESTIONS, "", "Discussion questions"),
        (PartKind.ANNOUNCEMENTS, "Wrap-up / housekeeping", "Announcements"),
        (PartKind.FREE, "Wells (10 min)", r"Wells \(10 min)"),
    ],
)
def test_a_part_has_a_heading_that_the_reader_knows(kind: PartKind, title: str, heading: str) -> None:
    """Its own, or the usual one with its own words below."""
    part = write_part(kind, "Ana: a", title=title)
    assert part.heading == heading
    if title and heading not in {title, r"Wells \(10 min)"}:
        assert part.blocks[0].text == f"*{title}*"


def test_a_long_quotation_in_a_paragraph_is_set_off() -> None:
    """With its page as the source; a short one stays in the text."""
    long = write_part(PartKind.READING, "“Nobody owns the rain, and nobody ever owned the rain” (p. 42)").blocks[0]
    assert (long.kind, long.source) == (BlockKind.QUOTATION, "p. 42")
    assert write_part(PartKind.READING, "“Nobody owns rain” (p. 42)").blocks[0].kind is BlockKind.PARAGRAPH


@pytest.mark.parametrize(
    ("text", "depth"),
    [
        ("Facilitator note: go first", 0),
        ("- a\n  - Facilitator note: go first", 1),
        ("1. Who?\n   Facilitator’s note: go first", 1),
        ("- Note to self: go first", 0),
    ],
)
def test_notes_for_the_facilitator_stand_where_they_are_meant(text: str, depth: int) -> None:
    """Below the item that they belong to."""
    note = write_part(PartKind.FREE, text).blocks[-1]
    assert (note.kind, note.text, note.depth) == (BlockKind.FACILITATOR_NOTE, "go first", depth)


@pytest.mark.parametrize(
    "words",
    [
        "Facilitator note: a",
        "FACILITATOR NOTE – a",
        "Note for the facilitator: a",
        "Nota para la facilitadora: a",
        "Note pour l’animatrice : a",
        "Hinweis für die Moderation: a",
    ],
)
def test_finds_notes_for_the_facilitator(words: str) -> None:
    """In the words of several languages."""
    assert words[find_facilitator_note(words) :] == "a"


@pytest.mark.parametrize(
    "words", ["Facilitator: Ana", "Note: a", "facilitator notes are below", "Notes by Ana", "Note to Ana: a"]
)
def test_finds_no_note_for_the_facilitator_in_other_lines(words: str) -> None:
    """Who it is, and other notes."""
    assert find_facilitator_note(words) == 0


def quoted(*lines: str) -> list[NoteLine]:
    """Make lines of a block quote."""
    return [NoteLine(number=at, words=words, kind=LineKind.QUOTE) for at, words in enumerate(lines, 1)]


@pytest.mark.parametrize(
    ("lines", "parted"),
    [
        (("[!quote] p. 42", "a", "b"), [("a", 1), ("b", 0), ("— p. 42", 0)]),
        (("[!warning] Careful", "a"), [("Careful", 1), ("a", 0)]),
        (("[!tip]-", "a"), [("a", 1)]),
        (("a", "[!note]", "b"), [("a", 0), ("b", 1)]),
        (("a", "b"), [("a", 0), ("b", 0)]),
        (("[!] a", "[1] b"), [("[!] a", 0), ("[1] b", 0)]),
    ],
)
def test_boxes_are_parted(lines: tuple[str, ...], parted: list[tuple[str, int]]) -> None:
    """Each is a block quote of its own, its page the source."""
    assert [(each.words, each.gap) for each in part_call_outs(quoted(*lines))[0]] == parted


def test_a_box_for_the_facilitator_is_a_note() -> None:
    """Our own mark is known."""
    (line,), findings = part_call_outs(quoted("[!facilitator] go first"))
    assert (line.kind, line.words) == (LineKind.COMMENT, "go first")
    assert [each.words for each in findings] == ["[!facilitator]"]


def test_a_page_in_the_first_line_of_a_box_is_its_source() -> None:
    """As of any block quote."""
    section = Section(kind=PartKind.READING, title="", line=1, lines=quoted("[!quote] p. 42", "Nobody owns the rain."))
    (block,) = PartWriter(section=section, rules=RULES).write().blocks
    assert (block.kind, block.text, block.source) == (BlockKind.QUOTATION, "Nobody owns the rain.", "p. 42")
