"""Stopped in the middle: nothing is left running, nothing half made."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jobs import find_all
from manuscripts import HEADER, write_guide
from tex_documents import lasting_processes, processes_in

from studyguide.engine.driver import BODY, DRIVER

if TYPE_CHECKING:
    from collections.abc import Callable

SOON_SECONDS = 2.0
"""How long a build may take to end: a second, and another because machines that run tests are busy."""

SESSIONS = {f"{number:02}-well-{number}.md": HEADER.replace("well", f"well {number}") for number in range(1, 9)}


def has_started(temporary: Path) -> bool:
    """Tell whether a stand-in runs in one of the private folders, which come and go."""
    return any("started" in files for _, _, files in os.walk(temporary))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stopped_build_says_so_and_leaves_nothing(tmp_path: Path, number: signal.Signals) -> None:
    """Ctrl-C, a polite kill and a closed terminal give exit code 130, no output and no private folder."""
    write_guide(tmp_path / "guides" / "commons")
    programs = tmp_path / "bin"
    programs.mkdir()
    engine = programs / "lualatex"
    engine.write_text('#!/bin/sh\n[ "$1" = --version ] && exit\n: > started\nexec sleep 600\n')
    engine.chmod(0o755)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    command = [sys.executable, "-m", "studyguide", "build", str(tmp_path / "guides" / "commons")]
    environment = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "TMPDIR": str(temporary)}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None and not has_started(temporary):
            os.sched_yield()
        process.send_signal(number)
        _, said = process.communicate(timeout=30)

    # CPython ends itself by the signal when it came while source text was compiled; a shell shows both as 130.
    assert process.returncode in (130, -signal.SIGINT), said
    assert "stopped" in said
    assert "Traceback" not in said
    assert list((tmp_path / "build").rglob("*.pdf")) == []
    assert not has_started(temporary)


def is_warming(temporary: Path, _: Path) -> bool:
    """Tell whether an engine has started and has no document yet."""
    return bool(engines_beside(temporary, DRIVER))


def is_setting(temporary: Path, _: Path) -> bool:
    """Tell whether an engine runs that has a document."""
    return bool(engines_beside(temporary, BODY))


def is_finishing(_: Path, output: Path) -> bool:
    """Tell whether a handout is there while others are still to come."""
    return bool(find_all("*.pdf", output))


def engines_beside(temporary: Path, name: str) -> list[int]:
    """Give the processes in whose folder a file stands."""
    return [process for process in processes_in(temporary) if Path(f"/proc/{process}/cwd/{name}").exists()]


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a guide of many sessions once, so that fonts are learnt, and give its folder."""
    home = tmp_path_factory.mktemp("home")
    guide = write_guide(home / "guides" / "commons", sessions=SESSIONS)
    command = [sys.executable, "-m", "studyguide", "build", str(guide)]
    subprocess.run(command, cwd=home, env=os.environ | {"XDG_CACHE_HOME": str(home / "cache")}, check=True)
    return guide


@pytest.mark.parametrize("has_come", [is_warming, is_setting, is_finishing])
def test_a_build_with_the_real_engine_stops_within_a_second(
    has_come: Callable[[Path, Path], bool], guide: Path, tmp_path: Path
) -> None:
    """Whatever it is at: no process, no private folder and no half file is left."""
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    command = [sys.executable, "-m", "studyguide", "build", str(guide), "--output", str(tmp_path / "build")]
    environment = os.environ | {"XDG_CACHE_HOME": str(guide.parents[1] / "cache"), "TMPDIR": str(temporary)}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None and not has_come(temporary, tmp_path / "build"):
            os.sched_yield()
        process.send_signal(signal.SIGINT)
        sent = time.monotonic()
        _, said = process.communicate(timeout=30)
        lasted = time.monotonic() - sent

    assert process.returncode in (130, -signal.SIGINT), said
    assert lasted < SOON_SECONDS
    assert "Traceback" not in said
    assert list(temporary.iterdir()) == []
    assert lasting_processes(temporary) == []
    for path in (tmp_path / "build").rglob("*"):
        assert path.suffix != ".tmp"
        assert path.suffix != ".pdf" or path.read_bytes().rstrip().endswith(b"%%EOF")
