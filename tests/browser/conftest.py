"""A real Chromium, a real server and a board that the tests fill; each tab must not complain nor ask elsewhere."""

from __future__ import annotations

import os
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from browser_tabs import Tab
from playwright.sync_api import sync_playwright
from preview_desks import Desk, a_desk

from studyguide.preview.server import PreviewServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from browser_tabs import OpenTab, StartServer
    from playwright.sync_api import Browser

    from studyguide.preview.board import Board

CHROMIUM = "/usr/bin/chromium"
TOKEN = "0f1e2d3c" * 4
PATIENCE_MILLISECONDS = 10_000
"""How long a test waits for what it expects: a hundred times as long as it takes, for the machine may be busy."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start Debian's browser once for all tests; only root needs to go without its sandbox."""
    without_sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=without_sandbox)
        yield browser
        browser.close()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Put a guide of two sessions on a board."""
    return a_desk(tmp_path)


@pytest.fixture
def start_server() -> Iterator[StartServer]:
    """Give a way to start servers, and end those that still run."""
    started: list[PreviewServer] = []
    page = files("studyguide.preview").joinpath("page.html").read_bytes()

    def start(board: Board, *, port: int = 0, token: str = TOKEN) -> PreviewServer:
        server = PreviewServer(board, page=page, port=port, token=token)
        server.start()
        started.append(server)
        return server

    yield start
    for server in started:
        server.stop()


@pytest.fixture
def server(desk: Desk, start_server: StartServer) -> PreviewServer:
    """Show the desk's board at an address of this machine."""
    return start_server(desk.board)


@pytest.fixture
def open_tab(chromium: Browser, server: PreviewServer) -> Iterator[OpenTab]:
    """Give a way to open tabs; at the end none has complained, nor asked for anything outside this machine."""
    tabs: list[Tab] = []

    def open_one(fragment: str = "", *, width: int = 1000, height: int = 800, **context: object) -> Tab:
        page = chromium.new_context(viewport={"width": width, "height": height}, **context).new_page()  # type: ignore[arg-type]
        page.set_default_timeout(PATIENCE_MILLISECONDS)
        tab = Tab(page=page)
        tab.listen()
        tabs.append(tab)
        page.goto(server.address + fragment)
        return tab

    yield open_one
    complaints = [each for tab in tabs for each in tab.complaints]
    elsewhere = [each for tab in tabs for each in tab.asked if not each.startswith("http://127.0.0.1:")]
    for tab in tabs:
        tab.page.context.close()
    assert complaints == []
    assert elsewhere == []
