"""Pages of proofs as pictures for the screen. Owns pypdfium2.

Comes in: a proof as bytes, a page, a width in pixels. Goes out: a PNG. Links and notes are not drawn.
PDFium can do one thing at a time, whatever the document: one picture is made after the other.
Left to others: which pages there are (`board`), who may see them (`server`).
"""

from __future__ import annotations

import ctypes
import struct
import threading
import zlib
from collections import OrderedDict
from contextlib import closing
from typing import TYPE_CHECKING

import pypdfium2

from studyguide.errors import PrepressError

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_OPEN_PROOFS = 4
"""How many documents stay open: one for each page that somebody is likely to look at in turn."""

MOST_PICTURE_BYTES = 32_000_000
"""How much the pictures that are kept may take: some 150 pages at the width of a large screen."""

MOST_SIDE_PIXELS = 8192
"""No picture is higher, however long a page is."""

ROUNDING = 0.01
"""Sizes of pages are not exact, and a fraction of a pixel too much would become a whole one."""

MOST_CANVAS_BYTES = 24_000_000
"""A letter page at twice the width of a usual window; what is larger gets a canvas of its own."""

PIXEL_BYTES = 3
ROWS_AT_A_TIME = 64

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
EIGHT_BIT_COLOUR = (8, 2, 0, 0, 0)
"""Bits, colour type, then ways of packing, filtering, interlacing (PNG, third edition, 11.2.1)."""

UNFILTERED = b"\0"
"""Stands before each row. Filters cost more than they save: a page is mostly white, the way to the browser short."""

FASTEST = 1
"""Level 1 of zlib: 1.2 times the size of level 4 in less than half of its time."""


class PageRenderer:
    """Draws pages and keeps their pictures; for use by any number of threads."""

    def __init__(self, *, most_picture_bytes: int = MOST_PICTURE_BYTES) -> None:
        """Begin with nothing open and nothing kept."""
        self._turn = threading.Lock()
        self._documents: OrderedDict[bytes, pypdfium2.PdfDocument] = OrderedDict()
        self._pictures: OrderedDict[tuple[str, int], bytes] = OrderedDict()
        self._most_picture_bytes = most_picture_bytes
        self._picture_bytes = 0
        self._canvas = _make_canvas(0)

    def render(self, content: bytes, *, page: int, digest: str, width: int) -> bytes:
        """Draw a page of a proof, counted from 0, so many pixels wide; pictures of one digest are taken to be equal.

        Raises:
            PrepressError: when the page cannot be drawn.
        """
        with self._turn:
            if (digest, width) not in self._pictures:
                self._keep((digest, width), self._draw(content, page, width))
            self._pictures.move_to_end((digest, width))
            return self._pictures[digest, width]

    def close(self) -> None:
        """Close all documents; whatever is asked for later is opened anew."""
        with self._turn:
            while self._documents:
                self._documents.popitem()[1].close()

    def _draw(self, content: bytes, number: int, width: int) -> bytes:
        try:
            page = self._open(content)[number]
        except (pypdfium2.PdfiumError, IndexError) as problem:
            raise PrepressError(f"page {number + 1} of the proof cannot be drawn") from problem
        # Nothing is left for the garbage collector to close: it would call PDFium at any time, from any thread.
        with closing(page):
            scale = min((width - ROUNDING) / page.get_width(), MOST_SIDE_PIXELS / page.get_height())
            bitmap = page.render(
                scale=scale, draw_annots=False, may_draw_forms=False, rev_byteorder=True, bitmap_maker=self._prepare
            )
            with closing(bitmap):
                return _pack(bitmap)

    def _open(self, content: bytes) -> pypdfium2.PdfDocument:
        if content not in self._documents:
            self._documents[content] = pypdfium2.PdfDocument(content)
        self._documents.move_to_end(content)
        while len(self._documents) > MOST_OPEN_PROOFS:
            self._documents.popitem(last=False)[1].close()
        return self._documents[content]

    def _prepare(self, width: int, height: int, **layout: int) -> pypdfium2.PdfBitmap:
        """Give a bitmap on the canvas of the picture before: to ask for new memory takes as long as to draw."""
        size = width * height * PIXEL_BYTES
        canvas = self._canvas if size <= len(self._canvas) else _make_canvas(size)
        if size <= MOST_CANVAS_BYTES:
            self._canvas = canvas
        return pypdfium2.PdfBitmap.new_native(width, height, buffer=canvas, **layout)

    def _keep(self, key: tuple[str, int], picture: bytes) -> None:
        self._pictures[key] = picture
        self._picture_bytes += len(picture)
        while self._picture_bytes > self._most_picture_bytes and len(self._pictures) > 1:
            self._picture_bytes -= len(self._pictures.popitem(last=False)[1])


def _make_canvas(size: int) -> ctypes.Array[ctypes.c_ubyte]:
    return (ctypes.c_ubyte * size)()


def _pack(bitmap: pypdfium2.PdfBitmap) -> bytes:
    """Write a PNG (third edition, clause 5): Pillow would try five filters on each row, which takes twice as long."""
    head = struct.pack(">II5B", bitmap.width, bitmap.height, *EIGHT_BIT_COLOUR)
    packing = zlib.compressobj(FASTEST)
    data = b"".join([*map(packing.compress, _rows(bitmap)), packing.flush()])
    return PNG_SIGNATURE + _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _rows(bitmap: pypdfium2.PdfBitmap) -> Iterator[bytes]:
    """Give the rows, some at a time."""
    pixels = memoryview(bitmap.buffer).cast("B")
    starts = range(0, bitmap.height * bitmap.stride, bitmap.stride)
    for first in range(0, bitmap.height, ROWS_AT_A_TIME):
        rows = (pixels[start : start + bitmap.stride] for start in starts[first : first + ROWS_AT_A_TIME])
        yield UNFILTERED.join([b"", *rows])


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(data, zlib.crc32(kind)))
