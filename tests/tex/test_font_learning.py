"""Fonts that luaotfload meets for the first time are learnt once, and nothing that a document has written is kept."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from tex_documents import FONTS, PLAIN_CLASS, real_engines, tex_document

from studyguide.engine import compile_document
from studyguide.engine.driver import BODY
from studyguide.engine.font_cache import FONTS as TABLES
from studyguide.engine.font_cache import LEARNT
from studyguide.engine.font_learning import fonts_to_learn
from studyguide.engine.installation import own_cache
from studyguide.errors import EngineCrashed, EngineTimeout

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from studyguide.artifacts import CompiledPdf
    from studyguide.engine import WarmEngines

LIMIT_SECONDS = 60.0
SETTLED = b"\\relax \n\\gdef \\@abspage@last{1}\n"
ARABIC = r'\font\naskh="[NotoNaskhArabic-Regular.ttf]:mode=harf;" \naskh ب'
ARMENIAN = r'\font\serif="[NotoSerifArmenian-Regular.ttf]:mode=node;" \serif Ա'
HOSTILE = r"""\directlua{
  for _, name in ipairs {"fonts/otl/vollkorn-regular.lua", "fonts/otl/vollkorn-regular.luc", "fonts/otl/cabin.lua",
      "fonts/otl/notoserifarmenian-regular.luc", "fonts/otl/unheard-of.lua", "fonts/hb/:usr:share:fonts:x.ttf:1:nil",
      "names/luaotfload-names.lua.gz", "names/luaotfload-names.luc.gz", "names/luaotfload-lookup-cache.lua", "x.lua"} do
    local file = io.open("cache/luatex-cache/generic/" .. name, "w")
    if file then file:write("return hostile") file:close() end
  end
}The well"""


@pytest.fixture(params=["forking", "bubblewrap", "landlock"])
def engines(cache: Path, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[WarmEngines]:
    """Give engines of each kind."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for tool in ("lualatex", "kpsewhich", "prlimit", "setpriv"):
        (programs / tool).symlink_to(f"/usr/bin/{tool}")
    search_path = str(programs) if request.param == "landlock" else os.defpath
    with real_engines(cache, search_path=search_path, may_fork=request.param == "forking") as engines:
        yield engines


def set_text(engines: WarmEngines, text: str, time_limit_seconds: float = LIMIT_SECONDS) -> CompiledPdf:
    """Set a document in one pass."""
    return compile_document(
        tex_document(text), engines=engines, auxiliary=SETTLED, time_limit_seconds=time_limit_seconds
    )


def tables_in(folder: Path) -> set[str]:
    """Name the fonts of which there are tables."""
    return {path.name for path in (folder / TABLES).rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("text", "name"), [(ARABIC, "NotoNaskhArabic-Regular"), (ARMENIAN, "notoserifarmenian-regular")]
)
def test_a_new_font_is_learnt_once(text: str, name: str, engines: WarmEngines, cache: Path) -> None:
    """The next document finds it, and has nothing to learn."""
    for path in (cache / TABLES).rglob(f"*{name}*"):
        path.unlink()
    first = set_text(engines, text)
    assert [each for each in tables_in(cache) if name in each]
    second = set_text(engines, text)
    assert tables_in(own_cache(second.path.parent)) == set()
    assert first.path.read_bytes() == second.path.read_bytes()


def test_a_font_is_learnt_again_when_the_cache_has_gone(cache: Path, tmp_path: Path) -> None:
    """In the middle of a day, by engines that have learnt it before."""
    unlearnt = shutil.ignore_patterns("*NotoNaskhArabic*")
    shutil.copytree(cache, tmp_path / "cache", ignore=unlearnt)
    with real_engines(tmp_path / "cache") as engines:
        for _ in range(2):
            set_text(engines, ARABIC)
            assert any("NotoNaskhArabic" in each for each in tables_in(tmp_path / "cache"))
            shutil.rmtree(tmp_path / "cache")
            shutil.copytree(cache, tmp_path / "cache", ignore=unlearnt)


def test_nothing_that_a_document_has_written_is_kept(engines: WarmEngines, cache: Path) -> None:
    """Later engines would run it as code."""
    set_text(engines, HOSTILE)
    assert not [path for path in cache.rglob("*") if path.is_file() and b"hostile" in path.read_bytes()]
    assert {path.name for path in (cache / LEARNT).rglob("*")}.isdisjoint({"unheard-of.lua", "x.lua"})
    assert set_text(engines, "The well").page_count == 1


@pytest.mark.parametrize("end", [r"\directlua{while true do end}", r"\directlua{os.exit(0)}"])
def test_nothing_is_learnt_of_a_document_that_failed(end: str, engines: WarmEngines, cache: Path) -> None:
    """Its tables may be half written."""
    for path in (cache / TABLES).rglob("*NotoNaskhArabic*"):
        path.unlink()
    before = tables_in(cache)
    with pytest.raises((EngineTimeout, EngineCrashed)):
        set_text(engines, ARABIC + end, time_limit_seconds=3)
    assert tables_in(cache) == before


def test_coloured_pictures_are_printed(engines: WarmEngines) -> None:
    """Luaotfload writes each into a file first, which must stand in the private folder."""
    compiled = set_text(engines, r'\font\emoji="[NotoColorEmoji.ttf]:mode=harf;" \emoji 😀')
    assert b"/Image" in compiled.path.read_bytes()
    assert len(PdfReader(compiled.path).pages) == 1


def test_many_fonts_at_once_are_told_apart_by_their_tables(cache: Path) -> None:
    """Each is named such that luaotfload learns the very same table."""
    asked = {
        "[NotoSans-Regular.ttf]:mode=node;",
        "[NotoSans-Regular.ttf]:mode=harf;",
        "[DejaVuSerif.ttf]:mode=node;",
        "[NotoSerifHebrew-Regular.ttf]:mode=harf;",
    }
    with real_engines(cache) as engines:
        engine = engines.take(PLAIN_CLASS)
        loading = "".join(f'\\font\\x="{each}" ' for each in sorted(asked))
        engine.place(BODY, tex_document(f"{loading}The well").body.encode())
        engine.hand_over()
        assert engine.wait(LIMIT_SECONDS) == 0
        assert fonts_to_learn(engine.folder, (FONTS,)) == asked
        engines.keep_fonts_of(engine)
        assert tables_in(own_cache(engine.folder)) <= tables_in(cache)
