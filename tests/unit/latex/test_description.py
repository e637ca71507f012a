"""What a PDF says of itself reaches TeX as digits, whatever an author wrote."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from prepress_documents import METADATA

from studyguide.artifacts import OutlineEntry
from studyguide.description import xmp_packet
from studyguide.latex.description import describe

COMMAND = re.compile(r"\\StudyGuide(Information|Description|Bookmark)((?:\{[A-Za-z0-9 .]*\})+)")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


def read(written: str) -> list[tuple[str, ...]]:
    """Take commands and their arguments apart; there must be nothing else."""
    lines = written.splitlines()
    found = [COMMAND.fullmatch(line) for line in lines]
    assert all(found), lines
    return [(each[1], *re.findall(r"\{(.*?)\}", each[2])) for each in found if each]


def text_of(digits: str) -> str:
    """Read a text string written in digits."""
    content = bytes.fromhex(digits)
    return content[2:].decode("utf-16-be") if content.startswith(b"\xfe\xff") else content.decode("ascii")


@given(title=TEXTS, author=TEXTS, heading=TEXTS)
def test_any_text_comes_back_and_nothing_else_is_there(title: str, author: str, heading: str) -> None:
    """Brackets, backslashes, line ends, any script: only digits stand in the arguments."""
    metadata = replace(METADATA, title=title, author=author)
    commands = read(describe(metadata, (OutlineEntry(level=1, title=heading, anchor="s1.p2"),)))
    information = {key: text_of(digits) for kind, key, digits, *_ in commands if kind == "Information"}
    assert (information["Title"], information["Author"]) == (title, author)
    assert information["CreationDate"] == information["ModDate"] == "D:20260512183000Z"
    assert commands[-1][:3] == ("Bookmark", "1", "s1.p2")
    assert text_of(commands[-1][3]) == heading
    (description,) = (each for each in commands if each[0] == "Description")
    assert (text_of(description[1]), bytes.fromhex(description[2])) == ("en", xmp_packet(metadata))


def test_what_is_not_known_is_left_out() -> None:
    """A guide without a group has no author in its PDF."""
    assert "Author" not in describe(replace(METADATA, author=""), ())


def test_long_texts_have_places_for_a_line_end() -> None:
    """TeX reads lines of limited length."""
    written = describe(replace(METADATA, title="Wells " * 500), ())
    assert max(len(word) for word in written.split()) < 100
