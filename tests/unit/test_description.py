"""Texts of a PDF are written in one of two ways, and no third."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyguide.description import encode_text


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Wells (a\\b)", b"Wells (a\\b)"),
        ("", b""),
        ("one\ntwo", b"\xfe\xff\x00o\x00n\x00e\x00\n\x00t\x00w\x00o"),
        ("þÿ", b"\xfe\xff\x00\xfe\x00\xff"),
        ("🪣", b"\xfe\xff\xd8\x3e\xde\xa3"),
    ],
)
def test_ascii_stays_and_all_else_is_utf_16(text: str, content: bytes) -> None:
    """Line ends are no part of ASCII here; characters beyond the first plane take two units."""
    assert encode_text(text) == content


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_can_be_told_from_the_other_way(text: str) -> None:
    """The mark at its start says which way it is."""
    content = encode_text(text)
    is_wide = content.startswith(b"\xfe\xff")
    assert (content[2:].decode("utf-16-be") if is_wide else content.decode("ascii")) == text
