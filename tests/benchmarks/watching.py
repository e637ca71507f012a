"""While people write: from a save to the whole PDF and to the picture in a browser, beside `latexmk -pvc`.

Comes in: an empty folder, how many edits. Goes out: the times of each contender, and what the watchers hold.
Everybody works in turns; who has no turn stands still. Left to others: one process (`background`), the browser (`tab`).
"""

from __future__ import annotations

import re
import shutil
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from background import Background, Footprint, running
from contests import STUDYGUIDE, VARIANT, empty, run_studyguide
from saving import Draft, Print, find_page
from tab import browsing, open_tab
from year import EIGHT_PAGES, FIRST_DAY, WEEKS, write_year

from studyguide.prepress import describe_pages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from playwright.sync_api import Browser
    from tab import Tab

PAGES = 8
"""How long the session is that is edited."""

MANY_TIMES = 10
"""How many times as long the longer guide is."""

SHORT, LONG, PEER = "studyguide", "ten times as long", "latexmk -pvc"
"""What the contenders are called."""

SESSION = f"{FIRST_DAY}-wells"
NAME = f"year/{SESSION}"

LATEXMK = ("latexmk", "-lualatex", "-pvc", "-view=none", "document.tex")
LATEXMK_PAUSE_SECONDS = 2.0
"""How often latexmk looks at its files by default (`$sleep_time`)."""

REST_SECONDS = 0.3
"""How long a watcher rests between two saves: people do not type faster, and it stays under `live.QUIET_SECONDS`."""

SETTLE_SECONDS = 300.0
"""How long a watcher may take to make its first proof and to read all sessions."""

UNHURRIED_SECONDS = 0.5
"""How often to look whether a watcher has come to rest, which costs it an answer each time."""

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/\S+")
"""Where a watcher says that its page is."""

GOLDEN = 0.618
"""Steps of this part of the pause come to all its moments alike (the golden ratio), and the same in every run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What followed one save: seconds until the PDF and until the picture, and of processors."""

    pdf: float
    pixels: float | None
    processors: float


@dataclass(slots=True, kw_only=True)
class Record:
    """All edits of one contender, and what it held after the first and after the last of them."""

    edits: list[Edit] = field(default_factory=list)
    start: Footprint
    end: Footprint


class Watching(Protocol):
    """Who builds while a source is edited."""

    background: Background

    def get_ready(self) -> None:
        """Come to rest after standing still."""

    def edit(self) -> Edit:
        """Save, and wait for what follows."""


@dataclass(slots=True, kw_only=True)
class Ours:
    """`studyguide watch`, and a tab that looks at the page that changes."""

    background: Background
    draft: Draft
    pdf: Print
    tab: Tab

    def get_ready(self) -> None:
        """Save once: what it did not make while it stood still gives way to that."""
        self.edit()
        time.sleep(REST_SECONDS)

    def edit(self) -> Edit:
        """Save, and wait for the PDF and for the picture of its page."""
        self.tab.look()
        before = self.background.processor_seconds()
        saved_at = self.draft.save()
        made_at = self.await_pdf()
        shown_at = self.await_picture()
        after = self.background.processor_seconds()
        return Edit(pdf=made_at - saved_at, pixels=shown_at - saved_at, processors=after - before)

    def await_pdf(self) -> float:
        """Give the time at which the PDF of the last save was there.

        Raises:
            ContenderFailed: when it does not come.
        """
        return self.background.wait_for(lambda: self.pdf.find(self.draft.word), "PDF")

    def await_picture(self) -> float:
        """Give the time at which the changed page of that PDF was on the screen; its digest is in the address.

        Raises:
            ContenderFailed: when it does not come.
        """
        self.tab.await_picture()
        return self.tab.await_picture(describe_pages(self.pdf.content)[self.pdf.page].digest)


