"""Makes small font files with the characters that a test is about.

Comes in: a folder, names and characters. Goes out: files that the font library reads like any other.
Left to others: outlines; these fonts can be looked into, not set.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import TTCollection

if TYPE_CHECKING:
    from pathlib import Path

    from fontTools.ttLib import TTFont

HOUSE_STYLES = ("Regular", "Italic", "Bold", "BoldItalic")
BASIC_LATIN = "".join(map(chr, range(0x20, 0x7F)))


def a_font(characters: str) -> TTFont:
    """Build a font that has the characters."""
    glyphs = {ord(character): f"glyph{ord(character)}" for character in characters}
    builder = FontBuilder(unitsPerEm=1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *glyphs.values()])
    builder.setupCharacterMap(glyphs)
    return builder.font


def write_font(folder: Path, name: str, characters: str) -> None:
    """Write a font file."""
    folder.mkdir(parents=True, exist_ok=True)
    a_font(characters).save(folder / f"{name}.ttf")


def write_collection(folder: Path, name: str, *faces: str) -> None:
    """Write a collection with one face for each string of characters."""
    folder.mkdir(parents=True, exist_ok=True)
    collection = TTCollection()
    collection.fonts = [a_font(characters) for characters in faces]
    collection.save(folder / f"{name}.ttc")


def write_house_fonts(folder: Path, *, serif: str = "", sans: str = "") -> None:
    """Write the two house families: basic Latin, and what else each has."""
    for style in HOUSE_STYLES:
        write_font(folder, f"Vollkorn-{style}", BASIC_LATIN + serif)
        write_font(folder, f"Cabin-{style}", BASIC_LATIN + sans)
