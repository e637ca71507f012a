"""A guide as a whole: which files are read, in which order, and what holds between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from manuscripts import (
    GUIDE,
    HEADER,
    PDF,
    PNG,
    list_problems,
    read_text,
    write_guide,
)

from studyguide.diagnostics import Diagnostic, Severity
from studyguide.errors import ManuscriptError
from studyguide.reader import check_manuscript, read_manuscript

if TYPE_CHECKING:
    from pathlib import Path


def with_date(date: str, title: str = "The common well") -> str:
    """Write a session of a day."""
    return HEADER.replace("2026-05-12", date).replace("The common well", title)


def test_reads_sessions_in_date_order_then_by_name(tmp_path: Path) -> None:
    """The files' names only decide between meetings of one day; every file read is a source."""
    sessions = {
        "b.md": with_date("2026-05-12", "B"),
        "a.md": with_date("2026-05-12", "A"),
        "z.md": with_date("2026-04-01", "Z"),
    }
    manuscript = read_manuscript(write_guide(tmp_path / "commons", sessions=sessions))
    assert [session.slug for session in manuscript.guide.sessions] == ["z", "a", "b"]
    assert [str(path.relative_to(tmp_path)) for path in manuscript.sources] == [
        "commons/guide.md",
        "commons/sessions/a.md",
        "commons/sessions/b.md",
        "commons/sessions/z.md",
    ]
    assert (manuscript.guide.slug, manuscript.folder, manuscript.warnings) == ("commons", tmp_path / "commons", ())


def test_reads_one_session_alone(tmp_path: Path) -> None:
    """The guide's header and the one file: problems of the others do not matter."""
    folder = write_guide(tmp_path, sessions={"a.md": HEADER, "b.md": "broken"})
    manuscript = read_manuscript(folder, session=folder / "sessions" / "a.md")
    assert [session.slug for session in manuscript.guide.sessions] == ["a"]
    assert [path.name for path in manuscript.sources] == ["guide.md", "a.md"]


def test_tells_what_a_guide_depends_on(tmp_path: Path) -> None:
    """The files read, those that it names, each once, and the folder in which sessions were looked for."""
    folder = write_guide(
        tmp_path,
        guide=GUIDE.replace("language: en", "language: en\nlogo: logo.png") + "\n![Well](images/well.png)\n",
        sessions={"a.md": HEADER.replace("pages:", "inserts: [map.pdf#1]\npages:") + "![Well](../images/well.png)\n"},
    )
    (folder / "images").mkdir()
    for name, content in {"logo.png": PNG, "map.pdf": PDF, "images/well.png": PNG}.items():
        (folder / name).write_bytes(content)
    whole = read_manuscript(folder)
    assert whole.named_files == (folder / "logo.png", folder / "images" / "well.png", folder / "map.pdf")
    assert whole.listed_folders == (folder / "sessions",)
    assert whole.dependencies == (*whole.sources, *whole.named_files, *whole.listed_folders)
    assert read_manuscript(folder, session=folder / "sessions" / "a.md").listed_folders == ()


def test_tells_what_was_read_when_something_is_wrong(tmp_path: Path) -> None:
    """Also what was looked for in vain: when one of these files changes, it may be right."""
    named = "![Well](images/well.png) ![Out](../../out.png) ![Web](https://example.org/a.png)\n"
    folder = write_guide(tmp_path, sessions={"a.md": HEADER + named, "b.md": "broken"})
    with pytest.raises(ManuscriptError) as caught:
        read_manuscript(folder)
    assert [str(path.relative_to(folder)) for path in caught.value.sources] == [
        "guide.md",
        "sessions/a.md",
        "sessions/b.md",
        "images/well.png",
        "sessions",
    ]


def test_tells_what_was_looked_for_where_there_is_no_guide(tmp_path: Path) -> None:
    """Its header and its folder of sessions, which may come."""
    with pytest.raises(ManuscriptError) as caught:
        read_manuscript(tmp_path)
    assert caught.value.sources == (tmp_path / "guide.md", tmp_path / "sessions")


