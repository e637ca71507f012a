"""Headers: what each field may be, and what is said about one that is wrong, where it stands."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from manuscripts import HEADER, PDF, problems_of, read_session, read_text

from studyguide.model.guide import TimeRange
from studyguide.reader import json_schemas
from studyguide.reader.front_matter import HeaderFields, HeaderText, read_front_matter
from studyguide.reader.plain_values import protect_value
from studyguide.reader.source import Source
from studyguide.reader.tidying import write_quoted

if TYPE_CHECKING:
    from pathlib import Path

SESSION = "---\nformat: studyguide/1\ntitle: Wells\ndate: 2026-05-12\n{}\n---\n"
PLACE = "guide/sessions/01-well.md:"


def problem_with(folder: Path, *lines: str) -> str:
    """Print the one problem of a session with these further lines, from line 5 on, in its header."""
    (problem,) = problems_of(folder, SESSION.format("\n".join(lines)))
    return problem.removeprefix(PLACE)


def test_prints_the_error_of_the_architecture(tmp_path: Path) -> None:
    """The error that the house rules show is printed letter by letter."""
    assert problem_with(tmp_path, 'pages: "48-31"') == (
        '5:9: error: `pages` ends before it begins: "48-31"\n    hint: write the first page first, as in "31-48"'
    )


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("particpants: [Ana]", "5:1: error: unknown field `particpants`\n    hint: did you mean `participants`?"),
        ("papers: [a4]", "5:1: error: `papers` is no field here\n    hint: it belongs in the header of guide.md"),
        ("title: Rain", "5:1: error: `title` is given twice\n    hint: line 3 has it already: keep one of the two"),
        (
            "time: 25:00",
            '5:7: error: `time` is not a time of the day: "25:00"\n    hint: hours end at 23, minutes at 59',
        ),
        ("time: 6 pm", '5:7: error: `time` is not a time: "6 pm"\n    hint: write it with 24 hours, as in 18:30-20:30'),
        ("time: 20:30-18:30", '5:7: error: `time` ends before it begins: "20:30-18:30"'),
        (
            "participants: Ana, Ben",
            "5:15: error: `participants` must be a list\n    hint: write `participants: [Ana, Ben]`",
        ),
        ("participants: [[Ana]]", "5:16: error: `participants` must be one text"),
        ("place: [here, there]", "5:8: error: `place` must be one text"),
        ("place: {a: b}", "5:8: error: `place` must be one text"),
        ("pages: many", '5:8: error: `pages` is not a page or a range of pages: "many"'),
        ("pages: 3:16", '5:8: error: `pages` is not a page or a range of pages: "3:16"'),
        ("pages: 423-", '5:8: error: `pages` is not a page or a range of pages: "423-"'),
        (
            "inserts: inserts/map.pdf",
            "5:10: error: `inserts` must be a list\n    hint: write `inserts: [inserts/map.pdf]`",
        ),
        ("format: studyguide/1", "5:1: error: `format` is given twice"),
    ],
)
def test_explains_a_field_that_is_wrong(tmp_path: Path, line: str, problem: str) -> None:
    """Every problem has the place of the key or the value, the value as seen, and advice."""
    assert problem_with(tmp_path, line).startswith(problem)


@pytest.mark.parametrize(
    ("date", "problem"),
    [
        ("2026-02-31", '`date` is not a day of the calendar: "2026-02-31"\n    hint: that month has 28 days'),
        ("2026-13-01", '`date` is not a day of the calendar: "2026-13-01"'),
        ("12-05-2026", '`date` is not a date: "12-05-2026"\n    hint: write the year first, as in 2026-05-12'),
        ("12.05.2026", '`date` is not a date: "12.05.2026"\n    hint: write the year first, as in 2026-05-12'),
        ("5/31/2026", '`date` is not a date: "5/31/2026"\n    hint: write the year first, as in 2026-05-31'),
        ("31-02-2026", '`date` is not a date: "31-02-2026"\n    hint: write the year, the month and the day'),
        ("May 12, 2026", '`date` is not a date: "May 12, 2026"\n    hint: write the year, the month and the day'),
        ("0000-01-01", '`date` is not a day of the calendar: "0000-01-01"'),
        ("yes", '`date` is not a date: "yes"'),
        ("", "`date` has no value\n    hint: write it as in `date: 2026-05-12`"),
    ],
)
def test_explains_a_date_that_is_none(tmp_path: Path, date: str, problem: str) -> None:
    """Impossible days, other orders and words are told apart, and the right form is offered."""
    problems = problems_of(tmp_path, HEADER.replace("2026-05-12", date))
    assert [each.split(": error: ")[1].startswith(problem) for each in problems] == [True]
    assert problems[0].startswith(f"{PLACE}4:")


def test_all_problems_of_a_header_come_at_once_in_order(tmp_path: Path) -> None:
    """One run shows everything, from the top of the file to its end."""
    text = "---\nformat: studyguide/2\ntitel: Wells\ndate: 2026-02-31\npages: 9-1\n---\nWell (pg. 3)\n"
    assert [each.split("\n")[0].removeprefix(PLACE) for each in problems_of(tmp_path, text)] == [
        '2:9: error: `format` is "studyguide/2", which this version cannot read',
        "3:1: error: unknown field `titel`",
        '4:7: error: `date` is not a day of the calendar: "2026-02-31"',
        '5:8: error: `pages` ends before it begins: "9-1"',
        '7:7: error: unknown locator label "pg.", expected `p.`, `pp.`, `ch.`, `chap.`, `loc.`, `¶`, `§` or `v.`',
    ]


def test_a_missing_format_is_a_warning(tmp_path: Path) -> None:
    """A file without the version is read as this version."""
    assert problems_of(tmp_path, "---\ntitle: Wells\ndate: 2026-05-12\n---\n") == [
        f"{PLACE}1:1: warning: `format` is missing\n    hint: write `format: studyguide/1` first in the header"
    ]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("Wells: who keeps the water", "Wells: who keeps the water"),
        ("Wells: who keeps: the water", "Wells: who keeps: the water"),
        ("Wells:", "Wells:"),
        ('"Wells" and water', "“Wells” and water"),
        ("'Wells' and water", "‘Wells’ and water"),
        ("*Wells*", "*Wells*"),
        ("[Draft] Wells", "[Draft] Wells"),
        ("@home", "@home"),
        ("& water", "& water"),
        ("100 % water", "100 % water"),
        ("% of water", "% of water"),
        ("#7: the well", "#7: the well"),
        ("Wells   # as the book calls it", "Wells"),
        ("Wells: who keeps   # as the book calls it", "Wells: who keeps"),
        ('"Wells: who keeps"', "Wells: who keeps"),
        ("'It''s a well'", "It’s a well"),
        ("no", "no"),
        ("12", "12"),
        ("1:30", "1:30"),
        ("Ana's \\textbf{well}", "Ana's \\textbf{well}"),
        (">\n  folded\n  lines", "folded lines"),
        ("Wells that\n  go on", "Wells that go on"),
    ],
)
def test_reads_a_title_as_it_was_meant(tmp_path: Path, typed: str, title: str) -> None:
    """A bare colon and YAML's own marks do not break a title; nothing is a number, a date or a truth value."""
    header = HEADER.replace("title: The common well", f"title: {typed}")
    assert read_session(tmp_path, "", header=header).title == title


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ("place: *home", '5:8: error: the header cannot repeat a value by its name: "*home"'),
        ("place: &home here", '5:8: error: the header cannot give a value a name: "&home"'),
        ("place: !!python/object:os.system x", "5:8: error: the header cannot give a value a type with `!`"),
        ('place: "here', "5:8: error: this quotation mark is not closed"),
        ("participants: [Ana, Ben", "5:15: error: this list is not closed, or a comma is missing in it"),
        ('place: "a\\q"', "5:11: error: a backslash in double quotes means something else"),
        ("\tplace: here", "5:1: error: a tab cannot indent the header"),
        ("participants: a: b", "5:16: error: a second colon in this value"),
        ("? [a, b]\n: c", "5:3: error: the name of a field must be a word"),
        ("participants: [[[[[[[[[[a]]]]]]]]]]", "error: the header is nested too deep"),
        ("a stray line", "error: a field needs a colon after its name"),
        ("- a\n- b", "error: this line is no field, or is not indented like the fields before"),
    ],
)
def test_explains_broken_yaml_in_an_authors_words(tmp_path: Path, lines: str, problem: str) -> None:
    """Names, aliases, types and slips are refused with a place, and never with the words of a library."""
    assert problem in problem_with(tmp_path, lines)


