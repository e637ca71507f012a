"""Connections that cannot be held open for nothing: what uvicorn leaves to a proxy before it, of which there is none.

Comes in: connections. Goes out: the same, with a limit to their number and a time limit to each step. Owns uvicorn's
protocol. uvicorn 0.54 has a time limit for idle connections only: one that sends a byte now and then stays for ever.
Its limit of connections refuses a request of any once there are too many; here those who came first are served.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol

from studyguide.preview.admission import complete_headers
from studyguide.preview.routes import answer_busy

if TYPE_CHECKING:
    import asyncio

    from uvicorn.protocols.http.h11_impl import RequestResponseCycle


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How many connections there may be, and how long each may take.

    `request_seconds` is for a whole request to arrive, `answer_seconds` for its answer to be made and taken: a page
    waits 25 s for news. One that comes when all places are taken has `unseated_seconds` to ask and to be told so.
    """

    most_connections: int = 32
    request_seconds: float = 10.0
    answer_seconds: float = 60.0
    unseated_seconds: float = 1.0


USUAL_LIMITS = Limits()
"""Five browsers' worth of connections: each opens up to six."""


class Connection(H11Protocol):
    """One connection to the preview."""

    limits: ClassVar[Limits] = USUAL_LIMITS
    _deadline: asyncio.TimerHandle | None = None
    _step: RequestResponseCycle | None = None
    _is_served = True

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin; one too many is told so, and far too many are dropped."""
        super().connection_made(transport)
        if len(self.connections) > 2 * self.limits.most_connections:
            transport.abort()
        elif len(self.connections) > self.limits.most_connections:
            self._is_served = False
            self.app = answer_busy
        self._allow(self.limits.request_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        if self._deadline is not None:
            self._deadline.cancel()
        super().connection_lost(exc)

    def handle_events(self) -> None:
        """Take what has arrived; a new step begins with a whole request, and with the end of its answer."""
        super().handle_events()
        is_asked = bool(self.cycle) and not self.cycle.response_complete  # no cycle before the first request
        step = self.cycle if is_asked else None
        if step is not self._step:
            self._step = step
            self._allow(self.limits.answer_seconds if is_asked else self.limits.request_seconds)

    def send_400_response(self, msg: str) -> None:
        """Answer what is no request, or has too long a head, with the headers of all answers."""
        headers = complete_headers([(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")])
        lines = [b"HTTP/1.1 %d Bad Request" % HTTPStatus.BAD_REQUEST, *(b"%b: %b" % header for header in headers)]
        self.transport.write(b"\r\n".join([*lines, b"", msg.encode()]))
        self.transport.close()

    def _allow(self, seconds: float) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        allowed = seconds if self._is_served else self.limits.unseated_seconds
        self._deadline = self.loop.call_later(allowed, self.transport.abort)


def limit_connections(own_limits: Limits) -> type[Connection]:
    """Give the kind of connection that has these limits; uvicorn makes one of it for each that comes."""

    class LimitedConnection(Connection):
        limits = own_limits

    return LimitedConnection
