"""Web and mail addresses, as machines follow them and as people type them.

Comes in: an address of the model. Goes out: the same in the characters of RFC 3986, or as it is printed.
Left to others: making either safe for TeX (`escape`), drawing it (`qr`).
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, unquote, urlsplit, urlunsplit

SCHEMES = frozenset({"http", "https", "mailto"})

ACE = "xn--"
"""What a label in Punycode starts with (RFC 5890, 2.3.2.1)."""

KEPT = "%:/?#[]@!&'()*+,;=~"
"""What has a meaning in an address (RFC 3986, 2.2), and the tilde; a dollar, which TeX would eat, becomes `%24`."""

LOOKALIKES = frozenset({"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU"})
"""Scripts in which a whole host can be written that looks Latin."""


def encode_address(address: str) -> str:
    """Write an address in the characters of RFC 3986, the host in Punycode.

    Raises:
        ValueError: when it is not an http, https or mailto address.
    """
    scheme, host, path, query, fragment = urlsplit(address.strip())
    if scheme.lower() not in SCHEMES or (scheme.lower() != "mailto" and not host):
        raise ValueError(f"not a web or mail address: {address!r}")
    return quote(
        re.sub("%(?![0-9A-Fa-f]{2})", "%25", urlunsplit((scheme, _ascii_host(host), path, query, fragment))), safe=KEPT
    )


def readable_address(address: str) -> str:
    """Write an address as a person can type it: no scheme, no last slash, letters for their codes where that is safe.

    Of a mail address only whom it reaches: a subject is typed by hand.

    Raises:
        ValueError: when it is not an address at all.
    """
    scheme, host, path, query, fragment = urlsplit(address.strip())
    if scheme.lower() == "mailto":
        return _decoded(path)
    readable = _unicode_host(host) + _decoded(urlunsplit(("", "", path, query, fragment)))
    return readable if query or fragment else readable.removesuffix("/")


def _ascii_host(host: str) -> str:
    """Write a host in Punycode (RFC 3492), letters as they are: IDNA 2003 would turn `ß` into `ss`, another host."""
    return ".".join(
        label if label.isascii() else ACE + unicodedata.normalize("NFKC", label).lower().encode("punycode").decode()
        for label in host.split(".")
    )


def _unicode_host(host: str) -> str:
    labels = [_unicode_label(label) for label in host.split(".")]
    is_local = not labels[-1].isascii()
    return ".".join(label if _is_plain(label, is_local=is_local) else _ascii_host(label) for label in labels)


def _unicode_label(label: str) -> str:
    try:
        decoded = label[len(ACE) :].encode("ascii").decode("punycode") if label.startswith(ACE) else label
    except UnicodeError:
        return label
    return decoded if _ascii_host(decoded) == label else label


def _is_plain(label: str, *, is_local: bool) -> bool:
    """Whether a label is of one script, and of none that passes for Latin except in its own country's domain."""
    scripts = {unicodedata.name(letter, "?").partition(" ")[0] for letter in label if letter.isalpha()}
    return label.isascii() or (len(scripts) == 1 and (is_local or not scripts & LOOKALIKES))


def _decoded(text: str) -> str:
    return re.sub("(?:%[0-9A-Fa-f]{2})+", _decoded_letters, text)


def _decoded_letters(codes: re.Match[str]) -> str:
    """Decode percent codes when all of them are letters, marks or digits: typing those leads to the same place."""
    try:
        letters = unquote(codes[0], errors="strict")
    except UnicodeDecodeError:
        return codes[0]
    are_plain = all(unicodedata.category(letter)[0] in "LMN" for letter in letters)
    return letters if are_plain and unicodedata.is_normalized("NFC", letters) else codes[0]
