"""Where an imported session goes, and that nothing that exists is ever changed."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest
from manuscripts import GUIDE, write_guide

from studyguide.errors import ManuscriptError, NotesError, PublishError, UsageError
from studyguide.importer.draft import Draft, HeaderField
from studyguide.importer.filing import Filed, file_session, name_session, read_language
from studyguide.importer.importing import Imported, import_bytes
from studyguide.importer.notes import Notes
from studyguide.importer.session_text import write_session
from studyguide.reader import read_manuscript

if TYPE_CHECKING:
    from pathlib import Path

TODAY = datetime.date(2026, 6, 1)
NOTES = "# {title}\n12 May 2026\nBook: Commons Reader\n\n## Keeping the well\nBy Rosa Imaginary\n\n- a rule (p. 4)\n"


def file_notes(place: Path, title: str = "Wells", *, into: Path | None = None, notes: str = NOTES) -> Filed:
    """Import notes with this title."""
    imported = import_bytes(notes.format(title=title).encode(), "notes.md", today=TODAY)
    return file_session(imported, into=into, guides_folder=place / "guides")


def contents(folder: Path) -> dict[str, bytes | str]:
    """Give all that stands in a folder: files with their bytes, links with where they lead."""
    return {
        str(path.relative_to(folder)): str(path.readlink())
        if path.is_symlink()
        else path.read_bytes()
        if path.is_file()
        else "folder"
        for path in sorted(folder.rglob("*"))
    }


def draft(title: str) -> Draft:
    """Make a draft with a title."""
    fields = (HeaderField(name="title", value=title), HeaderField(name="date", value="2026-05-12"))
    return Draft(fields=fields, parts=(), findings=())


def test_a_new_guide_is_named_after_the_book(tmp_path: Path) -> None:
    """It has all its folders, keeps addresses out of git, and reads without a warning."""
    filed = file_notes(tmp_path)
    guide = tmp_path / "guides" / "commons-reader"
    assert (filed.guide, filed.path, filed.is_new_guide) == (guide, guide / "sessions" / "2026-05-12-wells.md", True)
    assert filed.path.read_text() == filed.text
    assert sorted(contents(guide)) == [
        ".gitignore", "guide.md", "images", "inserts", "sessions", "sessions/2026-05-12-wells.md",
    ]  # fmt: skip
    manuscript = read_manuscript(guide)
    assert manuscript.warnings == ()
    assert [each.title for each in manuscript.guide.books] == ["Commons Reader"]


def test_a_second_session_joins_the_first(tmp_path: Path) -> None:
    """The guide is found by its name and stays as it is."""
    first = file_notes(tmp_path)
    (first.guide / "guide.md").write_text(GUIDE)
    second = file_notes(tmp_path, "Rain")
    assert (second.guide, second.is_new_guide) == (first.guide, False)
    assert (first.guide / "guide.md").read_text() == GUIDE
    assert [each.title for each in read_manuscript(first.guide).guide.sessions] == ["Rain", "Wells"]


def test_a_guide_that_is_named(tmp_path: Path) -> None:
    """Whatever the book is called; only the session is new."""
    guide = write_guide(tmp_path / "commons")
    before = contents(guide)
    filed = file_notes(tmp_path, into=guide)
    after = contents(guide)
    assert after.pop("sessions/2026-05-12-wells.md") == filed.text.encode()
    assert after == before
    assert not (tmp_path / "guides").exists()


def test_the_same_notes_again_change_nothing(tmp_path: Path) -> None:
    """A session that is there is never overwritten."""
    file_notes(tmp_path)
    before = contents(tmp_path)
    with pytest.raises(NotesError, match=r'2026-05-12-wells\.md" is there already') as failure:
        file_notes(tmp_path)
    assert "nothing was written" in failure.value.hint
    assert contents(tmp_path) == before


@pytest.mark.parametrize("target", ["elsewhere.md", "missing.md"])
def test_symbolic_links_are_never_written_through(tmp_path: Path, target: str) -> None:
    """Neither a session's nor a guide's, wherever they lead."""
    guide = write_guide(tmp_path / "commons")
    (tmp_path / "elsewhere.md").write_text("mine")
    (guide / "sessions" / "2026-05-12-wells.md").symlink_to(tmp_path / target)
    other = tmp_path / "guides" / "commons-reader"
    other.mkdir(parents=True)
    (other / "guide.md").symlink_to(tmp_path / target)
    before = contents(tmp_path)
    with pytest.raises(NotesError, match="is there already"):
        file_notes(tmp_path, into=guide)
    if target == "missing.md":
        with pytest.raises(ManuscriptError):
            file_notes(tmp_path)
        assert contents(tmp_path) == before


def test_a_folder_without_a_guide_gets_one(tmp_path: Path) -> None:
    """What stands in it stays."""
    folder = tmp_path / "guides" / "commons-reader"
    folder.mkdir(parents=True)
    (folder / ".gitignore").write_text("mine")
    (folder / "members.csv").write_text("Ana")
    filed = file_notes(tmp_path)
    assert filed.is_new_guide
    assert ((folder / ".gitignore").read_text(), (folder / "members.csv").read_text()) == ("mine", "Ana")


@pytest.mark.parametrize("blocked", ["guides", "guides/commons-reader", "guides/commons-reader/sessions"])
def test_a_place_that_cannot_be_written_leaves_nothing_new(tmp_path: Path, blocked: str) -> None:
    """A file in the way gives a sentence; no folder is left that was not there."""
    (tmp_path / blocked).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / blocked).write_text("mine")
    before = contents(tmp_path)
    with pytest.raises(PublishError, match="cannot"):
        file_notes(tmp_path)
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Wells", "2026-05-12-wells"),
        ("🪣🪣🪣", "2026-05-12-session"),
        ("../../etc/passwd", "2026-05-12-etc-passwd"),
        ("...hidden", "2026-05-12-hidden"),
        ("a/b\\c:d", "2026-05-12-a-b-c-d"),
        ("CON", "2026-05-12-con-guide"),
        ("w" * 300, f"2026-05-12-{'w' * 60}"),
        ("우물을 지키는 사람들", "2026-05-12-우물을-지키는-사람들"),
        ("\U00010400" * 300, f"2026-05-12-{chr(0x10428) * 60}"),
    ],
)
def test_names_of_sessions(tmp_path: Path, title: str, name: str) -> None:
    """Any title gives a name that any disk takes, in the folder that it belongs to."""
    assert name_session(draft(title)) == name
    (tmp_path / f"{name}.md").write_text("")


@pytest.mark.parametrize(
    ("title", "folder"),
    [("🪣🪣", "notes"), ("Aux", "aux-guide"), ("../..", "notes"), (".. wells", "wells"), ("w" * 300, "w" * 60)],
)
def test_names_of_guides(tmp_path: Path, title: str, folder: str) -> None:
    """Where notes name no book, the guide has the session's title; where that has no letters, it is `notes`."""
    made = draft(title)
    imported = Imported(text=write_session(made), draft=made, notes=Notes(lines=(), unit="line"), findings=())
    filed = file_session(imported, into=None, guides_folder=tmp_path / "guides")
    assert filed.guide == tmp_path / "guides" / folder
    assert read_manuscript(filed.guide).guide.sessions[0].title == title


def test_the_language_of_a_guide(tmp_path: Path) -> None:
    """It says in which language headings are; empty where it does not."""
    spanish = write_guide(tmp_path / "uno", guide=GUIDE.replace("language: en", "language: es"))
    silent = write_guide(tmp_path / "dos", guide=GUIDE.replace("language: en\n", ""))
    assert (read_language(spanish), read_language(silent)) == ("es", "")
    with pytest.raises(UsageError, match="there is no guide in"):
        read_language(tmp_path)
