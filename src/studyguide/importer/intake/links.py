"""Addresses of links as they are meant: without the detour that a program wrapped around them.

Comes in: the target of a link. Goes out: its address, empty when it leads nowhere outside the document.
Left to others: addresses that stand in the words themselves.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

_OUTSIDE = re.compile(r"(?:https?|mailto|tel|ftp):", re.IGNORECASE)
_DETOURS = {"www.google.com": "q", "google.com": "q"}
"""Sites that documents send a reader through, and the field that holds the real address."""


def find_address(target: str) -> str:
    """Give the address that a link leads to, empty for a place in the document itself, a file or a script."""
    target = target.strip()
    if not _OUTSIDE.match(target):
        return ""
    try:
        parts = urlsplit(target)
        field = _DETOURS.get(parts.netloc.lower(), "")
        wrapped = parse_qs(parts.query).get(field, []) if field and parts.path == "/url" else []
    except ValueError:
        return target
    return wrapped[0] if wrapped and _OUTSIDE.match(wrapped[0]) else target
