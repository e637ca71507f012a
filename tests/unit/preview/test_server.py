"""The preview's server as a browser meets it: each address, what is answered there, and the headers with it."""

from __future__ import annotations

import re
import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import pytest
from pdfs import page_texts
from preview_desks import BREAD, WELLS, Desk, a_desk
from preview_requests import Answer, ask

from studyguide.artifacts import PageFacts
from studyguide.errors import UsageError
from studyguide.preview.answers import identify
from studyguide.preview.server import PreviewServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = b"<!doctype html><script nonce='NONCE'>1</script><style nonce='NONCE'></style>"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Put a guide of two sessions on a board."""
    return a_desk(tmp_path)


@pytest.fixture
def server(desk: Desk) -> Iterator[PreviewServer]:
    """Show the desk's board."""
    server = PreviewServer(desk.board, page=PAGE, port=0)
    server.start()
    yield server
    server.stop()


def query(path: str, **words: object) -> str:
    """Write an address with its question."""
    return f"{path}?{urlencode(words)}"


def of_wells(path: str, **words: object) -> str:
    """Ask for something of the second session."""
    return query(path, name=WELLS, audience="participant", paper="letter", **words)


def policy(answer: Answer) -> dict[str, str]:
    """Take a content security policy apart."""
    rules = (rule.strip().partition(" ") for rule in answer.headers["content-security-policy"].split(";"))
    return {name: value for name, _, value in rules}


def test_the_page_may_run_its_own_script_only(server: PreviewServer) -> None:
    """A fresh nonce each time, in the page and in the policy."""
    answers = [ask(server.address) for _ in range(2)]
    nonces = [set(re.findall("nonce='([^']+)'", answer.text)) for answer in answers]
    assert len(nonces[0] | nonces[1]) == 2
    for answer, (nonce,) in zip(answers, nonces, strict=True):
        assert answer.status == 200
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert policy(answer) == {
            "default-src": "'none'",
            "script-src": f"'nonce-{nonce}'",
            "style-src": f"'nonce-{nonce}'",
            "img-src": "'self'",
            "connect-src": "'self'",
            "base-uri": "'none'",
            "form-action": "'none'",
            "frame-ancestors": "'none'",
        }


def test_an_address_without_its_last_solidus_leads_to_the_page(server: PreviewServer) -> None:
    """Some terminals leave it out of what can be clicked."""
    path = urlsplit(server.address).path
    answer = ask(server.address, path.removesuffix("/"))
    assert (answer.status, answer.headers["location"]) == (307, path)


def test_every_answer_is_closed_to_others(desk: Desk, server: PreviewServer) -> None:
    """Good ones and refusals alike; only pictures may be kept, and only by the browser that asked."""
    proof = desk.show("wells")
    picture = query(f"page/{proof.pages[0].digest}.png", width=100)
    good = [ask(server.address, path) for path in ("", "state", picture, of_wells("pdf"))]
    bad = [ask(server.address, path) for path in ("nothing", "/", "page/0.png?width=100", picture + "x")]
    bad.append(ask(server.address, method="POST"))
    for answer in (*good, *bad):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert answer.headers["x-frame-options"] == "DENY"
        assert policy(answer)["default-src"] == "'none'"
        assert not {"server", "access-control-allow-origin", "set-cookie"} & set(answer.headers)
    kept = [answer.headers["cache-control"] for answer in (*good, *bad)]
    assert kept.pop(2) == "private, immutable, max-age=31536000"
    assert set(kept) == {"no-store"}
    assert [answer.status for answer in bad] == [404, 403, 404, 400, 405]
    assert all(answer.headers["content-type"] == "text/plain; charset=utf-8" for answer in bad)


def test_a_state_is_what_the_board_says(desk: Desk, server: PreviewServer) -> None:
    """Of the choice in the address; to ask is to want it."""
    proof = desk.show("wells", "rain")
    state = ask(server.address, of_wells("state")).json()
    assert state["proof"]["id"] == identify(proof)
    assert state["version"] == desk.board.version
    assert state["choice"] == {"name": WELLS, "audience": "participant", "paper": "letter"}
    assert desk.board.wanted() == (proof.choice,)
    assert ask(server.address, "state").json()["choice"]["name"] == BREAD
    assert desk.board.wanted() == (desk.choice(BREAD), proof.choice)


def test_a_state_waits_for_news(desk: Desk, server: PreviewServer) -> None:
    """It is answered as soon as there is something, and misses nothing that came before it was asked for."""
    state = ask(server.address, of_wells("state")).json()
    with ThreadPoolExecutor(1) as thread:
        for number in range(5):
            proof = desk.proof(f"edit {number}")
            thread.submit(desk.board.show, proof, ())
            state = ask(server.address, of_wells("state", after=state["version"], run=state["run"])).json()
            assert state["proof"]["id"] == identify(proof)


