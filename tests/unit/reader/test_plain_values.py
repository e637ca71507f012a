"""What a text in a header means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from manuscripts import HEADER, read_session

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (r'"A \"well\" here"', "A “well” here"),
        ("'Ana''s well'", "Ana’s well"),
        ('"Wells" and water', "“Wells” and water"),
        ("Wells: who keeps the water", "Wells: who keeps the water"),
        (r'"\\input{x}"', r"\input{x}"),
    ],
)
def test_a_title_is_read_as_it_was_meant(tmp_path: Path, typed: str, meant: str) -> None:
    """Quotes that YAML needs are not printed, quotes that belong to the title are; a bare colon is just a colon."""
    session = read_session(tmp_path, "\nText.\n", header=HEADER.replace("title: The common well", f"title: {typed}"))

    assert session.title == meant
