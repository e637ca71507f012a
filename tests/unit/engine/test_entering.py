"""What of a machine enters a PDF: that a change of it is seen."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from studyguide.cache import fingerprint
from studyguide.engine import files_that_enter

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def tex_live(tmp_path: Path) -> Path:
    """Make what a TeX Live that people install themselves looks like, and give its folder of programs."""
    root = tmp_path / "texlive" / "2026"
    for name in ("bin/x86_64-linux/luahbtex", "texmf-dist/ls-R", "texmf-var/web2c/luahbtex/lualatex.fmt"):
        (root / name).parent.mkdir(parents=True)
        (root / name).write_text("one")
        (root / name).chmod(0o755)
    (root / "bin/x86_64-linux/lualatex").symlink_to("luahbtex")
    (tmp_path / "fonts").mkdir()
    return root / "bin" / "x86_64-linux"


@pytest.mark.parametrize(
    "change",
    [
        lambda place: (place / "texlive/2026/bin/x86_64-linux/luahbtex").write_text("another engine"),
        lambda place: (place / "texlive/2026/texmf-var/web2c/luahbtex/lualatex.fmt").write_text("a new LaTeX"),
        lambda place: (place / "texlive/2026/texmf-dist/ls-R").write_text("a new package"),
        lambda place: (place / "texlive/texmf-local").mkdir() or (place / "texlive/texmf-local/ls-R").touch(),
        lambda place: (place / "fonts/wells.ttf").touch(),
        lambda place: (place / "texlive/2026/bin/x86_64-linux/lualatex").unlink(),
    ],
)
def test_a_change_of_the_machine_is_seen(tmp_path: Path, tex_live: Path, change: Callable[[Path], object]) -> None:
    """Another engine, format, package or font may make other pages of the same document."""

    def look() -> str:
        return fingerprint(files_that_enter(search_path=str(tex_live), font_folders=(tmp_path / "fonts",)))

    before = look()
    assert look() == before
    change(tmp_path)

    assert look() != before


def test_another_engine_of_the_search_path_is_seen(tmp_path: Path, tex_live: Path) -> None:
    """Who puts another TeX first gets its pages."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "lualatex").write_text("#!/bin/sh\n")
    (tmp_path / "bin" / "lualatex").chmod(0o755)
    one = files_that_enter(search_path=str(tex_live), font_folders=())
    other = files_that_enter(search_path=os.pathsep.join((str(tmp_path / "bin"), str(tex_live))), font_folders=())

    assert fingerprint(one) != fingerprint(other)
