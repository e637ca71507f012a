"""Who may ask the preview for anything: this machine's own browser tab, opened at the address that was printed.

Comes in: the head of a request. Goes out: a refusal or None, and the headers that every answer carries.
Another page in the same browser can send requests here, and can have a name of its own lead to 127.0.0.1: it is known
by the names in Host, Origin and Sec-Fetch-Site, which a page cannot write. The token keeps out all others.
Left to others: what is answered to those who are let in (`routes`).
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Headers = list[tuple[bytes, bytes]]

METHODS = frozenset({"GET", "HEAD"})
SITES = frozenset({b"same-origin", b"none"})
"""From our own page, or from nowhere: typed, bookmarked, clicked in a terminal (Fetch Metadata, 2.1)."""

MOST_PATH_CHARACTERS = 512
MOST_QUERY_BYTES = 4096
"""The name of a session may be as long as a path, three bytes a letter."""
MOST_HEADER_BYTES = 16_384

CLOSED_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""What anything but the page may do in a browser: nothing (Content Security Policy, level 3)."""

ALWAYS = {
    b"cache-control": b"no-store",
    b"content-security-policy": CLOSED_POLICY.encode(),
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"referrer-policy": b"no-referrer",
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
}
"""On every answer, unless it says something else itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What is known of a request before its address means anything; names of headers are in small letters."""

    method: str
    path: str
    query: bytes
    headers: Sequence[tuple[bytes, bytes]]

    def values(self, name: bytes) -> list[bytes]:
        """Give all values of a header."""
        return [value.strip().lower() for key, value in self.headers if key == name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why somebody is not let in."""

    status: HTTPStatus
    message: str


class Admission:
    """The rules of one server, at a port and with a token."""

    def __init__(self, *, port: int, token: str) -> None:
        """Let in who calls the server by its own name and knows the token."""
        self._hosts = {f"{name}:{port}".encode() for name in ("127.0.0.1", "localhost", "[::1]")}
        self._token = token.encode()

    def refuse(self, head: Head) -> Refusal | None:
        """Say why a request is refused, or None; the token is looked at last, so that no stranger can try some."""
        hosts = head.values(b"host")
        if len(hosts) != 1 or hosts[0] not in self._hosts:
            return Refusal(status=HTTPStatus.MISDIRECTED_REQUEST, message="this is no server of that name")
        if head.method not in METHODS:
            return Refusal(status=HTTPStatus.METHOD_NOT_ALLOWED, message="there is nothing to be changed here")
        if any(origin != b"http://" + hosts[0] for origin in head.values(b"origin")):
            return Refusal(status=HTTPStatus.FORBIDDEN, message="this is not for other pages")
        if any(site not in SITES for site in head.values(b"sec-fetch-site")):
            return Refusal(status=HTTPStatus.FORBIDDEN, message="this is not for other pages")
        return _refuse_length(head) or self._refuse_token(head.path)

    def _refuse_token(self, path: str) -> Refusal | None:
        given = path.removeprefix("/").partition("/")[0].encode()
        if hmac.compare_digest(given, self._token):
            return None
        return Refusal(status=HTTPStatus.FORBIDDEN, message="open the address that studyguide watch printed last")


def _refuse_length(head: Head) -> Refusal | None:
    if len(head.path) > MOST_PATH_CHARACTERS or len(head.query) > MOST_QUERY_BYTES:
        return Refusal(status=HTTPStatus.REQUEST_URI_TOO_LONG, message="the address is too long")
    if sum(len(name) + len(value) for name, value in head.headers) > MOST_HEADER_BYTES:
        return Refusal(status=HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, message="the request is too long")
    return None


def complete_headers(headers: Sequence[tuple[bytes, bytes]]) -> Headers:
    """Add to an answer's headers what every answer carries."""
    given = {name.lower() for name, _ in headers}
    return [*headers, *((name, value) for name, value in ALWAYS.items() if name not in given)]
