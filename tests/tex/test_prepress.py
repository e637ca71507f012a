"""A PDF of the real engine, finished, read by other people's programs."""

from __future__ import annotations

import os
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pdfs import all_keys, anchor_pages, fonts, link_targets, outline, page_labels, page_sizes, page_turns, web_links
from prepress_documents import HANDOUT, compiled, insert, with_inserts, with_outline

from studyguide.model.guide import Paper
from studyguide.prepress import check_inserts, finish

if TYPE_CHECKING:
    from pathlib import Path

    from studyguide.artifacts import TexDocument

# As the class loads them: no bookmarks and labels by TeX.
PREAMBLE = r"""\documentclass{article}
\usepackage[paper=PAPER]{geometry}
\usepackage{graphicx}
\usepackage[bookmarks=false,hidelinks,pdfpagelabels=false,hyperfootnotes=false,pdfstartview=]{hyperref}
\newcommand\Anchor[1]{\raisebox{\baselineskip}[0pt][0pt]{\hypertarget{#1}{}}}
\begin{document}
"""

GUIDE = r"""\Anchor{g.contents}Contents: \hyperlink{s1}{Wells} \hyperlink{s2.q1}{Rain}
\newpage\Anchor{s1}Wells and ruled rotas, \href{https://example.org/vote}{vote} \includegraphics[width=5mm]{logo.pdf}
\newpage\Anchor{s1.q1}Who owns nothing? See \hyperlink{s1}{Wells}.\Anchor{s1.end}
\newpage\Anchor{s2}Rain \newpage\Anchor{s2.q1}Who measures it? See \hyperlink{s1.q1}{above}.\Anchor{s2.end}
\end{document}
"""

OUTLINE = ((0, "Contents", "g.contents"), (0, "Wells", "s1"), (1, "Questions", "s1.q1"), (0, "Rain", "s2"))


