"""A tab of a real browser that looks at the preview: what it asked for, what it complained of, what it shows.

Comes in: a page of the browser. Goes out: a tab that the tests question.
Left to others: the server and the board (`preview_desks`).
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from playwright.sync_api import expect
from preview_desks import WELLS

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from studyguide.preview.board import Board, Proof
    from studyguide.preview.server import PreviewServer

AT_WELLS = f"#{WELLS}&audience=participant&paper=letter"
"""The end of an address that leads to the second session of a desk."""

PATIENCE_SECONDS = 10.0
LOOK_MILLISECONDS = 20

TOP_AT_REST = """async number => {
    const look = () => document.querySelectorAll("main .page")[number - 1].getBoundingClientRect().top;
    for (let before = NaN, still = 0; still < 10;) {
        await new Promise(requestAnimationFrame);
        still = look() === before ? still + 1 : 0;
        before = look();
    }
    return look();
}"""
"""Looks at each frame: some keys scroll smoothly."""

PICTURE = re.compile(r"/page/([0-9a-f]+)\.png\?width=(\d+)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """A page of the browser; `asked` are the addresses that it asked for, `complaints` what its console says."""

    page: Page
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Write down what is asked for and complained of from now on."""
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda line: self.complaints.append(line.text) if line.type == "error" else None)
        self.page.on("pageerror", lambda problem: self.complaints.append(str(problem)))

    def digests_asked(self) -> list[str]:
        """Give the pages whose pictures were asked for, in order."""
        return [found[1] for address in self.asked if (found := PICTURE.search(address))]

    def until_asked(self, pattern: str) -> None:
        """Wait until an address was asked for, now or before."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not any(re.search(pattern, address) for address in self.asked):
            assert time.monotonic() < end, self.asked[-5:]
            self.page.wait_for_timeout(LOOK_MILLISECONDS)

    def forgive_lost_pictures(self) -> None:
        """Let the console say that the server was away, or that a newer proof took the place of one half shown."""
        self.complaints[:] = [each for each in self.complaints if "Failed to load resource" not in each]

    def picture(self, number: int) -> Locator:
        """Give the picture of a page, counting from 1."""
        return self.page.locator("main img").and_(self.page.get_by_alt_text(re.compile(rf"\b{number} of \d+\b")))

    def expect_pages(self, proof: Proof, *numbers: int) -> None:
        """Wait until the pictures of these pages, counting from 1, are those of the proof; of the first by default."""
        for number in numbers or (1,):
            expect(self.picture(number)).to_have_attribute("src", re.compile(proof.pages[number - 1].digest))

    def expect_state(self, words: str) -> None:
        """Wait until the state is put in these words."""
        expect(self.page.locator("footer")).to_contain_text(words)

    def top_of(self, number: int) -> float:
        """Say where the upper edge of a page stands in the window, once nothing moves any more."""
        return float(self.page.evaluate(TOP_AT_REST, number))


class OpenTab(Protocol):
    """Opens tabs."""

    def __call__(self, fragment: str = "", *, width: int = 1000, height: int = 800, **context: object) -> Tab:
        """Open the server's address with this end in a new window of this size."""
        ...


class StartServer(Protocol):
    """Starts servers."""

    def __call__(self, board: Board, *, port: int = 0, token: str = ...) -> PreviewServer:
        """Show a board; with the same port and token a server takes the place of one that ended."""
        ...
