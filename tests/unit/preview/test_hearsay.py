"""What was heard and not asked for yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from studyguide.preview.hearsay import Hearsay
from studyguide.preview.interest import find_interest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Name a file that is not there."""
    return tmp_path / "a.md"


@pytest.fixture
def heard(file: Path) -> Hearsay:
    """Listen for that file."""
    heard = Hearsay()
    heard.listen_for(find_interest([file]), [file])
    return heard


def test_the_last_word_on_a_file_counts(heard: Hearsay, file: Path) -> None:
    """Closed and opened again: it is being written."""
    heard.note(str(file), is_closed=True, is_folder=False)
    heard.note(str(file), is_closed=False, is_folder=False)
    assert heard.take(0.0) == {file: False}


def test_what_was_taken_is_gone(heard: Hearsay, file: Path) -> None:
    """It is told once."""
    heard.note(str(file), is_closed=True, is_folder=False)
    assert heard.take(0.0) == {file: True}
    assert heard.take(0.0) == {}


def test_what_is_of_no_interest_any_more_is_forgotten(heard: Hearsay, file: Path) -> None:
    """Others have asked for something else."""
    heard.note(str(file), is_closed=True, is_folder=False)
    other = file.with_name("b.md")
    heard.listen_for(find_interest([other]), [other])
    assert heard.take(0.0) == {}


def test_folders_and_links_may_change_what_to_watch(heard: Hearsay, file: Path) -> None:
    """A plain file does not."""
    heard.note(str(file), is_closed=True, is_folder=False)
    assert not heard.has_new_ways
    file.symlink_to("elsewhere")
    heard.note(str(file), is_closed=True, is_folder=False)
    assert heard.has_new_ways


def test_a_folder_that_nobody_listened_to_is_suspected(heard: Hearsay, file: Path) -> None:
    """All in it may have changed; nobody knows whether it is still open."""
    heard.suspect({str(file.parent)})
    assert heard.take(0.0) == {file: False}
    heard.suspect({str(file.parents[2])})
    assert heard.take(0.0) == {}
