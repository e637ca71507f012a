"""Labels of a head: what each means, and words that are none."""

from __future__ import annotations

import pytest

from studyguide.importer.recognition.head_labels import (
    find_trailing_by,
    read_group,
    read_labelled,
    read_section_label,
)


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("Date: 12 May", "date", "12 May"),
        ("Present: Ana, Ben", "participants", "Ana, Ben"),
        ("Expected: Ana, Ben", "participants", "Ana, Ben"),
        ("we were: Ana, Ben", "participants", "Ana, Ben"),
        ("present:: Ana, Ben", "participants", "Ana, Ben"),
        ("Summary by Ana", "summary-by", "Ana"),
        ("Summary – Ana", "summary-by", "Ana"),
        ("Notes taken by: Ana", "summary-by", "Ana"),
        ("typed by Ana", "summary-by", "Ana"),
        ("Résumé de Maëlys", "summary-by", "Maëlys"),
        ("Zusammenfassung: Ayşe", "summary-by", "Ayşe"),
        ("Buch: Die Pumpe", "book", "Die Pumpe"),
        ("모임 / Group: 골목", "group", "골목"),
        ("Thema: Wasser", "title", "Wasser"),
    ],
)
def test_reads_labels_of_any_language(words: str, field: str, value: str) -> None:
    """With a colon or two, or `by`."""
    labelled = read_labelled(words)
    assert labelled is not None
    assert (labelled.field, labelled.value) == (field, value)


@pytest.mark.parametrize("words", ["Water: who keeps it", "Summary by the end of May", "Book – a story", "Ana: passes"])
def test_reads_no_other_words_as_labels(words: str) -> None:
    """Titles and speakers."""
    assert read_labelled(words) is None


@pytest.mark.parametrize(
    ("words", "rest"),
    [
        ("fifth meeting, typed by Cormac", "typed by Cormac"),
        ("Back Room (notes by Ana)", "notes by Ana)"),
        ("12 May 2026 – summary by Ana", "summary by Ana"),
    ],
)
def test_finds_who_summarised_at_the_end_of_a_line(words: str, rest: str) -> None:
    """Whatever stands before it."""
    assert words[find_trailing_by(words) :] == rest


@pytest.mark.parametrize(
    "words", ["a story, told by the bucket", "notes, by and by", "summary by Ana", "Ana, Ben, Chidi"]
)
def test_finds_nobody_in_other_endings(words: str) -> None:
    """Nor where the whole line says it."""
    assert find_trailing_by(words) == 0


@pytest.mark.parametrize(
    ("words", "label", "title"),
    [
        ("Section VII: Keeping the well", "Section VII", "Keeping the well"),
        ("Session Nine", "Session Nine", ""),
        ("Wk 9 - What the worms said", "Wk 9", "What the worms said"),
        ("Séance 8 : Le four", "Séance 8", "Le four"),
        ("Sitzung 3 – Die Pumpe", "Sitzung 3", "Die Pumpe"),
        ("3회차", "3회차", ""),
    ],
)
def test_reads_section_labels(words: str, label: str, title: str) -> None:
    """With or without a title."""
    assert read_section_label(words) == (label, title)


@pytest.mark.parametrize("words", ["Sections of pipe", "Part of the rope", "Week by week", "The session"])
def test_reads_no_section_without_a_number(words: str) -> None:
    """These are titles."""
    assert read_section_label(words) is None


@pytest.mark.parametrize(
    ("words", "group"),
    [
        ("Riverside Reading Group", "Riverside Reading Group"),
        ("Minutes of the Riverside Reading Group", "Riverside Reading Group"),
        ("Protokoll Lesekreis Brunnengasse", "Lesekreis Brunnengasse"),
        ("notes for the group (Harbour Street Book Group)", "Harbour Street Book Group"),
        ("Cercle de lecture du Lavoir", "Cercle de lecture du Lavoir"),
    ],
)
def test_reads_the_name_of_a_group(words: str, group: str) -> None:
    """Without what the paper is."""
    assert read_group(words) == group


@pytest.mark.parametrize(
    "words", ["#book-club-tuesday", "We are a reading group.", "Who keeps the water", "Is it a club?"]
)
def test_reads_no_group_in_other_lines(words: str) -> None:
    """A channel and a sentence are none."""
    assert read_group(words) == ""
