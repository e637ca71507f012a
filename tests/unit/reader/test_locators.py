"""Locators as people type them, and what is said about those that cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from manuscripts import GUIDE_OF_BOOKS, HEADER, problems_in_body, problems_of, read_part, read_session
from manuscripts_shown import show, show_flat

from studyguide.model.locator import Locator, LocatorLabel, LocatorRange, numeral_key, roman_numeral
from studyguide.reader.locators import LABELS, complete_numeral, parse_locator, write_ranges

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("p. 427", "page 427"),
        ("P. 427", "page 427"),
        ("p.427", "page 427"),
        ("p.\u00a0427", "page 427"),
        ("pp. 427-429, 431", "page 427-429, 431"),
        ("pp. 427–429", "page 427-429"),
        ("pp. 427 – 429", "page 427-429"),
        ("pp. 427-9", "page 427-429"),
        ("pp. 1427-31", "page 1427-1431"),
        ("p. xii", "page xii"),
        ("pp. xii-xv", "page xii-xv"),
        ("pp. xii-3", "page xii-3"),
        ("ch. 3", "chapter 3"),
        ("chap. 3", "chapter 3"),
        ("loc. 1204", "location 1204"),
        ("¶ 12", "paragraph 12"),
        ("¶12", "paragraph 12"),
        ("§ 4", "section 4"),
        ("§§ 4-6", "section 4-6"),
        ("§ 2.4", "section 2.4"),
        ("v. 3:16", "verse 3:16"),
        ("vv. 3:16-18", "verse 3:16-3:18"),
        ("vv. 3:16-4:2", "verse 3:16-4:2"),
    ],
)
def test_reads_a_locator(typed: str, read: str) -> None:
    """Every label of the format, ranges with hyphen or dash, abbreviated, listed, roman."""
    locator = parse_locator(typed)
    assert isinstance(locator, Locator)
    assert show_flat(locator).replace("+", ", ") == read


@pytest.mark.parametrize(
    "typed",
    [
        "10 min",
        "see above",
        "2021",
        "p",
        "p.",
        "p. above",
        "May 12",
        "v 3",
        "vol. 2",
        "fig. 3",
        "ca. 1900",
        "no. 5",
        "ii",
        "p. vvx",
    ],
)
def test_leaves_other_brackets_alone(tmp_path: Path, typed: str) -> None:
    """What stands in brackets and is no place in the book stays text, without a word about it."""
    assert show(read_part(tmp_path, f"The well ({typed}) holds\n")) == (
        f"FreePart\n  Paragraph content='The well ({typed}) holds'\n"
    )
    assert not problems_in_body(tmp_path, f"The well ({typed}) holds\n")


@pytest.mark.parametrize(
    ("typed", "label", "hint"),
    [
        ("pg. 12", "pg.", 'did you mean "p. 12"?'),
        ("pg 12", "pg", 'did you mean "p. 12"?'),
        ("page 12", "page", 'did you mean "p. 12"?'),
        ("pages 12-14", "pages", 'did you mean "pp. 12-14"?'),
        ("pág. 12", "pág.", 'did you mean "p. 12"?'),
        ("p 12", "p", 'did you mean "p. 12"?'),
        ("p12", "p", 'did you mean "p. 12"?'),
        ("chapter 3", "chapter", 'did you mean "ch. 3"?'),
        ("cap. 3", "cap.", 'did you mean "ch. 3"?'),
        ("location 120", "location", 'did you mean "loc. 120"?'),
        ("para. 4", "para.", 'did you mean "¶ 4"?'),
        ("sec. 4", "sec.", 'did you mean "§ 4"?'),
        ("verse 3:16", "verse", 'did you mean "v. 3:16"?'),
    ],
)
def test_names_the_label_that_was_meant(tmp_path: Path, typed: str, label: str, hint: str) -> None:
    """An unknown label is an error with its place and what to write."""
    sentence = f'unknown locator label "{label}", expected `p.`, `pp.`, `ch.`, `chap.`, `loc.`, `¶`, `§` or `v.`'
    problems = problems_in_body(tmp_path, f"The well ({typed}) holds\n")
    assert problems == [f"guide/sessions/01-well.md:8:11: error: {sentence}\n    hint: {hint}"]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("pp. 431-427", 'locator ends before it begins: "431-427"'),
        ("pp. 12-xii", 'locator ends before it begins: "12-xii"'),
        ("pp. 427-", 'this is not a place in the book: "pp. 427-"'),
        ("p. 427b", 'this is not a place in the book: "p. 427b"'),
        ("p. 12345678", 'this is not a place in the book: "p. 12345678"'),
        ("p. 4 and 5", 'this is not a place in the book: "p. 4 and 5"'),
    ],
)
def test_explains_a_locator_that_cannot_be_read(tmp_path: Path, typed: str, message: str) -> None:
    """A known label with something after it that is no place is an error."""
    (problem,) = problems_in_body(tmp_path, f"The well ({typed}) holds\n")
    assert problem.startswith(f"guide/sessions/01-well.md:8:11: error: {message}\n    hint: ")


def test_reads_references_in_running_text(tmp_path: Path) -> None:
    """References stand for their brackets, wherever they are, also over a line end."""
    body = "Wells (p. 427) and *rain (pp.\n429-430)* and \\(p. 431) and `(p. 432)` (see (p. 433))\n"
    assert show(read_part(tmp_path, body)) == (
        "FreePart\n"
        "  Paragraph content='Wells '+(page 427)+' and '+*'rain '+(page 429-430)*+' and (p. 431) and '"
        "+`(p. 432)`+' (see '+(page 433)+')'\n"
    )


def test_reads_a_reference_into_another_book(tmp_path: Path) -> None:
    """A citation names a book of the guide by its key; the default book needs none."""
    body = "Seeds [@sheds, pp. 12-14] and [@reader, p. 430]\n"
    assert show(read_part(tmp_path, body, guide=GUIDE_OF_BOOKS)) == (
        "FreePart\n  Paragraph content='Seeds '+(@sheds page 12-14)+' and '+(page 430)\n"
    )


def test_a_locator_alone_means_the_book_of_its_reading(tmp_path: Path) -> None:
    """Also under a quotation and in the heading; the guide's default book is named there, and after it meant again."""
    body = (
        "## Seeds (p. 3)\nBy Rosa Imaginary [@sheds, pp. 12-20]\n\nOne (p. 13), two [@reader, p. 430].\n\n"
        "> Three\n>\n> — p. 14\n\n## Notes\n\nFour (p. 431)\n"
    )
    reading, notes = read_session(tmp_path, body, guide=GUIDE_OF_BOOKS).parts
    shown = show(reading)
    assert "heading='Seeds '+(@sheds page 3)" in shown
    assert "'One '+(@sheds page 13)+', two '+(page 430)+'.'" in shown
    assert "@sheds page 14" in shown
    assert "'Four '+(page 431)" in show(notes)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("[@shed, p. 12]", 'error: unknown book "@shed"\n    hint: did you mean `sheds`?'),
        ("[@sheds, pg. 12]", 'error: unknown locator label "pg."'),
        ("[@sheds, twelve]", 'error: this is not a place in the book: "twelve"'),
        ("[@sheds, fig. 2]", 'error: unknown locator label "fig."'),
        ("[@sheds]", 'warning: this citation names no page: "[@sheds]"\n    hint: write it as in `[@sheds, p. 12]`'),
        ("[@sheds, p. 81]", 'warning: page 81 is outside the pages of "Seeds and sheds", 1-80'),
    ],
)
def test_explains_a_citation_that_cannot_be_read(tmp_path: Path, typed: str, message: str) -> None:
    """In a citation only a locator can stand, so anything else is said to be none."""
    (problem,) = problems_in_body(tmp_path, f"Seeds {typed}\n", guide=GUIDE_OF_BOOKS)
    assert problem.startswith("guide/sessions/01-well.md:8:7: " + message)


