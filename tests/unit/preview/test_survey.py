"""What is listed of guides and sessions, and which files are watched for them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from manuscripts import GUIDE, HEADER, PNG, write_guide

from studyguide.model.guide import Audience, Paper
from studyguide.preview.survey import Survey
from studyguide.targets import Target, sessions_of

if TYPE_CHECKING:
    from pathlib import Path

WELL, RAIN = "2026-05-12-well.md", "2026-04-14-rain.md"
SEEN = ("one", "two")
SESSIONS = {
    WELL: HEADER + "\n![Well](images/well.png)\n",
    RAIN: HEADER.replace("The common well", "Who owns the rain").replace("05-12", "04-14"),
}


@pytest.fixture
def target(tmp_path: Path) -> Target:
    """Write a guide of two sessions, one with a picture."""
    guide = write_guide(tmp_path / "commons", guide=GUIDE, sessions=SESSIONS)
    (guide / "images").mkdir()
    (guide / "images" / "well.png").write_bytes(PNG)
    return Target(folder=guide, session=None)


def read_all(survey: Survey, target: Target) -> None:
    """Read every session."""
    for session in sessions_of(target):
        survey.read(target, session, SEEN)


def test_before_anything_is_read_names_have_to_do(target: Target) -> None:
    """The folder's, the files', and the days with which files' names begin."""
    (shelf,) = Survey().shelves([target])
    assert shelf.title == "commons"
    assert [(each.name, each.title, each.day) for each in shelf.entries] == [
        ("commons", "commons", ""),
        ("commons/2026-04-14-rain", "2026-04-14-rain", "2026-04-14"),
        ("commons/2026-05-12-well", "2026-05-12-well", "2026-05-12"),
    ]
    assert (shelf.audiences, shelf.papers) == ((Audience.PARTICIPANT,), (Paper.LETTER,))


def test_what_was_read_is_listed_by_its_titles_in_the_order_of_its_days(target: Target) -> None:
    """The whole guide first, with all that it is printed for."""
    guide = GUIDE.replace("language: en\n", "language: en\naudiences: [participant, record]\npapers: [a4, letter]\n")
    (target.folder / "guide.md").write_text(guide, encoding="utf-8")
    survey = Survey()
    read_all(survey, target)
    (shelf,) = survey.shelves([target])
    assert [each.title for each in shelf.entries] == ["Commons Reader", "Who owns the rain", "The common well"]
    assert [each.is_whole_guide for each in shelf.entries] == [True, False, False]
    assert shelf.audiences == (Audience.PARTICIPANT, Audience.RECORD)
    assert shelf.papers == (Paper.A4, Paper.LETTER)


def test_a_session_that_is_watched_alone_is_listed_alone(target: Target) -> None:
    """Without the whole guide, which nobody asked for."""
    session = target.folder / "sessions" / WELL
    (shelf,) = Survey().shelves([Target(folder=target.folder, session=session)])
    assert [each.source for each in shelf.entries] == [session]


def test_a_session_with_an_error_keeps_the_title_that_was_known(target: Target) -> None:
    """So that the list does not jump while somebody writes a header."""
    survey = Survey()
    read_all(survey, target)
    session = target.folder / "sessions" / WELL
    session.write_text(SESSIONS[WELL].replace("pages: 423-490", "pages: 490-423"), encoding="utf-8")
    survey.read(target, session, ("other",))
    (shelf,) = survey.shelves([target])
    assert [each.title for each in shelf.entries] == ["Commons Reader", "Who owns the rain", "The common well"]


def test_a_session_that_never_was_right_is_listed_by_its_name(target: Target) -> None:
    """Its day is that in the file's name, if that is one."""
    for name in ("2026-06-09-seeds.md", "2026-13-13-sheds.md"):
        (target.folder / "sessions" / name).write_text("no header", encoding="utf-8")
    survey = Survey()
    read_all(survey, target)
    (shelf,) = survey.shelves([target])
    assert [(each.title, each.day) for each in shelf.entries if "0" in each.title] == [
        ("2026-13-13-sheds", ""),
        ("2026-06-09-seeds", "2026-06-09"),
    ]


def test_names_that_are_no_text_are_put_into_text(target: Target) -> None:
    """As of files that came from other systems: they are to stand in the page and in its addresses."""
    session = target.folder / "sessions" / os.fsdecode(b"caf\xe9.md")
    session.write_text("no header", encoding="utf-8")
    survey = Survey()
    for _ in range(2):
        (shelf,) = survey.shelves([target])
        (entry,) = (each for each in shelf.entries if each.source == session)
        assert (entry.name, entry.title) == (r"commons/caf\udce9", r"caf\udce9")
        survey.read(target, session, SEEN)


def test_all_files_that_a_build_reads_are_watched(target: Target) -> None:
    """The header of the guide, the folder in which sessions come and go, the sessions, what they name."""
    survey = Survey()
    read_all(survey, target)
    assert {str(each.relative_to(target.folder)) for each in survey.files_to_watch([target])} == {
        "guide.md",
        "sessions",
        f"sessions/{RAIN}",
        f"sessions/{WELL}",
        "images/well.png",
    }


def test_what_was_looked_for_in_vain_is_watched(target: Target) -> None:
    """Its coming mends the session."""
    picture = target.folder / "images" / "well.png"
    picture.unlink()
    survey = Survey()
    read_all(survey, target)
    assert picture in survey.files_to_watch([target])
    assert picture in survey.depends_on(target.folder / "sessions" / WELL)


def test_a_session_is_known_as_it_was_when_it_was_read(target: Target) -> None:
    """As soon as it or the guide's header is another, it is to be read again."""
    survey = Survey()
    session = target.folder / "sessions" / WELL
    assert not survey.is_known(session, SEEN)
    assert survey.depends_on(session) == (session,)
    survey.read(target, session, SEEN)
    assert survey.is_known(session, SEEN)
    assert not survey.is_known(session, ("one", "three"))


def test_files_that_a_build_met_are_watched_until_the_session_is_read_again(target: Target) -> None:
    """A build that was given up knows more than the last reading."""
    survey = Survey()
    session = target.folder / "sessions" / WELL
    drawing = target.folder / "images" / "drawing.png"
    survey.add_files(session, [drawing])
    assert drawing in survey.files_to_watch([target])
    assert not survey.is_known(session, SEEN)

    survey.read(target, session, SEEN)
    assert drawing not in survey.files_to_watch([target])


@pytest.mark.parametrize("name", [".#2026-05-12-well.md", "._well.md", "well.md~", "well.txt"])
def test_what_editors_put_beside_sessions_is_none(target: Target, name: str) -> None:
    """Locks, which may be links that lead nowhere, backups, and what other systems add."""
    (target.folder / "sessions" / name).symlink_to("ana@riverside.4711:1")
    assert [each.name for each in sessions_of(target)] == [RAIN, WELL]


def test_sessions_are_those_that_the_reader_finds(target: Target) -> None:
    """Also with an ending in capitals, and with the name of the guide's own header."""
    for name in ("SEEDS.MD", "guide.md"):
        (target.folder / "sessions" / name).write_text(HEADER, encoding="utf-8")
    assert [each.name for each in sessions_of(target)] == [RAIN, WELL, "SEEDS.MD", "guide.md"]


def test_a_guide_without_sessions_has_none(tmp_path: Path) -> None:
    """Nor has one whose folder has just gone."""
    assert sessions_of(Target(folder=tmp_path / "gone", session=None)) == ()
