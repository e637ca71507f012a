"""Destinations and links in the forms of TeX and pypdf are read without a parser; all others are left to it."""

from __future__ import annotations

from io import BytesIO

import pytest
from pdfs import small_pdf
from pypdf import PdfReader
from pypdf.generic import IndirectObject, NumberObject

from studyguide.prepress.clear_text import ClearText

READER = PdfReader(BytesIO(small_pdf("Wells")))


def look(content: bytes, number: int = 7, generation: int = 0, offset: int = 3) -> tuple[int | None, str | None]:
    """Read the object that the table says stands at the offset."""
    clear = ClearText(content=b"%  " + content, offsets={7: offset})
    reference = IndirectObject(number, generation, READER)
    return clear.read_destination(reference), clear.read_link(reference)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"7 0 obj\n<< /D [ 97 0 R /XYZ 91.656 731.228 null ] >>\nendobj", (97, None)),
        (b"7 0 obj\n<<\n/D [ 97 0 R /XYZ 91 -731.228 null ]\n>>\nendobj", (97, None)),
        (
            (
                b"7 0 obj\n<< /Type /Annot /Subtype /Link /Border[0 0 0]/H/I/C[1 0 0] /Rect [ 4.5 6 4 -8 ]/A  "
                b"<< /S /GoTo /D (s1.r2) >> >>\nendobj"
            ),
            (None, "s1.r2"),
        ),
        (
            (
                b"7 0 obj\n<<\n/Type /Annot\n/Subtype /Link\n/Border [ 0 0 0 ]\n/H /I\n/C [ 1 0 0 ]\n/Rect [ 4 6 4 8 ]"
                b"\n/A <<\n/S /GoTo\n/D (s1.r2)\n>>\n/P 9 0 R\n>>\nendobj"
            ),
            (None, "s1.r2"),
        ),
        (
            (
                b"7 0 obj\n<< /Type /Annot /Border[0 0 0]/H/I/C[0 1 1] /Rect [ 9 2 2 ]\n /Subtype/Link/A<</Type/Action"
                b"/S/URI/URI(https://example.org/vote)>>\n >>\nendobj"
            ),
            (None, ""),
        ),
        (b"8 0 obj\n<< /D [ 97 0 R /XYZ 91.656 731.228 null ] >>\nendobj", (None, None)),
        (b"7 0 obj\n<< /D [ 97 0 R /Fit ] >>\nendobj", (None, None)),
        (b"7 0 obj\n<< /D [ 97 0 R /XYZ 9 7 null ] /AA 5 0 R >>\nendobj", (None, None)),
        (b"7 0 obj\n<< /Type /Annot /Subtype /Link /AA 5 0 R /A << /S /GoTo /D (s1) >> >>\nendobj", (None, None)),
        (b"7 0 obj\n<< /Type /Annot /Subtype /Link /A << /S /GoTo /D (s1) /Next 5 0 R >> >>\nendobj", (None, None)),
        (b"7 0 obj\n<< /Type /Annot /Subtype /Link /A << /S /Launch /F (x) >> >>\nendobj", (None, None)),
        (b"7 0 obj\n<< /Type /Annot /Subtype /Link /A << /S /GoTo /D (s\\061) >> >>\nendobj", (None, None)),
    ],
)
def test_only_what_is_known_to_the_letter_is_read(content: bytes, expected: tuple[int | None, str | None]) -> None:
    """A destination's page, a link's anchor, an empty one when it leads out."""
    assert look(content) == expected


def test_only_objects_in_their_place_are_read() -> None:
    """Another number, another generation, an offset beside it, and no reference at all."""
    content = b"7 0 obj\n<< /D [ 97 0 R /XYZ 91.656 731.228 null ] >>\nendobj"
    assert look(content, number=8) == (None, None)
    assert look(content, generation=1) == (None, None)
    assert look(content, offset=4) == (None, None)
    assert ClearText(content=content, offsets={7: 0}).read_destination(NumberObject(7)) is None
