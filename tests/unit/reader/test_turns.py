"""Questions with their minutes and notes; rounds with speakers and replies; nothing out of order."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from manuscripts import problems_in_body, read_part
from manuscripts_shown import show

if TYPE_CHECKING:
    from pathlib import Path


def part_of(folder: Path, heading: str, body: str) -> str:
    """Show a part with this heading, without its first line."""
    shown = show(read_part(folder, f"## {heading}\n\n{dedent(body)}"))
    return dedent("\n".join(shown.splitlines()[1:])) + "\n"


def test_reads_questions(tmp_path: Path) -> None:
    """Words, minutes, notes for the facilitator, blocks; what stands before them is the part's own."""
    body = """\
        Take your time.

        1. Who keeps something
           without owning it? (10 min)
           > [!facilitator]
           > Expect the library.
        2. *Why*?
           - and how?

        A word between.

        5. Really? (5 minutes)
        """
    assert part_of(tmp_path, "Discussion questions", body) == dedent(
        """\
        Paragraph content='Take your time.'
        Question number=1 words='Who keeps something without owning it?' minutes=10
          CallOut kind=facilitator
            Paragraph content='Expect the library.'
        Question number=2 words=*'Why'*+'?'
          ListBlock is_tight=True
            ListItem
              Paragraph content='and how?'
          Paragraph content='A word between.'
        Question number=5 words='Really?' minutes=5
        """
    )


def test_bulleted_questions_are_numbered(tmp_path: Path) -> None:
    """A question needs a number on the page, whatever was typed."""
    assert part_of(tmp_path, "Questions", "- one?\n- two?\n\n* three?\n").count("Question number=") == 3
    assert "Question number=3 words='three?'" in part_of(tmp_path, "Questions", "- one?\n- two?\n\n* three?\n")


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("(10 min)", 10),
        ("(10 min.)", 10),
        ("(10 mins)", 10),
        ("(1 minute)", 1),
        ("(10 minutos)", 10),
        ("(10분)", 10),
        ("(10 Minuten)", 10),
        ("(10min)", 10),
    ],
)
def test_reads_minutes_in_several_languages(tmp_path: Path, typed: str, minutes: int) -> None:
    """The time at the end of a question is taken off its words."""
    assert part_of(tmp_path, "Questions", f"1. Why? {typed}\n") == f"Question number=1 words='Why?' minutes={minutes}\n"


@pytest.mark.parametrize("typed", ["(10 minds)", "(ten min)", "(10 min) or so", "10 min"])
def test_other_brackets_are_no_minutes(tmp_path: Path, typed: str) -> None:
    """Only a time in brackets at the very end counts."""
    assert "minutes" not in part_of(tmp_path, "Questions", f"1. Why? {typed}\n").replace(typed, "")


def test_a_question_may_have_no_words(tmp_path: Path) -> None:
    """An item that opens with another block is a question without words of its own."""
    assert part_of(tmp_path, "Questions", "1. > quoted\n") == (
        "Question number=1\n  Quotation\n    Paragraph content='quoted'\n"
    )


def test_reads_a_round_with_replies(tmp_path: Path) -> None:
    """Speakers in bold or, for participants, plain; replies nest to any depth and keep their order."""
    body = """\
        Who is here tonight.

        1. **Chidi:** the rota *matters*.
           - **Ana**: who writes it?
             1. Ben: we do.
           - a note without a name

           Chidi nods.
        2. Ana: rain (p. 430)
           - a point
           - another
        3. Nobody in particular
        """
    assert part_of(tmp_path, "First round", body) == dedent(
        """\
        Paragraph content='Who is here tonight.'
        Turn number=1 speaker=Chidi words='the rota '+*'matters'*+'.'
          Turn number=1 speaker=Ana words='who writes it?'
            Turn number=1 speaker=Ben words='we do.'
          Turn number=2 words='a note without a name'
            Paragraph content='Chidi nods.'
        Turn number=2 speaker=Ana words='rain '+(page 430)
          ListBlock is_tight=True
            ListItem
              Paragraph content='a point'
            ListItem
              Paragraph content='another'
        Turn number=3 words='Nobody in particular'
        """
    )


def test_reads_a_round_of_paragraphs(tmp_path: Path) -> None:
    """Some groups write no list: each paragraph that opens with a speaker is a turn."""
    body = "**Ana:** one\n\nmore\n\nBen: two\n\n> quoted\n"
    assert part_of(tmp_path, "Discussion", body) == dedent(
        """\
        Turn number=1 speaker=Ana words='one'
          Paragraph content='more'
        Turn number=2 speaker=Ben words='two'
          Quotation
            Paragraph content='quoted'
        """
    )


@pytest.mark.parametrize(
    "typed",
    ["**Ana:** hi", "**Ana**: hi", "**Ana** : hi", "__Ana:__ hi", "Ana: hi", "ana: hi", "**Ana:**hi"],
)
def test_reads_speakers_however_they_are_typed(tmp_path: Path, typed: str) -> None:
    """Bold marks in either place, capitals or not."""
    shown = part_of(tmp_path, "Round 1", f"1. {typed}\n")
    assert shown.lower() == "turn number=1 speaker=ana words='hi'\n"


def test_a_guest_is_named_in_bold(tmp_path: Path) -> None:
    """Anyone may speak; without bold only the names in the header are told from other words."""
    assert "speaker=A guest" in part_of(tmp_path, "Round 1", "1. **A guest:** hi\n")
    assert part_of(tmp_path, "Round 1", "1. Note: hi\n") == "Turn number=1 words='Note: hi'\n"


def test_a_name_that_is_nearly_a_participants_is_a_warning(tmp_path: Path) -> None:
    """A slip in a name would lose who said it."""
    (problem,) = problems_in_body(tmp_path, "## Round 1\n\n1. Chdi: hi\n")
    assert problem == (
        'guide/sessions/01-well.md:10:4: warning: "Chdi" is not among the participants, so this is no turn of theirs\n'
        "    hint: did you mean `Chidi`? else write the name as `**Chdi:**`"
    )


def test_an_empty_item_is_an_empty_turn(tmp_path: Path) -> None:
    """Nothing is lost and nothing invented."""
    assert part_of(tmp_path, "Round 1", "1. **Ana:**\n2.\n3. > quoted\n") == (
        "Turn number=1 speaker=Ana\nTurn number=2\nTurn number=3\n  Quotation\n    Paragraph content='quoted'\n"
    )
