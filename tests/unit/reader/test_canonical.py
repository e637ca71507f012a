"""`fmt`: the canonical form of a file, with its meaning unchanged."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from manuscripts import GUIDE, HEADER, read_session

from studyguide.errors import ManuscriptError
from studyguide.reader import format_source
from studyguide.reader.meaning import erase_spans

SESSION = Path("commons/sessions/01-well.md")


def formatted(body: str) -> str:
    """Format a session of this body and give the new body."""
    return format_source(HEADER + body, SESSION).removeprefix(HEADER)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("title: Wells: who keeps", 'title: "Wells: who keeps"'),
        ("title: Wells: who keeps   # why", 'title: "Wells: who keeps"   # why'),
        ('title: "Wells" and: rain', "title: '\"Wells\" and: rain'"),
        ("title: Wells: a \\ b", "title: 'Wells: a \\ b'"),
        ("title: It's: so", 'title: "It\'s: so"'),
        ("title: *Wells*", 'title: "*Wells*"'),
        ('title: "Wells: kept"', 'title: "Wells: kept"'),
        ("title: Wells  ", "title: Wells"),
        ("title:   Wells", "title:   Wells"),
        (r'title: "A \"well\" here"', r'title: "A \"well\" here"'),
        ("title: 'Ana''s well'", "title: 'Ana''s well'"),
        ("title: Wells: who  # check: is this: it?", 'title: "Wells: who"  # check: is this: it?'),
        ("title: Wells: who  # why # check: a", 'title: "Wells: who"  # why # check: a'),
        ("title: Wells  # check: is this: it?  ", "title: Wells  # check: is this: it?"),
        ("title:  # check: is this: it?", "title:  # check: is this: it?"),
    ],
)
def test_writes_quotes_around_values_that_need_them(typed: str, written: str) -> None:
    """A value that YAML would misread gets quotes; any other stays as it was typed."""
    text = HEADER.replace("title: The common well", typed)
    assert format_source(text, SESSION) == HEADER.replace("title: The common well", written) + ""


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("\n* a\n* b\n  + c\n", "\n- a\n- b\n  - c\n"),
        ("\n* a\n\n- b\n", "\n* a\n\n- b\n"),
        ("\n1. a\n1. b\n5. c\n", "\n1. a\n2. b\n3. c\n"),
        ("\n7) a\n7) b\n", "\n7) a\n8) b\n"),
        ("\n9. a\n9. b\n   - c\n", "\n9. a\n9. b\n   - c\n"),
        ("\na (pp. 427–429, 431 – 433) b – c\n", "\na (pp. 427-429, 431-433) b – c\n"),
        ("\n`(pp. 427–429)` (pp. 427–429)\n", "\n`(pp. 427–429)` (pp. 427–429)\n"),
        ("\n> a\n>\n> — pp. 427–429\n", "\n> a\n>\n> — pp. 427-429\n"),
        ("\n## A\nBy Rosa, pp. 423–441\n", "\n## A\nBy Rosa, pp. 423-441\n"),
        ("\n::: quote\nRain\n\n— p. 430\n:::\n\nEnd\n", "\n> [!quote]\n> Rain\n>\n> — p. 430\n\nEnd\n"),
        ("\na   \nb \nc\t\n", "\na  \nb\nc\n"),
        ("\n\n\na\n\n\n\nb\n\n\n", "\na\n\nb\n"),
        ("\n```\n* a  \n\n\n* b\n```\n", "\n```\n* a  \n\n\n* b\n```\n"),
        ("\n    * code   \n", "\n    * code   \n"),
        ("\n```\n\n\n\n", "\n```\n\n\n\n"),
        ("a", "\na\n"),
        ("\n“curved” — and 'straight'\n", "\n“curved” — and 'straight'\n"),
        ("\ne\u0301 and \u200bzero\n", "\né and zero\n"),
        ("\n***\n\n* * *\n", "\n***\n\n* * *\n"),
        ("\n* a <!-- check: b -->\n* c\n", "\n- a <!-- check: b -->\n- c\n"),
        ("\n* a\n\n<!-- check: b -->\n\n* c\n", "\n- a\n\n<!-- check: b -->\n\n- c\n"),
        ("\n1. a\n\n<!-- check: b -->\n1. c\n", "\n1. a\n\n<!-- check: b -->\n2. c\n"),
        ("\n(pp. 4–9) <!-- check: (pp. 4–9)? -->\n", "\n(pp. 4-9) <!-- check: (pp. 4–9)? -->\n"),
        ("\n> a\n>\n> — pp. 4–9 <!-- check: 4–9? -->\n", "\n> a\n>\n> — pp. 4-9 <!-- check: 4–9? -->\n"),
        (
            "\n::: quote <!-- check: a -->\nRain <!-- check: b -->\n<!-- check: c -->\n::: <!-- check: d -->\n\nEnd\n",
            "\n> [!quote] <!-- check: a -->\n> Rain <!-- check: b -->\n> <!-- check: c -->\n<!-- check: d -->\n\nEnd\n",
        ),
        (
            "\n::: quote\n```\na <!-- check: a -->\n```\n:::\n",
            "\n> [!quote]\n> ```\n> a <!-- check: a -->\n> ```\n",
        ),
        ("\na <!-- check: b -->   \nc <!-- check: d --> \n", "\na <!-- check: b -->  \nc <!-- check: d -->\n"),
        ("\na\n\n\n<!-- check: b -->\n\n\nc\n\n", "\na\n\n<!-- check: b -->\n\nc\n"),
        ("<!-- check: b -->\na\n", "\n<!-- check: b -->\na\n"),
        ("", ""),
    ],
)
def test_writes_the_canonical_form(typed: str, written: str) -> None:
    """Bullets, numbers, ranges, fences, blanks; whatever would mean something else stays."""
    assert formatted(typed) == written


def test_line_ends_and_the_byte_order_mark_become_plain() -> None:
    """Every system's line ends become one, and the mark of some editors goes."""
    assert format_source("\ufeff" + (HEADER + "\na\n").replace("\n", "\r\n"), SESSION) == HEADER + "\na\n"


