"""A few words stand for a passage."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from models import bullets, code, emphasis, footnote, link, paragraph, quotation, reference, words

from studyguide.latex.snippets import (
    LONGEST,
    WHOLE_WORDS,
    block_text,
    is_sentence,
    opening_words,
    passage_words,
    plain_text,
    quotation_before,
)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("A well is kept by all", "A well is kept by all"),
        ("It rains. A well is kept by all.", "A well is kept by all"),
        ("Here a well is kept by the people who draw from it", "… kept by the people who draw from it"),
        ("It is older than the parish. So it is.", "So it is"),
        ("The rota is older. Yes.", "The rota is older. Yes"),
        ("As it says: “Nobody owns the rain”", "“Nobody owns the rain”"),
        ("“Nobody owns the rain,” she said", "“Nobody owns the rain,” she said"),
        ("“What one village can close, two can keep open.”", "“What one village can close, two can keep open.”"),
        (
            "“What one village can close for good, two villages can keep open”",
            "“What one village can close for good, two …”",
        ),
        ('the oath, "Nobody owns the rain".', '"Nobody owns the rain"'),
        ("«Nadie es dueña de la lluvia»", "«Nadie es dueña de la lluvia»"),
        ("„Niemand besitzt den Regen“", "„Niemand besitzt den Regen“"),
        ("it’s the keepers’", "it’s the keepers’"),
        (
            "They agree on “the sound of water to the bucket”, and about nothing else in the world",
            "… and about nothing else in the world",
        ),
    ],
)
def test_a_passage_is_told_by_the_words_before_its_reference(before: str, expected: str) -> None:
    """A quotation just before it, else the end of its sentence."""
    assert passage_words(before, "") == expected


def test_a_reference_that_opens_a_paragraph_is_told_by_what_follows() -> None:
    """There is nothing before it."""
    assert passage_words("", " The rota is older than the parish and its church, they say") == (
        "The rota is older than the parish and …"
    )


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (" “the community knows what it needs”, they say", "“the community knows what it needs”"),
        (
            "“the community knows what it needs and what the rain that it waits for will bring”",
            "“the community knows what it needs and what …”",
        ),
        ("«el agua», dice", "«el agua»"),
        ("„Niemand besitzt den Regen“, sagt sie", "„Niemand besitzt den Regen“"),
        ("‘it’s nobody’s rain’ is the oath", "‘it’s nobody’s rain’"),
        ("“no end", "“no end"),
        ("", ""),
    ],
)
def test_a_quotation_after_its_reference_keeps_both_marks(after: str, expected: str) -> None:
    """Shortened or not: a mark without its other half looks like a mistake."""
    assert passage_words("", after) == expected


def test_first_words_end_before_a_quotation_that_they_would_leave_open() -> None:
    """A mark without its other half looks like a mistake."""
    shortened = opening_words("She calls the oath “older than the parish and its church” and means it")
    assert shortened == "She calls the oath …"


def test_a_script_without_blanks_is_cut_by_length() -> None:
    """A Chinese sentence is one word to a computer."""
    shortened = opening_words("水" * 200)
    assert shortened == "水" * LONGEST + " …"


def test_a_letter_keeps_its_marks_when_it_is_cut() -> None:
    """The cut goes before the letter, not between it and its accent."""
    shortened = opening_words("e\u0301" * 100)
    assert shortened.removesuffix(" …").endswith("\u0301")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“Nobody owns the rain”", "“Nobody owns the rain”"),
        ("nobody “owns” the rain", ""),
        ("rain”", ""),
        ("“”", ""),
        ("", ""),
    ],
)
def test_a_quotation_is_found_at_the_end_of_a_text(text: str, expected: str) -> None:
    """Only a whole one that ends there counts."""
    assert quotation_before(text) == expected


def test_words_lose_their_markup() -> None:
    """References and notes are not words."""
    content = words("A ", emphasis("well"), code(" x "), link("https://example.org"), reference("4"), footnote())
    assert plain_text(content) == "A well x https://example.org"


def test_blocks_are_read_one_after_the_other() -> None:
    """Lists and quotations inside too."""
    content = (paragraph("One"), bullets((paragraph("two"),), (paragraph("three"),)), quotation(paragraph("four")))
    assert block_text(content) == "One two three four"


@pytest.mark.parametrize(
    ("quoted", "expected"),
    [("the cook", False), ("Nobody owns the rain", True), ("水", False), ("没有人拥有雨水", True), ("", False)],
)
def test_words_in_marks_are_not_always_a_quotation(quoted: str, expected: bool) -> None:  # noqa: FBT001  a case
    """A name in marks is none; a language without blanks is counted by its characters."""
    assert is_sentence(quoted) is expected


@given(st.text(max_size=400))
def test_first_words_are_few(text: str) -> None:
    """Never more than ten, never wider than a line."""
    shortened = opening_words(text)
    assert len(shortened.removesuffix(" …").split()) <= WHOLE_WORDS
    assert len(shortened) <= LONGEST + 2


@given(st.text(max_size=400), st.text(max_size=400))
def test_passages_are_few_words(before: str, after: str) -> None:
    """Whatever stands around a reference, its row is one line."""
    assert len(passage_words(before, after)) <= LONGEST + 4
