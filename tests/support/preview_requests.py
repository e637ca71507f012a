"""Requests to the preview as any program can write them, good and bad.

Comes in: a server's address, a path, headers as they are to be sent. Goes out: answers.
Left to others: what a browser would send (`browser_tabs`).
"""

from __future__ import annotations

import json
import socket
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

PATIENCE_SECONDS = 30.0
"""How long a request waits for its answer: longer than any poll."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back; names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def text(self) -> str:
        """The content as text."""
        return self.content.decode()

    def json(self) -> dict[str, Any]:
        """Give the content as it was before it was written as JSON."""
        read = json.loads(self.content)
        assert isinstance(read, dict)
        return read


def place_of(address: str) -> tuple[str, int]:
    """Give host and port of an address."""
    parts = urlsplit(address)
    assert parts.hostname
    assert parts.port
    return parts.hostname, parts.port


def ask(address: str, path: str = "", *, method: str = "GET", headers: Mapping[str, str] | None = None) -> Answer:
    """Ask for something below an address; a path that begins with a solidus is one of the server's."""
    host, port = place_of(address)
    connection = HTTPConnection(host, port, timeout=PATIENCE_SECONDS)
    target = path if path.startswith("/") else urlsplit(address).path + path
    try:
        connection.request(method, target, headers=dict(headers or {}))
        response = connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Answer(status=response.status, headers=found, content=response.read())
    finally:
        connection.close()


def connect(address: str) -> socket.socket:
    """Open a connection on which nothing is sent yet."""
    return socket.create_connection(place_of(address), timeout=PATIENCE_SECONDS)


def receive_all(connection: socket.socket) -> bytes:
    """Take all that comes until the other side closes; to be cut off is an end, too."""
    received = bytearray()
    try:
        while piece := connection.recv(65536):
            received += piece
    except ConnectionResetError:
        pass
    return bytes(received)


def send_raw(address: str, request: bytes) -> bytes:
    """Send bytes as they are and take all that comes back."""
    with connect(address) as connection:
        connection.sendall(request)
        return receive_all(connection)
