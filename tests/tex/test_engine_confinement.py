"""Author's text that has become TeX, as if escaping had failed: it runs, reads and writes nothing of the world."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tex_documents import PLAIN_CLASS, processes_in, real_engines, tex_document

from studyguide.engine.discovery import find_confinement
from studyguide.engine.driver import AUXILIARY, BODY, LOG, PDF, TERMINAL
from studyguide.engine.forked import ForkedEngine
from studyguide.engine.installation import SYSTEM_FOLDERS, Confinement
from studyguide.engine.process import Tools
from studyguide.engine.server_folder import LOCKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studyguide.engine import WarmEngines
    from studyguide.engine.process import EngineProcess

LIMIT_SECONDS = 60.0
HIDDEN_WORDS = "the spring under the old mill"
HIDDEN_NAMES = ("secret.tex", "secret.lua", "secret.pdf")
FORKED = "forked"

LUA_PAYLOADS = (
    'tex.print(io.open("HOME/secret.tex"):read("a"))',
    'for line in io.lines("HOME/secret.tex") do tex.print(line) end',
    'io.input("HOME/secret.tex") tex.print(io.read("a"))',
    'tex.print(io.open("/etc/passwd"):read("a"))',
    'tex.print(io.open("/usr/../etc/passwd"):read("a"))',
    'tex.print(io.open("/proc/1/environ"):read("a"))',
    'tex.print(io.open("/proc/self/environ"):read("a"))',
    'tex.print(io.open("/proc/self/maps"):read("a"))',
    'io.open("/proc/self/mem", "r+"):write("x")',
    'for each in lfs.dir("/proc") do tex.print(io.open("/proc/" .. each .. "/environ"):read("a")) end',
    'for each in lfs.dir("HOME") do tex.print(io.open("HOME/" .. each):read("a")) end',
    'tex.print(io.open("OTHER/secret.tex"):read("a"))',
    'for each in lfs.dir("OTHER") do tex.print(io.open("OTHER/" .. each):read("a")) end',
    'tex.print(io.open("../" .. ("OTHER"):match("[^/]*$") .. "/secret.tex"):read("a"))',
    'io.open("OTHER/body.tex", "w"):write("x")',
    'io.open("HOME/written.txt", "w"):write("x")',
    'io.output("HOME/written.txt") io.write("x") io.flush()',
    'io.open("SERVER/driver.tex", "w"):write("x")',
    'io.open("SERVER/fork_server.lua", "a"):write("x")',
    'io.open("SERVER/written.lua", "w"):write("x")',
    'os.remove("SERVER/fork_server.lua")',
    'os.rename("SERVER/driver.tex", "OTHER/driver.tex")',
    'io.open("/usr/written.txt", "w"):write("x")',
    'io.open(kpse.find_file("article.cls"), "a"):write("x")',
    'io.open("CACHE/luatex-cache/generic/fonts/otl/written.luc", "w"):write("x")',
    'os.remove("HOME/secret.tex")',
    'os.rename("HOME/secret.tex", "HOME/written.txt")',
    'lfs.mkdir("HOME/written")',
    'lfs.rmdir("HOME/empty")',
    'lfs.lock_dir("HOME")',
    'lfs.link("HOME/secret.tex", "near.tex", true) tex.print(io.open("near.tex"):read("a"))',
    'lfs.link("HOME", "home", true) tex.print(io.open("home/secret.tex"):read("a"))',
    'lfs.link("HOME/secret.tex", "hard.tex") tex.print(io.open("hard.tex"):read("a"))',
    'lfs.link("HOME/secret.tex", "HOME/written.txt")',
    'lfs.link("HOME", "out", true) io.open("out/written.txt", "w"):write("x")',
    'lfs.chdir("HOME") io.open("written.txt", "w"):write("x")',
    'lfs.touch("HOME/secret.tex", 1, 1)',
    'dofile("HOME/secret.lua")',
    'loadfile("HOME/secret.lua")()',
    'package.path = "HOME/?.lua" require("secret")',
    'os.execute("touch HOME/written.txt")',
    'io.popen("touch HOME/written.txt"):read("a")',
    'os.spawn("touch HOME/written.txt")',
    'os.spawn({"/bin/touch", "HOME/written.txt"})',
    'os.exec("touch HOME/written.txt")',
    'os.exec({"/bin/touch", "HOME/written.txt"})',
    'require("ffi").C.system("touch HOME/written.txt")',
    'for _, each in pairs(debug.getregistry()._LOADED) do each.C.system("touch HOME/written.txt") end',
    'require("socket").connect("127.0.0.1", 9)',
    'require("socket.core").udp():sendto("x", "127.0.0.1", 9)',
    'package.loadlib("libc.so.6", "*")',
    'package.loadlib("libc.so.6", "system")("touch HOME/written.txt")',
    'pdfe.open("HOME/secret.pdf")',
    'fontloader.open("HOME/secret.tex")',
)

TEX_PAYLOADS = (
    r"\input{HOME/secret.tex}",
    r"\input{/etc/passwd}",
    r"\input{/proc/self/environ}",
    r"\input{/proc/self/maps}",
    r"\input{../OTHER_NAME/secret.tex}",
    r"\input{./../OTHER_NAME/secret.tex}",
    r"\input{OTHER/secret.tex}",
    r"\input{|cat HOME/secret.tex}",
    (
        r"\openin5=HOME/secret.tex \ifeof5 \else \read5 to\line \line \fi"
        r"\openin5=../../secret.tex \ifeof5 \else \read5 to\line \line \fi"
        r"\openin5=../OTHER_NAME/secret.tex \ifeof5 \else \read5 to\line \line \fi"
        r"\openin5=/proc/self/environ \ifeof5 \else \read5 to\line \line \fi"
    ),
    r"\immediate\openout5=HOME/written.txt \immediate\write5{x}\immediate\closeout5",
    r"\immediate\openout5=../written.txt \immediate\write5{x}\immediate\closeout5",
    r"\immediate\openout5=SERVER/driver.tex \immediate\write5{x}\immediate\closeout5",
    r"\immediate\openout5=../OTHER_NAME/body.tex \immediate\write5{x}\immediate\closeout5",
    r"\immediate\write18{touch HOME/written.txt}\immediate\write18{cat HOME/secret.tex > near.tex}\input{near.tex}",
    r"\immediate\pdfextension obj stream file {HOME/secret.tex}\pdfextension refobj 1",
    r"\includegraphics{HOME/secret.pdf}",
    r'\directlua{pdf.immediateobj("streamfile", "HOME/secret.tex")}',
    r'\directlua{img.write(img.scan({filename = "HOME/secret.pdf"}))}',
    r'\font\x="[HOME/secret.tex]:mode=node;" \x A',
    r"\ExplSyntaxOn\sys_shell_now:n{touch~HOME/written.txt}\ExplSyntaxOff",
    r"\ExplSyntaxOn\ior_open:Nn\g_tmpa_ior{HOME/secret.tex}\ior_str_map_inline:Nn\g_tmpa_ior{#1}\ExplSyntaxOff",
    r"\makeatletter\@@input HOME/secret.tex ",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Engines that are confined in one way, and the folders of others that stand near those of their jobs."""

    engines: WarmEngines
    cache: Path
    other: Path
    server: Path

    def fill(self, payload: str, home: Path) -> str:
        """Put the names of the places that it is to reach into a payload."""
        for name, place in (("OTHER_NAME", self.other.name), ("OTHER", self.other), ("SERVER", self.server)):
            payload = payload.replace(name, str(place))
        return payload.replace("HOME", str(home)).replace("CACHE", str(self.cache))

    def contents(self, home: Path) -> list[dict[str, tuple[float, bytes]]]:
        """Give all that no payload may change."""
        return [contents_of(each) for each in (home.parent, self.cache, self.other)] + [
            {name: seen for name, seen in contents_of(self.server).items() if not name.startswith("cache")}
        ]


