"""What stands in the folder of an engine that forks, before it starts.

Comes in: a folder, a preamble, what a child may use. Goes out: the driver, the lock, the class, a place for its cache.
Left to others: starting it (`fork_server`), the folders of its jobs (`forked`).
"""

from __future__ import annotations

import os
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING

from studyguide.engine.class_files import copy_class_files
from studyguide.engine.driver import DRIVER, START, START_LINES, forking_driver_for
from studyguide.engine.font_cache import lend_names
from studyguide.engine.installation import own_cache
from studyguide.engine.private_folders import unwritable

if TYPE_CHECKING:
    from studyguide.engine.installation import Installation

LOCKING = "fork_server.lua"
FOLDERS = "folders.txt"

WARMING = "warming"
"""What it learns of fonts while it reads the preamble; later its cache is in the folder of the job at hand."""


def furnish(folder: Path, installation: Installation, preamble: str, status_descriptor: int) -> None:
    """Put into an empty folder what a server starts with.

    Raises:
        EngineCrashed: when there is no room for it.
    """
    readable = (*installation.readable_folders, folder)
    limits = astuple(installation.limits)
    try:
        driver = forking_driver_for(preamble, status_descriptor=status_descriptor, limits=limits)
        (folder / DRIVER).write_text(driver, encoding="utf-8")
        (folder / START).write_bytes(START_LINES)
        (folder / LOCKING).write_bytes(Path(__file__).with_name(LOCKING).read_bytes())
        (folder / FOLDERS).write_bytes(b"\0".join(map(os.fsencode, readable)))
        copy_class_files(installation.class_folders, folder)
        own_cache(folder / WARMING).mkdir(parents=True)
        lend_names(installation.cache_folder, folder / WARMING)
        own_cache(folder).symlink_to(own_cache(folder / WARMING))
    except OSError as problem:
        raise unwritable(problem) from problem
