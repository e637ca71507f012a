"""Strangers, snoops and clients that misbehave: the preview's server gives nothing away, and goes on."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http import HTTPStatus
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import pytest
from pdfs import SmallPage, SmallPdf, stream
from preview_desks import WELLS, Desk, a_desk
from preview_requests import PATIENCE_SECONDS, Answer, ask, connect, place_of, receive_all, send_raw

from studyguide.artifacts import Places
from studyguide.preview.answers import identify
from studyguide.preview.connections import Limits
from studyguide.preview.server import PreviewServer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studyguide.preview.board import Proof

PAGE = b"<!doctype html><title>The page of the preview</title>"
CANARY = "only for the person at this machine"
SOON_SECONDS = 0.3
HURRIED = Limits(request_seconds=SOON_SECONDS, answer_seconds=SOON_SECONDS, unseated_seconds=SOON_SECONDS)
"""Nobody waits long in these tests."""

QUITE_SOON_SECONDS = 5.0
"""When what takes `SOON_SECONDS` has to be over, on a busy machine."""

SIX_MEGABYTES = 6_000_000
"""More than the buffers of any connection hold."""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Put a guide on a board, beside a file that is nobody's business."""
    (tmp_path / "sessions").mkdir()
    for name in ("secret.md", "sessions/02-wells.md", "guide.md"):
        (tmp_path / name).write_text(CANARY, encoding="utf-8")
    return a_desk(tmp_path)


@pytest.fixture
def proof(desk: Desk) -> Proof:
    """Show two pages of the second session."""
    return desk.show("wells", "rain")


@pytest.fixture
def server(desk: Desk) -> Iterator[PreviewServer]:
    """Show the board as always."""
    with started(desk) as server:
        yield server


@pytest.fixture
def hurried(desk: Desk) -> Iterator[PreviewServer]:
    """Show the board, with less patience than always."""
    with started(desk, HURRIED) as server:
        yield server


@contextlib.contextmanager
def started(desk: Desk, limits: Limits | None = None) -> Iterator[PreviewServer]:
    """Run a server; when it has ended, no thread of it is left."""
    before = set(threading.enumerate())
    server = PreviewServer(desk.board, page=PAGE, port=0, limits=limits or Limits())
    server.start()
    try:
        yield server
    finally:
        server.stop()
    assert set(threading.enumerate()) == before


def token_of(server: PreviewServer) -> str:
    """Give the token of a server's address."""
    return urlsplit(server.address).path.strip("/")


def request(
    server: PreviewServer, path: str = "", *headers: str, method: str = "GET", host: str | None = None
) -> bytes:
    """Write a request; a path that begins with a solidus is one of the server's."""
    own = "{}:{}".format(*place_of(server.address))
    target = path if path.startswith("/") else f"/{token_of(server)}/{path}"
    lines = [f"{method} {target} HTTP/1.1", f"Host: {own if host is None else host}", *headers, "Connection: close"]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


def status_of(answer: bytes) -> int:
    """Read the status of an answer."""
    assert answer.startswith(b"HTTP/1.1 "), answer[:80]
    return int(answer.split(b" ", 2)[1])


def test_only_the_tab_that_was_opened_is_answered(proof: Proof, server: PreviewServer) -> None:
    """288 requests: names of the server x origins x sites x methods, each refused by the first rule that it breaks."""
    _, port = place_of(server.address)
    own = f"127.0.0.1:{port}"
    hosts = (own, f"localhost:{port}", f"evil.example:{port}", f"127.0.0.1:{port + 1}", "127.0.0.1", "")
    origins = (None, f"http://{own}", "http://evil.example", "null")
    sites = (None, "none", "cross-site", "same-site")
    picture = f"page/{proof.pages[0].digest}.png?width=100"
    counts: dict[int, int] = {}
    for host, origin, site, method in product(hosts, origins, sites, ("GET", "HEAD", "POST")):
        headers = [f"Origin: {origin}"] * (origin is not None) + [f"Sec-Fetch-Site: {site}"] * (site is not None)
        answer = send_raw(server.address, request(server, picture, *headers, method=method, host=host))
        expected = (
            421 if host not in hosts[:2]
            else 405 if method == "POST"
            else 403 if origin not in {None, f"http://{host}"} or site not in {None, "none"}
            else 200
        )  # fmt: skip
        assert status_of(answer) == expected, (host, origin, site, method)
        assert (b"PNG" in answer) == (expected == 200 and method == "GET")
        counts[expected] = counts.get(expected, 0) + 1
    assert sum(counts.values()) == 288
    assert counts[200] == (2 + 1) * 2 * 2


