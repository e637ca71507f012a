"""Kindle's `My Clippings.txt`: places, notes, versions and languages."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyguide.importer.draft import Certainty
from studyguide.importer.highlights import find_highlights
from studyguide.importer.highlights.records import Highlight, HighlightedBook, HighlightKind
from studyguide.model.locator import Locator, LocatorLabel
from studyguide.reader.locators import parse_locator

ADDED = "Added on Monday, 30 December 2024 14:46:33"


def entry(about: str, text: str, title: str = "The Common Well (Pozo, Ana)") -> str:
    """Write an entry as the device does."""
    return f"{title}\n- {about}\n\n{text}\n==========\n"


def read(*entries: str) -> HighlightedBook:
    """Read clippings of one book."""
    books = find_highlights("".join(entries), "My Clippings.txt")
    assert books is not None
    (book,) = books
    return book


def read_one(about: str, text: str = "A well is dug once.") -> Highlight:
    """Read one clipping."""
    (highlight,) = read(entry(about, text)).highlights
    return highlight


@pytest.mark.parametrize(
    ("about", "locator"),
    [
        (f"Your Highlight on page 12 | Location 170-172 | {ADDED}", "p. 12"),
        (f"Your Highlight on page 12 | location 170-172 | {ADDED}", "p. 12"),
        (f"Your Highlight on Page 12-13 | Loc. 170-72 | {ADDED}", "pp. 12-13"),
        (f"Your Highlight on Location 170-172 | {ADDED}", "loc. 170-172"),
        (f"Your Highlight on Location 403-403 | {ADDED}", "loc. 403"),
        (f"Your Highlight at location 680-82 | {ADDED}", "loc. 680-682"),
        (f"Highlight Loc. 345-47 | {ADDED}", "loc. 345-347"),
        (f"Your Highlight on page xii-xiv | {ADDED}", "pp. xii-xiv"),
        (f"Your Highlight on page ix | location 247-248 | {ADDED}", "p. ix"),
        (f"Your Highlight on page 5-5 | {ADDED}", "p. 5"),
        (f" Your\u00a0Highlight on page \u200e9 | {ADDED}", "p. 9"),
        ("Your Highlight on page 12 | Location 170-172", "p. 12"),
    ],
)
def test_a_page_gives_a_page_and_a_location_a_location(about: str, locator: str) -> None:
    """Where the device knows the page it is the place; a location is never turned into a page."""
    highlight = read_one(about)
    assert highlight.locator == locator
    assert highlight.kind is HighlightKind.HIGHLIGHT
    assert not highlight.doubt


@pytest.mark.parametrize(
    ("about", "kind", "locator", "day"),
    [
        (
            "La subrayado en la página 12 | posición 170-172 | Añadido el lunes, 24 de diciembre de 2018 20:12:53",
            HighlightKind.HIGHLIGHT,
            "p. 12",
            date(2018, 12, 24),
        ),
        (
            "La nota en la posición 414 | Añadido el martes, 12 de marzo de 2024 21:30:15",
            HighlightKind.NOTE,
            "loc. 414",
            date(2024, 3, 12),
        ),
        (
            "Ihre Markierung auf Seite 9 | bei Position 130-131 | Hinzugefügt am Sonntag, 27. Dezember 2015 08:18:36",
            HighlightKind.HIGHLIGHT,
            "p. 9",
            date(2015, 12, 27),
        ),
        (
            "Ihre Notiz bei Position 233 | Hinzugefügt am Dienstag, 5. März 2024 21:12:45",
            HighlightKind.NOTE,
            "loc. 233",
            date(2024, 3, 5),
        ),
        (
            "Votre surlignement à la page 242 | emplacement 3706-3708 | Ajouté le samedi 16 juin 2012 22:40:52",
            HighlightKind.HIGHLIGHT,
            "p. 242",
            date(2012, 6, 16),
        ),
        (
            "Votre surlignement à l’emplacement 144-146 | Ajouté le samedi 26 décembre 2015 11:21:23",
            HighlightKind.HIGHLIGHT,
            "loc. 144-146",
            date(2015, 12, 26),
        ),
        (
            "Seu destaque na página 101 | posição 1500-1502 | Adicionado: segunda-feira, 21 de outubro de 2024 17:26",
            HighlightKind.HIGHLIGHT,
            "p. 101",
            date(2024, 10, 21),
        ),
        (
            "Seu destaque ou posição 2829-2829 | Adicionado: sexta-feira, 29 de novembro de 2019 18:00:13",
            HighlightKind.HIGHLIGHT,
            "loc. 2829",
            date(2019, 11, 29),
        ),
        (
            " La tua evidenziazione alla posizione 453-454 | Aggiunto in data lunedì 8 marzo 2021 22:52:57",
            HighlightKind.HIGHLIGHT,
            "loc. 453-454",
            date(2021, 3, 8),
        ),
        (
            "Je markering op pagina 6 | locatie 36-40 | Toegevoegd op maandag 30 september 2019 18:00:39",
            HighlightKind.HIGHLIGHT,
            "p. 6",
            date(2019, 9, 30),
        ),
        (
            "您在第 7 页（位置 #114-116）的标注 | 添加于 2019年9月30日星期一 上午9:13:22",
            HighlightKind.HIGHLIGHT,
            "p. 7",
            date(2019, 9, 30),
        ),
        (
            "7ページ|位置No. 114-116のハイライト |作成日: 2019年9月30日月曜日 9:13:22",
            HighlightKind.HIGHLIGHT,
            "p. 7",
            date(2019, 9, 30),
        ),
        (
            "Your Note on page 22 | Location 90 | Added on Friday, October 13, 2023 04:15:54 PM",
            HighlightKind.NOTE,
            "p. 22",
            date(2023, 10, 13),
        ),
    ],
)
def test_knows_the_languages_of_the_device(about: str, kind: HighlightKind, locator: str, day: date) -> None:
    """The line about a clipping is in the device's language, not the book's."""
    highlight = read_one(about)
    assert (highlight.kind, highlight.locator, highlight.when) == (kind, locator, day)


def test_a_line_in_an_unknown_language_keeps_its_words_with_a_doubt() -> None:
    """Nothing is guessed about its place, and a person is asked."""
    known = entry(f"Your Highlight on Location 7 | {ADDED}", "Rain first.")
    unknown = entry("Din överstrykning | Tillagd den 30 september 2019", "Then the rota.")
    _, highlight = read(known, unknown).highlights
    assert (highlight.text, highlight.locator) == ("Then the rota.", "")
    assert "language not known" in highlight.doubt


@pytest.mark.parametrize(
    ("line", "title", "authors"),
    [
        ("The Common Well (Pozo, Ana)", "The Common Well", ("Ana Pozo",)),
        ("The Common Well (García Pozo, Ana)", "The Common Well", ("Ana García Pozo",)),
        ("Sheds (Tools, vol. 2) (Ben Ruiz;Chidi Obi)", "Sheds (Tools, vol. 2)", ("Ben Ruiz", "Chidi Obi")),
        ("Gates (Inconnu(e))", "Gates", ()),
        ("Gates (Unknown)", "Gates", ()),
        ("Gates", "Gates", ()),
        ("(Pozo)", "(Pozo)", ()),
        ("Gates) (Pozo", "Gates) (Pozo", ()),
        ("水井（林安）", "水井", ("林安",)),
    ],
)
def test_the_last_brackets_hold_the_authors(line: str, title: str, authors: tuple[str, ...]) -> None:
    """Names come with the surname first, parted by semicolons; unknown authors are none."""
    book = read(entry(f"Your Highlight on page 3 | {ADDED}", "A gate.", title=line))
    assert (book.title, book.authors) == (title, authors)


def test_a_note_belongs_to_the_highlight_that_ends_where_it_stands() -> None:
    """The device writes the note before or after its highlight, and puts it at the highlight's end."""
    book = read(
        entry(f"Your Note on page 12 | Location 172 | {ADDED}", "Ask Ben."),
        entry(f"Your Highlight on page 12 | Location 170-172 | {ADDED}", "A well is dug once."),
        entry(f"Your Highlight on page 12 | Location 172-180 | {ADDED}", "It is kept every day."),
        entry(f"Your Note on page 12 | Location 176 | {ADDED}", "By whom?"),
    )
    assert [(each.text, each.note) for each in book.highlights] == [
        ("A well is dug once.", "Ask Ben."),
        ("It is kept every day.", "By whom?"),
    ]