@dataclass(slots=True, kw_only=True)
class Latexmk:
    """`latexmk -pvc` without a viewer."""

    background: Background
    draft: Draft
    pdf: Print
    turns: int = 0

    def get_ready(self) -> None:
        """Come to any moment of the pause between two of its looks."""
        self.turns += 1
        time.sleep(self.turns * GOLDEN % 1.0 * LATEXMK_PAUSE_SECONDS)

    def edit(self) -> Edit:
        """Save, wait for the PDF, and then until it looks for changes again."""
        before = self.background.processor_seconds()
        saved_at = self.draft.save()
        made_at = self.background.wait_for(lambda: self.pdf.find(self.draft.word), "PDF")
        self.background.wait_until_alone()
        after = self.background.processor_seconds()
        return Edit(pdf=made_at - saved_at, pixels=None, processors=after - before)


def watch_edits(work: Path, edits: int, environment: Mapping[str, str]) -> dict[str, Record]:
    """Let all contenders follow so many edits, in turns.

    Raises:
        ContenderFailed: when one does not follow.
    """
    with ExitStack() as stack:
        browser = stack.enter_context(browsing())
        ours = stack.enter_context(watching_guide(SHORT, work / "short", WEEKS, browser, environment))
        ours.background.sleep()
        longer = stack.enter_context(watching_guide(LONG, work / "long", MANY_TIMES * WEEKS, browser, environment))
        longer.background.sleep()
        latexmk = stack.enter_context(watching_tex(work / "short", work / "latexmk", environment))
        latexmk.background.sleep()
        records = take_turns({SHORT: ours, LONG: longer, PEER: latexmk}, edits)
        for each in (ours, longer):
            each.background.wake()
            each.tab.check_clock()
        return records


def take_turns(contenders: Mapping[str, Watching], edits: int) -> dict[str, Record]:
    """Give each contender a turn for every edit, after one turn that warms up."""
    records: dict[str, Record] = {}
    for _ in range(edits + 1):
        for name, contender in contenders.items():
            contender.background.wake()
            contender.get_ready()
            edit = contender.edit()
            footprint = contender.background.footprint()
            contender.background.sleep()
            if name not in records:
                records[name] = Record(start=footprint, end=footprint)
                continue
            records[name].edits.append(edit)
            records[name].end = footprint
    return records


@contextmanager
def watching_guide(
    name: str, folder: Path, sessions: int, browser: Browser, environment: Mapping[str, str]
) -> Iterator[Ours]:
    """Have a guide of so many sessions watched, and its first one looked at, until the context ends.

    Raises:
        ContenderFailed: when the watcher does not come to rest.
    """
    empty(folder)
    guide = write_year(folder, sessions, left_out=EIGHT_PAGES)
    pdf = folder / "build" / f"{NAME}.pdf"
    command = (STUDYGUIDE, "watch", "guides/year", "--no-open", "--output", "build")
    with running(name, command, folder=folder, environment=environment) as background:
        address = background.wait_for(lambda: ADDRESS.search(background.words()), "address")
        tab = open_tab(browser, address[0], NAME)
        background.wait_for(
            lambda: tab.is_settled() or None, "rest", seconds=SETTLE_SECONDS, every_seconds=UNHURRIED_SECONDS
        )
        ours = Ours(
            background=background,
            draft=Draft(guide / "sessions" / f"{SESSION}.md"),
            pdf=Print(pdf, find_page(pdf.read_bytes(), PAGES)),
            tab=tab,
        )
        tab.observe(ours.pdf.page)
        yield ours


@contextmanager
def watching_tex(short: Path, folder: Path, environment: Mapping[str, str]) -> Iterator[Latexmk]:
    """Have latexmk watch the LaTeX of the session that is edited in the short guide, until the context ends.

    Raises:
        ContenderFailed: when latexmk does not make it.
    """
    session = short / "guides" / "year" / "sessions" / f"{SESSION}.md"
    kept, output = folder.with_name("tex"), folder.with_name("tex-output")
    run_studyguide((str(session), *VARIANT, "--keep-tex", str(kept), "--output", str(output)), environment)
    shutil.copytree(kept / SESSION, folder)
    with running(PEER, LATEXMK, folder=folder, environment=environment) as background:
        pdf = Print(folder / "document.pdf")
        background.wait_for(lambda: pdf.find(""), "first PDF")
        background.wait_until_alone()
        pdf.page = find_page(pdf.path.read_bytes(), PAGES)
        yield Latexmk(background=background, draft=Draft(folder / "document.tex"), pdf=pdf)
