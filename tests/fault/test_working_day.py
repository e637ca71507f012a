"""Engines that live for a working day: nothing grows job by job, and what they stand on may change or go meanwhile."""

from __future__ import annotations

import contextlib
import gc
import os
import shutil
import signal
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jobs import PATIENT_SECONDS, SETTLED, find_all, servers_in, set_text
from tex_documents import (
    CLASSES,
    FONTS,
    PLAIN_CLASS,
    lasting_processes,
    processes_in,
    real_engines,
    stand_in_engines,
    tex_document,
)

from studyguide.engine import WarmEngines, compile_document
from studyguide.engine.driver import BODY, TERMINAL
from studyguide.engine.server_folder import LOCKING
from studyguide.engine.warm import reason_not_to_fork
from studyguide.errors import CompileError

if TYPE_CHECKING:
    from collections.abc import Callable

FORKING = pytest.mark.skipif(bool(reason_not_to_fork()), reason="engines do not fork here")
WARM_UP_JOBS = 8
JOBS = 60

SLACK_BYTES = 2**20
"""How much memory may come and go by chance; a leak of 32 kB a job would be seen."""

NOTES = b"\\relax\n"
"""What the stand-in notes of every document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What engines and their jobs hold of the machine."""

    folders: int
    descriptors: int
    threads: int
    processes: int


def held(work_folder: Path) -> Held:
    """Count it."""
    gc.collect()
    return Held(
        folders=sum(len(folders) for _, folders, _ in os.walk(work_folder)),
        descriptors=len(list(Path("/proc/self/fd").iterdir())),
        threads=threading.active_count(),
        processes=len(processes_in(work_folder)),
    )


def resident_bytes(process: int | str) -> int:
    """Say how much memory a process has."""
    return int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


def do_jobs(engines: WarmEngines, count: int) -> None:
    """Set documents and take them over, while an engine warms for the next; every fifth has an error."""
    for number in range(count):
        document = tex_document("The well" if number % 5 else r"\undefined")
        notes = (SETTLED, NOTES, None)[number % 3]
        with contextlib.suppress(CompileError):
            engines.release(
                compile_document(document, engines=engines, auxiliary=notes, time_limit_seconds=PATIENT_SECONDS)
            )
        if number + 1 < count:
            engines.expect(PLAIN_CLASS)


@FORKING
def test_job_after_job_nothing_grows_where_engines_fork(cache: Path, work_folder: Path) -> None:
    """Folders, descriptors, threads, processes and memory of ours and of the server are as after the first jobs."""
    with real_engines(cache) as engines:
        do_jobs(engines, WARM_UP_JOBS)
        (server,) = servers_in(work_folder)
        before, ours, its = held(work_folder), resident_bytes("self"), resident_bytes(server)
        do_jobs(engines, JOBS)
        assert held(work_folder) == before
        assert resident_bytes("self") - ours < SLACK_BYTES
        assert resident_bytes(server) - its < SLACK_BYTES


def test_job_after_job_nothing_grows_where_engines_stand_by(tmp_path: Path, work_folder: Path) -> None:
    """Each is used once, and nothing of it stays."""
    with stand_in_engines("works", tmp_path / "cache") as engines:
        do_jobs(engines, WARM_UP_JOBS)
        before, ours = held(work_folder), resident_bytes("self")
        do_jobs(engines, JOBS)
        assert held(work_folder) == before
        assert resident_bytes("self") - ours < SLACK_BYTES


def remove_all(work_folder: Path) -> None:
    """Clear up the folder for temporary files."""
    for path in work_folder.iterdir():
        shutil.rmtree(path)


def remove_class(work_folder: Path) -> None:
    """Clear up the class that a server has read and may read more of."""
    for path in find_all("commons.cls", work_folder):
        path.unlink()


def remove_folders_of_servers(work_folder: Path) -> None:
    """Clear up where servers work."""
    for path in find_all(LOCKING, work_folder):
        shutil.rmtree(path.parent)


def kill_all(work_folder: Path) -> None:
    """Kill all that waits."""
    for process in processes_in(work_folder):
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


@FORKING
@pytest.mark.parametrize("harm", [remove_all, remove_class, remove_folders_of_servers, kill_all])
def test_a_server_that_was_lost_is_replaced(harm: Callable[[Path], None], cache: Path, work_folder: Path) -> None:
    """As happens to temporary files that nobody seems to use; nothing of the old server is left."""
    with real_engines(cache) as engines:
        before = set_text(engines).path.read_bytes()
        (server,) = servers_in(work_folder)
        harm(work_folder)
        assert set_text(engines).path.read_bytes() == before
        assert engines.reason_to_stand_by == ""
        assert server not in lasting_processes(work_folder)


@FORKING
def test_a_server_that_loses_its_folder_at_the_last_moment_is_replaced(cache: Path, work_folder: Path) -> None:
    """Even between being taken and being told of the job, which is an accident then."""
    with real_engines(cache) as engines:
        set_text(engines)
        engine = engines.take(PLAIN_CLASS)
        engine.place(BODY, tex_document("The well").body.encode())
        engine.hand_over()
        remove_folders_of_servers(work_folder)
        assert engine.wait(PATIENT_SECONDS) == -signal.SIGKILL
        assert set_text(engines).page_count == 1
        assert engines.reason_to_stand_by == ""


@pytest.mark.parametrize("harm", [kill_all, remove_all])
def test_engines_that_were_lost_while_they_stood_by_are_replaced(
    harm: Callable[[Path], None], tmp_path: Path, work_folder: Path
) -> None:
    """However many: after hours nobody knows what has become of them."""
    with stand_in_engines("works", tmp_path / "cache") as engines:
        engines.expect(PLAIN_CLASS, 3)
        while len(find_all(TERMINAL, work_folder)) < 3:
            os.sched_yield()
        harm(work_folder)
        for _ in range(2):
            compiled = compile_document(
                tex_document("The well"), engines=engines, auxiliary=NOTES, time_limit_seconds=PATIENT_SECONDS
            )
            assert compiled.page_count == 3


@FORKING
@pytest.mark.usefixtures("work_folder")
def test_a_cache_that_was_cleared_away_is_made_anew(cache: Path, tmp_path: Path) -> None:
    """With what the next engine needs."""
    shutil.copytree(cache, tmp_path / "cache")
    with real_engines(tmp_path / "cache") as engines:
        set_text(engines)
        (tmp_path / "cache").rename(tmp_path / "gone")
        assert set_text(engines).page_count == 1
        assert engines.reason_to_stand_by == ""


@pytest.mark.parametrize("may_fork", [pytest.param(True, marks=FORKING), False])
def test_a_class_that_has_changed_is_read_anew(
    *, may_fork: bool, cache: Path, work_folder: Path, tmp_path: Path
) -> None:
    """Whoever edits it sees the next page by it, and not by what an engine has read before."""
    classes = shutil.copytree(CLASSES, tmp_path / "classes")
    with WarmEngines(
        class_folders=(classes,),
        font_folders=(FONTS,),
        cache_folder=cache,
        search_path=os.defpath,
        may_fork=may_fork,
    ) as engines:
        engines.release(set_text(engines, r"\ifdefined\changed\undefined\fi The well"))
        engines.expect(PLAIN_CLASS)
        while not (before := processes_in(work_folder)):
            os.sched_yield()
        with (classes / "commons.cls").open("a", encoding="utf-8") as file:
            file.write("\\def\\changed{}\n")
        assert set_text(engines, r"\changed The well").page_count == 1
        assert set(before).isdisjoint(lasting_processes(work_folder))
