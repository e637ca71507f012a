"""Each announcement has its addresses beside it, to type and to scan, and prints each once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from models import FOLDER, a_book, bullets, call_out, emphasis, line_break, link, numbers, paragraph, words

from studyguide.latex.announcements import set_announcements
from studyguide.latex.apparatus import Apparatus
from studyguide.latex.bare_addresses import without_addresses
from studyguide.latex.fragments import Flow
from studyguide.latex.phrases import phrases_for
from studyguide.latex.setting import Setting
from studyguide.latex.snippets import block_text
from studyguide.model import blocks
from studyguide.model.guide import Audience
from studyguide.model.language import quotation_marks

if TYPE_CHECKING:
    from studyguide.model.blocks import Block, Inline

VOTE = "https://example.org/vote"
CUPS = "https://example.org/cups"


def announce(*content: Block) -> str:
    """Set the blocks of an announcements part."""
    setting = Setting(
        audience=Audience.PARTICIPANT,
        phrases=phrases_for("en"),
        marks=quotation_marks("en"),
        books=(a_book(),),
        apparatus=Apparatus(FOLDER),
        answer_lines=5,
        scope="s1",
    )
    return Flow(set_announcements(content, setting)).dumps()


def test_an_announcement_prints_each_address_once() -> None:
    """Live in the words, in print and to scan at the end."""
    vote = link(VOTE, "Vote")
    body = announce(bullets((paragraph(vote, " soon, ", vote),)))
    assert body.count(r"\WebLink{https://example.org/vote}{Vote}{}") == 2
    assert body.count(r"\Address{https://example.org/vote}") == 1


def test_numbered_announcements_are_announcements_each() -> None:
    """Each with its own address; a list inside one stays a list."""
    body = announce(
        numbers((paragraph(link(VOTE, "Vote")),), (paragraph("Eat."), numbers((paragraph(link(CUPS, "Cups")),))))
    )
    first, second = body.split(r"\end{announcement}")[:2]
    assert (r"\Address{https://example.org/vote}" in first, r"\begin{numbers}" in first) == (True, False)
    assert (r"\Address{https://example.org/cups}" in second, r"\begin{numbers}{1}" in second) == (True, True)


def test_links_in_notes_for_facilitators_are_not_announced() -> None:
    """Participants see the addresses of an announcement."""
    note = call_out(blocks.CallOutKind.FACILITATOR, paragraph(link("https://example.org/key", "the key")))
    assert r"\Address" not in announce(bullets((paragraph("Vote."), note)))


def test_an_address_that_a_sentence_needs_is_not_printed_under_it() -> None:
    """Its code is."""
    body = announce(paragraph("Vote at ", link(VOTE), " before Friday."))
    assert r"Vote at \WebLink{https://example.org/vote}" in body
    assert r"\Address{https://example.org/vote}{}{1" in body


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        ((link(VOTE),), ""),
        (("LA Fair – ", link(VOTE)), "LA Fair"),
        (("LA Fair: ", link(VOTE), "."), "LA Fair"),
        (("LA Fair (", link(VOTE), ")"), "LA Fair"),
        (("LA Fair (", link(VOTE), ")."), "LA Fair."),
        (("The fair opens. ", link(VOTE)), "The fair opens."),
        (("Sign up at ", link(VOTE)), "Sign up at"),
        (("Sign up at ", link(VOTE), " before Friday."), f"Sign up at {VOTE} before Friday."),
        ((link(VOTE), " – LA Fair"), "LA Fair"),
        ((link(VOTE), " is the fair"), f"{VOTE} is the fair"),
        (("LA Fair – ", link(VOTE), ", ", link(CUPS)), "LA Fair"),
        (("LA Fair – ", link(VOTE), " and ", link(CUPS)), "LA Fair"),
        (("LA Fair", line_break(), link(VOTE), line_break(), "Bring a cup."), "LA Fair Bring a cup."),
        ((emphasis("LA Fair"), " – ", link(VOTE)), "LA Fair"),
        ((link(VOTE, "Vote"), " – ", link(CUPS)), "Vote"),
        (("Bring a cup.",), "Bring a cup."),
    ],
)
def test_words_lose_the_addresses_at_their_ends(content: tuple[str | Inline, ...], kept: str) -> None:
    """With the dash or the bracket that led to them; in the middle of a sentence they stay."""
    shortened, dropped = without_addresses((paragraph(*content),))
    assert block_text(shortened) == kept
    bare = [each.address for each in words(*content) if isinstance(each, blocks.Link) and each.is_bare]
    assert [each.address for each in dropped] == ([] if VOTE in kept else bare)


def test_items_of_nothing_but_an_address_go() -> None:
    """A bullet without words says nothing; a list without items neither."""
    kept, dropped = without_addresses((bullets((paragraph(link(VOTE)),), (paragraph("Eat."),)),))
    assert [len(block.items) for block in kept if isinstance(block, blocks.ListBlock)] == [1]
    assert [each.address for each in dropped] == [VOTE]
    assert without_addresses((bullets((paragraph(link(VOTE)),)),))[0] == ()
