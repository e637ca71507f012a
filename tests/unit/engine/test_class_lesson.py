"""When the fonts of our own class are to be learnt ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from installations import installation_in

from studyguide.engine.class_lesson import OWN_CLASS, RECORD, is_class_to_be_learnt, record_class
from studyguide.engine.font_cache import FONTS, NAMES, SHAPED_BY_LUA

if TYPE_CHECKING:
    from pathlib import Path

    from studyguide.engine.installation import Installation


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    """Give an installation with our class, of which something is known already."""
    for name in ("class", "cache", "fonts", f"cache/{NAMES}", f"cache/{FONTS}/{SHAPED_BY_LUA}"):
        (tmp_path / name).mkdir(parents=True, exist_ok=True)
    for name in ("lualatex", f"class/{OWN_CLASS}", f"cache/{FONTS}/{SHAPED_BY_LUA}/vollkorn.luc"):
        (tmp_path / name).touch()
    return installation_in(tmp_path)


def test_engines_that_stand_by_have_it_learnt_once(installation: Installation) -> None:
    """None of them keeps what it learns by itself."""
    assert is_class_to_be_learnt(installation, is_learnt_by_servers=False)
    record_class(installation)
    assert not is_class_to_be_learnt(installation, is_learnt_by_servers=False)


@pytest.mark.parametrize("name", ["class/studyguide.cls", "class/studyguide-faces.lua", "fonts/new.ttf", "lualatex"])
def test_it_is_learnt_again_when_something_has_changed(name: str, installation: Installation, tmp_path: Path) -> None:
    """Another class, another font, another engine."""
    record_class(installation)
    (tmp_path / name).write_text("new", encoding="utf-8")
    assert is_class_to_be_learnt(installation, is_learnt_by_servers=False)
    assert not is_class_to_be_learnt(installation, is_learnt_by_servers=True)


@pytest.mark.parametrize("does_fork", [True, False])
def test_on_a_fresh_machine_it_is_learnt_ahead(*, does_fork: bool, installation: Installation, tmp_path: Path) -> None:
    """Several servers that start at once would all do so."""
    (tmp_path / "cache" / FONTS / SHAPED_BY_LUA / "vollkorn.luc").unlink()
    assert is_class_to_be_learnt(installation, is_learnt_by_servers=does_fork)


@pytest.mark.parametrize("does_fork", [True, False])
def test_without_an_index_of_fonts_it_is_learnt_ahead(
    *, does_fork: bool, installation: Installation, tmp_path: Path
) -> None:
    """To make it takes seconds."""
    (tmp_path / "cache" / NAMES).rmdir()
    assert is_class_to_be_learnt(installation, is_learnt_by_servers=does_fork)


def test_a_class_that_is_not_ours_is_never_learnt(installation: Installation, tmp_path: Path) -> None:
    """Nothing that it writes is kept."""
    (tmp_path / "class" / OWN_CLASS).rename(tmp_path / "class" / "commons.cls")
    assert not is_class_to_be_learnt(installation, is_learnt_by_servers=False)


@pytest.mark.parametrize("record", ["", "{", "null", "[1]", '[["x", 1]]'])
def test_a_record_that_is_broken_is_none(record: str, installation: Installation, tmp_path: Path) -> None:
    """It is learnt again."""
    (tmp_path / "cache" / RECORD).write_text(record, encoding="utf-8")
    assert is_class_to_be_learnt(installation, is_learnt_by_servers=False)


def test_without_room_for_a_record_nothing_is_lost_but_time(installation: Installation, tmp_path: Path) -> None:
    """It is learnt again the next time."""
    (tmp_path / "cache" / RECORD).mkdir()
    record_class(installation)
    assert is_class_to_be_learnt(installation, is_learnt_by_servers=False)
