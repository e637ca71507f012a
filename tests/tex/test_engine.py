"""The real LuaLaTeX: passes, warm starts, messages on the author's lines, and the same bytes twice."""

from __future__ import annotations

import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from pypdf import PdfReader
from tex_documents import CLASSES, FONTS, real_engines, span_of, tex_document

from studyguide.artifacts import Asset
from studyguide.engine import WarmEngines, compile_document, examine_installation
from studyguide.errors import CompileError, EngineMissing, EngineTimeout, ManuscriptError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studyguide.artifacts import CompiledPdf, TexDocument

LIMIT_SECONDS = 60.0
REFERRING = "\\pageref{well}\n\nThe well was dug first.\n\\newpage\nThe library came later.\\label{well}"


@pytest.fixture(scope="session")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Let luaotfload learn the fonts once for all tests."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(params=["forking", "standing by"])
def engines(cache_folder: Path, request: pytest.FixtureRequest) -> Iterator[WarmEngines]:
    """Give the LuaLaTeX of this machine, warm in one of two ways."""
    with real_engines(cache_folder, may_fork=request.param == "forking") as engines:
        yield engines


def set_document(document: TexDocument, engines: WarmEngines, auxiliary: bytes | None = None) -> CompiledPdf:
    """Compile with patience."""
    return compile_document(document, engines=engines, auxiliary=auxiliary, time_limit_seconds=LIMIT_SECONDS)


def problems_of(text: str, engines: WarmEngines, preamble: str = "\\documentclass{commons}\n") -> list[str]:
    """Give the messages, each with its line, of a text that cannot be set."""
    with pytest.raises(CompileError) as failure:
        set_document(tex_document(text, preamble=preamble), engines)
    return [f"{each.span.line}: {each.message}" for each in failure.value.diagnostics]


def pages_of(compiled: CompiledPdf) -> list[str]:
    """Read each page as a reader would copy it out."""
    return [page.extract_text().strip() for page in PdfReader(compiled.path).pages]


def test_a_new_document_needs_two_passes(engines: WarmEngines) -> None:
    """The first pass learns the page numbers, the second prints them and learns nothing new."""
    compiled = set_document(tex_document(REFERRING), engines)
    assert (compiled.passes, compiled.page_count) == (2, 2)
    assert pages_of(compiled) == ["2\nThe well was dug first.", "The library came later."]
    assert compiled.warnings == ()


def test_a_class_that_can_do_all_in_one_run_is_asked_to(engines: WarmEngines) -> None:
    """Its notes say that it needed none, so no further pass is made."""
    compiled = set_document(tex_document("The well", preamble="\\documentclass{able}\n"), engines)
    assert (compiled.passes, pages_of(compiled)) == (1, ["The well"])


def test_with_kept_notes_one_pass_is_enough(engines: WarmEngines) -> None:
    """A word that changes on a page moves no page number: what was learnt last time still holds."""
    notes = set_document(tex_document(REFERRING), engines).auxiliary
    compiled = set_document(tex_document(REFERRING.replace("first", "last")), engines, notes)
    assert compiled.passes == 1
    assert pages_of(compiled)[0] == "2\nThe well was dug last."


def test_notes_that_no_longer_hold_cost_one_more_pass(engines: WarmEngines) -> None:
    """When a page more pushes a label on, the printed number follows it."""
    notes = set_document(tex_document(REFERRING), engines).auxiliary
    compiled = set_document(tex_document(REFERRING.replace("\\newpage", "\\newpage Jars.\\newpage")), engines, notes)
    assert compiled.passes == 2
    assert pages_of(compiled)[0].startswith("3\n")


def test_damaged_notes_do_no_harm(engines: WarmEngines) -> None:
    """Notes that are no TeX are forgotten, not shown as the author's mistake."""
    compiled = set_document(tex_document(REFERRING), engines, b"\\relax \n\\nonsense{\n")
    assert pages_of(compiled)[0].startswith("2\n")


def test_the_same_document_gives_the_same_bytes(engines: WarmEngines) -> None:
    """No date, folder or number of a process finds its way into the PDF."""
    first, second = (set_document(tex_document(REFERRING), engines).path.read_bytes() for _ in range(2))
    assert first == second
    assert b"/tmp" not in first
    assert b"studyguide-" not in first


