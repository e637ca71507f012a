"""The identifier of a file, made from all the rest of it (ISO 32000-2, 14.4).

Comes in: a file whose trailer keeps a place for its identifier. Goes out: the file with it; no other byte has moved.
Left to others: keeping the place: studyguide-catalog.lua does, or `assemble`.
"""

from __future__ import annotations

import hashlib

IDENTIFIER_BYTES = 16
PLACEHOLDER = bytes(IDENTIFIER_BYTES)
"""Stands for the identifier while the file that it is made from is being written."""

PARTS = 2
"""An identifier is written twice: for the file as it was first made, and for this version of it."""

TRAILER = b"\ntrailer\n"
WRITTEN = PLACEHOLDER.hex().encode()


def awaits_identifier(content: bytes) -> bool:
    """Say whether a file keeps a place for its identifier; a file that does was described by our class."""
    _, mark, trailer = content.rpartition(TRAILER)
    return bool(mark) and trailer.count(b"<%b>" % WRITTEN) == PARTS


def identify(content: bytes) -> bytes:
    """Put the identifier into its place."""
    body, mark, trailer = content.rpartition(TRAILER)
    identifier = hashlib.blake2b(content, digest_size=IDENTIFIER_BYTES).hexdigest().encode()
    return body + mark + trailer.replace(WRITTEN, identifier)
