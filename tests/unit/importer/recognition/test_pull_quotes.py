"""Pull quotes are proposed sparingly: whole sentences with a page, one on a page, a page apart."""

from __future__ import annotations

import pytest

from studyguide.importer.draft import BlockKind, Certainty, DraftBlock, DraftPart, PartKind
from studyguide.importer.recognition.pull_quotes import LONGEST, SHORTEST, WORDS_ON_A_PAGE, propose_pull_quotes

SENTENCE = "What one village can close with a rope, two villages can keep open together."
FILLER = DraftBlock(kind=BlockKind.PARAGRAPH, text="well " * (WORDS_ON_A_PAGE // 2), line=1)
PAGE = DraftBlock(kind=BlockKind.PARAGRAPH, text="well " * WORDS_ON_A_PAGE, line=1)


def item(
    words: str = SENTENCE, locator: str = "p. 430", *, depth: int = 1, label: str = "", doubt: str = ""
) -> DraftBlock:
    """Make an item that is a quotation with its page."""
    text = f"“{words}” ({locator})" if locator else f"“{words}”"
    return DraftBlock(kind=BlockKind.ITEM, text=text, line=7, depth=depth, label=label, doubt=doubt)


def quotation(words: str = SENTENCE, source: str = "p. 430") -> DraftBlock:
    """Make a block quote."""
    return DraftBlock(kind=BlockKind.QUOTATION, text=words, line=7, source=source)


def propose(*blocks: DraftBlock, kind: PartKind = PartKind.READING) -> list[DraftBlock]:
    """Give the pull quotes proposed in a part that opens with half a page."""
    part = DraftPart(kind=kind, heading="Wells", line=1, blocks=(FILLER, *blocks))
    (made,), findings = propose_pull_quotes((part,))
    quotes = [each for each in made.blocks if each.kind is BlockKind.PULL_QUOTE]
    assert [each.words for each in findings] == [each.text for each in quotes]
    assert len(made.blocks) == len(part.blocks)
    return quotes


def test_a_whole_sentence_with_a_page_is_proposed() -> None:
    """It is set without its marks; the page is its source; its item becomes the quotation under the one before."""
    (quote,) = propose(item(depth=2))
    assert (quote.text, quote.source, quote.depth, quote.line) == (SENTENCE, "p. 430", 1, 7)
    (quote,) = propose(quotation())
    assert (quote.text, quote.source, quote.depth) == (SENTENCE, "p. 430", 0)


def test_it_is_only_likely() -> None:
    """A person chooses again."""
    part = DraftPart(kind=PartKind.FREE, heading="", line=1, blocks=(FILLER, item()))
    _, (finding,) = propose_pull_quotes((part,))
    assert (finding.taken_for, finding.certainty, finding.result) == ("pull quote", Certainty.LIKELY, "p. 430")


@pytest.mark.parametrize(
    "block",
    [
        item("Too short."),
        item("Wells and " * 40 + "ropes."),
        item("what begins in the middle of a sentence of the book is no sentence."),
        item("This one has no stop at its end, so that nobody knows how it went on"),
        item("This one leaves … something out of the sentence in its middle, sadly."),
        item("This one holds “another quotation” in the middle of the sentence, sadly."),
        item("This one is *set off* in the middle of the sentence that it is, sadly."),
        item(locator=""),
        item(locator="ch. 3"),
        item(label="1"),
        item(doubt="is p. 430 a page of the book?"),
        quotation(f"{SENTENCE}\n{SENTENCE}"),
        DraftBlock(kind=BlockKind.PARAGRAPH, text=f"“{SENTENCE}” (p. 430)", line=7),
        DraftBlock(kind=BlockKind.ITEM, text=f"Ana: “{SENTENCE}” (p. 430)", line=7, depth=1),
    ],
)
def test_what_is_not_proposed(block: DraftBlock) -> None:
    """Fragments, lists of several, doubtful pages, words around the quotation."""
    assert propose(block) == []


@pytest.mark.parametrize(("length", "count"), [(SHORTEST - 1, 0), (SHORTEST, 1), (LONGEST, 1), (LONGEST + 1, 0)])
def test_length(length: int, count: int) -> None:
    """Not too short to say something, not too long to be read at a glance."""
    assert len(propose(item(f"W{'e' * (length - 2)}."))) == count


def test_a_quotation_with_notes_under_it_is_left() -> None:
    """They belong to it, and would hang in the air."""
    assert propose(item(), item("A note", "", depth=2)) == []
    assert len(propose(item(), item("A neighbour", "", depth=1))) == 1


def test_never_two_on_one_page_of_the_book() -> None:
    """However far apart they stand in the notes."""
    quotes = propose(item(locator="p. 430"), PAGE, item(locator="p. 430"), item(locator="p. 431"))
    assert [each.source for each in quotes] == ["p. 430", "p. 431"]


def test_at_least_a_page_apart() -> None:
    """Two large quotations would stand on one page of the handout."""
    quotes = propose(
        item(locator="p. 1"), item(locator="p. 2"), FILLER, item(locator="p. 3"), PAGE, item(locator="p. 4")
    )
    assert [each.source for each in quotes] == ["p. 1", "p. 4"]


def test_pages_are_counted_through_all_parts() -> None:
    """A new part begins no new page."""
    parts = tuple(
        DraftPart(kind=PartKind.READING, heading="", line=1, blocks=(FILLER, item(locator=f"p. {number}")))
        for number in range(1, 5)
    )
    made, _ = propose_pull_quotes(parts)
    assert [any(each.kind is BlockKind.PULL_QUOTE for each in part.blocks) for part in made] == [
        True, False, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize("kind", [PartKind.QUESTIONS, PartKind.ROUND, PartKind.ANNOUNCEMENTS])
def test_only_from_what_was_read(kind: PartKind) -> None:
    """Nobody's words in a round are set large."""
    assert propose(item(), kind=kind) == []


def test_never_first() -> None:
    """A part opens with words, not with a large quotation."""
    part = DraftPart(kind=PartKind.READING, heading="Wells", line=1, blocks=(item(), PAGE, item()))
    (made,), _ = propose_pull_quotes((part,))
    assert [each.kind is BlockKind.PULL_QUOTE for each in made.blocks] == [False, False, True]
