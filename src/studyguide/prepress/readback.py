"""Reading a finished PDF back, before it may replace the last good one.

Comes in: the file as bytes and what it should be. Goes out: nothing, or a `PrepressError` that lists all that is wrong.
Left to others: mending it: whatever is found here is a mistake of ours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject

from studyguide.errors import PrepressError
from studyguide.prepress.destinations import explicit_target, find_targets, index_pages, read_anchor
from studyguide.prepress.forms import read_drawing
from studyguide.prepress.labels import NumberingStyle
from studyguide.prepress.merge import DRAWS_INSERT
from studyguide.prepress.objects import look_up, look_up_array, look_up_dictionary
from studyguide.prepress.reading import open_pdf

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pypdf import PageObject, PdfReader

    from studyguide.prepress.labels import PageLabel

END_MARK = b"%%EOF\n"
CATALOG_KEYS = frozenset(
    {
        "/Dests",
        "/Lang",
        "/Metadata",
        "/Names",
        "/Outlines",
        "/PageLabels",
        "/PageMode",
        "/Pages",
        "/Type",
        "/ViewerPreferences",
    }
)
"""All that a finished file may say in its catalog; anything else could run, open or carry something."""

LINKS = frozenset({"/GoTo", "/URI"})
"""All that a click may do."""

SHOWS_TEXT = re.compile(rb"[\])>]\s*(?:TJ|Tj)\b")
"""An operator that shows text, after the string or array that it shows (ISO 32000-2, 9.4.3)."""

NEAR_POINTS = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedBookmark:
    """An entry of the outline and the page that it opens, counted from 0."""

    title: str
    page_index: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """What the finished file should be: one label a page, bookmarks in reading order."""

    title: str
    language: str
    labels: tuple[PageLabel, ...]
    bookmarks: tuple[ExpectedBookmark, ...]
    paper_points: tuple[float, float]


def read_back(content: bytes, expected: Expectation) -> None:
    """Open a finished file again and compare it with what it should be.

    Raises:
        PrepressError: when anything differs; the message says what.
    """
    try:
        differences = [*_whole(content), *_inside(open_pdf(content), expected)]
    except PyPdfError as problem:
        raise PrepressError("the finished PDF cannot be read back") from problem
    if differences:
        raise PrepressError(f"the finished PDF does not read back as it should: {'; '.join(differences)}")


def _whole(content: bytes) -> Iterator[str]:
    if not content.endswith(END_MARK):
        yield "its end is missing"


def _inside(reader: PdfReader, expected: Expectation) -> Iterator[str]:
    catalog = reader.root_object
    pages = list(reader.pages)
    page_indexes = index_pages(pages)
    if len(pages) != len(expected.labels):
        yield f"it has {len(pages)} pages, not {len(expected.labels)}"
    yield from _description(reader, expected)
    yield from _paper(pages, expected.paper_points)
    yield from _links(pages, catalog, page_indexes)
    yield from _bookmarks(catalog, page_indexes, expected)
    yield from _drawings(pages, expected)


def _description(reader: PdfReader, expected: Expectation) -> Iterator[str]:
    catalog = reader.root_object
    strange = sorted(set(catalog) - CATALOG_KEYS)
    if strange:
        yield f"its catalog holds {', '.join(strange)}"
    title = reader.metadata.title if reader.metadata is not None else None
    if title != expected.title:
        yield f'its title is "{title}", not "{expected.title}"'
    language = str(look_up(catalog, "/Lang"))
    if language != expected.language:
        yield f'its language is "{language}", not "{expected.language}"'
    if reader.page_labels != [str(label) for label in expected.labels]:
        yield "its page labels are wrong"


def _paper(pages: list[PageObject], paper_points: tuple[float, float]) -> Iterator[str]:
    for number, page in enumerate(pages, start=1):
        size = (float(page.mediabox.width), float(page.mediabox.height))
        if any(abs(side - wanted) > NEAR_POINTS for side, wanted in zip(size, paper_points, strict=True)):
            yield f"page {number} measures {size[0]:g} x {size[1]:g} points"


def _links(pages: list[PageObject], catalog: DictionaryObject, page_indexes: Mapping[int, int]) -> Iterator[str]:
    targets = find_targets(catalog, page_indexes)
    for number, page in enumerate(pages, start=1):
        for annotation in look_up_array(page, "/Annots"):
            link = annotation.get_object()
            action = look_up_dictionary(link, "/A")
            kind = str(look_up(action, "/S") or "/GoTo")
            place = look_up(action, "/D") or look_up(link, "/Dest")
            if kind not in LINKS:
                yield f"page {number} holds an action {kind}"
            elif kind == "/GoTo" and explicit_target(place, page_indexes) is None and read_anchor(place) not in targets:
                yield f"a link on page {number} leads nowhere"


def _bookmarks(catalog: DictionaryObject, page_indexes: Mapping[int, int], expected: Expectation) -> Iterator[str]:
    found = [
        (str(item["/Title"]), explicit_target(item["/Dest"], page_indexes))
        for item in _outline_items(look_up_dictionary(catalog, "/Outlines"))
    ]
    shown = [(title, target.page_index if target else None) for title, target in found]
    if shown != [(each.title, each.page_index) for each in expected.bookmarks]:
        yield "its outline is wrong"


def _outline_items(parent: DictionaryObject) -> Iterator[DictionaryObject]:
    item = look_up(parent, "/First")
    while isinstance(item, DictionaryObject):
        yield item
        yield from _outline_items(item)
        item = look_up(item, "/Next")


def _drawings(pages: list[PageObject], expected: Expectation) -> Iterator[str]:
    """Look for text on pages that start something, and for the insert on the pages of inserts."""
    headed = {0, *(each.page_index for each in expected.bookmarks)}
    for index, (page, label) in enumerate(zip(pages, expected.labels, strict=False)):
        if label.style is NumberingStyle.LETTER:
            if DRAWS_INSERT not in read_drawing(page):
                yield f"page {index + 1} does not show its insert"
        elif index in headed and not SHOWS_TEXT.search(read_drawing(page)):
            yield f"page {index + 1} shows no text"
