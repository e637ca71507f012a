"""A board with two guides on it, and proofs of small PDFs: what the browser tests look at.

Comes in: a folder, the text of each page. Goes out: a desk whose board a server can show.
Left to others: real guides and a real engine; a page in the browser cannot tell them from these.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pdfs import small_pdf

from studyguide.artifacts import Place, Places
from studyguide.diagnostics import SourceSpan
from studyguide.model.guide import Audience, Paper
from studyguide.prepress import describe_pages
from studyguide.preview.board import Board, Choice, Entry, Proof, Shelf

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

WIDTH, HEIGHT = 612.0, 792.0
NOON = datetime.datetime(2026, 5, 12, 12, 3, 11, tzinfo=datetime.UTC)
WELLS = "commons/02-wells"
BREAD = "commons/01-bread"
WELLS_FILE = "02-wells.md"
FIRST_LINE = 10
"""What stands on the first page of a proof comes from this line, what stands on the second from the next, and so on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A board, and whose files are on it."""

    folder: Path
    board: Board = field(default_factory=lambda: Board(now=lambda: NOON))

    def call_wells(self, title: str) -> None:
        """Put the guide on the board, with this title of its second session."""
        self.board.put_shelves((_shelf(self.folder, title),))

    def choice(self, name: str = WELLS, audience: Audience = Audience.PARTICIPANT) -> Choice:
        """Give the choice of an entry as it is called in the address."""
        found = self.board.find(name)
        assert found is not None
        return Choice(source=found[1].source, audience=audience, paper=Paper.LETTER)

    def span(self, line: int, name: str = WELLS_FILE) -> SourceSpan:
        """Give a place in a session's file."""
        return SourceSpan(path=self.folder / "sessions" / name, line=line, column=1)

    def proof(
        self, *texts: str, choice: Choice | None = None, lines: Sequence[int] = (), is_flawed: bool = False
    ) -> Proof:
        """Make a proof of one text a page; `lines` says from which source line each page comes."""
        content = small_pdf(*texts)
        numbers = lines or range(FIRST_LINE, FIRST_LINE + len(texts))
        places = tuple(
            Place(page=page, left=0.0, top=0.0, right=WIDTH, bottom=HEIGHT, span=self.span(line))
            for page, line in enumerate(numbers)
        )
        return Proof(
            choice=choice or self.choice(),
            file_name="" if is_flawed else "02-wells.pdf",
            content=content,
            pages=describe_pages(content),
            find_places=lambda: Places(places=places),
            made_at=NOON,
            is_flawed=is_flawed,
        )

    def show(self, *texts: str, choice: Choice | None = None, lines: Sequence[int] = ()) -> Proof:
        """Put a proof on the board."""
        proof = self.proof(*texts, choice=choice, lines=lines)
        self.board.show(proof, ())
        return proof


def a_desk(folder: Path) -> Desk:
    """Put the guide on the board: two sessions and the whole; nothing is shown of them yet."""
    desk = Desk(folder=folder)
    desk.call_wells("Wells")
    desk.board.say(watching="changes arrive in 3 ms")
    return desk


def _shelf(folder: Path, title: str) -> Shelf:
    sessions = folder / "sessions"
    return Shelf(
        title="Commons Reader",
        entries=(
            _entry(BREAD, "Bread", "2026-04-14", sessions / "01-bread.md"),
            _entry(WELLS, title, "2026-05-12", sessions / WELLS_FILE),
            Entry(name="commons", title="Commons Reader", day="", source=folder, is_whole_guide=True),
        ),
        audiences=(Audience.PARTICIPANT, Audience.FACILITATOR),
        papers=(Paper.LETTER, Paper.A4),
    )


def _entry(name: str, title: str, day: str, source: Path) -> Entry:
    return Entry(name=name, title=title, day=day, source=source, is_whole_guide=False)


def texts_of(count: int, *, other: int | None = None, folio_of: int | None = None) -> tuple[str, ...]:
    """Give the texts of so many pages; page `other` says something else, and a folio can name the whole count."""
    folio = f" of {folio_of}" if folio_of else ""
    return tuple(f"page {number}{' newly set' if number == other else ''}{folio}" for number in range(1, count + 1))