@pytest.mark.parametrize("known", [{}, {"after": 1}, {"after": 99_999}, {"after": "x"}, {"after": "-1"}, {"run": "0"}])
def test_who_cannot_know_the_newest_state_is_answered_at_once(
    desk: Desk, server: PreviewServer, known: dict[str, object]
) -> None:
    """An older version, one from another run, or none."""
    ask(server.address, of_wells("state"))
    words = {"after": desk.board.version} | known if "run" in known else known
    assert ask(server.address, of_wells("state", **words)).json()["version"] == desk.board.version


def test_the_first_question_for_a_choice_is_answered_at_once(desk: Desk, server: PreviewServer) -> None:
    """Also by one who knows the newest version: of another choice."""
    state = ask(server.address, query("state", name=BREAD)).json()
    answer = ask(server.address, of_wells("state", after=state["version"], run=state["run"]))
    assert answer.json()["choice"]["name"] == WELLS
    assert answer.json()["version"] == desk.board.version


def test_one_who_waits_from_before_the_first_reading_is_told(tmp_path: Path) -> None:
    """The board is empty at first; what is shown then is wanted from then on."""
    read = a_desk(tmp_path).board.shelves
    desk = Desk(folder=tmp_path)
    server = PreviewServer(desk.board, page=PAGE, port=0)
    server.start()
    state = ask(server.address, "state").json()
    assert state["choice"] is None
    with ThreadPoolExecutor(1) as thread:
        waiting = thread.submit(ask, server.address, query("state", after=state["version"], run=state["run"]))
        desk.board.put_shelves(read)
        assert waiting.result().json()["choice"]["name"] == BREAD
    assert desk.board.wanted() == (desk.choice(BREAD),)
    server.stop()


def test_the_picture_of_a_page_is_a_picture(desk: Desk, server: PreviewServer) -> None:
    """So many pixels wide, and another for each page."""
    proof = desk.show("wells", "rain")
    answers = [ask(server.address, query(f"page/{page.digest}.png", width=300)) for page in proof.pages]
    assert [answer.status for answer in answers] == [200, 200]
    assert answers[0].headers["content-type"] == "image/png"
    assert answers[0].content[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(answers[0].content[16:20]) == 300
    assert answers[0].content != answers[1].content


@pytest.mark.parametrize("width", ["", "63", "4097", "0", "-300", "300.5", "1e3", "٣٠٠", "9" * 40, "300&width=x"])
def test_a_picture_has_a_sensible_width(desk: Desk, server: PreviewServer, width: str) -> None:
    """Between the smallest thumbnail and the largest screen."""
    digest = desk.show("wells").pages[0].digest
    given = width if width.isascii() else urlencode({"": width})[1:]
    answer = ask(server.address, f"page/{digest}.png?width={given}")
    assert answer.status == 400
    assert "width" in answer.text


def test_a_page_that_was_replaced_is_gone(desk: Desk, server: PreviewServer) -> None:
    """Not at once: who is still fetching it gets it until the next proof."""
    old, _ = desk.show("wells"), desk.show("rain")
    picture = query(f"page/{old.pages[0].digest}.png", width=100)
    assert ask(server.address, picture).status == 200
    desk.show("snow")
    assert ask(server.address, picture).status == 404


def test_a_proof_that_cannot_be_drawn_says_so(desk: Desk, server: PreviewServer) -> None:
    """In plain words, and the server goes on."""
    broken = desk.proof("wells")
    facts = PageFacts(digest="ab", width_points=1.0, height_points=1.0, label="1")
    desk.board.show(replace(broken, pages=(facts,), content=b"no PDF"), ())
    answer = ask(server.address, query("page/ab.png", width=100))
    assert (answer.status, answer.text) == (500, "page 1 of the proof cannot be drawn")
    assert ask(server.address).status == 200


def test_a_proof_can_be_kept(desk: Desk, server: PreviewServer) -> None:
    """Under the name that it has in build/."""
    proof = desk.show("wells", "rain")
    answer = ask(server.address, of_wells("pdf"))
    assert answer.content == proof.content
    assert page_texts(answer.content) == ["wells", "rain"]
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''02-wells.pdf"


def test_a_file_name_cannot_write_headers(desk: Desk, server: PreviewServer) -> None:
    """Quotes, line ends and letters beyond ASCII are written as they have to be."""
    desk.board.show(replace(desk.proof("wells"), file_name='é"\r\nx: y;.pdf'), ())
    answer = ask(server.address, of_wells("pdf"))
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''%C3%A9%22%0D%0Ax%3A%20y%3B.pdf"
    assert "x" not in answer.headers


def test_a_flawed_proof_is_not_given_away(desk: Desk, server: PreviewServer) -> None:
    """It is only to be looked at."""
    desk.board.show(desk.proof("wells", is_flawed=True), ())
    answer = ask(server.address, of_wells("pdf"))
    assert answer.status == 409
    assert b"%PDF" not in answer.content


def test_what_there_is_no_proof_of_cannot_be_kept(desk: Desk, server: PreviewServer) -> None:
    """Another one is not given in its place; nor can it be asked for its places."""
    assert ask(server.address, of_wells("pdf")).status == 404
    desk.show("bread", choice=desk.choice(BREAD))
    assert ask(server.address, query("pdf", name="commons/99-none")).status == 404
    assert ask(server.address, "pdf").status == 404
    assert ask(server.address, of_wells("place", proof="", page=0, left=0, top=0)).status == 404


def test_a_point_on_a_page_leads_to_its_line(desk: Desk, server: PreviewServer) -> None:
    """The second page comes from the second line of the file's text."""
    proof = desk.show("wells", "rain")
    answer = ask(server.address, of_wells("place", proof=identify(proof), page=1, left=100.5, top="7e1"))
    span = desk.span(11)
    assert answer.json() == {"where": str(span), "path": str(span.path), "line": 11, "column": 1}


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ({"proof": "0" * 32}, 404),
        ({"page": 9}, 404),
        ({"page": "x"}, 400),
        ({"page": -1}, 400),
        ({"left": "nan"}, 400),
        ({"top": "inf"}, 400),
        ({"top": ""}, 400),
    ],
)
def test_a_point_that_is_none_is_refused(
    desk: Desk, server: PreviewServer, words: dict[str, object], status: int
) -> None:
    """Of another proof, another page, or no number at all."""
    asked: dict[str, object] = {"proof": identify(desk.show("wells")), "page": 0, "left": 1, "top": 1}
    assert ask(server.address, of_wells("place", **(asked | words))).status == status


