"""A line of notes as Markdown: page references in brackets, marks mended, the rest as typed."""

from __future__ import annotations

import pytest

from studyguide.importer.notes import NoteLine
from studyguide.importer.recognition.locators import PagesKnown
from studyguide.importer.recognition.sentences import SentenceRules, find_continued, plain_markdown, write_sentence

RULES = SentenceRules(known=PagesKnown(first=10, last=500, has_verses=False))


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("the rope P42", "the rope (p. 42)"),
        ("the rope, p. 42", "the rope (p. 42)"),
        ("the rope, p. 42, and the pail", "the rope (p. 42), and the pail"),
        ("the rope(p.42)", "the rope (p. 42)"),
        ("“Nobody owns the rain”42", "“Nobody owns the rain” (p. 42)"),
        ("p. 42: “Nobody owns the rain”", "“Nobody owns the rain” (p. 42)"),
        ("p. 42: He waits, “since nobody owns it” now", "He waits, “since nobody owns it” now (p. 42)"),
        ("On page 42 he leaves the rope.", "On page 42 he leaves the rope (p. 42)."),
        ("“Nobody owns the rain (p. 42)", "“Nobody owns the rain” (p. 42)"),
        ("“Nobody owns the rain, p. 42", "“Nobody owns the rain” (p. 42)"),
        ("« On ne vole pas le feu » (p. 42)", "«On ne vole pas le feu» (p. 42)"),
        ("er sagt »niemand bringt das Seil zurück« und geht", "er sagt »niemand bringt das Seil zurück« und geht"),
        ("read *this* twice", r"read \*this\* twice"),
        ("at https://example.org/p/42", "at https://example.org/p/42"),
        ("the drought of 1962", "the drought of 1962"),
    ],
)
def test_writes_a_line(words: str, text: str) -> None:
    """As a careful secretary would."""
    assert write_sentence(NoteLine(number=1, words=words), RULES).text == text


def test_says_what_it_found_and_asks_what_it_guessed() -> None:
    """A quotation, its page, and the mark that was missing."""
    sentence = write_sentence(NoteLine(number=7, words="“Nobody owns the rain (p. 42)"), RULES)
    assert [each.taken_for for each in sentence.findings] == ["quotation", "page reference"]
    assert "closing quotation mark" in sentence.doubt


def test_a_line_that_is_one_quotation_says_so() -> None:
    """So that it may be set off."""
    sentence = write_sentence(NoteLine(number=1, words="“Nobody owns the rain” (p. 42)."), RULES)
    assert (sentence.quotation, sentence.locator) == ("Nobody owns the rain", "p. 42")


@pytest.mark.parametrize(
    "words", ["“Nobody” owns “rain” (p. 42)", "He says “nobody owns it” (p. 42)", "“Nobody owns it”"]
)
def test_a_line_that_is_more_than_a_quotation_is_none(words: str) -> None:
    """Two quotations, words before it, or no page."""
    assert write_sentence(NoteLine(number=1, words=words), RULES).quotation == ""


def test_announcements_have_no_page_references() -> None:
    """What is read next is no reference to what was read."""
    rules = SentenceRules(known=RULES.known, has_references=False)
    sentence = write_sentence(NoteLine(number=1, words="next time chapters 6 and 7, p. 42"), rules)
    assert (sentence.text, sentence.findings) == ("next time chapters 6 and 7, p. 42", ())


def test_writes_from_an_index_on() -> None:
    """What stands before it, as a speaker, is left to others."""
    assert write_sentence(NoteLine(number=1, words="Ana: p. 42"), RULES, skip=5).text.strip() == "(p. 42)"


def test_a_quotation_may_go_on_in_the_next_line() -> None:
    """Then no mark is missing."""
    lines = [NoteLine(number=1, words="“The pump stayed."), NoteLine(number=2, words="The meetings, too.” (p. 42)")]
    assert find_continued(lines) == {1, 2}
    assert find_continued(lines[:1]) == frozenset()


def test_headings_keep_brackets_as_words() -> None:
    """`Wells (p. 42)` as a heading is no reference."""
    assert plain_markdown("Wells (10 min)") == r"Wells \(10 min)"
