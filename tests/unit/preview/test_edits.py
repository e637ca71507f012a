"""Which sessions were edited: the newest first, and those that came into a guide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.model.guide import Audience, Paper
from studyguide.preview.board import Choice, Entry, Shelf
from studyguide.preview.edits import Edits
from studyguide.targets import Target

if TYPE_CHECKING:
    from pathlib import Path


def a_guide(folder: Path, *names: str) -> tuple[tuple[Target, ...], dict[str, Path], tuple[Shelf, ...]]:
    """Make a guide with sessions of these names; give its target, their files, and its shelf."""
    (folder / "sessions").mkdir(exist_ok=True)
    (folder / "guide.md").touch()
    files = {name: folder / "sessions" / f"{name}.md" for name in names}
    for file in files.values():
        file.touch()
    entries = [
        Entry(name=f"commons/{name}", title=name, day="", source=file, is_whole_guide=False)
        for name, file in files.items()
    ]
    audiences = (Audience.RECORD, Audience.PARTICIPANT)
    shelf = Shelf(title="Commons", entries=tuple(entries), audiences=audiences, papers=(Paper.A4,))
    return (Target(folder=folder, session=None),), files, (shelf,)


def test_at_the_start_nothing_was_edited(tmp_path: Path) -> None:
    """What is there already has not come."""
    targets, _, shelves = a_guide(tmp_path, "wells", "rain")
    edits = Edits()
    edits.note(targets, frozenset(), 1.0)

    assert edits.find_newest(shelves) == ""
    assert edits.choices(shelves) == ()


def test_the_newest_edit_comes_first(tmp_path: Path) -> None:
    """In the variant that the guide names first."""
    targets, files, shelves = a_guide(tmp_path, "wells", "rain", "seeds")
    edits = Edits()
    edits.note(targets, frozenset({files["rain"]}), 1.0)
    edits.note(targets, frozenset({files["wells"], tmp_path / "guide.md"}), 2.0)

    assert edits.find_newest(shelves) == "commons/wells"
    assert edits.choices(shelves) == tuple(
        Choice(source=files[name], audience=Audience.RECORD, paper=Paper.A4) for name in ("wells", "rain")
    )


def test_a_session_that_has_come_counts_as_edited(tmp_path: Path) -> None:
    """Whether or not its file is among those that have changed."""
    edits = Edits()
    edits.note(a_guide(tmp_path, "wells")[0], frozenset(), 1.0)
    targets, _, shelves = a_guide(tmp_path, "wells", "rain")
    edits.note(targets, frozenset(), 2.0)

    assert edits.find_newest(shelves) == "commons/rain"


def test_a_session_that_is_gone_is_not_listed(tmp_path: Path) -> None:
    """Its handout cannot be made any more."""
    targets, files, _ = a_guide(tmp_path, "wells", "rain")
    edits = Edits()
    edits.note(targets, frozenset({files["rain"]}), 1.0)
    files["rain"].unlink()
    targets, _, shelves = a_guide(tmp_path, "wells")
    edits.note(targets, frozenset(), 2.0)

    assert edits.find_newest(shelves) == ""
    assert edits.choices(shelves) == ()
