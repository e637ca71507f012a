"""Pages that wait for news: each asks for what is newer than it knows, and is answered when there is something.

Comes in: versions of the board, from any thread. Goes out: the moment to answer.
Left to others: what the news is (`answers`).
"""

from __future__ import annotations

import asyncio
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from studyguide.preview.board import Board

LONGEST_SECONDS = 25.0
"""How long a question waits: shorter than any program between page and server would allow."""

MOST_PATIENT_POLLS = 4
"""A browser opens six connections to one server for all its tabs together: two have to stay free for pictures."""

CROWDED_SECONDS = 1.0
"""How long a question waits that is one too many."""


class Polls:
    """The questions that wait, in the server's loop; only `ring` may be called from another thread."""

    def __init__(self, board: Board, loop: asyncio.AbstractEventLoop) -> None:
        """Hear of every change of the board."""
        self._board = board
        self._loop = loop
        self._waiting: set[asyncio.Event] = set()
        self._is_open = True
        board.listen(self.ring)

    def ring(self) -> None:
        """Have all who wait look again; after the end of the loop nobody does."""
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._wake)

    def close(self) -> None:
        """Let nobody wait any more."""
        self._is_open = False
        self._wake()

    async def wait_beyond(self, version: int, until_gone: Callable[[], Awaitable[None]]) -> None:
        """Wait until the board is not at this version any more, the asker is gone, or the time is over."""
        patience = LONGEST_SECONDS if len(self._waiting) < MOST_PATIENT_POLLS else CROWDED_SECONDS
        with self._waiter() as woken, suppress(TimeoutError):
            async with asyncio.timeout(patience):
                gone = asyncio.ensure_future(until_gone())
                gone.add_done_callback(lambda _: woken.set())
                try:
                    while self._is_open and self._board.version == version and not gone.done():
                        await woken.wait()
                        woken.clear()
                finally:
                    gone.cancel()

    @contextmanager
    def _waiter(self) -> Iterator[asyncio.Event]:
        woken = asyncio.Event()
        self._waiting.add(woken)
        try:
            yield woken
        finally:
            self._waiting.discard(woken)

    def _wake(self) -> None:
        for woken in self._waiting:
            woken.set()
