"""The preview's server: shows a board to browsers on this machine, in a thread of its own.

Comes in: a board, the page's HTML, perhaps a port. Goes out: an address with a token that nobody can guess.
Left to others: what is answered (`routes`), to whom (`admission`), how long a connection may last (`connections`).
"""

from __future__ import annotations

import asyncio
import errno
import secrets
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING

import uvicorn

from studyguide.errors import UsageError
from studyguide.preview.admission import MOST_HEADER_BYTES, Admission
from studyguide.preview.connections import USUAL_LIMITS, Limits, limit_connections
from studyguide.preview.polls import Polls
from studyguide.preview.rendering import PageRenderer
from studyguide.preview.routes import Entrance, Routes

if TYPE_CHECKING:
    from studyguide.preview.board import Board

THIS_MACHINE = "127.0.0.1"

DEFAULT_PORT = 7312
"""Where nothing else is known to listen; the same each time, so that an address can be recognised."""

TOKEN_BYTES = 16
"""128 bits (rule W7)."""

PATIENCE_SECONDS = 0.4
"""How long answers under way may take when the server ends; then their connections are cut."""

FINDERS = 4
"""How many may look for places: of a whole guide that takes seconds, in which others want those of their handout."""

BACKLOG = 64


class PreviewServer:
    """Shows a board at an address of this machine."""

    def __init__(
        self, board: Board, *, page: bytes, port: int | None = None, token: str = "", limits: Limits = USUAL_LIMITS
    ) -> None:
        """Take a board and the page that shows it; without a port, `DEFAULT_PORT` is taken if it is free."""
        self._board = board
        self._page = page
        self._wanted_port = port
        self._token = token or secrets.token_hex(TOKEN_BYTES)
        self._limits = limits
        self._thread: threading.Thread | None = None

    @property
    def address(self) -> str:
        """Where the page is, once the server has started."""
        return f"http://{THIS_MACHINE}:{self._port}/{self._token}/"

    def start(self) -> None:
        """Begin to answer.

        Raises:
            UsageError: when the port that was asked for cannot be had.
        """
        listener = _listen(self._wanted_port)
        self._port = listener.getsockname()[1]
        self._runner = asyncio.Runner(loop_factory=asyncio.new_event_loop)
        self._loop = self._runner.get_loop()
        self._closing = asyncio.Event()
        self._thread = threading.Thread(target=self._run, args=(listener,), name="preview server", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End: within a second, however many wait for an answer."""
        if self._thread is not None:
            with suppress(RuntimeError):  # the loop ended by itself, on a bug
                self._loop.call_soon_threadsafe(self._closing.set)
            self._thread.join()
            self._thread = None

    def _run(self, listener: socket.socket) -> None:
        renderer = PageRenderer()
        with (
            ThreadPoolExecutor(1, thread_name_prefix="drawing") as drawer,
            ThreadPoolExecutor(FINDERS, thread_name_prefix="finding") as finders,
            self._runner as runner,
        ):
            runner.run(self._serve(listener, renderer, drawer, finders))
        renderer.close()

    async def _serve(
        self, listener: socket.socket, renderer: PageRenderer, drawer: ThreadPoolExecutor, finders: ThreadPoolExecutor
    ) -> None:
        polls = Polls(self._board, asyncio.get_running_loop())
        routes = Routes(self._board, page=self._page, polls=polls, renderer=renderer, drawer=drawer, finders=finders)
        entrance = Entrance(routes.application(self._token), Admission(port=self._port, token=self._token))
        server = uvicorn.Server(_configure(entrance, self._limits))
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        await self._closing.wait()
        server.should_exit = True
        polls.close()
        routes.close()
        await asyncio.wait({serving}, timeout=PATIENCE_SECONDS)
        for connection in tuple(server.server_state.connections):
            connection.transport.abort()
        await serving


def _configure(entrance: Entrance, limits: Limits) -> uvicorn.Config:
    """Set up uvicorn: no log of addresses, for they hold the token, no name of the server, no WebSockets."""
    return uvicorn.Config(
        entrance,
        http=limit_connections(limits),
        ws="none",
        loop="asyncio",
        lifespan="off",
        log_config=None,
        log_level="error",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        backlog=BACKLOG,
        h11_max_incomplete_event_size=MOST_HEADER_BYTES,
    )


def _listen(wanted: int | None) -> socket.socket:
    try:
        return _bind(DEFAULT_PORT if wanted is None else wanted)
    except (OSError, OverflowError) as problem:
        if wanted is None:
            return _bind(0)
        is_taken = isinstance(problem, OSError) and problem.errno == errno.EADDRINUSE
        reason = "is in use" if is_taken else "cannot be used"
        raise UsageError(f"port {wanted} {reason}", hint="leave out --port, and a free one is taken") from problem


def _bind(port: int) -> socket.socket:
    # With the protocol named, asyncio sends at once: else a small answer waits 40 ms for its second half (Nagle).
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((THIS_MACHINE, port))
        listener.listen(BACKLOG)
    except BaseException:
        listener.close()
        raise
    return listener
