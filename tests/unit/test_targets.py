"""Which files a typed path means, and what the made files are called."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from models import a_guide, a_manuscript, a_session

from studyguide.errors import ManuscriptError, UsageError
from studyguide.model.guide import Audience, Paper
from studyguide.targets import Target, files_of, find_targets, plan_variants

if TYPE_CHECKING:
    from studyguide.artifacts import Manuscript


@pytest.fixture
def guide_folder(tmp_path: Path) -> Path:
    """Make a guide with two sessions."""
    folder = tmp_path / "guides" / "commons"
    (folder / "sessions").mkdir(parents=True)
    (folder / "guide.md").touch()
    for name in ("01-wells.md", "02-rain.md"):
        (folder / "sessions" / name).touch()
    return folder


def test_a_folder_with_a_header_is_a_whole_guide(guide_folder: Path) -> None:
    """A guide's folder means all of it, and so does its header."""
    whole = (Target(folder=guide_folder, session=None),)

    assert find_targets([guide_folder]) == whole
    assert find_targets([guide_folder / "guide.md"]) == whole


def test_a_folder_of_guides_is_every_guide_in_it(guide_folder: Path) -> None:
    """A folder above guides means each of them."""
    assert find_targets([guide_folder.parent]) == (Target(folder=guide_folder, session=None),)


def test_a_session_file_is_one_session_of_its_guide(guide_folder: Path) -> None:
    """A file in sessions/ means that session, named twice it is meant once."""
    path = guide_folder / "sessions" / "01-wells.md"

    assert find_targets([path, path]) == (Target(folder=guide_folder, session=path),)


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    """A typing mistake comes back with the path and what is expected."""
    with pytest.raises(UsageError) as caught:
        find_targets([tmp_path / "nowhere"])

    assert caught.value.message == f'there is no "{tmp_path / "nowhere"}"'
    assert "a guide's folder or a session file" in caught.value.hint


def test_a_stray_file_is_told_where_sessions_lie(tmp_path: Path) -> None:
    """A Markdown file outside a guide is no session."""
    stray = tmp_path / "notes.md"
    stray.touch()

    with pytest.raises(UsageError, match="is not in a guide"):
        find_targets([stray])


def test_an_empty_place_says_how_to_begin(tmp_path: Path) -> None:
    """Where there is no guide, the hint is the command that makes one."""
    with pytest.raises(UsageError) as caught:
        find_targets([tmp_path])

    assert "studyguide new" in caught.value.hint


def test_the_files_of_a_guide_are_its_header_and_sessions(guide_folder: Path) -> None:
    """The header comes first, then the sessions by name."""
    names = [path.name for path in files_of(Target(folder=guide_folder, session=None))]

    assert names == ["guide.md", "01-wells.md", "02-rain.md"]


def test_the_files_of_a_guide_are_those_that_the_reader_finds(guide_folder: Path) -> None:
    """Not what editors put beside them, as links that lead nowhere; an ending in capitals counts."""
    (guide_folder / "sessions" / ".#01-wells.md").symlink_to("ana@riverside.4711:1")
    for name in ("._02-rain.md", "02-rain.md~", "03-SEEDS.MD"):
        (guide_folder / "sessions" / name).touch()
    names = [path.name for path in files_of(Target(folder=guide_folder, session=None))]

    assert names == ["guide.md", "01-wells.md", "02-rain.md", "03-SEEDS.MD"]


def _manuscript(*slugs: str) -> Manuscript:
    sessions = tuple(replace(a_session(), slug=slug) for slug in slugs)
    return a_manuscript(replace(a_guide(*sessions), slug="commons"))


def test_the_first_pair_gets_the_plain_name() -> None:
    """The first audience and paper have no suffix, the others say what they are, the guide by the same rule."""
    variants = plan_variants(
        Target(folder=Path("guides/commons"), session=None),
        _manuscript("01-wells"),
        (Paper.LETTER, Paper.A4),
        (Audience.PARTICIPANT, Audience.RECORD),
        Path("build"),
    )

    assert sorted(each.path.name for each in variants) == sorted(
        f"{stem}{suffix}.pdf"
        for stem in ("01-wells", "commons")
        for suffix in ("", "-participant-a4", "-record-letter", "-record-a4")
    )
    assert {each.path.parent for each in variants} == {Path("build/commons")}


def test_a_session_alone_makes_no_whole_guide() -> None:
    """One session asked for is one file."""
    target = Target(folder=Path("guides/commons"), session=Path("guides/commons/sessions/01-wells.md"))
    variants = plan_variants(target, _manuscript("01-wells"), (Paper.A4,), (Audience.RECORD,), Path("build"))

    assert [each.path for each in variants] == [Path("build/commons/01-wells.pdf")]


def test_two_sources_of_one_name_are_refused() -> None:
    """A session called like its guide would overwrite it, so nothing is made."""
    with pytest.raises(ManuscriptError) as caught:
        plan_variants(
            Target(folder=Path("guides/commons"), session=None),
            _manuscript("commons"),
            (Paper.A4,),
            (Audience.RECORD,),
            Path("build"),
        )

    assert 'both become "commons.pdf"' in str(caught.value.diagnostics[0])
