"""Reading a finished PDF back, before it may replace the last good one.

Comes in: the file as bytes and what it should be (`expectation`). Goes out: nothing, or a `PrepressError` that lists
all that is wrong.
Left to others: mending it: whatever is found here is a mistake of ours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from pypdf.generic import BooleanObject, DictionaryObject, StreamObject

from studyguide.description import information_texts, xmp_packet
from studyguide.errors import PrepressError
from studyguide.prepress.clear_text import ClearText
from studyguide.prepress.destinations import explicit_target, index_pages, named_destinations, read_anchor
from studyguide.prepress.forms import read_drawing
from studyguide.prepress.labels import NumberingStyle
from studyguide.prepress.merge import DRAWS_INSERT
from studyguide.prepress.objects import dictionary, look_up, look_up_array, look_up_dictionary, name
from studyguide.prepress.reading import DAMAGE, open_strictly

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pypdf import PageObject, PdfReader
    from pypdf.generic import PdfObject

    from studyguide.artifacts import DocumentMetadata
    from studyguide.prepress.expectation import Expectation

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

SHOWS_TITLE = dictionary({"DisplayDocTitle": BooleanObject(value=True)})


OBJECT_HEAD = b"%d %d obj"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedPdf:
    """A finished file, open to be looked at; pages are counted from 0, `anchors` says on which each anchor stands."""

    reader: PdfReader
    clear_text: ClearText
    pages: tuple[PageObject, ...]
    page_indexes: Mapping[int, int]
    anchors: Mapping[str, int]


def open_finished(content: bytes) -> OpenedPdf:
    """Open a file that is to be handed out.

    Raises:
        PrepressError: when it cannot be read.
    """
    try:
        reader = open_strictly(content)
        pages = tuple(reader.pages)
        clear_text = ClearText(content=content, offsets=reader.xref.get(0, {}))
        page_indexes = index_pages(pages)
        anchors = _find_anchors(reader.root_object, page_indexes, clear_text)
    except DAMAGE as problem:
        raise _unreadable() from problem
    return OpenedPdf(reader=reader, clear_text=clear_text, pages=pages, page_indexes=page_indexes, anchors=anchors)


def _find_anchors(catalog: DictionaryObject, page_indexes: Mapping[int, int], clear_text: ClearText) -> dict[str, int]:
    anchors: dict[str, int] = {}
    for anchor, value in named_destinations(catalog):
        page_index = _page_index(value, page_indexes, clear_text)
        if page_index is not None:
            anchors[anchor] = page_index
    return anchors


def _page_index(value: PdfObject | None, page_indexes: Mapping[int, int], clear_text: ClearText) -> int | None:
    """Find the page of an explicit destination; None when it names no page of the file."""
    page_number = clear_text.read_destination(value)
    if page_number is not None:
        return page_indexes.get(page_number)
    target = explicit_target(value, page_indexes)
    return None if target is None else target.page_index


def read_back(opened: OpenedPdf, expected: Expectation) -> None:
    """Compare a finished file with what it should be.

    Raises:
        PrepressError: when anything differs; the message says what.
    """
    try:
        differences = [*_whole(opened), *_inside(opened, expected)]
    except DAMAGE as problem:
        raise _unreadable() from problem
    if differences:
        raise PrepressError(f"the finished PDF does not read back as it should: {'; '.join(differences)}")


def _unreadable() -> PrepressError:
    return PrepressError("the finished PDF cannot be read back", hint="build again")


def _whole(opened: OpenedPdf) -> Iterator[str]:
    if not opened.clear_text.content.endswith(END_MARK):
        yield "its end is missing"
    for generation, offsets in opened.reader.xref.items():
        for number, offset in offsets.items():
            if not opened.clear_text.content.startswith(OBJECT_HEAD % (number, generation), offset):
                yield f"object {number} is not in its place"


def _inside(opened: OpenedPdf, expected: Expectation) -> Iterator[str]:
    if len(opened.pages) != len(expected.labels):
        yield f"it has {len(opened.pages)} pages, not {len(expected.labels)}"
    yield from _description(opened.reader, expected)
    yield from _paper(opened.pages, expected.paper_points)
    yield from _links(opened)
    yield from _bookmarks(opened, expected)
    yield from _drawings(opened.pages, expected)


def _description(reader: PdfReader, expected: Expectation) -> Iterator[str]:
    catalog = reader.root_object
    strange = sorted(set(catalog) - CATALOG_KEYS)
    if strange:
        yield f"its catalog holds {', '.join(strange)}"
    yield from _information(reader, expected.metadata)
    language = str(look_up(catalog, "/Lang"))
    if language != expected.metadata.language:
        yield f'its language is "{language}", not "{expected.metadata.language}"'
    if reader.page_labels != [str(label) for label in expected.labels]:
        yield "its page labels are wrong"
    mode = name("UseOutlines") if expected.bookmarks else None
    if look_up(catalog, "/PageMode") != mode or look_up(catalog, "/ViewerPreferences") != SHOWS_TITLE:
        yield "viewers are told to show it in another way"


def _information(reader: PdfReader, metadata: DocumentMetadata) -> Iterator[str]:
    """Compare both forms of what a file says of itself."""
    found = {key.removeprefix("/"): str(value) for key, value in (reader.metadata or {}).items()}
    for key, text in (information_texts(metadata) | {"Trapped": "/False"}).items():
        if found.pop(key, None) != text:
            yield f"its {key} is wrong"
    if found:
        yield f"its information holds {', '.join(found)}"
    packet = look_up(reader.root_object, "/Metadata")
    if not isinstance(packet, StreamObject) or packet.get_data() != xmp_packet(metadata):
        yield "its packet is wrong"


def _paper(pages: tuple[PageObject, ...], paper_points: tuple[float, float]) -> Iterator[str]:
    for number, page in enumerate(pages, start=1):
        size = (float(page.mediabox.width), float(page.mediabox.height))
        if any(abs(side - wanted) > NEAR_POINTS for side, wanted in zip(size, paper_points, strict=True)):
            yield f"page {number} measures {size[0]:g} x {size[1]:g} points"


def _links(opened: OpenedPdf) -> Iterator[str]:
    for number, page in enumerate(opened.pages, start=1):
        for annotation in look_up_array(page, "/Annots"):
            anchor = opened.clear_text.read_link(annotation)
            if anchor is None:
                yield from _parsed_link(annotation, number, opened)
            elif anchor and anchor not in opened.anchors:
                yield f"a link on page {number} leads nowhere"


def _parsed_link(annotation: PdfObject, number: int, opened: OpenedPdf) -> Iterator[str]:
    found = annotation.get_object()
    link = found if isinstance(found, DictionaryObject) else DictionaryObject()
    action = look_up_dictionary(link, "/A")
    kind = str(look_up(action, "/S") or "/GoTo")
    if kind not in LINKS:
        yield f"page {number} holds an action {kind}"
    elif kind == "/GoTo" and _landing(look_up(action, "/D") or look_up(link, "/Dest"), opened) is None:
        yield f"a link on page {number} leads nowhere"


def _landing(place: PdfObject | None, opened: OpenedPdf) -> int | None:
    """Find the page that something leads to which says its destination, or names it."""
    page_index = _page_index(place, opened.page_indexes, opened.clear_text)
    return opened.anchors.get(read_anchor(place)) if page_index is None else page_index


def _bookmarks(opened: OpenedPdf, expected: Expectation) -> Iterator[str]:
    outline = look_up_dictionary(opened.reader.root_object, "/Outlines")
    # One more than there should be is enough to see that there are too many: a tree may bite its own tail.
    items = islice(_outline_items(outline, 0), len(expected.bookmarks) + 1)
    found = [(depth, str(item["/Title"]), _landing(look_up(item, "/Dest"), opened)) for depth, item in items]
    if found != [(each.depth, each.title, each.page_index) for each in expected.bookmarks]:
        yield "its outline is wrong"


def _outline_items(parent: DictionaryObject, depth: int) -> Iterator[tuple[int, DictionaryObject]]:
    item = look_up(parent, "/First")
    while isinstance(item, DictionaryObject):
        yield depth, item
        yield from _outline_items(item, depth + 1)
        item = look_up(item, "/Next")


def _drawings(pages: tuple[PageObject, ...], expected: Expectation) -> Iterator[str]:
    """Look for text on pages that start something, and for the insert on the pages of inserts."""
    headed = {0, *(each.page_index for each in expected.bookmarks)}
    for index, (page, label) in enumerate(zip(pages, expected.labels, strict=False)):
        if label.style is NumberingStyle.LETTER:
            if DRAWS_INSERT not in read_drawing(page):
                yield f"page {index + 1} does not show its insert"
        elif index in headed and not SHOWS_TEXT.search(read_drawing(page)):
            yield f"page {index + 1} shows no text"
