"""A session file is read back before it is written: what cannot be read as a page reference is printed as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from manuscripts import GUIDE, HEADER, problems_in_body, read_part

from studyguide.errors import NotesError
from studyguide.importer.proofreading import proofread
from studyguide.model.blocks import Reference, Text
from studyguide.model.guide import FreePart, Reading

if TYPE_CHECKING:
    from pathlib import Path


def write_checked(body: str) -> str:
    """Proofread a session with this body and give the new body."""
    return proofread(HEADER + body, GUIDE).removeprefix(HEADER)


def problems_of(folder: Path, body: str) -> list[str]:
    """List what `check` says of a body, but for what is outside the pages."""
    return [each for each in problems_in_body(folder, body) if "outside" not in each]


def test_a_good_text_stays_as_it_is() -> None:
    """Warnings are no reason to change anything."""
    body = "\n## Wells\n\n- A rule (p. 427)\n- Another one (p. 12)\n"
    assert write_checked(body) == body


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("a rule (pp. 48-31) here", "a rule \\(pp. 48-31) here"),
        ("a rule (s. 12)", "a rule \\(s. 12)"),
        ("- a rule (p. 9-3)", "- a rule \\(p. 9-3)"),
        ("### Rules (p. 9-3)", "### Rules \\(p. 9-3)"),
        ("see [@rope, p. 3]", "see \\[@rope, p. 3]"),
        ("> Nobody owns the rain.\n>\n> — pp. 48-31", "> Nobody owns the rain.\n>\n> — pp\\. 48-31"),
        ("> Nobody owns the rain.\n>\n> — Ana, Seite 12", "> Nobody owns the rain.\n>\n> — Ana, *Seite* 12"),
        ("> [!quote]\n> Rain.\n>\n> — §§ 9-3", "> [!quote]\n> Rain.\n>\n> — *§§* 9-3"),
    ],
)
def test_what_is_no_page_is_printed_as_typed_and_marked(tmp_path: Path, line: str, written: str) -> None:
    """The rest of the line keeps its meaning, and `check` lists the line."""
    made = write_checked(f"\n## Wells\n\n{line}\n").removeprefix("\n## Wells\n\n")
    assert made.startswith(f"{written} <!-- check: ")
    problems = problems_of(tmp_path, f"\n## Wells\n\n{made}")
    assert [each.split(": ")[2] for each in problems if ": warning: " in each] == ["to be checked"]
    assert not any(": error: " in each for each in problems)


def test_the_words_are_printed_exactly(tmp_path: Path) -> None:
    """Two bad references and a good one in a line: each keeps what it was, and has its own mark."""
    made = write_checked("\n## Wells\n\none (pp. 48-31) two (s. 12) three (p. 427)\n")
    part = read_part(tmp_path, made)
    assert isinstance(part, FreePart)
    (paragraph,) = part.content
    first, second, *_ = getattr(paragraph, "content")  # noqa: B009  a paragraph, as the next lines prove
    assert isinstance(first, Text)
    assert first.text == "one (pp. 48-31) two (s. 12) three "
    assert isinstance(second, Reference)
    assert made.count("<!-- check: ") == 2


def test_the_pages_of_a_reading(tmp_path: Path) -> None:
    """It stays a reading; its pages are printed with the names."""
    made = write_checked("\n## Wells\nBy Rosa Imaginary, pp. 48-31\n\nWords.\n")
    part = read_part(tmp_path, made)
    assert isinstance(part, Reading)
    assert part.authors == "Rosa Imaginary, pp. 48-31"
    assert part.pages is None


def test_references_in_code_are_left_alone() -> None:
    """Nothing in code is a reference."""
    body = "\n## Wells\n\n~~~~\n(pp. 48-31)\n~~~~\n"
    assert write_checked(body) == body


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (HEADER.replace("423-490", "490-423") + "\nWords (p. 427).\n", "ends before it begins"),
        (HEADER + "[ " * 10_001, "10,000 times"),
        (HEADER + "well\n" * 200_001, "a session has at most"),
    ],
)
def test_a_text_that_stays_unreadable_is_refused(text: str, reason: str) -> None:
    """One sentence says why no session can be made, and what to do."""
    with pytest.raises(NotesError, match=reason) as failure:
        proofread(text, GUIDE)
    assert failure.value.message.startswith("no session can be made of these notes: ")
    assert failure.value.hint


def test_a_broken_guide_is_no_reason_to_refuse() -> None:
    """`check` shows its own problems, and a person mends them there."""
    assert proofread(HEADER, GUIDE.replace("1-560", "560-1")) == HEADER
