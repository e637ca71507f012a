r"""What TeX writes into the PDF about the document: information, packet, language and outline.

Comes in: `DocumentMetadata` and the outline. Goes out: commands for `document.tex.j2`, texts as hexadecimal digits:
nothing in them is read as TeX or as PDF, whatever an author wrote.
Left to others: what is said (`studyguide.description`), writing it and the page labels (studyguide-catalog.lua).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.description import information_texts, xmp_packet
from studyguide.latex.escape import Latex, unprinted_bytes, unprinted_text
from studyguide.latex.fragments import Flow, TexCommand
from studyguide.latex.templates import Placed, place

if TYPE_CHECKING:
    from studyguide.artifacts import DocumentMetadata, OutlineEntry


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
    information = [Information(Latex(key), unprinted_text(text)) for key, text in information_texts(metadata).items()]
    bookmarks = [Bookmark(Latex(str(each.level)), Latex(each.anchor), unprinted_text(each.title)) for each in outline]
    description = Description(unprinted_text(metadata.language), unprinted_bytes(xmp_packet(metadata)))
    return place(Flow([*information, description, *bookmarks]))
