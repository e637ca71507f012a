"""Pages of the real engine: an edit makes only those pages others whose picture is another."""

from __future__ import annotations

import re
import subprocess
from itertools import chain
from typing import TYPE_CHECKING

import pytest

from studyguide.prepress import describe_pages
from studyguide.preview.rendering import PageRenderer

if TYPE_CHECKING:
    from pathlib import Path

# As our class has it, and as TeX does it by itself, with many objects in one stream.
PLAIN, PACKED = r"\pdfvariable objcompresslevel=0 ", ""

PREAMBLE = r"""\documentclass{article}
\usepackage{graphicx}
\pagestyle{empty}
\begin{document}
"""

FIRST = "The rota of the well."
REST = r"""
\newpage Rain is \emph{common} until it touches a roof \cite{rain}. \textbf{Snow} \includegraphics[width=9mm]{logo.pdf}
\newpage $x^2$ and \texttt{code}, \textsc{Oben} and \emph{Sarn}.
\end{document}
"""

EDITS = {
    "a word": "The order of the well.",
    "letters that were in no font": "The rota of the wéll: ßþ!?",
    "fonts that come before all others": r"\textit{The} \textsf{rota} \texttt{of} \textbf{\large the} {\tiny well}.",
    "a picture that comes before the other": r"\includegraphics[width=5mm]{other.pdf} of the well.",
}


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with two pictures."""
    folder = tmp_path_factory.mktemp("pages")
    for name, text in (("logo", "A well"), ("other", "A lid")):
        typeset(folder, name, rf"{PREAMBLE}{text}\end{{document}}")
    return folder


def typeset(folder: Path, name: str, text: str) -> bytes:
    """Run LuaLaTeX once."""
    (folder / f"{name}.tex").write_text(text, encoding="utf-8")
    command = ("lualatex", "--no-shell-escape", "--interaction=nonstopmode", "--halt-on-error", name)
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    return (folder / f"{name}.pdf").read_bytes()


def pictures(content: bytes) -> list[bytes]:
    """Draw all pages, each by itself."""
    renderer = PageRenderer()
    count = len(describe_pages(content))
    drawn = [renderer.render(content, page=page, digest=str(page), width=400) for page in range(count)]
    renderer.close()
    return drawn


def different(old: list[bytes], new: list[bytes]) -> list[int]:
    """Say which pages are others."""
    return [number for number, (one, other) in enumerate(zip(old, new, strict=True)) if one != other]


@pytest.mark.parametrize("packing", [PLAIN, PACKED], ids=["plain", "packed"])
def test_only_the_edited_page_is_another(workshop: Path, packing: str) -> None:
    """Fonts are embedded with other glyphs, under other tags and numbers: the pages after the edit stay themselves."""
    old = typeset(workshop, "old", packing + PREAMBLE + FIRST + REST)
    old_digests = [page.digest.encode() for page in describe_pages(old)]
    for edit in EDITS.values():
        new = typeset(workshop, "new", packing + PREAMBLE + edit + REST)
        assert different(pictures(old), pictures(new)) == [0]
        assert different(old_digests, [page.digest.encode() for page in describe_pages(new)]) == [0]


def test_the_same_source_gives_the_same_digests(workshop: Path) -> None:
    """Day, file name and identifier of a PDF are not seen on its pages."""
    once, again = (typeset(workshop, name, PLAIN + PREAMBLE + FIRST + REST) for name in ("once", "again"))
    assert once != again
    assert describe_pages(once) == describe_pages(again)


def test_fonts_really_are_others_after_an_edit(workshop: Path) -> None:
    """What the digest looks past is there: the tags of the fonts of pages that did not change."""
    contents = [
        typeset(workshop, f"tags-{number}", PLAIN + PREAMBLE + text + REST)
        for number, text in enumerate((FIRST, EDITS["letters that were in no font"]))
    ]
    tags = [set(re.findall(rb"/([A-Z]{6}\+LMRoman10-Regular)", content)) for content in contents]
    assert set(chain(*tags)) != tags[0]
