"""LuaLaTeX's format, unpacked: an engine that need not unpack it starts a fifth sooner.

Comes in: the engine and our cache folder. Goes out: an unpacked copy of its format, made anew when that changes.
TeX Live packs formats with gzip; LuaTeX reads them through zlib, which takes unpacked files as they are.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

FORMAT = "lualatex.fmt"
RECORD = "format.json"


def find_quick_format(lualatex: Path, cache_folder: Path, locate: Callable[[], Path | None]) -> Path | None:
    """Give the unpacked format of this engine, or None to do without; `locate` asks TeX for the packed one.

    It is asked only when the engine is another than the last time, or the packed file has changed.
    """
    unpacked = cache_folder / "format" / FORMAT
    packed = _recorded(lualatex, cache_folder)
    if packed is not None and unpacked.is_file():
        return unpacked
    packed = locate()
    if packed is None:
        return None
    try:
        identity = _identity(lualatex, packed)
        _unpack(packed, unpacked)
        (cache_folder / RECORD).write_text(json.dumps(identity), encoding="utf-8")
    except OSError:
        # Without room for it, or when the system's format is not packed: the engine finds that one by itself.
        return None
    return unpacked


def _recorded(lualatex: Path, cache_folder: Path) -> Path | None:
    try:
        record = json.loads((cache_folder / RECORD).read_text(encoding="utf-8"))
        packed = Path(record["packed"])
        return packed if record == _identity(lualatex, packed) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _identity(lualatex: Path, packed: Path) -> dict[str, str | int]:
    facts = packed.stat()
    return {
        "lualatex": str(lualatex.resolve()),
        "packed": str(packed),
        "bytes": facts.st_size,
        "modified_nanoseconds": facts.st_mtime_ns,
    }


def _unpack(packed: Path, unpacked: Path) -> None:
    # Read only here: an engine's start waits for the imports of this module.
    import gzip
    import zlib

    unpacked.parent.mkdir(parents=True, exist_ok=True)
    unfinished = unpacked.with_name(f"{FORMAT}.{os.getpid()}")
    try:
        with gzip.open(packed, "rb") as source, unfinished.open("wb") as target:
            shutil.copyfileobj(source, target, 2**20)
        unfinished.replace(unpacked)
    except (EOFError, zlib.error) as problem:
        raise OSError from problem
    finally:
        unfinished.unlink(missing_ok=True)
