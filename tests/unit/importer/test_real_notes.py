"""The notes of a real meeting, as four files: only counted here, since the words belong to the people who said them."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from manuscripts import write_guide
from session_counts import (
    count_announcement_subitems,
    count_announcements,
    count_questions,
    count_replies,
    count_rounds,
    count_turns,
    find_lost_words,
    list_links,
    list_readings,
    visible_text,
    write_locators,
)

from studyguide.importer import Imported, import_bytes
from studyguide.reader import format_source, read_manuscript

if TYPE_CHECKING:
    from studyguide.model.guide import Session

FOLDER = Path(__file__).parents[3].parent / "shared" / "inputs"
SUFFIXES = (".txt", ".docx", ".odt", ".html")
TODAY = datetime.date(2026, 6, 30)
GUIDE = "---\nformat: studyguide/1\ntitle: Commons Reader\nlanguage: en\n---\n"

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the real notes are not beside this checkout")
each_file = pytest.mark.parametrize("suffix", SUFFIXES)


def find_notes(suffix: str) -> Path:
    """Find the notes that stand in the folder in all four forms, in one of them."""
    names = {each.stem for each in FOLDER.iterdir()}
    whole = sorted(name for name in names if all((FOLDER / f"{name}{end}").is_file() for end in SUFFIXES))
    return FOLDER / f"{whole[0]}{suffix}"


@cache
def import_notes(suffix: str) -> Imported:
    """Import the notes in one form."""
    path = find_notes(suffix)
    return import_bytes(path.read_bytes(), path.name, today=TODAY)


@cache
def read_notes(suffix: str) -> Session:
    """Read what became of them."""
    with TemporaryDirectory() as place:
        folder = write_guide(Path(place), guide=GUIDE, sessions={"01-notes.md": import_notes(suffix).text})
        (session,) = read_manuscript(folder).guide.sessions
    return session


@each_file
def test_finds_every_page_reference(suffix: str) -> None:
    """Thirty places in the book, typed in a dozen ways."""
    assert len(write_locators(read_notes(suffix))) == 30


@each_file
def test_finds_the_readings_with_their_authors(suffix: str) -> None:
    """Three readings, each by somebody."""
    readings = list_readings(read_notes(suffix))
    assert [bool(heading and authors) for heading, authors in readings] == [True, True, True]


@each_file
def test_finds_questions_and_people(suffix: str) -> None:
    """Three questions, seven people."""
    session = read_notes(suffix)
    assert (count_questions(session), len(session.participants)) == (3, 7)


@each_file
def test_finds_who_spoke_in_which_round(suffix: str) -> None:
    """Twelve turns and one reply in two rounds."""
    session = read_notes(suffix)
    assert (count_rounds(session), count_turns(session), count_replies(session)) == (2, 12, 1)


@each_file
def test_finds_announcements_that_no_heading_names(suffix: str) -> None:
    """Four announcements, one of them with an item below it, and three links."""
    session = read_notes(suffix)
    counts = (count_announcements(session), count_announcement_subitems(session), len(list_links(session)))
    assert counts == (4, 1, 3)


@each_file
def test_knows_the_head_of_the_notes(suffix: str) -> None:
    """Title, label, day and who summarised, and from the draft the book and the group."""
    session, draft = read_notes(suffix), import_notes(suffix).draft
    found = (session.title, session.label, session.summary_by, draft.book, draft.group)
    assert all(found)
    assert session.date < TODAY


@each_file
def test_keeps_every_word(suffix: str) -> None:
    """Every word of the plain notes is in the session file of each form, or named in its report."""
    plain = find_notes(".txt")
    imported = import_notes(suffix)
    reported = "\n".join(each.words for each in imported.findings)
    assert find_lost_words(visible_text(plain.read_bytes(), plain.name), imported.text, reported) == []


@each_file
def test_all_forms_give_one_session(suffix: str) -> None:
    """Whatever program wrote the notes, the session is the same."""
    assert import_notes(suffix).text == import_notes(".txt").text


@each_file
def test_writes_the_canonical_form(suffix: str) -> None:
    """`fmt` has nothing to change."""
    text = import_notes(suffix).text
    assert format_source(text, Path("commons/sessions/01-notes.md")) == text
