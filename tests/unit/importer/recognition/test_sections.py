"""Where the head ends, where parts begin and what they are; and lines that begin none."""

from __future__ import annotations

import datetime

import pytest

from studyguide.importer.draft import PartKind
from studyguide.importer.intake.plain_text import read_plain_text
from studyguide.importer.recognition.sections import Division, divide
from studyguide.importer.recognition.side_questions import gather_side_questions

TODAY = datetime.date(2026, 6, 30)
HEAD = "Who keeps the water\n12 May 2026\n\n\n"
FREE, READING, QUESTIONS = PartKind.FREE, PartKind.READING, PartKind.QUESTIONS
ROUND, ANNOUNCEMENTS = PartKind.ROUND, PartKind.ANNOUNCEMENTS


def divide_text(text: str, language: str = "en") -> Division:
    """Divide a plain text."""
    return divide(read_plain_text(text).lines, language, reference=TODAY)


def parts_of(text: str, language: str = "en") -> list[tuple[PartKind, str]]:
    """List kind and heading of the parts after a head."""
    return [(each.kind, each.title) for each in divide_text(HEAD + text, language).sections]


def test_parts_the_head_from_what_follows() -> None:
    """A title and a day are the head."""
    assert [line.words for line in divide_text(f"{HEAD}Questions\n1. Who?").head] == [
        "Who keeps the water",
        "12 May 2026",
    ]


@pytest.mark.parametrize(
    ("text", "kind", "title"),
    [
        ("Discussion questions\n1. Who?", QUESTIONS, "Discussion questions"),
        ("LET’S DISCUSS!!\na) who?", QUESTIONS, "LET’S DISCUSS!!"),
        ("First round\nAna: a\nBen: b", ROUND, "First round"),
        ("Round 1 (5 min each)\nAna: a\nBen: b", ROUND, "Round 1 (5 min each)"),
        ("Announcements\n- a", ANNOUNCEMENTS, "Announcements"),
        ("Wrap-up / housekeeping\n- a", ANNOUNCEMENTS, "Wrap-up / housekeeping"),
        ("Keeping the well\nBy Rosa Imaginary\n- a", READING, "Keeping the well"),
        ("Keeping the well by Rosa Imaginary\n- a", READING, "Keeping the well"),
        ("Summary\n\n- a\n- b", FREE, "Summary"),
        ("Icebreaker (10 min)\nWho was late?", FREE, "Icebreaker (10 min)"),
    ],
)
def test_finds_parts_by_their_headings(text: str, kind: PartKind, title: str) -> None:
    """In the words of the session format, and in others."""
    assert parts_of(text) == [(kind, title)]


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("fr", "Tour de table\nAna : a\nBen : b", ROUND),
        ("fr", "Annonces\n– a", ANNOUNCEMENTS),
        ("de", "Diskussionsfragen\n1. Wer?", QUESTIONS),
        ("de", "Zweite Runde\nAna: a\nBen: b", ROUND),
        ("de", "Termine\n- a", ANNOUNCEMENTS),
        ("es", "Avisos\n1. a", ANNOUNCEMENTS),
        ("ko", "토론 질문 / Discussion questions\n1. 누가?", QUESTIONS),
    ],
)
def test_finds_parts_in_other_languages(language: str, text: str, kind: PartKind) -> None:
    """Each by its own words."""
    assert [each for each, _ in parts_of(text, language)] == [kind]


def test_chapters_head_parts_when_lists_stand_below_them() -> None:
    """Also those that say little."""
    text = "Chapter 4\n\n- a\n\nChapter 5: The Rope\n\n- b\n\nChapter 6\n\ndid not get to it"
    assert [title for _, title in parts_of(text)] == ["Chapter 4", "Chapter 5: The Rope", "Chapter 6"]


@pytest.mark.parametrize(
    "text", ["Chapter 4\n\nSummary\n\n- a\n- b", "Session 4\n\nSummary\n\n- a\n\nSession 5: next week"]
)
def test_one_chapter_is_what_the_session_is_called(text: str) -> None:
    """It stays in the head."""
    assert "Chapter 4" not in [title for _, title in parts_of(text)]
    assert "Session 4" not in [title for _, title in parts_of(text)]


