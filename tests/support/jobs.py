"""Jobs of real engines as tests watch them: set a document, wait until an engine is at one, find the servers.

Comes in: engines and the folder in which they work. Goes out: PDFs and processes.
Left to others: the documents and the engines (`tex_documents`).
"""

from __future__ import annotations

import contextlib
import fnmatch
import os
from pathlib import Path
from typing import TYPE_CHECKING

from tex_documents import processes_in, tex_document

from studyguide.engine import compile_document
from studyguide.engine.driver import BODY
from studyguide.engine.server_folder import LOCKING

if TYPE_CHECKING:
    from studyguide.artifacts import CompiledPdf
    from studyguide.engine import WarmEngines

PATIENT_SECONDS = 60.0
SETTLED = b"\\relax \n\\gdef \\@abspage@last{1}\n"
"""What the small class notes of a document of one page, so that one pass is enough."""


def set_text(engines: WarmEngines, text: str = "The well", time_limit_seconds: float = PATIENT_SECONDS) -> CompiledPdf:
    """Set a document in one pass."""
    return compile_document(
        tex_document(text), engines=engines, auxiliary=SETTLED, time_limit_seconds=time_limit_seconds
    )


def find_all(pattern: str, folder: Path) -> list[Path]:
    """Find files by name while engines come and go: before Python 3.13 `rglob` fails at a folder that has gone."""
    return [Path(place, name) for place, _, names in os.walk(folder) for name in fnmatch.filter(names, pattern)]


def servers_in(work_folder: Path) -> list[int]:
    """Give the servers that run."""
    return [process for path in find_all(LOCKING, work_folder) for process in processes_in(path.parent)]


def child_in(work_folder: Path) -> int:
    """Wait until an engine is at a document, and give a process of it."""
    return children_in(work_folder, 1)[0]


def children_in(work_folder: Path, count: int) -> list[int]:
    """Wait until so many engines are at documents, and give a process of each."""
    while len(found := {place: each for each in processes_in(work_folder) if (place := _place_of_job(each))}) < count:
        os.sched_yield()
    return list(found.values())


def _place_of_job(process: int) -> Path | None:
    # What has ended since it was listed is not what is waited for.
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        place = Path(f"/proc/{process}/cwd").resolve()
        return place if (place / BODY).exists() and not (place / LOCKING).exists() else None
    return None
