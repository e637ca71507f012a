"""The line of the importer: bytes -> notes -> draft -> the text of a session file, read back and found good.

Comes in: the bytes of notes and their name. Goes out: `Imported`.
Left to others: each step, and putting the file in its place (`filing`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studyguide.errors import NotesError
from studyguide.importer.coverage import find_lost_words
from studyguide.importer.notes import Notes
from studyguide.importer.recognition import recognise
from studyguide.importer.recognition.guesses import guess_date
from studyguide.importer.session_text import write_session

if TYPE_CHECKING:
    import datetime

    from studyguide.importer.draft import Draft, Finding

DEEPEST_LISTS = 30
"""How many lists may stand in each other; a session file allows a few more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A session file as text, the draft that it was written from, and all that was found, in the order of the notes."""

    text: str
    draft: Draft
    notes: Notes
    findings: tuple[Finding, ...]


def import_bytes(content: bytes, name: str, *, today: datetime.date, language: str = "") -> Imported:
    """Make a session file of raw notes; `today` stands in for a date that they do not say.

    `language` is that of the guide it is for; empty to go by the notes.

    Raises:
        NotesError: when the notes cannot be read, or hold nothing.
    """
    notes, draft = _draft(content, name, today, language)
    text = write_session(draft)
    findings = (*draft.findings, *find_lost_words(notes, text, draft.findings))
    ordered = tuple(sorted(findings, key=lambda each: each.line))
    return Imported(text=text, draft=draft, notes=notes, findings=ordered)


def _draft(content: bytes, name: str, today: datetime.date, language: str) -> tuple[Notes, Draft]:
    from studyguide.importer.highlights import draft_highlights, find_highlights, list_lines
    from studyguide.importer.intake import is_plain, read_notes
    from studyguide.importer.intake.text_bytes import decode

    books = find_highlights(decode(content)[0], name) if is_plain(content) else None
    if books is not None:
        draft = draft_highlights(books)
        if not any(each.name == "date" for each in draft.fields):
            draft = replace(draft, fields=(*draft.fields, guess_date(name, today, draft.language)))
        return Notes(lines=list_lines(books), unit="line"), draft
    notes = read_notes(content, name)
    _refuse_depth(notes)
    return notes, recognise(notes, name=name, today=today, language=language)


def _refuse_depth(notes: Notes) -> None:
    deep = next((line for line in notes.lines if line.depth > DEEPEST_LISTS), None)
    if deep is not None:
        raise NotesError(
            f"{notes.unit} {deep.number} stands in more than {DEEPEST_LISTS} lists",
            hint="indent less there, or make a part of its own of it",
        )
