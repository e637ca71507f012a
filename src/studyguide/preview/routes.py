"""The addresses of the preview, and what is answered at each: a map, and nothing outside it.

Comes in: requests, once they are let in. Goes out: answers. Owns Starlette.
Left to others: who is let in (`admission`), what is told (`answers`), waiting (`polls`), pictures (`rendering`).
"""

from __future__ import annotations

import asyncio
import json
import math
import secrets
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from studyguide.errors import PrepressError
from studyguide.preview.admission import Head, complete_headers
from studyguide.preview.answers import Wish, choose, describe_place, describe_state, find_page, identify
from studyguide.preview.proofing import Superseded

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from studyguide.preview.admission import Admission
    from studyguide.preview.board import Board, Choice, Proof
    from studyguide.preview.polls import Polls
    from studyguide.preview.rendering import PageRenderer

Done = TypeVar("Done")

NONCE_MARK = b"NONCE"
NONCE_BYTES = 16
RUN_BYTES = 8

LEAST_WIDTH = 64
MOST_WIDTH = 4096

MOST_DIGITS = 15
"""More than any number in an address needs."""

PAGE_POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

FOR_EVER = "private, immutable, max-age=31536000"
"""A picture has its digest in its address: what is there never changes."""


class Routes:
    """What can be asked of a board; `drawer` and `finders` do what takes long, so that questions do not wait."""

    def __init__(  # noqa: PLR0913  each by its name
        self,
        board: Board,
        *,
        page: bytes,
        polls: Polls,
        renderer: PageRenderer,
        drawer: Executor,
        finders: Executor,
    ) -> None:
        """Take the page's HTML and those who do the work."""
        self._board = board
        self._page = page
        self._polls = polls
        self._renderer = renderer
        self._drawer = drawer
        self._finders = finders
        self._run = secrets.token_hex(RUN_BYTES)
        self._is_open = True

    def close(self) -> None:
        """Begin nothing that takes long any more."""
        self._is_open = False

    def application(self, token: str) -> ASGIApp:
        """Put each answer at its address."""
        answers = {"": self.page, "state": self.state, "page/{digest}.png": self.picture, "pdf": self.pdf}
        addresses = [Route(f"/{token}/{path}", endpoint) for path, endpoint in answers.items()]
        addresses.append(Route(f"/{token}/place", self.place))
        addresses.append(Route(f"/{token}", partial(_to_the_page, token=token)))
        application = Starlette(
            routes=addresses, exception_handlers={PrepressError: _say_failure, HTTPStatus.NOT_FOUND: _say_nothing_there}
        )
        application.router.redirect_slashes = False
        return application

    async def page(self, _: Request) -> Response:
        """Give the page, with a nonce of its own."""
        nonce = secrets.token_urlsafe(NONCE_BYTES)
        return Response(
            self._page.replace(NONCE_MARK, nonce.encode()),
            media_type="text/html",
            headers={"content-security-policy": PAGE_POLICY.format(nonce=nonce)},
        )

    async def state(self, request: Request) -> Response:
        """Give all there is to show of a choice, as soon as it is newer than what the page knows."""
        asked, is_new = self._ask(request)
        known = _whole_number(request, "after", otherwise=-1)
        if not is_new and request.query_params.get("run", self._run) == self._run:
            await self._polls.wait_beyond(known, partial(_until_gone, request))
        choice = self._choose(request)
        # The same is not asked for again: who waited may have gone on to another choice.
        if choice != asked:
            self._ask(request)
        return _Facts(describe_state(self._board.view(choice), choice, self._run))

    async def picture(self, request: Request) -> Response:
        """Give the picture of a page of a proof that is on the board."""
        width = _whole_number(request, "width")
        if not LEAST_WIDTH <= width <= MOST_WIDTH:
            raise HTTPException(HTTPStatus.BAD_REQUEST, f"the width lies between {LEAST_WIDTH} and {MOST_WIDTH}")
        digest = request.path_params["digest"]
        found = find_page(self._board, digest)
        if found is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        proof, number = found
        draw = partial(self._renderer.render, proof.content, page=number, digest=digest, width=width)
        picture = await self._have_done(draw, self._drawer)
        return Response(picture, media_type="image/png", headers={"cache-control": FOR_EVER})

    async def pdf(self, request: Request) -> Response:
        """Give a proof to be kept; one that TeX stumbled over is only to be looked at."""
        proof = self._proof(request)
        if proof.is_flawed:
            raise HTTPException(HTTPStatus.CONFLICT, "this proof has errors: mend them first")
        name = f"attachment; filename*=UTF-8''{quote(proof.file_name, safe='')}"
        return Response(proof.content, media_type="application/pdf", headers={"content-disposition": name})

    async def place(self, request: Request) -> Response:
        """Say from where in the author's files something comes that stands on a page."""
        proof = self._shown_proof(request)
        if proof.find_places is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        page, left, top = _whole_number(request, "page"), _number(request, "left"), _number(request, "top")
        try:
            places = await self._have_done(proof.find_places, self._finders)
        except Superseded:
            raise HTTPException(HTTPStatus.CONFLICT, "the files have gone on since") from None
        span = places.find(page, left, top)
        if span is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return _Facts(describe_place(span))

    def _ask(self, request: Request) -> tuple[Choice | None, bool]:
        """Have the choice of a request kept fresh, and say whether nobody had asked for it before."""
        choice = self._choose(request)
        if choice is None:
            return None, False
        is_new = choice not in self._board.wanted()
        self._board.ask(choice)
        return choice, is_new

    def _choose(self, request: Request) -> Choice | None:
        words = request.query_params
        wish = Wish(name=words.get("name", ""), audience=words.get("audience", ""), paper=words.get("paper", ""))
        return choose(self._board.view(None), wish)

    def _proof(self, request: Request) -> Proof:
        """Find the proof of a request: of what it names, and of nothing else."""
        is_named = self._board.find(request.query_params.get("name", "")) is not None
        proof = self._board.view(self._choose(request)).proof
        if proof is None or not is_named:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return proof

    def _shown_proof(self, request: Request) -> Proof:
        """Find the proof that a page shows: the newest of what it names, or the one before."""
        choice = self._proof(request).choice
        for proof in self._board.proofs():
            if proof.choice == choice and identify(proof) == request.query_params.get("proof"):
                return proof
        raise HTTPException(HTTPStatus.NOT_FOUND)

    async def _have_done(self, work: Callable[[], Done], hands: Executor) -> Done:
        """Have something done that takes long; what still waits when the server ends is not begun."""

        def do() -> Done:
            if not self._is_open:
                raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE, "the preview has ended")
            return work()

        return await asyncio.get_running_loop().run_in_executor(hands, do)


