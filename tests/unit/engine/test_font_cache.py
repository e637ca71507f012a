"""What luaotfload has learnt is lent to engines and kept when they end well."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studyguide.engine.font_cache import NAMES, is_first_run, keep_what_was_learnt, lend_names
from studyguide.engine.installation import own_cache

if TYPE_CHECKING:
    from pathlib import Path

FONTS = "luatex-cache/generic/fonts/otl"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give an engine's private folder."""
    folder = tmp_path / "private"
    own_cache(folder).mkdir(parents=True)
    return folder


def learn(folder: Path, name: str, content: str) -> Path:
    """Let an engine leave something in its own cache."""
    path = own_cache(folder) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def test_what_an_engine_learns_is_kept(folder: Path, tmp_path: Path) -> None:
    """The font is where the next engine looks for it."""
    learn(folder, f"{FONTS}/vollkorn.luc", "glyphs")
    keep_what_was_learnt(folder, tmp_path / "kept")
    assert (tmp_path / "kept" / FONTS / "vollkorn.luc").read_text(encoding="utf-8") == "glyphs"


def test_the_index_of_fonts_is_lent(folder: Path, tmp_path: Path) -> None:
    """Luaotfload looks for it only where it may write."""
    learn(folder, f"{NAMES}/names.lua.gz", "index")
    keep_what_was_learnt(folder, tmp_path / "kept")
    own_cache(tmp_path / "next").mkdir(parents=True)
    lend_names(tmp_path / "kept", tmp_path / "next")
    assert (own_cache(tmp_path / "next") / NAMES / "names.lua.gz").read_text(encoding="utf-8") == "index"


def test_an_empty_cache_lends_nothing(folder: Path, tmp_path: Path) -> None:
    """The first engine of all begins from nothing."""
    lend_names(tmp_path / "kept", folder)
    assert [path for path in own_cache(folder).rglob("*") if not path.is_dir()] == []


def test_what_is_newer_replaces_what_was_kept(folder: Path, tmp_path: Path) -> None:
    """A font that was updated is learnt anew."""
    for content in ("old glyphs", "new"):
        learn(folder, f"{FONTS}/vollkorn.luc", content)
        keep_what_was_learnt(folder, tmp_path / "kept")
    assert (tmp_path / "kept" / FONTS / "vollkorn.luc").read_text(encoding="utf-8") == "new"


def test_only_files_of_luaotfload_are_kept(folder: Path, tmp_path: Path) -> None:
    """No link, and nothing that stands elsewhere; a name may be of any kind."""
    learn(folder, "m_t_x_t_e_s_t.tmp", "trial")
    learn(folder, f"{FONTS}/:usr:share:NotoSerifCJK-Regular.ttc:2:nil", "glyphs")
    (own_cache(folder) / FONTS / "link").symlink_to("/etc/passwd")
    keep_what_was_learnt(folder, tmp_path / "kept")
    kept = [path.name for path in (tmp_path / "kept").rglob("*") if not path.is_dir()]
    assert kept == [":usr:share:NotoSerifCJK-Regular.ttc:2:nil"]


def test_a_cache_that_cannot_be_written_is_no_reason_to_fail(folder: Path, tmp_path: Path) -> None:
    """Only time is lost."""
    (tmp_path / "kept").write_text("a file in the way", encoding="utf-8")
    learn(folder, f"{FONTS}/vollkorn.luc", "glyphs")
    keep_what_was_learnt(folder, tmp_path / "kept")


def test_a_run_is_the_first_until_a_font_is_known(folder: Path, tmp_path: Path) -> None:
    """Who waits half a minute is told why, once on each machine."""
    kept = tmp_path / "kept"
    assert is_first_run(kept)
    lend_names(kept, folder)
    assert is_first_run(kept)
    learn(folder, f"{FONTS}/vollkorn.luc", "glyphs")
    keep_what_was_learnt(folder, kept)
    assert not is_first_run(kept)
