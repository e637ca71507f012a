"""Every script on the page: through the class, in each of its typefaces, in the order in which it is read."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from lualatex import FONT_FOLDER, letters, typeset_pages
from nasty_texts import SCRIPTS

from studyguide.diagnostics import SourceSpan
from studyguide.latex.escape import escape_text
from studyguide.latex.font_library import scan_fonts
from studyguide.latex.fonts import EVERYDAY, plan_fonts

FOLDERS = (Path(FONT_FOLDER),)
SPAN = SourceSpan(path=Path("guides/commons/sessions/03-water.md"))
HOUSE_FACES = (
    *(f"Vollkorn-{style}" for style in ("Regular", "Italic", "Bold", "BoldItalic", "SemiBold", "SemiBoldItalic")),
    *(f"Cabin-{style}" for style in ("Regular", "Italic", "Medium", "Bold", "SemiBold", "SemiBoldItalic")),
    "DejaVuSansMono",
)
TYPEFACES = (
    "%s",
    r"{\sffamily %s}",
    r"{\sffamily\bfseries %s}",
    r"\textbf{%s}",
    r"\emph{%s}",
    r"\texttt{%s}",
    r"{\footnotesize %s}",
)


def preamble_for(*texts: str) -> str:
    """Load the class as the typesetter does for a document with these texts."""
    plan = plan_fonts(((text, SPAN) for text in texts), font_folders=FOLDERS)
    assert not plan.missing
    option = "[scripts]" if plan.needs_scripts else ""
    fallbacks = (
        rf"\StudyGuideFallback{{{fallback.family}}}{{{fallback.weight}}}{{{fallback.spec}}}"
        for fallback in plan.fallbacks
    )
    return "\n".join(
        (rf"\documentclass{option}{{studyguide}}", r"\StudyGuideFolio{}\tracinglostchars3\hfuzz2pt", *fallbacks)
    )


def test_house_fonts_have_every_everyday_character() -> None:
    """Text that is said to need no more fonts needs none: in each style of the house families, and in code."""
    library = scan_fonts(FOLDERS)
    everyday = "".join(filter(re.compile(f"[{EVERYDAY}]").match, map(chr, range(0x3000))))
    for name in HOUSE_FACES:
        face = library.face(name)
        assert face is not None, name
        assert [letter for letter in everyday if not face.covers(letter)] == [], name


def test_every_script_prints_in_every_typeface(tmp_path: Path) -> None:
    """No character is lost in serif, sans, bold, italic, code or footnotes, and all of it copies out."""
    pages = typeset_pages(
        tmp_path,
        preamble_for(*SCRIPTS),
        ("\\par\n".join(face.replace("%s", escape_text(text)) for face in TYPEFACES) for text in SCRIPTS),
    )
    expected = [sorted(letters(text) * len(TYPEFACES)) for text in SCRIPTS]
    assert [sorted(letters(page)) for page in pages] == expected


@pytest.mark.parametrize("text", ["العربية هنا وهناك", "שלום עולם", "हिन्दी क्षेत्र", "한국어 문장"])
def test_text_copies_out_in_the_order_in_which_it_is_read(tmp_path: Path, text: str) -> None:
    """Letters come in logical order and as themselves, not as presentation forms."""
    (page,) = typeset_pages(tmp_path, preamble_for(text), [escape_text(text)])
    assert letters(page) == letters(text)


def words_by_place(folder: Path) -> list[tuple[float, str]]:
    """Give the words of the first page with the places of their left edges."""
    done = subprocess.run(
        ["pdftotext", "-bbox", "-l", "1", "pages.pdf", "-"], cwd=folder, capture_output=True, check=True
    )
    return [
        (float(left), word) for left, word in re.findall(r'<word xMin="([\d.]+)".*?>(.*?)</word>', done.stdout.decode())
    ]


def test_right_to_left_words_stand_right_to_left(tmp_path: Path) -> None:
    """Inside an English line the run turns; a paragraph that begins in Arabic starts at the right margin."""
    text = "She said שלום עולם twice"
    typeset_pages(tmp_path, preamble_for(text), [escape_text(text)])
    # The words are told apart by their first letters: pdftotext takes a right-to-left word letter by letter.
    places = {letters(word): left for left, word in words_by_place(tmp_path)}
    assert places["She"] < places["ע"] < places["ש"] < places["twice"]
    paragraph = "العربية هنا"
    typeset_pages(tmp_path, preamble_for(paragraph), [escape_text(paragraph)])
    assert min(left for left, _ in words_by_place(tmp_path)) > 200


@pytest.mark.parametrize(
    "text", ["水是公共的，村里的人共同看守这口井。" * 10, "น้ำเป็นของส่วนรวมและคนในหมู่บ้านดูแลบ่อน้ำ" * 10]
)
def test_scripts_without_spaces_fill_lines(tmp_path: Path, text: str) -> None:
    """Chinese and Thai break between words or characters, not beyond the margin."""
    (page,) = typeset_pages(tmp_path, preamble_for(text), [escape_text(text)])
    lines = [line for line in page.split("\n") if line.strip()]
    assert len(lines) > 5
    assert not any(line.strip().startswith(("，", "。")) for line in lines)


def test_latin_text_needs_no_more_fonts(tmp_path: Path) -> None:
    """Spanish, French, German and typographic marks print with the house fonts alone."""
    text = "¿Qué? «Où» „Straße“ œuvre — 5 € …"
    preamble = preamble_for(text)
    assert "scripts" not in preamble
    (page,) = typeset_pages(tmp_path, preamble, [f"{escape_text(text)} {{\\sffamily\\bfseries {escape_text(text)}}}"])
    assert letters(page) == letters(text) * 2
