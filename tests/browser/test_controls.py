"""The controls: each has a name and can be reached, and does what it says by key, by click and for a screen reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser_tabs import AT_WELLS
from playwright.sync_api import expect
from preview_desks import texts_of

from studyguide.diagnostics import error
from studyguide.model.guide import Audience
from studyguide.preview.board import Trouble

if TYPE_CHECKING:
    from browser_tabs import OpenTab
    from playwright.sync_api import Page
    from preview_desks import Desk

CONTROLS = {"button", "link", "combobox", "textbox", "searchbox", "checkbox"}
LANDMARKS = {"navigation", "region", "dialog", "main"}
DARK_DESK, LIGHT_DESK, WHITE = "rgb(26, 25, 23)", "rgb(231, 227, 220)", "rgb(255, 255, 255)"
WALK_LIMIT = 60
"""More stops than the page has: a walk that is longer has no end."""

FOCUSED = """() => {
    const one = document.activeElement;
    return [one.id || one.getAttribute("aria-label") || one.tagName, getComputedStyle(one).outlineStyle];
}"""


def fail(desk: Desk) -> None:
    """Have line 6 be wrong."""
    problems = (error(desk.span(6), "a date is missing"),)
    desk.board.fail(desk.choice(), Trouble(message="1 problem", hint="", problems=problems))


def walk(page: Page) -> list[tuple[str, str]]:
    """Go from stop to stop with the Tab key until the first one comes again: what each is, how its focus is shown."""
    stops: list[tuple[str, str]] = []
    for _ in range(WALK_LIMIT):
        page.keyboard.press("Tab")
        name, outline = page.evaluate(FOCUSED)
        if stops and name == stops[0][0]:
            return stops
        if name != "BODY":
            stops.append((name, outline))
    pytest.fail(f"the walk has no end: {stops}")


def test_the_tab_key_reaches_every_control_and_goes_round(desk: Desk, open_tab: OpenTab) -> None:
    """Each stop shows that it has the focus; the thumbnails are one stop, in which the arrows go on."""
    proof = desk.show(*texts_of(3))
    fail(desk)
    tab = open_tab(AT_WELLS, width=1300)
    tab.expect_pages(proof)
    expect(tab.page.get_by_role("region", name="Problems")).to_be_visible()
    tab.page.keyboard.press("j")

    stops = walk(tab.page)

    names = [name for name, _ in stops]
    assert {
        *("show-thumbnails", "session", "audience", "paper", "previous", "page-field", "next", "zoom-out", "zoom"),
        *("zoom-in", "download", "show-settings", "show-help", "page 2 of 3", "pages", "hide-problems"),
        "show-problems",
    } <= set(names)
    assert f"Copy {desk.span(6).path}:6" in names
    assert len(names) == len(set(names))
    assert [name for name, outline in stops if outline == "none"] == []


def test_every_control_has_a_name(desk: Desk, open_tab: OpenTab) -> None:
    """So says the tree that a screen reader gets, with everything open."""
    proof = desk.show(*texts_of(3))
    fail(desk)
    tab = open_tab(AT_WELLS, width=1300)
    tab.expect_pages(proof)
    expect(tab.page.get_by_role("region", name="Problems")).to_be_visible()
    session = tab.page.context.new_cdp_session(tab.page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    for open_it in ("Session: Wells", "Settings", "Help: the keys"):
        tab.page.get_by_role("button", name=open_it).click()
        nodes += session.send("Accessibility.getFullAXTree")["nodes"]
        tab.page.keyboard.press("Escape")

    named = [(node["role"]["value"], node.get("name", {}).get("value", "")) for node in nodes if not node["ignored"]]

    roles = {role for role, _ in named}
    assert CONTROLS - {"searchbox"} | LANDMARKS <= roles
    assert [role for role, name in named if role in CONTROLS | LANDMARKS | {"image"} and not name.strip()] == []
    assert {("image", "page 1 of 3"), ("image", "page 3 of 3")} <= set(named)


def test_keys_turn_pages_and_set_the_zoom(desk: Desk, open_tab: OpenTab) -> None:
    """j, k, arrows, Home and End; + - 0 w f."""
    proof = desk.show(*texts_of(5))
    tab = open_tab(AT_WELLS)
    tab.expect_pages(proof)
    field, zoom = tab.page.get_by_label("Go to page"), tab.page.get_by_role("combobox", name="Zoom")
    for key, label in (("j", "2"), ("ArrowRight", "3"), ("k", "2"), ("ArrowLeft", "1"), ("End", "5"), ("Home", "1")):
        tab.page.keyboard.press(key)
        expect(field).to_have_value(label)
    for key, value in (("0", "100"), ("+", "110"), ("-", "100"), ("w", "width"), ("f", "page")):
        tab.page.keyboard.press(key)
        expect(zoom).to_have_value(value)


def test_keys_of_one_letter_can_be_switched_off(desk: Desk, open_tab: OpenTab) -> None:
    """Who dictates or has another use for them keeps the arrows."""
    proof = desk.show(*texts_of(3))
    tab = open_tab(AT_WELLS)
    tab.expect_pages(proof)
    tab.page.get_by_role("button", name="Settings").click()
    tab.page.get_by_label("Keys of one letter").uncheck()
    tab.page.keyboard.press("Escape")

    tab.page.get_by_role("main").focus()
    tab.page.keyboard.press("j")
    expect(tab.page.get_by_label("Go to page")).to_have_value("1")
    tab.page.keyboard.press("ArrowRight")

    expect(tab.page.get_by_label("Go to page")).to_have_value("2")


def test_the_help_lists_the_keys_and_closes(desk: Desk, open_tab: OpenTab) -> None:
    """A question mark opens it, Escape closes it."""
    desk.show("wells")
    tab = open_tab(AT_WELLS)
    expect(tab.picture(1)).to_be_visible()

    tab.page.keyboard.press("?")

    dialog = tab.page.get_by_role("dialog", name="Keys")
    expect(dialog).to_contain_text("jump to the change")
    tab.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_audience_and_paper_are_switched(desk: Desk, open_tab: OpenTab) -> None:
    """The board is asked for the variant; while it is made the page says so."""
    proof = desk.show("wells")
    tab = open_tab(AT_WELLS)
    tab.expect_pages(proof)

    tab.page.get_by_label("Audience").select_option("facilitator")

    expect(tab.page.locator("#empty")).to_have_text("Building Wells…")
    variant = desk.choice(audience=Audience.FACILITATOR)
    assert variant in desk.board.wanted()
    other = desk.show("wells, for facilitators", choice=variant)
    tab.expect_pages(other)


def test_thumbnails_lead_to_their_pages(desk: Desk, open_tab: OpenTab) -> None:
    """They are hidden where there is little room, and the key t shows them."""
    proof = desk.show(*texts_of(4))
    tab = open_tab(AT_WELLS)
    tab.expect_pages(proof)
    thumbnails = tab.page.get_by_role("navigation", name="Thumbnails")
    expect(thumbnails).to_be_hidden()

    tab.page.keyboard.press("t")
    thumbnails.get_by_role("button", name="page 3 of 4").click()

    expect(tab.page.get_by_label("Go to page")).to_have_value("3")
    expect(thumbnails.get_by_role("button", name="page 3 of 4")).to_have_attribute("aria-current", "true")
    tab.page.keyboard.press("End")
    expect(thumbnails.get_by_role("button", name="page 4 of 4")).to_be_in_viewport(ratio=1)
    tab.page.keyboard.press("Home")
    expect(thumbnails.get_by_role("button", name="page 1 of 4")).to_be_in_viewport(ratio=1)


def test_dark_mode_follows_the_system_unless_told_otherwise(desk: Desk, open_tab: OpenTab) -> None:
    """The setting is stronger, and is kept; the pages stay white."""
    proof = desk.show("wells")
    tab = open_tab(AT_WELLS, color_scheme="dark")
    tab.expect_pages(proof)
    desktop, sheet = tab.page.locator("body"), tab.page.locator(".page")
    expect(desktop).to_have_css("background-color", DARK_DESK)
    expect(sheet).to_have_css("background-color", WHITE)
    tab.page.emulate_media(color_scheme="light")
    expect(desktop).to_have_css("background-color", LIGHT_DESK)

    tab.page.get_by_role("button", name="Settings").click()
    tab.page.get_by_label("Colours").select_option("dark")
    tab.page.reload()

    expect(desktop).to_have_css("background-color", DARK_DESK)
    expect(sheet).to_have_css("background-color", WHITE)


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_nothing_sticks_out_of_a_narrow_window(desk: Desk, open_tab: OpenTab, width: int) -> None:
    """From 320 pixels on all tools have room, with an error, too."""
    desk.call_wells("A session with a title that has no end in sight, and then goes on for a while")
    proof = desk.show(*texts_of(2))
    fail(desk)
    tab = open_tab(AT_WELLS, width=width, height=640)
    tab.expect_pages(proof)

    sticking_out = tab.page.evaluate(
        """() => [...document.querySelectorAll("header *, footer *, #problems *, .marks *")]
            .filter((one) => one.checkVisibility() && !one.closest(".unseen"))
            .filter((one) => one.getBoundingClientRect().right > innerWidth || one.getBoundingClientRect().left < 0)
            .map((one) => one.id || one.className || one.tagName)"""
    )

    assert sticking_out == []


def test_print_leaves_out_the_tools(desk: Desk, open_tab: OpenTab) -> None:
    """Only the pages go to the printer."""
    proof = desk.show("wells")
    tab = open_tab(AT_WELLS)
    tab.expect_pages(proof)

    tab.page.emulate_media(media="print")

    expect(tab.page.get_by_role("banner")).to_be_hidden()
    expect(tab.page.locator("footer")).to_be_hidden()
    expect(tab.picture(1)).to_be_visible()
