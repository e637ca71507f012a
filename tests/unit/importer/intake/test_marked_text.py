"""Marks keep their places while the words around them are cleaned."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyguide.importer.cleaning import clean_words
from studyguide.importer.intake.marked_text import MarkedText, clean_with_places
from studyguide.importer.notes import Mark, MarkKind

NASTY = st.text(
    alphabet=" \t\u00a0\u200b\u00adab1é\u0301\u0323\u1112\u1161\u11abÅ\u212b\"'`“”‘’-–—().\x07\ufffd\u202a\u202cא漢",
    max_size=30,
)


def letters(text: str) -> str:
    """Give what cleaning never touches: letters and digits, decomposed and without their accents."""
    return "".join(each for each in unicodedata.normalize("NFD", text) if each.isalnum())


def marked(*pieces: str, kind: MarkKind = MarkKind.STRONG) -> tuple[str, list[str]]:
    """Clean pieces of which every second one is marked; give the words and what is marked in them."""
    text = MarkedText()
    for index, piece in enumerate(pieces):
        if index % 2:
            with text.mark(kind, ""):
                text.add(piece)
        else:
            text.add(piece)
    (line,) = text.lines()
    return line.words, [line.words[mark.start : mark.end] for mark in line.marks]


@given(NASTY, st.lists(st.integers(0, 30), max_size=8))
def test_places_part_the_clean_words_as_they_parted_the_raw_ones(raw: str, places: list[int]) -> None:
    """The letters before a place are the same before and after cleaning, and places keep their order."""
    inside = [min(place, len(raw)) for place in places]
    words, moved = clean_with_places(raw, inside)
    assert words == clean_words(raw)
    for place, new in zip(inside, moved, strict=True):
        assert 0 <= new <= len(words)
        before = letters(raw[:place])
        assert letters(words[:new]).startswith(before) or place_is_inside_a_character(raw, place)
    assert [new for _, new in sorted(zip(inside, moved, strict=True))] == sorted(moved)


def place_is_inside_a_character(raw: str, place: int) -> bool:
    """Whether a place parts what is one character once it is composed."""
    joined = unicodedata.normalize("NFC", raw[:place] + raw[place:])
    return len(joined) < len(unicodedata.normalize("NFC", raw[:place])) + len(unicodedata.normalize("NFC", raw[place:]))


@pytest.mark.parametrize(
    ("pieces", "words", "inside"),
    [
        (("The ", "well", " is kept"), "The well is kept", ["well"]),
        (("  The  ", " old  well ", "  is"), "The old well is", ["old well"]),
        (("He said ", '"mine"', " twice"), "He said “mine” twice", ["“mine”"]),
        (("a--", "b", "---c"), "a–b—c", ["b"]),
        (("cafe\u0301 ", "olé", " x"), "café olé x", ["olé"]),
        (("ab\u00ad\u200b", "cd", "ef"), "abcdef", ["cd"]),
        (("the ", "``old pail''", " is"), "the “old pail” is", ["“old pail”"]),
        (("a ", "\u00a0", " b"), "a b", []),
        (("a ", "b", " ", "c", " d"), "a b c d", ["b c"]),
    ],
)
def test_marks_follow_their_words(pieces: tuple[str, ...], words: str, inside: list[str]) -> None:
    """Spaces, quotation marks, dashes and accents move what stands after them, and marks with it."""
    seen, stretches = marked(*pieces)
    assert stretches == inside
    assert seen == words


def test_a_mark_goes_on_over_a_line_end() -> None:
    """Each of the lines has its share of it."""
    text = MarkedText()
    text.add("see ")
    with text.mark(MarkKind.LINK, "https://example.org/"):
        text.add("the old")
        text.break_line()
        text.add("well")
    first, second = text.lines()
    assert (first.words, second.words) == ("see the old", "well")
    assert first.marks == (Mark(start=4, end=11, kind=MarkKind.LINK, target="https://example.org/"),)
    assert second.marks == (Mark(start=0, end=4, kind=MarkKind.LINK, target="https://example.org/"),)


def test_a_footnote_stands_behind_its_word() -> None:
    """Its stretch is empty, its words are clean."""
    text = MarkedText()
    text.add('the  "well"')
    text.add_footnote("see  the rota ")
    text.add(" is")
    (line,) = text.lines()
    assert line.marks == (Mark(start=10, end=10, kind=MarkKind.FOOTNOTE, target="see the rota"),)
    assert line.words == "the “well” is"


def test_a_footnote_without_a_word_is_a_line() -> None:
    """Nothing is lost when a paragraph is only a footnote."""
    text = MarkedText()
    text.add_footnote("see the rota")
    (line,) = text.lines()
    assert (line.words, line.marks) == ("see the rota", ())


def test_what_is_marked_twice_is_marked_once() -> None:
    """Strong words in strong words are strong words."""
    text = MarkedText()
    with text.mark(MarkKind.STRONG):
        text.add("the ")
        with text.mark(MarkKind.STRONG), text.mark(MarkKind.EMPHASIS):
            text.add("well")
    (line,) = text.lines()
    assert [(mark.kind, line.words[mark.start : mark.end]) for mark in line.marks] == [
        (MarkKind.STRONG, "the well"),
        (MarkKind.EMPHASIS, "well"),
    ]


def test_a_remark_stands_at_its_line() -> None:
    """A comment on the second line of a paragraph is not one on the first."""
    text = MarkedText()
    text.add("one")
    text.break_line()
    text.add("two")
    text.add_remark("Why  two?", "Ana")
    first, second = text.lines()
    assert first.remarks == ()
    assert [(each.words, each.author) for each in second.remarks] == [("Why two?", "Ana")]


def test_many_marks_take_no_time() -> None:
    """Fifty thousand marks and line ends in one paragraph are read in one go."""
    text = MarkedText()
    for _ in range(50_000):
        with text.mark(MarkKind.STRONG):
            text.add('"a"')
        text.add("  b ")
        text.break_line()
    lines = text.lines()
    assert len(lines) == 50_000
    assert lines[-1].words[lines[-1].marks[0].start : lines[-1].marks[0].end] == "“a”"
