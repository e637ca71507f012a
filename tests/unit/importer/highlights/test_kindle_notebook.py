"""The notebook that Kindle's apps export as a page of HTML."""

from __future__ import annotations

import pytest

from studyguide.importer.highlights import find_highlights
from studyguide.importer.highlights.records import HighlightKind

NOTEBOOK = """<?xml version="1.0" encoding="UTF-8"?>
<html><head><style>.noteText { color: #333; }</style></head><body>
<div class='bodyContainer'>
<h1><div class='notebookFor'>Notes and highlights for</div><div class='bookTitle'>The Common Well
</div><div class='authors'>
Pozo, Ana
</div></h1><div class='citation'></div><hr/>
<h2 class='sectionHeading'>Part One</h2><h3 class='noteHeading'>Highlight (<span class='highlight_yellow'>yellow</span>)
 - Page 3 &middot; Location 71</div><div class='noteText'>A well is dug once &amp; kept daily.</h3>
<h3 class='noteHeading'>Note - Page 3 &middot; Location 71</div><div class='noteText'>Ask Ben.</h3>
<h3 class='noteHeading'>Highlight(<span class='highlight_blue'>blue</span>) - 2. The rota
 &gt; Page 9 &middot; Location 123
</div><div class='noteText'>Nobody<br/>owns rain.</h3>
<h3 class='noteHeading'>Note - Location 900</div><div class='noteText'>Where is the map?</h3>
<h3 class='noteHeading'>Bookmark - Page 12 &middot; Location 950</h3>
</div></body></html>
"""


def test_reads_the_notebook() -> None:
    """Wrongly nested tags, entities, chapters, notes at their highlight, notes alone, bookmarks."""
    books = find_highlights(NOTEBOOK, "Notebook.html")
    assert books is not None
    (book,) = books
    assert (book.title, book.authors) == ("The Common Well", ("Ana Pozo",))
    assert [(each.kind.value, each.text, each.locator, each.chapter, each.note) for each in book.highlights] == [
        ("highlight", "A well is dug once & kept daily.", "p. 3", "Part One", "Ask Ben."),
        ("highlight", "Nobody\nowns rain.", "p. 9", "Part One: 2. The rota", ""),
        ("note", "Where is the map?", "loc. 900", "Part One", ""),
        ("bookmark", "", "p. 12", "Part One", ""),
    ]
    assert not any(each.doubt for each in book.highlights)


def test_reads_the_notebook_in_other_languages() -> None:
    """The words for the kinds and places are those of the device."""
    text = (
        '<div class="bookTitle">Brunnen</div><div class="noteHeading">Markierung(gelb) - Seite 12 · Position 130</div>'
        '<div class="noteText">Wasser bleibt.</div><div class="noteHeading">Notiz - Position 400</div>'
        '<div class="noteText">Wer?</div>'
    )
    books = find_highlights(text, "x.html")
    assert books is not None
    assert [(each.kind, each.locator) for each in books[0].highlights] == [
        (HighlightKind.HIGHLIGHT, "p. 12"),
        (HighlightKind.NOTE, "loc. 400"),
    ]


def test_an_entry_whose_heading_says_no_place_is_doubted() -> None:
    """Its words are kept, without a place."""
    text = '<p class="bookTitle">Wells</p><p class="noteHeading">Marked</p><p class="noteText">A gate.</p>'
    books = find_highlights(text, "x.html")
    assert books is not None
    (highlight,) = books[0].highlights
    assert (highlight.text, highlight.locator) == ("A gate.", "")
    assert highlight.doubt


@pytest.mark.parametrize(
    "text", ["<div class='noteText'>Ana</div>", "<p>noteHeading</p>", "<" * 20_000, f"Pasted: {NOTEBOOK}"]
)
def test_other_pages_are_no_notebooks(text: str) -> None:
    """The classes of a notebook must be there; broken markup costs no time."""
    assert find_highlights(text, "x.html") is None