def test_a_note_without_a_highlight_stands_alone() -> None:
    """It keeps its own place."""
    book = read(
        entry(f"Your Highlight on Location 170-172 | {ADDED}", "A well is dug once."),
        entry(f"Your Note on Location 300 | {ADDED}", "Where is the map?\nAnd the key?"),
    )
    note = book.highlights[1]
    assert (note.kind, note.text, note.locator) == (HighlightKind.NOTE, "Where is the map?\nAnd the key?", "loc. 300")


def test_where_only_pages_are_counted_a_note_belongs_to_its_neighbour() -> None:
    """On a page with several highlights nothing else tells; far from each of them the note stands alone."""
    book = read(
        entry(f"Your Highlight on page 5-5 | {ADDED}", "One."),
        entry(f"Your Highlight on page 5-5 | {ADDED}", "Two."),
        entry(f"Your Note on page 5 | {ADDED}", "To the second."),
        entry(f"Your Highlight on page 6 | {ADDED}", "Three."),
        entry(f"Your Note on page 5 | {ADDED}", "To the page."),
        entry(f"Your Note on page 6 | {ADDED}", "To the third."),
    )
    assert [(each.text, each.note) for each in book.highlights] == [
        ("One.", ""),
        ("Two.", "To the second."),
        ("Three.", "To the third."),
        ("To the page.", ""),
    ]


