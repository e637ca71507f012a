"""A fork server that dies, falls silent or talks nonsense, children that are killed: nothing hangs, nothing is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jobs import PATIENT_SECONDS, child_in, servers_in, set_text
from tex_documents import (
    PLAIN_CLASS,
    lasting_processes,
    real_engines,
)

from studyguide.engine.driver import BODY
from studyguide.engine.font_cache import FONTS as TABLES
from studyguide.engine.forked import LOCK_FAILED, ForkedEngine
from studyguide.engine.installation import Limits
from studyguide.engine.warm import reason_not_to_fork
from studyguide.errors import EngineCrashed, EngineTimeout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from studyguide.artifacts import CompiledPdf
    from studyguide.engine import WarmEngines

pytestmark = pytest.mark.skipif(bool(reason_not_to_fork()), reason="engines do not fork here")

LONG = r"\directlua{local start = os.clock() repeat until os.clock() - start > 0.5}The well"
ENDLESS = r"\directlua{while true do end}"


@pytest.fixture
def engines(cache: Path, work_folder: Path) -> Iterator[WarmEngines]:
    """Give the engines of one build, in private folders that are watched."""
    assert work_folder.is_dir()
    with real_engines(cache) as engines:
        yield engines


def still_forks(engines: WarmEngines) -> bool:
    """Tell whether the next engine will be a child of a server."""
    return isinstance(engines.take(PLAIN_CLASS), ForkedEngine)


def while_setting(
    engines: WarmEngines, text: str, act: Callable[[], None], seconds: float = PATIENT_SECONDS
) -> CompiledPdf:
    """Do something while a document is being set."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        pending = pool.submit(set_text, engines, text, seconds)
        act()
        return pending.result(PATIENT_SECONDS)


def test_a_server_that_was_killed_while_idle_is_replaced(engines: WarmEngines, work_folder: Path) -> None:
    """Nobody notices."""
    before = set_text(engines).path.read_bytes()
    for process in servers_in(work_folder):
        os.kill(process, signal.SIGKILL)
    assert set_text(engines).path.read_bytes() == before
    assert still_forks(engines)


def test_a_server_that_is_killed_while_warming_is_replaced(engines: WarmEngines, work_folder: Path) -> None:
    """The document is set by the next."""

    def kill_the_first() -> None:
        while not (running := servers_in(work_folder)):
            os.sched_yield()
        os.kill(running[0], signal.SIGKILL)

    assert while_setting(engines, "The well", kill_the_first).page_count == 1


def test_a_server_that_is_killed_at_work_is_replaced(engines: WarmEngines, work_folder: Path) -> None:
    """Its child dies with it, and the document is set anew."""
    set_text(engines)

    def kill_the_server() -> None:
        child_in(work_folder)
        os.kill(servers_in(work_folder)[0], signal.SIGKILL)

    assert while_setting(engines, LONG, kill_the_server).page_count == 1


def test_a_child_that_was_killed_is_replaced_once(engines: WarmEngines, work_folder: Path) -> None:
    """Memory may have been short for a moment; the server goes on."""
    set_text(engines)
    servers = servers_in(work_folder)
    compiled = while_setting(engines, LONG, lambda: os.kill(child_in(work_folder), signal.SIGKILL))
    assert compiled.page_count == 1
    assert servers_in(work_folder) == servers


def test_a_child_that_is_killed_again_is_reported(engines: WarmEngines, work_folder: Path) -> None:
    """The second time it is no accident."""
    set_text(engines)

    def kill_twice() -> None:
        first = child_in(work_folder)
        os.kill(first, signal.SIGKILL)
        while (second := child_in(work_folder)) == first:
            os.sched_yield()
        os.kill(second, signal.SIGKILL)

    with pytest.raises(EngineCrashed) as failure:
        while_setting(engines, ENDLESS, kill_twice)
    assert failure.value.message == "TeX was ended by SIGKILL while it set `commons-03-water`"


@pytest.mark.parametrize("moment", ["idle", "at work"])
def test_a_server_that_was_stopped_is_waited_for_no_longer_than_allowed(
    moment: str, engines: WarmEngines, work_folder: Path
) -> None:
    """A reply that never comes is a timeout; the next document gets another server."""
    set_text(engines)
    (server,) = servers_in(work_folder)

    def stop() -> None:
        if moment == "at work":
            child_in(work_folder)
        os.kill(server, signal.SIGSTOP)

    if moment == "idle":
        stop()
    with pytest.raises(EngineTimeout):
        while_setting(engines, ENDLESS, stop, seconds=1)
    assert set_text(engines).page_count == 1
    assert server not in servers_in(work_folder)


