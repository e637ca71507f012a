"""A TeX that misbehaves: what the author reads, and that nothing of it is left behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jobs import find_all
from tex_documents import (
    STAND_INS,
    lasting_processes,
    processes_in,
    real_engines,
    span_of,
    stand_in_engines,
    tex_document,
)

from studyguide.engine import compile_document
from studyguide.errors import CompileError, EngineCrashed, EngineMissing, EngineTimeout

if TYPE_CHECKING:
    from studyguide.artifacts import CompiledPdf

PATIENT_SECONDS = 60.0
IMPATIENT_SECONDS = 0.3


@pytest.fixture(params=["confined", "bare"])
def search_path(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give a search path with bubblewrap, and one where nothing but the tools of the stand-ins is found."""
    if request.param == "confined":
        return os.defpath
    bare = tmp_path / "bin"
    bare.mkdir()
    for tool in ("sh", "sleep", "yes", "grep", "prlimit", "setpriv"):
        (bare / tool).symlink_to(shutil.which(tool) or "/missing")
    return str(bare)


def compile_with(
    stand_in: str,
    work_folder: Path,
    search_path: str,
    *,
    time_limit_seconds: float = PATIENT_SECONDS,
    auxiliary: bytes | None = None,
) -> CompiledPdf:
    """Let a stand-in set a document of one line."""
    with stand_in_engines(stand_in, work_folder.parent / "cache", search_path=search_path) as engines:
        return compile_document(
            tex_document("The well"), engines=engines, auxiliary=auxiliary, time_limit_seconds=time_limit_seconds
        )


@pytest.mark.parametrize("stand_in", ["hangs", "ignores-sigterm", "never-reads"])
def test_an_engine_that_does_not_finish_is_ended(stand_in: str, work_folder: Path, search_path: str) -> None:
    """The author reads how long we waited; the whole process group is gone, whatever it does about SIGTERM."""
    with pytest.raises(EngineTimeout) as failure:
        compile_with(stand_in, work_folder, search_path, time_limit_seconds=IMPATIENT_SECONDS)
    assert failure.value.message == "TeX did not finish `commons-03-water` in 0.3 s"
    assert "time-limit-seconds" in failure.value.hint


@pytest.mark.parametrize(
    ("stand_in", "message"),
    [
        ("killed", "TeX was ended by SIGSEGV while it set `commons-03-water`"),
        ("half-pdf", "TeX left half a PDF of `commons-03-water`"),
        ("no-pdf", "TeX left half a PDF of `commons-03-water`"),
        ("floods-log", "TeX wrote a file of more than 256 MB for `commons-03-water`"),
        ("floods-terminal", "TeX wrote a file of more than 256 MB for `commons-03-water`"),
        ("dies-warming", "TeX stopped with code 1 and did not say why"),
    ],
)
def test_an_engine_that_breaks_is_told_from_a_mistake_in_the_text(
    stand_in: str, message: str, work_folder: Path, search_path: str
) -> None:
    """A signal, half a PDF, a flood and an early end are each said as what they are."""
    with pytest.raises(EngineCrashed) as failure:
        compile_with(stand_in, work_folder, search_path)
    assert failure.value.message == message


def test_an_engine_that_computes_too_long_is_a_timeout(work_folder: Path, search_path: str) -> None:
    """The kernel's limit on computing time is a time limit as well."""
    with pytest.raises(EngineTimeout) as failure:
        compile_with("computes-too-long", work_folder, search_path)
    assert failure.value.message == "TeX computed for more than 60 s on `commons-03-water`"


def test_the_last_words_of_an_engine_that_could_not_begin_are_shown(work_folder: Path, search_path: str) -> None:
    """What stood on its terminal is all there is to go by."""
    with pytest.raises(EngineCrashed) as failure:
        compile_with("dies-warming", work_folder, search_path)
    assert failure.value.hint == "its last words: I can't find the format file `lualatex.fmt'!"


def test_a_process_that_outlives_the_engine_is_ended(work_folder: Path, search_path: str) -> None:
    """What an engine leaves behind in its group does not survive it."""
    with stand_in_engines("leaves-grandchild", work_folder.parent / "cache", search_path=search_path) as engines:
        with pytest.raises(CompileError):
            compile_document(
                tex_document("The well"), engines=engines, auxiliary=b"", time_limit_seconds=PATIENT_SECONDS
            )
        assert lasting_processes(work_folder) == []


def test_a_log_that_is_no_text_is_still_read(work_folder: Path, search_path: str) -> None:
    """Bytes that are not UTF-8 do not hide where the error is."""
    with pytest.raises(CompileError) as failure:
        compile_with("odd-log", work_folder, search_path)
    (problem,) = failure.value.diagnostics
    assert problem.span == span_of(2)
    assert "Strange \ufffd\ufffd" in problem.hint


def test_a_layout_that_never_settles_is_printed_with_a_warning(work_folder: Path, search_path: str) -> None:
    """After four passes the author gets the pages, and is told to check their numbers."""
    compiled = compile_with("never-settles", work_folder, search_path)
    assert compiled.passes == 4
    assert [each.message for each in compiled.warnings] == [
        "page numbers in `commons-03-water` still move after 4 passes"
    ]


