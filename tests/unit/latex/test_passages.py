"""The index of quotes is sorted as a reader looks for words."""

from __future__ import annotations

from studyguide.latex.passages import collation_key


def test_marks_case_and_accents_do_not_count() -> None:
    """A reader looks for the first letter."""
    written = ["«Érase una vez»", "“a ladle”", "Zeal", "‘every rota’", "… and so on", "가을", "«Entonces»"]
    assert sorted(written, key=collation_key) == [
        "“a ladle”",
        "… and so on",
        "«Entonces»",
        "«Érase una vez»",
        "‘every rota’",
        "Zeal",
        "가을",
    ]


def test_a_text_without_letters_can_be_sorted() -> None:
    """It comes first."""
    assert sorted(["a", "!?", ""], key=collation_key) == ["", "!?", "a"]
