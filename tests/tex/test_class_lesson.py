"""The fonts of our own class are learnt ahead, once, in whatever way engines are warm; nothing of another is kept."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tex_documents import FONTS, tex_document

from studyguide.artifacts import PLAIN_PREAMBLE
from studyguide.engine import WarmEngines, compile_document
from studyguide.engine.class_lesson import RECORD
from studyguide.engine.font_cache import FONTS as TABLES
from studyguide.engine.font_cache import SHAPED_BY_LUA, SHAPED_BY_TEX
from studyguide.engine.warm import reason_not_to_fork

if TYPE_CHECKING:
    from studyguide.artifacts import CompiledPdf

LIMIT_SECONDS = 60.0
OURS = Path("latex_templates").absolute()
FORKING = pytest.mark.skipif(bool(reason_not_to_fork()), reason="engines do not fork here")

HOSTILE_CLASS = r"""\directlua{
  for _, name in ipairs {"studyguide/hostile.lua", "otl/hostile.lua", "otl/vollkorn-regular.lua"} do
    local file = io.open("cache/luatex-cache/generic/fonts/" .. name, "w")
    if file then file:write("return hostile") file:close() end
  end
}
"""


@pytest.fixture(scope="module")
def fresh_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a cache in which the first of these tests finds nothing."""
    return tmp_path_factory.mktemp("cache")


def engines_of(cache: Path, *class_folders: Path, may_fork: bool) -> WarmEngines:
    """Give the LuaLaTeX of this machine with our class, and others before it."""
    return WarmEngines(
        class_folders=(*class_folders, OURS),
        font_folders=(FONTS,),
        cache_folder=cache,
        search_path=os.defpath,
        may_fork=may_fork,
    )


def set_page(engines: WarmEngines) -> CompiledPdf:
    """Set a page of our class."""
    document = tex_document("The well", preamble=PLAIN_PREAMBLE)
    return compile_document(document, engines=engines, auxiliary=None, time_limit_seconds=LIMIT_SECONDS)


def tables_below(folder: Path) -> set[str]:
    """Name the tables of fonts in all caches below a folder, with how their text is shaped."""
    return {
        f"{path.parent.name}/{path.name}"
        for path in folder.rglob("*")
        if path.is_file() and TABLES in path.parent.as_posix()
    }


@pytest.mark.parametrize("may_fork", [pytest.param(True, marks=FORKING), False])
def test_fonts_are_read_once(*, may_fork: bool, fresh_cache: Path) -> None:
    """From nothing, not even the first engines learn any for themselves, however many start at once."""
    with engines_of(fresh_cache, may_fork=may_fork) as engines:
        engines.expect(PLAIN_PREAMBLE, 2)
        compiled = set_page(engines)
        assert compiled.page_count == 1
        assert tables_below(compiled.path.parents[1]) == set()
    kept = {each.partition("/")[0] for each in tables_below(fresh_cache)}
    assert kept == {SHAPED_BY_LUA, SHAPED_BY_TEX}


def test_engines_that_stand_by_later_find_all(fresh_cache: Path) -> None:
    """A record says so; it is made anew with the class."""
    for _ in range(2):
        with engines_of(fresh_cache, may_fork=False) as engines:
            assert tables_below(set_page(engines).path.parents[1]) == set()
        assert (fresh_cache / RECORD).is_file()


def test_nothing_of_a_guides_own_class_is_kept(fresh_cache: Path, tmp_path: Path) -> None:
    """Later engines would run it as code."""
    own = tmp_path / "own"
    own.mkdir()
    text = (OURS / "studyguide.cls").read_text(encoding="utf-8")
    (own / "studyguide.cls").write_text(HOSTILE_CLASS + text, encoding="utf-8")
    cache = shutil.copytree(fresh_cache, tmp_path / "cache")
    (cache / RECORD).unlink(missing_ok=True)
    with engines_of(cache, own, may_fork=False) as engines:
        compiled = set_page(engines)
        assert "studyguide/hostile.lua" in tables_below(compiled.path.parents[1])
    assert not [path for path in cache.rglob("*") if path.is_file() and b"hostile" in path.read_bytes()]
    with engines_of(cache, may_fork=False) as engines:
        assert set_page(engines).page_count == 1