def test_an_engine_that_was_started_ahead_gives_the_same(engines: WarmEngines) -> None:
    """Warm or not, the pages are the same."""
    cold = set_document(tex_document(REFERRING), engines).path.read_bytes()
    engines.expect(tex_document(REFERRING).preamble, 2)
    assert set_document(tex_document(REFERRING), engines).path.read_bytes() == cold


def test_documents_are_set_side_by_side(engines: WarmEngines) -> None:
    """Four documents in two threads do not mix."""
    texts = [f"Page of well {number}" for number in range(4)]
    with ThreadPoolExecutor(max_workers=2) as pool:
        pages = list(pool.map(lambda text: pages_of(set_document(tex_document(text), engines)), texts))
    assert pages == [[text] for text in texts]


def test_the_doctor_sets_a_page(cache_folder: Path) -> None:
    """On this machine, with the class that we ship, nothing that is needed is missing."""
    findings = examine_installation(
        class_folders=(Path("latex_templates"),),
        font_folders=(FONTS,),
        cache_folder=cache_folder,
        search_path=os.defpath,
    )
    assert [each for each in findings if each.is_needed and not each.is_present] == []


@pytest.mark.parametrize("may_fork", [True, False])
def test_a_folder_may_be_called_anything(tmp_path: Path, *, may_fork: bool) -> None:
    """Commas, braces and blanks in the names of folders mean nothing to us, though they do to TeX."""
    home = tmp_path / "Añn's guides; 2026, {new} ~"
    classes = home / "classes"
    classes.mkdir(parents=True)
    shutil.copy(CLASSES / "commons.cls", classes)
    with WarmEngines(
        class_folders=(classes,),
        font_folders=(FONTS,),
        cache_folder=home / "cache",
        search_path=os.defpath,
        may_fork=may_fork,
    ) as engines:
        assert pages_of(set_document(tex_document("The well"), engines)) == ["The well"]


def test_an_error_of_tex_is_on_the_authors_line(engines: WarmEngines) -> None:
    """The line is the author's, the words are for people, and TeX's own come last."""
    with pytest.raises(CompileError) as failure:
        set_document(tex_document("The well\n\nis \\unknown deep"), engines)
    assert failure.value.message == "TeX cannot set `commons-03-water`"
    (problem,) = failure.value.diagnostics
    assert problem.span == span_of(4)
    assert problem.message == "the class does not know a command that is used here"
    assert problem.hint.endswith("TeX says: Undefined control sequence, at: is \\unknown")


def test_every_missing_character_is_an_error_on_its_line(engines: WarmEngines) -> None:
    """TeX itself would print the page without them and only note it in the log."""
    assert problems_of("Water 水 is\n\na snowman ☃ here", engines) == [
        '102: no font that is used here has the character "水" (U+6C34, cjk unified ideograph-6c34)',
        '104: no font that is used here has the character "☃" (U+2603, snowman)',
    ]


def test_an_overfull_line_is_a_warning_with_its_measure(engines: WarmEngines) -> None:
    """A word that no hyphenation divides is named, with how far it sticks out."""
    compiled = set_document(tex_document(f"Short.\n\n{'w' * 60}\n\nShort."), engines)
    (warning,) = compiled.warnings
    assert warning.span == span_of(4)
    assert warning.message.startswith("a line is too wide by ")
    assert warning.message.endswith(f' mm: "{"w" * 60}"')


def test_what_is_higher_than_its_page_is_a_warning(engines: WarmEngines) -> None:
    """A box that no page can hold is reported in millimetres."""
    compiled = set_document(tex_document("\\vbox to 20pt{\\hrule width 1pt height 100pt}"), engines)
    assert [each.message for each in compiled.warnings] == ["something here is higher than its page by 28.1 mm"]


