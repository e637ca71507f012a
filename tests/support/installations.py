"""An installation of which nothing has to be there, for tests that start no engine.

Comes in: a folder. Goes out: an `Installation` whose program, class, fonts and cache would stand in it.
Left to others: putting something there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.engine.installation import Confinement, Installation, Limits

if TYPE_CHECKING:
    from pathlib import Path


def installation_in(folder: Path) -> Installation:
    """Give an installation in a folder."""
    return Installation(
        lualatex=folder / "lualatex",
        confinement=Confinement.NONE,
        wrapper=None,
        limiter=None,
        quick_format=None,
        search_path="",
        system_folders=(),
        class_folders=(folder / "class",),
        font_folders=(folder / "fonts",),
        cache_folder=folder / "cache",
        version=(1, 15),
        limits=Limits(),
    )