@pytest.mark.parametrize("name", ["evil.example", "127.0.0.1.evil.example", "evil.localhost", "127.1", "127.0.0.2"])
def test_a_page_whose_name_leads_here_learns_nothing_of_the_token(server: PreviewServer, name: str) -> None:
    """With the right token and with a wrong one it gets the same answer, to the letter but for the time of day."""
    _, port = place_of(server.address)
    answers = [
        send_raw(server.address, request(server, path, "Sec-Fetch-Site: same-origin", host=f"{name}:{port}"))
        for path in ("", "/0/", "state", "/0/state")
    ]
    without_date = {tuple(line for line in each.split(b"\r\n") if not line.startswith(b"date:")) for each in answers}
    assert len(without_date) == 1
    assert status_of(answers[0]) == 421
    assert token_of(server).encode() not in answers[0]


def test_a_token_that_is_nearly_right_is_wrong(proof: Proof, server: PreviewServer) -> None:
    """Each digit changed, each length, each case."""
    token = token_of(server)
    near = {token[:place] + ("0" if digit != "0" else "1") + token[place + 1 :] for place, digit in enumerate(token)}
    near |= {token[:length] for length in range(len(token))} | {token + "0", token.upper(), token[::-1], f"{token}%00"}
    near.discard(token)
    path = f"page/{proof.pages[0].digest}.png?width=100"
    statuses = {status_of(send_raw(server.address, request(server, f"/{each}/{path}"))) for each in near}
    assert statuses == {403}
    assert status_of(send_raw(server.address, request(server, path))) == 200


CLIMBS = (
    "../guide.md",
    "../../../../../../etc/passwd",
    "..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/guide.md",
    "....//....//guide.md",
    "..\\..\\guide.md",
    "/etc/passwd",
    "file:///etc/passwd",
    "sessions/02-wells.md",
    "02-wells.md%00.pdf",
    "~root/.bashrc",
    "$HOME",
    "{digest}",
    "%s%s%n",
    "'; drop table",
    "a" * 3000,
)


def test_nothing_but_what_is_on_the_map_is_ever_served(desk: Desk, proof: Proof, server: PreviewServer) -> None:
    """Ways out of the folder in every part of every address: no file is read, and every answer is one we know."""
    climbs = (*CLIMBS, str(desk.folder / "secret.md"), quote(str(desk.folder / "secret.md"), safe=""))
    token, digest = token_of(server), proof.pages[0].digest
    patterns = (
        "{}", "page/{}.png?width=100", "page/{}?width=100", "page/" + digest + ".png?width={}", "state?name={}",
        "state?after=1&run={}", "state?audience={}&paper={}", "pdf?name={}", "pdf?paper={}", "pdf/{}", "static/{}",
        "place?name=" + WELLS + "&proof={}&page=0&left=0&top=0", "place?proof=" + identify(proof) + "&page={}",
        "place?left={}&top={}", f"/{token}/../{{}}", f"/{token}/./../{token}/{{}}", f"//{token}//{{}}", "/{}",
    )  # fmt: skip
    for pattern, climb in product(patterns, climbs):
        written = request(server, pattern.replace("{}", climb.replace(" ", "%20")))
        answer = send_raw(server.address, written)
        assert CANARY.encode() not in answer
        assert b"root:" not in answer
        assert status_of(answer) in {200, 400, 403, 404, 414}
        if status_of(answer) == 200:
            assert b"\r\n\r\n{" in answer or b"\r\n\r\n%PDF" in answer


def test_an_address_of_another_machine_is_refused(server: PreviewServer) -> None:
    """As a proxy would be asked."""
    token = token_of(server)
    for target in (f"http://evil.example/{token}/", f"http://127.0.0.1/{token}/", "*", "evil.example:443"):
        written = request(server).replace(f"GET /{token}/".encode(), b"GET " + target.encode())
        assert status_of(send_raw(server.address, written)) == 403
    tunnel = request(server, method="CONNECT").replace(f"/{token}/".encode(), b"evil.example:443")
    assert status_of(send_raw(server.address, tunnel)) == 405


