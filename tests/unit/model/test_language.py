"""Quotation marks and text direction by language."""

from __future__ import annotations

import pytest

from studyguide.model.language import TextDirection, quotation_marks, text_direction


@pytest.mark.parametrize(
    ("tag", "marks"),
    [
        ("en", "“ ” ‘ ’"),
        ("EN-gb", "“ ” ‘ ’"),
        ("es-MX", "« » “ ”"),
        ("fr-CA", "«\u202f \u202f» “ ”"),
        ("fr-CH", "« » ‹ ›"),
        ("de", "„ “ ‚ ‘"),
        ("de-CH", "« » ‹ ›"),
        ("pt-BR", "“ ” ‘ ’"),
        ("pt-PT", "« » “ ”"),
        ("zh-Hans", "“ ” ‘ ’"),
        ("zh-Hant-TW", "「 」 『 』"),
        ("ko", "“ ” ‘ ’"),
        ("sv", "” ” ’ ’"),
        ("tlh", "“ ” ‘ ’"),
    ],
)
def test_gives_the_marks_of_a_language(tag: str, marks: str) -> None:
    """A region or script may have its own; an unknown language has English ones."""
    given = quotation_marks(tag)
    parts = (given.opening, given.closing, given.inner_opening, given.inner_closing)
    assert " ".join(parts) == marks


@pytest.mark.parametrize(
    ("tag", "is_leftward"),
    [
        ("en", False),
        ("ar", True),
        ("he-IL", True),
        ("fa", True),
        ("az-Arab", True),
        ("uz-Latn", False),
        ("ar-Latn", False),
        ("ko", False),
    ],
)
def test_gives_the_direction_of_a_language(tag: str, is_leftward: bool) -> None:  # noqa: FBT001  a table's column
    """The script decides where the tag names one."""
    assert (text_direction(tag) is TextDirection.RIGHT_TO_LEFT) == is_leftward
