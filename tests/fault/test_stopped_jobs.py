"""Jobs that are stopped because nobody wants their results any more: they end at once, and what is warm stays so."""

from __future__ import annotations

import contextlib
import os
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from jobs import PATIENT_SECONDS, child_in, children_in, find_all, servers_in, set_text
from tex_documents import (
    PLAIN_CLASS,
    lasting_processes,
    processes_in,
    real_engines,
    stand_in_engines,
)

from studyguide.engine import EngineStopped
from studyguide.engine.driver import BODY, DRIVER, PDF
from studyguide.engine.font_cache import FONTS as TABLES
from studyguide.engine.warm import reason_not_to_fork

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future
    from pathlib import Path

    from studyguide.artifacts import CompiledPdf
    from studyguide.engine import WarmEngines

SOON_SECONDS = 1.0
"""How long a job may take to end: a fifth of that, and the rest because machines that run tests are busy."""

ENDLESS = r"\directlua{while true do end}"
ASLEEP = r"\directlua{os.sleep(600)}"
NEW_FONT = r'\font\naskh="[NotoNaskhArabic-Regular.ttf]:mode=harf;" \naskh ب'

FORKS = pytest.param("forks", marks=pytest.mark.skipif(bool(reason_not_to_fork()), reason="engines do not fork here"))


@pytest.fixture(params=[FORKS, "stands by"])
def engines(request: pytest.FixtureRequest, cache: Path, work_folder: Path) -> Iterator[WarmEngines]:
    """Give engines that fork, and engines that stand by, in private folders that are watched."""
    assert work_folder.is_dir()
    with real_engines(cache, may_fork=request.param == "forks") as engines:
        yield engines


def stop(engines: WarmEngines, *pending: Future[CompiledPdf]) -> float:
    """Stop all jobs, see that every one ends for this reason, and say how many seconds that took."""
    begun = time.monotonic()
    engines.stop_jobs()
    for each in pending:
        assert isinstance(each.exception(PATIENT_SECONDS), EngineStopped)
    return time.monotonic() - begun


@pytest.mark.parametrize("text", [ENDLESS, ASLEEP], ids=["at work", "asleep"])
def test_a_job_ends_at_once_and_the_next_is_done(text: str, engines: WarmEngines, work_folder: Path) -> None:
    """Nothing of it is left, and a server that it had is not ended with it."""
    before = set_text(engines).path.read_bytes()
    servers = set(servers_in(work_folder))
    with ThreadPoolExecutor(max_workers=1) as pool:
        pending = pool.submit(set_text, engines, text)
        child_in(work_folder)
        assert stop(engines, pending) < SOON_SECONDS
    assert set(lasting_processes(work_folder)) <= servers
    assert [path.parent.joinpath(PDF).exists() for path in find_all(BODY, work_folder)] == [True]
    assert set_text(engines).path.read_bytes() == before
    assert set(servers_in(work_folder)) == servers


def test_all_jobs_that_run_are_stopped(engines: WarmEngines, work_folder: Path) -> None:
    """Those of every thread."""
    set_text(engines)
    with ThreadPoolExecutor(max_workers=3) as pool:
        pending = [pool.submit(set_text, engines, ENDLESS) for _ in range(3)]
        children_in(work_folder, 3)
        assert stop(engines, *pending) < SOON_SECONDS
    assert set_text(engines).page_count == 1


def test_a_job_whose_engine_is_still_warming_ends_at_once(engines: WarmEngines, work_folder: Path) -> None:
    """What warms for it is kept for the next one where engines fork."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        pending = pool.submit(set_text, engines, ENDLESS)
        while not (running := processes_in(work_folder)):
            os.sched_yield()
        assert stop(engines, pending) < SOON_SECONDS
    if not engines.reason_to_stand_by:
        assert set(lasting_processes(work_folder)) >= set(running)
    assert set_text(engines).page_count == 1


def test_a_job_that_has_met_a_new_font_ends_at_once(engines: WarmEngines, cache: Path, work_folder: Path) -> None:
    """The font is learnt all the same, so that the next job finds it."""
    for path in find_all("*NotoNaskhArabic*", cache / TABLES):
        path.unlink()
    with ThreadPoolExecutor(max_workers=1) as pool:
        pending = pool.submit(set_text, engines, NEW_FONT)
        while not any(b"NotoNaskhArabic" in body for body in bodies_of_learners(work_folder)):
            os.sched_yield()
        assert stop(engines, pending) < SOON_SECONDS
    while not find_all("*NotoNaskhArabic*", cache / TABLES):
        os.sched_yield()


def bodies_of_learners(work_folder: Path) -> Iterator[bytes]:
    """Give what engines read that learn fonts: it begins no document."""
    for path in find_all(BODY, work_folder):
        with contextlib.suppress(FileNotFoundError):
            body = path.read_bytes()
            if b"\\begin{document}" not in body:
                yield body


def test_where_no_job_runs_nothing_is_stopped(engines: WarmEngines) -> None:
    """A word that comes too late does not end the next job."""
    compiled = set_text(engines)
    engines.stop_jobs()
    engines.stop_jobs()
    assert set_text(engines).path.read_bytes() == compiled.path.read_bytes()


@pytest.mark.parametrize("stand_in", ["hangs", "ignores-sigterm", "never-reads"])
def test_an_engine_that_hangs_is_ended(stand_in: str, work_folder: Path, cache: Path) -> None:
    """Whatever it does about signals; what it has started goes as well."""
    with (
        stand_in_engines(stand_in, cache) as engines,
        ThreadPoolExecutor(max_workers=1) as pool,
    ):
        pending = pool.submit(set_text, engines)
        child_in(work_folder)
        assert stop(engines, pending) < SOON_SECONDS
        assert lasting_processes(work_folder) == []


def test_engines_that_stand_by_for_later_are_left_alone(work_folder: Path, cache: Path) -> None:
    """Only jobs are stopped."""
    with real_engines(cache, may_fork=False) as engines:
        engines.expect(PLAIN_CLASS, 2)
        with ThreadPoolExecutor(max_workers=1) as pool:
            pending = pool.submit(set_text, engines, ENDLESS)
            child_in(work_folder)
            assert stop(engines, pending) < SOON_SECONDS
        (waiting,) = (path.parent for path in find_all(DRIVER, work_folder))
        assert set_text(engines).path.parent == waiting