def test_formats_the_guides_own_file() -> None:
    """Its body is the preface."""
    text = GUIDE.replace("title: Commons Reader\ngroup", "title: Commons: a reader\ngroup", 1) + "* Welcome\n"
    written = format_source(text, Path("commons/guide.md"))
    assert 'title: "Commons: a reader"\n' in written
    assert written.endswith("---\n\n- Welcome\n")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("no header\n", "1:1: error: the file does not start with a header"),
        ("---\ntitle: [a\n---\n", "2:8: error: this list is not closed"),
        (HEADER + "a\x07\n", "8:2: error: U+0007 BELL cannot be printed"),
        (HEADER + "> " * 1000, "8:1: error: lists and quotes are nested too deep"),
        ("", "1:1: error: the file does not start with a header"),
    ],
)
def test_a_file_that_cannot_be_understood_is_not_formatted(text: str, problem: str) -> None:
    """What a file means must be known before it is changed."""
    with pytest.raises(ManuscriptError) as failure:
        format_source(text, SESSION)
    assert str(failure.value.diagnostics[0]).startswith(f"{SESSION}:{problem}")


def test_a_wrong_field_does_not_keep_a_file_from_being_formatted() -> None:
    """Form and content are two things."""
    assert format_source(HEADER.replace("title", "titel") + "\n* a\n", SESSION).endswith("\n- a\n")


FRAGMENTS = st.sampled_from(
    [
        "## Round 1\n",
        "## Questions\n",
        "## A\nBy Rosa, pp. 1–9\n",
        "- ",
        "* ",
        "+ ",
        "1. ",
        "9. ",
        "2) ",
        "> ",
        "> [!quote]\n> ",
        "::: quote\n",
        ":::\n",
        "```\n",
        "    ",
        "  ",
        "\n",
        "\n\n\n",
        "**Ana:** ",
        "Ana: ",
        "(pp. 427–429)",
        "[@b, pp. 3–4]",
        "— p. 4–5",
        "[^1]",
        "[^1]: note\n",
        "*",
        "`",
        "|a|b|\n|-|-|\n|c|\n",
        "---\n",
        "  \n",
        " \n",
        "\\\n",
        "word ",
        "<b>",
        "\t",
        "***\n",
        " <!-- check: (pp. 1–2)? -->\n",
        "<!-- check: a -->\n",
        "<!-- check: b -->",
    ]
)


@settings(max_examples=150)
@given(st.lists(FRAGMENTS, max_size=25).map("".join))
def test_formatting_twice_is_formatting_once(body: str) -> None:
    """The canonical form is its own canonical form, and no mark for checking is lost on the way."""
    try:
        once = format_source(HEADER + body, SESSION)
    except ManuscriptError:
        return
    assert once.count("<!-- check:") == body.count("<!-- check:")
    assert format_source(once, SESSION) == once


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(FRAGMENTS, max_size=25).map("".join))
def test_the_meaning_is_unchanged(tmp_path: Path, body: str) -> None:
    """The session that is read before is the session that is read after, except for its places."""
    try:
        before = read_session(tmp_path, body)
    except ManuscriptError:
        return
    after = read_session(tmp_path, format_source(HEADER + body, tmp_path / "01-well.md").removeprefix(HEADER))
    assert erase_spans(before) == erase_spans(after)


def test_a_whole_session_keeps_its_meaning(tmp_path: Path) -> None:
    """A session with everything in it, typed carelessly."""
    body = dedent(
        """\
        Intro\u0020\u0020
        on two lines
        ## Keeping the well
        By Rosa Imaginary, pp. 423–441
        * A well (p. 427)
            * nested
        * “Nobody”


        ::: quote
        What one village can close.

        — p. 430
        :::

        ## Discussion questions
        1. Who? (10 min)
           > [!facilitator]
           > Expect
        1. Why?

        ## First round
        1. **Chidi:** the rota
           * **Ana:** who?
        """
    )
    before = read_session(tmp_path, body)
    text = format_source(HEADER + body, tmp_path / "01-well.md")
    assert ":::" not in text
    assert "* " not in text.replace("** ", "")
    assert erase_spans(read_session(tmp_path, text.removeprefix(HEADER))) == erase_spans(before)
