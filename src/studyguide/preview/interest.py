"""Which folders to watch for some files, and which of the files an event in one of these folders may have changed.

Comes in: paths that a build depends on, missing ones too. Goes out: an `Interest`.
Left to others: events (`watcher`), whether anything changed at all (`snapshot`).
"""

from __future__ import annotations

import os
import stat
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studyguide.preview.snapshot import is_listed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest:
    """What to watch: `folders`, in whose paths there is no symbolic link.

    `entries` says which paths may have changed when something happened to a name in a folder, `listings` which ones
    when a name that is no such entry came to a folder or went from it.
    """

    folders: set[str] = field(default_factory=set)
    entries: dict[tuple[str, str], set[Path]] = field(default_factory=dict)
    listings: dict[str, set[Path]] = field(default_factory=dict)

    def find(self, place: str) -> set[Path]:
        """Give the paths that may have changed when something happened at a place."""
        folder, name = os.path.split(place)
        own = self.entries.get((folder, name))
        return own or (self.listings.get(folder, set()) if is_listed(name) else set())

    def add(self, folder: Path, paths: Iterable[Path], name: str = "") -> None:
        """Watch for a name in a folder, or for the last name of each path there.

        Where the folder is missing, for the first one that is missing on the way to it.
        """
        while not folder.is_dir() and folder != folder.parent:
            folder, name = folder.parent, folder.name
        place = str(folder.resolve())
        self.folders.add(place)
        for path in paths:
            self.entries.setdefault((place, name or path.name), set()).add(path)


def find_interest(paths: Iterable[Path]) -> Interest:
    """Find out what to watch: of each path its folder, and that folder's; of a symbolic link also where it leads."""
    interest = Interest()
    families: defaultdict[Path, list[Path]] = defaultdict(list)
    for path in paths:
        families[path.parent].append(path)
    for parent, members in families.items():
        folder = parent.absolute()
        interest.add(folder, members)
        interest.add(folder.parent, members, folder.name)
        for path in members:
            _add_own(interest, path)
    return interest


def _add_own(interest: Interest, path: Path) -> None:
    """Watch where a symbolic link leads, and a folder itself."""
    try:
        is_link = stat.S_ISLNK(mode := path.lstat().st_mode)
    except (OSError, ValueError):
        return
    if is_link:
        target = path.resolve()
        interest.add(target.parent, [path], target.name)
        interest.add(target.parent.parent, [path], target.parent.name)
    if stat.S_ISDIR(mode) or (is_link and path.is_dir()):
        folder = str(path.resolve())
        interest.folders.add(folder)
        interest.listings.setdefault(folder, set()).add(path)
