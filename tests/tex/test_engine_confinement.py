"""Author's text that has become TeX, as if escaping had failed: it runs, reads and writes nothing of the world."""

from __future__ import annotations

import contextlib
import os
import subprocess
from typing import TYPE_CHECKING

import pytest
from tex_documents import CLASSES, FONTS, PLAIN_CLASS, tex_document

from studyguide.engine.discovery import find_installation
from studyguide.engine.driver import AUXILIARY, BODY, LOG, PDF, TERMINAL
from studyguide.engine.installation import Confinement
from studyguide.engine.private_folders import PrivateFolders
from studyguide.engine.process import EngineProcess

if TYPE_CHECKING:
    from pathlib import Path

    from studyguide.engine.installation import Installation

LIMIT_SECONDS = 60.0
HIDDEN_WORDS = "the spring under the old mill"
HIDDEN_NAMES = ("secret.tex", "secret.lua", "secret.pdf")

LUA_PAYLOADS = (
    'tex.print(io.open("HOME/secret.tex"):read("a"))',
    'for line in io.lines("HOME/secret.tex") do tex.print(line) end',
    'tex.print(io.open("/etc/passwd"):read("a"))',
    'tex.print(io.open("/proc/1/environ"):read("a"))',
    'io.open("HOME/written.txt", "w"):write("x")',
    'io.open("/usr/written.txt", "w"):write("x")',
    'io.open("CACHE/luatex-cache/generic/fonts/otl/written.luc", "w"):write("x")',
    'os.remove("HOME/secret.tex")',
    'os.rename("HOME/secret.tex", "HOME/written.txt")',
    'lfs.mkdir("HOME/written")',
    'lfs.rmdir("HOME/empty")',
    'lfs.link("HOME/secret.tex", "near.tex", true) tex.print(io.open("near.tex"):read("a"))',
    'lfs.link("HOME/secret.tex", "HOME/written.txt")',
    'lfs.chdir("HOME") io.open("written.txt", "w"):write("x")',
    'lfs.touch("HOME/secret.tex", 1, 1)',
    'dofile("HOME/secret.lua")',
    'loadfile("HOME/secret.lua")()',
    'os.execute("touch HOME/written.txt")',
    'io.popen("touch HOME/written.txt"):read("a")',
    'os.spawn("touch HOME/written.txt")',
    'os.exec("touch HOME/written.txt")',
    'require("ffi").C.system("touch HOME/written.txt")',
    'require("socket").connect("127.0.0.1", 9)',
    'package.loadlib("libc.so.6", "*")',
    'img.write(img.scan({filename = "HOME/secret.pdf"}))',
    'pdf.immediateobj("streamfile", "HOME/secret.tex")',
)

TEX_PAYLOADS = (
    r"\input{HOME/secret.tex}",
    r"\input{/etc/passwd}",
    r"\input{|cat HOME/secret.tex}",
    r"\openin5=HOME/secret.tex \ifeof5 \else \read5 to\line \line \fi",
    r"\openin5=../../secret.tex \ifeof5 \else \read5 to\line \line \fi",
    r"\immediate\openout5=HOME/written.txt \immediate\write5{x}\immediate\closeout5",
    r"\immediate\openout5=../written.txt \immediate\write5{x}\immediate\closeout5",
    r"\immediate\write18{touch HOME/written.txt}",
    r"\immediate\pdfextension obj stream file {HOME/secret.tex}\pdfextension refobj 1",
    r"\includegraphics{HOME/secret.pdf}",
    r'\font\x="[HOME/secret.tex]:mode=node;" \x A',
    r"\ExplSyntaxOn\sys_shell_now:n{touch~HOME/written.txt}\ExplSyntaxOff",
    r"\makeatletter\@@input HOME/secret.tex ",
)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Find the LuaLaTeX of this machine once, and let luaotfload learn the fonts."""
    installation = find_installation(
        class_folders=(CLASSES,),
        font_folders=(FONTS,),
        cache_folder=tmp_path_factory.mktemp("cache"),
        search_path=os.defpath,
    )
    run(installation, "The well")
    return installation


@pytest.fixture(params=[Confinement.BUBBLEWRAP, Confinement.LANDLOCK])
def installation(request: pytest.FixtureRequest, found: Installation, tmp_path: Path) -> Installation:
    """Confine the engine in one way."""
    without_bubblewrap = tmp_path / "bin"
    without_bubblewrap.mkdir()
    for tool in ("lualatex", "kpsewhich", "prlimit", "setpriv"):
        (without_bubblewrap / tool).symlink_to(f"/usr/bin/{tool}")
    search_path = os.defpath if request.param is Confinement.BUBBLEWRAP else str(without_bubblewrap)
    installation = find_installation(
        class_folders=found.class_folders,
        font_folders=found.font_folders,
        cache_folder=found.cache_folder,
        search_path=search_path,
    )
    if installation.confinement is not request.param:
        pytest.skip(f"{request.param} does not work on this machine")
    return installation


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Give a folder with secrets, as an author's home would be."""
    folder = tmp_path / "home"
    (folder / "empty").mkdir(parents=True)
    for name in HIDDEN_NAMES:
        (folder / name).write_text(f"{HIDDEN_WORDS}\n", encoding="utf-8")
    return folder