def test_a_highlight_that_was_extended_is_kept_once() -> None:
    """The device appends every version; the longest one stays, and the report names the others with all their words."""
    book = read(
        entry(f"Your Highlight on Location 170-171 | {ADDED}", "A well is dug"),
        entry(f"Your Highlight on Location 170-172 | {ADDED}", "A well is dug once."),
        entry(f"Your Highlight on Location 171-172 | {ADDED}", "dug once."),
        entry(f"Your Highlight on Location 170-172 | {ADDED}", "A well is dug once."),
        entry(f"Your Highlight on Location 900 | {ADDED}", "dug once."),
    )
    assert [each.text for each in book.highlights] == ["A well is dug once.", "dug once."]
    assert sorted((each.taken_for, each.words) for each in book.findings) == [
        ("earlier version of a highlight", "A well is dug"),
        ("earlier version of a highlight", "A well is dug once."),
        ("earlier version of a highlight", "dug once."),
    ]


def test_overlapping_highlights_of_different_words_are_both_kept() -> None:
    """Locations are coarse; two sentences in one location are two highlights."""
    book = read(
        entry(f"Your Highlight on Location 170-171 | {ADDED}", "A well is dug once."),
        entry(f"Your Highlight on Location 171-172 | {ADDED}", "It is kept every day."),
    )
    assert len(book.highlights) == 2
    assert not book.findings


def test_a_bookmark_is_no_highlight() -> None:
    """It is handed on, to be reported."""
    bookmark = read_one(f"Your Bookmark on page 30 | Location 400 | {ADDED}", "")
    assert (bookmark.kind, bookmark.text, bookmark.locator) == (HighlightKind.BOOKMARK, "", "p. 30")


