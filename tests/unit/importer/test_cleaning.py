"""Words as they are kept: one kind of space, mark and dash; never another letter."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from studyguide.importer.cleaning import clean_words
from studyguide.reader.characters import find_refused

AWKWARD = (
    "\"'`-—–“”‘’«»„ \t\n\u00a0\u2003\u200b\ufeff\u00ad\u202a\u202c\u2066\x07\ufffd()[]{}/.,:;*_\\<>|#e\u0301aZ7-🪣우é"
)

texts = st.text(st.sampled_from(AWKWARD) | st.characters(exclude_categories=["Cs"]), max_size=40)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  the\twell\u00a0is \u2003ours \n", "the well is ours"),
        ("we\u00adll\u200bs\ufeff", "wells"),
        ("e\u0301tang", "étang"),
        ("a bell\x07 and a lost \ufffd character", "a bell and a lost character"),
        ("one\x0bline\x0cbreak", "one line break"),
    ],
)
def test_spaces_and_what_nobody_typed(typed: str, kept: str) -> None:
    """Runs of spaces are one, what programs leave is gone, accents are composed."""
    assert clean_words(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ('"Nobody owns the rain"', "“Nobody owns the rain”"),
        ('she said ("pail") twice', "she said (“pail”) twice"),
        ("''pail''", "“pail”"),
        ("``pail''", "“pail”"),
        ("``pail``", "“pail”"),
        ("““pail””", "“pail”"),
        ("“““pail”””", "“pail”"),
        ('""pail""', "“pail”"),
        ("'pail' and 'rope'", "‘pail’ and ‘rope’"),
        ("\"'pail' is a word\"", "“‘pail’ is a word”"),
        ("'\"pail\" is a word'", "‘“pail” is a word’"),
        ("the neighbours' well, Ana's rope", "the neighbours’ well, Ana’s rope"),
        ("the '90s, 'tis so", "the ’90s, ’tis so"),
        ("```code```", "```code```"),
        ("`pail`", "`pail`"),
        ("wells—“ours”—stay", "wells—“ours”—stay"),
        ("«le puits» „Brunnen“", "«le puits» „Brunnen“"),
    ],
)
def test_quotation_marks_are_curved(typed: str, kept: str) -> None:
    """Straight, doubled and TeX's marks become the pair that was meant."""
    assert clean_words(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("the well -- our well", "the well – our well"),
        ("the well--our well", "the well–our well"),
        ("the well --- our well", "the well — our well"),
        ("48-49", "48-49"),
        ("----", "----"),
        ("-- Ana", "-- Ana"),
    ],
)
def test_double_hyphens_are_dashes(typed: str, kept: str) -> None:
    """Two hyphens are an en dash, three an em dash; a ruled line stays one."""
    assert clean_words(typed) == kept


@given(texts)
@example("““““")
@example("e\ufffd\u0301")
@example("`'`'")
@example("\u202a\u2066\u202c")
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    """What is clean stays as it is."""
    once = clean_words(text)
    assert clean_words(once) == once


@given(texts)
def test_letters_and_digits_never_change(text: str) -> None:
    """Every letter and digit is kept, in its order; only its way of being stored may change."""
    assert _letters(clean_words(text)) == _letters(text)


@given(texts)
def test_clean_words_may_stand_in_a_session_file(text: str) -> None:
    """They are one line without characters that `reader` refuses."""
    words = clean_words(text)
    assert find_refused(words) == []
    assert words == words.strip()
    assert words.splitlines() in ([], [words])


def _letters(text: str) -> list[str]:
    return [each for each in unicodedata.normalize("NFD", text) if each.isalnum()]
