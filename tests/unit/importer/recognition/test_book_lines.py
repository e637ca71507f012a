"""The book that a group reads, with and without a label, and lines that name none."""

from __future__ import annotations

import pytest

from studyguide.importer.notes import Mark, MarkKind, NoteLine
from studyguide.importer.recognition.book_lines import BookLine, find_book, read_book


@pytest.mark.parametrize(
    ("value", "title", "authors", "pages"),
    [
        ("The Well", "The Well", "", ""),
        ("The Well by Rosa Imaginary", "The Well", "Rosa Imaginary", ""),
        ("The Well by Rosa Imaginary, pp. 4-20", "The Well", "Rosa Imaginary", "4-20"),
        ("“The Well” (Rosa Imaginary)", "The Well", "Rosa Imaginary", ""),
        ("*The Well*, Rosa Imaginary", "The Well", "Rosa Imaginary", ""),
        ("“The Well”, chs. 3-4, pp. 80-104", "The Well", "", "80-104"),
        ("«El pozo» de Rosa Imaginaria", "El pozo", "Rosa Imaginaria", ""),
        ("„Der Brunnen“ von Rosa Erdacht", "Der Brunnen", "Rosa Erdacht", ""),
        ("Le puits, d’Honorine Caradec", "Le puits", "Honorine Caradec", ""),
        ("Le puits de Marie Ker", "Le puits", "Marie Ker", ""),
        ("Under Glass, Together", "Under Glass, Together", "", ""),
        ("Stories by the well", "Stories by the well", "", ""),
        ("《골목의 물》", "골목의 물", "", ""),
    ],
)
def test_reads_what_a_label_promises(value: str, title: str, authors: str, pages: str) -> None:
    """Title, authors and pages; a word after a comma may belong to the title."""
    assert read_book(value) == BookLine(title=title, authors=authors, pages=pages)


def test_italics_end_a_title() -> None:
    """What follows them is the author."""
    words = "Book: Noon at the Shed, Augusta Osei"
    line = NoteLine(number=1, words=words, marks=(Mark(start=6, end=22, kind=MarkKind.EMPHASIS),))
    assert read_book(words[6:], line) == BookLine(title="Noon at the Shed", authors="Augusta Osei")


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("A Wall of Hammers by Leontyne Abrahams", "A Wall of Hammers"),
        ("“The Night Bus” (Imelda Szabó-Grant), pp. 80-104", "The Night Bus"),
        ("“The Night Bus”, pp. 80-104", "The Night Bus"),
    ],
)
def test_finds_a_book_without_a_label(words: str, title: str) -> None:
    """When its authors or pages stand beside it."""
    found = find_book(words, NoteLine(number=1, words=words))
    assert found is not None
    assert found.title == title


@pytest.mark.parametrize(
    "words",
    [
        "“The Night Bus”",
        "Notes by Priya",
        "soup by Leontyne Abrahams",
        "The Ferry Ledger – Nadezhda Quarles",
        "Who keeps the water",
        "Stand By Me",
        "a walk by the old mill",
    ],
)
def test_finds_no_book_in_other_lines(words: str) -> None:
    """A title alone may be the evening's own, and a dash may end any title."""
    assert find_book(words, NoteLine(number=1, words=words)) is None