def test_a_reference_to_nowhere_is_a_warning(engines: WarmEngines) -> None:
    """The anchor's name is given on the line that refers to it."""
    compiled = set_document(tex_document("See\n\n\\pageref{nowhere}"), engines)
    assert [(each.span, each.message) for each in compiled.warnings] == [
        (span_of(4), 'the page of "nowhere" is not known')
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\\def\\a{\\a\\a}\\a", "102: this is more than TeX can hold at once"),
        ("\\hskip 99999cm", "102: something here is larger than any page"),
        ("well}", "102: TeX cannot set this"),
        ("\\directlua{error('dry')}", "102: TeX cannot set this"),
    ],
)
def test_other_errors_are_on_the_authors_line_too(text: str, message: str, engines: WarmEngines) -> None:
    """Capacity, dimensions, braces and errors of Lua."""
    assert problems_of(text, engines) == [message]


@pytest.mark.parametrize(
    ("preamble", "message"),
    [
        ("\\documentclass{nowhere}", "TeX lacks the file `nowhere.cls`"),
        ("\\documentclass{commons}\\usepackage{nowhere}", "TeX lacks the file `nowhere.sty`"),
        (
            '\\documentclass{commons}\\font\\x="[Nowhere-Regular.ttf]:mode=node;"',
            "TeX lacks the font `Nowhere-Regular.ttf`",
        ),
    ],
)
def test_what_is_not_installed_is_not_the_authors_mistake(preamble: str, message: str, engines: WarmEngines) -> None:
    """A missing class, package or font sends the author to the doctor."""
    with pytest.raises(EngineMissing) as failure:
        set_document(tex_document("The well", preamble=f"{preamble}\n"), engines)
    assert failure.value.message == message


def test_a_class_that_is_broken_is_said_as_such(engines: WarmEngines) -> None:
    """An error before the body begins is no error of the author's text."""
    with pytest.raises(CompileError) as failure:
        set_document(tex_document("The well", preamble="\\documentclass{commons}\n\\nonsense\n"), engines)
    assert failure.value.message == "TeX cannot read the class"
    assert failure.value.diagnostics == ()
    assert "driver.tex:3: Undefined control sequence" in failure.value.hint


def test_a_text_that_goes_round_in_circles_is_ended(engines: WarmEngines) -> None:
    """An endless loop is stopped by the time limit."""
    with pytest.raises(EngineTimeout):
        compile_document(
            tex_document("\\def\\a{\\a}\\a"), engines=engines, auxiliary=None, time_limit_seconds=LIMIT_SECONDS / 30
        )


def test_pictures_are_printed_under_their_generated_names(engines: WarmEngines, tmp_path: Path) -> None:
    """A PNG, a JPEG and a PDF of the author stand on the page."""
    drawing = tmp_path / "drawing.pdf"
    drawing.write_bytes(set_document(tex_document("A drawing of the well"), engines).path.read_bytes())
    Image.new("RGBA", (40, 20), "#8a1c1c80").save(tmp_path / "map.png")
    Image.new("CMYK", (40, 20), (0, 255, 0, 0)).save(tmp_path / "photograph.jpg")
    assets = (
        Asset(name="asset-1.png", source=tmp_path / "map.png", span=span_of(2)),
        Asset(name="asset-2.jpg", source=tmp_path / "photograph.jpg", span=span_of(3)),
        Asset(name="asset-3.pdf", source=drawing, span=span_of(4)),
    )
    text = "\n\n".join(f"\\includegraphics[width=20pt]{{{each.name}}}" for each in assets)
    compiled = set_document(tex_document(text, assets=assets), engines)
    shown = subprocess.run(["pdfimages", "-list", compiled.path], capture_output=True, check=True).stdout
    assert [line.split()[2] for line in shown.decode().splitlines()[2:]] == ["image", "smask", "image"]
    assert "A drawing of the well" in pages_of(compiled)[0]


def test_a_picture_that_cannot_be_used_stops_before_tex(engines: WarmEngines, tmp_path: Path) -> None:
    """The author reads which picture it is, at the place where it is named."""
    assets = (Asset(name="asset-1.png", source=tmp_path / "map.png", span=span_of(2)),)
    with pytest.raises(ManuscriptError) as failure:
        set_document(tex_document("The well", assets=assets), engines)
    (problem,) = failure.value.diagnostics
    assert (problem.span, problem.message) == (span_of(2), 'picture "map.png" does not exist')
    assert problem.hint == "put it there, or correct its path"
