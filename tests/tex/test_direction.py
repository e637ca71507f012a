"""Which way paragraphs run on the page, through the class: names in another script turn nothing."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from lualatex import FONT_FOLDER, typeset_pages

from studyguide.diagnostics import SourceSpan
from studyguide.latex.fonts import plan_fonts

SPAN = SourceSpan(path=Path("guides/commons/sessions/03-water.md"))
NAME = "ليلى"
SENTENCE = "المطر ليس ملكًا لأحد"
FULL = "water " * 60 + r"runs\Reference{s1.r9}{p.~12}."
"""A paragraph that shows where the column and the margin column are."""
Placed = tuple[float, float, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The words of a page, and where the column starts and ends and the margin column starts."""

    words: list[Placed]
    left: float
    right: float
    margin: float

    def references(self) -> list[float]:
        """Give the left edges of the page references."""
        return [left for left, _, word in self.words if word == "p."]

    def in_column(self) -> list[Placed]:
        """Give the words left of the margin column."""
        return [word for word in self.words if word[0] < self.margin - 3]


def set_page(folder: Path, piece: str, language: str = "en") -> Page:
    """Set a piece through the class, and a full paragraph before it to compare it with."""
    full, piece_words = set_pages(folder, [FULL, piece], language)
    (margin,) = (left for left, _, word in full if word == "p.")
    column = [word for word in full if word[0] < margin - 3]
    left, right = min(word[0] for word in column), max(word[1] for word in column)
    return Page(words=piece_words, left=left, right=right, margin=margin)


def set_pages(folder: Path, pages: list[str], language: str) -> list[list[Placed]]:
    """Set each piece on a page of its own, and give its words with their left and right edges."""
    plan = plan_fonts(((page, SPAN) for page in (*pages, SENTENCE)), font_folders=(Path(FONT_FOLDER),))
    fallbacks = (rf"\StudyGuideFallback{{{each.family}}}{{{each.weight}}}{{{each.spec}}}" for each in plan.fallbacks)
    preamble = (r"\documentclass[scripts]{studyguide}", rf"\StudyGuideLanguage{{{language}}}\StudyGuideFolio{{}}")
    typeset_pages(folder, "\n".join((*preamble, *fallbacks)), pages)
    done = subprocess.run(["pdftotext", "-bbox", "pages.pdf", "-"], cwd=folder, capture_output=True, check=True)
    return [
        [
            (float(left), float(right), word)
            for left, right, word in re.findall(r'<word xMin="([\d.]+)".*?xMax="([\d.]+)".*?>(.*?)</word>', page)
        ]
        for page in done.stdout.decode().split("<page ")[1:]
    ]


@pytest.mark.parametrize(
    "piece",
    [
        f"{NAME} keeps the well\\Reference{{s1.r1}}{{p.~12}}.",
        f"\\begin{{bullets}}\\Item {NAME} keeps it\\Reference{{s1.r2}}{{p.~13}}.\\par\\end{{bullets}}",
        f"Keeps {NAME}\\Reference{{s1.r1}}{{p.~12}} {NAME} water",
    ],
)
def test_a_name_does_not_turn_a_paragraph(tmp_path: Path, piece: str) -> None:
    """It begins at the left; its page reference stands in the margin column."""
    page = set_page(tmp_path, piece)
    assert min(left for left, _, _ in page.words) == pytest.approx(page.left, abs=3)
    assert page.references() == [pytest.approx(page.margin, abs=1)]


def test_a_paragraph_of_another_script_alone_starts_at_the_right(tmp_path: Path) -> None:
    """Its page reference stands in the margin column all the same."""
    page = set_page(tmp_path, f"{SENTENCE}\\Reference{{s1.r1}}{{p.~12}}.")
    assert max(right for _, right, _ in page.in_column()) == pytest.approx(page.right, abs=5)
    assert page.references() == [pytest.approx(page.margin, abs=1)]


@pytest.mark.parametrize(
    "piece",
    [
        f"{SENTENCE}\\Reference{{s1.r1}}{{p.~12}}.",
        f"{SENTENCE} Commons Reader\\Reference{{s1.r1}}{{p.~12}} and wells {SENTENCE}.",
        "Ana said this\\Reference{s1.r1}{p.~12} in English.",
        f"\\begin{{numbers}}{{12}}\\Item {SENTENCE}\\Reference{{s1.r1}}{{p.~12}}.\\par\\end{{numbers}}",
    ],
)
def test_a_right_to_left_guide_keeps_its_columns(tmp_path: Path, piece: str) -> None:
    """Text starts at the right of its column; references stand beside it, wherever in the line they are."""
    page = set_page(tmp_path, piece, "ar")
    assert page.references() == [pytest.approx(page.margin, abs=1)]
    assert min(left for left, _, _ in page.words) >= page.left - 3
    assert max(right for _, right, _ in page.in_column()) == pytest.approx(page.right, abs=5)


def test_an_address_in_a_right_to_left_guide_reads_from_the_left(tmp_path: Path) -> None:
    """Its pieces stand in their own order."""
    address = "\\mbox{example.}\\LongWordBreak{}\\mbox{org/}\\LongWordBreak{}\\mbox{vote}"
    page = set_page(tmp_path, address, "ar")
    assert [word for _, _, word in sorted(page.words)] == ["example.org/vote"]


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("The book العنوان (عام 2020) is good", "Thebook(2020)isgood"),
        ("See (عام 2020) العنوان there", "See(2020)there"),
        ("See العنوان (2020) there", "See(2020)there"),
        ("See (water عام) there", "See(water)there"),
    ],
)
def test_brackets_stand_around_what_they_enclose(tmp_path: Path, typed: str, seen: str) -> None:
    """A pair takes one direction (UAX 9, rule N0); from left to right, without the Arabic letters."""
    page = set_page(tmp_path, typed)
    assert re.sub("[^!-~]", "", "".join(word for _, _, word in sorted(page.words))) == seen
