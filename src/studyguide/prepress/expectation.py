"""What the finished file should be, worked out from TeX's pages alone.

Comes in: a document, the page (from 0) on which each anchor stands, how many insert pages follow which page.
Goes out: an `Expectation`.
Left to others: making a file like that (`assemble`), comparing one with it (`readback`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studyguide.errors import PrepressError
from studyguide.prepress.fitting import PAPER_POINTS
from studyguide.prepress.labels import label_pages
from studyguide.prepress.outline import parent_indexes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studyguide.artifacts import DocumentMetadata, TexDocument
    from studyguide.prepress.labels import PageLabel

FIRST_SESSION_ANCHOR = "s1"
"""The anchor at the head of the first session: the prelims end before its page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedBookmark:
    """An entry of the outline: how many entries it stands under, its title, the page that it opens, from 0."""

    depth: int
    title: str
    page_index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What the finished file should be: one label a page, bookmarks in reading order."""

    metadata: DocumentMetadata
    labels: tuple[PageLabel, ...]
    bookmarks: tuple[ExpectedBookmark, ...]
    paper_points: tuple[float, float]


def require_anchors(document: TexDocument, anchors: Mapping[str, int]) -> None:
    """See that everything that has to be found in TeX's PDF is there.

    Raises:
        PrepressError: with every anchor that is not.
    """
    wanted = [entry.anchor for entry in document.outline] + [insert.anchor for insert in document.inserts]
    if document.has_prelims:
        wanted.append(FIRST_SESSION_ANCHOR)
    missing = sorted(set(wanted) - set(anchors))
    if missing:
        raise PrepressError(f"the PDF that TeX wrote lacks the destinations {', '.join(missing)}")


def expect(
    document: TexDocument, page_count: int, anchors: Mapping[str, int], inserted: Mapping[int, int]
) -> Expectation:
    """Work out what the finished file should be; `page_count` and `anchors` count TeX's pages."""
    prelim_count = anchors[FIRST_SESSION_ANCHOR] if document.has_prelims else 0
    depths = _depths(tuple(entry.level for entry in document.outline))
    return Expectation(
        metadata=document.metadata,
        labels=label_pages(page_count=page_count, prelim_count=prelim_count, inserted=inserted),
        bookmarks=tuple(
            ExpectedBookmark(depth=depth, title=entry.title, page_index=_shift(anchors[entry.anchor], inserted))
            for depth, entry in zip(depths, document.outline, strict=True)
        ),
        paper_points=PAPER_POINTS[document.paper],
    )


def _depths(levels: tuple[int, ...]) -> list[int]:
    depths: list[int] = []
    for parent in parent_indexes(levels):
        depths.append(0 if parent is None else depths[parent] + 1)
    return depths


def _shift(page_index: int, inserted: Mapping[int, int]) -> int:
    """Give a TeX page's place in the bound document."""
    return page_index + sum(count for after_page, count in inserted.items() if after_page < page_index)
