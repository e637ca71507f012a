"""Which LuaTeX it is: asked once for each engine, since asking takes as long as a small document.

Comes in: the program and our cache folder. Goes out: its version, or the newest there is when it cannot be told.
Left to others: what follows from it (`installation`).
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

RECORD = "version.json"

UNKNOWN_VERSION = (99, 0)
"""Stands for an engine that does not tell: it is taken for a new one."""

_VERSION = re.compile(r"Version (\d+)\.(\d+)")


def find_version(lualatex: Path, cache_folder: Path, ask: Callable[[], str | None]) -> tuple[int, int]:
    """Give the engine's version; `ask` gets its own words, and is called only for an engine that is not known."""
    try:
        facts = lualatex.stat()
        identity: list[str | int] = [str(lualatex.resolve()), facts.st_size, facts.st_mtime_ns]
    except OSError:
        return UNKNOWN_VERSION
    known = _recall(cache_folder / RECORD, identity)
    if known is not None:
        return known
    found = _VERSION.search(ask() or "")
    if found is None:
        return UNKNOWN_VERSION
    version = (int(found[1]), int(found[2]))
    try:
        (cache_folder / RECORD).write_text(json.dumps({"engine": identity, "version": version}), encoding="utf-8")
    except OSError:
        # Without room for it the engine is asked again the next time.
        return version
    return version


def _recall(record: Path, identity: list[str | int]) -> tuple[int, int] | None:
    try:
        facts = json.loads(record.read_text(encoding="utf-8"))
        first, second = facts["version"]
        return (int(first), int(second)) if facts["engine"] == identity else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
