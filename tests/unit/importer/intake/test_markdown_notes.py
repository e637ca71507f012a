"""Markdown of any tool becomes notes that know the line they stand in."""

from __future__ import annotations

import pytest

from studyguide.errors import NotesError
from studyguide.importer.intake.markdown_notes import MOST_BRACKETS, read_markdown_notes
from studyguide.importer.notes import LineKind, NoteLine, Notes


def show_kinds(notes: Notes) -> list[tuple[int, str, str]]:
    """Show number, kind and words of all lines."""
    return [(line.number, line.kind.value, line.words) for line in notes.lines]


def show_items(notes: Notes) -> list[tuple[int, int, str, str, str]]:
    """Show number, depth, bullet, label and words of all lines."""
    return [(line.number, line.depth, line.bullet.value, line.label, line.words) for line in notes.lines]


def show_losses(notes: Notes) -> list[tuple[int, str, str]]:
    """Show what could not be kept."""
    return [(loss.number, loss.what, loss.words) for loss in notes.losses]


def show_marks(line: NoteLine) -> list[tuple[str, str, str]]:
    """Show the marked words of a line."""
    return [(line.words[mark.start : mark.end], mark.kind.value, mark.target) for mark in line.marks]


def test_lines_are_counted_as_in_the_file() -> None:
    """A person finds each line where the report says."""
    notes = read_markdown_notes("# Wells\n\nIt is kept.\n\n\n- by turns\n  1. Ana\n  2. Ben\n\n> Draw.\n\n---\n")
    assert notes.unit == "line"
    assert show_kinds(notes) == [
        (1, "heading", "Wells"),
        (3, "text", "It is kept."),
        (6, "text", "by turns"),
        (7, "text", "Ana"),
        (8, "text", "Ben"),
        (10, "quote", "Draw."),
        (12, "rule", ""),
    ]


def test_lists_keep_depth_and_numbers() -> None:
    """A number is the one that is typed first, counted on."""
    notes = read_markdown_notes("- pail\n  - rope\n\n    more rope\n- lid\n\n3) Ana\n4) Ben\n")
    assert show_items(notes) == [
        (1, 1, "point", "", "pail"),
        (2, 2, "point", "", "rope"),
        (4, 2, "none", "", "more rope"),
        (5, 1, "point", "", "lid"),
        (7, 1, "number", "3", "Ana"),
        (8, 1, "number", "4", "Ben"),
    ]
    assert [line.words for line in notes.lines if line.opens_list] == ["pail", "Ana"]


def test_a_line_that_had_room_for_the_next_word_was_ended_on_purpose() -> None:
    """A wrapped paragraph is put together, an address or a list of names is not."""
    wrapped = "The well is kept by the people who draw from it, and\ntheir rules are made where they meet."
    notes = read_markdown_notes(f"{wrapped}\n\nBranch library\nroom 2\n\nFirst line,  \nsecond line\\\nthird line\n")
    assert show_kinds(notes) == [
        (1, "text", wrapped.replace("\n", " ")),
        (4, "text", "Branch library"),
        (5, "text", "room 2"),
        (7, "text", "First line,"),
        (8, "text", "second line"),
        (9, "text", "third line"),
    ]


def test_typed_bullets_begin_a_line() -> None:
    """Letters and drawn points are no lists of Markdown, but lines they are."""
    notes = read_markdown_notes(f"{'words ' * 12}\na) {'first ' * 12}\n• {'second ' * 12}\n")
    assert [line.number for line in notes.lines] == [1, 2, 3]


def test_marks_links_and_footnotes() -> None:
    """A footnote stands in its text, wherever its words are; a note that nobody refers to stays."""
    notes = read_markdown_notes(
        "The *old* **well**[^a] on [the map][m]^[see it] <https://e.org>\n\n[^a]: See *the* rota.\n\n[^b]: alone\n\n"
        "[m]: https://example.org/map\n[n]: https://example.org/unused 'Old'\n"
    )
    assert notes.lines[0].words == "The old well on the map https://e.org"
    assert show_marks(notes.lines[0]) == [
        ("old", "emphasis", ""),
        ("well", "strong", ""),
        ("", "footnote", "See the rota."),
        ("the map", "link", "https://example.org/map"),
        ("", "footnote", "see it"),
        ("https://e.org", "link", "https://e.org"),
    ]
    assert show_kinds(notes)[1:] == [(5, "text", "alone")]
    assert show_losses(notes) == [
        (5, "a footnote that nothing refers to", "[^b]"),
        (8, "an address that no link uses", "[n]: https://example.org/unused Old"),
    ]


