"""Which sessions were edited since the watch began, and in what order.

Comes in: which files have changed. Goes out: the sessions whose usual handout comes first.
Left to others: what is built of them (`live`), what counts as a change (`snapshot`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.preview.board import Choice
from studyguide.targets import sessions_of

if TYPE_CHECKING:
    from pathlib import Path

    from studyguide.preview.board import Shelf
    from studyguide.targets import Target


class Edits:
    """The edited sessions of one `studyguide watch`."""

    def __init__(self) -> None:
        """Know of none."""
        self._edited: dict[Path, float] = {}
        self._sessions: dict[Target, frozenset[Path]] = {}

    def note(self, targets: tuple[Target, ...], changed: frozenset[Path], now: float) -> None:
        """Take in which files have changed; a session that has come into a known guide counts as edited."""
        before, self._sessions = self._sessions, {each: frozenset(sessions_of(each)) for each in targets}
        for target, sessions in self._sessions.items():
            newcomers = sessions - before.get(target, sessions)
            for session in sessions & changed | newcomers:
                self._edited[session] = now

    def find_newest(self, shelves: tuple[Shelf, ...]) -> str:
        """Give the name of the entry that was edited last, nothing when none was."""
        newest = max(self._edited, key=lambda each: self._edited[each], default=None)
        return next((entry.name for shelf in shelves for entry in shelf.entries if entry.source == newest), "")

    def choices(self, shelves: tuple[Shelf, ...]) -> tuple[Choice, ...]:
        """Give the usual handouts of the edited sessions, the newest first."""
        usual = {
            entry.source: Choice(source=entry.source, audience=shelf.audiences[0], paper=shelf.papers[0])
            for shelf in shelves
            for entry in shelf.entries
            if entry.source in self._edited
        }
        newest_first = sorted(self._edited, key=lambda each: -self._edited[each])
        return tuple(usual[each] for each in newest_first if each in usual)
