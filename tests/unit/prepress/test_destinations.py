"""Anchors are found wherever a PDF may keep them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pdfs import SmallPage, SmallPdf, anchor_pages, outline
from prepress_documents import HANDOUT, compiled, with_outline

from studyguide.errors import PrepressError
from studyguide.prepress import finish

if TYPE_CHECKING:
    from pathlib import Path


def finished(folder: Path, names: str, objects: dict[int, bytes]) -> bytes:
    """Finish two pages whose anchors are kept in a way of their own; s1 is in the outline."""
    pages = [SmallPage(text="Wells"), SmallPage(text="Rain")]
    content = SmallPdf(pages=pages, objects=objects, catalog=names, has_old_anchors=True).write()
    content = content.replace(b"/Dests <<  >>", b"            ")
    document = with_outline((0, "Wells", "s1"), document=HANDOUT)
    return finish(document, compiled(folder, content, page_count=2)).content


def test_a_name_tree_with_branches(tmp_path: Path) -> None:
    """Large documents spread their names over several leaves."""
    objects = {
        90: b"<< /Kids [91 0 R 92 0 R] >>",
        91: b"<< /Limits [(s1) (s1)] /Names [(s1) [12 0 R /XYZ 0 0 null]] >>",
        92: b"<< /Limits [(s2) (s2)] /Names [(s2) 93 0 R] >>",
        93: b"<< /D [10 0 R /Fit] >>",
    }
    content = finished(tmp_path, "/Names << /Dests 90 0 R >>", objects)
    assert outline(content) == [(0, "Wells", 2)]
    assert anchor_pages(content) == {"s1": 2, "s2": 1}


def test_both_forms_at_once(tmp_path: Path) -> None:
    """A tree does not hide the older dictionary, nor the other way round."""
    objects = {90: b"<< /Names [(s2) [10 0 R /Fit]] >>", 91: b"<< /s1 [12 0 R /Fit] >>"}
    content = finished(tmp_path, "/Names << /Dests 90 0 R >> /Dests 91 0 R", objects)
    assert outline(content) == [(0, "Wells", 2)]


def test_a_tree_that_bites_its_tail_comes_to_an_end(tmp_path: Path) -> None:
    """A loop is noticed, and the anchor is missing."""
    objects = {90: b"<< /Kids [90 0 R] >>"}
    with pytest.raises(PrepressError, match="lacks the destinations s1"):
        finished(tmp_path, "/Names << /Dests 90 0 R >>", objects)


@pytest.mark.parametrize("place", ["[99 0 R /Fit]", "[/Fit]", "[]", "(elsewhere)", "null", "<< /D null >>", "[7 /Fit]"])
def test_an_anchor_without_a_page_is_none(tmp_path: Path, place: str) -> None:
    """What names no page of this file does not count as a place."""
    objects = {90: f"<< /Names [(s1) {place}] >>".encode()}
    with pytest.raises(PrepressError, match="lacks the destinations s1"):
        finished(tmp_path, "/Names << /Dests 90 0 R >>", objects)
