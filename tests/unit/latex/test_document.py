"""Lines of a body end before TeX's limit, and say the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studyguide.latex.document import LINE_BYTES, wrap_lines


def test_short_lines_stay_as_they_are() -> None:
    """Also empty ones and comments."""
    body = "\\begin{document}\n% a.md:3\n\nWater.\n"
    assert wrap_lines(body) == body


def test_a_comment_is_never_wrapped() -> None:
    """Its second line would be text."""
    comment = "% " + "long name " * 400
    assert wrap_lines(comment) == comment


@given(st.lists(st.text("ab水", min_size=1, max_size=60), max_size=300))
def test_long_lines_end_at_a_space(words: list[str]) -> None:
    """The words and their order stay; no line is longer than allowed."""
    wrapped = wrap_lines(" ".join(words))
    assert wrapped.replace("\n", " ") == " ".join(words)
    assert all(len(line.encode()) <= LINE_BYTES for line in wrapped.split("\n"))
