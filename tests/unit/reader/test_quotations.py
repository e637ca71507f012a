"""Block quotes: attributions, pull quotes, boxes, and fences pasted from other tools."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from manuscripts import GUIDE, GUIDE_OF_BOOKS, HEADER, problems_in_body, problems_of, read_part
from manuscripts_shown import show

if TYPE_CHECKING:
    from pathlib import Path


def blocks_of(folder: Path, body: str, *, guide: str = GUIDE) -> str:
    """Show the blocks of a body of one free part, without its first line."""
    return dedent(show(read_part(folder, dedent(body), guide=guide)).removeprefix("FreePart\n"))


def test_reads_a_plain_block_quote(tmp_path: Path) -> None:
    """A block quote without a mark and without a last line with a dash."""
    assert blocks_of(tmp_path, "> Rain belongs to nobody\n> - or to all\n> - or to few\n") == (
        "Quotation\n"
        "  Paragraph content='Rain belongs to nobody'\n"
        "  ListBlock is_tight=True\n"
        "    ListItem\n      Paragraph content='or to all'\n"
        "    ListItem\n      Paragraph content='or to few'\n"
    )


@pytest.mark.parametrize(
    ("line", "attribution"),
    [
        ("— p. 430", "Attribution locator=page 430"),
        ("– p. 430", "Attribution locator=page 430"),
        ("-- pp. 430-431", "Attribution locator=page 430-431"),
        ("--- p. 430", "Attribution locator=page 430"),
        ("- p. 430", "Attribution locator=page 430"),
        ("— Ana Writer, *Wells*, p. 430", "Attribution content='Ana Writer, '+*'Wells'* locator=page 430"),
        ("— Ana Writer (p. 430)", "Attribution content='Ana Writer' locator=page 430"),
        ("— Ana Writer", "Attribution content='Ana Writer'"),
        ("— Ana Writer [@sheds, p. 12]", "Attribution content='Ana Writer' locator=@sheds page 12"),
        ("— [@sheds, p. 12]", "Attribution locator=@sheds page 12"),
        ("— Ana Writer, 2021", "Attribution content='Ana Writer, 2021'"),
        ("— ch. 3", "Attribution locator=chapter 3"),
        ("— Ana's neighbour, p. 430", "Attribution content='Ana’s neighbour' locator=page 430"),
    ],
)
def test_reads_an_attribution(tmp_path: Path, line: str, attribution: str) -> None:
    """The last line names the source: a locator, free text, both, or a citation; a blank line before it or not."""
    read = f"Quotation\n  Paragraph content='What one village can close'\n  {attribution}\n"
    assert blocks_of(tmp_path, f"> What one village can close\n> {line}\n", guide=GUIDE_OF_BOOKS) == read
    assert blocks_of(tmp_path, f"> What one village can close\n>\n> {line}\n", guide=GUIDE_OF_BOOKS) == read


@pytest.mark.parametrize(
    "body",
    [
        "> — p. 430 is all there is\n",
        "> —¿Quién cuida el pozo?\n> —Ana.\n",
        "> Three things:\n> - water\n",
        "> one\n>\n> — two\n> three\n",
    ],
)
def test_other_dashes_are_text(tmp_path: Path, body: str) -> None:
    """A quote that is nothing but a dashed line, a dialogue, a list: none of these has an attribution."""
    assert "Attribution" not in blocks_of(tmp_path, body)


def test_a_misspelt_locator_in_an_attribution_is_an_error(tmp_path: Path) -> None:
    """The label is checked there as in running text."""
    (problem,) = problems_in_body(tmp_path, "> Rain\n>\n> — Ana, pg. 430\n")
    assert problem.startswith('guide/sessions/01-well.md:10:10: error: unknown locator label "pg."')


def test_an_attribution_outside_the_pages_is_a_warning(tmp_path: Path) -> None:
    """Its page is compared with the session's."""
    (problem,) = problems_in_body(tmp_path, "> Rain\n> — p. 12\n")
    assert problem.startswith("guide/sessions/01-well.md:9:5: warning: page 12 is outside the pages of this session")


@pytest.mark.parametrize("mark", ["[!quote]", "[!QUOTE]", "[!Quote]  "])
def test_reads_a_pull_quote(tmp_path: Path, mark: str) -> None:
    """The mark stands on a line of its own, in any case."""
    assert blocks_of(tmp_path, f"> {mark}\n> What one *village* can close\n>\n> and keep\n> — p. 430\n") == (
        "PullQuote\n"
        "  Paragraph content='What one '+*'village'*+' can close'\n"
        "  Paragraph content='and keep'\n"
        "  Attribution locator=page 430\n"
    )