def run(installation: Installation, text: str) -> str:
    """Let an engine set a text once and give all that it has made of it."""
    folders = PrivateFolders()
    engine = EngineProcess(lambda: installation, PLAIN_CLASS, folders.make())
    try:
        engine.place(BODY, tex_document(text).body.encode())
        engine.hand_over()
        engine.wait(LIMIT_SECONDS)
        written = [engine.folder / name for name in (LOG, AUXILIARY, TERMINAL)]
        said = [each.read_text(encoding="utf-8", errors="replace") for each in written if each.exists()]
        with contextlib.suppress(subprocess.CalledProcessError):
            read = subprocess.run(["pdftotext", engine.folder / PDF, "-"], capture_output=True, check=True)
            said.append(read.stdout.decode())
        if (engine.folder / PDF).exists():
            said.append((engine.folder / PDF).read_bytes().decode("latin-1"))
        return "\n".join(said)
    finally:
        engine.end()
        folders.remove()


def contents_of(folder: Path) -> dict[str, tuple[float, bytes]]:
    """Give every file and folder under a folder, with its date and content."""
    return {
        str(each.relative_to(folder)): (each.stat().st_mtime, each.read_bytes() if each.is_file() else b"")
        for each in sorted(folder.rglob("*"))
    }


@pytest.mark.parametrize("payload", TEX_PAYLOADS)
def test_tex_reaches_nothing(payload: str, installation: Installation, home: Path) -> None:
    """Commands of TeX that read, write, run or embed do so with nothing outside the private folder."""
    before = contents_of(home.parent)
    said = run(installation, payload.replace("HOME", str(home)))
    assert HIDDEN_WORDS not in said
    assert "root:" not in said
    assert contents_of(home.parent) == before


def test_lua_reaches_nothing(installation: Installation, home: Path) -> None:
    """Lua, which knows no rules of its own, is held by the kernel; one attempt that fails does not stop the next."""
    before, cache = contents_of(home.parent), contents_of(installation.cache_folder)
    attempts = "\n".join(f"\\directlua{{pcall(function() {payload} end)}}" for payload in LUA_PAYLOADS)
    said = run(installation, attempts.replace("HOME", str(home)).replace("CACHE", str(installation.cache_folder)))
    assert HIDDEN_WORDS not in said
    assert "root:" not in said
    assert contents_of(home.parent) == before
    assert contents_of(installation.cache_folder) == cache


def test_an_engine_sees_nothing_of_our_environment(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords that a shell keeps in variables stay with us."""
    monkeypatch.setenv("COMMONS_PASSWORD", HIDDEN_WORDS)
    said = run(
        installation, '\\directlua{for name, value in pairs(os.env) do texio.write_nl(name .. "=" .. value) end}'
    )
    assert "openin_any=" in said
    assert HIDDEN_WORDS not in said