def test_a_server_that_was_stopped_and_goes_on_is_used(engines: WarmEngines, work_folder: Path) -> None:
    """A job waits for it meanwhile."""
    set_text(engines)
    (server,) = servers_in(work_folder)
    os.kill(server, signal.SIGSTOP)

    def go_on() -> None:
        while sum(BODY in names for _, _, names in os.walk(work_folder)) < 2:
            os.sched_yield()
        os.kill(server, signal.SIGCONT)

    assert while_setting(engines, "The well", go_on).page_count == 1
    assert servers_in(work_folder) == [server]


@pytest.mark.parametrize("code", [LOCK_FAILED, 1, 42])
def test_a_document_that_ends_its_engine_by_itself_is_told_from_a_lock_that_failed(
    code: int, engines: WarmEngines, work_folder: Path
) -> None:
    """Whatever it returns: only a child that never said that it is locked was refused."""
    set_text(engines)
    servers = servers_in(work_folder)
    with pytest.raises(EngineCrashed, match=f"stopped with code {code} "):
        set_text(engines, rf"\directlua{{os.exit({code})}}")
    assert still_forks(engines)
    assert servers_in(work_folder) == servers


def put_program(folder: Path, script: str) -> str:
    """Put a program under LuaLaTeX's name on a search path of its own, with the tools around it."""
    folder.mkdir()
    (folder / "lualatex").write_text(script, encoding="utf-8")
    (folder / "lualatex").chmod(0o755)
    (folder / "kpsewhich").symlink_to("/usr/bin/kpsewhich")
    return f"{folder}{os.pathsep}{os.defpath}"


@pytest.mark.parametrize(
    "words",
    [
        "nonsense",
        r"\377\376\n",
        r"ready\nchild x\n",
        r"ready\nchild 99999999\nend x\n",
        r"ready\nend 0\n",
        r"ready now\n",
        r"refused the moon is full\n",
        r"\n\n\n",
    ],
)
@pytest.mark.usefixtures("work_folder")
def test_a_server_that_talks_nonsense_is_done_without(words: str, tmp_path: Path) -> None:
    """Engines stand by instead, and the document is set."""
    search_path = put_program(
        tmp_path / "bin",
        f"""#!/bin/sh
case "$*" in *--version*) echo 'Version 1.15.0'; exit ;; *--shell-escape*) forks=yes ;; esac
case "$*" in *--no-shell-escape*) forks= ;; esac
if [ "$forks" ]; then
  printf '{words}' > "/proc/self/fd/$(sed -n 's/.*read("a"), \\([0-9]*\\),.*/\\1/p' driver.tex)"
  exit
fi
read -r order || exit 0
printf '\\\\relax\\n' > doc.aux
printf '%%PDF-1.5\\n%%%%EOF\\n' > doc.pdf
printf 'Output written on doc.pdf (3 pages, 18 bytes).\\n' > doc.log
""",
    )
    with real_engines(tmp_path / "cache", search_path=search_path) as engines:
        assert set_text(engines).page_count == 3
        assert not still_forks(engines)


def test_a_server_that_ends_at_once_is_reported_with_its_last_words(work_folder: Path, tmp_path: Path) -> None:
    """As any engine that cannot begin."""
    assert work_folder.is_dir()
    search_path = put_program(tmp_path / "bin", '#!/bin/sh\necho "I can\'t find the format file"\nexit 1\n')
    with real_engines(tmp_path / "cache", search_path=search_path) as engines, pytest.raises(EngineCrashed) as failure:
        set_text(engines)
    assert failure.value.hint == "its last words: I can't find the format file"


@pytest.mark.usefixtures("work_folder")
def test_a_luatex_without_its_library_stands_by(cache: Path, tmp_path: Path) -> None:
    """Where `--shell-escape` gives it no way to fork, it is used as it is."""
    search_path = put_program(
        tmp_path / "bin",
        """#!/bin/sh
for word; do shift; [ "$word" = --shell-escape ] || set -- "$@" "$word"; done
exec /usr/bin/lualatex "$@"
""",
    )
    with real_engines(cache, search_path=search_path) as engines:
        assert set_text(engines).page_count == 1
        assert not still_forks(engines)


WITHOUT_LANDLOCK = """
import ctypes, os, struct, sys
# Load the number of the call; is it landlock_create_ruleset: no such call; any other is allowed.
steps = [(0x20, 0, 0, 0), (0x15, 0, 1, 444), (0x06, 0, 0, 0x00050026), (0x06, 0, 0, 0x7FFF0000)]
filters = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
program = struct.pack("=H6xQ", len(steps), ctypes.addressof(filters))
ctypes.CDLL(None).prctl(38, 1, 0, 0, 0)
ctypes.CDLL(None).prctl(22, 2, program, 0, 0)
os.execv("/usr/bin/lualatex", ["lualatex", *sys.argv[1:]])
"""