def test_names_that_would_explode_are_never_followed(tmp_path: Path) -> None:
    """A billion laughs end at the first name."""
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]" for old, new in zip("abcdefgh", "bcdefghi", strict=True)]
    assert problem_with(tmp_path, *lines).startswith("5:4: error: the header cannot give a value a name")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("title: Wells\n", "1:1: error: the file does not start with a header between two lines `---`"),
        ("# Wells\n\n---\ntitle: a\n---\n", "1:1: error: the file does not start with a header"),
        ("---\ntitle: Wells\n", "1:1: error: the header that starts here has no closing line `---`"),
        ("---\ntitle: Wells\n\n## Part\n", "1:1: error: the header that starts here has no closing line `---`"),
        ("---\n---\n", "1:1: error: `title` is missing"),
        ("---\njust words\n---\n", "2:1: error: the header has no fields"),
        ("---\n- a\n---\n", "2:1: error: the header has no fields"),
    ],
)
def test_a_half_written_header_is_explained(tmp_path: Path, text: str, problem: str) -> None:
    """A file saved in the middle of its header says what is missing."""
    assert problems_of(tmp_path, text)[0].startswith(PLACE + problem)


def test_reads_every_field_of_a_session(tmp_path: Path) -> None:
    """All fields arrive in the model with their types."""
    lines = (
        "label: Section VII",
        "time: 18:30-20:30",
        "place: Branch library, room 2",
        "summary-by: Ana",
        "facilitator: Ben",
        "participants: [Ana, Ben, O'Neil]",
        "pages: [423-441, 450-60]",
        "inserts: [inserts/map.pdf#1-2]",
    )
    (tmp_path / "inserts").mkdir()
    (tmp_path / "inserts" / "map.pdf").write_bytes(PDF)
    session = read_text(tmp_path, SESSION.format("\n".join(lines))).guide.sessions[0]
    assert session.slug == "01-well"
    assert (session.title, session.label, session.place) == ("Wells", "Section VII", "Branch library, room 2")
    assert session.date == datetime.date(2026, 5, 12)
    assert session.time == TimeRange(start=datetime.time(18, 30), end=datetime.time(20, 30))
    assert (session.summary_by, session.facilitator) == ("Ana", "Ben")
    assert session.participants == ("Ana", "Ben", "O’Neil")
    assert [(each.first, each.last) for each in session.pages] == [("423", "441"), ("450", "460")]
    assert [(each.path, each.first, each.last, each.span.column) for each in session.inserts] == [
        ("inserts/map.pdf", 1, 2, 11)
    ]


