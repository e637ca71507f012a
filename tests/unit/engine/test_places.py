"""What SyncTeX notes of boxes leads to the author's lines."""

from __future__ import annotations

import gzip
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tex_documents import span_of, tex_document

from studyguide.engine.places import MOST_BYTES, read_places

if TYPE_CHECKING:
    from studyguide.artifacts import Place

DOCUMENT = tex_document(
    "first\n\\par\nsecond\n\\par\n\\begin{quotation}\nthird\n\\end{quotation}\nfourth\\Note{%\nfifth\n}"
)
POINT = 65782
"""TeX's units in a point of a PDF, rounded."""


INK = "x1,1:0,0\n"


def box(line: int, inside: str = INK, *, left: int = 92, base: int = 80, width: int = 300) -> str:
    """Note a box ten points high and two deep."""
    place = f"{left * POINT},{base * POINT}:{width * POINT},{10 * POINT},{2 * POINT}"
    return f"(7,{line}:{place}\n{inside})\n"


def page(number: int, content: str) -> str:
    """Note a page, which is a box of its own."""
    return f"!99\n{{{number}\n[7,11:0,0:{600 * POINT},{800 * POINT},0\n{content}]\n!99\n}}{number}\n"


def pack(content: str, body: str = "Input:7:/private/job/./body.tex\n") -> bytes:
    """Put what stands on the pages into a whole file of notes."""
    return gzip.compress(
        f"SyncTeX Version:1\nInput:1:./driver.tex\n{body}Output:pdf\nContent:\n{content}Postamble:\nCount:9\n".encode()
    )


def read(content: str) -> tuple[Place, ...]:
    """Read what stands on the pages."""
    return read_places(pack(content), DOCUMENT).places


def spans(content: str) -> list[int]:
    """Give the lines of the body that the places of one page lead to."""
    lines = {span_of(line): line for line in range(1, 13)}
    return [lines[each.span] for each in read(page(1, content))]


def test_a_box_leads_to_its_line() -> None:
    """In points from the upper left corner; pages count from 0."""
    (place,) = read(page(2, box(4)))
    assert (place.page, place.span) == (1, span_of(4))
    assert [place.left, place.top, place.right, place.bottom] == pytest.approx([92, 70, 392, 82], abs=0.01)


def test_the_lines_of_a_paragraph_are_one_place() -> None:
    """From the top of the first to the bottom of the last; other lines and other pages are others."""
    places = read(page(1, box(4, base=80) + box(4, base=94) + box(3, base=108)) + page(2, box(3)))
    assert [(each.page, each.span) for each in places] == [(0, span_of(4)), (0, span_of(3)), (1, span_of(3))]
    assert [places[0].top, places[0].bottom] == pytest.approx([70, 96], abs=0.01)


@pytest.mark.parametrize("other", [box(4, left=420), box(4, base=400)])
def test_what_stands_apart_is_a_place_of_its_own(other: str) -> None:
    """Beside its line, or far below it, as on the next column."""
    assert len(read(page(1, box(4) + other))) == 2


def test_a_reference_in_the_margin_is_found_where_it_stands() -> None:
    """It is noted inside its line, but was moved beside it and lower."""
    places = read(page(1, box(4, INK + box(4, left=420, base=86, width=20)) + box(3, base=94)))
    assert [(round(each.left), round(each.top), each.span) for each in places] == [
        (92, 70, span_of(4)),
        (420, 76, span_of(4)),
        (92, 84, span_of(3)),
    ]


def test_what_stands_in_a_line_is_the_line() -> None:
    """A bullet is set before its item's text is read, and is still no part of what came before."""
    assert spans(box(4, box(2, left=100, width=5) + INK)) == [4]


def test_a_line_comes_from_where_its_spaces_were_read() -> None:
    """The line itself is made where its paragraph ends, perhaps after a note of several lines."""
    assert spans(box(10, "x7,10:0,0\ng7,9:5,5\nk3,4:0,0:9\ng1,2:5,5\n")) == [9]


def test_what_is_set_at_an_end_belongs_to_the_beginning() -> None:
    """Of an environment, and of an argument that has lines of its own; a document's end belongs to its last words."""
    assert spans(box(8)) == [6]
    assert spans(box(11)) == [10]
    assert spans(box(12)) == [12]


@pytest.mark.parametrize(
    "nothing",
    [
        box(4, ""),
        box(4, "g7,4:0,0\n"),
        box(4, width=0),
        box(4).replace("(7,", "(1,"),
        "}1\n{0\n" + box(4) + "{1\n",
        "(7,4:1,=:2,3,4\nx1,1:0,0\n)\n",
        f"[7,4:{POINT},{POINT}:{POINT},{POINT},0\nx1,1:0,0\n]\n",
    ],
    ids=["empty", "no ink", "no width", "of the class", "on no page", "not a box", "a column"],
)
def test_what_nobody_sees_is_no_place(nothing: str) -> None:
    """Boxes without ink, of other files, or that we cannot read."""
    assert spans(nothing + box(4)) == [4]


def test_a_point_between_two_places_is_that_of_the_nearer() -> None:
    """So that a click beside the words opens something."""
    places = read_places(pack(page(1, box(2, base=80) + box(4, base=200))), DOCUMENT)
    assert places.find(0, 300, 100) == span_of(2)
    assert places.find(0, 300, 180) == span_of(4)
    assert places.find(1, 300, 180) is None


@pytest.mark.parametrize(
    "notes",
    [
        b"",
        b"SyncTeX Version:1\n",
        gzip.compress(b""),
        pack(page(1, box(4)), body=""),
        gzip.compress(b"Input:7:body.tex\n{1\n" + box(4).encode() + bytes(MOST_BYTES)),
    ],
    ids=["nothing", "not packed", "empty", "another file's", "too much"],
)
def test_unusable_notes_give_no_places(notes: bytes) -> None:
    """A click opens nothing then."""
    assert read_places(notes, DOCUMENT).places == ()


def test_notes_that_were_cut_off_give_their_whole_pages() -> None:
    """The engine may have been ended while it wrote them."""
    content = f"Input:7:body.tex\n{page(1, box(2))}{page(2, box(4) + box(2))}"
    notes = gzip.compress(content.encode(), compresslevel=0)[: -len(page(2, box(2)))]
    assert [each.span for each in read_places(notes, DOCUMENT).places] == [span_of(2)]


def test_a_document_without_origins_leads_to_its_name() -> None:
    """As its errors do."""
    (place,) = read_places(pack(page(1, box(4))), replace(DOCUMENT, origins=())).places
    assert str(place.span) == "commons-03-water:1:1"


PIECES = st.sampled_from([*"()[]{}xg7,:-\n", "9" * 12, box(4), "(7,4:1,1:9,9,9\n"])


@given(st.lists(PIECES).map("".join) | st.text())
def test_nothing_that_stands_in_notes_is_too_strange(content: str) -> None:
    """TeX has read an author's text when it writes them."""
    notes = pack(content.encode(errors="replace").decode())
    for each in read_places(notes, DOCUMENT).places:
        assert each.page >= 0
        assert each.left < each.right
        assert each.top < each.bottom


@given(st.binary())
def test_notes_need_not_be_text(notes: bytes) -> None:
    """Nor be packed as they should."""
    assert read_places(notes, DOCUMENT).places == ()
