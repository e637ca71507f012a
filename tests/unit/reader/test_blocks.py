"""Blocks: lists of any depth and kind, tables, code, breaks, and masses that no session has."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from manuscripts import PNG, problems_in_body, read_part, read_session
from manuscripts_shown import show

from studyguide.model.blocks import ListBlock, Paragraph
from studyguide.reader.markdown import DEEPEST_NESTING

if TYPE_CHECKING:
    from pathlib import Path


def blocks_of(folder: Path, body: str) -> str:
    """Show the blocks of a body of one free part, without its first line."""
    shown = show(read_part(folder, dedent(body)))
    assert shown.startswith("FreePart\n")
    return dedent(shown.removeprefix("FreePart\n"))


def test_reads_seven_levels_of_lists_in_four_kinds(tmp_path: Path) -> None:
    """Bullets of every mark and numbers of both marks nest in each other, tight and loose."""
    body = """\
        - one
          1. two
             * three
               1) four
                  + five

                    - six

                      10. seven
        """
    (block,) = read_part(tmp_path, dedent(body)).content
    kinds: list[tuple[int | None, bool]] = []
    while isinstance(block, ListBlock):
        kinds.append((block.start, block.is_tight))
        (item,) = block.items
        first, *rest = item.content
        assert isinstance(first, Paragraph)
        block = rest[0] if rest else first
    assert kinds == [(None, True), (1, True), (None, True), (1, True), (None, False), (None, False), (10, True)]


def test_numbers_start_where_the_author_starts(tmp_path: Path) -> None:
    """A list may start anywhere; its items count on from there."""
    assert blocks_of(tmp_path, "7. seven\n7. eight\n") == (
        "ListBlock start=7 is_tight=True\n"
        "  ListItem\n    Paragraph content='seven'\n"
        "  ListItem\n    Paragraph content='eight'\n"
    )


def test_a_loose_list_is_told_from_a_tight_one(tmp_path: Path) -> None:
    """Blank lines between items are the author's."""
    assert "is_tight=False" in blocks_of(tmp_path, "- a\n\n- b\n")
    assert "is_tight=True" in blocks_of(tmp_path, "- a\n- b\n")


def test_reads_items_of_several_blocks(tmp_path: Path) -> None:
    """An item holds paragraphs, quotes and code; an empty one holds nothing."""
    body = """\
        - one

          more

          > quoted

              code
        -
        """
    assert blocks_of(tmp_path, body) == (
        "ListBlock is_tight=False\n"
        "  ListItem\n"
        "    Paragraph content='one'\n"
        "    Paragraph content='more'\n"
        "    Quotation\n"
        "      Paragraph content='quoted'\n"
        "    CodeBlock text=code\n"
        "  ListItem\n"
    )


def test_reads_a_table_with_ragged_rows(tmp_path: Path) -> None:
    """Short rows are filled with empty cells; cells hold any inlines."""
    body = """\
        | Who | *When* | Bucket |
        |:----|:------:|------:|
        | Ana | May (p. 430) | 1 \\| 2 |
        | Ben |
        """
    assert blocks_of(tmp_path, body) == (
        "Table alignments=start+centre+end head='Who'+*'When'*+'Bucket' rows='Ana'+'May '+(page 430)+'1 | 2'+'Ben'++\n"
    )


def test_a_row_with_too_many_cells_is_an_error(tmp_path: Path) -> None:
    """A cell without a column would be lost."""
    (problem,) = problems_in_body(tmp_path, "| a |\n|---|\n| b | c |\n")
    assert problem == (
        "guide/sessions/01-well.md:10:1: error: this row has 2 cells, the table has 1 column\n"
        "    hint: give the further column a heading, or write `\\|` for a bar in the text"
    )


def test_reads_code_as_typed(tmp_path: Path) -> None:
    """Fenced and indented code keeps its spaces, marks and empty lines."""
    body = "```python\nif a:\n    *b*\n\n  \n```\n\n    indented\n"
    assert show(read_part(tmp_path, body)) == (
        "FreePart\n  CodeBlock text=if a:\n    *b*\n\n  \n  CodeBlock text=indented\n"
    )


