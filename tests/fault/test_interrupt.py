"""Stopped in the middle: nothing is left running, nothing half made."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from manuscripts import write_guide

if TYPE_CHECKING:
    from pathlib import Path


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
    engine.write_text("#!/bin/sh\n: > started\nexec sleep 600\n")
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