def test_a_citation_needs_books_with_keys(tmp_path: Path) -> None:
    """A guide of one book without a key is told how to name several."""
    (problem,) = problems_in_body(tmp_path, "Seeds [@sheds, p. 12]\n")
    assert 'unknown book "@sheds"\n    hint: give the guide\'s books keys under `books:` in guide.md' in problem


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("(p. 422)", "8:7: warning: page 422 is outside the pages of this session, 423-490"),
        ("(pp. 480-491)", "8:7: warning: pages 480-491 are outside the pages of this session, 423-490"),
        ("(pp. 424, 500, 501)", "8:7: warning: pages 500, 501 are outside the pages of this session, 423-490"),
        ("(p. xii)", "8:7: warning: page xii is outside the pages of this session, 423-490"),
    ],
)
def test_warns_of_a_page_outside_the_session(tmp_path: Path, typed: str, sentence: str) -> None:
    """A page that was not read is probably a slip; the warning has its line."""
    (problem,) = problems_in_body(tmp_path, f"Well {typed}\n")
    assert problem.startswith(f"guide/sessions/01-well.md:{sentence}")


def test_warns_of_a_page_outside_the_reading(tmp_path: Path) -> None:
    """Within a reading its own pages hold; after it those of the session again."""
    body = "## Keeping the well\nBy Rosa Imaginary, pp. 423-441\n\n- rota (p. 450)\n\n## Notes\n\n- rota (p. 450)\n"
    (problem,) = problems_in_body(tmp_path, body)
    assert problem.startswith(
        "guide/sessions/01-well.md:11:9: warning: page 450 is outside the pages of this reading, 423-441\n"
        "    hint: check the number, or the pages given"
    )


