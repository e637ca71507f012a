"""Straight quotation marks and apostrophes become those of the language; what was typed curved stays.

Comes in: text with stand-ins beside the text as typed, or a title. Goes out: the text as it is printed.
Left to others: which straight mark opens and which closes (`markdown_rules`), the marks themselves (`model.language`).
"""

from __future__ import annotations

from functools import lru_cache

from studyguide.model.language import quotation_marks
from studyguide.reader.markdown import mark_title
from studyguide.reader.markdown_rules import STAND_INS


def curve_quotes(typed: str, marked: str, language: str) -> str:
    """Write the language's marks where `marked` has a stand-in and a straight mark was typed."""
    if typed == marked:
        return typed
    marks = _marks_of(language)
    return "".join(
        marks.get(mark, mark) if character != mark else character for character, mark in zip(typed, marked, strict=True)
    )


def curve_title(title: str, language: str) -> str:
    """Set the quotation marks of a text that holds no Markdown, such as a title."""
    return curve_quotes(title, mark_title(title), language)


@lru_cache(maxsize=8)
def _marks_of(language: str) -> dict[str, str]:
    marks = quotation_marks(language)
    parts = (marks.opening, marks.closing, marks.inner_opening, marks.inner_closing)
    return dict(zip(STAND_INS, parts, strict=True))
