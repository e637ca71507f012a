"""Lists of Word's pages, which are paragraphs, become lists in lists."""

from __future__ import annotations

import re

import pytest

from studyguide.importer.intake.web_pages import read_page
from studyguide.importer.intake.word_pages import nest_word_lists
from studyguide.importer.notes import Bullet

SPACE = "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span>"


def item(words: str, *, sign: str = "·", level: int = 1, margin: float = 0.5) -> str:
    """Write an item as Word does."""
    mark = f"<![if !supportLists]><span style='mso-list:Ignore'>{sign}{SPACE}</span><![endif]>"
    style = f"margin-left:{margin}in;text-indent:-.25in;mso-list:l0 level{level} lfo1"
    return f"<p class=MsoListParagraphCxSpMiddle style='{style}'>{mark}{words}<o:p></o:p></p>\n"


def typed_item(words: str, margin: str) -> str:
    """Write an item that a person typed."""
    return f"<p class=MsoListParagraph style='margin-left:{margin}'>·&nbsp;&nbsp;{words}</p>"


def lines_of(body: str) -> list[tuple[int, Bullet, str, str]]:
    """Read a page of Word's and give what its lines are."""
    notes = read_page(f"<html><body>{body}</body></html>".encode())
    return [(line.depth, line.bullet, line.label, line.words) for line in notes.lines]


def test_levels_say_how_deep_an_item_stands() -> None:
    """Also back to an outer list."""
    page = item("a") + item("b", sign="o", level=2) + item("c", sign="§", level=3) + item("d")
    assert lines_of(page) == [
        (1, Bullet.POINT, "", "a"),
        (2, Bullet.POINT, "", "b"),
        (3, Bullet.POINT, "", "c"),
        (1, Bullet.POINT, "", "d"),
    ]


def test_numbers_and_letters_keep_their_labels() -> None:
    """A numbered list with lettered items inside goes on after them."""
    page = item("a", sign="1.") + item("b", sign="a.", level=2) + item("c", sign="2.")
    assert [(depth, label) for depth, _, label, _ in lines_of(page)] == [(1, "1"), (2, "a"), (1, "2")]


def test_points_and_numbers_of_one_level_are_two_lists() -> None:
    """They never share one."""
    assert [bullet for _, bullet, _, _ in lines_of(item("a") + item("b", sign="1."))] == [Bullet.POINT, Bullet.NUMBER]


@pytest.mark.parametrize("margins", [("0in", "36.0pt", "0in"), ("1cm", "2cm", "1cm"), ("48px", "1.0in", "48px")])
def test_typed_bullets_stand_as_they_are_indented(margins: tuple[str, str, str]) -> None:
    """In whatever unit."""
    page = "".join(typed_item(words, margin) for words, margin in zip("abc", margins, strict=True))
    assert [(depth, words) for depth, _, _, words in lines_of(page)] == [(1, "a"), (2, "b"), (1, "c")]


def test_a_paragraph_ends_a_list() -> None:
    """What follows begins another one."""
    page = item("a") + "<p class=MsoNormal>then</p>" + item("b", level=2)
    assert [(depth, words) for depth, _, _, words in lines_of(page)] == [(1, "a"), (0, "then"), (1, "b")]


def test_a_title_is_a_heading() -> None:
    """Word's own style says so."""
    assert nest_word_lists("<p class=MsoTitle>Wells</p>") == "<h1>Wells</h1>"


@pytest.mark.parametrize(
    "page",
    [
        "<p>· a</p>",
        "<p class=MsoNormal>·&nbsp;&nbsp;a</p>",
        "<p class=MsoListParagraph>a paragraph of a list</p>",
        "<ul><li>a</li></ul>",
    ],
)
def test_other_paragraphs_stay(page: str) -> None:
    """A page of another program, and a paragraph without a sign, are no lists of Word's."""
    assert nest_word_lists(page) == page


def test_every_list_is_closed() -> None:
    """However deep the page ends."""
    page = nest_word_lists("".join(item("a", level=level) for level in (1, 2, 3)))
    assert len(re.findall("<ul>", page)) == len(re.findall("</ul>", page)) == 3