@pytest.mark.usefixtures("work_folder")
def test_where_the_kernel_cannot_lock_children_engines_stand_by(cache: Path, tmp_path: Path) -> None:
    """An engine that asks for Landlock in vain does not fork."""
    program = tmp_path / "without_landlock.py"
    program.write_text(WITHOUT_LANDLOCK, encoding="utf-8")
    search_path = put_program(
        tmp_path / "bin",
        f"""#!/bin/sh
case "$*" in *--no-shell-escape*) exec /usr/bin/lualatex "$@" ;; esac
exec {sys.executable} {program} "$@"
""",
    )
    with real_engines(cache, search_path=search_path) as engines:
        assert set_text(engines).page_count == 1
        assert not still_forks(engines)


def test_without_prlimit_a_child_is_limited_all_the_same(work_folder: Path, cache: Path, tmp_path: Path) -> None:
    """It limits itself."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for tool in ("lualatex", "kpsewhich"):
        (programs / tool).symlink_to(f"/usr/bin/{tool}")
    limits = Limits(cpu_seconds=1, file_bytes=2**20, open_files=64)
    with real_engines(cache, search_path=str(programs), limits=limits) as engines:
        assert set_text(engines).page_count == 1
        (process,) = servers_in(work_folder)
        with pytest.raises(EngineTimeout, match="computed for more than 1 s"):
            set_text(engines, ENDLESS)
        with pytest.raises(EngineCrashed, match="a file of more than 1 MB"):
            set_text(engines, r'\directlua{local f = io.open("f", "w") while true do f:write(("x"):rep(99999)) end}')
        assert servers_in(work_folder) == [process]


@pytest.mark.parametrize("name", ["a b", "line\nbreak", "Añn's guides; 2026 ~", "quote\"s'", "井戸", "50%", "#{}"])
def test_private_folders_may_stand_anywhere(
    name: str, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the folder for temporary files is called."""
    place = tmp_path / name
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    with real_engines(cache) as engines:
        assert set_text(engines).page_count == 1
        assert still_forks(engines)
    assert list(place.iterdir()) == []


@pytest.mark.usefixtures("work_folder")
def test_two_builds_at_once_learn_the_same_fonts(tmp_path: Path) -> None:
    """On a fresh machine both make what is not there yet, and neither finds the other's half done."""

    def build() -> bytes:
        with real_engines(tmp_path / "cache") as engines:
            return set_text(engines).path.read_bytes()

    with ThreadPoolExecutor(max_workers=2) as pool:
        first, second = (pool.submit(build) for _ in range(2))
        assert first.result() == second.result() == build()
    assert {path.suffix for path in (tmp_path / "cache" / TABLES).rglob("*.*")} == {".lua", ".luc"}


def test_nothing_starts_once_the_build_is_stopped(engines: WarmEngines) -> None:
    """A thread that has taken an engine and comes too late to hand it over gets no server."""
    engine = engines.take(PLAIN_CLASS)
    engines.close()
    with pytest.raises(EngineCrashed, match="the build was stopped"):
        engine.hand_over()


def test_closing_ends_documents_that_other_threads_are_setting(engines: WarmEngines, work_folder: Path) -> None:
    """Ctrl-C in the main thread ends all children, and the waiting for them."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        pending = [pool.submit(set_text, engines, ENDLESS) for _ in range(2)]
        child_in(work_folder)
        engines.close()
        for each in pending:
            assert isinstance(each.exception(PATIENT_SECONDS), EngineCrashed)


KILLED_PROGRAM = """
import sys, tempfile
from pathlib import Path
from tex_documents import PLAIN_CLASS, real_engines, tex_document
tempfile.tempdir = sys.argv[1]
with real_engines(Path(sys.argv[2])) as engines:
    engine = engines.take(PLAIN_CLASS)
    engine.place("body.tex", tex_document(sys.argv[3]).body.encode())
    engine.hand_over()
    engine.wait(600)
    print("set", flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize("moment", ["idle", "at work", "asleep"])
def test_servers_and_children_do_not_outlive_us(moment: str, work_folder: Path, cache: Path, tmp_path: Path) -> None:
    """When we are killed with no time to end them, they end by themselves, even a child that does nothing."""
    program = tmp_path / "program.py"
    program.write_text(KILLED_PROGRAM, encoding="utf-8")
    root = Path(__file__).parents[2]
    text = {
        "idle": "The well",
        "at work": ENDLESS,
        "asleep": r"\directlua{os.sleep(600)}",
    }[moment]
    with subprocess.Popen(
        [sys.executable, program, work_folder, cache, text],
        env=os.environ | {"PYTHONPATH": f"{root / 'src'}{os.pathsep}{root / 'tests' / 'support'}"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        process_group=0,
    ) as running:
        if moment == "idle":
            assert running.stdout is not None
            assert running.stdout.readline() == b"set\n"
        else:
            child_in(work_folder)
        running.kill()
    assert lasting_processes(work_folder) == []
    with real_engines(cache) as engines:
        assert set_text(engines).page_count == 1
