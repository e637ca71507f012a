"""Documents that use up all that they can: bounded in time, memory and files, and the next document is set as usual."""

from __future__ import annotations

import contextlib
import tempfile
import time
import zlib
from typing import TYPE_CHECKING

import pytest
from tex_documents import PLAIN_CLASS, lasting_processes, processes_in, real_engines, tex_document

from studyguide.engine import compile_document
from studyguide.engine.driver import BODY
from studyguide.engine.installation import Limits
from studyguide.engine.server_folder import LOCKING
from studyguide.engine.warm import reason_not_to_fork
from studyguide.errors import EngineCrashed, EngineError, EngineTimeout

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from studyguide.artifacts import CompiledPdf
    from studyguide.engine import WarmEngines

pytestmark = pytest.mark.skipif(bool(reason_not_to_fork()), reason="engines do not fork here")

TIME_LIMIT_SECONDS = 0.6
GRACE_SECONDS = 3.0
LIMITS = Limits(cpu_seconds=60, file_bytes=2**20, memory_bytes=768 * 2**20, open_files=64)

BOMBS: dict[str, tuple[str, type[EngineError]]] = {
    "loop of TeX": (r"\loop\iftrue\repeat", EngineTimeout),
    "loop of Lua": (r"\directlua{while true do end}", EngineTimeout),
    "loop that catches all errors": (r"\directlua{while true do pcall(error) end}", EngineTimeout),
    "pattern that never ends": (
        r'\directlua{string.rep("a", 99):find(string.rep("a-", 40) .. "b")}',
        EngineTimeout,
    ),
    "table of Lua": (
        r'\directlua{local t = {} while true do t[\string#t + 1] = ("x"):rep(9999) .. \string#t end}',
        EngineError,
    ),
    "one long text of Lua": (r'\directlua{local s = "x" while true do s = s .. s end}', EngineError),
    "memory that is caught": (
        r"\directlua{local t = {} while true do pcall(table.insert, t, string.rep('x', 900000 + \string#t)) end}",
        EngineError,
    ),
    "macro that doubles": (r"\def\a{xxxxxxxx}\loop\edef\a{\a\a}\iftrue\repeat", EngineError),
    "boxes without end": (r"\setbox1\hbox{x}\loop\setbox1\hbox{\copy1\copy1}\iftrue\repeat", EngineError),
    "recursion of TeX": (r"\def\a{\a\relax b}\a", EngineError),
    "recursion of groups": (r"\def\a{{\a}}\a", EngineError),
    "recursion of Lua": (r"\directlua{local function f() return 1 + f() end f()}", EngineError),
    "flood in the log": (r"\loop\typeout{I am a log}\iftrue\repeat", EngineError),
    "flood of notes": (
        r"\newwrite\x\immediate\openout\x=x \loop\immediate\write\x{I am a note}\iftrue\repeat",
        EngineError,
    ),
    "flood of pages": (r"\loop\hbox{I am a page}\newpage\iftrue\repeat", EngineTimeout),
    "flood in the PDF": (
        r'\directlua{pdf.setcompresslevel(0) while true do pdf.immediateobj("stream", ("x"):rep(999999)) end}',
        EngineError,
    ),
    "flood in a file": (
        r'\directlua{local f = io.open("f", "w") while true do f:write(("x"):rep(99999)) end}',
        EngineError,
    ),
    "many open files": (r'\directlua{for n = 1, 9999 do assert(io.open("f" .. n, "w")) end}', EngineError),
    "many files": (
        r'\directlua{local n = 0 while true do n = n + 1 io.open("f" .. n, "w"):close() end}',
        EngineTimeout,
    ),
    "many folders": (r'\directlua{while true do lfs.mkdir("d") lfs.chdir("d") end}', EngineTimeout),
    "end without a word": (r"\directlua{os.exit(0)}", EngineCrashed),
    "crash": (r"\directlua{node.free(1) node.write(99999999)}", EngineError),
}
"""What is set, and how it ends: by a limit or by an error of TeX's."""


@pytest.fixture(scope="module")
def engines(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WarmEngines]:
    """Give engines with narrow limits; no process and no file of theirs is left."""
    place = tmp_path_factory.mktemp("work")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(place))
        with real_engines(cache, limits=LIMITS) as engines:
            yield engines
    assert list(place.iterdir()) == []
    assert lasting_processes(place) == []


@pytest.fixture(scope="module")
def good(engines: WarmEngines) -> CompiledPdf:
    """Set a good document first."""
    return set_document("The well", engines)


def set_document(text: str, engines: WarmEngines, time_limit_seconds: float = 60.0) -> CompiledPdf:
    """Set a document in one pass."""
    return compile_document(
        tex_document(text),
        engines=engines,
        auxiliary=b"\\relax \n\\gdef \\@abspage@last{1}\n",
        time_limit_seconds=time_limit_seconds,
    )


def large_picture(side: int) -> bytes:
    """Make a PNG of a few kilobytes with so many transparent pixels that they fill a gigabyte."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")

    packer = zlib.compressobj(1)
    rows = b"".join(packer.compress(bytes(1 + 4 * side)) for _ in range(side)) + packer.flush()
    size = side.to_bytes(4, "big") * 2
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size + b"\x08\x06\0\0\0") + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_bounded(bomb: str, engines: WarmEngines, good: CompiledPdf) -> None:
    """It ends at most three seconds after its limit; the PDF that was there is untouched, the same server goes on."""
    text, outcome = BOMBS[bomb]
    before = good.path.read_bytes()
    server = next(good.path.parent.parent.rglob(LOCKING)).parent
    running = processes_in(server)
    started = time.monotonic()
    with pytest.raises(outcome):
        set_document(text, engines, TIME_LIMIT_SECONDS)
    assert time.monotonic() - started < TIME_LIMIT_SECONDS + GRACE_SECONDS
    assert good.path.read_bytes() == before
    assert set_document("The well", engines).path.read_bytes() == before
    assert processes_in(server) == running


def test_a_picture_that_unpacks_to_a_gigabyte_is_bounded(engines: WarmEngines, good: CompiledPdf) -> None:
    """Had it come past the check of pictures, it would be printed within the limits, or not at all."""
    engine = engines.take(PLAIN_CLASS)
    engine.place("large.png", large_picture(side=16_000))
    engine.place(BODY, tex_document(r"\includegraphics{large.png}").body.encode())
    engine.hand_over()
    with contextlib.suppress(TimeoutError):
        engine.wait(TIME_LIMIT_SECONDS)
    made = [path.stat().st_size for path in engine.folder.iterdir() if path.name != "large.png"]
    assert max(made) <= LIMITS.file_bytes
    assert set_document("The well", engines).path.read_bytes() == good.path.read_bytes()


def test_used_up_computing_time_is_said_as_such(cache: Path) -> None:
    """The signal comes from the kernel, whatever time there is left."""
    with real_engines(cache, limits=Limits(cpu_seconds=1)) as engines, pytest.raises(EngineTimeout) as failure:
        set_document(r"\loop\iftrue\repeat", engines)
    assert failure.value.message == "TeX computed for more than 1 s on `commons-03-water`"
