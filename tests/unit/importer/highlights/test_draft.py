"""The draft of a session that is made of highlights."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyguide.errors import NotesError
from studyguide.importer.draft import BlockKind, Certainty, Draft, DraftBlock, HeaderField, PartKind
from studyguide.importer.highlights import draft_highlights, find_highlights
from studyguide.importer.highlights.records import Highlight, HighlightedBook, HighlightKind
from studyguide.model.locator import Locator
from studyguide.reader.locators import parse_locator


def book(
    *highlights: Highlight, title: str = "The Common Well", authors: tuple[str, ...] = ("Ana Pozo",)
) -> HighlightedBook:
    """Give a book."""
    return HighlightedBook(title=title, authors=authors, highlights=highlights)


def blocks_of(*highlights: Highlight) -> tuple[DraftBlock, ...]:
    """Draft highlights of one book."""
    (part,) = draft_highlights((book(*highlights),)).parts
    return part.blocks


def shown(blocks: tuple[DraftBlock, ...]) -> list[tuple[str, str, str]]:
    """Show blocks as their kind, text and source."""
    return [(each.kind.value, each.text, each.source) for each in blocks]


def quote(text: str, locator: str = "", line: int = 1, note: str = "") -> Highlight:
    """Give a highlight."""
    return Highlight(text=text, locator=locator, line=line, note=note)


def test_one_book_is_the_book_of_the_session() -> None:
    """It gives the title, and a reading of its own with its authors."""
    draft = draft_highlights((book(quote("A well."), authors=("Ana Pozo", "Ben Ruiz")),))
    (part,) = draft.parts
    assert (draft.book, draft.authors) == ("The Common Well", ("Ana Pozo", "Ben Ruiz"))
    assert draft.fields == (HeaderField(name="title", value="The Common Well"),)
    assert (part.kind, part.heading, part.by_line) == (PartKind.READING, "The Common Well", "Ana Pozo, Ben Ruiz")


def test_several_books_are_a_part_each() -> None:
    """Without authors a part is free, and so is one whose author is no name that a reading could open with."""
    gate, key = (
        book(quote("A gate."), title="Gates", authors=()),
        book(quote("A key."), title="Keys", authors=("keys.org",)),
    )
    draft = draft_highlights((book(quote("A well.")), gate, key))
    assert [(part.kind, part.heading, part.by_line) for part in draft.parts] == [
        (PartKind.READING, "The Common Well", "Ana Pozo"),
        (PartKind.FREE, "Gates", ""),
        (PartKind.FREE, "Keys", ""),
    ]
    assert (draft.book, draft.authors) == ("", ())
    assert draft.fields[0].value == "The Common Well; Gates; Keys"
    assert draft.fields[0].doubt


def test_the_day_of_the_last_highlight_is_proposed_and_doubted() -> None:
    """It may be the evening before the meeting, or years ago."""
    days = [date(2024, 5, 6), None, date(2024, 5, 4)]
    entries = (Highlight(text=f"Well {n}.", line=n, when=day) for n, day in enumerate(days, 1))
    draft = draft_highlights((book(*entries),))
    assert draft.fields[1].value == "2024-05-06"
    assert draft.fields[1].doubt.startswith("the day of the last highlight")
    assert [each.certainty for each in draft.findings if each.taken_for == "date"] == [Certainty.UNSURE]


def test_without_days_there_is_no_date() -> None:
    """None is invented."""
    assert [each.name for each in draft_highlights((book(quote("A well.")),)).fields] == ["title"]


def test_a_highlight_is_a_quotation_and_its_note_follows() -> None:
    """The place is the quotation's source; the reader's words stand below as they are, a paragraph each."""
    assert shown(blocks_of(quote("A well.", "p. 12", note="Ask Ben.\nHe knows."))) == [
        ("quotation", "A well.", "p. 12"),
        ("paragraph", "Ask Ben.", ""),
        ("paragraph", "He knows.", ""),
    ]


def test_a_note_alone_ends_with_its_place() -> None:
    """It is a paragraph, its locator in brackets as in running text."""
    note = Highlight(text="Where is the map?\nAnd the key?", line=1, kind=HighlightKind.NOTE, locator="loc. 170")
    assert shown(blocks_of(note)) == [
        ("paragraph", "Where is the map?", ""),
        ("paragraph", "And the key? (loc. 170)", ""),
    ]


def test_paragraphs_of_a_highlight_stay_in_one_quotation() -> None:
    """They are parted by line ends."""
    assert shown(blocks_of(quote("One.\nTwo *bold*.", "p. 3"))) == [("quotation", "One.\nTwo \\*bold\\*.", "p. 3")]


def test_chapters_are_topics() -> None:
    """A heading stands where the chapter changes, and once."""
    chapters = ("Rain", "Rain", "", "Rota")
    entries = (Highlight(text=f"Well {n}.", line=n, chapter=chapter) for n, chapter in enumerate(chapters))
    blocks = blocks_of(*entries)
    assert [each.text for each in blocks] == ["Rain", "Well 0.", "Well 1.", "Well 2.", "Rota", "Well 3."]
    assert [each.level for each in blocks if each.kind is BlockKind.TOPIC] == [3, 3]


def test_highlights_come_in_the_order_of_the_book() -> None:
    """Locators of one unit sort, prelims first; a page of several highlights keeps the order of the file."""
    entries = (
        quote("d", "p. 100"),
        quote("b", "pp. 9-10"),
        quote("a", "p. xii"),
        quote("c", "p. 10"),
        quote("e", "p. 100"),
    )
    assert [each.text for each in blocks_of(*entries)] == ["a", "b", "c", "d", "e"]


def test_two_units_leave_the_order_of_the_file() -> None:
    """Nobody knows whether a location lies before a page."""
    entries = (quote("a", "p. 100"), quote("b", "loc. 9"), quote("c", "p. 10"))
    assert [each.text for each in blocks_of(*entries)] == ["a", "b", "c"]
    assert [each.text for each in blocks_of(quote("a", "p. 100"), quote("b"), quote("c", "p. 10"))] == ["a", "b", "c"]


def test_what_the_device_counts_sorts_before_anything_else() -> None:
    """Kindle gives a location to every clipping, also to those with a page."""
    entries = (
        Highlight(text="b", line=1, locator="p. 12", position=90),
        Highlight(text="c", line=2, locator="loc. 95", position=95),
        Highlight(text="a", line=3, locator="p. 12", position=80),
    )
    assert [each.text for each in blocks_of(*entries)] == ["a", "b", "c"]


def test_brackets_in_the_books_words_are_no_places_in_it() -> None:
    """A book cites pages of other books; what would be read as a place, or as a misspelt one, is escaped."""
    texts = ["See Ruiz (p. 12) and (pg 4).", "(page 9) (2021) (see above)"]
    assert [each.text for each in blocks_of(*map(quote, texts))] == [
        "See Ruiz \\(p. 12) and \\(pg 4).",
        "\\(page 9) (2021) (see above)",
    ]


def test_the_readers_own_places_stay_places() -> None:
    """Only what could not be read is escaped."""
    note = Highlight(text="Compare (p. 12), (pg 4).", line=1, kind=HighlightKind.NOTE)
    assert blocks_of(note)[0].text == "Compare (p. 12), \\(pg 4)."


def test_the_address_of_a_page_stays_as_a_link() -> None:
    """It stands above the quotations; an address that is no link is in the heading only."""
    page = HighlightedBook(title="Wells", highlights=(quote("A well."),), address="https://example.org/wells")
    pdf = HighlightedBook(title="Gates", highlights=(quote("A gate."),), address="urn:x-pdf:1")
    web, paper = draft_highlights((page, pdf)).parts
    assert shown(web.blocks)[0] == ("paragraph", "https://example.org/wells", "")
    assert [each.text for each in paper.blocks] == ["A gate."]


def test_a_guessed_title_is_doubted() -> None:
    """In the header and at the heading; the guide gets no book of that name."""
    draft = draft_highlights(
        (HighlightedBook(title="example.org", highlights=(quote("A well."),), is_title_guessed=True),)
    )
    assert draft.fields[0].doubt
    assert draft.parts[0].doubt
    assert draft.book == ""


def test_everything_is_found_in_the_report() -> None:
    """Every highlight with its line and place; what was left out with all its words."""
    bookmark = Highlight(text="", line=3, kind=HighlightKind.BOOKMARK, locator="p. 30")
    draft = draft_highlights(
        (book(quote("well " * 40, "p. 12", line=2, note="Ask Ben."), bookmark, quote("", "p. 31", line=4)),)
    )
    report = [(each.taken_for, each.words[:12], each.line, each.result) for each in draft.findings]
    assert report == [
        ("book", "The Common W", 1, "by Ana Pozo"),
        ("quotation", "well well we", 2, "p. 12"),
        ("note", "Ask Ben.", 2, "p. 12"),
        ("bookmark", "", 3, "left out; p. 30"),
        ("empty highlight", "", 4, "left out; p. 31"),
    ]
    assert all(len(each.words) <= 80 for each in draft.findings)


def test_a_doubt_reaches_the_block_and_the_report() -> None:
    """A person looks at it in the file, or in the report."""
    draft = draft_highlights((book(Highlight(text="A wll.", line=1, doubt="letters are missing")),))
    assert draft.parts[0].blocks[0].doubt == "letters are missing"
    assert draft.findings[-1].certainty is Certainty.UNSURE


def test_an_export_without_words_is_explained() -> None:
    """Bookmarks alone make no session."""
    bookmark = Highlight(text="", line=1, kind=HighlightKind.BOOKMARK)
    with pytest.raises(NotesError, match="has no highlights in it"):
        draft_highlights((book(bookmark),))


def test_a_book_of_bookmarks_only_has_no_part() -> None:
    """It is in the report."""
    bookmark = Highlight(text="", line=1, kind=HighlightKind.BOOKMARK)
    draft = draft_highlights((book(quote("A well.")), book(bookmark, title="Gates")))
    assert [part.heading for part in draft.parts] == ["The Common Well"]
    assert "Gates" in [each.words for each in draft.findings]


WORD = st.text(
    st.characters(categories=["Lu", "Ll", "Nd", "Po", "Ps", "Pe", "Sm", "Pc"], max_codepoint=0x24F),
    min_size=1,
    max_size=8,
)
SENTENCE = st.lists(WORD, min_size=1, max_size=8).map(" ".join)
ABOUT = st.builds(
    lambda kind, place: f"- Your {kind} on {place} | Added on Monday, 30 December 2024 14:46:33",
    st.sampled_from(["Highlight", "Note"]),
    st.one_of(
        st.integers(1, 60).map(lambda page: f"page {page}"),
        st.integers(1, 400).map(lambda at: f"Location {at}-{at + 2}"),
        st.integers(1, 400).map(lambda at: f"page {at // 16 + 1} | Location {at}"),
    ),
)


@given(st.lists(st.tuples(st.sampled_from(["Wells (Pozo, Ana)", "Gates"]), ABOUT, SENTENCE), min_size=1, max_size=12))
def test_every_word_is_in_the_draft_or_in_the_report(entries: list[tuple[str, str, str]]) -> None:
    """Whatever is merged, moved or dropped, its words can be found; and every place can be read."""
    text = "".join(f"{title}\n{about}\n\n{sentence}\n==========\n" for title, about, sentence in entries)
    books = find_highlights(text, "My Clippings.txt")
    assert books is not None
    if not any(each.text for found in books for each in found.highlights):
        return
    draft = draft_highlights(books)
    kept = _letters(" ".join((*_texts(draft), *(each.words for each in draft.findings))))
    assert all(_letters(sentence) in kept or not _letters(sentence) for _, _, sentence in entries)
    sources = [each.source for part in draft.parts for each in part.blocks if each.source]
    assert all(isinstance(parse_locator(source), Locator) for source in sources)


def _texts(draft: Draft) -> list[str]:
    return [each.text for part in draft.parts for each in part.blocks]


def _letters(words: str) -> str:
    """Give letters and digits only: marks are cleaned and escaped."""
    return re.sub(r"[\W_]+", "", words)
