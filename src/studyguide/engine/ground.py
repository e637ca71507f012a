"""What an engine stands on: program, class, fonts and folders, which may change or go while it waits for hours.

Comes in: an installation, and later a private folder. Goes out: a `Ground`, which tells whether all is as it was.
Left to others: ending an engine that has lost its ground, and starting another (`warm`, `forked`).
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from studyguide.engine.class_files import class_files_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.engine.installation import Installation

    Facts = tuple[tuple[Path, int, int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The program, its class and fonts as they were; `lasting` are files and folders that only have to be there."""

    class_folders: tuple[Path, ...]
    class_facts: Facts
    others: Facts
    lasting: tuple[Path, ...]

    @property
    def is_firm(self) -> bool:
        """Whether all is as it was."""
        return (
            all(map(os.path.lexists, self.lasting))
            and _facts(path for path, *_ in self.others) == self.others
            and _facts(class_files_in(self.class_folders)) == self.class_facts
        )

    def with_folder(self, folder: Path) -> Ground:
        """Add what has been put into the engine's private folder: who clears up temporary files may remove it."""
        return replace(self, lasting=(*self.lasting, *folder.iterdir()))

    def with_fonts(self, font_folders: tuple[Path, ...]) -> Ground:
        """Add the folders with fonts, at any depth: to look through them takes longer than all the rest."""
        inner = (Path(folder) for each in font_folders for folder, _, _ in os.walk(each))
        return replace(self, others=(*self.others, *_facts(inner)))


def survey_programs(installation: Installation) -> Ground:
    """Look at the program and its cache, by which an installation stands."""
    quick_format = (installation.quick_format,) if installation.quick_format else ()
    return Ground(
        class_folders=(),
        class_facts=(),
        others=_facts((installation.lualatex.resolve(), *quick_format)),
        lasting=(installation.cache_folder,),
    )


def survey(installation: Installation) -> Ground:
    """Look at what an engine of this installation is about to read of it and of its class."""
    return replace(
        survey_programs(installation),
        class_folders=installation.class_folders,
        class_facts=_facts(class_files_in(installation.class_folders)),
    )


def _facts(paths: Iterable[Path]) -> Facts:
    facts = []
    for path in paths:
        # What is missing differs from what was there.
        with contextlib.suppress(OSError):
            now = path.stat()
            facts.append((path, now.st_ino, now.st_size, now.st_mtime_ns))
    return tuple(facts)
