"""Which fonts are learnt once more, told from the names of the tables that an engine has written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studyguide.engine.font_cache import FONTS, NAMES
from studyguide.engine.font_learning import MOST_FONTS, body_for, fonts_to_learn, is_index_to_be_made
from studyguide.engine.installation import own_cache

if TYPE_CHECKING:
    from pathlib import Path

INSTALLED = (
    *("Vollkorn-Regular.ttf", "Cabin.SemiBold.otf", "NotoSerifCJK-Regular.ttc", "Symbola_hint.ttf", "Face-2.otf"),
    *('odd".ttf', "no-font.txt", "space here.ttf"),
)


@pytest.fixture
def fonts(tmp_path: Path) -> Path:
    """Give a folder with installed fonts, at any depth."""
    folder = tmp_path / "fonts" / "truetype"
    folder.mkdir(parents=True)
    for name in INSTALLED:
        (folder / name).touch()
    return folder.parent


def learnt(folder: Path, fonts: Path, *tables: str) -> set[str]:
    """Let an engine leave tables, and give the fonts that are to be learnt."""
    for table in tables:
        path = own_cache(folder) / FONTS / table
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return set(fonts_to_learn(folder, (fonts,)))


@pytest.mark.parametrize(
    ("table", "specification"),
    [
        ("otl/vollkorn-regular.lua", "[Vollkorn-Regular.ttf]:mode=node;"),
        ("otl/vollkorn-regular.luc", "[Vollkorn-Regular.ttf]:mode=node;"),
        ("otl/cabin-semibold.luc", "[Cabin.SemiBold.otf]:mode=node;"),
        ("otl/symbola-hint.lua", "[Symbola_hint.ttf]:mode=node;"),
        ("otl/notoserifcjk-regular-3.lua", "[NotoSerifCJK-Regular.ttc](2):mode=node;"),
        ("otl/face-2.lua", "[Face-2.otf]:mode=node;"),
        ("hb/:usr:share:NotoSerifCJK-Regular.ttc:3:nil", "[NotoSerifCJK-Regular.ttc](2):mode=harf;"),
        ("hb/:usr:share:Vollkorn-Regular.ttf:1:nil", "[Vollkorn-Regular.ttf]:mode=harf;"),
    ],
)
def test_a_table_names_its_font(table: str, specification: str, tmp_path: Path, fonts: Path) -> None:
    """With the way in which its text is shaped, and its place in a collection."""
    assert learnt(tmp_path, fonts, table) == {specification}


@pytest.mark.parametrize(
    "table",
    [
        *("otl/unheard-of.lua", "otl/vollkorn-regular", "otl/no-font.lua", "otl/odd-.lua", "otl/space-here.lua"),
        *("hb/vollkorn-regular", 'hb/:odd".ttf:1:nil', "hb/:x:space here.ttf:1:nil", "hb/:Vollkorn-Regular.ttf:x:nil"),
        *("pdf/vollkorn-regular.lua", "otl/vollkorn-regular-x.lua", "otl/.lua", "otl/\\directlua{}.lua"),
    ],
)
def test_other_names_mean_nothing(table: str, tmp_path: Path, fonts: Path) -> None:
    """Only installed fonts are learnt whose names mean nothing to TeX, whoever has written the tables."""
    assert learnt(tmp_path, fonts, table) == set()


def test_a_document_may_name_only_so_many_fonts(tmp_path: Path, fonts: Path) -> None:
    """It must not keep us busy for ever."""
    tables = [f"otl/notoserifcjk-regular-{number}.lua" for number in range(1, 2 * MOST_FONTS)]
    assert len(learnt(tmp_path, fonts, *tables)) == MOST_FONTS


def test_an_engine_that_has_learnt_nothing_names_nothing(tmp_path: Path, fonts: Path) -> None:
    """Fonts are not even looked for."""
    assert learnt(tmp_path, fonts) == set()


def test_the_learner_loads_each_font_and_ends() -> None:
    """It sets no page."""
    body = body_for(frozenset({"[Vollkorn-Regular.ttf]:mode=node;", "[Cabin.otf]:mode=harf;"})).decode()
    assert body.splitlines() == [
        '\\font\\x="[Cabin.otf]:mode=harf;" at 10pt',
        '\\font\\x="[Vollkorn-Regular.ttf]:mode=node;" at 10pt',
        "\\csname @@end\\endcsname",
    ]


def test_an_index_is_made_where_there_is_none(tmp_path: Path) -> None:
    """An engine had to make one for itself, and there is none to lend."""
    assert not is_index_to_be_made(tmp_path, tmp_path / "kept")
    (own_cache(tmp_path) / NAMES).mkdir(parents=True)
    assert is_index_to_be_made(tmp_path, tmp_path / "kept")
    (tmp_path / "kept" / NAMES).mkdir(parents=True)
    assert not is_index_to_be_made(tmp_path, tmp_path / "kept")