@pytest.mark.parametrize(
    "text",
    [
        "<You have reached the clipping limit for this item>",
        " <Vous avez atteint la limite maximale de copie pour cet article>",
        "<您已达到本内容的剪贴上限>",
    ],
)
def test_a_highlight_beyond_the_limit_is_reported_with_its_place(text: str) -> None:
    """The words are not in the file; a person can still look them up."""
    book = read(
        entry(f"Your Highlight on page 3 | {ADDED}", "A gate."),
        entry(f"Your Highlight on page 50 | {ADDED}", text),
    )
    assert [each.text for each in book.highlights] == ["A gate."]
    (finding,) = book.findings
    assert (finding.words, finding.certainty) == (text.strip(), Certainty.UNSURE)
    assert finding.result.startswith("p. 50; ")


def test_marks_and_line_ends_of_the_device_are_dropped() -> None:
    """A byte order mark stands before the file, and on some devices before each title."""
    text = "\ufeff" + entry(f"Your Highlight on page 3 | {ADDED}", "A gate.") + "\ufeff"
    text += entry(f"Your Highlight on page 4 | {ADDED}", "A key.\n\nIt hangs inside.")
    books = find_highlights(text.replace("\n", "\r\n"), "My Clippings.txt")
    assert books is not None
    assert [(book.title, len(book.highlights)) for book in books] == [("The Common Well", 2)]
    assert books[0].highlights[1].text == "A key.\nIt hangs inside."
    assert [each.line for each in books[0].highlights] == [1, 6]


def test_an_entry_that_is_no_clipping_is_reported_whole() -> None:
    """Someone edited the file: the words are in the report."""
    book = read(entry(f"Your Highlight on page 3 | {ADDED}", "A gate."), "Milk, bread\nand a bell\n==========\n")
    (finding,) = book.findings
    assert (finding.taken_for, finding.words, finding.line) == ("not understood", "Milk, bread and a bell", 6)
    assert finding.certainty is Certainty.UNSURE


def test_a_letter_that_was_lost_is_doubted() -> None:
    """A file in another encoding has marks where its letters were."""
    assert "letters are missing" in read_one(f"Your Highlight on page 3 | {ADDED}", "El ca\ufffdo").doubt


def test_a_page_that_cannot_be_read_leaves_the_location() -> None:
    """The device itself gives both; nothing is converted."""
    assert read_one(f"Your Highlight on page A-12 | Location 170-172 | {ADDED}").locator == "loc. 170-172"
    doubted = read_one(f"Your Highlight on page A-12 | {ADDED}")
    assert (doubted.locator, bool(doubted.doubt)) == ("", True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "==========",
        "Our notes\n==========\n- page 12: the well\n- who keeps it?\n",
        "Wells\n==========\n\nText about wells | and rain | 2024-01-01\n\nMore\n==========\n",
        "Wells\n- a note | from Ana\n\nText\n==========\n",
        entry(f"Your Highlight on page 3 | {ADDED}", "A gate.") + "Notes\nof Ana\n==========\n" * 3,
    ],
)
def test_notes_with_rules_are_no_clippings(text: str) -> None:
    """A person's notes may hold rules of equal signs, bars and days."""
    assert find_highlights(text, "notes.txt") is None


PLACES = st.one_of(
    st.builds(lambda page: (f"on page {page}", LocatorLabel.PAGE), st.integers(1, 9999)),
    st.builds(
        lambda at, more: (f"on Location {at}-{at + more}", LocatorLabel.LOCATION),
        st.integers(1, 99999),
        st.integers(0, 9),
    ),
    st.builds(
        lambda at, page: (f"on page {page} | Location {at}", LocatorLabel.PAGE),
        st.integers(1, 99999),
        st.integers(1, 999),
    ),
)


@given(PLACES)
def test_a_location_never_becomes_a_page(place: tuple[str, LocatorLabel]) -> None:
    """What the device calls a page is a page, what it calls a location a location, and each can be read back."""
    about, label = place
    locator = parse_locator(read_one(f"Your Highlight {about} | {ADDED}").locator)
    assert isinstance(locator, Locator)
    assert locator.label is label