@pytest.fixture(scope="module", params=[Confinement.BUBBLEWRAP, Confinement.LANDLOCK, FORKED])
def room(request: pytest.FixtureRequest, cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """Confine engines in one way."""
    without_bubblewrap = tmp_path_factory.mktemp("bin")
    for tool in ("lualatex", "kpsewhich", "prlimit", "setpriv"):
        (without_bubblewrap / tool).symlink_to(f"/usr/bin/{tool}")
    is_forked = request.param is FORKED
    search_path = str(without_bubblewrap) if request.param is Confinement.LANDLOCK else os.defpath
    if not is_forked and find_confinement(search_path, SYSTEM_FOLDERS, Tools())[0] is not request.param:
        pytest.skip(f"{request.param} does not work on this machine")
    with (
        pytest.MonkeyPatch.context() as patch,
        real_engines(cache, search_path=search_path, may_fork=is_forked) as engines,
    ):
        patch.setenv("COMMONS_PASSWORD", HIDDEN_WORDS)
        first = set_text(engines, "The well")
        assert isinstance(first, ForkedEngine) is is_forked
        other = Path(tempfile.mkdtemp(dir=first.folder.parent))
        (other / "secret.tex").write_text(HIDDEN_WORDS, encoding="utf-8")
        server = next((each.parent for each in other.parent.rglob(LOCKING)), other)
        yield Room(engines=engines, cache=cache, other=other, server=server)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Give a folder with secrets, as an author's home would be."""
    folder = tmp_path / "home"
    (folder / "empty").mkdir(parents=True)
    for name in HIDDEN_NAMES:
        (folder / name).write_text(f"{HIDDEN_WORDS}\n", encoding="utf-8")
    return folder


def set_text(engines: WarmEngines, text: str) -> EngineProcess | ForkedEngine:
    """Let an engine set a text once."""
    engine = engines.take(PLAIN_CLASS)
    engine.place(BODY, tex_document(text).body.encode())
    engine.hand_over()
    engines.expect(PLAIN_CLASS)
    engine.wait(LIMIT_SECONDS)
    return engine


def run(room: Room, text: str) -> str:
    """Let an engine set a text once and give all that it has made of it."""
    folder = set_text(room.engines, text).folder
    written = [folder / name for name in (LOG, AUXILIARY, TERMINAL, PDF)]
    said = [each.read_bytes().decode("utf-8", errors="replace") for each in written if each.exists()]
    with contextlib.suppress(subprocess.CalledProcessError):
        read = subprocess.run(["pdftotext", folder / PDF, "-"], capture_output=True, check=True)
        said.append(read.stdout.decode())
    return "\n".join(said)


def contents_of(folder: Path) -> dict[str, tuple[float, bytes]]:
    """Give every file and folder under a folder, with its date and content."""
    return {
        str(each.relative_to(folder)): (each.stat().st_mtime, each.read_bytes() if each.is_file() else b"")
        for each in sorted(folder.rglob("*"))
    }


def assert_nothing_was_learnt(said: str) -> None:
    """See that neither a secret, nor the users of the machine, nor a process's own affairs are in an output."""
    assert HIDDEN_WORDS not in said
    assert "root:" not in said
    assert "TEXMFCACHE=" not in said
    assert "[stack]" not in said


@pytest.mark.parametrize("payload", TEX_PAYLOADS)
def test_tex_reaches_nothing(payload: str, room: Room, home: Path) -> None:
    """Commands of TeX that read, write, run or embed do so with nothing outside the private folder."""
    before = room.contents(home)
    assert_nothing_was_learnt(run(room, room.fill(payload, home)))
    assert room.contents(home) == before


def test_lua_reaches_nothing(room: Room, home: Path) -> None:
    """Lua, which knows no rules of its own, is held by the kernel; one attempt that fails does not stop the next."""
    before = room.contents(home)
    attempts = "\n".join(f"\\directlua{{pcall(function() {payload} end)}}" for payload in LUA_PAYLOADS)
    said = run(room, room.fill(attempts, home) + "\\typeout{all were tried}")
    assert "\nall were tried" in said
    assert_nothing_was_learnt(said)
    assert room.contents(home) == before


def test_no_open_descriptor_leads_out(room: Room, home: Path) -> None:
    """Whatever is open in an engine, in the one that forked it or in us: a line written there is heard by nobody."""
    before = room.contents(home)
    processes = ["self", str(os.getpid()), *map(str, processes_in(room.server))]
    attempts = "".join(
        f"""\\directlua{{for number = 0, 255 do
          local file = io.open("/proc/{process}/fd/" .. number, "a")
          if file then file:write("end 0\\string\\n") file:close() end
        end}}"""
        for process in processes
    )
    assert "\nall were tried" in run(room, attempts + "\\typeout{all were tried}")
    assert "\nThe spring" in run(room, "\\typeout{The spring}")
    assert room.contents(home) == before


def test_an_engine_sees_nothing_of_our_environment(room: Room) -> None:
    """Passwords that a shell keeps in variables stay with us."""
    said = run(room, '\\directlua{for name, value in pairs(os.env) do texio.write_nl(name .. "=" .. value) end}')
    assert "openin_any=" in said
    assert HIDDEN_WORDS not in said
