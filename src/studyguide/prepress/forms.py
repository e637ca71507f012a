"""Pages of another PDF as form XObjects: what is drawn on them and nothing else (ISO 32000-2, 8.10).

Comes in: the bytes of an insert and a range of pages. Goes out: one form a page; links, forms to fill in, scripts and
private data stay behind. Every step is bounded: nobody knows where the file has been.
Left to others: whether it may be read at all (`inserts`), where the forms are placed (`merge`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pypdf import PdfWriter, apply_configuration
from pypdf.errors import DependencyError, LimitReachedError
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, FloatObject, NumberObject, StreamObject

from studyguide.prepress.fitting import PageBox
from studyguide.prepress.objects import add_object, look_up, look_up_array, look_up_dictionary, name
from studyguide.prepress.reading import DAMAGE, open_pdf
from studyguide.prepress.strip import strip_resources

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader
    from pypdf.generic import IndirectObject

PAGES_LIMIT = 200
"""An insert of more pages is a book of its own."""
OBJECTS_LIMIT = 100_000
"""A map drawn by a geographic information system has some thousands of objects."""
OBJECT_STREAMS_LIMIT = 250
STRUCTURE_BYTES_LIMIT = 1_000_000
"""Unpacked size of one stream of objects; programs put about a hundred objects, some ten thousand bytes, into one."""
REVISIONS_LIMIT = 1_000
"""How often a file may have been added to; a comment in a viewer adds once."""
DRAWING_BYTES_LIMIT = 64_000_000
"""Unpacked size of all that is drawn, pictures not counted."""
SIDE_POINTS_LIMITS = (3.0, 100_000.0)
"""The smallest page that the standard allows; the largest is beyond every plotter."""


class UnusablePdf(Exception):
    """A PDF that cannot be bound in: what is the matter with it, and what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep the words that follow the file's name, and the advice."""
        super().__init__(message)
        self.message = message
        self.hint = hint


REPAIR_HINT = "open it in a PDF viewer, print it to a new PDF and name that one"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageForm:
    """What is drawn on one page, still belonging to the insert's file, and its visible part."""

    stream: StreamObject
    box: PageBox


def read_forms(content: bytes, first: int | None, last: int | None) -> tuple[PageForm, ...]:
    """Read the pages `first` to `last`, counted from 1, as forms.

    Raises:
        UnusablePdf: when it is encrypted, damaged, too large, hides layers or has no such pages.
    """
    try:
        with apply_configuration(
            zlib_maximum_output_length=STRUCTURE_BYTES_LIMIT,
            zlib_maximum_recovery_input_length=0,
            page_tree_maximum_entries=2 * PAGES_LIMIT,
            stream_decoding_work_maximum_length=2 * DRAWING_BYTES_LIMIT,
        ):
            pages = _select(_open(content), first, last)
            strip_resources((look_up_dictionary(page, "/Resources") for page in pages), objects_limit=OBJECTS_LIMIT)
        with apply_configuration(zlib_maximum_output_length=DRAWING_BYTES_LIMIT, zlib_maximum_recovery_input_length=0):
            forms = _draw_all(pages)
            copy_forms(PdfWriter(), forms)
    except LimitReachedError as problem:
        raise UnusablePdf("is damaged, or holds more than can be read safely", REPAIR_HINT) from problem
    except DAMAGE as problem:
        raise UnusablePdf("is damaged or cut short and cannot be read", REPAIR_HINT) from problem
    return forms


def copy_forms(writer: PdfWriter, forms: tuple[PageForm, ...]) -> tuple[IndirectObject, ...]:
    """Take forms over into another file; what several of them share is taken over once."""
    return tuple(add_object(writer, form.stream.clone(writer)) for form in forms)


def _open(content: bytes) -> PdfReader:
    if content.count(b"obj") > 2 * OBJECTS_LIMIT or content.count(b"trailer") > REVISIONS_LIMIT:
        raise LimitReachedError("too many objects or revisions to look for")
    try:
        reader = open_pdf(content)
    except (DependencyError, NotImplementedError):  # raised for ways of encryption only
        raise _encrypted() from None
    if reader.is_encrypted:
        raise _encrypted()
    if len({stream for stream, _ in reader.xref_objStm.values()}) > OBJECT_STREAMS_LIMIT:
        raise LimitReachedError("too many object streams")
    if _hides_layers(reader.root_object):
        raise UnusablePdf(
            "has layers that are switched off and would be printed",
            "print it to a new PDF, so that only what is to be seen is left, and name that one",
        )
    return reader


