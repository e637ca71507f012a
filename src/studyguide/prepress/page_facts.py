"""What the preview has to know of a PDF's pages: their size, their folio, and whether their picture is another.

Comes in: a PDF of ours, whole in memory. Goes out: `PageFacts`, one a page.
Left to others: what a picture is made of (`page_digests`), drawing it (`preview.rendering`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.artifacts import PageFacts
from studyguide.errors import PrepressError

if TYPE_CHECKING:
    from pypdf import PageObject

QUARTER_TURNS = frozenset({90, 270})


def describe_pages(content: bytes) -> tuple[PageFacts, ...]:
    """Describe each page of a proof as it is shown; pages that look the same have the same digest.

    Raises:
        PrepressError: when the PDF cannot be read.
    """
    from studyguide.prepress.page_digests import PageDigests
    from studyguide.prepress.reading import DAMAGE, open_strictly

    try:
        reader = open_strictly(content)
        digests = PageDigests(content, reader)
        return tuple(
            _describe(page, digests.digest(page), label)
            for page, label in zip(reader.pages, reader.page_labels, strict=True)
        )
    except DAMAGE as problem:
        raise PrepressError("the proof cannot be read", hint="save a source again to make another") from problem


def _describe(page: PageObject, digest: str, label: str) -> PageFacts:
    width, height = float(page.cropbox.width), float(page.cropbox.height)
    if page.rotation % 360 in QUARTER_TURNS:
        width, height = height, width
    return PageFacts(digest=digest, width_points=width, height_points=height, label=label)
