"""A guide that is watched as `studyguide watch` does, for tests that change its files."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, Self

from manuscripts import HEADER, PNG, write_guide

from studyguide.errors import ManuscriptError
from studyguide.preview.snapshot import changed_paths
from studyguide.preview.sources import Sources
from studyguide.preview.watcher import Watcher
from studyguide.reader import read_manuscript

if TYPE_CHECKING:
    from pathlib import Path

QUIET_SECONDS = 0.5
"""After this long without a change there comes none: several looks were taken, and everything has settled."""

LOOK_SECONDS = 0.1
"""How often tests look, so that they see what a look finds, and need not wait for it."""

A, B = "sessions/a.md", "sessions/b.md"
OLD = f"{HEADER}\nThe well is deep.\n\n![Well](images/well.png)\n"
NEW = OLD.replace("deep", "dry!")


def write_watched_guide(folder: Path) -> Path:
    """Write `guides/commons` with two sessions and a picture, and give its folder."""
    guide = folder / "guides" / "commons"
    (guide / "images").mkdir(parents=True)
    (guide / "images" / "well.png").write_bytes(PNG)
    other = OLD.replace("common well", "rain").replace("-12", "-19")
    return write_guide(guide, sessions={"a.md": OLD, "b.md": other})


def shell(command: str, folder: Path) -> None:
    """Do in a folder what programs do; `$NEW` is the new text of a session."""
    subprocess.run(["sh", "-ec", command], cwd=folder, check=True, env=os.environ | {"NEW": NEW})


def replace(file: Path, name: str = ".a.md.Xy12") -> None:
    """Save as most programs do: a whole new file takes the place of the old one."""
    new = file.with_name(name)
    new.write_text(NEW, encoding="utf-8")
    new.replace(file)


class WatchedGuide:
    """A guide, read and watched again after every change, and what was noticed."""

    def __init__(self, guide: Path, *, poll: bool = False) -> None:
        """Read the guide and watch what was read."""
        self.guide = guide
        self.watcher = Watcher([guide], poll=poll)
        self.watcher.look_seconds = LOOK_SECONDS
        self.sources = Sources(self.watcher)
        self._state = self.sources.watch(self.read())

    def __enter__(self) -> Self:
        """Give the watched guide."""
        return self

    def __exit__(self, *_: object) -> None:
        """Watch no more."""
        self.watcher.close()

    def read(self) -> tuple[Path, ...]:
        """Read the guide, right or wrong, and give what was read."""
        try:
            return read_manuscript(self.guide).dependencies
        except ManuscriptError as failure:
            return failure.sources

    def notice(self, timeout_seconds: float = 10.0) -> list[str]:
        """Wait for a change, and name what changed from the guide's folder; read and watch anew."""
        new = self.sources.changes(timeout_seconds)
        changed = changed_paths(self._state, new)
        self._state = self.sources.watch(self.read())
        changed |= changed_paths(new, self._state)
        return sorted(str(path.relative_to(self.guide)) for path in changed)

    def notice_all(self) -> list[list[str]]:
        """Wait for a change, and for others until it is quiet; give what each of them was."""
        noticed: list[list[str]] = []
        while changed := self.notice(QUIET_SECONDS if noticed else 10.0):
            noticed.append(changed)
        return noticed
