"""Quotation marks that are missing are put in; those that are there are left alone."""

from __future__ import annotations

import pytest

from studyguide.importer.recognition.quotations import closes_another, count_quotations, is_open, mend_quotation


@pytest.mark.parametrize(
    ("words", "mended"),
    [
        ("“Nobody owns the rain", "“Nobody owns the rain”"),
        ("«Nadie bebe antes", "«Nadie bebe antes»"),
        ("„Das Öl bezahlt keiner.", "„Das Öl bezahlt keiner.“"),
        ("「새는 두레박", "「새는 두레박」"),
        ("“He said “mine” and left", "“He said “mine” and left”"),
        ("Nobody owns the rain”", "“Nobody owns the rain”"),
        ("Nadie bebe antes».", "«Nadie bebe antes»."),
    ],
)
def test_mends_the_mark_that_is_missing(words: str, mended: str) -> None:
    """At the end, or at the start, with a question for a person."""
    mending = mend_quotation(words)
    assert mending is not None
    assert words[: mending.at] + mending.mark + words[mending.at :] == mended
    assert mending.doubt.endswith("?")


@pytest.mark.parametrize(
    "words",
    [
        "“Nobody owns the rain”",
        "„Das Öl bezahlt keiner“",
        "«Nadie bebe antes»",
        "Nobody owns the rain",
        "she calls it “the rain” twice",
        "“Nobody” owns “the rain”",
        "the word “rope is used once",
        "",
    ],
)
def test_leaves_what_is_whole(words: str) -> None:
    """And what opens in the middle of a sentence, where nobody can tell its end."""
    assert mend_quotation(words) is None


def test_tells_quotations_that_go_on() -> None:
    """One line opens, another one closes."""
    assert is_open("“The pump did not end the meetings.")
    assert closes_another("It ended the reason for them.”")
    assert not is_open("It ended the reason for them.”")
    assert not closes_another("“The pump did not end the meetings.")


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("“Nobody owns the rain”", 1),
        ("she says «nadie bebe antes del turno»", 1),
        ("the so-called “rope”", 0),
        ("nobody owns the rain", 0),
        ("“Nobody owns” he said “the rain”", 1),
    ],
)
def test_counts_quotations_and_no_terms(words: str, count: int) -> None:
    """A word or two in marks is a term."""
    assert count_quotations(words) == count
