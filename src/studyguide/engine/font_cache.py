"""What luaotfload has learnt of fonts, kept between builds: reading a CJK font for the first time takes ten seconds.

Comes in: the cache and an engine's private folder. Goes out: what is known, lent to the engine; what is new, kept.
Later engines run what stands in the cache as code: it is kept only of engines that have read nothing of an author.
Engines never write to the kept cache: an engine that is killed leaves nothing half-written there.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import threading
from typing import TYPE_CHECKING

from studyguide.engine.installation import own_cache

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LEARNT = "luatex-cache"
"""Where in its cache luaotfload puts what it learns: indexes of fonts, tables of glyphs, under names of many kinds."""

FONTS = f"{LEARNT}/generic/fonts"
"""The tables of each font."""

SHAPED_BY_LUA = "otl"
SHAPED_BY_HARFBUZZ = "hb"
"""The folders of tables, one for each way to shape text (luaotfload 3.23: `mode=node` and `mode=harf`)."""

SHAPED_BY_TEX = "studyguide"
"""Where studyguide-faces.lua keeps faces that TeX shapes by itself."""

NAMES = f"{LEARNT}/generic/names"
"""The index of installed fonts. luaotfload looks for it only in the folder that it may write to."""


def is_first_run(cache_folder: Path) -> bool:
    """Whether nothing is known yet of this machine's fonts, so that the next engine has to learn them."""
    return not any((cache_folder / FONTS / SHAPED_BY_LUA).glob("*"))


def lend_names(cache_folder: Path, folder: Path) -> None:
    """Put the index of installed fonts, if there is one already, where an engine in this folder looks for it.

    Folders for tables of fonts are made as well: luaotfload looks only in those that are there when it starts, and does
    not make its own again when that leads to another folder meanwhile.

    Raises:
        OSError: when there is no room for the index.
    """
    with contextlib.suppress(OSError):
        for each in (cache_folder, own_cache(folder)):
            for shaped_by in (SHAPED_BY_LUA, SHAPED_BY_HARFBUZZ, SHAPED_BY_TEX):
                (each / FONTS / shaped_by).mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileNotFoundError):
        for known in _files_in(cache_folder / NAMES):
            lent = own_cache(folder) / known.relative_to(cache_folder)
            lent.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.suppress(FileNotFoundError):  # another engine's, finished meanwhile
                shutil.copyfile(known, lent)


def keep_what_was_learnt(folder: Path, cache_folder: Path) -> None:
    """Take over what an engine has written to its own cache; when there is no room for it, nothing is lost but time."""
    with contextlib.suppress(OSError):
        for learnt in _files_in(own_cache(folder) / LEARNT):
            kept = cache_folder / learnt.relative_to(own_cache(folder))
            if _is_other(learnt, kept):
                _copy(learnt, kept)


def _files_in(folder: Path) -> Iterator[Path]:
    with os.scandir(folder) as listing:
        entries = list(listing)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _files_in(folder / entry.name)
        elif entry.is_file(follow_symlinks=False):
            yield folder / entry.name


def _is_other(learnt: Path, kept: Path) -> bool:
    new = learnt.stat()
    try:
        old = kept.stat()
    except FileNotFoundError:
        return True
    return (new.st_size, new.st_mtime_ns) != (old.st_size, old.st_mtime_ns)


def _copy(learnt: Path, kept: Path) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    unfinished = kept.with_name(f"{kept.name}.{os.getpid()}.{threading.get_ident()}")
    try:
        shutil.copy2(learnt, unfinished, follow_symlinks=False)
        if stat.S_ISREG(unfinished.lstat().st_mode):
            unfinished.replace(kept)
    finally:
        unfinished.unlink(missing_ok=True)
