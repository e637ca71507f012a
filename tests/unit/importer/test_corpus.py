"""Raw notes of many shapes, imported and read again: what came out against what a careful secretary would write."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from manuscripts import write_guide
from notes_corpus import DOCUMENTS, Document, Expected
from second_corpus import KNOWN_GAPS, SECOND_DOCUMENTS
from session_counts import (
    count_announcement_subitems,
    count_announcements,
    count_comments,
    count_questions,
    count_replies,
    count_rounds,
    count_turns,
    find_lost_words,
    list_links,
    list_minutes,
    list_readings,
    visible_text,
    write_locators,
)

from studyguide.diagnostics import Severity
from studyguide.importer import Imported, import_bytes
from studyguide.reader import check_manuscript, format_source, read_manuscript

if TYPE_CHECKING:
    from studyguide.model.guide import Session

TODAY = datetime.date(2026, 6, 30)
GUIDE = "---\nformat: studyguide/1\ntitle: Commons Reader\nlanguage: {language}\n---\n"
FIELDS = tuple(each.name for each in fields(Expected))

ALL_DOCUMENTS = (*DOCUMENTS, *SECOND_DOCUMENTS)
GAPS = {(each.document, each.field): each for each in KNOWN_GAPS}

each_document = pytest.mark.parametrize("document", ALL_DOCUMENTS, ids=[each.name for each in ALL_DOCUMENTS])
each_field = pytest.mark.parametrize("field", FIELDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """An imported document, and the errors that the reader finds in its session file."""

    imported: Imported
    errors: tuple[str, ...]
    measured: Expected | None


@cache
def import_document(document: Document) -> Outcome:
    """Import a document and read the session file in a guide of its language."""
    imported = import_bytes(document.read(), document.name, today=TODAY)
    guide = GUIDE.format(language=document.expected.language)
    with TemporaryDirectory() as place:
        folder = write_guide(Path(place), guide=guide, sessions={"01-notes.md": imported.text})
        problems = check_manuscript(folder)
        errors = tuple(str(each) for each in problems if each.severity is Severity.ERROR)
        if errors:
            return Outcome(imported=imported, errors=errors, measured=None)
        (session,) = read_manuscript(folder).guide.sessions
    return Outcome(imported=imported, errors=(), measured=measure(imported, session))


def measure(imported: Imported, session: Session) -> Expected:
    """Say of a session what the expectations say of a document."""
    return Expected(
        title=session.title,
        label=session.label or None,
        date=session.date.isoformat(),
        summary_by=session.summary_by or None,
        book=imported.draft.book or None,
        group=imported.draft.group or None,
        readings=list_readings(session),
        locators=write_locators(session),
        questions=count_questions(session),
        people=session.participants,
        turns=count_turns(session),
        replies=count_replies(session),
        rounds=count_rounds(session),
        announcements=count_announcements(session),
        announcement_subitems=count_announcement_subitems(session),
        links=list_links(session),
        comments=count_comments(session),
        language=imported.draft.language,
        minutes=list_minutes(session),
    )


@each_document
def test_an_imported_session_has_no_errors(document: Document) -> None:
    """The file builds at once."""
    assert import_document(document).errors == ()


@each_field
@each_document
def test_an_imported_session_says_what_the_notes_say(document: Document, field: str) -> None:
    """Field by field, nothing is missed and nothing invented; only a title must be found where there is none."""
    measured = import_document(document).measured
    assert measured is not None, "the session file cannot be read"
    expected = getattr(document.expected, field)
    found = getattr(measured, field)
    gap = GAPS.get((document.name, field))
    if gap is not None:
        assert found == gap.found, f"{document.name}: the known gap in `{field}` is another, or closed"
        assert found != expected, f"{document.name}: the known gap in `{field}` is closed, take it off the list"
    elif field == "title" and expected is None:
        assert found, f"{document.name}: a session needs a title"
    else:
        assert found == expected, f"{document.name}: `{field}` came out otherwise"


@each_document
def test_every_word_of_the_notes_is_kept_or_reported(document: Document) -> None:
    """What is not in the session file, its comments included, is named in the report."""
    imported = import_document(document).imported
    reported = "\n".join(each.words for each in imported.findings)
    assert find_lost_words(visible_text(document.read(), document.name), imported.text, reported) == []


@each_document
def test_the_same_notes_give_the_same_file(document: Document) -> None:
    """Nothing depends on when or how often notes are imported."""
    again = import_bytes(document.read(), document.name, today=TODAY)
    assert again.text.encode() == import_document(document).imported.text.encode()


@each_document
def test_an_imported_session_is_in_canonical_form(document: Document) -> None:
    """`fmt` has nothing to change."""
    text = import_document(document).imported.text
    assert format_source(text, Path("commons/sessions/01-notes.md")) == text
