"""Lines of the body find their way back to the author's file, whatever the file is called."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from studyguide.artifacts import Origin
from studyguide.diagnostics import SourceSpan
from studyguide.latex.origins import OriginIndex

FOLDER = Path("guides/commons")


def span(name: str, line: int = 1) -> SourceSpan:
    """Give a place in a session file."""
    return SourceSpan(path=FOLDER / "sessions" / name, line=line)


def test_a_comment_shows_file_and_line() -> None:
    """The path starts at the guide's folder."""
    assert OriginIndex(FOLDER).mark(span("03-water.md", 12)).dumps() == "% sessions/03-water.md:12"


def test_a_file_outside_the_guide_is_shown_whole() -> None:
    """A path that does not start at the guide's folder stays as it is."""
    outside = SourceSpan(path=Path("shared/notes.md"), line=2)
    assert OriginIndex(FOLDER).mark(outside).dumps() == "% shared/notes.md:2"


def test_lines_of_a_body_are_found_again() -> None:
    """Each comment line is an origin; its line counts from 1."""
    index = OriginIndex(FOLDER)
    first, second = index.mark(span("a.md", 3)).dumps(), index.mark(span("a.md", 8)).dumps()
    body = f"\\begin{{document}}\n{first}\nWater.\n{second}\nRain.\n"
    assert index.find(body) == (Origin(line=2, span=span("a.md", 3)), Origin(line=4, span=span("a.md", 8)))


def test_a_comment_of_a_template_is_no_origin() -> None:
    """Only lines that the index has given count."""
    assert OriginIndex(FOLDER).find("% sessions/a.md:3\n") == ()


def test_two_files_that_look_the_same_are_told_apart() -> None:
    """What a comment cannot show is replaced; the second file's comment is marked."""
    index = OriginIndex(FOLDER)
    spans = (span("a%.md"), span("a$.md"))
    body = "\n".join(index.mark(each).dumps() for each in spans)
    assert tuple(origin.span for origin in index.find(body)) == spans


@given(st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=300))
def test_no_file_name_leaves_its_comment(name: str) -> None:
    """A name with line ends or TeX in it stays on one line behind the percent sign."""
    comment = OriginIndex(FOLDER).mark(span(name, 7)).dumps()
    assert comment.startswith("% ")
    assert comment.isprintable()
    assert len(comment.encode()) < 600


def test_very_long_names_are_shortened() -> None:
    """Their end, which says most, is kept."""
    comment = OriginIndex(FOLDER).mark(span("x" * 500 + "end.md")).dumps()
    assert comment.endswith("xend.md:1")
    assert len(comment) < 130