def test_boxes_of_hackmd_keep_their_words() -> None:
    """The fences go, what stands beside one stays; in code they are code."""
    notes = read_markdown_notes(":::info\nBring a pail.\n:::\n\n:::spoiler Who pays\nAll.\n:::\n\n```\n:::info\n```\n")
    assert show_kinds(notes) == [
        (2, "text", "Bring a pail."),
        (5, "text", "Who pays"),
        (6, "text", "All."),
        (10, "code", ":::info"),
    ]


def test_headers_of_other_tools_give_title_and_date() -> None:
    """All other fields are reported."""
    notes = read_markdown_notes(
        '---\ntitle: "Wells: who keeps them"\ntags: [water, rota]\npeople:\n  - Ana\n  - Ben\n'
        "date: 2026-05-12\n---\n\nIt.\n"
    )
    assert show_kinds(notes) == [
        (2, "heading", "Wells: who keeps them"),
        (7, "text", "2026-05-12"),
        (10, "text", "It."),
    ]
    assert notes.lines[0].level == 1
    assert show_losses(notes) == [
        (3, "a field of the file's header", "tags: water, rota"),
        (4, "a field of the file's header", "people: Ana, Ben"),
    ]


def test_a_rule_at_the_start_is_no_header() -> None:
    """Only fields make a header."""
    notes = read_markdown_notes("---\n\nIt is kept.\n\n---\n")
    assert show_kinds(notes) == [(1, "rule", ""), (3, "text", "It is kept."), (5, "rule", "")]


def test_html_loses_its_tags_and_keeps_its_words() -> None:
    """What only looks like a tag is words; what is hidden is reported."""
    notes = read_markdown_notes(
        "one<br>two <b>bold</b> <Ana> a < b <!-- later -->\n\n<details><summary>Rota</summary>\n<p>Ana &amp; Ben</p>\n"
        '<img src="a.png" alt="a pail"></details>\n\n<script>\nvar pail = 1\n</script>\n'
    )
    assert [line.words for line in notes.lines] == ["one", "two bold <Ana> a < b", "Rota", "Ana & Ben"]
    assert show_losses(notes) == [(1, "a hidden remark", "later"), (3, "a picture", "a pail")]


def test_tex_and_citations_are_words() -> None:
    """Nothing is interpreted that Markdown itself does not know."""
    words = r"\alpha and $x^2$ and [@rosa, p. 4] and H~2~O and ==deep== and :smile:"
    assert [line.words for line in read_markdown_notes(words).lines] == [words]


def test_tables_code_and_pictures() -> None:
    """Rows have cells, code is as typed, a picture is reported."""
    notes = read_markdown_notes(
        '| who | turn |\n|---|---|\n| *Ana* | |\n\n```sh\ndraw  "x"\n```\n\n![a pail](p.png) ~~old~~\n'
    )
    assert [(line.number, line.kind, line.words, line.cells) for line in notes.lines] == [
        (1, LineKind.ROW, "who turn", ("who", "turn")),
        (3, LineKind.ROW, "Ana", ("Ana", "")),
        (6, LineKind.CODE, 'draw  "x"', ()),
        (9, LineKind.TEXT, "old", ()),
    ]
    assert show_losses(notes) == [(9, "a picture", "a pail"), (9, "struck out words", "old")]


def test_chinese_and_japanese_are_written_together() -> None:
    """A line end between two of their characters is no space."""
    line = "水井由取水的人看守" * 6
    assert [each.words for each in read_markdown_notes(f"{line}\n{line}").lines] == [line * 2]


@pytest.mark.parametrize("text", ["".join(f"{'  ' * level}- x\n" for level in range(400)), ">" * 10_000 + " x"])
def test_refuses_lists_that_nobody_typed(text: str) -> None:
    """Beyond a hundred levels the file is refused, and nothing is left out without a word."""
    with pytest.raises(NotesError) as refused:
        read_markdown_notes(text)
    assert refused.value.message == "the lists are nested too deep to be read as notes"


def test_refuses_very_many_brackets() -> None:
    """Looking for what each closes would take too long."""
    with pytest.raises(NotesError) as refused:
        read_markdown_notes("[" * (MOST_BRACKETS + 1))
    assert refused.value.message == "the notes hold more than 100,000 brackets"
