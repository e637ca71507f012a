"""Which installed fonts print a text that the two house families cannot print alone.

Comes in: printed texts with their places, the folders in which fonts are. Goes out: a `FontPlan`, with an error for
each character that no installed font has. Text in the everyday Latin of both costs a regular expression, no more.
Left to others: reading fonts (`font_library`), the house families and setting each character in its font (the class).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studyguide.diagnostics import error
from studyguide.latex.escape import PRINTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from studyguide.diagnostics import Diagnostic, SourceSpan
    from studyguide.latex.font_library import Face, FontLibrary

HOUSE_FAMILIES = {"serif": "Vollkorn", "sans": "Cabin"}
STYLES = ("Regular", "Italic", "Bold", "BoldItalic")

EVERYDAY = " -~¡-®°-ÿıŒœŠšŸŽžƒȷˆˇ˚˜–—‘’‚“”„†‡•…‰‹›⁰⁴-⁹₀-₉€™"
"""What both families have in every style, as a class of a regular expression; a test compares it with the fonts."""

GLYPHLESS = "\t\n\r\x85\u2000-\u200b\u2028\u2029\u205f\u3000" + re.escape(
    "".join(chr(code) for code in PRINTED if code > ord("~"))
)
"""What `escape` prints without a glyph, in another's, or not at all."""

UNUSUAL = re.compile(f"[^{EVERYDAY}{GLYPHLESS}]")

CAPITALS = "A-ZÀ-ÖØ-ÞŒŠŸŽ"
BOTH_SIDES = re.compile(f"[{CAPITALS}]ß[{CAPITALS}]|[{CAPITALS}]{{2}}ß")
"""Where both neighbours of a letter decide its shape: STRAßE has a capital one. TeX by itself looks at pairs only."""

INKLESS = "\u061c\u180b-\u180f\u200c-\u200f\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""Joiners, direction marks, variation selectors: a font need not have them, the class leaves them out then."""

MARKS = (
    "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f"
    "\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
)
"""What must stand in the font of the character before it: combining marks, skin tones, the tags of regional flags."""

CLUSTER = re.compile(f".[{MARKS}{INKLESS}]*", re.DOTALL)
INK = re.compile(f"[^{INKLESS}]+")

LATIN = "latn"
LATIN_LIKE = frozenset({"Latn", "Grek", "Cyrl"})
"""The scripts that share Noto's plain families; one OpenType tag does for all three."""

CHINESE_JAPANESE_KOREAN = frozenset({"Hani", "Hira", "Kana", "Bopo", "Hang"})
FULL_WIDTH = re.compile("[\u3000-\u303f\uff00-\uffef]")

REGIONS = {"ja": 0, "ko": 1, "zh-hans": 2, "zh-hant": 3, "zh-tw": 3, "zh-hk": 3, "zh-mo": 3, "zh": 2}
"""Which face of the Noto CJK collections has the shapes of a language; the longer tag before the shorter."""

SIGNS = {
    "serif": ("NotoSerif-Regular", "NotoSansMath-Regular"),
    "sans": ("NotoSans-Regular", "NotoSansMath-Regular"),
}
PICTURES = ("Symbola_hint", "Symbola", "NotoSansSymbols2-Regular", "NotoMusic-Regular")
COLOURED_PICTURES = "NotoColorEmoji"
"""Only for what the black-and-white ones lack: handouts are copied, and colour does not copy out as text either."""

TEXT_RANK, SIGN_RANK, CJK_RANK, PICTURE_RANK, OTHER_RANK, COLOUR_RANK = range(6)
"""The class takes the first font of the list that has a character: the rarer its purpose, the later a font stands."""

PACKAGES = (
    (re.compile("[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"), "fonts-noto-cjk"),
    (re.compile("[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"), "fonts-symbola or fonts-noto-color-emoji"),
    (re.compile(r"[^\W\d_]"), "fonts-noto-core"),
)
"""The Debian packages that have most of these characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fallback:
    r"""What the class's `\StudyGuideFallback` is told: serif or sans, regular or bold, the fonts in their order."""

    family: str
    weight: str
    spec: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FontPlan:
    """Whether a document needs the class's `scripts` option, the fonts for it, and the characters that none has.

    Without the option TeX shapes by itself, and knows only the everyday characters and pairs of them.
    """

    needs_scripts: bool
    fallbacks: tuple[Fallback, ...]
    missing: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A character, with its marks, that some house face lacks: where it stands first, and how often."""

    characters: str
    span: SourceSpan
    count: int


def plan_fonts(
    texts: Iterable[tuple[str, SourceSpan]], *, font_folders: tuple[Path, ...], language: str = "en"
) -> FontPlan:
    """Find the fewest installed fonts that have what the house families lack; `language` is the guide's BCP 47 tag."""
    texts = tuple(texts)
    wanted = _unusual(texts)
    if not wanted:
        needs_shaping = any("ß" in text and BOTH_SIDES.search(text) for text, _ in texts)
        return FontPlan(needs_scripts=needs_shaping, fallbacks=(), missing=())

    from studyguide.latex.font_library import scan_fonts

    search = _Search(library=scan_fonts(font_folders), language=language.lower(), scripts=_scripts(wanted))
    fallbacks = tuple(
        Fallback(family=family, weight=weight, spec=",".join(face.specification for face in faces))
        for family in HOUSE_FAMILIES
        for weight, faces in _by_weight(search.faces_for(wanted, family), search.library)
    )
    return FontPlan(needs_scripts=True, fallbacks=fallbacks, missing=tuple(search.missing(wanted)))


