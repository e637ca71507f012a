"""What makes the picture of a page, as one digest: equal for pages that look the same, in whatever PDF they stand.

Comes in: a PDF that our engine wrote, its pages. Goes out: hexadecimal digests. Links and notes are not drawn.
TeX numbers fonts and pictures in the order of their first use and embeds of a font what the whole document needs of it:
one word changes both for all pages after it. So a name counts as what it stands for, and a font of TeX's as its own
name, for its glyphs keep the numbers of the font file. All else is read where it stands: parsing takes thrice as long.
"""

from __future__ import annotations

import re
from hashlib import blake2b
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING

from pypdf.generic import IndirectObject

from studyguide.prepress.forms import read_drawing
from studyguide.prepress.objects import look_up_dictionary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pypdf import PageObject, PdfReader
    from pypdf.generic import DictionaryObject, PdfObject

DIGEST_BYTES = 16

NAME = re.compile(rb"/[^\x00\s()<>\[\]{}/%]+")
"""A name as it stands in a content stream (ISO 32000-2, 7.3.5)."""

STAMP = re.compile(rb"/Stamp BMC\b.*?\bEMC\b", re.DOTALL)
"""The build stamp in the foot, as studyguide.cls marks it: another after every edit, and nobody looks for it."""

TOKEN = re.compile(rb"[\[\]<>]|/?[^\s\[\]<>/]+")
"""A piece of an object, whatever the spaces around it: TeX and pypdf set them differently."""
REFERENCE = re.compile(rb"\b(\d+) (\d+) R\b")
OBJECT_HEAD = re.compile(rb"\s*(\d+) (\d+) obj\b")
DATA = re.compile(rb"\bstream\r?\n")
NOT_DRAWN = re.compile(rb"/(?:Parent|P|Metadata)\s+\d+ \d+ R\b|/(?:StructParents?|Length)\s+\d+(?: 0 R)?\b")
"""What leads from something drawn to what is not, and the length of data, which is seen anyway."""

SUBSET = re.compile(rb"/BaseFont\s*/[A-Z]{6}\+([^\s/<>\[\]()]+)")
"""The name of a font of which only some glyphs are embedded, without its tag (ISO 32000-2, 9.9.2)."""
GLYPH_NUMBERS = re.compile(rb"/Encoding\s*/Identity-H\b")
DESCENDANT = re.compile(rb"/DescendantFonts\s*\[\s*(\d+) 0 R\s*\]")
OTHER_NUMBERS = re.compile(rb"/CIDToGIDMap\s+\d")
DESCRIPTOR = re.compile(rb"/FontDescriptor\s+(\d+) 0 R\b")
FONT_FILE = re.compile(rb"/FontFile[23]?\s+\d+ 0 R\b")
SUBSET_TRAITS = re.compile(rb"/FontName\s*/[^\s/<>\[\]()]+|/CIDSet\s+\d+ 0 R\b")
"""What a font descriptor says of the glyphs that are embedded, and not of the font (ISO 32000-2, 9.8)."""


