"""Whether all that an engine stands on is as it was when it started."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from installations import installation_in

from studyguide.engine.ground import survey, survey_programs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studyguide.engine.installation import Installation


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    """Give an installation that is all in one folder."""
    for name in ("own", "class", "fonts/truetype", "cache", "private"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("lualatex", "lualatex.fmt", "own/own.sty", "class/studyguide.cls", "class/page.tex.j2"):
        (tmp_path / name).write_text("as it was", encoding="utf-8")
    for name in ("fonts/truetype/face.ttf", "private/driver.tex"):
        (tmp_path / name).write_text("as it was", encoding="utf-8")
    return replace(
        installation_in(tmp_path),
        quick_format=tmp_path / "lualatex.fmt",
        class_folders=(tmp_path / "own", tmp_path / "class"),
    )


def change(name: str) -> Callable[[Path], None]:
    """Give what writes a file anew."""
    return lambda folder: put(folder / name, "another text")


def put(path: Path, text: str) -> None:
    """Replace a file, as editors and installers do."""
    new = path.with_name("new")
    new.write_text(text, encoding="utf-8")
    new.replace(path)


def remove(name: str) -> Callable[[Path], None]:
    """Give what removes a file or a folder."""
    return lambda folder: shutil.rmtree(folder / name) if (folder / name).is_dir() else (folder / name).unlink()


@pytest.mark.parametrize(
    "harm",
    [
        change("lualatex"),
        change("lualatex.fmt"),
        change("class/studyguide.cls"),
        change("own/own.sty"),
        change("own/new.lua"),
        change("fonts/truetype/face.ttf"),
        change("fonts/truetype/other.ttf"),
        remove("lualatex"),
        remove("lualatex.fmt"),
        remove("own/own.sty"),
        remove("class"),
        remove("fonts/truetype"),
        remove("cache"),
        remove("private"),
        remove("private/driver.tex"),
    ],
)
def test_what_has_changed_or_gone_is_seen(
    harm: Callable[[Path], None], installation: Installation, tmp_path: Path
) -> None:
    """Whatever part of it."""
    ground = survey(installation).with_folder(tmp_path / "private").with_fonts(installation.font_folders)
    assert ground.is_firm
    harm(tmp_path)
    assert not ground.is_firm


@pytest.mark.parametrize(
    "harm", [change("class/page.tex.j2"), change("private/doc.log"), change("cache/format.json"), change("own/notes")]
)
def test_what_no_engine_reads_may_change(
    harm: Callable[[Path], None], installation: Installation, tmp_path: Path
) -> None:
    """Templates, and what engines write themselves."""
    ground = survey(installation).with_folder(tmp_path / "private").with_fonts(installation.font_folders)
    harm(tmp_path)
    assert ground.is_firm


@pytest.mark.parametrize("harm", [change("lualatex"), remove("lualatex.fmt"), remove("cache")])
def test_programs_are_looked_at_alone(harm: Callable[[Path], None], installation: Installation, tmp_path: Path) -> None:
    """What is found once holds until they change."""
    ground = survey_programs(installation)
    change("class/studyguide.cls")(tmp_path)
    change("fonts/truetype/face.ttf")(tmp_path)
    assert ground.is_firm
    harm(tmp_path)
    assert not ground.is_firm


def test_a_file_that_was_touched_is_another(installation: Installation, tmp_path: Path) -> None:
    """To look into it would take longer than to start an engine."""
    ground = survey(replace(installation, quick_format=None))
    os.utime(tmp_path / "class" / "studyguide.cls", ns=(1, 1))
    assert not ground.is_firm