@pytest.mark.parametrize(
    ("typed", "ranges"),
    [
        ("423", "423-423"),
        ("423-490", "423-490"),
        ("423–490", "423-490"),
        ("xii-xx, 1-9", "xii-xx 1-9"),
        ("pp. 4-9", "4-9"),
    ],
)
def test_reads_pages_however_they_are_written(tmp_path: Path, typed: str, ranges: str) -> None:
    """One page, a range, several, roman numerals, even with a label."""
    session = read_session(tmp_path, "", header=HEADER.replace("423-490", typed))
    assert " ".join(f"{each.first}-{each.last}" for each in session.pages) == ranges


def test_reads_a_time_without_an_end(tmp_path: Path) -> None:
    """A meeting may only have a beginning."""
    session = read_session(tmp_path, "", header=HEADER.replace("date:", "time: 9:05\ndate:"))
    assert session.time == TimeRange(start=datetime.time(9, 5), end=None)


def test_session_pages_outside_the_book_are_a_warning(tmp_path: Path) -> None:
    """Either the session or the book has a slip."""
    (problem,) = problems_of(tmp_path, HEADER.replace("423-490", "523-590"))
    assert problem.startswith(f'{PLACE}6:8: warning: pages 523-590 are outside the pages of "Commons Reader", 1-560')


def test_schemas_describe_every_field_to_an_author() -> None:
    """Editors complete fields and show what they are for."""
    schemas = json_schemas()
    assert list(schemas) == ["guide", "session"]
    for schema in schemas.values():
        assert isinstance(schema, dict)
        assert schema["additionalProperties"] is False
        assert all(each.get("description") for each in schema["properties"].values())
    session = schemas["session"]
    assert isinstance(session, dict)
    assert session["required"] == ["title", "date"]
    assert {"summary-by", "inserts", "pages"} <= set(session["properties"])


PLAIN = (
    st.text(
        st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp"), blacklist_characters="\u200b\u2060\ufeff\ufffd"),
        min_size=1,
        max_size=40,
    )
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)


def read_place(tmp_line: str) -> str:
    """Give the value of `place` in a header of this line."""
    from pathlib import Path

    lines = ("---", tmp_line, "---")
    fields = read_front_matter(Source(path=Path("a.md"), typed=lines, lines=lines)).fields
    assert isinstance(fields, HeaderFields)
    entry = fields.find("place")
    assert entry is not None
    assert isinstance(entry[1], HeaderText)
    return entry[1].text


@given(PLAIN)
def test_a_quoted_value_is_read_back(text: str) -> None:
    """Whatever a value is, `fmt` can write it in quotes so that it stays the same."""
    assert read_place(f"place: {write_quoted(text)}") == text


@given(st.sampled_from(["Wells", "a", "12"]), PLAIN)
def test_a_bare_colon_is_read_as_meant(first: str, second: str) -> None:
    """A value with a colon in it is the whole line, up to a comment."""
    words = f"{first}: {second}".split(" #")[0].rstrip()
    assert read_place(f"place: {words}") == words
    assert protect_value(f"place: {words}") != f"place: {words}"


def test_a_misspelt_field_is_one_problem(tmp_path: Path) -> None:
    """What is only misspelt is not said to be missing too."""
    (problem,) = problems_of(tmp_path, HEADER.replace("title:", "titel:"))

    assert "unknown field `titel`" in problem
    assert "did you mean `title`?" in problem
