"""The choice of fonts: the fewest that print a text, and one error for each character that none has."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from font_files import BASIC_LATIN, write_collection, write_font, write_house_fonts
from models import a_span

from studyguide.latex.fonts import plan_fonts

if TYPE_CHECKING:
    from pathlib import Path

    from studyguide.latex.fonts import FontPlan


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Install the house fonts and a handful of others."""
    write_house_fonts(tmp_path / "house", serif="řαж→", sans="é")
    write_font(tmp_path / "noto", "NotoSans-Regular", BASIC_LATIN + "řαжx\u0305")
    write_font(tmp_path / "noto", "NotoSans-Bold", BASIC_LATIN + "řαжx\u0305")
    write_font(tmp_path / "noto", "NotoSerif-Regular", BASIC_LATIN + "x\u0305")
    write_font(tmp_path / "noto", "NotoSerifArmenian-Regular", "Հայ")
    write_font(tmp_path / "noto", "NotoSansArmenian-Regular", "Հայ")
    write_font(tmp_path / "noto", "NotoSansArmenian-Bold", "Հայ")
    write_font(tmp_path / "noto", "NotoNaskhArabic-Regular", "عرب،\u200d")
    write_font(tmp_path / "noto", "NotoSansSyriac-Regular", "ܐ،")
    write_font(tmp_path / "noto", "NotoSansMath-Regular", "∀→")
    write_font(tmp_path / "noto", "NotoSansNKo-Regular", "ߒ")
    write_font(tmp_path / "noto", "NotoColorEmoji", "😀\U0001fae0🏴\U000e0067\U000e007f")
    write_font(tmp_path / "symbols", "Symbola_hint", "😀👩🚀🏴1\u20e3")
    every = "漢字한국かな、"
    for style in ("Serif", "Sans"):
        write_collection(tmp_path / "noto", f"Noto{style}CJK-Regular", every, every, every, every)
    (tmp_path / "noto" / "NotoSansBroken-Regular.ttf").write_bytes(b"no font")
    return tmp_path


def plan(folder: Path, *texts: str, language: str = "en") -> FontPlan:
    """Plan the fonts for texts that stand on lines of their own."""
    spans = (a_span(line) for line in range(1, sys.maxsize))
    return plan_fonts(zip(texts, spans, strict=False), font_folders=(folder,), language=language)


def files(plan: FontPlan, family: str, weight: str = "regular") -> list[str]:
    """Give the names of the files that a plan adds to a family."""
    (spec,) = (each.spec for each in plan.fallbacks if (each.family, each.weight) == (family, weight))
    return [each.partition("]")[0].removeprefix("[") for each in spec.split(",") if each]


def test_everyday_latin_needs_nothing(folder: Path) -> None:
    """Accents of western Europe, quotes, dashes, no-break spaces: the house fonts have them, no font is read."""
    found = plan(folder / "missing", "“Qué” — ça, Straße… 5\xa0000\u202f€\xad\u2011 *[x]*\t\n", "")
    assert not found.needs_scripts
    assert found.fallbacks == ()
    assert found.missing == ()


@pytest.mark.parametrize(("text", "needed"), [("STRAßE", True), ("GROß", True), ("Straße", False), ("Aß er?", False)])
def test_a_letter_with_a_shape_among_capitals_is_shaped_with_care(folder: Path, text: str, *, needed: bool) -> None:
    """Its shape depends on both neighbours, which takes the class's `scripts`, though no more fonts."""
    found = plan(folder, text)
    assert found.needs_scripts is needed
    assert found.fallbacks == ()


def test_a_letter_that_only_the_serif_has_is_added_to_the_sans(folder: Path) -> None:
    """Headings may be sans: Czech, Greek and Cyrillic need a font there, one for all three."""
    found = plan(folder, "Dvořák α ж")
    assert found.needs_scripts
    assert files(found, "serif") == []
    assert files(found, "sans") == ["NotoSans-Regular.ttf"]
    assert files(found, "sans", "bold") == ["NotoSans-Bold.ttf"]


def test_each_script_gets_its_own_font_in_both_families(folder: Path) -> None:
    """Serif goes with serif and sans with sans where there are both; bold where there is one."""
    found = plan(folder, "Հայ عرب")
    assert files(found, "serif") == ["NotoNaskhArabic-Regular.ttf", "NotoSerifArmenian-Regular.ttf"]
    assert files(found, "sans", "bold") == ["NotoNaskhArabic-Regular.ttf", "NotoSansArmenian-Bold.ttf"]


def test_fonts_are_named_as_the_engine_finds_them(folder: Path) -> None:
    """By file name, with HarfBuzz and the script's OpenType tag."""
    found = plan(folder, "Հայ 한국")
    assert found.fallbacks[0].spec == (
        "[NotoSerifArmenian-Regular.ttf]:mode=harf;script=armn;,[NotoSerifCJK-Regular.ttc](1):mode=harf;script=hang;"
    )