def test_chapters_and_verses_have_no_page_limits(tmp_path: Path) -> None:
    """Only pages are compared with pages."""
    assert not problems_in_body(tmp_path, "Well (ch. 900), (loc. 1), (¶ 999), (v. 1:1)\n")


def test_without_pages_in_the_header_the_book_is_the_limit(tmp_path: Path) -> None:
    """A session that names no pages may be about any page of the book."""
    header = HEADER.replace("pages: 423-490\n", "")
    (problem,) = problems_of(tmp_path, header + "Well (p. 12), (p. 561)\n")
    assert '7:16: warning: page 561 is outside the pages of "Commons Reader", 1-560' in problem


NUMBERS = st.integers(1, 3999)


@given(st.sampled_from(sorted(LABELS)), st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=4), st.booleans())
def test_every_written_locator_is_read_back(label: str, pairs: list[tuple[int, int]], is_roman: bool) -> None:  # noqa: FBT001  drawn
    """Ranges written out in full are read as they were, arabic or roman."""
    write = roman_numeral if is_roman else str
    ranges = tuple(LocatorRange(first=write(min(pair)), last=write(max(pair))) for pair in pairs)
    assert parse_locator(f"{label} {write_ranges(ranges)}") == Locator(label=LABELS[label], ranges=ranges)


@given(NUMBERS, NUMBERS)
def test_an_abbreviated_end_comes_after_the_beginning(first: int, digits: int) -> None:
    """Writing out an end never gives less than was typed, and ends with what was typed."""
    completed = complete_numeral(str(first), str(digits))
    assert completed.endswith(str(digits))
    assert int(completed) >= digits


@given(st.text(max_size=20))
def test_any_words_are_a_locator_a_problem_or_neither(words: str) -> None:
    """Whatever stands in brackets, the reader has an answer, and a locator can be sorted."""
    locator = parse_locator(words)
    if isinstance(locator, Locator):
        assert locator.label in LocatorLabel
        assert all(numeral_key(each.first) <= numeral_key(each.last) for each in locator.ranges)
