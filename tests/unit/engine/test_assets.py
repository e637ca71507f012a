"""Files that authors name as pictures."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from studyguide.artifacts import Asset
from studyguide.diagnostics import SourceSpan
from studyguide.engine.assets import ASSET_BYTES, check_assets, prepare_assets
from studyguide.errors import ManuscriptError

if TYPE_CHECKING:
    from pathlib import Path


def asset(source: Path, line: int = 7, name: str = "asset-1.png") -> Asset:
    """Name a file in line 7 of a session."""
    return Asset(name=name, source=source, span=SourceSpan(path=source.parent / "03-water.md", line=line, column=3))


def problem_with(source: Path) -> str:
    """Give the one message about a file."""
    (problem,) = check_assets((asset(source),))
    assert (problem.span.line, problem.span.column) == (7, 3)
    return problem.message


def test_a_good_picture_has_no_problem_and_gets_its_generated_name(tmp_path: Path) -> None:
    """What TeX is given is a picture of the same size."""
    Image.new("RGB", (4, 4)).save(tmp_path / "map.png")
    assert check_assets((asset(tmp_path / "map.png"),)) == ()
    assert list(prepare_assets((asset(tmp_path / "map.png"),))) == ["asset-1.png"]


def test_a_missing_picture_is_named(tmp_path: Path) -> None:
    """By the name that the author gave it."""
    assert problem_with(tmp_path / "map.png") == 'picture "map.png" does not exist'


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    """It could lead to anything that we may read and the reader of the handout should not."""
    (tmp_path / "map.png").symlink_to("/etc/passwd")
    assert problem_with(tmp_path / "map.png") == 'picture "map.png" is a link to another file'


def test_a_folder_is_no_picture(tmp_path: Path) -> None:
    """Even when it is called like one."""
    (tmp_path / "map.png").mkdir()
    assert problem_with(tmp_path / "map.png") == 'picture "map.png" is not a file'


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """Nobody may ever write to it."""
    os.mkfifo(tmp_path / "map.png")
    assert problem_with(tmp_path / "map.png") == 'picture "map.png" is not a file'


def test_an_enormous_file_is_not_read(tmp_path: Path) -> None:
    """Its size is enough to know."""
    with (tmp_path / "map.png").open("wb") as file:
        file.truncate(ASSET_BYTES + 1)
    assert problem_with(tmp_path / "map.png") == 'picture "map.png" is larger than 64 MB'


def test_all_problems_are_shown_at_once(tmp_path: Path) -> None:
    """One run, every picture."""
    (tmp_path / "empty.png").touch()
    assets = (asset(tmp_path / "map.png", 3), asset(tmp_path / "empty.png", 9, "asset-2.png"))
    with pytest.raises(ManuscriptError) as failure:
        prepare_assets(assets)
    assert [(each.span.line, each.message) for each in failure.value.diagnostics] == [
        (3, 'picture "map.png" does not exist'),
        (9, 'picture "empty.png" is empty'),
    ]


def test_a_picture_that_was_saved_anew_is_read_anew(tmp_path: Path) -> None:
    """What was remembered of the old one is not used."""
    source = tmp_path / "map.png"
    Image.new("RGB", (4, 4)).save(source)
    before = prepare_assets((asset(source),))
    Image.new("RGB", (8, 8)).save(source)
    assert prepare_assets((asset(source),)) != before
