"""What of this machine enters a PDF besides the document: the engine, its format, its packages and fonts.

Comes in: a search path and folders of fonts. Goes out: files and folders; when one of them changes, so may every page.
Of a TeX Live only the lists of its files are named, which are written anew with each package that comes or changes.
Left to others: telling whether they have changed (`cache`).
"""

from __future__ import annotations

import shutil
from pathlib import Path

from studyguide.engine.format import FORMAT

TREES = tuple(
    map(Path, ("/usr/share/texlive/texmf-dist", "/usr/share/texmf", "/var/lib/texmf", "/usr/local/share/texmf"))
)
"""Where a system's own TeX Live is."""

OF_A_TREE = ("ls-R", f"web2c/luahbtex/{FORMAT}")


def files_that_enter(*, search_path: str, font_folders: tuple[Path, ...]) -> tuple[Path, ...]:
    """Give the files and folders of this machine that decide what an engine makes of a document."""
    found = shutil.which("lualatex", path=search_path)
    if found is None:
        return font_folders
    engine = Path(found).resolve()
    trees = (*TREES, *_own_trees(engine))
    return (Path(found), engine, *(tree / name for tree in trees for name in OF_A_TREE), *font_folders)


def _own_trees(engine: Path) -> tuple[Path, ...]:
    """Give the trees of a TeX Live that is not the system's own: `<root>/bin/<platform>/luahbtex`."""
    folder = engine.parent
    if folder.parent.name != "bin":
        return ()
    root = folder.parent.parent
    return (*sorted(root.glob("texmf*")), root.parent / "texmf-local")
