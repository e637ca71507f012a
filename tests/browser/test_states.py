"""What the page says when things go wrong: the last good pages stay, and nothing is missed afterwards."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from browser_tabs import AT_WELLS
from playwright.sync_api import expect
from preview_desks import Desk, a_desk, texts_of

from studyguide.diagnostics import error, warning
from studyguide.preview.board import Trouble

if TYPE_CHECKING:
    from browser_tabs import OpenTab, StartServer, Tab

    from studyguide.preview.server import PreviewServer

MESSAGE = '`pages` ends before it begins: "48-31"'
HINT = 'write the first page first, as in "31-48"'
OTHER_TOKEN = "00112233" * 4


def fail(desk: Desk, *, is_flawed: bool = False) -> None:
    """Have a save go wrong: its first problem stands on line 6."""
    desk.board.begin(desk.choice())
    problems = (error(desk.span(6), MESSAGE, HINT), error(desk.span(40), 'the image "well.png" is not there'))
    trouble = Trouble(message="2 problems", hint="", problems=problems)
    flawed = desk.proof(*texts_of(2, other=1), is_flawed=True) if is_flawed else None
    desk.board.fail(desk.choice(), trouble, flawed)


def port_of(server: PreviewServer) -> int:
    """Give the port of an address."""
    found = re.search(r":(\d+)/", server.address)
    assert found is not None
    return int(found[1])


def marks(tab: Tab) -> list[str]:
    """Give the marks that stand over the pages."""
    return tab.page.locator("#marks p").all_text_contents()


def test_an_error_keeps_the_last_good_pages_and_lists_its_places(desk: Desk, open_tab: OpenTab) -> None:
    """The pages are marked as stale, each problem says where, what and how to mend it; the next good proof ends it."""
    good = desk.show(*texts_of(2))
    tab = open_tab(AT_WELLS)
    tab.expect_pages(good)

    fail(desk)

    problems = tab.page.get_by_role("region", name="Problems")
    expect(problems.get_by_role("listitem")).to_have_count(2)
    expect(problems).to_contain_text("2 errors")
    expect(problems).to_contain_text('pages ends before it begins: "48-31"')
    expect(problems).to_contain_text(f"{desk.span(6)}")
    expect(problems).to_contain_text(HINT)
    expect(tab.page.get_by_role("alert")).to_contain_text("2 errors")
    tab.expect_state("stale since 12:03:11")
    assert marks(tab) == ["stale since 12:03:11"]
    assert tab.page.title() == "Error: Wells"
    tab.expect_pages(good)

    mended = desk.show(*texts_of(2, other=1))

    tab.expect_pages(mended)
    expect(problems).to_be_hidden()
    tab.expect_state("up to date, 12:03:11")
    assert marks(tab) == []
    assert tab.page.title() == "Wells"


def test_flawed_pages_are_shown_marked_and_not_handed_out(desk: Desk, open_tab: OpenTab) -> None:
    """TeX went on: its pages may be looked at, but the download is off."""
    good = desk.show(*texts_of(2))
    tab = open_tab(AT_WELLS)
    tab.expect_pages(good)
    download = tab.page.locator("#download")
    expect(download).to_have_attribute("href", re.compile("^pdf"))

    fail(desk, is_flawed=True)

    tab.expect_state("flawed pages: TeX stumbled; not in build/")
    expect(tab.page.locator("#marks")).to_have_text("flawed pages: TeX stumbled; not in build/")
    expect(tab.picture(1)).not_to_have_attribute("src", re.compile(good.pages[0].digest))
    assert download.get_attribute("href") is None
    assert download.get_attribute("aria-disabled") == "true"


def test_warnings_wait_until_they_are_asked_for(desk: Desk, open_tab: OpenTab) -> None:
    """They are counted at the foot, and cover nothing."""
    proof = desk.proof("wells")
    desk.board.show(proof, (warning(desk.span(3), "a long line"),))
    tab = open_tab(AT_WELLS)
    tab.expect_pages(proof)
    problems = tab.page.get_by_role("region", name="Problems")
    expect(problems).to_be_hidden()

    tab.page.get_by_role("button", name="1 warning").click()

    expect(problems.get_by_role("listitem")).to_have_text(re.compile("a long line"))


def test_a_first_build_that_fails_says_why_there_are_no_pages(desk: Desk, open_tab: OpenTab) -> None:
    """There is nothing to keep, so the reason stands in the middle."""
    fail(desk)

    tab = open_tab(AT_WELLS)

    expect(tab.page.locator("#empty")).to_have_text("No pages yet: 2 problems")


def test_building_is_said(desk: Desk, open_tab: OpenTab) -> None:
    """So are the errand and how changes are noticed."""
    tab = open_tab(AT_WELLS)
    desk.board.say(errand="making the other files")

    desk.board.begin(desk.choice())

    tab.expect_state("building…")
    tab.expect_state("making the other files")
    tab.expect_state("changes arrive in 3 ms")


def test_a_server_that_comes_back_is_found_again(
    desk: Desk, server: PreviewServer, open_tab: OpenTab, start_server: StartServer
) -> None:
    """It counts its versions from 1 again: what it shows is not missed, and the reader stays where the reader was."""
    old = desk.show(*texts_of(6))
    for number in range(9):
        desk.board.say(errand=f"errand {number}")
    tab = open_tab(AT_WELLS)
    tab.expect_pages(old)
    for _ in range(3):
        tab.page.keyboard.press("j")
    tab.expect_pages(old, 4)
    place = tab.top_of(4)

    server.stop()
    tab.expect_state("connection lost, trying again")
    tab.expect_pages(old, 4)
    later = Desk(folder=desk.folder)
    start_server(later.board, port=port_of(server))
    tab.expect_state("no session yet")
    tab.expect_pages(old, 4)
    later.call_wells("Wells")
    new = later.show(*texts_of(6, other=4))

    tab.expect_pages(new, 4)
    tab.expect_state("up to date")
    assert tab.top_of(4) == place
    tab.forgive_lost_pictures()


def test_a_server_with_another_address_is_not_mistaken_for_the_old_one(
    desk: Desk, server: PreviewServer, open_tab: OpenTab, start_server: StartServer
) -> None:
    """The page says what to do, and keeps what it shows."""
    good = desk.show(*texts_of(2))
    tab = open_tab(AT_WELLS)
    tab.expect_pages(good)

    server.stop()
    start_server(a_desk(desk.folder).board, port=port_of(server), token=OTHER_TOKEN)

    tab.expect_state("run studyguide watch again and open the address that it prints")
    tab.expect_pages(good)
    tab.forgive_lost_pictures()
