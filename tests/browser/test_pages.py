"""The pages: what changed is fetched and put in place, and the reader stays where the reader is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from browser_tabs import AT_WELLS
from playwright.sync_api import expect
from preview_desks import BREAD, FIRST_LINE, WELLS, texts_of

if TYPE_CHECKING:
    from browser_tabs import OpenTab
    from preview_desks import Desk

WATCH_FOR_BLANKS = """() => {
    window.blanks = 0;
    const look = () => { window.blanks += document.querySelectorAll("main .page:not(:has(img))").length; };
    new MutationObserver(look).observe(document.querySelector("main"), { childList: true, subtree: true });
}"""


NEVER_AT_REST = """() => {
    const own = window.setTimeout;
    window.setTimeout = (act, time, ...more) => time === 800 ? 0 : own(act, time, ...more);
}"""
"""Takes away the timer by which a page asks for the line that is read, without being told of a build."""


def test_a_save_shows_and_only_the_changed_picture_is_asked_for(desk: Desk, open_tab: OpenTab) -> None:
    """Of three pages near the view, one is fetched, and no page is ever without a picture."""
    old = desk.show(*texts_of(3))
    tab = open_tab(AT_WELLS)
    tab.page.keyboard.press("f")
    tab.expect_pages(old, 1, 2, 3)
    tab.page.evaluate(WATCH_FOR_BLANKS)
    tab.asked.clear()

    new = desk.show(*texts_of(3, other=2))

    tab.expect_pages(new, 1, 2, 3)
    assert tab.digests_asked() == [new.pages[1].digest]
    assert tab.page.evaluate("window.blanks") == 0


@pytest.mark.parametrize("ratio", [1, 2])
def test_a_picture_has_the_pixels_that_it_covers(desk: Desk, open_tab: OpenTab, ratio: int) -> None:
    """On a screen with two pixels a unit the picture has twice as many, neither more nor fewer."""
    proof = desk.show(*texts_of(1))
    tab = open_tab(AT_WELLS, device_scale_factor=ratio)
    tab.expect_pages(proof)

    natural, shown = tab.page.evaluate(
        "() => { const one = document.querySelector('main img'); return [one.naturalWidth, one.clientWidth]; }"
    )

    assert natural == shown * ratio


def test_scroll_and_zoom_stay_when_the_page_that_is_read_changes(desk: Desk, open_tab: OpenTab) -> None:
    """At 150 %, in the middle of page 5, nothing moves."""
    old = desk.show(*texts_of(8))
    tab = open_tab(AT_WELLS)
    tab.expect_pages(old, 1)
    tab.page.get_by_label("Zoom").and_(tab.page.get_by_role("combobox")).select_option("150")
    for _ in range(4):
        tab.page.keyboard.press("j")
    tab.page.keyboard.press("PageDown")
    tab.expect_pages(old, 5)
    place = tab.top_of(5)

    new = desk.show(*texts_of(8, other=5))

    tab.expect_pages(new, 5)
    assert tab.top_of(5) == place
    expect(tab.page.get_by_role("combobox", name="Zoom")).to_have_value("150")


def test_what_is_read_stays_in_place_when_a_page_comes_before_it(desk: Desk, open_tab: OpenTab) -> None:
    """The page that was number 4 is number 5 now, and stands where it stood, with its picture."""
    texts = texts_of(6)
    old = desk.show(*texts)
    tab = open_tab(AT_WELLS)
    tab.expect_pages(old, 1)
    for _ in range(3):
        tab.page.keyboard.press("j")
    tab.expect_pages(old, 4)
    place = tab.top_of(4)

    new = desk.show("a page put before", *texts)

    tab.expect_pages(new, 5)
    assert tab.top_of(5) == place


@pytest.mark.parametrize("announces", [True, False], ids=["long build", "short build"])
def test_what_is_read_stays_in_place_when_every_folio_changes(
    desk: Desk, open_tab: OpenTab, *, announces: bool
) -> None:
    """All six pages become others, for they say "of 7" now: the source lines say where the text went.

    A short build is over before pages are told of it: then they know the line from when they came to rest.
    """
    old = desk.show(*texts_of(6, folio_of=6))
    tab = open_tab(AT_WELLS)
    tab.expect_pages(old, 1)
    if announces:
        tab.page.evaluate(NEVER_AT_REST)
    for _ in range(3):
        tab.page.keyboard.press("j")
    tab.expect_pages(old, 4)
    place = tab.top_of(4)
    if announces:
        desk.board.begin(desk.choice())
    tab.until_asked(r"/place\?.*\bpage=3\b")

    lines = (FIRST_LINE, FIRST_LINE + 1, *range(FIRST_LINE + 1, FIRST_LINE + 6))
    new = desk.show(*texts_of(7, folio_of=7), lines=lines)

    tab.expect_pages(new, 5)
    assert tab.top_of(5) == place


def test_of_many_pages_only_those_near_the_view_are_fetched(desk: Desk, open_tab: OpenTab) -> None:
    """Of 500 pages a few are fetched; the last one comes when the reader goes there."""
    proof = desk.show(*texts_of(500))
    tab = open_tab(AT_WELLS)
    tab.expect_pages(proof, 1, 2)

    tab.page.keyboard.press("End")

    tab.expect_pages(proof, 500)
    assert len(tab.digests_asked()) < 12
    expect(tab.page.get_by_label("Go to page")).to_have_value("500")


def test_the_newest_of_many_quick_changes_is_shown(desk: Desk, open_tab: OpenTab) -> None:
    """Twenty proofs in a row: none may be missed at the end."""
    proof = desk.show(*texts_of(2))
    tab = open_tab(AT_WELLS)
    tab.expect_pages(proof, 1, 2)

    for number in range(20):
        proof = desk.show(f"edit {number}", "page 2")

    tab.expect_pages(proof, 1, 2)
    tab.forgive_lost_pictures()


def test_two_tabs_look_at_different_sessions(desk: Desk, open_tab: OpenTab) -> None:
    """What changes in one is not fetched by the other."""
    bread = desk.show("bread", choice=desk.choice(BREAD))
    wells = desk.show("wells")
    one, other = open_tab(f"#{BREAD}"), open_tab(AT_WELLS)
    one.expect_pages(bread)
    other.expect_pages(wells)
    one.asked.clear()

    new = desk.show("wells, newly set")

    other.expect_pages(new)
    one.expect_pages(bread)
    assert one.digests_asked() == []


def test_the_choice_is_kept_over_reload_back_and_forward(desk: Desk, open_tab: OpenTab) -> None:
    """The address says which session is shown."""
    bread = desk.show("bread", choice=desk.choice(BREAD))
    wells = desk.show("wells")
    tab = open_tab(AT_WELLS)
    tab.expect_pages(wells)

    tab.page.keyboard.press("l")
    tab.page.get_by_role("link", name="Bread").click()
    tab.expect_pages(bread)
    tab.page.reload()
    tab.expect_pages(bread)
    tab.page.go_back()
    tab.expect_pages(wells)
    tab.page.go_forward()

    tab.expect_pages(bread)


def test_the_choice_made_last_wins_while_the_board_changes(desk: Desk, open_tab: OpenTab) -> None:
    """An answer that comes late, to a question that was given up, is not taken for the newest wish."""
    bread = desk.show("bread", choice=desk.choice(BREAD))
    wells = desk.show("wells")
    tab = open_tab(AT_WELLS)
    tab.expect_pages(wells)

    for number in range(15):
        tab.page.evaluate("name => { location.hash = `#${name}`; }", WELLS if number % 2 else BREAD)
        desk.board.say(errand=f"errand {number}")

    tab.expect_state("errand 14")
    tab.expect_pages(bread)
    expect(tab.page).to_have_url(re.compile(f"#{BREAD}&"))


def test_a_choice_that_is_not_heard_of_yet_is_not_taken_back(desk: Desk, open_tab: OpenTab) -> None:
    """The address is another at once, the browser says so later; an answer may come between the two."""
    bread = desk.show("bread", choice=desk.choice(BREAD))
    tab = open_tab(AT_WELLS)
    tab.expect_pages(desk.show("wells"))
    tab.page.evaluate(
        """
      name => {
        const fetched = window.fetch;
        window.fetch = async (...asked) => {
          const answer = await fetched(...asked);
          if (String(asked[0]).startsWith("state?")) {
            const read = answer.json.bind(answer);
            answer.json = async () => {
              const facts = await read();
              window.fetch = fetched;
              location.hash = `#${name}`;
              return facts;
            };
          }
          return answer;
        };
      }
    """,
        BREAD,
    )
    desk.board.say(errand="one errand")
    tab.expect_state("one errand")
    desk.board.say(errand="other errand")

    tab.expect_pages(bread)
    expect(tab.page).to_have_url(re.compile(f"#{BREAD}&"))


def test_the_session_edited_last_is_offered(desk: Desk, open_tab: OpenTab) -> None:
    """One click goes there."""
    bread = desk.show("bread", choice=desk.choice(BREAD))
    wells = desk.show("wells")
    tab = open_tab(AT_WELLS)
    tab.expect_pages(wells)

    desk.board.say(edited=BREAD)
    tab.page.get_by_role("button", name="show it").click()

    tab.expect_pages(bread)
    expect(tab.page.get_by_role("button", name="show it")).to_be_hidden()


def test_the_change_is_jumped_to_and_marked(desk: Desk, open_tab: OpenTab) -> None:
    """The key c goes to page 6, where the line that was set anew is marked."""
    old = desk.show(*texts_of(8))
    tab = open_tab(AT_WELLS)
    tab.page.get_by_label("Go to page").fill("6")
    tab.page.keyboard.press("Enter")
    tab.expect_pages(old, 6)
    tab.page.keyboard.press("Home")

    new = desk.show(*texts_of(8, other=6))
    expect(tab.page.get_by_role("button", name="Jump to the change")).to_be_enabled()
    tab.page.keyboard.press("c")

    expect(tab.page.locator(".page.is-shown-change .band")).to_be_in_viewport()
    tab.expect_pages(new, 6)
    expect(tab.page.get_by_label("Go to page")).to_have_value("6")
