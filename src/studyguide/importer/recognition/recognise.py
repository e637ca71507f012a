"""Recognise: lines of notes become the draft of a session.

Comes in: `Notes`, the name of the file, a day near the meeting. Goes out: a `Draft` with what was found and how sure.
Left to others: reading files (`intake`), writing the session (`session_text`), where it goes (`filing`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studyguide.importer.bullets import find_opening, join_openings
from studyguide.importer.draft import Certainty, Draft, DraftPart, Finding, HeaderField, PartKind
from studyguide.importer.notes import Bullet, LineKind, NoteLine, Notes
from studyguide.importer.recognition.guesses import guess_date, guess_title
from studyguide.importer.recognition.head import FIELDS, Head, HeadReading
from studyguide.importer.recognition.language import detect_language
from studyguide.importer.recognition.locators import learn_pages
from studyguide.importer.recognition.parts import PartRules, PartWriter
from studyguide.importer.recognition.people import People, find_speaker
from studyguide.importer.recognition.pull_quotes import propose_pull_quotes
from studyguide.importer.recognition.sections import Section, divide
from studyguide.importer.recognition.side_questions import gather_side_questions

if TYPE_CHECKING:
    import datetime


def recognise(notes: Notes, *, name: str, today: datetime.date, language: str = "") -> Draft:
    """Recognise a session in notes; `language` is the guide's, if there is a guide, else it is detected."""
    lines = _with_typed_bullets(notes)
    spoken = detect_language(line.words for line in lines)
    division = divide(lines, spoken, reference=today)
    sections = gather_side_questions(division.sections)
    reading = HeadReading(language=spoken, reference=today)
    for line in division.head:
        reading.read(line)
    for people, line in division.people:
        reading.read_participants(people, line)
    head = reading.finish(notes.title)
    rules = PartRules(
        known=learn_pages(line.words for section in sections for line in section.lines),
        people=_gather_people(head, sections),
        language=language or spoken,
    )
    parts, findings = _write_parts(sections, rules)
    parts, quotes = propose_pull_quotes(parts)
    fields = _complete_fields(head, rules.people, name=name, today=today, language=spoken)
    losses = tuple(
        Finding(
            taken_for=each.what,
            words=each.words,
            line=each.number,
            certainty=Certainty.LIKELY,
            result="not in the session",
        )
        for each in notes.losses
    )
    doubts = tuple(
        Finding(taken_for="doubt", words="", line=1, certainty=Certainty.UNSURE, result=each) for each in notes.doubts
    )
    return Draft(
        fields=fields,
        parts=parts,
        findings=(*head.findings, *findings, *quotes, *losses, *doubts),
        book=head.book,
        authors=head.authors,
        group=head.group,
        language=language or spoken,
        kept=head.kept,
    )


def _with_typed_bullets(notes: Notes) -> tuple[NoteLine, ...]:
    """Find bullets that were typed as words in paragraphs of a document."""
    if notes.unit == "line":
        return notes.lines
    made: list[NoteLine] = []
    for line in notes.lines:
        opening = find_opening(line.words, is_in_list=False) if _may_have_bullet(line) else None
        if opening is None:
            made.append(line)
            continue
        opening = join_openings(line.words, opening)
        before = made[-1] if made else None
        is_first = before is None or before.bullet is Bullet.NONE or opening.label == "1"
        made.append(
            replace(
                line,
                words=line.words[opening.length :],
                marks=tuple(
                    replace(each, start=max(each.start - opening.length, 0), end=each.end - opening.length)
                    for each in line.marks
                    if each.end > opening.length
                ),
                bullet=opening.bullet,
                label=opening.label,
                depth=max(line.depth, 1),
                opens_list=is_first and line.depth == 0,
            )
        )
    return tuple(made)


def _may_have_bullet(line: NoteLine) -> bool:
    return line.kind is LineKind.TEXT and (
        line.bullet is Bullet.POINT or (line.bullet is Bullet.NONE and line.depth == 0)
    )


def _gather_people(head: Head, sections: list[Section]) -> People:
    """Give all who are named: in the head, and as speakers in the rounds."""
    people = head.people
    named = [each.value for each in head.fields if each.name in {"summary-by", "facilitator"}]
    known = People(names=(*people.names, *(str(each) for each in named)), initials=people.initials)
    speakers: dict[str, None] = {}
    for section in sections:
        if section.kind is PartKind.ROUND:
            for line in section.lines:
                speaker = find_speaker(line.words, known) if line.bullet is not Bullet.NONE or line.depth == 0 else None
                if speaker is not None and not known.find(speaker.name):
                    speakers.setdefault(speaker.name)
    return People(names=tuple(dict.fromkeys((*people.names, *speakers))), initials=people.initials)


def _write_parts(sections: list[Section], rules: PartRules) -> tuple[tuple[DraftPart, ...], tuple[Finding, ...]]:
    writers = [PartWriter(section=section, rules=rules) for section in sections]
    parts = tuple(writer.write() for writer in writers)
    return parts, tuple(finding for writer in writers for finding in writer.findings)


def _complete_fields(
    head: Head, people: People, *, name: str, today: datetime.date, language: str
) -> tuple[HeaderField, ...]:
    """Add what a session cannot do without: a title and a day, each with a doubt when it had to be guessed."""
    fields = {each.name: each for each in head.fields}
    if "title" not in fields:
        fields["title"] = guess_title(_value_of(fields, "label"), head.book, name)
    if "date" not in fields:
        fields["date"] = guess_date(name, today, language)
    summary = fields.get("summary-by")
    if people.names:
        doubt = fields["participants"].doubt if "participants" in fields else ""
        fields["participants"] = HeaderField(name="participants", value=people.names, doubt=doubt)
    if summary is not None and isinstance(summary.value, str):
        fields["summary-by"] = replace(summary, value=people.initials.get(summary.value, summary.value))
    return tuple(fields[each] for each in FIELDS if each in fields)


def _value_of(fields: dict[str, HeaderField], name: str) -> str:
    return str(fields[name].value) if name in fields else ""
