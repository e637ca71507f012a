"""Waiting for news: answered when there are some, when the asker is gone, when the time is over, when all is over."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

from preview_desks import NOON

from studyguide.preview.board import Board
from studyguide.preview.polls import CROWDED_SECONDS, MOST_PATIENT_POLLS, Polls

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

PATIENCE_SECONDS = 15.0
"""Less than a question waits at most."""


async def never() -> None:
    """Stay."""
    await asyncio.Event().wait()


def run(act: Callable[[Board, Polls], Awaitable[None]]) -> None:
    """Let something happen in a loop; what waits in vain waits longer than this."""

    async def bounded() -> None:
        board = Board(now=lambda: NOON)
        async with asyncio.timeout(PATIENCE_SECONDS):
            await act(board, Polls(board, asyncio.get_running_loop()))

    asyncio.run(bounded())


async def begun(poll: Awaitable[None]) -> asyncio.Task[None]:
    """Let a question begin to wait."""
    task = asyncio.ensure_future(poll)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert isinstance(task, asyncio.Task)
    return task


def test_who_knows_an_older_version_is_answered_at_once() -> None:
    """And who knows one that there is not yet, from another run of the server."""

    async def act(board: Board, polls: Polls) -> None:
        board.say(watching="closely")
        for known in (-1, 0, board.version - 1, board.version + 1):
            task = await begun(polls.wait_beyond(known, never))
            assert task.done()

    run(act)


def test_who_knows_the_newest_version_waits_for_the_next() -> None:
    """It comes from another thread."""

    async def act(board: Board, polls: Polls) -> None:
        waiting = await begun(polls.wait_beyond(board.version, never))
        assert not waiting.done()
        thread = threading.Thread(target=lambda: board.say(watching="closely"))
        thread.start()
        await waiting
        thread.join()
        assert board.version == 2

    run(act)


def test_a_bell_without_news_wakes_nobody() -> None:
    """Listeners hear of new questions, too."""

    async def act(board: Board, polls: Polls) -> None:
        waiting = await begun(polls.wait_beyond(board.version, never))
        polls.ring()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert not waiting.done()
        board.say(watching="closely")
        await waiting

    run(act)


def test_who_has_gone_is_not_waited_for() -> None:
    """A tab that was closed frees its place."""

    async def act(board: Board, polls: Polls) -> None:
        gone = asyncio.Event()

        async def until_gone() -> None:
            await gone.wait()

        waiting = await begun(polls.wait_beyond(board.version, until_gone))
        assert not waiting.done()
        gone.set()
        await waiting

    run(act)


def test_at_the_end_nobody_waits_any_more() -> None:
    """Those who come after it are answered at once."""

    async def act(board: Board, polls: Polls) -> None:
        waiting = [await begun(polls.wait_beyond(board.version, never)) for _ in range(3)]
        polls.close()
        await asyncio.gather(*waiting)
        await polls.wait_beyond(board.version, never)

    run(act)


def test_one_too_many_is_answered_soon() -> None:
    """A browser has six connections for all its tabs; pictures need some of them."""

    async def act(board: Board, polls: Polls) -> None:
        patient = [await begun(polls.wait_beyond(board.version, never)) for _ in range(MOST_PATIENT_POLLS)]
        start = asyncio.get_running_loop().time()
        await polls.wait_beyond(board.version, never)
        assert asyncio.get_running_loop().time() - start >= CROWDED_SECONDS - 0.1
        assert not any(task.done() for task in patient)
        polls.close()
        await asyncio.gather(*patient)

    run(act)


def test_a_change_after_the_end_of_the_loop_disturbs_nobody() -> None:
    """The board outlives its server."""
    boards: list[Board] = []

    async def act(board: Board, _: Polls) -> None:
        boards.append(board)

    run(act)
    boards[0].say(watching="still")
    assert boards[0].version == 2