class _Facts(JSONResponse):
    """Plain values; of a file's name that is no text the page gets what is."""

    def render(self, content: object) -> bytes:
        """Write them."""
        return json.dumps(content, ensure_ascii=False).encode(errors="replace")


class Entrance:
    """Stands before an application: refuses strangers, and completes the headers of all answers."""

    def __init__(self, application: ASGIApp, admission: Admission) -> None:
        """Guard this application by these rules."""
        self._application = application
        self._admission = admission

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = complete_headers(message["headers"])
            await send(message)

        refusal = self._admission.refuse(
            Head(
                method=scope["method"], path=scope["path"], query=scope["query_string"], headers=tuple(scope["headers"])
            )
        )
        answer = self._application if refusal is None else _refuse(refusal.status, refusal.message)
        await answer(scope, receive, complete)


async def answer_busy(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one who came when all places were taken."""
    response = _refuse(HTTPStatus.SERVICE_UNAVAILABLE, "too many at once: try again in a moment")
    response.raw_headers = complete_headers(response.raw_headers)
    await response(scope, receive, send)


def _refuse(status: HTTPStatus, message: str) -> Response:
    allowed = {"allow": "GET, HEAD"} if status == HTTPStatus.METHOD_NOT_ALLOWED else {}
    return PlainTextResponse(message, status, headers={"connection": "close"} | allowed)


async def _to_the_page(_: Request, token: str) -> Response:
    return RedirectResponse(f"/{token}/")


async def _say_failure(_: Request, failure: Exception) -> Response:
    return PlainTextResponse(str(failure), HTTPStatus.INTERNAL_SERVER_ERROR)


async def _say_nothing_there(_: Request, __: Exception) -> Response:
    return PlainTextResponse("there is nothing here, or not any more", HTTPStatus.NOT_FOUND)


async def _until_gone(request: Request) -> None:
    """Wait until the one who asked has closed the connection."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _whole_number(request: Request, name: str, otherwise: int | None = None) -> int:
    written = request.query_params.get(name, "")
    if written.isascii() and written.isdigit() and len(written) <= MOST_DIGITS:
        return int(written)
    if otherwise is None:
        raise HTTPException(HTTPStatus.BAD_REQUEST, f'"{name}" has to be a whole number')
    return otherwise


def _number(request: Request, name: str) -> float:
    try:
        number = float(request.query_params.get(name, ""))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise HTTPException(HTTPStatus.BAD_REQUEST, f'"{name}" has to be a number')
    return number
