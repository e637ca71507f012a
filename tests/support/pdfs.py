"""Small PDFs for tests, written object by object, and readers that say what a person or a viewer finds in a PDF.

Comes in: texts, anchors, links, or whole objects. Goes out: bytes; from bytes: texts, outline, labels, links, fonts.
The builders use no library, so that a file can be as wrong as a test wants it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ContentStream, DictionaryObject, IndirectObject, StreamObject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

LETTER_POINTS = (612.0, 792.0)

CATALOG_NUMBER = 1
PAGES_NUMBER = 2
FONT_NUMBER = 3
FIRST_FREE_NUMBER = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallPage:
    """A page that shows one line of ASCII text, or refers to other `contents`.

    `entries` and `resources` go into its dictionaries as they are.
    """

    text: str
    size: tuple[float, float] = LETTER_POINTS
    links: Sequence[str] = ()
    entries: str = ""
    resources: str = ""
    contents: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallPdf:
    """A PDF in the making: pages, anchors by page (from 0), more objects, what else catalog and trailer say."""

    pages: Sequence[SmallPage]
    anchors: Mapping[str, int] = field(default_factory=dict)
    objects: Mapping[int, bytes] = field(default_factory=dict)
    catalog: str = ""
    trailer: str = ""
    has_old_anchors: bool = False

    def write(self) -> bytes:
        """Write it; anchors go into a name tree, or into the older dictionary."""
        objects: dict[int, bytes] = {FONT_NUMBER: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"}
        objects.update(self.objects)
        numbers = [FIRST_FREE_NUMBER + 2 * index for index in range(len(self.pages))]
        for number, page in zip(numbers, self.pages, strict=True):
            objects[number] = _page(page, number)
            objects[number + 1] = stream(f"BT /F1 12 Tf 36 36 Td ({page.text}) Tj ET".encode())
        kids = " ".join(f"{number} 0 R" for number in numbers)
        objects[PAGES_NUMBER] = f"<< /Type /Pages /Count {len(numbers)} /Kids [{kids}] >>".encode()
        anchors = self._old_anchors(numbers) if self.has_old_anchors else self._name_tree(numbers)
        catalog = f"<< /Type /Catalog /Pages {PAGES_NUMBER} 0 R {anchors} {self.catalog} >>"
        return raw_pdf({CATALOG_NUMBER: catalog.encode()} | objects, self.trailer)

    def _name_tree(self, numbers: Sequence[int]) -> str:
        leaves = " ".join(
            f"({anchor}) << /D [{numbers[page]} 0 R /XYZ 72 700 null] >>"
            for anchor, page in sorted(self.anchors.items())
        )
        return f"/Names << /Dests << /Names [{leaves}] >> >>"

    def _old_anchors(self, numbers: Sequence[int]) -> str:
        leaves = " ".join(f"/{anchor} [{numbers[page]} 0 R /Fit]" for anchor, page in self.anchors.items())
        return f"/Dests << {leaves} >>"


def small_pdf(
    *texts: str, size: tuple[float, float] = LETTER_POINTS, anchors: Mapping[str, int] | None = None
) -> bytes:
    """Write a PDF with one line of text a page."""
    return SmallPdf(pages=[SmallPage(text=text, size=size) for text in texts], anchors=anchors or {}).write()


def raw_pdf(objects: Mapping[int, bytes], trailer: str = "") -> bytes:
    """Write numbered objects as a PDF with a cross-reference table; object 1 is the catalog."""
    written = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    offsets: dict[int, int] = {}
    for number in sorted(objects):
        offsets[number] = len(written)
        written += b"%d 0 obj\n%b\nendobj\n" % (number, objects[number])
    start = len(written)
    size = max(objects) + 1
    written += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        written += b"%010d 00000 n \n" % offsets[number] if number in offsets else b"0000000000 00001 f \n"
    written += b"trailer\n<< /Size %d /Root 1 0 R %b >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer.encode(), start)
    return bytes(written)


def stream(data: bytes, entries: str = "") -> bytes:
    """Write a stream object."""
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(data), entries.encode(), data)


def encrypted(content: bytes, password: str) -> bytes:
    """Protect a PDF by a password; the empty one lets everybody read and nobody change."""
    writer = PdfWriter(clone_from=BytesIO(content))
    writer.encrypt(password, password * 2, algorithm="RC4-128")
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def alternative_texts(content: bytes) -> list[str]:
    """Give what is said of each picture that is marked for those who cannot see it (ISO 32000-2, 14.9.3)."""
    found = []
    for page in _read(content).pages:
        operations = ContentStream(page.get_contents(), page.pdf).operations
        words = [operator for _, operator in operations]
        for number, (operands, operator) in enumerate(operations):
            if operator == b"BDC" and operands[0] == "/Span":
                assert b"Do" in words[number : words.index(b"EMC", number)]
                found.append(str(operands[1]["/Alt"]))
    return found


def page_texts(content: bytes) -> list[str]:
    """Give the text of each page as a person would copy it out."""
    return [page.extract_text().strip() for page in _read(content).pages]


def outline(content: bytes) -> list[tuple[int, str, int]]:
    """Give the outline: level from 0, title, page from 1."""
    reader = _read(content)
    return list(_entries(reader, reader.outline, 0))


def open_entries_count(content: bytes) -> int:
    """Say how many entries of the outline are seen before anything is clicked."""
    return int(_read(content).root_object["/Outlines"]["/Count"])  # type: ignore[index]


def page_labels(content: bytes) -> list[str]:
    """Give what a viewer calls each page."""
    return _read(content).page_labels


def link_targets(content: bytes) -> list[tuple[int, int]]:
    """Give the internal links: the page that each is on and the page that it opens, from 1."""
    reader = _read(content)
    named = reader.named_destinations
    found: list[tuple[int, int]] = []
    for number, link in _annotations(reader):
        action: Any = link.get("/A", {})
        place: Any = action.get("/D", link.get("/Dest"))
        if isinstance(place, str):
            page = reader.get_destination_page_number(named[place])
            found.append((number, -1 if page is None else page + 1))
    return found


def web_links(content: bytes) -> list[tuple[int, str]]:
    """Give the links that lead out: the page that each is on, from 1, and its address."""
    actions = [(number, link["/A"]) for number, link in _annotations(_read(content)) if "/A" in link]
    return [(number, str(action["/URI"])) for number, action in actions if "/URI" in action]  # type: ignore[operator, index]


def anchor_pages(content: bytes) -> dict[str, int]:
    """Give the page of each named destination, from 1."""
    reader = _read(content)
    pages = {name: reader.get_destination_page_number(place) for name, place in reader.named_destinations.items()}
    return {name.removeprefix("/"): page + 1 for name, page in pages.items() if page is not None}


def fonts(content: bytes) -> set[str]:
    """Give the names of the fonts in use, without the tags of their subsets."""
    return {
        re.sub(r"^[A-Z]{6}\+", "", str(each["/BaseFont"]).removeprefix("/"))
        for each in all_dictionaries(content)
        if each.get("/Type") == "/Font" and "/BaseFont" in each
    }


def page_sizes(content: bytes) -> list[tuple[float, float]]:
    """Give width and height of each page's paper in points."""
    return [(float(page.mediabox.width), float(page.mediabox.height)) for page in _read(content).pages]


