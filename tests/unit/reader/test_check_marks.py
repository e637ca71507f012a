"""Marks for what a person should look at: listed as warnings, never printed, gone from every line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from manuscripts import GUIDE, HEADER, HEADER_LINES, problems_in_body, problems_of, read_part, read_session
from manuscripts_shown import show

from studyguide.reader.check_marks import find_body_line, take_marks
from studyguide.reader.meaning import erase_spans
from studyguide.reader.source import Source

MARK = "<!-- check: is this the page? -->"
ADVICE = "\n    hint: mend the line if it is wrong, then delete the comment"


def taken(body: str) -> tuple[str, list[str]]:
    """Take the marks off a body: what is left of it, and `line:column: message` of each warning, lines of the body."""
    lines = tuple((HEADER + body).split("\n"))
    source, problems = take_marks(Source(path=Path("a.md"), typed=lines, lines=lines), HEADER_LINES + 1)
    found = [f"{each.span.line - HEADER_LINES}:{each.span.column}: {each.message}" for each in problems]
    return "\n".join(source.lines[HEADER_LINES:]), found


@pytest.mark.parametrize(
    ("typed", "left", "found"),
    [
        (f"A well (p. 427) {MARK}", "A well (p. 427)", ["1:17: to be checked: is this the page?"]),
        (f"A well{MARK}", "A well", ["1:7: to be checked: is this the page?"]),
        ("A well <!--check: a-->", "A well", ["1:8: to be checked: a"]),
        ("A well <!-- check:a   b  -->", "A well", ["1:8: to be checked: a b"]),
        ("A well <!-- check: -->", "A well", ["1:8: to be checked"]),
        ("A <!-- check: a --> <!-- check: b -->", "A", ["1:3: to be checked: a", "1:21: to be checked: b"]),
        ("A <!-- b --> <!-- check: c -->", "A <!-- b -->", ["1:14: to be checked: c"]),
        ("<!-- check: a -->", "", ["1:1: to be checked: a"]),
        ("  <!-- check: a -->  ", "", ["1:3: to be checked: a"]),
        ("A <!-- check: a -->  \nB", "A  \nB", ["1:3: to be checked: a"]),
        ("A\\ <!-- check: a -->\nB", "A\\\nB", ["1:4: to be checked: a"]),
        (
            "> A <!-- check: a -->\n> <!-- check: b -->\n> C",
            "> A\n>\n> C",
            ["1:5: to be checked: a", "2:3: to be checked: b"],
        ),
        ("## Well <!-- check: a -->", "## Well", ["1:9: to be checked: a"]),
        ("- A\n        - deep <!-- check: a -->", "- A\n        - deep", ["2:16: to be checked: a"]),
        (
            "| a | b |\n|---|---|\n| c | d | <!-- check: a -->",
            "| a | b |\n|---|---|\n| c | d |",
            ["3:11: to be checked: a"],
        ),
        ("::: quote <!-- check: a -->\nA\n:::", "::: quote\nA\n:::", ["1:11: to be checked: a"]),
        ("```\nA\n``` <!-- check: a -->\nB", "```\nA\n```\nB", ["3:5: to be checked: a"]),
        ("``` text <!-- check: a -->\nA\n```", "``` text\nA\n```", ["1:10: to be checked: a"]),
    ],
)
def test_takes_the_marks_at_the_ends_of_lines(typed: str, left: str, found: list[str]) -> None:
    """Each mark is one warning at its place; the rest of the line stays where it stood."""
    assert taken(typed) == (left, found)


@pytest.mark.parametrize(
    "typed",
    [
        "A <!-- a comment -->",
        "A <!-- Check: a -->",
        "A <!-- to check: a -->",
        "A <!-- check a -->",
        r"A \<!-- check: a -->",
        "A <!-- check: a --",
        "A <!-- check: a\nb -->",
        "`A <!-- check: a -->`",
        "```\nA <!-- check: a -->\n<!-- check: b -->\n\n<!-- check: c -->\n```",
        "~~~\nA <!-- check: a -->",
        "A\n\n    B <!-- check: a -->\n    <!-- check: b -->\n    <!-- check: c -->",
        "A\n\n    <!-- check: b -->",
        "- A\n\n      code <!-- check: a -->",
        "> ```\n> A <!-- check: a -->\n> ```",
        "> ```\n> <!-- check: a -->",
    ],
)
def test_any_other_comment_is_text(typed: str) -> None:
    """HTML prints as it was typed, and code is code."""
    assert taken(typed) == (typed, [])


@pytest.mark.parametrize("typed", ["<!-- check: a --> A well", "A <!-- check: a --> well", "A <!-- check: a -->."])
def test_warns_of_a_mark_with_words_after_it(typed: str) -> None:
    """Who writes on behind a mark would print it."""
    left, (found,) = taken(typed)
    assert left == typed
    assert found.endswith('this mark is printed, since it does not end its line: "<!-- check: a -->"')


@pytest.mark.parametrize(
    ("typed", "columns"),
    [
        ("title: The common well  # check: a", [25]),
        ("title: The common well  #check: a", [25]),
        ("title: The common well  # by hand  # check: a", [36]),
        ("title: The common well  # check: a # check: b", [25, 36]),
        ('title: "The common well"  # check: a', [27]),
        ("title: 'The common well'  # check: a: b", [27]),
        ("# check: a\ntitle: The common well", [1]),
        ("title: The common well  # note", []),
        ("title: The common well  # to check: a", []),
        ("title: The common well#", []),
    ],
)
def test_takes_the_marks_of_the_header(tmp_path: Path, typed: str, columns: list[int]) -> None:
    """A comment of YAML is a mark when its first word is `check:`."""
    text = HEADER.replace("title: The common well", typed)
    assert [each.split(":")[2] for each in problems_of(tmp_path, text)] == [str(each) for each in columns]


@pytest.mark.parametrize(
    ("typed", "title", "count"),
    [
        ('"Well # check: a"', "Well # check: a", 0),
        ("'Ana''s # check: a'", "Ana’s # check: a", 0),
        ("Ana's well  # check: b's?", "Ana’s well", 1),
        ("Wells: who keeps  # check: is this: it?", "Wells: who keeps", 1),
        ('"Wells" and # rain  # check: a', "“Wells” and", 1),
    ],
)
def test_marks_and_quotes_of_the_header(tmp_path: Path, typed: str, title: str, count: int) -> None:
    """Inside quotes nothing is a comment; an apostrophe opens none."""
    header = HEADER.replace("title: The common well", f"title: {typed}")
    assert read_session(tmp_path, "\nText.\n", header=header).title == title
    assert len(problems_of(tmp_path, header + "\nText.\n")) == count


def test_a_field_that_is_only_a_mark_is_empty(tmp_path: Path) -> None:
    """The mark is not taken for the value."""
    problems = problems_of(tmp_path, HEADER.replace("date: 2026-05-12", "date:  # check: is there a date: which?"))
    assert problems == [
        "guide/sessions/01-well.md:4:1: error: `date` has no value\n    hint: write it as in `date: 2026-05-12`",
        f"guide/sessions/01-well.md:4:8: warning: to be checked: is there a date: which?{ADVICE}",
    ]


def test_the_text_is_read_without_its_marks(tmp_path: Path) -> None:
    """What is printed has none of them, and problems of a line keep their columns."""
    body = f"## Well {MARK}\n\n- A well (p. 1) {MARK}\n  - deep {MARK}\n"
    plain = body.replace(f" {MARK}", "")
    assert erase_spans(read_session(tmp_path, body)) == erase_spans(read_session(tmp_path, plain))
    problems = problems_in_body(tmp_path, body)
    assert [each.split(": ")[0].removeprefix("guide/sessions/01-well.md:") for each in problems] == [
        "8:9",
        "10:11",
        "10:17",
        "11:10",
    ]
    assert problems[0] == f"guide/sessions/01-well.md:8:9: warning: to be checked: is this the page?{ADVICE}"


def test_marks_in_a_pull_quote(tmp_path: Path) -> None:
    """The first line and the line of its source are still understood."""
    body = f"## A\n\n> [!quote] {MARK}\n> Nobody owns the rain. {MARK}\n>\n> — p. 430 {MARK}\n"
    plain = body.replace(f" {MARK}", "")
    assert show(read_part(tmp_path, body)) == show(read_part(tmp_path, plain))
    assert len(problems_in_body(tmp_path, body)) == 3


def test_marks_in_the_guides_own_file(tmp_path: Path) -> None:
    """Its header and its preface may have them as well."""
    guide = GUIDE.replace("language: en", "language: en  # check: a") + f"\nWelcome {MARK}\n"
    problems = problems_of(tmp_path, HEADER, guide=guide)
    assert [each.split(": ")[0] for each in problems] == ["guide/guide.md:5:15", "guide/guide.md:13:9"]


def test_a_mark_alone_on_its_line_is_a_blank_line(tmp_path: Path) -> None:
    """As any blank line it parts paragraphs, and loosens a list that it stands in."""
    body = "## A\n\n- b\n{}- c\n"
    marked, blank = (show(read_part(tmp_path, body.format(each))) for each in (f"{MARK}\n", "\n"))
    assert marked == blank


def test_a_file_without_a_header_has_no_body() -> None:
    """Where the body starts is not known then."""
    source = Source(path=Path("a.md"), typed=("a", "b"), lines=("a", "b"))
    assert find_body_line(source) == 3


LINES = st.lists(
    st.sampled_from(["- a", "  - b", "1. c", "> d", "", "e  ", "## F", "`g`", "***", "| h | i |", "|---|---|", "[^1]"]),
    max_size=12,
)


@given(LINES, st.data())
def test_marks_at_line_ends_change_no_line(lines: list[str], data: st.DataObject) -> None:
    """Whatever the lines are, a mark behind words leaves just these words."""
    marked = [
        f"{line.rstrip()} {MARK}{line[len(line.rstrip()) :]}" if line and data.draw(st.booleans()) else line
        for line in lines
    ]
    left, found = taken("\n".join(marked))
    assert left == "\n".join(lines)
    assert len(found) == "\n".join(marked).count(MARK)
