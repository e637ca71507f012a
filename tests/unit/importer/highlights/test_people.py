"""The authors of a book as exports write them."""

from __future__ import annotations

import pytest

from studyguide.importer.highlights.people import part_authors


@pytest.mark.parametrize(
    ("words", "commas_invert", "names"),
    [
        ("Pozo, Ana", True, ("Ana Pozo",)),
        ("García Pozo, Ana Luz", True, ("Ana Luz García Pozo",)),
        ("Pozo, Ana; Ruiz, Ben", True, ("Ana Pozo", "Ben Ruiz")),
        ("Ana Pozo;Ben Ruiz", True, ("Ana Pozo", "Ben Ruiz")),
        ("Ana Pozo, Ben Ruiz", False, ("Ana Pozo", "Ben Ruiz")),
        ("Ana Pozo, Ben Ruiz, and Chidi Obi", False, ("Ana Pozo", "Ben Ruiz", "Chidi Obi")),
        ("Pozo, Ana", False, ("Ana Pozo",)),
        ("Ana Pozo & Ben Ruiz", False, ("Ana Pozo", "Ben Ruiz")),
        ("Ana Pozo y Ben Ruiz", False, ("Ana Pozo", "Ben Ruiz")),
        ("Unknown", False, ()),
        ("", True, ()),
    ],
)
def test_parts_names(words: str, commas_invert: bool, names: tuple[str, ...]) -> None:  # noqa: FBT001  drawn
    """A surname may come first; several authors are parted in several ways; unknown ones are none."""
    assert part_authors(words, commas_invert=commas_invert) == names
