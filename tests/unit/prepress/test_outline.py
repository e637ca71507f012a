"""The outline is the tree that the levels describe, with the titles as they were written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdfs import catalog, open_entries_count, outline, small_pdf
from prepress_documents import HANDOUT, compiled, with_outline

from studyguide.errors import PrepressError
from studyguide.prepress import finish
from studyguide.prepress.outline import parent_indexes

if TYPE_CHECKING:
    from pathlib import Path

    from studyguide.artifacts import TexDocument

THREE_PAGES = small_pdf("one", "two", "three", anchors={"s1": 0, "s1.p1": 0, "s1.p2": 1, "s2": 2})


def finished(folder: Path, document: TexDocument) -> bytes:
    """Finish a document of three pages."""
    return finish(document, compiled(folder, THREE_PAGES, page_count=3)).content


def test_entries_nest_by_level_and_open_their_pages(tmp_path: Path) -> None:
    """Parts stand under their session; each entry opens the page of its anchor."""
    document = with_outline((0, "Wells", "s1"), (1, "Reading", "s1.p1"), (1, "Questions", "s1.p2"), (0, "Rain", "s2"))
    assert outline(finished(tmp_path, document)) == [
        (0, "Wells", 1),
        (1, "Reading", 1),
        (1, "Questions", 2),
        (0, "Rain", 3),
    ]


def test_a_viewer_shows_the_outline_if_there_is_one(tmp_path: Path) -> None:
    """The page mode asks for the outline only when the outline is there."""
    assert catalog(finished(tmp_path, with_outline((0, "Wells", "s1"))))["/PageMode"] == "/UseOutlines"
    without = catalog(finished(tmp_path, HANDOUT))
    assert "/PageMode" not in without
    assert "/Outlines" not in without


@pytest.mark.parametrize(
    "title",
    [
        "¿Quién guarda el agua?",
        "우물과 물",
        "Ջրհորներ",
        "البئر",
        "🪣 and 📚",
        "þÿ first",
        "office — “quoted”",
        "(a\\b)",
    ],
)
def test_titles_are_kept_as_written(tmp_path: Path, title: str) -> None:
    """Any script, quotation marks, brackets and what looks like a byte order mark come back."""
    assert outline(finished(tmp_path, with_outline((0, title, "s1")))) == [(0, title, 1)]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1))
def test_any_title_survives(tmp_path: Path, title: str) -> None:
    """There is no text that an outline cannot hold."""
    assert outline(finished(tmp_path, with_outline((0, title, "s1")))) == [(0, title, 1)]


def test_a_short_outline_is_open(tmp_path: Path) -> None:
    """All entries of a handout are seen at once."""
    document = with_outline((0, "Wells", "s1"), (1, "Reading", "s1.p1"), (2, "Topic", "s1.p1"))
    assert open_entries_count(finished(tmp_path, document)) == 3


def test_a_long_outline_opens_with_its_top_level(tmp_path: Path) -> None:
    """A guide of many sessions shows the sessions first."""
    parts = [(1, f"Part {number}", "s1.p1") for number in range(40)]
    document = with_outline((0, "Wells", "s1"), *parts, (0, "Rain", "s2"))
    assert open_entries_count(finished(tmp_path, document)) == 2


def test_every_missing_anchor_is_named(tmp_path: Path) -> None:
    """An entry that leads nowhere stops the file; all such entries are named."""
    document = with_outline((0, "Wells", "s1"), (0, "Fog", "s9"), (0, "Dew", "s8"))
    with pytest.raises(PrepressError, match=r"lacks the destinations s8, s9"):
        finished(tmp_path, document)


@pytest.mark.parametrize(
    ("levels", "parents"),
    [
        ((0, 1, 1, 0), (None, 0, 0, None)),
        ((0, 2, 1), (None, 0, 0)),
        ((1, 0, 1), (None, None, 1)),
        ((0, 1, 2, 3, 1), (None, 0, 1, 2, 0)),
        ((), ()),
    ],
)
def test_an_entry_belongs_to_the_nearest_one_above_it(levels: tuple[int, ...], parents: tuple[int | None, ...]) -> None:
    """A level that is left out does not tear the tree."""
    assert parent_indexes(levels) == parents
