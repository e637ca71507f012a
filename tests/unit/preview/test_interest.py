"""Which folders are watched for some files, and what an event there means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studyguide.preview.interest import find_interest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    """Make a guide's folder with its sessions."""
    guide = tmp_path / "guides" / "commons"
    (guide / "sessions").mkdir(parents=True)
    (guide / "sessions" / "a.md").touch()
    return guide


def test_the_folders_of_files_are_watched_and_the_folders_of_those(guide: Path) -> None:
    """So that a folder that is replaced is noticed at once."""
    interest = find_interest([guide / "guide.md", guide / "sessions" / "a.md"])
    assert interest.folders == {str(guide.parent), str(guide), str(guide / "sessions")}
    assert interest.find(str(guide / "sessions" / "a.md")) == {guide / "sessions" / "a.md"}
    assert interest.find(str(guide / "sessions")) == {guide / "sessions" / "a.md"}
    assert interest.find(str(guide)) == {guide / "guide.md"}


@pytest.mark.parametrize("name", ["sessions/b.md", "sessions/.a.md.swp", "build", "../walks", "sessions/a.md/x"])
def test_other_files_are_of_no_interest(guide: Path, name: str) -> None:
    """Whatever happens beside, and what we write."""
    interest = find_interest([guide / "guide.md", guide / "sessions" / "a.md"])
    assert interest.find(str(guide / name)) == set()


def test_a_folder_of_interest_changes_with_the_names_in_it(guide: Path) -> None:
    """But not with a file that is of interest itself."""
    sessions = guide / "sessions"
    interest = find_interest([sessions, sessions / "a.md"])
    assert interest.find(str(sessions / "b.md")) == {sessions}
    assert interest.find(str(sessions / "a.md")) == {sessions / "a.md"}
    assert interest.find(str(sessions / "b.md~")) == set()
    assert interest.find(str(sessions)) == {sessions, sessions / "a.md"}


def test_for_a_missing_file_the_way_to_it_is_watched(guide: Path) -> None:
    """The first folder that is missing will come in one that is there."""
    picture = guide / "images" / "wells" / "well.png"
    interest = find_interest([picture])
    assert interest.folders == {str(guide)}
    assert interest.find(str(guide / "images")) == {picture}


def test_a_link_is_watched_and_where_it_leads(guide: Path, tmp_path: Path) -> None:
    """Both may be changed."""
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "one.md").touch()
    link = guide / "sessions" / "b.md"
    link.symlink_to(tmp_path / "drafts" / "one.md")
    interest = find_interest([link])
    assert str(tmp_path / "drafts") in interest.folders
    assert interest.find(str(tmp_path / "drafts" / "one.md")) == interest.find(str(link)) == {link}


def test_a_folder_that_is_a_link_is_watched_where_it_is(guide: Path, tmp_path: Path) -> None:
    """The system says nothing of a link's own folder; the link itself may be replaced."""
    real = tmp_path / "elsewhere"
    (guide / "sessions").rename(real)
    (guide / "sessions").symlink_to(real)
    file, folder = guide / "sessions" / "a.md", guide / "sessions"
    interest = find_interest([file, folder])
    assert interest.find(str(real / "a.md")) == {file}
    assert interest.find(str(real / "b.md")) == {folder}
    assert interest.find(str(guide / "sessions")) == {file, folder}


def test_relative_paths_are_given_back_as_they_came(guide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The caller knows files by the names it gave."""
    from pathlib import Path as RealPath

    monkeypatch.chdir(guide)
    interest = find_interest([RealPath("guide.md"), RealPath("sessions/../sessions/a.md")])
    assert interest.find(str(guide / "guide.md")) == {RealPath("guide.md")}
    assert interest.find(str(guide / "sessions" / "a.md")) == {RealPath("sessions/../sessions/a.md")}
