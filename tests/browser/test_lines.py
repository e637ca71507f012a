"""From the page back to the author's lines: copied, or opened in an editor; and the PDF to take along."""

from __future__ import annotations

from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING

from browser_tabs import AT_WELLS
from playwright.sync_api import expect
from preview_desks import FIRST_LINE, WELLS_FILE, texts_of

from studyguide.diagnostics import error
from studyguide.preview.board import Trouble
from studyguide.preview.proofing import Superseded

if TYPE_CHECKING:
    from browser_tabs import OpenTab, Tab
    from preview_desks import Desk

    from studyguide.artifacts import Places

LONGER_THAN_REST_MILLISECONDS = 1200
"""After less than this a page of a session asks for the line that is read."""


def fail(desk: Desk) -> None:
    """Have line 6 be wrong."""
    problems = (error(desk.span(6), "a date is missing"),)
    desk.board.fail(desk.choice(), Trouble(message="1 problem", hint="", problems=problems))


def read_clipboard(tab: Tab) -> str:
    """Give what was copied last."""
    return str(tab.page.evaluate("navigator.clipboard.readText()"))


def test_the_pdf_is_downloaded_under_its_name(desk: Desk, open_tab: OpenTab) -> None:
    """The key d saves what stands in build/."""
    proof = desk.show("wells")
    tab = open_tab(AT_WELLS)
    tab.expect_pages(proof)

    with tab.page.expect_download() as download:
        tab.page.keyboard.press("d")

    assert download.value.suggested_filename == "02-wells.pdf"
    assert download.value.path().read_bytes() == proof.content


def test_a_click_on_a_page_copies_the_source_line(desk: Desk, open_tab: OpenTab) -> None:
    """So does the key o for what is read."""
    proof = desk.show(*texts_of(2))
    tab = open_tab(AT_WELLS, permissions=["clipboard-read", "clipboard-write"])
    tab.expect_pages(proof)

    tab.picture(1).click(position={"x": 100, "y": 100})

    toast = tab.page.locator("#toast")
    expect(toast).to_have_text(f"{WELLS_FILE} line {FIRST_LINE} - copied")
    assert read_clipboard(tab) == f"{desk.span(FIRST_LINE).path}:{FIRST_LINE}"
    tab.page.keyboard.press("j")
    tab.page.keyboard.press("o")
    expect(toast).to_have_text(f"{WELLS_FILE} line {FIRST_LINE + 1} - copied")


def test_a_line_of_a_whole_guide_is_looked_for_when_somebody_clicks(desk: Desk, open_tab: OpenTab) -> None:
    """TeX sets it once more for that, so it is said while it takes long, and never asked for at rest."""
    may_answer, questions = Event(), Event()

    def find_places() -> Places:
        questions.set()
        may_answer.wait()
        raise Superseded

    proof = desk.proof(*texts_of(2), choice=desk.choice("commons"))
    desk.board.show(replace(proof, find_places=find_places), ())
    tab = open_tab("#commons&audience=participant&paper=letter")
    tab.expect_pages(proof)
    tab.page.keyboard.press("j")
    tab.page.wait_for_timeout(LONGER_THAN_REST_MILLISECONDS)
    assert not questions.is_set()

    tab.picture(2).click(position={"x": 100, "y": 100})

    toast = tab.page.locator("#toast")
    expect(toast).to_have_text("looking for the line…")
    may_answer.set()
    expect(toast).to_contain_text("the files have changed since")
    (complaint,) = tab.complaints
    assert "409" in complaint
    tab.complaints.clear()


def test_an_error_is_copied_or_opened_where_it_stands(desk: Desk, open_tab: OpenTab) -> None:
    """The key e goes to the first problem; the editor that was chosen stays chosen."""
    proof = desk.show("wells")
    tab = open_tab(AT_WELLS, permissions=["clipboard-read", "clipboard-write"])
    tab.expect_pages(proof)
    fail(desk)
    problems = tab.page.get_by_role("region", name="Problems")
    expect(problems).to_be_visible()

    tab.page.keyboard.press("e")
    tab.page.keyboard.press("Enter")
    expect(tab.page.locator("#toast")).to_have_text(f"{WELLS_FILE} line 6 - copied")
    assert read_clipboard(tab) == f"{desk.span(6).path}:6"

    tab.page.get_by_role("button", name="Settings").click()
    tab.page.get_by_label("Open lines in").select_option("vscode")
    tab.page.reload()
    opens = problems.get_by_role("link", name="Open")
    expect(opens).to_have_attribute("href", f"vscode://file{desk.span(6).path}:6:1")