@pytest.mark.parametrize(
    ("text", "language", "index"),
    [
        ("漢字", "en", 2),
        ("漢字かな", "en", 0),
        ("한국漢字", "en", 1),
        ("漢字", "ja", 0),
        ("漢字", "ko-KR", 1),
        ("漢字", "zh-Hant", 3),
        ("漢字", "zh-TW", 3),
        ("漢字", "zh", 2),
    ],
)
def test_chinese_characters_have_the_shapes_of_the_language(folder: Path, text: str, language: str, index: int) -> None:
    """By the guide's language, otherwise by what stands beside them."""
    assert f"CJK-Regular.ttc]({index})" in plan(folder, text, language=language).fallbacks[0].spec


def test_a_mark_of_several_scripts_goes_with_its_neighbours(folder: Path) -> None:
    """The Arabic comma is Syriac's too: among Arabic letters it needs no second font."""
    assert files(plan(folder, "ܐ،"), "serif") == ["NotoSansSyriac-Regular.ttf"]
    assert files(plan(folder, "عرب،"), "serif") == ["NotoNaskhArabic-Regular.ttf"]


def test_pictures_are_black_and_white_where_they_can_be(folder: Path) -> None:
    """Colour is taken only for what the other lacks, such as newer emoji and regional flags, and stands last."""
    assert files(plan(folder, "😀 👩\u200d🚀 1\ufe0f\u20e3"), "serif") == ["Symbola_hint.ttf"]
    assert files(plan(folder, "😀 \U0001fae0"), "serif") == ["Symbola_hint.ttf", "NotoColorEmoji.ttf"]
    assert files(plan(folder, "🏴\U000e0067\U000e007f"), "serif") == ["NotoColorEmoji.ttf"]


def test_a_letter_with_its_marks_is_set_in_one_font(folder: Path) -> None:
    """A base that the house fonts have goes along with a mark that they lack."""
    assert files(plan(folder, "x\u0305"), "serif") == ["NotoSerif-Regular.ttf"]


def test_any_other_installed_font_helps_out(folder: Path) -> None:
    """A font whose name does not follow its script's is found by what it has."""
    assert files(plan(folder, "ߒ"), "serif") == ["NotoSansNKo-Regular.ttf"]


def test_every_missing_character_is_an_error_of_its_own(folder: Path) -> None:
    """With code point, name, place and count, all at once."""
    found = plan(folder, "a 𓀀 b", "ꦗ 𓀀𓀀", "𓀀")
    hieroglyph, letter = found.missing
    assert str(hieroglyph.span) == "guides/commons/sessions/03-water.md:1:1"
    assert hieroglyph.message == 'no installed font has "𓀀" (U+13000 EGYPTIAN HIEROGLYPH A001), used 4 times'
    assert str(letter.span) == "guides/commons/sessions/03-water.md:2:1"
    assert letter.message == 'no installed font has "ꦗ" (U+A997 JAVANESE LETTER JA)'


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("ꦗ", "install fonts-noto-core, or write it in another way"),
        ("龍", "install fonts-noto-cjk, or write it in another way"),
        ("🦊", "install fonts-symbola or fonts-noto-color-emoji, or write it in another way"),
        ("\ue000", "write it in another way"),
    ],
)
def test_the_hint_names_a_package_that_may_have_it(folder: Path, text: str, hint: str) -> None:
    """The advice follows the kind of character."""
    (problem,) = plan(folder, text).missing
    assert problem.hint == hint


@pytest.mark.parametrize("text", ["a\u200db", "\u200c", "x\ufe0f", "\u200eabc\u200f"])
def test_joiners_and_selectors_are_never_missing(folder: Path, text: str) -> None:
    """What has no ink needs no font, only the class that leaves it out."""
    found = plan(folder, text)
    assert found.needs_scripts
    assert found.missing == ()
    assert {each.spec for each in found.fallbacks} == {""}


def test_a_decomposed_letter_is_the_letter(folder: Path) -> None:
    """An accent typed as a character of its own counts as the whole letter."""
    assert not plan(folder, "cafe\u0301").needs_scripts


def test_the_earlier_folder_wins(tmp_path: Path) -> None:
    """Of two fonts with one name, the one in the folder that is named first is taken."""
    write_house_fonts(tmp_path / "house")
    write_font(tmp_path / "old", "NotoSans-Regular", "α")
    write_font(tmp_path / "new", "NotoSans-Regular", "αβ")
    folders = (tmp_path / "new", tmp_path / "old", tmp_path / "house")
    assert plan_fonts([("β", a_span())], font_folders=folders).missing == ()
