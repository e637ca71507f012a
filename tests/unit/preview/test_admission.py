"""Who is let in: the table of rules, row by row."""

from __future__ import annotations

import pytest

from studyguide.preview.admission import (
    MOST_HEADER_BYTES,
    MOST_PATH_CHARACTERS,
    MOST_QUERY_BYTES,
    Admission,
    Head,
    complete_headers,
)

PRINTED = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
"""The token of the address that was printed."""

RULES = Admission(port=7312, token=PRINTED)
HOST = (b"host", b"127.0.0.1:7312")


def status(*headers: tuple[bytes, bytes], method: str = "GET", path: str = f"/{PRINTED}/", query: bytes = b"") -> int:
    """Give the status of the refusal, 200 when there is none."""
    refusal = RULES.refuse(Head(method=method, path=path, query=query, headers=headers))
    return refusal.status if refusal else 200


@pytest.mark.parametrize("host", [b"127.0.0.1:7312", b"localhost:7312", b"[::1]:7312", b"LocalHost:7312"])
def test_the_servers_own_names_are_let_in(host: bytes) -> None:
    """What a browser on this machine calls it."""
    assert status((b"host", host)) == 200


@pytest.mark.parametrize(
    "host",
    [
        b"evil.example:7312",
        b"127.0.0.1.evil.example:7312",
        b"localhost.evil.example:7312",
        b"evil.localhost:7312",
        b"127.0.0.1",
        b"127.0.0.1:80",
        b"127.0.0.1:73120",
        b"127.1:7312",
        b"0.0.0.0:7312",
        b"2130706433:7312",
        b"user@127.0.0.1:7312",
        b"localhost.:7312",
        b"",
    ],
)
def test_another_name_is_refused_before_the_token_is_looked_at(host: bytes) -> None:
    """A page can let a name of its own lead here (DNS rebinding); it learns nothing of the token."""
    assert status((b"host", host)) == 421
    assert status((b"host", host), path="/wrong/") == 421
    assert status((b"host", host), method="POST") == 421


def test_a_request_has_one_host() -> None:
    """None, or a second one, is refused."""
    assert status() == 421
    assert status(HOST, HOST) == 421
    assert status(HOST, (b"host", b"evil.example")) == 421


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "get", "BREW"])
def test_nothing_can_be_changed(method: str) -> None:
    """Only to look is allowed."""
    assert status(HOST, method=method) == 405
    assert status(HOST, method="HEAD") == 200


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        (b"http://127.0.0.1:7312", 200),
        (b"http://localhost:7312", 403),
        (b"https://127.0.0.1:7312", 403),
        (b"http://127.0.0.1:7313", 403),
        (b"http://evil.example", 403),
        (b"null", 403),
        (b"", 403),
    ],
)
def test_pages_of_another_origin_are_refused(origin: bytes, expected: int) -> None:
    """The origin has to be the server as it was called, to the letter."""
    assert status(HOST, (b"origin", origin)) == expected


@pytest.mark.parametrize(
    ("site", "expected"),
    [(b"same-origin", 200), (b"none", 200), (b"same-site", 403), (b"cross-site", 403), (b"", 403), (b"odd", 403)],
)
def test_requests_from_elsewhere_are_refused(site: bytes, expected: int) -> None:
    """`same-site` is another port of this machine: any program's page."""
    assert status(HOST, (b"sec-fetch-site", site)) == expected
    assert status(HOST, (b"sec-fetch-site", b"none"), (b"sec-fetch-site", site)) == expected


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "",
        "//",
        f"//{PRINTED}/",
        f"/{PRINTED[:-1]}/",
        f"/{PRINTED}0/",
        f"/{PRINTED[:-1]}1/",
        f"/{PRINTED.upper()}/",
        f"/ {PRINTED}/",
        f"/x/../{PRINTED}/",
        "/état/",
        "/favicon.ico",
        "/robots.txt",
    ],
)
def test_without_the_token_nobody_comes_in(path: str) -> None:
    """One letter less, one more, another one: all the same."""
    assert status(HOST, path=path) == 403
    assert status(HOST, path=f"/{PRINTED}/state") == 200


def test_what_is_too_long_is_refused() -> None:
    """Addresses and heads have a sensible length."""
    assert status(HOST, path=f"/{PRINTED}/" + "a" * MOST_PATH_CHARACTERS) == 414
    assert status(HOST, query=b"a" * (MOST_QUERY_BYTES + 1)) == 414
    assert status(HOST, (b"cookie", b"a" * MOST_HEADER_BYTES)) == 431


def test_every_answer_carries_the_same_headers() -> None:
    """Unless it says something else itself, in whatever letters."""
    given = [(b"Cache-Control", b"private"), (b"content-type", b"image/png")]
    completed = complete_headers(given)
    assert completed[:2] == given
    names = [name.lower() for name, _ in completed]
    assert len(names) == len(set(names))
    assert {b"content-security-policy", b"x-content-type-options", b"referrer-policy"} < set(names)
    assert not any(name.startswith(b"access-control") for name in names)
