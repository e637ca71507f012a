r"""What TeX writes into the PDF about the document: information, packet, language and outline.

Comes in: `DocumentMetadata` and the outline. Goes out: commands for `document.tex.j2`, texts as hexadecimal digits:
nothing in them is read as TeX or as PDF, whatever an author wrote.
Left to others: what is said (`studyguide.description`), writing it and the page labels (studyguide-catalog.lua).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.description import encode_text, information_texts, xmp_packet
from studyguide.latex.escape import Latex
from studyguide.latex.fragments import Flow, TexCommand
from studyguide.latex.templates import Placed, place

if TYPE_CHECKING:
    from studyguide.artifacts import DocumentMetadata, OutlineEntry

GROUP_BYTES = 32
"""A blank stands after so many bytes, where a long line can end."""


class Information(TexCommand):
    """An entry of the document information: key, text."""

    _latex_name = "StudyGuideInformation"


class Description(TexCommand):
    """The language of the PDF, and its XMP packet."""

    _latex_name = "StudyGuideDescription"


class Bookmark(TexCommand):
    """An entry of the outline: level, anchor, title."""

    _latex_name = "StudyGuideBookmark"


def describe(metadata: DocumentMetadata, outline: tuple[OutlineEntry, ...]) -> Placed:
    """Set all that a PDF says of itself, page labels apart."""
    information = [Information(Latex(key), _digits(text)) for key, text in information_texts(metadata).items()]
    bookmarks = [Bookmark(Latex(str(each.level)), Latex(each.anchor), _digits(each.title)) for each in outline]
    description = Description(_digits(metadata.language), _group(xmp_packet(metadata)))
    return place(Flow([*information, description, *bookmarks]))


def _digits(text: str) -> Latex:
    return _group(encode_text(text))


def _group(content: bytes) -> Latex:
    return Latex(content.hex(" ", -GROUP_BYTES))
