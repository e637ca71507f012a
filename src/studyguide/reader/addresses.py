"""Web and mail addresses: where they end, which ones are live links, how they are found in plain text.

Comes in: text and link targets. Goes out: addresses to RFC 3986, of the schemes http, https and mailto only.
Left to others: percent-encoding (`markdown_inline`), the words of a link (`inlines`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LIVE_SCHEMES = ("http", "https", "mailto")
"""What a printed or clicked link may be: never a file, never a program."""

_PAIRS = {")": "(", "]": "[", "}": "{"}
_TRAILING = "?!.,:;*_~\"'”’»›"
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_HOST = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?){1,8}"
_UNTYPED = re.compile(
    rf"(?<![\w.@/])(?:(?P<web>www\.{_HOST}(?:[/?#][^\s<>，。、；：！？「」『』（）【】《》«»“”‘’]*)?)"
    rf"|(?P<mail>[a-z0-9][a-z0-9.!#$%&*+/=?^_|~-]{{0,63}}@{_HOST}))(?![\w@])",
    re.IGNORECASE,
)


def trim_address(address: str) -> str:
    """Cut what closes the sentence and not the address (GitHub Flavored Markdown, autolinks, path validation)."""
    while address:
        last = address[-1]
        is_unpaired = last in _PAIRS and address.count(last) > address.count(_PAIRS[last])
        if last not in _TRAILING and not is_unpaired:
            break
        address = address[:-1]
    return address


def find_scheme(address: str) -> str:
    """Give an address's scheme in small letters (RFC 3986, 3.1), empty when it has none."""
    match = _SCHEME.match(address.strip())
    return match[1].lower() if match else ""


def is_live(address: str) -> bool:
    """Whether a link to the address may be live: it has an allowed scheme and something after it."""
    scheme = find_scheme(address)
    rest = address.strip()[len(scheme) + 1 :]
    return scheme in LIVE_SCHEMES and bool(rest.strip("/")) and (scheme == "mailto" or rest.startswith("//"))


def find_untyped(text: str) -> Iterator[tuple[int, int, str]]:
    """Find `www.` and mail addresses in plain text: start, end, and the address with its scheme."""
    if "@" not in text and "www." not in text.lower():
        return
    for match in _UNTYPED.finditer(text):
        if match["web"]:
            words = trim_address(match["web"])
            yield match.start(), match.start() + len(words), f"http://{words}"
        else:
            yield match.start(), match.end(), f"mailto:{match['mail']}"