class PageDigests:
    """The digests of one PDF's pages; what several pages use is looked at once."""

    def __init__(self, content: bytes, reader: PdfReader) -> None:
        """Find out from where to where each object reaches."""
        self._content = content
        self._reader = reader
        starts = reader.xref.get(0, {})
        edges = sorted({*starts.values(), len(content)})
        self._starts = starts
        self._ends = dict(pairwise(edges))
        self._known: dict[tuple[int, int, bool], bytes] = {}

    def digest(self, page: PageObject) -> str:
        """Digest all that is drawn on a page, and the paper that it is drawn on."""
        paper = (page.mediabox, page.cropbox, page.rotation % 360, page.user_unit)
        result = blake2b(repr(paper).encode(), digest_size=DIGEST_BYTES)
        result.update(self._drawing(page))
        if "/Group" in page:
            result.update(self._digest_all(page.raw_get("/Group")))
        return result.hexdigest()

    def _drawing(self, page: PageObject) -> bytes:
        meanings = self._meanings(look_up_dictionary(page, "/Resources"))
        return NAME.sub(lambda name: meanings.get(name[0], name[0]), STAMP.sub(b"", read_drawing(page)))

    def _meanings(self, resources: DictionaryObject) -> Mapping[bytes, bytes]:
        """Say what the names stand for that a page's content may use; one name may stand in several lists."""
        meanings: dict[bytes, bytes] = {}
        for kind in resources:
            for name, value in look_up_dictionary(resources, kind).items():
                key = name.encode("latin-1", "replace")
                meaning = self._meaning(value, is_font=kind == "/Font")
                meanings[key] = b"%b %b %b" % (meanings.get(key, b""), kind.encode(), meaning.hex().encode())
        return meanings

    def _meaning(self, value: PdfObject, *, is_font: bool) -> bytes:
        if not isinstance(value, IndirectObject):
            return self._digest_all(value)
        place = (value.idnum, value.generation, is_font)
        if place not in self._known:
            font = self._describe_font(self._stored(value)) if is_font else b""
            self._known[place] = _short(font) if font else self._digest_all(value)
        return self._known[place]

    def _describe_font(self, font: bytes) -> bytes:
        """Describe a font of which TeX embedded some glyphs under their own numbers; nothing for any other font."""
        name, descendant = SUBSET.search(font), DESCENDANT.search(font)
        if name is None or descendant is None or not GLYPH_NUMBERS.search(font):
            return b""
        inner = self._stored_as(int(descendant[1]))
        named = DESCRIPTOR.search(inner)
        if named is None or OTHER_NUMBERS.search(inner):
            return b""
        traits, count = FONT_FILE.subn(b"", self._stored_as(int(named[1])))
        return name[1] + _tidied(SUBSET_TRAITS.sub(b"", traits)) if count else b""

    def _digest_all(self, value: PdfObject) -> bytes:
        """Digest a value and all that it leads to."""
        return _short(b"".join(b"%d %b" % (len(piece), piece) for piece in self._write_out(value)))

    def _write_out(self, value: PdfObject) -> Iterator[bytes]:
        """Write a value and all that it leads to, each object once and called by its place in the order."""
        numbers: dict[bytes, int] = {}
        waiting = [self._stored(value)]
        for stored in waiting:
            data = DATA.search(stored)
            head = _tidied(NOT_DRAWN.sub(b"", stored[: data.start()] if data else stored))
            for reference in REFERENCE.finditer(head):
                if reference[0] not in numbers:
                    numbers[reference[0]] = len(numbers)
                    waiting.append(self._stored_as(int(reference[1]), int(reference[2])))
            yield REFERENCE.sub(lambda reference: b"%d" % numbers[reference[0]], head)
            yield stored[data.start() :] if data else b""

    def _stored(self, value: PdfObject) -> bytes:
        if isinstance(value, IndirectObject):
            return self._stored_as(value.idnum, value.generation)
        return _written(value)

    def _stored_as(self, number: int, generation: int = 0) -> bytes:
        """Give an object as it stands in the file, without its number; an unusual file's as pypdf would write it."""
        start = self._starts.get(number, -1) if generation == 0 else -1
        head = OBJECT_HEAD.match(self._content, start) if start >= 0 else None
        if head is None or int(head[1]) != number:
            return _written(IndirectObject(number, generation, self._reader).get_object())
        end = self._content.rfind(b"endobj", start, self._ends[start])
        return self._content[head.end() : end]


def _written(value: PdfObject | None) -> bytes:
    if value is None:
        return b"null"
    buffer = BytesIO()
    value.write_to_stream(buffer)
    return buffer.getvalue()


def _tidied(stored: bytes) -> bytes:
    return b" ".join(TOKEN.findall(stored))


def _short(content: bytes) -> bytes:
    return blake2b(content, digest_size=DIGEST_BYTES).digest()