def test_to_look_for_the_head_is_enough(desk: Desk, server: PreviewServer) -> None:
    """HEAD is answered as GET, without the content."""
    proof = desk.show("wells")
    for path in ("", "state", of_wells("pdf"), query(f"page/{proof.pages[0].digest}.png", width=100)):
        head, whole = ask(server.address, path, method="HEAD"), ask(server.address, path)
        assert (head.status, head.content) == (200, b"")
        assert head.headers["content-length"] == whole.headers["content-length"]


def test_the_address_cannot_be_guessed(desk: Desk) -> None:
    """128 bits, another with each start."""
    servers = [PreviewServer(desk.board, page=PAGE, port=0) for _ in range(2)]
    for server in servers:
        server.start()
    tokens = [urlsplit(server.address).path.strip("/") for server in servers]
    assert all(re.fullmatch(r"[0-9a-f]{32}", token) for token in tokens)
    assert tokens[0] != tokens[1]
    assert ask(servers[0].address, f"/{tokens[1]}/").status == 403
    for server in servers:
        server.stop()


def test_the_port_that_was_asked_for_is_taken(desk: Desk) -> None:
    """As soon as one server has ended another can have it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    for _ in range(2):
        server = PreviewServer(desk.board, page=PAGE, port=port)
        server.start()
        assert urlsplit(server.address).port == port
        assert ask(server.address).status == 200
        server.stop()


def test_a_port_that_is_in_use_is_said(desk: Desk, server: PreviewServer) -> None:
    """When it was asked for; the other server goes on."""
    port = urlsplit(server.address).port
    with pytest.raises(UsageError, match=f"port {port} is in use"):
        PreviewServer(desk.board, page=PAGE, port=port).start()
    assert ask(server.address).status == 200


@pytest.mark.parametrize("port", [-1, 65536, 10**12])
def test_a_port_that_there_cannot_be_is_said(desk: Desk, port: int) -> None:
    """They end at 65535."""
    with pytest.raises(UsageError, match=f"port {port} cannot be used"):
        PreviewServer(desk.board, page=PAGE, port=port).start()


def test_without_a_wish_two_servers_find_their_ports(desk: Desk) -> None:
    """The usual one, or any other when that is taken."""
    servers = [PreviewServer(desk.board, page=PAGE) for _ in range(2)]
    for server in servers:
        server.start()
    ports = [urlsplit(server.address).port for server in servers]
    assert ports[0] != ports[1]
    assert [ask(server.address).status for server in servers] == [200, 200]
    for server in servers:
        server.stop()


def test_a_server_that_never_started_can_be_stopped(desk: Desk) -> None:
    """And one that has stopped, again, or has hardly begun; its board can be changed still."""
    server = PreviewServer(desk.board, page=PAGE, port=0)
    server.stop()
    for _ in range(20):
        server.start()
        server.stop()
        server.stop()
    desk.show("wells")
    assert desk.board.version > 1
