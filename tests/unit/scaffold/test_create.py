"""A new guide."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest

from studyguide.errors import PublishError, UsageError
from studyguide.reader import read_manuscript
from studyguide.scaffold import create_guide, folder_name, guide_text, remove_made, write_guide

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
    [
        ("Commons Reader", "commons-reader"),
        ("Años: 2", "anos-2"),
        ("../etc/passwd", "etc-passwd"),
        ("NUL", "nul-guide"),
    ],
)
def test_a_folder_is_named_plainly(title: str, name: str) -> None:
    """Letters of any script, digits and hyphens: nothing that a path could mean otherwise."""
    assert folder_name(title) == name


def test_a_guide_that_notes_tell_of(tmp_path: Path) -> None:
    """What they say is read back, whatever marks it has; what they do not say is left out."""
    header = guide_text(
        title="Wells: “ours” # 1",
        group="Riverside",
        language="es",
        book="Años\\de agua",
        authors=("A. Writer", "B, Ben"),
    )
    write_guide(tmp_path / "wells", header)
    guide = read_manuscript(tmp_path / "wells").guide
    (book,) = guide.books
    assert (guide.title, guide.group, guide.language) == ("Wells: “ours” # 1", "Riverside", "es")
    assert (book.title, book.authors) == ("Años\\de agua", ("A. Writer", "B, Ben"))
    assert guide_text(title="Wells", group="", language="", book="", authors=("Ana",)) == (
        '---\nformat: studyguide/1\ntitle: "Wells"\n---\n'
    )


def test_what_exists_is_not_touched(tmp_path: Path) -> None:
    """Files and folders that are there stay, and are not among those made."""
    (tmp_path / "images").mkdir()
    (tmp_path / ".gitignore").write_text("mine")
    made = write_guide(tmp_path, "---\n---\n")
    assert [each.name for each in made] == ["sessions", "inserts", "guide.md"]
    assert (tmp_path / ".gitignore").read_text() == "mine"
    assert write_guide(tmp_path, "other") == ()
    assert (tmp_path / "guide.md").read_text() == "---\n---\n"


def test_what_was_made_can_be_removed(tmp_path: Path) -> None:
    """With the folders around it; one that holds something else by now stays."""
    made = write_guide(tmp_path / "guides" / "wells", "---\n---\n")
    remove_made(made)
    assert list(tmp_path.iterdir()) == []
    made = write_guide(tmp_path / "guides" / "wells", "---\n---\n")
    (tmp_path / "guides" / "wells" / "members.csv").write_text("mine")
    remove_made(made)
    assert [each.name for each in (tmp_path / "guides" / "wells").iterdir()] == ["members.csv"]


def test_a_guide_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    """A file in place of its last folder gives a sentence, and the first ones go again."""
    (tmp_path / "inserts").write_text("mine")
    with pytest.raises(PublishError, match="cannot be written"):
        write_guide(tmp_path, "---\n---\n")
    assert [each.name for each in tmp_path.iterdir()] == ["inserts"]