def _encrypted() -> UnusablePdf:
    return UnusablePdf(
        "is encrypted", "take the protection off: print it to a new PDF, without a password, and name that one"
    )


def _hides_layers(catalog: DictionaryObject) -> bool:
    """Tell whether some optional content is off by default (ISO 32000-2, 8.11.4.3)."""
    default = look_up_dictionary(look_up_dictionary(catalog, "/OCProperties"), "/D")
    return str(look_up(default, "/BaseState")) == "/OFF" or bool(look_up_array(default, "/OFF"))


def _select(reader: PdfReader, first: int | None, last: int | None) -> list[PageObject]:
    count = len(reader.pages)
    if count == 0:
        raise UnusablePdf("has no pages", REPAIR_HINT)
    if look_up(look_up_dictionary(reader.root_object, "/Pages"), "/Count") != NumberObject(count):
        raise UnusablePdf("is damaged: some of its pages are lost", REPAIR_HINT)
    start, end = first or 1, last or count
    if end > count or start > count:
        has = "1 page" if count == 1 else f"{count} pages"
        asked = f"page {start}" if start == end else f"pages {start}-{end}"
        raise UnusablePdf(
            f"has {has}, and {asked} of it {'is' if start == end else 'are'} asked for", "count its pages from 1"
        )
    if end - start >= PAGES_LIMIT:
        raise UnusablePdf(
            f"would add {end - start + 1} pages; at most {PAGES_LIMIT} are bound in", "ask for a range, as in #1-8"
        )
    return [reader.pages[index] for index in range(start - 1, end)]


def _draw_all(pages: list[PageObject]) -> tuple[PageForm, ...]:
    forms: list[PageForm] = []
    left = DRAWING_BYTES_LIMIT
    for page in pages:
        drawing = read_drawing(page, bytes_limit=left)
        left -= len(drawing)
        forms.append(_draw(page, drawing))
    return tuple(forms)


def read_drawing(page: PageObject, *, bytes_limit: int = DRAWING_BYTES_LIMIT) -> bytes:
    """Give a page's content; its parts end where a token may, so they are joined by line ends (ISO 32000-2, 7.8.2).

    Raises:
        LimitReachedError: pypdf's, when it is longer than `bytes_limit`.
    """
    content = look_up(page, "/Contents")
    parts = [part.get_object() for part in content] if isinstance(content, ArrayObject) else [content]
    drawing = bytearray()
    for part in parts:
        if isinstance(part, StreamObject):
            drawing += part.get_data() + b"\n"
        if len(drawing) > bytes_limit:
            raise LimitReachedError(f"more than {bytes_limit} bytes")
    return bytes(drawing)


def _draw(page: PageObject, drawing: bytes) -> PageForm:
    box = _box(page)
    stream = DecodedStreamObject()
    stream.set_data(drawing)
    packed = stream.flate_encode()
    packed[name("Type")] = name("XObject")
    packed[name("Subtype")] = name("Form")
    packed[name("BBox")] = ArrayObject(FloatObject(edge) for edge in (box.left, box.bottom, box.right, box.top))
    for key in ("/Resources", "/Group"):
        if key in page:
            packed[name(key.removeprefix("/"))] = page.raw_get(key)
    return PageForm(stream=packed, box=box)


def _box(page: PageObject) -> PageBox:
    """Give what a viewer shows: the crop box as far as it lies on the medium (ISO 32000-2, 14.11.2)."""
    crop, medium = page.cropbox, page.mediabox
    left, right = max(_low(crop, 0), _low(medium, 0)), min(_high(crop, 0), _high(medium, 0))
    bottom, top = max(_low(crop, 1), _low(medium, 1)), min(_high(crop, 1), _high(medium, 1))
    unit = float(page.user_unit)
    low, high = SIDE_POINTS_LIMITS
    if not all(math.isfinite(side) and low <= side * unit <= high for side in (right - left, top - bottom)):
        raise UnusablePdf("has a page without a sensible size", REPAIR_HINT)
    return PageBox(
        left=left, bottom=bottom, right=right, top=top, unit_points=unit, clockwise=int(page.rotation) // 90 * 90 % 360
    )


def _low(box: ArrayObject, axis: int) -> float:
    return min(float(box[axis]), float(box[axis + 2]))


def _high(box: ArrayObject, axis: int) -> float:
    return max(float(box[axis]), float(box[axis + 2]))