def test_nobody_on_the_network_reaches_it(server: PreviewServer) -> None:
    """It listens on 127.0.0.1 and on no other address of this machine."""
    _, port = place_of(server.address)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", port), timeout=QUITE_SOON_SECONDS)
    with contextlib.suppress(OSError):  # there may be no network at all
        own_name = socket.gethostbyname(socket.gethostname())
        if not own_name.startswith("127."):
            with pytest.raises(ConnectionRefusedError):
                socket.create_connection((own_name, port), timeout=QUITE_SOON_SECONDS)


@pytest.mark.parametrize(
    "garbage",
    [
        b"hello\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200),
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        bytes(4096),
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET  /  HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost : a\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
        b"X" * 1_000_000,
    ],
    ids=lambda garbage: repr(garbage[:24]),
)
def test_what_is_no_request_is_refused(server: PreviewServer, garbage: bytes) -> None:
    """Or the connection is cut; the next one is served."""
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        answer = send_raw(server.address, garbage)
        assert not answer or 400 <= status_of(answer) < 500
        assert not answer or b"nosniff" in answer
        assert b"Traceback" not in answer
    assert ask(server.address).status == 200


def test_heads_that_are_too_long_are_refused(server: PreviewServer) -> None:
    """With the right address and name, too."""
    many = [f"X-{number}: {'a' * 100}" for number in range(300)]
    assert status_of(send_raw(server.address, request(server, "", *many))) in {400, 431}
    assert status_of(send_raw(server.address, request(server, "state?name=" + "a" * 5000))) == 414
    assert status_of(send_raw(server.address, request(server, "a" * 600))) == 414


def test_a_web_socket_is_not_opened(server: PreviewServer) -> None:
    """Pages may open them to anywhere; here the question is one like all others."""
    upgrade = ("Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==")
    foreign = request(server, "state", *upgrade, "Sec-WebSocket-Version: 13", "Origin: http://evil.example")
    assert status_of(send_raw(server.address, foreign)) == 403
    assert status_of(send_raw(server.address, request(server, "state", *upgrade))) == 200


def until_cut_off(connection: socket.socket, piece: bytes) -> float:
    """Send a piece now and then until the other side has enough; say how long it took."""
    start = time.monotonic()
    connection.settimeout(SOON_SECONDS / 10)
    while time.monotonic() - start < 2 * QUITE_SOON_SECONDS:
        try:
            connection.sendall(piece)
            if connection.recv(1000) == b"":
                break
        except TimeoutError:
            continue
        except OSError:
            break
    return time.monotonic() - start


