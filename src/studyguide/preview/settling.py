"""When a change counts: as soon as nobody is writing any more, so that no half-saved file is built.

Comes in: hints with the time of a clock. Goes out: the time at which to look, and whether what is seen then counts.
Left to others: waiting (`sources`), what there is to see (`snapshot`).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

CLOSED_SECONDS = 0.01
"""How long it has to be quiet after one file was closed or put in its place: it is whole, but others may follow."""

SETTLE_SECONDS = 0.15
"""How long it has to be quiet while a file is open, or when several change: programs pause up to 0.07 s then."""

HOLLOW_SECONDS = 0.3
"""How long a known file may be empty or missing before that counts: some programs empty a file, and then write it."""

CAP_SECONDS = 1.0
"""How long the looking can be put off by changes that do not end."""


class Settling:
    """Changes that have been heard of and do not count yet."""

    def __init__(self) -> None:
        """Begin with no change."""
        self._is_open: dict[Path, bool] = {}
        self._first = self._last = 0.0
        self._counted_at = -math.inf
        self._is_in_a_row = False
        self._is_doubted = False

    @property
    def hints(self) -> Collection[Path]:
        """What may have changed."""
        return self._is_open.keys()

    @property
    def due_at(self) -> float:
        """When to look; never, as long as nothing was heard of."""
        if not self._is_open:
            return math.inf
        if self._is_doubted:
            quiet = HOLLOW_SECONDS
        else:
            is_one_whole = len(self._is_open) == 1 and not any(self._is_open.values())
            quiet = CLOSED_SECONDS if is_one_whole and not self._is_in_a_row else SETTLE_SECONDS
        return min(self._last + quiet, self._first + CAP_SECONDS)

    def note(self, hints: Mapping[Path, bool], now: float) -> None:
        """Take in what may have changed, and whether its file is closed again."""
        if not hints:
            return
        if not self._is_open:
            self._first = now
            self._is_in_a_row = now < self._counted_at + SETTLE_SECONDS
        self._last = now
        self._is_doubted = False
        self._is_open.update((path, not is_closed) for path, is_closed in hints.items())

    def counts(self, *, now: float, is_changing: bool, has_hollowed: bool) -> bool:
        """Whether what is seen counts: not while it changes from look to look, and what became hollow not at once."""
        if is_changing and now < self._first + CAP_SECONDS:
            self._last = now
            return False
        if has_hollowed and not self._is_doubted:
            self._is_doubted = True
            return False
        return True

    def clear(self, now: float) -> None:
        """Forget the changes, since they count now; what follows soon is the rest of them, and takes longer."""
        self._counted_at = now
        self._is_open.clear()
        self._is_doubted = False
