"""A draft: what was recognised in notes, before it is written down as a session file.

Comes in: nothing; `recognise` and `highlights` make these values. Goes out: `Draft`, its parts and its findings.
Left to others: Markdown's syntax (`session_text`), where the file goes (`filing`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Certainty(StrEnum):
    """How sure the importer is: `UNSURE` is marked in the session file until a person has looked."""

    SURE = "sure"
    LIKELY = "likely"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a stretch of the notes was taken for.

    `taken_for` is one of the words of the report (`title`, `reading`, `page reference`, `turn`, `left out` …), `words`
    are the notes' own, `line` counts as the notes do, `result` is what became of the words, where that is not plain.
    """

    taken_for: str
    words: str
    line: int
    certainty: Certainty = Certainty.SURE
    result: str = ""


class BlockKind(StrEnum):
    """What a block of a draft is."""

    PARAGRAPH = "paragraph"
    ITEM = "item"
    TOPIC = "topic"
    QUOTATION = "quotation"
    PULL_QUOTE = "pull-quote"
    FACILITATOR_NOTE = "facilitator-note"
    ROW = "row"
    CODE = "code"
    RULE = "rule"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftBlock:
    """A block of a part. `text` is Markdown of one line, already escaped (see `markdown_text`).

    `depth` counts the lists that it stands in. An item has `label`, its number, or none for a point; only in a round it
    may have a `speaker`. A quotation has its `source`, what follows the dash of its last line: `p. 430`, `Ana, p. 4`.
    A row of a table has `cells`; the first row of several is its head. `doubt` is what a person should check, empty
    when there is no doubt; `line` is its place in the notes.
    """

    kind: BlockKind
    text: str
    line: int
    depth: int = 0
    label: str = ""
    speaker: str = ""
    source: str = ""
    cells: tuple[str, ...] = ()
    level: int = 0
    doubt: str = ""


class PartKind(StrEnum):
    """What a part is for the reader."""

    FREE = "free"
    READING = "reading"
    QUESTIONS = "questions"
    ROUND = "round"
    ANNOUNCEMENTS = "announcements"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPart:
    """A part: `heading` is Markdown, empty for what stands before the first one; `by_line` has no `By`."""

    kind: PartKind
    heading: str
    line: int
    by_line: str = ""
    blocks: tuple[DraftBlock, ...] = ()
    doubt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderField:
    """A field of the header: plain text or a list of texts, never Markdown; `doubt` as in a block."""

    name: str
    value: str | tuple[str, ...]
    doubt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A session as it was understood. `book`, `authors` and `group` are the guide's business, empty when unknown.

    `kept` are lines of the notes' head that say nothing new: they stay in the header as comments.
    `language` is a BCP 47 tag.
    """

    fields: tuple[HeaderField, ...]
    parts: tuple[DraftPart, ...]
    findings: tuple[Finding, ...]
    book: str = ""
    authors: tuple[str, ...] = ()
    group: str = ""
    language: str = "en"
    kept: tuple[str, ...] = ()
