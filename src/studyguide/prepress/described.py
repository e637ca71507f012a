"""The short way: a PDF that our class has described in full is handed out as TeX wrote it, once it has been read back.

Comes in: a document without inserts, its PDF as TeX left it. Goes out: the finished file, or None for the long way.
Left to others: the long way (`assemble`), the comparison (`readback`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.artifacts import FinishedPdf
from studyguide.errors import PrepressError
from studyguide.prepress.expectation import expect, require_anchors
from studyguide.prepress.identity import awaits_identifier, identify
from studyguide.prepress.known_names import has_only_known_names
from studyguide.prepress.readback import open_finished, read_back

if TYPE_CHECKING:
    from studyguide.artifacts import TexDocument


def adopt(document: TexDocument, content: bytes, page_count: int) -> FinishedPdf | None:
    """Give TeX's own file with its identifier; None when pypdf has to bind, describe or strip something.

    Raises:
        PrepressError: when the file is not what the document says.
    """
    if document.inserts or not awaits_identifier(content) or not has_only_known_names(content):
        return None
    finished = identify(content)
    opened = open_finished(finished)
    if len(opened.pages) != page_count:
        raise PrepressError(f"TeX wrote {page_count} pages, but its PDF has {len(opened.pages)}")
    require_anchors(document, opened.anchors)
    read_back(opened, expect(document, page_count, opened.anchors, {}))
    return FinishedPdf(content=finished, page_count=page_count)
