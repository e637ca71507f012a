"""Words read well when a page reference has gone to the margin."""

from __future__ import annotations

import pytest
from models import emphasis, line_break, reference, words

from studyguide.latex.snippets import plain_text
from studyguide.latex.tidy import tidy
from studyguide.model.blocks import Inline, Reference


def read(content: tuple[Inline, ...]) -> str:
    """Give the words of tidied inlines, with `^` where a reference stands."""
    return "".join("^" if isinstance(each, Reference) else plain_text((each,)) for each in tidy(content))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (words("who draw from it ", reference("427"), "."), "who draw from it^."),
        (words("who draw ", reference("427"), " from it"), "who draw^ from it"),
        (words("who draw ", reference("427"), " ", reference("430"), ", then"), "who draw^^, then"),
        (words(reference("427"), " Who draws"), "^Who draws"),
        (words(emphasis("who draws"), " ", reference("427")), "who draws^"),
        (words("  who draws "), "who draws"),
        (words("who draws", line_break(), reference("427")), "who draws^"),
        (words(line_break(), "who", line_break()), "who"),
        (words("who", line_break(), "draws"), "who draws"),
        (words(" "), ""),
        ((), ""),
    ],
)
def test_no_blank_is_left_where_a_reference_stood(content: tuple[Inline, ...], expected: str) -> None:
    """The blank before the bracket goes, blanks and breaks at the ends go."""
    assert read(content) == expected


def test_a_reference_inside_emphasis_takes_the_blank_before_it_too() -> None:
    """The blank stands outside the emphasis, the reference inside."""
    first, second = tidy(words("who draws ", emphasis(reference("427"), " from it")))
    assert plain_text((first,)) == "who draws"
    assert plain_text((second,)) == " from it"
