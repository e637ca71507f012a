"""Lines of notes as a document gives them: counted, with the depth and the bullet of the lists they stand in.

Comes in: paragraphs, headings, rows and lists in the document's order. Goes out: `Notes`.
Left to others: the document's own tree (`documents`, `markdown_notes`), plain text (`plain_text`).
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studyguide.importer.cleaning import clean_words
from studyguide.importer.intake.nesting import DEEPEST_NESTING, too_deep
from studyguide.importer.notes import Bullet, LineKind, Loss, NoteLine, Notes
from studyguide.reader.characters import find_refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studyguide.importer.intake.marked_text import MarkedText, Remark


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    bullet: Bullet
    label: str


class LineCollector:
    """The lines of a document while it is read; `kind` is what a paragraph is just now.

    Where the document numbers its lines, whoever calls passes each `number`; else paragraphs are counted.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self.kind = LineKind.TEXT
        self.number = 0
        self.nesting = 0
        self._lines: list[NoteLine] = []
        self._losses: list[Loss] = []
        self._depth = 0
        self._item: _Item | None = None
        self._opens_list = False

    def notes(self, unit: str, *, title: str = "") -> Notes:
        """Give all that was collected."""
        return Notes(lines=tuple(self._lines), losses=tuple(self._losses), unit=unit, title=clean_words(title))

    @contextlib.contextmanager
    def nest(self) -> Iterator[None]:
        """Go one level deeper, whatever it is.

        Raises:
            NotesError: when that is deeper than anybody means.
        """
        if self.nesting == DEEPEST_NESTING:
            raise too_deep()
        self.nesting += 1
        yield
        self.nesting -= 1

    @contextlib.contextmanager
    def open_list(self) -> Iterator[None]:
        """Go into a list."""
        with self.nest():
            self._opens_list = self._opens_list or self._depth == 0
            self._depth += 1
            yield
            self._depth -= 1
            self._item = None
            if self._depth == 0:
                self._opens_list = False

    @contextlib.contextmanager
    def quote(self) -> Iterator[None]:
        """Go into a block quote."""
        with self.nest():
            outside, self.kind = self.kind, LineKind.QUOTE
            yield
            self.kind = outside

    def begin_item(self, bullet: Bullet, label: str = "") -> None:
        """Let the next line be the first one of an item."""
        self._item = _Item(bullet=bullet, label=label)

    def add_paragraph(self, text: MarkedText, *, number: int = 0, level: int = 0) -> None:
        """Add a paragraph, or a heading of a level; one that holds nothing does not count."""
        lines = text.lines()
        if not lines and not text.losses:
            return
        number = self._count(number)
        kind = LineKind.HEADING if level else self.kind
        for line in lines:
            if line.words:
                own = line.number or number
                self._append(NoteLine(number=own, words=line.words, marks=line.marks, kind=kind, level=level))
            self._add_remarks(line.remarks, line.number or number)
        self._losses += [Loss(number=number, what=what, words=clean_words(words)) for what, words in text.losses]

    def add_row(self, cells: Sequence[MarkedText], *, number: int = 0) -> None:
        """Add the row of a table; an empty one is dropped."""
        lines = [cell.lines() for cell in cells]
        words = tuple(" ".join(line.words for line in cell if line.words) for cell in lines)
        losses = [loss for cell in cells for loss in cell.losses]
        remarks = [remark for cell in lines for line in cell for remark in line.remarks]
        if not any(words) and not losses and not remarks:
            return
        number = self._count(number)
        if any(words):
            joined = " ".join(each for each in words if each)
            self._append(NoteLine(number=number, words=joined, cells=words, kind=LineKind.ROW))
        self._add_remarks(remarks, number)
        self._losses += [Loss(number=number, what=what, words=clean_words(said)) for what, said in losses]

    def add_code(self, text: str, *, number: int = 0) -> None:
        """Add lines of code as they are typed; blank lines among them are gaps."""
        if not text.strip():
            return
        counted = self._count(number)
        gap = 0
        for offset, typed in enumerate(text.split("\n")):
            refused = {index for index, _ in find_refused(typed.expandtabs())}
            line = "".join(each for at, each in enumerate(typed.expandtabs()) if at not in refused).rstrip()
            if line:
                own = counted + (offset if number else 0)
                self._append(NoteLine(number=own, words=line, kind=LineKind.CODE, gap=gap))
            gap = 0 if line else gap + 1

    def add_rule(self, *, number: int = 0) -> None:
        """Add a rule across the page."""
        self._append(NoteLine(number=self._count(number), words="", kind=LineKind.RULE))

    def add_loss(self, what: str, words: str, *, number: int = 0) -> None:
        """Say what cannot be kept; without a number it belongs to the paragraph before."""
        self._losses.append(Loss(number=number or max(self.number, 1), what=what, words=clean_words(words)))

    def _count(self, number: int) -> int:
        self.number = number or self.number + 1
        return self.number

    def _add_remarks(self, remarks: Sequence[Remark], number: int) -> None:
        self._lines += [
            NoteLine(number=number, words=each.words, depth=self._depth, kind=LineKind.COMMENT, author=each.author)
            for each in remarks
            if each.words
        ]

    def _append(self, line: NoteLine) -> None:
        item = self._item or _Item(bullet=Bullet.NONE, label="")
        self._lines.append(
            replace(line, depth=self._depth, bullet=item.bullet, label=item.label, opens_list=self._opens_list)
        )
        self._item = None
        self._opens_list = False