def _unusual(texts: Iterable[tuple[str, SourceSpan]]) -> tuple[Wanted, ...]:
    found: dict[str, Wanted] = {}
    for text, span in texts:
        plain = unicodedata.normalize("NFC", text)
        if not UNUSUAL.search(plain):
            continue
        for cluster in CLUSTER.findall(plain):
            if UNUSUAL.search(cluster):
                characters = "".join(INK.findall(cluster))
                count = found[characters].count if characters in found else 0
                first = found[characters].span if characters in found else span
                found[characters] = Wanted(characters=characters, span=first, count=count + 1)
    return tuple(found.values())


def _scripts(wanted: tuple[Wanted, ...]) -> frozenset[str]:
    """Give the scripts that certainly occur, so that a sign of many scripts is set in the font of its neighbours."""
    from studyguide.latex.font_library import scripts_of

    each = [scripts_of(use.characters[0]) for use in wanted if use.characters]
    return frozenset(script for scripts in each if len(scripts) == 1 for script in scripts)


def _by_weight(faces: tuple[Face, ...], library: FontLibrary) -> tuple[tuple[str, tuple[Face, ...]], ...]:
    return ("regular", faces), ("bold", tuple(library.emboldened(face) for face in faces))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Search:
    """A search through the installed fonts for one document."""

    library: FontLibrary
    language: str
    scripts: frozenset[str]

    def faces_for(self, wanted: tuple[Wanted, ...], family: str) -> tuple[Face, ...]:
        """Give the faces that a house family needs beside it: text before signs, signs before pictures."""
        ranks: dict[Face, int] = {}
        for use in wanted:
            for rank, face in self._found(use.characters, family):
                ranks.setdefault(face, rank)
        return tuple(sorted(ranks, key=lambda face: (ranks[face], face.path.name)))

    def missing(self, wanted: tuple[Wanted, ...]) -> Iterator[Diagnostic]:
        """Describe each character that no font has, where it stands first."""
        counts: Counter[str] = Counter()
        spans: dict[str, SourceSpan] = {}
        for use in wanted:
            for character in use.characters:
                if not self._is_printable(character):
                    counts[character] += use.count
                    spans.setdefault(character, use.span)
        for character, count in counts.items():
            yield _missing(character, count, spans[character])

    def _is_printable(self, character: str) -> bool:
        return self._in_house(character, "serif") or next(self._candidates(character, "serif"), None) is not None

    def _found(self, characters: str, family: str) -> Iterator[tuple[int, Face]]:
        """Find a face for a character with its marks, or for each of them when no face has them all."""
        if not characters or self._in_house(characters, family):
            return
        whole = next(self._candidates(characters, family), None)
        if whole is not None:
            yield whole
        elif len(characters) > 1:
            for character in characters:
                yield from self._found(character, family)

    def _in_house(self, characters: str, family: str) -> bool:
        faces = [self.library.face(f"{HOUSE_FAMILIES[family]}-{style}") for style in STYLES]
        return all(face is not None and face.covers(characters) for face in faces)

    def _candidates(self, characters: str, family: str) -> Iterator[tuple[int, Face]]:
        """Give the faces that have all of the characters, the best first, each with its rank in the list."""
        for rank, face in self._suitable(characters[0], family):
            if face is not None and face.covers(characters):
                yield rank, face

    def _suitable(self, character: str, family: str) -> Iterator[tuple[int, Face | None]]:
        from studyguide.latex.font_library import opentype_tag, scripts_of

        own = scripts_of(character)
        if own & CHINESE_JAPANESE_KOREAN or FULL_WIDTH.match(character):
            yield CJK_RANK, self._chinese_japanese_korean(family)
        for script in sorted(own, key=lambda script: (script not in self.scripts, script)):
            for face in self._of_script(script, family):
                yield TEXT_RANK, face
        for name in SIGNS[family]:
            yield SIGN_RANK, self.library.face(name, script=LATIN)
        for name in PICTURES:
            yield PICTURE_RANK, self.library.face(name)
        yield COLOUR_RANK, self.library.face(COLOURED_PICTURES)
        tag = opentype_tag(min(own)) if len(own) == 1 else ""
        for face in self.library.faces():
            yield OTHER_RANK, replace(face, script=tag)

    def _of_script(self, script: str, family: str) -> Iterator[Face | None]:
        from studyguide.latex.font_library import opentype_tag, script_name

        styles = ("Serif", "Naskh", "Sans") if family == "serif" else ("Sans", "Serif", "Naskh")
        name, tag = ("", LATIN) if script in LATIN_LIKE else (script_name(script), opentype_tag(script))
        for style in styles:
            yield self.library.face(f"Noto{style}{name}-Regular", script=tag)

    def _chinese_japanese_korean(self, family: str) -> Face | None:
        region = self._region()
        script = {0: "kana", 1: "hang"}.get(region, "hani")
        return self.library.face(f"Noto{family.capitalize()}CJK-Regular", index=region, script=script)

    def _region(self) -> int:
        for tag, region in REGIONS.items():
            if f"{self.language}-".startswith(f"{tag}-"):
                return region
        if "Hang" in self.scripts:
            return REGIONS["ko"]
        return REGIONS["ja"] if self.scripts & {"Hira", "Kana"} else REGIONS["zh"]


def _missing(character: str, count: int, span: SourceSpan) -> Diagnostic:
    name = " ".join(filter(None, (f"U+{ord(character):04X}", unicodedata.name(character, ""))))
    often = f", used {count} times" if count > 1 else ""
    package = next((package for pattern, package in PACKAGES if pattern.match(character)), "")
    hint = f"install {package}, or write it in another way" if package else "write it in another way"
    return error(span, f'no installed font has "{character}" ({name}){often}', hint)
