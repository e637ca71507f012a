"""A small PDF as our class would leave it: described in full, with a place for its identifier.

Comes in: what the document says. Goes out: bytes. Left to others: whether our class writes such a file (tests/tex).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pdfs import FONT_NUMBER, SmallPage, SmallPdf, stream
from prepress_documents import METADATA, with_outline

from studyguide.description import encode_text, information_texts, xmp_packet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studyguide.artifacts import DocumentMetadata

PLACE = "0" * 32
DESCRIBED = with_outline((0, "Wells", "s1"), (1, "Rain (a\\b)", "s1.p2"))
"""A document of two pages, whose outline has two entries."""


def described_pdf(
    metadata: DocumentMetadata = METADATA, *, objects: Mapping[int, bytes] | None = None, resources: str = ""
) -> bytes:
    """Write the two pages of `DESCRIBED`, each with a link to the other."""
    first, second = (entry.title for entry in DESCRIBED.outline)
    information = "".join(f" /{key} <{digits(text)}>" for key, text in information_texts(metadata).items())
    own = {
        FONT_NUMBER: b"<< /Type /Font /Subtype /Type1 /BaseFont /ABCDEF+Helvetica >>",
        90: f"<<{information} /Trapped /False >>".encode(),
        91: b"<< /Type /Outlines /First 92 0 R /Last 92 0 R /Count 2 >>",
        92: f"<< /Title <{digits(first)}> /Parent 91 0 R /Dest (s1) /First 93 0 R /Last 93 0 R /Count 1 >>".encode(),
        93: f"<< /Title <{digits(second)}> /Parent 92 0 R /Dest (s1.p2) >>".encode(),
        94: stream(xmp_packet(metadata), "/Type /Metadata /Subtype /XML"),
    }
    return SmallPdf(
        pages=[SmallPage(text="Wells", links=["s1.p2"]), SmallPage(text="Rain", links=["s1"], resources=resources)],
        anchors={"s1": 0, "s1.p2": 1},
        objects=own | dict(objects or {}),
        catalog=(
            f"/Lang <{digits(metadata.language)}> /Metadata 94 0 R /PageLabels << /Nums [ 0 << /S /D /St 1 >> ] >>"
            " /ViewerPreferences << /DisplayDocTitle true >> /Outlines 91 0 R /PageMode /UseOutlines"
        ),
        trailer=f"/Info 90 0 R /ID [ <{PLACE}> <{PLACE}> ]",
    ).write()


def titled(title: str) -> DocumentMetadata:
    """Give the document's description with another title."""
    return replace(METADATA, title=title)


def digits(text: str) -> str:
    """Write a text string in hexadecimal digits."""
    return encode_text(text).hex()
