"""What a pass left in its folder, judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tex_documents import tex_document

from studyguide.engine.installation import Limits
from studyguide.engine.outcome import judge_pass
from studyguide.errors import CompileError, EngineCrashed, EngineMissing, EngineTimeout

if TYPE_CHECKING:
    from pathlib import Path

    from studyguide.artifacts import CompiledPdf

DOCUMENT = tex_document("The well")
WHOLE = b"%PDF-1.5\n1 0 obj\n%%EOF\n"


def judge(folder: Path, return_code: int = 0) -> CompiledPdf:
    """Judge what stands in a folder."""
    return judge_pass(DOCUMENT, folder=folder, return_code=return_code, limits=Limits())


def test_a_whole_pdf_and_its_notes_are_handed_on(tmp_path: Path) -> None:
    """With the number of pages from the log."""
    (tmp_path / "doc.pdf").write_bytes(WHOLE)
    (tmp_path / "doc.aux").write_bytes(b"\\relax\n")
    (tmp_path / "doc.log").write_bytes(b"Output written on doc.pdf (8 pages, 99 bytes).\n")
    compiled = judge(tmp_path)
    assert (compiled.path, compiled.page_count, compiled.auxiliary) == (tmp_path / "doc.pdf", 8, b"\\relax\n")


@pytest.mark.parametrize("content", [None, b"", b"%PDF-1.5\nhalf", b"no PDF\n%%EOF\n"])
def test_half_a_pdf_is_never_handed_on(content: bytes | None, tmp_path: Path) -> None:
    """Even when TeX says that all is well."""
    if content is not None:
        (tmp_path / "doc.pdf").write_bytes(content)
    with pytest.raises(EngineCrashed, match="half a PDF of `commons-03-water`"):
        judge(tmp_path)


def test_a_link_in_place_of_the_pdf_is_not_followed(tmp_path: Path) -> None:
    """An engine that was led astray must not make us hand on another file."""
    (tmp_path / "private.pdf").write_bytes(WHOLE)
    (tmp_path / "doc.pdf").symlink_to(tmp_path / "private.pdf")
    with pytest.raises(EngineCrashed, match="half a PDF"):
        judge(tmp_path)


@pytest.mark.parametrize("return_code", [-24, 128 + 24])
def test_used_up_computing_time_is_a_timeout(return_code: int, tmp_path: Path) -> None:
    """Whether the signal is seen by us or told by the sandbox."""
    with pytest.raises(EngineTimeout):
        judge(tmp_path, return_code)


@pytest.mark.parametrize(("return_code", "name"), [(-11, "SIGSEGV"), (128 + 9, "SIGKILL")])
def test_a_signal_is_named(return_code: int, name: str, tmp_path: Path) -> None:
    """As far as anybody can know more."""
    with pytest.raises(EngineCrashed, match=f"ended by {name}"):
        judge(tmp_path, return_code)


def test_a_silent_end_shows_the_last_words(tmp_path: Path) -> None:
    """The last line on the terminal that is not empty."""
    (tmp_path / "terminal.txt").write_bytes(b"I cannot find the format\n\n")
    with pytest.raises(EngineCrashed) as failure:
        judge(tmp_path, 1)
    assert failure.value.hint == "its last words: I cannot find the format"


def test_a_missing_character_is_an_error_though_tex_ended_well(tmp_path: Path) -> None:
    """The return code alone would let it pass."""
    (tmp_path / "doc.pdf").write_bytes(WHOLE)
    (tmp_path / "doc.log").write_text("Missing character: There is no 水 (U+6C34) in font x!\n", encoding="utf-8")
    with pytest.raises(CompileError) as failure:
        judge(tmp_path)
    assert (failure.value.pages, failure.value.synctex) == (WHOLE, b"")


def test_notes_of_where_boxes_stand_are_handed_on(tmp_path: Path) -> None:
    """With a PDF that is well, and with one to be looked at only."""
    (tmp_path / "doc.pdf").write_bytes(WHOLE)
    (tmp_path / "doc.synctex.gz").write_bytes(b"notes")
    assert judge(tmp_path).synctex == b"notes"
    (tmp_path / "doc.log").write_text("Missing character: There is no 水 (U+6C34) in font x!\n", encoding="utf-8")
    with pytest.raises(CompileError) as failure:
        judge(tmp_path)
    assert failure.value.synctex == b"notes"


@pytest.mark.parametrize(("content", "return_code"), [(WHOLE[:-8], 0), (WHOLE, 1)])
def test_pages_that_tex_gave_up_are_not_shown(content: bytes, return_code: int, tmp_path: Path) -> None:
    """Half a PDF, or one that an error of TeX's ended."""
    (tmp_path / "doc.pdf").write_bytes(content)
    (tmp_path / "doc.log").write_text("Missing character: There is no 水 (U+6C34) in font x!\n", encoding="utf-8")
    with pytest.raises(CompileError) as failure:
        judge(tmp_path, return_code)
    assert failure.value.pages is None


def test_a_missing_package_sends_to_the_doctor(tmp_path: Path) -> None:
    """It is the machine's fault, not the author's."""
    (tmp_path / "doc.log").write_bytes(b"! LaTeX Error: File `nowhere.sty' not found.\n")
    with pytest.raises(EngineMissing, match=r"TeX lacks the file `nowhere\.sty`"):
        judge(tmp_path, 1)