def test_reads_the_preface(tmp_path: Path) -> None:
    """The text of guide.md is the preface; its headings are topics."""
    guide = read_text(tmp_path, HEADER, guide=GUIDE + "\nWelcome\n\n## How we meet\n").guide
    assert [type(block).__name__ for block in guide.preface] == ["Paragraph", "Topic"]


def test_places_are_named_as_the_caller_names_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative folder gives relative places, short enough to read."""
    from pathlib import Path as RealPath

    write_guide(tmp_path / "commons", sessions={"a.md": HEADER + "Well (pg. 3)\n"})
    monkeypatch.chdir(tmp_path)
    (problem,) = check_manuscript(RealPath("commons"))
    assert str(problem).startswith("commons/sessions/a.md:8:7: error: unknown locator label")


def test_all_problems_of_all_files_come_at_once(tmp_path: Path) -> None:
    """The guide first, then each session in order, errors and warnings together; the message counts the errors."""
    write_guide(
        tmp_path,
        guide=GUIDE.replace("language: en", "langauge: en"),
        sessions={"a.md": with_date("2026-02-31"), "b.md": HEADER + "Well (p. 1)\n\nRain (pg. 3)\n", "c.md": ""},
    )
    with pytest.raises(ManuscriptError) as failure:
        read_manuscript(tmp_path)
    assert failure.value.message == f"4 errors in 4 files of {tmp_path}"
    assert [(each.span.path.name, each.span.line, each.severity.value) for each in failure.value.diagnostics] == [
        ("guide.md", 5, "error"),
        ("a.md", 4, "error"),
        ("b.md", 8, "warning"),
        ("b.md", 10, "error"),
        ("c.md", 1, "error"),
    ]


def test_checking_raises_nothing(tmp_path: Path) -> None:
    """The same list without an exception, for those who only want to look."""
    write_guide(tmp_path, sessions={"a.md": ""})
    assert [each.message for each in check_manuscript(tmp_path)] == ["the file is empty"]


def test_a_folder_without_a_guide_is_explained(tmp_path: Path) -> None:
    """The most common slip: the wrong folder."""
    missing, empty = list_problems(tmp_path)
    assert missing == (
        "guide/guide.md:1:1: error: there is no `guide.md` in the folder\n"
        "    hint: give the folder of a guide, or start one with `studyguide new`"
    )
    assert empty.startswith("guide/guide.md:1:1: warning: the guide has no folder `sessions`")
    assert "there is no `guide.md`" in list_problems(tmp_path / "nowhere")[0]


def test_a_guide_without_sessions_is_a_warning(tmp_path: Path) -> None:
    """A guide begins with its header."""
    write_guide(tmp_path, sessions={})
    (problem,) = list_problems(tmp_path)
    assert problem.startswith("guide/guide.md:1:1: warning: the guide has no session yet")


def test_other_files_beside_sessions_are_no_sessions(tmp_path: Path) -> None:
    """Hidden files, backups and pictures do not count."""
    write_guide(
        tmp_path, sessions={"a.md": HEADER, ".b.md": "", "c.md~": "", "d.txt": "", "e.MD": with_date("2026-06-01")}
    )
    assert [session.slug for session in read_manuscript(tmp_path).guide.sessions] == ["a", "e"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("01-well.md", "02-well.md"),
        ("2026-05-12-well.md", "well.md"),
        ("3. Well.md", "well.md"),
    ],
)
def test_two_sessions_with_one_date_and_slug_are_errors_in_both(tmp_path: Path, one: str, other: str) -> None:
    """They would be one handout; both files are named, each with the other."""
    write_guide(tmp_path, sessions={one: with_date("2026-05-12", "A"), other: with_date("2026-05-12", "B")})
    assert list_problems(tmp_path) == [
        f'guide/sessions/{name}:1:1: error: two sessions have one date and one name: 2026-05-12 "{title}"\n'
        f"    hint: the other one is guide/sessions/{twin}: change one of the two"
        for name, twin, title in sorted(((one, other, "A"), (other, one, "B")))
    ]


def test_two_sessions_with_one_date_and_title_are_errors(tmp_path: Path) -> None:
    """A copy under another name is a copy."""
    write_guide(tmp_path, sessions={"a.md": HEADER, "b.md": HEADER.replace("The common well", "The Common Well!")})
    assert len(list_problems(tmp_path)) == 2


def test_sessions_of_one_title_on_two_days_are_fine(tmp_path: Path) -> None:
    """A chapter may take two meetings, and a day may have two."""
    sessions = {
        "01-well.md": HEADER,
        "02-well.md": with_date("2026-05-19"),
        "03-rain.md": with_date("2026-05-12", "Rain"),
    }
    write_guide(tmp_path, sessions=sessions)
    assert list_problems(tmp_path) == []


WORDS = st.sampled_from(
    [
        "# ",
        "## Round 1\n",
        "## Questions\n",
        "## A\nBy Rosa, pp. 1-9\n",
        "- ",
        "* ",
        "1. ",
        "> ",
        "> [!quote]\n> ",
        "::: note\n",
        ":::\n",
        "```\n",
        "    ",
        "\t",
        "\n",
        "\n\n",
        "**Ana:** ",
        "Ana: ",
        "(p. 427)",
        "(pg. 3)",
        "[@b, p. 3]",
        "— p. 4",
        "[^1]",
        "[^1]: note\n",
        "^[x]",
        "[x](http://a.b)",
        "[x](javascript:a)",
        "![a](x.png)",
        "https://a.b/_c_",
        "*",
        "**",
        "_",
        "`",
        "\\",
        "|a|b|\n|-|-|\n|c|\n",
        "---\n",
        '"',
        "'",
        "e\u0301",
        "\u200b",
        "\u202e",
        "\u2066",
        "한글",
        "😀",
        "<b>",
        "{",
        "$",
        "(10 min)",
        "  \n",
        "\r",
        "\x07",
        "[a]: b\n",
        "word ",
    ]
)


def check_places(folder: Path, content: bytes) -> None:
    """Read a session of these bytes: only our own errors, and every place is in the file."""
    write_guide(folder, sessions={})
    (folder / "sessions" / "01-well.md").write_bytes(content)
    problems: tuple[Diagnostic, ...]
    try:
        problems = read_manuscript(folder).warnings
    except ManuscriptError as failure:
        problems = failure.diagnostics
        assert any(each.severity is Severity.ERROR for each in problems)
    text = content.decode("utf-8", "replace")
    for end in ("\r\n", "\r", "\x85", "\u2028", "\u2029"):
        text = text.replace(end, "\n")
    lines = text.removeprefix("\ufeff").split("\n")
    for each in problems:
        if each.span.path.name == "01-well.md":
            assert 1 <= each.span.line <= len(lines)
            assert 1 <= each.span.column <= len(lines[each.span.line - 1]) + 1


ANYTHING = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=120)


@ANYTHING
@given(st.lists(WORDS, max_size=30).map("".join))
def test_any_body_is_read_or_explained(tmp_path: Path, body: str) -> None:
    """Whatever people type, there is a manuscript or a list of problems in the file, and no other exception."""
    check_places(tmp_path, (HEADER + body).encode())


@ANYTHING
@given(st.binary(max_size=200), st.booleans())
def test_any_bytes_are_read_or_explained(tmp_path: Path, content: bytes, has_header: bool) -> None:  # noqa: FBT001  drawn
    """Broken, truncated or foreign files end in a sentence."""
    check_places(tmp_path, (HEADER.encode() if has_header else b"") + content)


@ANYTHING
@given(st.text(alphabet=st.sampled_from("title: date-[]{}&*!|>'\"%@`#,?\\\n 2026\t"), max_size=80))
def test_any_header_is_read_or_explained(tmp_path: Path, header: str) -> None:
    """YAML of any kind between the two lines."""
    check_places(tmp_path, f"---\n{header}\n---\n\nWell\n".encode())
