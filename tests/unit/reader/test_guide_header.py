"""The header of guide.md: books, papers, audiences, language, looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from manuscripts import GUIDE, HEADER, list_problems, read_text, write_guide

from studyguide.model.guide import Audience, Paper

if TYPE_CHECKING:
    from pathlib import Path


def test_reads_every_field_of_a_guide(tmp_path: Path) -> None:
    """The guide's header arrives in the model, with defaults for what is left out."""
    guide = read_text(tmp_path, HEADER, guide=GUIDE.replace("---\n", '---\nanswer-lines: 7\naccent: "#8A1"\n', 1)).guide
    (book,) = guide.books
    assert (guide.title, guide.group, guide.language) == ("Commons Reader", "Riverside Reading Group", "en")
    assert (book.key, book.title, book.authors, book.year) == ("", "Commons Reader", ("A. Writer",), 2021)
    assert book.pages is not None
    assert (book.pages.first, book.pages.last) == ("1", "560")
    assert (guide.papers, guide.audiences) == ((Paper.LETTER,), (Audience.PARTICIPANT,))
    assert (guide.answer_lines, guide.accent, guide.logo) == (7, "#88aa11", "")


def test_reads_an_accent_without_quotes(tmp_path: Path) -> None:
    """YAML takes an unquoted colour for a comment; the author did not."""
    guide = GUIDE.replace("language: en", "language: en\naccent: #8a1c1c   # the group's red")
    assert read_text(tmp_path, HEADER, guide=guide).guide.accent == "#8a1c1c"


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (
            "papers: [letter, booklet]",
            '2:18: warning: "booklet" in `papers` comes with a later version, it is left out',
        ),
        ("audiences: [public]", '2:13: warning: "public" in `audiences` comes with a later version, it is left out'),
        ("papers: [leter]", '2:10: error: unknown value in `papers`: "leter"\n    hint: did you mean `letter`?'),
        ("audiences: [everyone]", '2:13: error: unknown value in `audiences`: "everyone"'),
        ("papers: letter", "2:9: error: `papers` must be a list\n    hint: write `papers: [letter]`"),
        ("answer-lines: many", '2:15: error: `answer-lines` needs a whole number from 0 to 40, not "many"'),
        ("answer-lines: 400", '2:15: error: `answer-lines` needs a whole number from 0 to 40, not "400"'),
        ("accent: red", '2:9: error: `accent` is not a colour: "red"'),
        ("logo: images/logo.png", '2:7: error: there is no such logo: "images/logo.png"'),
        ("books: {a b: {title: x}}", '2:9: error: `books` has a key that citations cannot name: "a b"'),
        ("books: {b: {title: x}}", "2:8: error: `book` and `books` are both given"),
        ("books: 3", "2:8: error: `books` must have fields of its own"),
        ("date: 2026-05-12", "2:1: error: `date` is no field here\n    hint: it belongs in the header of a session"),
        ("colour: red", "2:1: error: unknown field `colour`"),
    ],
)
def test_explains_a_field_of_the_guide_that_is_wrong(tmp_path: Path, line: str, problem: str) -> None:
    """Problems of guide.md have their place in guide.md."""
    write_guide(tmp_path, guide=GUIDE.replace("---\n", f"---\n{line}\n", 1))
    assert [each.startswith(f"guide/guide.md:{problem}") for each in list_problems(tmp_path)] == [True]


def test_planned_papers_leave_the_others(tmp_path: Path) -> None:
    """A guide for several versions builds what this one can."""
    guide = read_text(tmp_path, HEADER, guide=GUIDE.replace("book:", "papers: [booklet, a4]\nbook:")).guide
    assert guide.papers == (Paper.A4,)


@pytest.mark.parametrize(
    ("typed", "hint"), [("english", 'write "en"'), ("e", "write its BCP 47 tag"), ("en_US", "write its BCP 47 tag")]
)
def test_explains_a_language_that_is_no_tag(tmp_path: Path, typed: str, hint: str) -> None:
    """A language by its name gets its tag as advice."""
    write_guide(tmp_path, guide=GUIDE.replace("language: en", f"language: {typed}"))
    (problem,) = list_problems(tmp_path)
    assert problem.startswith(
        f'guide/guide.md:5:11: error: `language` is not a language tag: "{typed}"\n    hint: {hint}'
    )


def test_editions_pair_pages(tmp_path: Path) -> None:
    """Anchor pages of another edition arrive in order."""
    editions = "  editions:\n    hardcover: {430: 516, 427: 512}\n"
    guide = read_text(tmp_path, HEADER, guide=GUIDE.replace("  pages: 1-560\n", f"  pages: 1-560\n{editions}")).guide
    (edition,) = guide.books[0].editions
    assert (edition.name, list(edition.anchors.items())) == ("hardcover", [(427, 512), (430, 516)])


@pytest.mark.parametrize(
    ("anchors", "problem"),
    [
        ("{427: 512, x: 516}", 'needs a whole number from 1 to 99999, not "x"'),
        ("{427: many}", 'needs a whole number from 1 to 99999, not "many"'),
        ("{427: 516, 430: 512}", 'the pages of edition "hardcover" do not rise together'),
        ("512", "must have fields of its own"),
    ],
)
def test_explains_editions_that_are_wrong(tmp_path: Path, anchors: str, problem: str) -> None:
    """Pages that fall where they should rise are as wrong as words."""
    editions = f"  editions:\n    hardcover: {anchors}\n"
    write_guide(tmp_path, guide=GUIDE.replace("  pages: 1-560\n", f"  pages: 1-560\n{editions}"))
    assert [problem in each for each in list_problems(tmp_path)] == [True]


def test_a_guide_without_a_book_stands_for_it(tmp_path: Path) -> None:
    """There is always a default book."""
    guide = read_text(
        tmp_path, HEADER.replace("pages: 423-490\n", ""), guide="---\nformat: studyguide/1\ntitle: Wells\n---\n"
    )
    assert [(book.key, book.title) for book in guide.guide.books] == [("", "Wells")]
