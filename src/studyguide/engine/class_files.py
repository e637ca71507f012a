"""The class and what belongs to it, copied beside the document.

Comes in: folders with a class, the author's own first. Goes out: their files in an engine's private folder.
TeX could search the folders themselves, were it not that a comma or a brace in a folder's name means something to it.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

CLASS_SUFFIXES = (".cls", ".sty", ".lua", ".def", ".fd", ".cfg", ".ldf")
"""What TeX reads by itself; templates and pictures are not for it."""


def copy_class_files(class_folders: tuple[Path, ...], folder: Path) -> None:
    """Copy the class into a private folder; a file in an earlier folder goes before one of the same name in a later."""
    for path in class_files_in(reversed(class_folders)):
        shutil.copyfile(path, folder / path.name)


def class_files_in(class_folders: Iterable[Path]) -> tuple[Path, ...]:
    """Name what belongs to a class in these folders, folder by folder."""
    return tuple(path for folder in class_folders for path in _class_files(folder))


def _class_files(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        return
    with os.scandir(folder) as listing:
        entries = sorted(listing, key=lambda each: each.name)
    yield from (folder / each.name for each in entries if each.name.endswith(CLASS_SUFFIXES) and each.is_file())
