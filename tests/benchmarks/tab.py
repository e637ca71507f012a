"""A tab of a real browser on the page of `studyguide watch`, which notes when it has shown another picture.

Comes in: an address, the session. Goes out: the time at which the newest picture of a page was on the screen.
Left to others: what the page does (`preview/page.html`), what is edited.
"""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from playwright.sync_api import Error, sync_playwright
from saving import LONGEST_WAIT_SECONDS
from stopwatch import ContenderFailed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

CHROMIUM = Path("/usr/bin/chromium")
WIDTH, HEIGHT = 1_280, 900
"""The window of a small laptop, in CSS pixels."""

MOST_CLOCK_SECONDS = 0.01
"""How far the browser's clock may be from ours."""

IS_SETTLED = """
async (query) => {
  const { proof, errand, shelves } = await (await fetch(`state?${query}`, { cache: "no-store" })).json();
  const entries = shelves.flatMap((shelf) => shelf.entries).filter((entry) => !entry.is_whole_guide);
  return Boolean(proof && errand && entries.every(({ name, title }) => !name.endsWith(`/${title}`)));
}
"""
"""There is something to see, all titles are known, not only the names of files, and the other files are being made."""

SCROLL = """
(page) => document.querySelectorAll(".page")[page].scrollIntoView({ block: "center", behavior: "instant" })
"""

OBSERVE = """
(page) => {
  const picture = () => document.querySelectorAll(".page")[page]?.querySelector("img");
  const known = new Set([picture()?.src]);
  window.shown = [];
  new MutationObserver(async () => {
    const image = picture();
    if (!image?.src || known.has(image.src)) return;
    known.add(image.src);
    await image.decode();
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    window.shown.push({ source: image.src, at: (performance.timeOrigin + performance.now()) / 1000 });
  }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["src"] });
}
"""
"""A picture counts when it is decoded and two frames have passed: the first may have begun before it."""

AWAIT = """
async ([digest, due]) => {
  for (const end = performance.now() + due; performance.now() < end;) {
    const found = window.shown.find(({ source }) => source.includes(digest));
    if (found) return found.at;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return null;
}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """A page of the browser that looks at one session; `query` is how the server calls it."""

    page: Page
    query: str

    def is_settled(self) -> bool:
        """Whether the watcher behind it knows all sessions, and has gone on to what nobody waits for."""
        return bool(self.page.evaluate(IS_SETTLED, self.query))

    def observe(self, number: int) -> None:
        """Scroll to a page of the session, counted from 0, and note from now on when another picture of it is shown."""
        self.page.evaluate(SCROLL, number)
        self.page.evaluate(OBSERVE, number)

    def look(self) -> None:
        """Take its turn on the screen, and forget what it has shown."""
        self.page.bring_to_front()
        self.page.evaluate("() => { window.shown = []; }")

    def await_picture(self, digest: str = "") -> float:
        """Give the time at which the picture with this digest was on the screen, or any other picture than before.

        Raises:
            ContenderFailed: when it does not come.
        """
        shown_at = self.page.evaluate(AWAIT, [digest, LONGEST_WAIT_SECONDS * 1000])
        if shown_at is None:
            raise ContenderFailed(f"the browser showed no other picture within {LONGEST_WAIT_SECONDS:.0f} s")
        return float(shown_at)

    def check_clock(self) -> float:
        """Give how far the browser's clock is from ours, at most.

        Raises:
            ContenderFailed: when that is so far that no figure means anything.
        """
        before = time.time()
        theirs = float(self.page.evaluate("() => (performance.timeOrigin + performance.now()) / 1000"))
        difference = max(before - theirs, theirs - time.time(), 0.0)
        if difference > MOST_CLOCK_SECONDS:
            raise ContenderFailed(f"the clock of the browser is {difference:.3f} s away from ours")
        return difference


@contextmanager
def browsing() -> Iterator[Browser]:
    """Have a browser as long as the context lasts.

    Raises:
        ContenderFailed: when it cannot be had, or does not do what it is told.
    """
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=arguments)
            try:
                yield browser
            finally:
                browser.close()
    except Error as failure:
        raise ContenderFailed(f"the browser failed: {failure.message}") from failure


def open_tab(browser: Browser, address: str, name: str) -> Tab:
    """Open the page of a watcher on a session, and wait until a picture of it is there."""
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    page.set_default_timeout(LONGEST_WAIT_SECONDS * 1000)
    page.goto(f"{address}#{name}&audience=participant&paper=letter")
    page.wait_for_selector(".page img")
    return Tab(page=page, query=urlencode({"name": name, "audience": "participant", "paper": "letter"}))
