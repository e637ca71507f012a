"""Raw notes as lines: what every kind of file is reduced to before anything in it is recognised.

Comes in: nothing; `plain_text` and `documents` make these values. Goes out: `Notes`, lines with depth, label and words.
Left to others: what a line means (`recognise` and its neighbours).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MarkKind(StrEnum):
    """How a stretch of words was set off."""

    EMPHASIS = "emphasis"
    STRONG = "strong"
    LINK = "link"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stretch `[start, end)` of a line's words that was set off.

    `target` is the address of a link, or the text of a footnote, whose stretch is empty.
    """

    start: int
    end: int
    kind: MarkKind
    target: str = ""


class Bullet(StrEnum):
    """What opens a line: nothing, a point of any shape, a number, or a letter or roman numeral."""

    NONE = "none"
    POINT = "point"
    NUMBER = "number"
    LETTER = "letter"


class LineKind(StrEnum):
    """What a document itself says that a line is; a plain text says only `TEXT`."""

    TEXT = "text"
    HEADING = "heading"
    QUOTE = "quote"
    COMMENT = "comment"
    ROW = "row"
    CODE = "code"
    RULE = "rule"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteLine:
    """One paragraph, item, heading, comment, row of a table or line of code.

    `number` is its line in a plain text, or counts the paragraphs of a document; both from 1. `depth` counts the lists
    that it stands in: 0 is running text, 1 an item of an outermost list; a further paragraph of an item has the item's
    depth and no bullet. `label` is the number or letter of an item without its mark (`3`, `a`, `iv`). `words` are
    clean (see `clean_words`) and on one line. `level` is a heading's, 1 to 6. `cells` are the words of a table's row.
    `author` is who wrote a comment, if the document says so. `opens_list` says that an outermost list begins here
    anew. `gap` is how many blank lines stand before it and `column` how far it is indented; a document has neither.
    """

    number: int
    words: str
    depth: int = 0
    bullet: Bullet = Bullet.NONE
    label: str = ""
    kind: LineKind = LineKind.TEXT
    level: int = 0
    marks: tuple[Mark, ...] = ()
    cells: tuple[str, ...] = ()
    author: str = ""
    opens_list: bool = False
    gap: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Something in the notes that a session file cannot hold, as a picture: what it is, where, and its words."""

    number: int
    what: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """All lines of one file. `unit` names what `number` counts: `line` or `paragraph`.

    `title` is what the file says about itself outside its text (the `<title>` of a page), often nothing of use.
    `doubts` are sentences about the file as a whole, such as an encoding that was guessed.
    """

    lines: tuple[NoteLine, ...]
    unit: str
    title: str = ""
    losses: tuple[Loss, ...] = ()
    doubts: tuple[str, ...] = ()