def test_a_bullet_under_a_pull_quote_is_its_attribution(tmp_path: Path) -> None:
    """A hyphen makes a list in Markdown; under a pull quote it was meant as a dash."""
    assert blocks_of(tmp_path, "> [!quote]\n> Keep it open\n> - Ana Writer\n") == (
        "PullQuote\n  Paragraph content='Keep it open'\n  Attribution content='Ana Writer'\n"
    )


@pytest.mark.parametrize("kind", ["facilitator", "note", "important"])
def test_reads_a_box(tmp_path: Path, kind: str) -> None:
    """Facilitator notes and boxes hold any blocks, also when their words start on the line of the mark."""
    assert blocks_of(tmp_path, f"> [!{kind}] Expect *the* library\n> - and the tool shed\n> — p. 430\n").startswith(
        f"CallOut kind={kind}\n  Paragraph content='Expect '+*'the'*+' library'\n  ListBlock"
    )
    assert blocks_of(tmp_path, f"> [!{kind}]\n>\n> - the tool shed\n").startswith(f"CallOut kind={kind}\n  ListBlock")


def test_a_dashed_line_in_a_box_is_text(tmp_path: Path) -> None:
    """Only quotations have an attribution; in a box the line stays."""
    assert blocks_of(tmp_path, "> [!note]\n> Bring a cup\n> — Ana\n") == (
        "CallOut kind=note\n  Paragraph content='Bring a cup — Ana'\n"
    )


def test_a_call_out_may_be_empty(tmp_path: Path) -> None:
    """A mark without anything below it is a box without content."""
    assert blocks_of(tmp_path, "> [!note]\n") == "CallOut kind=note\n"


def test_an_unknown_call_out_stays_a_block_quote(tmp_path: Path) -> None:
    """Nothing is dropped: the mark is printed, and the nearest known one offered."""
    body = "> [!qoute]\n> Rain\n"
    assert blocks_of(tmp_path, body) == "Quotation\n  Paragraph content='[!qoute] Rain'\n"
    assert problems_in_body(tmp_path, body) == [
        'guide/sessions/01-well.md:8:3: warning: unknown call-out "[!qoute]"\n    hint: did you mean `quote`?'
    ]


@pytest.mark.parametrize(
    "fence",
    [
        "::: quote\nWhat *one* village\n\n— p. 430\n:::\n",
        "::: {.quote}\nWhat *one* village\n\n— p. 430\n:::\n",
        ":::pullquote\nWhat *one* village\n\n— p. 430\n:::::\n",
    ],
)
def test_reads_pasted_fences_as_call_outs(tmp_path: Path, fence: str) -> None:
    """Fences of other tools are understood, with a warning that `fmt` rewrites them."""
    assert blocks_of(tmp_path, fence) == (
        "PullQuote\n  Paragraph content='What '+*'one'*+' village'\n  Attribution locator=page 430\n"
    )
    (problem,) = problems_in_body(tmp_path, fence)
    assert problem == (
        "guide/sessions/01-well.md:8:1: warning: this fence is read as `> [!quote]`\n"
        "    hint: `studyguide fmt` rewrites it"
    )


def test_fences_keep_the_places_of_the_text(tmp_path: Path) -> None:
    """The file is not changed: columns are those that the author sees, also in a list."""
    body = "- a\n\n  ::: facilitator\n  Ask (pg. 3)\n  :::\n"
    assert problems_in_body(tmp_path, body)[1].startswith(
        "guide/sessions/01-well.md:11:8: error: unknown locator label"
    )


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("::: quote\nRain\n", "8:1: error: this fence is not closed\n    hint: write `:::`"),
        ("::: qoute\nRain\n:::\n", '8:1: warning: unknown fence "::: qoute", it is printed\n    hint: did you mean'),
    ],
)
def test_explains_fences_that_cannot_be_read(tmp_path: Path, body: str, problem: str) -> None:
    """An open fence is an error, an unknown one is text."""
    assert problem in "\n".join(problems_in_body(tmp_path, body))


def test_fences_in_code_are_code(tmp_path: Path) -> None:
    """An example of a fence is not a fence."""
    text = HEADER + "```\n::: quote\nRain\n:::\n```\n"
    assert not problems_of(tmp_path, text)