def test_notes_that_tex_stumbles_over_are_forgotten(work_folder: Path, search_path: str) -> None:
    """Notes of an older class must not make a good text fail for ever."""
    compiled = compile_with("stumbles-over-notes", work_folder, search_path, auxiliary=b"strange\n")
    assert compiled.passes == 3
    assert compiled.auxiliary == b"\\relax\n"


@pytest.mark.usefixtures("work_folder")
def test_no_tex_at_all_says_how_to_get_it(tmp_path: Path) -> None:
    """Without LuaLaTeX on the search path the author is sent to the doctor."""
    with (
        real_engines(tmp_path / "cache", search_path=str(tmp_path)) as engines,
        pytest.raises(EngineMissing) as failure,
    ):
        compile_document(tex_document("x"), engines=engines, auxiliary=None, time_limit_seconds=PATIENT_SECONDS)
    assert failure.value.message == "LuaLaTeX is not installed"
    assert "studyguide doctor" in failure.value.hint


@pytest.mark.usefixtures("work_folder")
def test_an_engine_that_is_no_program_is_reported(tmp_path: Path) -> None:
    """A file of the right name that cannot be run is not taken for a mistake of the author."""
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "lualatex").write_text("#!/nowhere/at/all\n", encoding="ascii")
    (broken / "lualatex").chmod(0o755)
    with real_engines(tmp_path / "cache", search_path=str(broken)) as engines, pytest.raises(EngineMissing) as failure:
        compile_document(tex_document("x"), engines=engines, auxiliary=None, time_limit_seconds=PATIENT_SECONDS)
    assert failure.value.message == "TeX cannot be started: No such file or directory"


def test_engines_that_nobody_took_are_ended(work_folder: Path, search_path: str) -> None:
    """A build that fails before it typesets leaves no warm engine behind."""
    with stand_in_engines("works", work_folder.parent / "cache", search_path=search_path) as engines:
        engines.expect("\\documentclass{commons}", 3)
        assert len(find_all("driver.tex", work_folder)) == 3
    engines.close()


def test_nothing_starts_once_the_build_is_stopped(work_folder: Path, search_path: str) -> None:
    """A thread that is still at work when the build is interrupted gets no further engine."""
    with stand_in_engines("works", work_folder.parent / "cache", search_path=search_path) as engines:
        engines.close()
        with pytest.raises(EngineCrashed, match="the build was stopped"):
            engines.take("\\documentclass{commons}")


def test_closing_ends_a_document_that_another_thread_is_setting(work_folder: Path, search_path: str) -> None:
    """Ctrl-C in the main thread ends the engines of all threads, and their waiting."""
    with (
        ThreadPoolExecutor(max_workers=1) as pool,
        stand_in_engines("hangs", work_folder.parent / "cache", search_path=search_path) as engines,
    ):
        taken = threading.Event()

        def work() -> None:
            engine = engines.take("\\documentclass{commons}")
            taken.set()
            engine.wait(PATIENT_SECONDS)

        pending = pool.submit(work)
        taken.wait(PATIENT_SECONDS)
        while not processes_in(work_folder):
            os.sched_yield()
        engines.close()
        assert pending.exception(PATIENT_SECONDS) is None


def test_a_full_disk_is_said_as_such(work_folder: Path, search_path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """When no private folder can be made the message names the place."""
    monkeypatch.setattr(tempfile, "tempdir", str(work_folder / "missing"))
    with pytest.raises(EngineCrashed) as failure:
        compile_with("works", work_folder, search_path)
    assert "cannot be written: No such file or directory" in failure.value.message


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_an_engine_dies_with_the_program_that_started_it(
    number: signal.Signals, work_folder: Path, tmp_path: Path, search_path: str
) -> None:
    """After Ctrl-C its folder is gone as well; after a kill the next run removes it."""
    program = tmp_path / "program.py"
    program.write_text(INTERRUPTED_PROGRAM, encoding="utf-8")
    source = Path(__file__).parents[2] / "src"
    with subprocess.Popen(
        [sys.executable, program, work_folder, tmp_path / "cache", search_path],
        env=os.environ | {"PYTHONPATH": f"{source}{os.pathsep}{STAND_INS.parent}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        process_group=0,
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == b"working\n"
        running.send_signal(number)
    assert lasting_processes(work_folder) == []
    assert len(list(work_folder.iterdir())) == (1 if number is signal.SIGKILL else 0)
    compile_with("works", work_folder, search_path)


INTERRUPTED_PROGRAM = """
import os, sys, tempfile
from pathlib import Path
from tex_documents import stand_in_engines
tempfile.tempdir = sys.argv[1]
with stand_in_engines("tells-then-hangs", Path(sys.argv[2]), search_path=sys.argv[3]) as engines:
    engine = engines.take("")
    os.mkfifo(engine.folder / "working")
    engine.hand_over()
    print((engine.folder / "working").read_text().strip(), flush=True)
    engine.wait(600)
"""
