"""Marks of Obsidian and its like become plain Markdown; what is not shown is reported."""

from __future__ import annotations

import pytest

from studyguide.importer.intake.vault_marks import take_vault_marks


@pytest.mark.parametrize(
    ("typed", "written", "hidden"),
    [
        ("by [[Ana]]", "by Ana", []),
        ("by [[Ana Writer|Ana]]", "by Ana", ["Ana Writer"]),
        ("see [[Wells#Rope]]", "see Wells > Rope", []),
        ("see [[#Rope]]", "see Rope", []),
        ("see ![[map.png]] here", "see  here", ["map.png"]),
        ("- the rope ^rope-1", "- the rope", ["rope-1"]),
        ("a %%not yet%% b", "a  b", ["not yet"]),
        ("- [ ] bring a pail", "- bring a pail", []),
        ("- [x] bring a pail", "- bring a pail", ["x"]),
        ("1. [X] bring a pail", "1. bring a pail", ["X"]),
        ("book:: Wells", "book:: Wells  ", []),
        ("- book:: Wells", "- book:: Wells  ", []),
    ],
)
def test_writes_plain_markdown(typed: str, written: str, hidden: list[str]) -> None:
    """What is seen stays, what is hidden is named."""
    lines, losses = take_vault_marks([typed])
    assert lines == [written]
    assert [each.words for each in losses] == hidden


@pytest.mark.parametrize(
    "typed",
    [
        "[a link](https://example.org)",
        "a[[0]",
        "2^8 pails",
        "^alone",
        "100 %% sure",
        "[ ] no item",
        "- [y] no task",
        "std::vector",
        "Note: a word",
        "==as typed==",
        "",
    ],
)
def test_leaves_everything_else(typed: str) -> None:
    """Links, powers, code and labels stay as they are."""
    assert take_vault_marks([typed]) == ([typed], [])


def test_code_stays_as_typed() -> None:
    """Between fences nothing is a mark."""
    lines = ["```", "- [x] [[a]]", "```", "[[b]]"]
    assert take_vault_marks(lines)[0] == ["```", "- [x] [[a]]", "```", "b"]


def test_counts_lines_from_the_first_one() -> None:
    """A header may stand before them."""
    _, losses = take_vault_marks(["a", "b ^name"], 5)
    assert [each.number for each in losses] == [6]