@pytest.mark.parametrize(
    "text", ["Ana: who draws?\nBen: I do.\nAna: then draw.", "Ana: first\nreally\nBen: second\nAna: third\nBen: fourth"]
)
def test_people_who_speak_make_a_round_without_a_heading(text: str) -> None:
    """With a question for a person."""
    (section,) = divide_text(HEAD + text).sections
    assert (section.kind, bool(section.doubt)) == (ROUND, True)


@pytest.mark.parametrize(
    "text",
    [
        "Wine: Ana\nBread: Ben\nSoup: Chidi",
        "Ana: who draws?\nBen: I do.",
        "Ana: who?\n\nA long walk to the well.\n\nThen back.\n\nAnd again.\n\nAnd once more.\n\nAnd home.\n\nAna: me.",
    ],
)
def test_labels_and_single_voices_make_no_round(text: str) -> None:
    """Each name once, or few lines, may be anything."""
    assert ROUND not in [kind for kind, _ in parts_of(text)]


def test_somebody_may_announce_a_list() -> None:
    """Then people go on to speak."""
    text = "Ana: a\nBen: b\nAna: Questions for tonight\n1. Who?\n2. When?\nBen: c\nAna: d\nBen: e"
    assert [kind for kind, _ in parts_of(text)] == [ROUND, QUESTIONS, ROUND]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "next time: chapters 7 + 8"),
        ("en", "Next meeting: 19 May"),
        ("de", "Nächstes Treffen: 26. Mai"),
        ("fr", "Prochaine séance : le 26 mai"),
        ("es", "Próxima reunión: 26 de mayo"),
    ],
)
def test_what_is_next_opens_announcements(language: str, line: str) -> None:
    """At the end, where no heading says so."""
    assert parts_of(f"Summary\n\n- a\n- b\n\n{line}\n", language)[-1] == (ANNOUNCEMENTS, "")


@pytest.mark.parametrize("line", ["next time we draw earlier", "Nexus: a word", "- next time: chapter 7"])
def test_other_lines_open_no_announcements(line: str) -> None:
    """A wish, another word, an item of a list."""
    assert ANNOUNCEMENTS not in [kind for kind, _ in parts_of(f"Summary\n\n- a\n- b\n\n{line}\n")]


def test_a_list_with_links_at_the_end_is_announcements() -> None:
    """When it is set apart, and nobody speaks after it."""
    text = "First round\n1. Ana: a\n2. Ben: b\n\n\n• Vote: https://example.org/vote\n• Soup"
    assert [kind for kind, _ in parts_of(text)] == [ROUND, ANNOUNCEMENTS]


@pytest.mark.parametrize(
    "text",
    [
        "Discussion questions\nWho owns the well? (10 min)",
        "Keeping the well\nBy Rosa Imaginary\n- took a while (10 min)",
        "Keeping the well\nBy Rosa Imaginary\nIt took Rosa the whole of a long and dry and dusty afternoon (10 min)",
    ],
)
def test_minutes_alone_make_no_heading(text: str) -> None:
    """Not after a question, in an item, or after a whole sentence."""
    assert len(parts_of(text)) == 1


def gathered(text: str) -> list[tuple[PartKind, list[str]]]:
    """Give the parts of a text with their lines, questions gathered."""
    sections = gather_side_questions(divide_text(HEAD + text).sections)
    return [(each.kind, [line.words for line in each.lines]) for each in sections]


def test_questions_among_the_notes_are_gathered() -> None:
    """With what stands below them, before rounds and announcements."""
    text = "Summary\n\n- a\n- Q: who?\n  - me\n- b\n\nQ2: when?\n\nAnnouncements\n- c"
    assert gathered(text) == [
        (FREE, ["a", "b"]),
        (QUESTIONS, ["Q: who?", "me", "Q2: when?"]),
        (ANNOUNCEMENTS, ["c"]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Summary\n\n- Q: who?\n- A: me",
        "Summary\n\n- Q: who?\n\nQuestions\n1. When?",
        "Summary\n\n- Question: a hard one",
        "Summary\n\n- Queue: who?",
    ],
)
def test_other_questions_stay_where_they_are(text: str) -> None:
    """Those that are answered, those beside a part of questions, and what is none."""
    assert gathered(text) == [
        (each.kind, [line.words for line in each.lines]) for each in divide_text(HEAD + text).sections
    ]
