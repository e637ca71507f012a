"""The fonts that are installed and the characters that each has (owns fontTools).

Comes in: folders. Goes out: `FontLibrary`, faces by the names of their files, and what each covers; nothing is read
before it is asked for, and no font twice in a process.
Left to others: which face a character should have (`fonts`).
"""

from __future__ import annotations

import functools
import os
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fontTools import unicodedata as scripts
from fontTools.ttLib import TTFont, TTLibError

if TYPE_CHECKING:
    from collections.abc import Mapping

SUFFIXES = frozenset({".ttf", ".otf", ".ttc"})

ALL_OF_UNICODE = 12
"""The cmap subtable that lists all of Unicode in stretches (OpenType 1.9, cmap, format 12): quick to read."""

GLYPH_NAMES = [str(index) for index in range(0x10000)]
"""Given to fontTools in place of a font's own glyph names, which take it longer to read than all the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One face of a font file; `index` counts from 0 in a collection, `script` is an OpenType tag or empty."""

    path: Path
    index: int | None = None
    script: str = ""

    @property
    def specification(self) -> str:
        """Name the face for luaotfload 3.23: by file name, shaped by HarfBuzz, which must be told the script."""
        index = "" if self.index is None else f"({self.index})"
        script = f"script={self.script};" if self.script else ""
        return f"[{self.path.name}]{index}:mode=harf;{script}"

    def covers(self, characters: str) -> bool:
        """Whether it has all of the characters."""
        return _coverage(self.path, self.index or 0).issuperset(map(ord, characters))


@dataclass(frozen=True, slots=True, kw_only=True)
class FontLibrary:
    """The font files of some folders, by name without suffix."""

    files: Mapping[str, Path]

    def face(self, name: str, *, index: int | None = None, script: str = "") -> Face | None:
        """Give the face with a file name (without suffix), or None when it is not installed."""
        path = self.files.get(name)
        if path is None:
            return None
        return Face(path=path, index=(index or 0) if path.suffix == ".ttc" else None, script=script)

    def faces(self) -> tuple[Face, ...]:
        """Give every face of ordinary weight, or of the only weight: Noto's by name, then all others."""
        ordinary = [name for name in self.files if name.endswith("-Regular") or "-" not in name]
        ordered = sorted(ordinary, key=lambda name: (not name.startswith("Noto"), name))
        return tuple(face for face in map(self.face, ordered) if face is not None)

    def emboldened(self, face: Face) -> Face:
        """Give the bold face of the same family, or the face itself when there is none."""
        bold = self.files.get(face.path.stem.replace("-Regular", "-Bold"), face.path)
        return Face(path=bold, index=face.index, script=face.script)


def scan_fonts(folders: tuple[Path, ...]) -> FontLibrary:
    """Find the font files in folders and below; of two with one name, the one in the earlier folder."""
    files: dict[str, Path] = {}
    for folder in folders:
        for parent, _, names in os.walk(folder):
            for name in names:
                path = Path(parent, name)
                if path.suffix.lower() in SUFFIXES:
                    files.setdefault(path.stem, path)
    return FontLibrary(files=files)


def scripts_of(character: str) -> frozenset[str]:
    """Give the scripts that use a character (ISO 15924); empty for what belongs to none, such as signs and emoji."""
    return frozenset(scripts.script_extension(character)) - {"Zyyy", "Zinh", "Zzzz"}


def script_name(script: str) -> str:
    """Give the name of a script as it stands in font names: `Armenian`, `OldItalic`."""
    name: str = scripts.script_name(script, default="")
    return name.replace("_", "")


def opentype_tag(script: str) -> str:
    """Give the OpenType tag of a script, the newer one where shaping has been revised: `deva` is `dev2`."""
    tags: list[str] = scripts.ot_tags_from_script(script)
    return tags[0].strip()


@functools.cache
def _coverage(path: Path, index: int) -> frozenset[int]:
    """Read the characters of a face; a file that is no font has none."""
    try:
        with path.open("rb") as file:
            return frozenset(_characters(TTFont(file, lazy=True, fontNumber=index)))
    except (TTLibError, OSError, KeyError, struct.error):
        return frozenset()


def _characters(font: TTFont) -> set[int]:
    data: bytes = font.reader["cmap"]
    (count,) = struct.unpack_from(">H", data, 2)
    for _, _, offset in struct.iter_unpack(">HHL", data[4 : 4 + 8 * count]):
        if struct.unpack_from(">H", data, offset) == (ALL_OF_UNICODE,):
            return _stretches(data, offset)
    font.setGlyphOrder(GLYPH_NAMES)
    return set(font.getBestCmap() or ())


def _stretches(data: bytes, offset: int) -> set[int]:
    (count,) = struct.unpack_from(">L", data, offset + 12)
    stretches = struct.iter_unpack(">LLL", data[offset + 16 : offset + 16 + 12 * count])
    return {code for first, last, _ in stretches for code in range(first, last + 1)}
