"""Stripping reaches everything that is drawn, once, and comes to an end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pdfs import SmallPage, SmallPdf, all_keys, page_texts, stream
from prepress_documents import HANDOUT, compiled

from studyguide.errors import PrepressError
from studyguide.prepress import finish

if TYPE_CHECKING:
    from pathlib import Path

FORM = "/Type /XObject /Subtype /Form /BBox [0 0 9 9]"


def finished(folder: Path, page: SmallPage, objects: dict[int, bytes]) -> bytes:
    """Finish a page."""
    content = SmallPdf(pages=[page], objects=objects).write()
    return finish(HANDOUT, compiled(folder, content, page_count=1)).content


def test_a_form_in_a_form_is_stripped(tmp_path: Path) -> None:
    """A picture of a picture may hold private data, too."""
    page = SmallPage(text="Wells", resources="/XObject << /X 90 0 R >>")
    outer = stream(b"/Y Do", f"{FORM} /Resources << /XObject << /Y 91 0 R >> >>")
    inner = stream(b"0 0 m", f"{FORM} /PieceInfo << /Draw (Draw 1.0) >> /LastModified (D:20200101)")
    content = finished(tmp_path, page, {90: outer, 91: inner})
    assert not all_keys(content) & {"/PieceInfo", "/LastModified"}
    assert b"/Y Do" in content


def test_forms_that_draw_each_other_come_to_an_end(tmp_path: Path) -> None:
    """A loop is walked once."""
    page = SmallPage(text="Wells", resources="/XObject << /X 90 0 R >>")
    one = stream(b"/Y Do", f"{FORM} /Resources << /XObject << /Y 91 0 R >> >>")
    two = stream(b"/X Do", f"{FORM} /Resources << /XObject << /X 90 0 R >> >>")
    assert b"/Y Do" in finished(tmp_path, page, {90: one, 91: two})


def test_names_of_resources_are_not_mistaken_for_private_data(tmp_path: Path) -> None:
    """A font may be called /F or /Metadata by the program that made the file."""
    page = SmallPage(text="Wells", resources="/XObject << /Metadata 90 0 R /OC 90 0 R >> /Pattern << /F 90 0 R >>")
    content = finished(tmp_path, page, {90: stream(b"0 0 m", FORM)})
    assert {"/OC", "/F"} <= all_keys(content)
    assert page_texts(content) == ["Wells"]


def test_what_leads_out_of_the_drawing_is_cut_off(tmp_path: Path) -> None:
    """A resource that is a page, an action or a file is none."""
    page = SmallPage(text="Wells", resources="/XObject << /X 90 0 R /Y [91 0 R 92 0 R] >>")
    objects = {
        90: b"<< /Type /Action /S /Launch /F (run.sh) >>",
        91: b"<< /Type /Filespec /F (members.csv) >>",
        92: stream(b"0 0 m", FORM),
    }
    content = finished(tmp_path, page, objects)
    assert b"run.sh" not in content
    assert b"members" not in content
    assert b"0 0 m" in content


def test_a_page_tree_that_bites_its_tail_is_an_error(tmp_path: Path) -> None:
    """A loop in a PDF of the engine's ends in a sentence."""
    content = SmallPdf(pages=[SmallPage(text="Wells")]).write().replace(b"/Kids [10 0 R]", b"/Kids [ 2 0 R]")
    with pytest.raises(PrepressError, match="the PDF that TeX wrote cannot be read"):
        finish(HANDOUT, compiled(tmp_path, content, page_count=1))
