"""The guide, its books and its sessions, each a sequence of parts.

Comes in: nothing. Goes out: frozen values; `Part` is a closed union, to be matched with `assert_never`.
Left to others: which audience sees which part (`latex.typeset`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from studyguide.diagnostics import SourceSpan
    from studyguide.model.blocks import Block, Inline, Question, Turn
    from studyguide.model.locator import LocatorRange


class Audience(StrEnum):
    """Whom a variant is for."""

    PARTICIPANT = "participant"
    FACILITATOR = "facilitator"
    RECORD = "record"


class Paper(StrEnum):
    """What a variant is laid out for."""

    LETTER = "letter"
    A4 = "a4"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Another printing of a book: `anchors` pairs a page of the default edition with one of this."""

    name: str
    anchors: Mapping[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A studied book; `key` is empty for a guide's only book, `year` None when not given."""

    key: str
    title: str
    authors: tuple[str, ...]
    year: int | None
    pages: LocatorRange | None
    editions: tuple[Edition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeRange:
    """From when to when a meeting lasts; `end` is None when only the start is known."""

    start: datetime.time
    end: datetime.time | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Insert:
    """Pages of another PDF to bind in: `first` and `last` count from 1, None takes the whole file.

    `path` is relative to the guide's folder.
    """

    path: str
    first: int | None
    last: int | None
    span: SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A part of the book that was read: heading, authors, pages, and the summary of it."""

    heading: tuple[Inline, ...]
    authors: str
    book: str
    pages: LocatorRange | None
    content: tuple[Block, ...]
    span: SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsPart:
    """Discussion questions; `content` is what stands before the first one."""

    heading: tuple[Inline, ...]
    content: tuple[Block, ...]
    questions: tuple[Question, ...]
    span: SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPart:
    """The record of who said what; `content` is what stands before the first turn."""

    heading: tuple[Inline, ...]
    content: tuple[Block, ...]
    turns: tuple[Turn, ...]
    span: SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnouncementsPart:
    """Announcements, usually a list."""

    heading: tuple[Inline, ...]
    content: tuple[Block, ...]
    span: SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class FreePart:
    """Any other part; `heading` is empty for text before the first heading."""

    heading: tuple[Inline, ...]
    content: tuple[Block, ...]
    span: SourceSpan


Part = Reading | QuestionsPart | RoundPart | AnnouncementsPart | FreePart


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One meeting and its handout. `slug` is the file's name without `.md`; empty strings mean not given."""

    slug: str
    title: str
    label: str
    date: datetime.date
    time: TimeRange | None
    place: str
    summary_by: str
    facilitator: str
    participants: tuple[str, ...]
    pages: tuple[LocatorRange, ...]
    inserts: tuple[Insert, ...]
    parts: tuple[Part, ...]
    span: SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """A guide: what holds for all its sessions, its preface, and the sessions in date order.

    `language` is a BCP 47 tag; `books` starts with the default one; `accent` is `#rrggbb`, `logo` a path
    relative to the guide's folder, both empty when not given.
    """

    slug: str
    title: str
    group: str
    language: str
    books: tuple[Book, ...]
    papers: tuple[Paper, ...]
    audiences: tuple[Audience, ...]
    answer_lines: int
    accent: str
    logo: str
    preface: tuple[Block, ...]
    sessions: tuple[Session, ...]
    span: SourceSpan