def test_reads_breaks_and_topics(tmp_path: Path) -> None:
    """A thematic break, and headings below the parts, each with its level."""
    assert blocks_of(tmp_path, "a\n\n---\n\n### Topic *one*\n\n###### Deep\n") == (
        "Paragraph content='a'\nThematicBreak\nTopic level=3 content='Topic '+*'one'*\nTopic level=6 content='Deep'\n"
    )


def test_every_block_has_its_place(tmp_path: Path) -> None:
    """Blocks that open on one line each have their own column."""
    (quotation,) = read_part(tmp_path, "> 3. - well\n>      > rain\n").content
    assert places(quotation) == [
        ("Quotation", 8, 1),
        ("ListBlock", 8, 3),
        ("ListItem", 8, 3),
        ("ListBlock", 8, 6),
        ("ListItem", 8, 6),
        ("Paragraph", 8, 8),
        ("Quotation", 9, 8),
        ("Paragraph", 9, 10),
    ]


def places(block: object) -> list[tuple[str, int, int]]:
    """List a block and the blocks in it with their places."""
    found = [(type(block).__name__, block.span.line, block.span.column)] if hasattr(block, "span") else []
    for name in ("items", "content"):
        for each in getattr(block, name, ()):
            if type(each).__name__ not in {"Text", "Reference"}:
                found.extend(places(each))
    return found


def test_warns_of_a_list_that_markdown_does_not_see(tmp_path: Path) -> None:
    """A numbered line under a sentence is a list only when it starts with 1."""
    (problem,) = problems_in_body(tmp_path, "- well\n  2. rain\n\n  3. snow\n")
    assert problem == (
        "guide/sessions/01-well.md:9:3: warning: this line is read as part of the sentence before it\n"
        "    hint: leave a blank line before a list that does not start with 1"
    )


@pytest.mark.parametrize("mark", ["> ", "- ", "1. ", "> - ", "* > "])
def test_a_nesting_bomb_is_an_error_with_its_line(tmp_path: Path, mark: str) -> None:
    """A thousand lists and quotes in each other end in a sentence, not in Python's stack."""
    (problem,) = problems_in_body(tmp_path, "well\n\n" + mark * 1000 + "deep\n")
    assert problem == (
        f"guide/sessions/01-well.md:10:1: error: lists and quotes are nested too deep\n"
        f"    hint: at most {DEEPEST_NESTING} lists stand in each other: start a new list, or a new part"
    )


def test_nesting_up_to_the_limit_is_read(tmp_path: Path) -> None:
    """What is allowed is read to its last word."""
    body = "".join("  " * depth + f"- level {depth}\n" for depth in range(DEEPEST_NESTING))
    assert f"level {DEEPEST_NESTING - 1}" in show(read_part(tmp_path, body))


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (
            "word " * 19 + "\n" + ("word " * 18 + "\n") * 1200,
            "8:1: error: this paragraph has more than 100,000 characters",
        ),
        ("[" * 10_001, "8:1: error: the file has more than 10,000 times the mark `[`"),
        (
            "* a\n" * 10 + "*a " * 13_000 + "\n\n" + "*a " * 30_000,
            "8:1: error: the file has more than 40,000 times the mark `*`",
        ),
    ],
)
def test_masses_are_refused_before_they_take_time(tmp_path: Path, body: str, problem: str) -> None:
    """What no session has, and what would keep a computer busy, is refused with its place."""
    (found,) = problems_in_body(tmp_path, body + "\n")
    assert found.startswith(f"guide/sessions/01-well.md:{problem}")


def test_footnotes_and_definitions_print_nothing_where_they_stand(tmp_path: Path) -> None:
    """A session that ends in definitions has no empty part for them."""
    (tmp_path / "w.png").write_bytes(PNG)
    session = read_session(tmp_path, "[^a]: note\n\n[w]: w.png\n\n## Part\n\nWell[^a] ![Well][w]\n")
    assert [type(part).__name__ for part in session.parts] == ["FreePart"]