def page_turns(content: bytes) -> list[int]:
    """Give by how many degrees clockwise a viewer turns each page."""
    return [page.rotation for page in _read(content).pages]


def information(content: bytes) -> dict[str, str]:
    """Give the document information dictionary."""
    return {key.removeprefix("/"): str(value) for key, value in (_read(content).metadata or {}).items()}


def xmp_packet(content: bytes) -> str:
    """Give the XMP packet."""
    packet = _read(content).root_object["/Metadata"]
    assert isinstance(packet, StreamObject)
    return packet.get_data().decode()


def catalog(content: bytes) -> dict[str, str]:
    """Give the catalog's entries, each as a short text."""
    return {key: str(value.get_object()) for key, value in _read(content).root_object.items()}


def identifiers(content: bytes) -> list[bytes]:
    """Give the two parts of the file's identifier."""
    found: Any = _read(content).trailer["/ID"]
    return [each.original_bytes for each in found]


def all_dictionaries(content: bytes) -> list[DictionaryObject]:
    """Give every dictionary and stream in the file, whether anything refers to it or not."""
    reader = _read(content)
    numbers = {number for generation in reader.xref.values() for number in generation} | set(reader.xref_objStm)
    found = [IndirectObject(number, 0, reader).get_object() for number in sorted(numbers)]
    return [inner for each in found for inner in _dictionaries(each)]


def count_of_type(content: bytes, type_name: str) -> int:
    """Count the dictionaries of a type, such as `Annot`."""
    return sum(each.get("/Type") == f"/{type_name}" for each in all_dictionaries(content))


def all_keys(content: bytes) -> set[str]:
    """Give every key of every dictionary in the file."""
    return {key for each in all_dictionaries(content) for key in each}


def _page(page: SmallPage, number: int) -> bytes:
    width, height = page.size
    annotations = " ".join(
        f"<< /Type /Annot /Subtype /Link /Rect [72 72 144 90] /Border [0 0 0] /A << /S /GoTo /D ({anchor}) >> >>"
        for anchor in page.links
    )
    entries = (
        "/Type /Page",
        f"/Parent {PAGES_NUMBER} 0 R",
        f"/MediaBox [0 0 {width:g} {height:g}]",
        f"/Contents {page.contents or f'{number + 1} 0 R'}",
        f"/Resources << /Font << /F1 {FONT_NUMBER} 0 R >> {page.resources} >>",
        f"/Annots [{annotations}]" if annotations else "",
        page.entries,
    )
    return f"<< {' '.join(entries)} >>".encode()


def _read(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def _entries(reader: PdfReader, entries: Iterable[Any], level: int) -> Iterator[tuple[int, str, int]]:
    for entry in entries:
        if isinstance(entry, list):
            yield from _entries(reader, entry, level + 1)
        else:
            page = reader.get_destination_page_number(entry)
            yield (level, str(entry.title), -1 if page is None else page + 1)


def _annotations(reader: PdfReader) -> Iterator[tuple[int, DictionaryObject]]:
    for number, page in enumerate(reader.pages, start=1):
        for annotation in page.annotations or ():
            found = annotation.get_object()
            assert isinstance(found, DictionaryObject)
            yield number, found


def _dictionaries(value: Any) -> Iterator[DictionaryObject]:  # noqa: ANN401  any PDF object
    if isinstance(value, DictionaryObject):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        if not isinstance(inner, IndirectObject):
            yield from _dictionaries(inner)
