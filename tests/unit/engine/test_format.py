"""The unpacked copy of LuaLaTeX's format."""

from __future__ import annotations

import gzip
import os
from typing import TYPE_CHECKING

import pytest

from studyguide.engine.format import find_quick_format

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    """Give a packed format of the system."""
    path = tmp_path / "system" / "lualatex.fmt"
    path.parent.mkdir()
    path.write_bytes(gzip.compress(b"the first format"))
    return path


def test_the_format_is_unpacked_once(tmp_path: Path, packed: Path) -> None:
    """The second time nobody is asked where the packed one is."""
    asked: list[Path] = []

    def locate() -> Path:
        asked.append(packed)
        return packed

    for _ in range(2):
        quick = find_quick_format(tmp_path / "lualatex", tmp_path / "cache", locate)
        assert quick is not None
        assert quick.read_bytes() == b"the first format"
    assert len(asked) == 1


def test_a_new_format_of_the_system_replaces_ours(tmp_path: Path, packed: Path) -> None:
    """An update of TeX Live must not leave us with the old one."""
    find_quick_format(tmp_path / "lualatex", tmp_path / "cache", lambda: packed)
    packed.write_bytes(gzip.compress(b"the second format"))
    os.utime(packed, (1, 1))
    quick = find_quick_format(tmp_path / "lualatex", tmp_path / "cache", lambda: packed)
    assert quick is not None
    assert quick.read_bytes() == b"the second format"


def test_another_engine_gets_its_own_format(tmp_path: Path, packed: Path) -> None:
    """Two TeX Lives on one machine do not share a format."""
    find_quick_format(tmp_path / "lualatex", tmp_path / "cache", lambda: packed)
    assert find_quick_format(tmp_path / "other" / "lualatex", tmp_path / "cache", lambda: None) is None


@pytest.mark.parametrize("content", [b"not packed", b"", gzip.compress(b"half" * 1000, mtime=0)[:20]])
def test_a_format_that_cannot_be_unpacked_is_left_to_tex(content: bytes, tmp_path: Path, packed: Path) -> None:
    """It finds its own; no half file is left."""
    packed.write_bytes(content)
    quick = find_quick_format(tmp_path / "lualatex", tmp_path / "cache", lambda: packed)
    assert quick is None or quick.read_bytes() == b""
    assert [path.name for path in (tmp_path / "cache").rglob("*.fmt*")] in ([], ["lualatex.fmt"])


def test_a_damaged_record_is_made_anew(tmp_path: Path, packed: Path) -> None:
    """What stands in the cache is never trusted blindly."""
    find_quick_format(tmp_path / "lualatex", tmp_path / "cache", lambda: packed)
    (tmp_path / "cache" / "format.json").write_text("[1, 2", encoding="utf-8")
    assert find_quick_format(tmp_path / "lualatex", tmp_path / "cache", lambda: packed) is not None
