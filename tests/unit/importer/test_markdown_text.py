"""Words written as Markdown are read back as exactly these words, whatever Markdown would have made of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from studyguide.importer.cleaning import clean_words
from studyguide.importer.markdown_text import escape_opening, escape_words
from studyguide.importer.marked_markdown import write_markdown
from studyguide.importer.notes import Mark, MarkKind
from studyguide.model.blocks import (
    Block,
    CodeSpan,
    Emphasis,
    Footnote,
    Inline,
    Link,
    Paragraph,
    Reference,
    Strong,
    Text,
)
from studyguide.reader.blocks import read_blocks
from studyguide.reader.check_marks import take_marks
from studyguide.reader.context import FileContext, GuideFacts
from studyguide.reader.definitions import close_file, open_file
from studyguide.reader.fences import rewrite_fences
from studyguide.reader.source import clean_source

PATH = Path("sessions/01-well.md")

NASTY = (
    *("*", "**", "_", "__", "`", "```", "~~~", "\\", "\\\\", "[", "]", "(", ")", "!", "^", "<", ">", "|", "#", "##"),
    *("-", "--", "----", "+", "=", "==", "1.", "2)", "10.", ":::", "::: note", ":", ".", ",", "’", "“", "”", "{", "}"),
    *("[x]", "[x]: y", "[^1]", "[^1]: y", "^[note]", "[@key]", "![x](y)", "[x](y)", "[!quote]", "<b>", "&amp;"),
    *("<!-- check: x -->", "http://a.example/b_c_d", "https://a.example/x*y*", "http://a.example/(b)", "http://"),
    *("https://a.example/x].", "ana@a.example", "<ana@a.example>", "<http://a.example>", "www.a.example"),
    *("snake_case", "_emph_", "a*b*c", "\\begin{x}"),
    *("well", "Ana", "우물", "é", "7", "$x$", "By", " "),
)  # fmt: skip

TARGETS = ("https://example.org/w(x)", "mailto:ana@example.org", "http://a.example/b c")

nasty_words = st.lists(st.sampled_from(NASTY) | st.text(max_size=3), max_size=9).flatmap(
    lambda pieces: st.sampled_from(["", " "]).map(lambda joint: clean_words(joint.join(pieces)))
)


def read(markdown: str) -> tuple[tuple[Block, ...], FileContext]:
    """Read the body of a session as far as blocks."""
    source, problems = clean_source(markdown, PATH)
    assert problems == ()
    source, check_marks = take_marks(source, 1)
    source, fences = rewrite_fences(source, 1)
    assert (check_marks, fences) == ((), ())
    context = open_file(source, 1, GuideFacts(folder=Path(), language="en", books=()))
    blocks = read_blocks(context, context.markdown.blocks)
    close_file(context)
    return blocks, context


def read_paragraph(markdown: str) -> tuple[Inline, ...]:
    """Read Markdown that is one paragraph, without a problem."""
    blocks, context = read(escape_opening(markdown))
    assert context.problems == []
    assert len(blocks) == 1
    assert isinstance(blocks[0], Paragraph)
    return blocks[0].content


def words_of(inlines: tuple[Inline, ...], *, notes: bool = False) -> str:
    """Give the words of inlines; those of footnotes stand in brackets where they are wanted."""
    words: list[str] = []
    for each in inlines:
        match each:
            case Text() | CodeSpan():
                words.append(each.text)
            case Emphasis() | Strong() | Link():
                words.append(words_of(each.content, notes=notes))
            case Footnote():
                (paragraph,) = each.content
                assert isinstance(paragraph, Paragraph)
                words.append(f"⟦{words_of(paragraph.content)}⟧" if notes else "")
            case _:
                raise AssertionError(each)
    return "".join(words)


@given(nasty_words.filter(bool))
@example("a __init__ b")
@example("\\\\x and \\* and \\")
@example("^[note] and ^[x](y)")
@example("see <http://a.example> and xhttp://a_b_c/*x*")
@example("http://a.example/*well* and *rope*")
@example("~~~")
@example("::: facilitator")
@example("_ _ _")
@example("-- -")
@example("[http://a.example/x](y)")
@example("\\http://a.example/*")
@example("Well !")
def test_words_are_read_back_as_they_are(words: str) -> None:
    """Nothing becomes emphasis, link, note, reference, heading, list, fence or check mark; nothing is lost."""
    inlines = read_paragraph(escape_words(words))
    assert words_of(inlines) == words
    assert all(isinstance(each, Text | CodeSpan) or (isinstance(each, Link) and each.is_bare) for each in inlines)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a_b_c/(d)?e=f*g*h#i",
        "http://example.org/wells_and_ropes_",
        "https://example.org/x],[y",
        "https://en.example.org/wiki/Well_(water)",
    ],
)
def test_addresses_stay_whole(address: str) -> None:
    """An address is one link, whatever marks it holds, and what closes the sentence is not in it."""
    inlines = read_paragraph(escape_words(f"see ({address}), then *go*."))
    links = [each for each in inlines if isinstance(each, Link)]
    assert len(links) == 1
    assert address.startswith(words_of(links[0].content))
    assert words_of(inlines) == f"see ({address}), then *go*."


@pytest.mark.parametrize(
    "words",
    ["The well has a rota.", "p. 12 & more – 48-49", "Ana: yes!", "C# or F#", "a * b", "2 + 2 = 4", "«le puits»"],
)
def test_plain_words_are_left_alone(words: str) -> None:
    """A person who opens the file finds no backslash where none is needed."""
    assert escape_opening(escape_words(words)) == words


@st.composite
def marked_words(draw: st.DrawFn) -> tuple[str, tuple[Mark, ...]]:
    """Make words with stretches that are set off, anywhere."""
    words = draw(nasty_words.filter(bool))
    marks: list[Mark] = []
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(words)))
        end = draw(st.integers(start, len(words)))
        kind = draw(st.sampled_from(MarkKind))
        if kind is MarkKind.FOOTNOTE:
            marks.append(Mark(start=start, end=start, kind=kind, target=draw(nasty_words)))
        elif start < end:
            target = draw(st.sampled_from(TARGETS))
            marks.append(Mark(start=start, end=end, kind=kind, target=target if kind is MarkKind.LINK else ""))
    return words, tuple(marks)


@given(marked_words())
def test_set_off_words_are_read_back_as_they_are(marked: tuple[str, tuple[Mark, ...]]) -> None:
    """Emphasis, links and footnotes add and take no word; each footnote is there once."""
    words, marks = marked
    inlines = read_paragraph(write_markdown(words, marks))
    assert _bare(words_of(inlines)) == _bare(words)
    notes = sorted(_bare(each.target) for each in marks if each.kind is MarkKind.FOOTNOTE and each.target)
    assert sorted(_bare(each) for each in _list_notes(words_of(inlines, notes=True))) == notes


def _bare(words: str) -> str:
    """Leave spaces out, which edges of marks may move, and the address of a link that could only be told."""
    for target in TARGETS:
        words = words.replace(f" ({target})", "")
    return "".join(words.split())


def _list_notes(words: str) -> list[str]:
    return [each.split("⟧")[0] for each in words.split("⟦")[1:]]


def _mark(words: str, stretch: str, kind: MarkKind, target: str = "") -> Mark:
    start = words.index(stretch)
    return Mark(start=start, end=start + len(stretch), kind=kind, target=target)


def test_looks_are_written() -> None:
    """Emphasis, strong words, links and footnotes, in each other too."""
    words = "Ana said the well is ours, see the rota"
    marks = (
        _mark(words, "the well is ours", MarkKind.STRONG),
        _mark(words, "well", MarkKind.EMPHASIS),
        _mark(words, "the rota", MarkKind.LINK, "https://example.org/rota"),
        Mark(start=len(words), end=len(words), kind=MarkKind.FOOTNOTE, target="On the door [left]"),
    )
    assert write_markdown(words, marks) == (
        "Ana said **the *well* is ours**, see [the rota](https://example.org/rota)^[On the door \\[left\\]]"
    )


@pytest.mark.parametrize("place", [0, 3, 8])
def test_a_footnote_is_written_once_wherever_it_stands(place: int) -> None:
    """At the start, at the end of an emphasis, at the end of the line."""
    marks = (
        Mark(start=0, end=3, kind=MarkKind.EMPHASIS),
        Mark(start=place, end=place, kind=MarkKind.FOOTNOTE, target="who"),
    )
    assert write_markdown("Ana goes", marks).count("^[who]") == 1


def test_a_footnote_at_an_edit_is_kept() -> None:
    """A note at a page reference follows it."""
    mark = Mark(start=12, end=12, kind=MarkKind.FOOTNOTE, target="second edition")
    assert write_markdown("a rule P. 12", (mark,), {(6, 12): " (p. 12)"}) == "a rule (p. 12)^[second edition]"


def test_an_address_that_is_its_own_words_stays_bare() -> None:
    """Word processors make links of addresses; they are links without that."""
    words = "see https://example.org/a_b"
    mark = _mark(words, "https://example.org/a_b", MarkKind.LINK, "https://example.org/a_b")
    assert write_markdown(words, (mark,)) == words


def test_an_emphasis_that_markdown_cannot_see_is_dropped() -> None:
    """Marks inside a word, at a quotation mark, would be printed as asterisks."""
    words = "the “pail”s"
    assert write_markdown(words, (_mark(words, "“pail”", MarkKind.STRONG),)) == words


def test_edits_stand_in_the_place_of_words() -> None:
    """What recognition writes is Markdown already; marks keep what is left of them."""
    words = "“Nobody owns the rain” P. 12 he says"
    marks = (Mark(start=0, end=len(words), kind=MarkKind.EMPHASIS),)
    assert write_markdown(words, marks, {(22, 28): " (p. 12)"}) == "*“Nobody owns the rain”* (p. 12) *he says*"
    inlines = read_paragraph(write_markdown(words, (), {(22, 28): " (p. 12)"}))
    assert [type(each) for each in inlines] == [Text, Reference, Text]


@given(nasty_words, nasty_words)
def test_an_edit_changes_nothing_around_it(before: str, after: str) -> None:
    """Words on both sides of an edit are read back as they are."""
    words = f"a {before} {after} z"
    cut = len(before) + 2
    inlines = read_paragraph(write_markdown(words, (), {(cut, cut): " “and” "}))
    assert _bare(words_of(inlines)) == _bare(f"a{before}“and”{after}z")
