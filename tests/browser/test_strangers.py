"""Texts that would like to be code, and pages elsewhere that would like to read ours: both get nothing."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from browser_tabs import AT_WELLS
from playwright.sync_api import expect
from preview_desks import Desk, texts_of

from studyguide.diagnostics import error
from studyguide.preview.board import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterator

    from browser_tabs import OpenTab
    from playwright.sync_api import Browser

    from studyguide.preview.server import PreviewServer

HOSTILE = '<img src=x onerror="document.title=1"><b>&amp;</b> `code` ${name} </script>'
ROBBER = """<!doctype html><title>elsewhere</title><iframe name="hidden" id="frame"></iframe>
<form id="form" method="post" target="hidden"></form>
<script>
const address = "ADDRESS", picture = "PICTURE";
const reads = (options) => fetch(address + "state", options).then((answer) => answer.text(), () => "");
const shows = (source) => new Promise((resolve) => {
  const image = new Image();
  image.onload = () => resolve(image.naturalWidth);
  image.onerror = () => resolve(0);
  image.src = source;
});
const loads = () => new Promise((resolve) => {
  const script = document.createElement("script");
  script.onload = () => resolve("loaded");
  script.onerror = () => resolve("");
  script.src = address + "state";
  document.body.append(script);
});
const frames = () => new Promise((resolve) => {
  frame.onload = () => { try { resolve(frame.contentDocument.body.textContent); } catch { resolve(""); } };
  frame.src = address;
});
const posts = (action) => new Promise((resolve) => {
  frame.onload = () => { try { resolve(frame.contentDocument.body.textContent); } catch { resolve(""); } };
  form.action = action;
  form.submit();
});
(async () => {
  const loot = {
    read: await reads({}), asked: await reads({ credentials: "include" }), blind: await reads({ mode: "no-cors" }),
    picture: await shows(picture), script: await loads(), frame: await frames(), post: await posts(address + "state"),
  };
  document.title = JSON.stringify(loot);
})();
</script>"""


@contextmanager
def page_elsewhere(text: str) -> Iterator[int]:
    """Serve a page at a port of its own."""

    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = text.encode()
            self.send_response(200 if self.path == "/" else 204)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            if self.path == "/":
                self.wfile.write(content)

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  the base class calls it so
            """Keep quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere) as stranger:
        thread = threading.Thread(target=stranger.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield stranger.server_port
        stranger.shutdown()
        thread.join()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_page_elsewhere_reads_nothing_and_triggers_nothing(
    desk: Desk, server: PreviewServer, chromium: Browser, host: str
) -> None:
    """Even when it knows the whole address, it gets no text, no picture and no frame, and nothing is built for it."""
    proof = desk.show(*texts_of(1))
    picture = f"{server.address}page/{proof.pages[0].digest}.png?width=640"
    robber = ROBBER.replace("ADDRESS", server.address).replace("PICTURE", picture)
    version = desk.board.version

    with page_elsewhere(robber) as port, chromium.new_context() as context:
        page = context.new_page()
        page.goto(f"http://{host}:{port}/")
        expect(page).not_to_have_title("elsewhere")
        loot = page.evaluate("JSON.parse(document.title)")

    assert not any(loot.values()), loot
    assert desk.board.wanted() == ()
    assert desk.board.version == version


def test_titles_and_messages_print_as_typed(desk: Desk, open_tab: OpenTab) -> None:
    """A title with tags in it is a title with tags in it, in every place where it stands."""
    desk.call_wells(HOSTILE)
    good = desk.show(*texts_of(1))
    tab = open_tab(AT_WELLS)
    tab.expect_pages(good)

    trouble = Trouble(message="2 problems", hint=HOSTILE, problems=(error(desk.span(6), HOSTILE, HOSTILE),))
    desk.board.fail(desk.choice(), trouble)
    desk.board.say(errand=HOSTILE, watching=HOSTILE)

    expect(tab.page.locator("#session-title")).to_have_text(HOSTILE)
    expect(tab.page.locator("#errand")).to_have_text(HOSTILE)
    expect(tab.page.get_by_role("region", name="Problems")).to_contain_text(HOSTILE.replace("`", ""))
    expect(tab.page).to_have_title(f"Error: {HOSTILE}")
    tab.page.keyboard.press("l")
    expect(tab.page.get_by_role("navigation", name="Sessions")).to_contain_text(HOSTILE)
    assert tab.page.locator("img[src=x], #problems b").count() == 0
