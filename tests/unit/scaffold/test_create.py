"""A new guide."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest

from studyguide.errors import PublishError, UsageError
from studyguide.reader import read_manuscript
from studyguide.scaffold import create_guide
from studyguide.scaffold.create import folder_name

if TYPE_CHECKING:
    from pathlib import Path

TODAY = datetime.date(2026, 5, 12)


@pytest.mark.parametrize("title", ["Commons Reader", 'Wells: a "dry" year', "ñandú # 7", "우물 읽기"])
def test_a_new_guide_reads_without_a_problem(tmp_path: Path, title: str) -> None:
    """Whatever the title is, the files made are right as they are."""
    manuscript = read_manuscript(create_guide(title, guides_folder=tmp_path, today=TODAY))

    assert manuscript.warnings == ()
    assert [each.date for each in manuscript.guide.sessions] == [TODAY]


def test_addresses_stay_out_of_git(tmp_path: Path) -> None:
    """The scaffold keeps members.csv from being committed."""
    folder = create_guide("Commons", guides_folder=tmp_path, today=TODAY)

    assert "members.csv" in (folder / ".gitignore").read_text().split()


def test_an_existing_folder_is_left_alone(tmp_path: Path) -> None:
    """Nothing is overwritten."""
    (tmp_path / "commons").mkdir()

    with pytest.raises(UsageError, match="is there already"):
        create_guide("Commons", guides_folder=tmp_path, today=TODAY)

    assert list((tmp_path / "commons").iterdir()) == []


@pytest.mark.parametrize("title", ["", "   ", "!?", "bell\x07", "../.."])
def test_a_title_that_names_no_folder_is_refused(tmp_path: Path, title: str) -> None:
    """A folder's name needs letters, and nothing invisible."""
    with pytest.raises(UsageError):
        create_guide(title, guides_folder=tmp_path, today=TODAY)

    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """A file in the way of the folder gives a sentence."""
    (tmp_path / "guides").write_text("")

    with pytest.raises(PublishError, match="cannot be written"):
        create_guide("Commons", guides_folder=tmp_path / "guides", today=TODAY)


@pytest.mark.parametrize(
    ("title", "name"),
    [("Commons Reader", "commons-reader"), ("Años: 2", "anos-2"), ("../etc/passwd", "etc-passwd"), ("우물", "우물")],
)
def test_a_folder_is_named_plainly(title: str, name: str) -> None:
    """Letters of any script, digits and hyphens: nothing that a path could mean otherwise."""
    assert folder_name(title) == name
