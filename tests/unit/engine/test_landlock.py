"""The kernel keeps a thread to its folders."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from studyguide.engine.landlock import confine_thread, landlock_version

pytestmark = pytest.mark.skipif(landlock_version() == 0, reason="this kernel has no Landlock")


def outcome_of(readable: Path, writable: Path, attempt: str, path: Path) -> str:
    """Try to read or write a file in a thread of its own that is confined; the other threads stay free."""
    outcomes: list[str] = []

    def work() -> None:
        confine_thread(readable=(readable, Path("/does/not/exist")), writable=writable)
        try:
            with path.open(attempt):
                outcomes.append("done")
        except OSError as problem:
            outcomes.append(type(problem).__name__)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    return outcomes[0]


@pytest.mark.parametrize(
    ("attempt", "place", "outcome"),
    [
        ("r", "readable", "done"),
        ("w", "readable", "PermissionError"),
        ("r", "writable", "done"),
        ("w", "writable", "done"),
        ("r", "elsewhere", "PermissionError"),
        ("w", "elsewhere", "PermissionError"),
    ],
)
def test_a_confined_thread_reads_and_writes_only_where_it_may(
    attempt: str, place: str, outcome: str, tmp_path: Path
) -> None:
    """One folder to read, one to write, nothing else."""
    for name in ("readable", "writable", "elsewhere"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").touch()
    assert outcome_of(tmp_path / "readable", tmp_path / "writable", attempt, tmp_path / place / "file") == outcome
    (tmp_path / "elsewhere" / "file").write_text("we are still free", encoding="utf-8")
