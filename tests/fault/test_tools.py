"""Small programs that TeX is asked about with: they may hang, and never outlive us."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from manuscripts import write_guide
from tex_documents import PLAIN_CLASS, lasting_processes, processes_in, real_engines

from studyguide.engine.process import Tools
from studyguide.errors import EngineCrashed

if TYPE_CHECKING:
    from concurrent.futures import Future

SOON_SECONDS = 2.0
"""How long an end may take: a fraction of a second, and the rest because machines that run tests are busy."""

PATIENT_SECONDS = 30.0
HANGS = '#!/bin/sh\ntrap "" TERM INT\nsleep 600 &\nsleep 600\n'
"""A program that hangs, with another that holds on to its output."""


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """Give a folder with a LuaLaTeX that hangs at every question."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "lualatex").write_text(HANGS, encoding="ascii")
    (folder / "lualatex").chmod(0o755)
    return folder


def ask(tools: Tools, programs: Path, seconds: float = PATIENT_SECONDS) -> str | None:
    """Ask it something."""
    environment = {"PATH": os.defpath, "PLACE": str(programs)}
    return tools.run((str(programs / "lualatex"), "--version"), environment, seconds)


def await_question(programs: Path) -> None:
    """Wait until a program of this folder has begun to hang, with all that it starts."""
    while len(processes_in(programs)) < 3:
        os.sched_yield()


def failure_of(pending: Future[str | None]) -> BaseException | None:
    """Give how a question ended."""
    return pending.exception(PATIENT_SECONDS)


def test_a_program_that_does_not_answer_is_ended(programs: Path) -> None:
    """With all that it has started."""
    assert ask(Tools(), programs, seconds=0.2) is None
    assert lasting_processes(programs) == []


def test_all_programs_are_ended_together(programs: Path) -> None:
    """Whoever asked gets no answer, and who asks later is told that all is over."""
    tools = Tools()
    with ThreadPoolExecutor(max_workers=1) as pool:
        pending = pool.submit(ask, tools, programs)
        await_question(programs)
        tools.end()
        assert pending.result(SOON_SECONDS) is None
    assert lasting_processes(programs) == []
    with pytest.raises(EngineCrashed, match="the build was stopped"):
        ask(tools, programs)


def test_closing_does_not_wait_for_an_engine_that_does_not_say_its_version(programs: Path, tmp_path: Path) -> None:
    """However engines are warm."""
    for may_fork in (True, False):
        search_path = f"{programs}{os.pathsep}{os.defpath}"
        with real_engines(tmp_path / "cache", search_path=search_path, may_fork=may_fork) as engines:
            engines.expect(PLAIN_CLASS)
            while not processes_named(programs):
                os.sched_yield()
            begun = time.monotonic()
            engines.close()
            assert time.monotonic() - begun < SOON_SECONDS
        assert processes_named(programs) == []


def processes_named(programs: Path) -> list[int]:
    """Give the processes that run a program of this folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                words = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if bytes(programs / "lualatex") in words:
                found.append(int(entry.name))
    return found


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_build_is_stopped_while_it_asks(number: signal.Signals, programs: Path, tmp_path: Path) -> None:
    """After Ctrl-C nothing of it runs."""
    write_guide(tmp_path / "guides" / "commons")
    command = [sys.executable, "-m", "studyguide", "build", str(tmp_path / "guides" / "commons")]
    environment = os.environ | {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "XDG_CACHE_HOME": str(tmp_path / "cache"),
    }
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None and not processes_named(programs):
            os.sched_yield()
        process.send_signal(number)
        sent = time.monotonic()
        _, said = process.communicate(timeout=PATIENT_SECONDS)
    assert time.monotonic() - sent < SOON_SECONDS
    assert "stopped" in said
    assert "Traceback" not in said
    assert lasting_processes(programs) == []