@pytest.mark.parametrize(
    ("start", "piece"),
    [
        (b"", b""),
        (b"", b"G"),
        (b"GET / HTTP/1.1\r\n", b"X-A: b\r\n"),
        (b"GET / HTTP/1.1\r\nHost: a\r\n", b""),
        (b"GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
        (b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n", b"a"),
    ],
    ids=["nothing", "a byte now and then", "a header now and then", "half a head", "an endless body", "a slow body"],
)
def test_a_request_that_does_not_come_to_its_end_is_cut_off(hurried: PreviewServer, start: bytes, piece: bytes) -> None:
    """However busy it looks."""
    with connect(hurried.address) as connection:
        connection.sendall(start)
        assert until_cut_off(connection, piece) < QUITE_SOON_SECONDS
    assert ask(hurried.address).status == 200


def test_the_second_request_of_a_connection_has_its_time_limit_too(hurried: PreviewServer) -> None:
    """After a good first one."""
    with connect(hurried.address) as connection:
        connection.sendall(request(hurried, "state").replace(b"Connection: close", b"X: y") + b"GET /")
        assert connection.recv(1000).startswith(b"HTTP/1.1 200")
        assert until_cut_off(connection, b"a") < QUITE_SOON_SECONDS


def test_an_answer_that_nobody_takes_is_cut_off(desk: Desk) -> None:
    """A client that asks for a large proof and does not read it has to make room."""
    show_large(desk)
    with started(desk, replace(HURRIED, most_connections=1)) as server, connect(server.address) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.sendall(request(server, f"pdf?name={WELLS}"))
        assert connection.recv(4) == b"HTTP"
        assert ask(server.address).status == 503
        start = time.monotonic()
        while ask(server.address).status != 200:
            assert time.monotonic() - start < QUITE_SOON_SECONDS


def show_large(desk: Desk) -> Proof:
    """Show a proof that no buffer holds."""
    page = SmallPage(text="wells", entries="/Large 120 0 R")
    content = SmallPdf(pages=[page], objects={120: stream(os.urandom(SIX_MEGABYTES))}).write()
    large = replace(desk.proof("wells"), content=content)
    desk.board.show(large, ())
    return large


def test_those_who_came_first_are_served_when_there_are_too_many(desk: Desk) -> None:
    """Of 100 connections 32 are served, some are told that there are too many, the rest are dropped."""
    with started(desk, Limits(unseated_seconds=PATIENCE_SECONDS)) as server, contextlib.ExitStack() as stack:
        connections = [stack.enter_context(connect(server.address)) for _ in range(100)]
        found: list[int] = []
        for connection in connections:
            with contextlib.suppress(OSError):
                found.append(ask_on(connection, server))
        assert found[:32] == [200] * 32
        assert set(found[32:64]) == {503}
        assert set(found[64:]) <= {0}
        for connection in connections:
            connection.close()
        assert ask(server.address).status == 200


def ask_on(connection: socket.socket, server: PreviewServer) -> int:
    """Ask on a connection that stays open; 0 when it was cut."""
    connection.sendall(request(server, "state").replace(b"Connection: close", b"X: y"))
    answer = connection.recv(100_000)
    return status_of(answer) if answer else 0


def test_idle_connections_do_not_keep_others_out_for_long(desk: Desk) -> None:
    """All places are taken by those who ask nothing: soon they are free again."""
    with started(desk, replace(HURRIED, most_connections=4)) as server, contextlib.ExitStack() as stack:
        idle = [stack.enter_context(connect(server.address)) for _ in range(4)]
        assert ask(server.address).status == 503
        for connection in idle:
            receive_all(connection)
        assert ask(server.address).status == 200


def test_ten_tabs_that_wait_do_not_hold_up_the_end(desk: Desk, proof: Proof) -> None:
    """Within a second all are answered, with what is known, and no thread is left."""
    with started(desk) as server, ThreadPoolExecutor(10) as threads:
        state = ask(server.address, f"state?name={WELLS}").json()
        known = f"state?name={WELLS}&after={state['version']}&run={state['run']}"
        with contextlib.ExitStack() as stack:
            waiting = [stack.enter_context(connect(server.address)) for _ in range(10)]
            for connection in waiting:
                connection.sendall(request(server, known))
            answers = [threads.submit(receive_all, connection) for connection in waiting]
            assert ask(server.address).status == 200
            start = time.monotonic()
            server.stop()
            assert time.monotonic() - start < 1.0
            assert [status_of(each.result()) for each in answers] == [200] * 10
    assert proof.choice in desk.board.wanted()


def test_pictures_that_are_still_to_be_drawn_do_not_hold_up_the_end(desk: Desk) -> None:
    """Twenty of the largest are asked for: those that were not begun are not drawn."""
    large = desk.show(*(f"page {number}" for number in range(20)))
    with started(desk) as server, contextlib.ExitStack() as stack:
        waiting = [stack.enter_context(connect(server.address)) for _ in large.pages]
        for connection, page in zip(waiting, large.pages, strict=True):
            connection.sendall(request(server, f"page/{page.digest}.png?width=4096"))
        assert waiting[0].recv(4) == b"HTTP"
        start = time.monotonic()
        server.stop()
        assert time.monotonic() - start < 2.0
        assert status_of(receive_all(waiting[-1])) == 503


def test_clients_that_do_not_end_do_not_hold_up_the_end(desk: Desk) -> None:
    """Half a head, half an answer, and nothing at all."""
    show_large(desk)
    with started(desk) as server, contextlib.ExitStack() as stack:
        silent, half, greedy = (stack.enter_context(connect(server.address)) for _ in range(3))
        half.sendall(b"GET / HTTP/1.1\r\nHost:")
        greedy.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        greedy.sendall(request(server, f"pdf?name={WELLS}"))
        assert greedy.recv(4) == b"HTTP"
        start = time.monotonic()
        server.stop()
        assert time.monotonic() - start < 1.0
        assert receive_all(silent) == receive_all(half) == b""


def test_tabs_that_were_closed_leave_nothing(desk: Desk, proof: Proof) -> None:
    """Two hundred that went away while they waited, and as many that took half a picture: no file stays open."""
    with started(desk) as server:
        state = ask(server.address, f"state?name={WELLS}").json()
        known = f"state?name={WELLS}&after={state['version']}&run={state['run']}"
        picture = f"page/{proof.pages[0].digest}.png?width=1000"
        ask(server.address, picture)
        before = open_files()
        for path in (known, picture) * 200:
            with connect(server.address) as connection:
                connection.sendall(request(server, path))
        until_level(before)
        assert ask(server.address, f"state?name={WELLS}").json()["version"] == state["version"]


def open_files() -> int:
    """Count what this process holds open."""
    return len(list(Path("/proc/self/fd").iterdir()))


def until_level(count: int) -> None:
    """Wait until there are no more open files than there were; the server needs a moment to see who is gone."""
    start = time.monotonic()
    while open_files() > count:
        assert time.monotonic() - start < QUITE_SOON_SECONDS


def ask_until_served(server: PreviewServer, path: str) -> Answer:
    """Ask until there is room again: who is gone counts until that is seen."""
    start = time.monotonic()
    while (answer := ask(server.address, path)).status == HTTPStatus.SERVICE_UNAVAILABLE:
        assert time.monotonic() - start < QUITE_SOON_SECONDS
    return answer


def test_requests_that_come_all_at_once_are_answered_in_turn(server: PreviewServer) -> None:
    """Fifty on one connection, before the first is answered."""
    one = request(server, "state").replace(b"Connection: close", b"X: y")
    answer = send_raw(server.address, one * 49 + request(server, "state"))
    assert answer.count(b"HTTP/1.1 200 OK") == 50


def test_of_the_proof_before_places_are_found_too(desk: Desk, proof: Proof, server: PreviewServer) -> None:
    """A page that has asked may not have heard of the newest yet; of older ones nothing is known any more."""
    click = f"place?name={WELLS}&proof={identify(proof)}&page=0&left=0&top=0"
    statuses = []
    for word in ("rain", "snow"):
        desk.show(word)
        statuses.append(ask(server.address, click).status)
    assert statuses == [200, 404]


def test_who_waits_for_a_place_keeps_nobody_from_the_pictures(desk: Desk, server: PreviewServer) -> None:
    """However many clicks are waiting for TeX to set a whole guide once more."""
    may_answer = threading.Event()

    def find_places() -> Places:
        may_answer.wait(PATIENCE_SECONDS)
        return Places(places=())

    proof = replace(desk.proof("wells"), find_places=find_places)
    desk.board.show(proof, ())
    click = f"place?name={WELLS}&proof={identify(proof)}&page=0&left=0&top=0"
    with ThreadPoolExecutor(9) as pool:
        clicks = [pool.submit(ask, server.address, click) for _ in range(8)]
        picture = pool.submit(ask, server.address, f"page/{proof.pages[0].digest}.png?width=300")
        try:
            assert picture.result(QUITE_SOON_SECONDS).status == 200
            assert not any(each.done() for each in clicks)
        finally:
            may_answer.set()
        assert [each.result().status for each in clicks] == [404] * 8


def test_a_bug_is_not_told_to_the_browser(desk: Desk, server: PreviewServer, caplog: pytest.LogCaptureFixture) -> None:
    """Its traceback is for the terminal, and holds no token."""

    def stumble() -> None:
        raise RuntimeError("a bug of ours")

    proof = desk.proof("wells")
    desk.board.show(replace(proof, find_places=stumble), ())  # type: ignore[arg-type]
    answer = ask(server.address, f"place?name={WELLS}&proof={identify(proof)}&page=0&left=0&top=0")
    assert answer.status == 500
    assert "bug" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert ask(server.address).status == 200
    server.stop()
    assert "a bug of ours" in caplog.text
    assert token_of(server) not in caplog.text
