"""Lines of TeX's log become messages on the author's lines."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tex_documents import span_of, tex_document

from studyguide.diagnostics import Severity, SourceSpan
from studyguide.engine.log import read_log, span_at

DOCUMENT = tex_document("first\nsecond 水\nthird")
START = "This is LuaHBTeX\n(./driver.tex\n(./body.tex\n"


def log_of(text: str) -> bytes:
    """Put lines after the point where the body has been opened."""
    return f"{START}{text}\n".encode()


def test_a_healthy_log_says_nothing_but_the_number_of_pages() -> None:
    """Only pages are counted."""
    report = read_log(log_of("Output written on doc.pdf (12 pages, 70584 bytes)."), DOCUMENT)
    assert (report.errors, report.warnings, report.lacking, report.class_trouble) == ((), (), "", "")
    assert report.page_count == 12


def test_an_error_gives_the_authors_line_and_tex_own_words_last() -> None:
    """The line of the body leads to the line of the author."""
    report = read_log(
        log_of(
            "./body.tex:3: Undefined control sequence.\nl.3 second \\nonsense\n   here\n./body.tex:3:  ==> Fatal error"
        ),
        DOCUMENT,
    )
    (problem,) = report.errors
    assert problem.span == span_of(3)
    assert problem.severity is Severity.ERROR
    assert problem.message == "the class does not know a command that is used here"
    assert problem.hint == ("mend the class or template; TeX says: Undefined control sequence, at: second \\nonsense")


def test_an_error_inside_a_file_of_the_class_is_put_where_the_body_was() -> None:
    """What a font or package says while the body is read is found at the place that TeX gives up at."""
    report = read_log(
        log_of("/fonts/x.lua:12: attempt to index a nil value\nl.4 third\n./body.tex:4:  ==> Fatal error occurred, no"),
        DOCUMENT,
    )
    (problem,) = report.errors
    assert problem.span == span_of(4)
    assert "TeX says: attempt to index a nil value, at: third" in problem.hint


def test_an_error_before_the_body_is_the_classes() -> None:
    """It names the file and line of the class, and no line of the author."""
    report = read_log(
        b"(./driver.tex (/classes/studyguide.cls\n/classes/studyguide.cls:45: Missing number.\nl.45 \\kern\n", DOCUMENT
    )
    assert report.errors == ()
    assert report.class_trouble == "studyguide.cls:45: Missing number, at: \\kern"


def test_an_emergency_stop_without_a_line_is_put_at_the_beginning() -> None:
    """A body that simply ends has no line of its own."""
    report = read_log(log_of("! Emergency stop.\n<*> driver.tex\n!  ==> Fatal error occurred, no output"), DOCUMENT)
    assert [each.span for each in report.errors] == [span_of(1)]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("./driver.tex:2: LaTeX Error: File `nowhere.sty' not found.", "TeX lacks the file `nowhere.sty`"),
        (
            "./body.tex:1: Font \\TU/q/m/n/10=[Nowhere-Regular.ttf]:mode=node at 10pt not loadable: no metric data.",
            "TeX lacks the font `Nowhere-Regular.ttf`",
        ),
    ],
)
def test_what_is_not_installed_is_named(line: str, sentence: str) -> None:
    """A missing package and a missing font."""
    assert read_log(log_of(line), DOCUMENT).lacking == sentence


def test_a_file_that_the_text_names_is_not_taken_for_a_missing_package() -> None:
    """Only files of TeX send the author to the doctor."""
    report = read_log(log_of("! LaTeX Error: File `/etc/passwd.tex' not found.\nl.2 x"), DOCUMENT)
    assert report.lacking == ""


def test_a_missing_character_is_an_error_where_it_stands() -> None:
    """TeX names no line for it; the body is searched."""
    report = read_log(log_of("Missing character: There is no 水 (U+6C34) in font [Vollkorn-Regular.ttf]!"), DOCUMENT)
    (problem,) = report.errors
    assert problem.span == span_of(3)
    assert problem.message == ('no font that is used here has the character "水" (U+6C34, cjk unified ideograph-6c34)')


def test_a_character_that_is_missing_often_is_said_once() -> None:
    """The same message is not repeated."""
    line = "Missing character: There is no 水 (U+6C34) in font [Vollkorn-Regular.ttf]!"
    assert len(read_log(log_of(f"{line}\n{line}"), DOCUMENT).errors) == 1


def test_an_author_who_quotes_a_log_raises_no_alarm() -> None:
    """TeX shows the text of a line that is too wide: that is the author's, not TeX's."""
    report = read_log(
        log_of(
            "Overfull \\hbox (9.0pt too wide) in paragraph at lines 2--3\n"
            "\\TU/commons/m/n/10 Missing character: There is no x (U+0078) in font\n []"
        ),
        DOCUMENT,
    )
    assert report.errors == ()


@pytest.mark.parametrize(
    ("place", "line"),
    [("in paragraph at lines 3--4", 3), ("in alignment at lines 2--4", 2), ("detected at line 4", 4)],
)
def test_a_line_that_is_too_wide_is_told_in_millimetres(place: str, line: int) -> None:
    """Paragraphs, tables and boxes; the end of the line is quoted."""
    report = read_log(
        log_of(f"Overfull \\hbox (9.0pt too wide) {place}\n[][]\\TU/commons/m/n/10 a Don-au-dampf-schiff\n []"),
        DOCUMENT,
    )
    (problem,) = report.warnings
    assert problem.span == span_of(line)
    assert problem.message == 'a line is too wide by 3.2 mm: "a Don-au-dampf-schiff"'
    assert problem.hint == "divide or replace a long word, or change the words around it"


def test_glyphs_without_a_letter_are_not_quoted() -> None:
    """Small capitals come as private characters, which nobody can read."""
    shown = "\n\\TU/commons/m/sc/10 \U000f0b02\U000f0400: said so\n []"
    report = read_log(log_of(f"Overfull \\hbox (9.0pt too wide) in paragraph at lines 2--3{shown}"), DOCUMENT)
    assert report.warnings[0].message == 'a line is too wide by 3.2 mm: "said so"'


@pytest.mark.parametrize("points", ["0.5", "1.0"])
def test_a_line_that_is_hardly_too_wide_is_fine(points: str) -> None:
    """What nobody sees is not reported: up to one point."""
    report = read_log(log_of(f"Overfull \\hbox ({points}pt too wide) in paragraph at lines 3--4"), DOCUMENT)
    assert report.warnings == ()


def test_what_is_too_high_is_told_even_without_a_line() -> None:
    """TeX finds out only when the page is full."""
    report = read_log(log_of("Overfull \\vbox (72.27pt too high) has occurred while \\output is active []"), DOCUMENT)
    assert [each.message for each in report.warnings] == ["something here is higher than its page by 25.4 mm"]


def test_an_unknown_reference_is_a_warning() -> None:
    """The anchor is named on the line that refers to it."""
    report = read_log(log_of("LaTeX Warning: Reference `s1.r9' on page 1 undefined on input line 4."), DOCUMENT)
    assert [(each.span, each.message) for each in report.warnings] == [(span_of(4), 'the page of "s1.r9" is not known')]


def test_bytes_that_are_no_text_do_not_stop_the_reading() -> None:
    """They are shown as U+FFFD."""
    report = read_log(START.encode() + b"./body.tex:2: Strange \xff thing.\n", DOCUMENT)
    assert "Strange \ufffd thing" in report.errors[0].hint


def test_a_document_without_origins_is_named_itself() -> None:
    """There is always something to point at."""
    assert span_at(replace(DOCUMENT, origins=()), 7) == SourceSpan(path=Path("commons-03-water"))


@pytest.mark.parametrize(("body_line", "expected"), [(0, 1), (1, 1), (3, 3), (5, 5), (99, 5)])
def test_a_line_belongs_to_the_last_origin_above_it(body_line: int, expected: int) -> None:
    """Lines before the first origin belong to the first."""
    assert span_at(DOCUMENT, body_line) == span_of(expected)
