"""A pull quote's own marks go, because the page hangs them."""

from __future__ import annotations

import pytest
from models import attribution, bullets, emphasis, pages, paragraph, reference, words

from studyguide.latex.quotes import who_said, without_outer_marks
from studyguide.latex.snippets import block_text
from studyguide.model.blocks import Paragraph


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("“What one village can close.”", "What one village can close."),
        ('"What one village can close."', "What one village can close."),
        ("«\u202fCe qu’un village ferme\u202f»", "Ce qu’un village ferme"),
        ("„Was ein Dorf schließt“", "Was ein Dorf schließt"),
        ("「水」", "水"),
        ("‘It’s ours’", "It’s ours"),
        ("“Ours”.", "Ours."),
        ("“Close” and “open”", "“Close” and “open”"),
        ('"Close" and "open"', '"Close" and "open"'),
        ("“Close the “big” gate”", "Close the “big” gate"),
        ("Nobody said “no”", "Nobody said “no”"),
        ("“", "“"),
        ("", ""),
    ],
)
def test_marks_around_a_whole_quotation_go(written: str, expected: str) -> None:
    """Marks of any language, but only a pair that encloses everything."""
    assert block_text(without_outer_marks((paragraph(written),))) == expected


def test_marks_go_across_paragraphs() -> None:
    """The first paragraph opens, the last one closes."""
    content = (paragraph("“One village."), paragraph("Two villages.”"))
    assert block_text(without_outer_marks(content)) == "One village. Two villages."


def test_marks_go_inside_emphasis_and_before_a_reference() -> None:
    """The marks may be emphasised with the words, and a reference may follow them."""
    (stripped,) = without_outer_marks((paragraph(emphasis("“One village”"), " ", reference("430")),))
    assert isinstance(stripped, Paragraph)
    assert stripped.content == words(emphasis("One village"), " ", reference("430"))


def test_marks_stay_when_the_quotation_ends_in_a_list() -> None:
    """There is no last run of text to take the closing mark from."""
    content = (paragraph("“One"), bullets((paragraph("two”"),)))
    assert without_outer_marks(content) == content


def test_an_attribution_is_told_without_the_comma_before_its_locator() -> None:
    """What is implied is empty."""
    said = (attribution("Ana Writer, ", emphasis("Wells"), ", ", locator=pages("430")), attribution(), None)
    assert [who_said(each) for each in said] == ["Ana Writer, Wells", "", ""]