def run(*command: object, folder: Path) -> str:
    """Run a program to its end and give what it prints."""
    done = subprocess.run([*map(str, command)], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def typeset(folder: Path, name: str, body: str, paper: str = "letterpaper") -> Path:
    """Run LuaLaTeX once: what is tested here needs no second pass."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.tex").write_text(PREAMBLE.replace("PAPER", paper) + body, encoding="utf-8")
    run("lualatex", "--no-shell-escape", "--interaction=nonstopmode", "--halt-on-error", name, folder=folder)
    return folder / f"{name}.pdf"


def typeset_guide(folder: Path, paper: str = "letterpaper") -> bytes:
    """Set a guide of one page of prelims and two sessions of two pages, with a picture."""
    typeset(folder, "logo", r"A well\end{document}")
    return typeset(folder, "guide", GUIDE, paper).read_bytes()


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder that all tests share."""
    return tmp_path_factory.mktemp("prepress")


@pytest.fixture(scope="module")
def guide(workshop: Path) -> bytes:
    """Give the guide as TeX left it."""
    return typeset_guide(workshop / "guide")


@pytest.fixture(scope="module")
def landscape_map(workshop: Path) -> Path:
    """Give two landscape pages to be bound in."""
    body = r"Map of the upper wells \newpage Map of the lower wells\end{document}"
    return typeset(workshop / "map", "map", body, "letterpaper,landscape")


def finished(folder: Path, content: bytes, document: TexDocument = HANDOUT) -> bytes:
    """Finish the guide of five pages."""
    whole = replace(with_outline(*OUTLINE, document=document), has_prelims=True)
    return finish(whole, compiled(folder, content, page_count=5)).content


def test_outline_labels_links_and_anchors_are_right(tmp_path: Path, guide: bytes) -> None:
    """A viewer shows the sessions, calls pages by their folios and follows every link."""
    content = finished(tmp_path, guide)
    assert outline(content) == [(0, "Contents", 1), (0, "Wells", 2), (1, "Questions", 3), (0, "Rain", 4)]
    assert page_labels(content) == ["i", "1", "2", "3", "4"]
    assert link_targets(content) == [(1, 2), (1, 5), (3, 2), (5, 3)]
    assert web_links(content) == [(2, "https://example.org/vote")]
    assert anchor_pages(content)["s2.end"] == 5


def test_an_insert_moves_everything_behind_it(tmp_path: Path, guide: bytes, landscape_map: Path) -> None:
    """Links over the insert, in both directions, still land."""
    content = finished(tmp_path, guide, with_inserts([insert(landscape_map)]))
    assert outline(content) == [(0, "Contents", 1), (0, "Wells", 2), (1, "Questions", 3), (0, "Rain", 6)]
    assert page_labels(content) == ["i", "1", "2", "2-A", "2-B", "3", "4"]
    assert link_targets(content) == [(1, 2), (1, 7), (3, 2), (7, 3)]
    assert page_sizes(content) == [(612, 792)] * 7
    assert page_turns(content) == [0, 0, 0, 90, 90, 0, 0]


def test_text_is_read_as_before(tmp_path: Path, guide: bytes, landscape_map: Path) -> None:
    """Finishing changes no word, no font and no place of a word; an insert can be read, too."""
    (tmp_path / "before.pdf").write_bytes(guide)
    (tmp_path / "after.pdf").write_bytes(finished(tmp_path, guide, with_inserts([insert(landscape_map, 2, 2)])))
    before, after = (
        run("pdftotext", "-layout", name, "-", folder=tmp_path).split("\f") for name in ("before.pdf", "after.pdf")
    )
    assert after.pop(3).split() == ["Map", "of", "the", "lower", "wells", "2"]
    assert after == before
    assert fonts((tmp_path / "after.pdf").read_bytes()) == fonts(guide)


def test_pages_look_as_before(tmp_path: Path, guide: bytes) -> None:
    """Not a pixel changes."""
    (tmp_path / "before.pdf").write_bytes(guide)
    (tmp_path / "after.pdf").write_bytes(finished(tmp_path, guide))
    for name in ("before", "after"):
        run("pdftoppm", "-r", 50, f"{name}.pdf", name, folder=tmp_path)
    for number in range(1, 6):
        assert (tmp_path / f"before-{number}.ppm").read_bytes() == (tmp_path / f"after-{number}.ppm").read_bytes()


def test_a_landscape_insert_looks_as_it_did(tmp_path: Path, guide: bytes, landscape_map: Path) -> None:
    """On the screen it is upright and as large as it was made."""
    (tmp_path / "after.pdf").write_bytes(finished(tmp_path, guide, with_inserts([insert(landscape_map)])))
    run("pdftoppm", "-r", 50, "-f", 1, "-l", 1, landscape_map, "map", folder=tmp_path)
    run("pdftoppm", "-r", 50, "-f", 4, "-l", 4, "after.pdf", "after", folder=tmp_path)
    assert (tmp_path / "after-4.ppm").read_bytes() == (tmp_path / "map-1.ppm").read_bytes()


def test_nothing_tells_of_the_engine(tmp_path: Path, guide: bytes, landscape_map: Path) -> None:
    """Neither the engine's name and version nor the place of a picture is in the file."""
    assert b"LuaTeX" in guide
    content = finished(tmp_path, guide, with_inserts([insert(landscape_map)]))
    assert not [key for key in all_keys(content) if key.startswith("/PTEX")]
    for trace in (b"LuaTeX", b"LuaHBTeX", b"hyperref", b"logo.pdf", bytes(tmp_path.parent)):
        assert trace not in content


def test_another_program_finds_no_fault(tmp_path: Path, guide: bytes, landscape_map: Path) -> None:
    """The syntax of the whole file is sound."""
    (tmp_path / "after.pdf").write_bytes(finished(tmp_path, guide, with_inserts([insert(landscape_map)])))
    assert "No syntax or stream encoding errors" in run("qpdf", "--check", "after.pdf", folder=tmp_path)
    told = run("pdfinfo", "after.pdf", folder=tmp_path)
    assert "Title:           Wells: who keeps the water" in told
    assert "JavaScript:      no" in told


def test_two_runs_of_tex_give_the_same_bytes(tmp_path: Path, guide: bytes) -> None:
    """TeX notes the time and a random identifier; the finished file has neither."""
    again = typeset_guide(tmp_path / "another folder")
    assert again != guide
    assert finished(tmp_path, again) == finished(tmp_path, guide)


def test_a4_is_bound_into_letter_and_letter_into_a4(tmp_path: Path, guide: bytes, landscape_map: Path) -> None:
    """Every page of a file has one paper."""
    on_a4 = typeset_guide(tmp_path / "a4", "a4paper")
    document = with_inserts([insert(landscape_map)], replace(HANDOUT, paper=Paper.A4))
    sizes = page_sizes(finished(tmp_path, on_a4, document))
    assert {(round(width), round(height)) for width, height in sizes} == {(595, 842)}
    assert len(sizes) == 7
    a4_insert = insert(tmp_path / "a4" / "guide.pdf", 1, 1)
    assert page_sizes(finished(tmp_path, guide, with_inserts([a4_insert]))) == [(612, 792)] * 6


@pytest.mark.parametrize(
    "how", [("--object-streams=generate",), ("--linearize",), ("--qdf",), ("--force-version=2.0",)]
)
def test_inserts_of_every_make_are_bound_in(
    tmp_path: Path, guide: bytes, landscape_map: Path, how: tuple[str, ...]
) -> None:
    """Packed, for the web, unpacked, of the newest version."""
    run("qpdf", *how, landscape_map, "made.pdf", folder=tmp_path)
    made = insert(tmp_path / "made.pdf")
    assert check_inserts((made,)) == ()
    assert page_labels(finished(tmp_path, guide, with_inserts([made])))[3:5] == ["2-A", "2-B"]


@pytest.mark.parametrize("bits", [40, 128, 256])
def test_encryption_of_every_strength_is_named(tmp_path: Path, landscape_map: Path, bits: int) -> None:
    """From the oldest way to the newest, with a password that everybody has."""
    weak = ["--allow-weak-crypto"] if bits < 256 else []
    run("qpdf", *weak, "--encrypt", "", "owner", bits, "--", landscape_map, "locked.pdf", folder=tmp_path)
    (problem,) = check_inserts((insert(tmp_path / "locked.pdf"),))
    assert problem.message.endswith("which is encrypted")


def test_an_insert_cut_anywhere_is_used_or_refused(tmp_path: Path, landscape_map: Path) -> None:
    """Half a download is never bound in as if it were whole."""
    content = landscape_map.read_bytes()
    cut = tmp_path / "cut.pdf"
    for length in range(0, len(content) - 6, max(1, len(content) // 40)):
        cut.write_bytes(content[:length])
        assert len(check_inserts((insert(cut),))) == 1
    assert os.listdir(tmp_path) == ["cut.pdf"]  # noqa: PTH208  names are what is compared
