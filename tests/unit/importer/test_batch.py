"""Several notes at once: each becomes a session or says why it cannot, and a failure touches nothing."""

from __future__ import annotations

import datetime
import io
from pathlib import Path

import pytest
from manuscripts import write_guide

from studyguide.errors import NotesError, PublishError, UsageError
from studyguide.importer import ImportRequest, ImportResult, import_files
from studyguide.reader import read_manuscript

TODAY = datetime.date(2026, 6, 1)
NOTES = "# Wells\n12 May 2026\n\n## Keeping the well\nBy Rosa Imaginary\n\n- a rule (p. 4)\n"


def run(
    *names: Path | str, into: Path | None = None, output: Path | str | None = None, piped: bytes = b""
) -> ImportResult:
    """Import notes into guides of the folder of the first one."""
    folder = Path(names[0]).parent / "guides"
    request = ImportRequest(
        into=into, output=None if output is None else str(output), guides_folder=folder, today=TODAY
    )
    return import_files([str(each) for each in names], request, stream=io.BytesIO(piped))


def write_notes(folder: Path, name: str = "notes.md", text: str = NOTES) -> Path:
    """Write notes to a file."""
    path = folder / name
    path.write_text(text)
    return path


def list_files(folder: Path) -> dict[str, bytes]:
    """Give all files of a folder with what is in them."""
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    """Each failure names its file once; the others are filed."""
    good, empty, missing = write_notes(tmp_path), write_notes(tmp_path, "e.md", ""), tmp_path / "gone.md"
    other = write_notes(tmp_path, "rain.md", NOTES.replace("Wells", "Rain"))
    result = run(good, empty, missing, other)
    assert [each.source for each in result.files] == [str(good), str(other)]
    assert [each.is_new_guide for each in result.files] == [True, True]
    first, second = (each.message for each in result.failures)
    assert first.startswith(f"{empty}: ")
    assert second == f'there is no "{missing}"'
    assert all(isinstance(each, NotesError) for each in result.failures)


def test_the_same_name_twice_is_one_file(tmp_path: Path) -> None:
    """A shell's pattern may name a file twice."""
    notes = write_notes(tmp_path)
    result = run(notes, notes)
    assert (len(result.files), result.failures) == (1, ())


def test_the_same_notes_twice_are_refused(tmp_path: Path) -> None:
    """The second of two files with one session changes nothing."""
    guide = write_guide(tmp_path / "commons", sessions={})
    result = run(write_notes(tmp_path), write_notes(tmp_path, "again.md"), into=guide)
    assert [each.path for each in result.files] == [guide / "sessions" / "2026-05-12-wells.md"]
    assert ["is there already" in each.message for each in result.failures] == [True]
    assert [each.title for each in read_manuscript(guide).guide.sessions] == ["Wells"]


def test_standard_input(tmp_path: Path) -> None:
    """Notes from a pipe have no name: the title is theirs, the day is today where they say none."""
    output = tmp_path / "session.md"
    result = run("-", output=output, piped=b"# Rain\n\n## Roofs\n\n- a roof (p. 4)\n")
    assert [(each.source, each.path, each.guide) for each in result.files] == [("-", output, None)]
    assert "date: 2026-06-01  # check: " in output.read_text()
    assert result.files[0].text == output.read_text()


def test_an_empty_pipe_is_refused_without_a_name(tmp_path: Path) -> None:
    """Nobody knows a file of that name."""
    result = run("-", output=tmp_path / "x.md")
    assert not result.failures[0].message.startswith("-")
    assert list_files(tmp_path) == {}


def test_output_to_be_printed(tmp_path: Path) -> None:
    """With `-` the text is handed over and no file is made."""
    notes = write_notes(tmp_path)
    before = list_files(tmp_path)
    result = run(notes, output="-")
    assert (result.files[0].path, result.files[0].guide) == (None, None)
    assert result.files[0].text.startswith("---\nformat: studyguide/1\n")
    assert list_files(tmp_path) == before


def test_an_output_that_exists_is_not_overwritten(tmp_path: Path) -> None:
    """Not even when it is the notes themselves."""
    notes = write_notes(tmp_path)
    before = list_files(tmp_path)
    (failure,) = run(notes, output=notes).failures
    assert "is there already" in failure.message
    assert "nothing was written" in failure.hint
    assert list_files(tmp_path) == before


def test_an_output_that_cannot_be_written(tmp_path: Path) -> None:
    """A file in place of a folder gives a sentence."""
    notes = write_notes(tmp_path)
    (failure,) = run(notes, output=notes / "session.md").failures
    assert isinstance(failure, PublishError)
    assert "a part of its path is a file" in failure.message


def test_several_notes_are_not_one_file(tmp_path: Path) -> None:
    """Refused before anything is read."""
    with pytest.raises(UsageError, match="several notes cannot become one file"):
        run(tmp_path / "a.md", tmp_path / "b.md", output=tmp_path / "c.md")


def test_a_missing_guide_is_said_once(tmp_path: Path) -> None:
    """Before any notes are read; nothing is touched."""
    notes = write_notes(tmp_path)
    before = list_files(tmp_path)
    with pytest.raises(UsageError, match="there is no guide in"):
        run(notes, tmp_path / "gone.md", into=tmp_path / "nowhere")
    assert list_files(tmp_path) == before


def test_notes_that_fail_touch_nothing(tmp_path: Path) -> None:
    """Neither the guide nor the notes."""
    guide = write_guide(tmp_path / "commons")
    notes = write_notes(tmp_path, "e.md", "\n \n")
    before = list_files(tmp_path)
    assert len(run(notes, into=guide).failures) == 1
    assert list_files(tmp_path) == before
