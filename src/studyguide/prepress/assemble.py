"""The steps of finishing, in their order: strip, describe, bind in, outline, label, write, identify, read back.

Comes in: a document, its PDF as TeX left it, the forms of its inserts. Goes out: the finished file as bytes.
Left to others: every single step; opening the inserts (`finish`).
"""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import TYPE_CHECKING

from pypdf import PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, BooleanObject, ByteStringObject, DecodedStreamObject, NumberObject

from studyguide.artifacts import FinishedPdf
from studyguide.errors import PrepressError
from studyguide.prepress.destinations import find_targets, index_pages
from studyguide.prepress.fitting import PAPER_POINTS
from studyguide.prepress.labels import label_pages, label_ranges
from studyguide.prepress.merge import Binding, bind, count_inserted
from studyguide.prepress.metadata import information, xmp_packet
from studyguide.prepress.objects import add_object, dictionary, name, text_string
from studyguide.prepress.outline import add_outline
from studyguide.prepress.readback import Expectation, ExpectedBookmark, read_back
from studyguide.prepress.reading import open_pdf
from studyguide.prepress.strip import strip_document

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pypdf.generic import DictionaryObject

    from studyguide.artifacts import CompiledPdf, DocumentMetadata, TexDocument
    from studyguide.prepress.destinations import Target
    from studyguide.prepress.forms import PageForm
    from studyguide.prepress.labels import PageLabel

FIRST_SESSION_ANCHOR = "s1"
"""The anchor at the head of the first session: the prelims end before its page."""

HEADER = "%PDF-1.7"

IDENTIFIER_BYTES = 16
PLACEHOLDER = bytes(IDENTIFIER_BYTES)
"""Stands for the identifier while the file that it is made from is being written."""


def assemble(document: TexDocument, compiled: CompiledPdf, inserts: tuple[tuple[PageForm, ...], ...]) -> FinishedPdf:
    """Finish a PDF; `inserts` holds the pages of each of the document's inserts, in their order.

    Raises:
        PrepressError: when TeX's PDF is not what the document says, or the result does not read back as it should.
    """
    writer = _copy_stripped(compiled, document.metadata)
    targets = find_targets(writer.root_object, index_pages(writer.pages))
    _require_anchors(document, targets)
    bindings = tuple(
        Binding(after_page=targets[insert.anchor].page_index, forms=forms)
        for insert, forms in zip(document.inserts, inserts, strict=True)
    )
    expected = _expect(document, compiled.page_count, targets, count_inserted(bindings))
    bind(writer, bindings, expected.paper_points)
    add_outline(writer, document.outline, {anchor: target.place for anchor, target in targets.items()})
    _describe(writer, document.metadata, expected.labels)
    content = _write_identified(writer)
    read_back(content, expected)
    return FinishedPdf(content=content, page_count=len(expected.labels))


def _copy_stripped(compiled: CompiledPdf, metadata: DocumentMetadata) -> PdfWriter:
    """Copy what is wanted of TeX's PDF. All is taken out before the copy, so that nothing unreferenced comes along."""
    try:
        reader = open_pdf(compiled.path.read_bytes())
        strip_document(reader)
        reader.trailer.update(
            dictionary({"Info": information(metadata), "ID": ArrayObject([ByteStringObject(PLACEHOLDER)] * 2)})
        )
        writer = PdfWriter(clone_from=reader)
    except (OSError, PyPdfError) as problem:
        raise PrepressError("the PDF that TeX wrote cannot be read", hint="build again") from problem
    if len(writer.pages) != compiled.page_count:
        raise PrepressError(f"TeX wrote {compiled.page_count} pages, but its PDF has {len(writer.pages)}")
    writer.pdf_header = HEADER
    return writer


def _require_anchors(document: TexDocument, targets: Mapping[str, Target]) -> None:
    wanted = [entry.anchor for entry in document.outline] + [insert.anchor for insert in document.inserts]
    if document.has_prelims:
        wanted.append(FIRST_SESSION_ANCHOR)
    missing = sorted(set(wanted) - set(targets))
    if missing:
        raise PrepressError(f"the PDF that TeX wrote lacks the destinations {', '.join(missing)}")


def _expect(
    document: TexDocument, page_count: int, targets: Mapping[str, Target], inserted: Mapping[int, int]
) -> Expectation:
    """Work out, from TeX's pages alone, what the finished file should be."""
    prelim_count = targets[FIRST_SESSION_ANCHOR].page_index if document.has_prelims else 0
    return Expectation(
        title=document.metadata.title,
        language=document.metadata.language,
        labels=label_pages(page_count=page_count, prelim_count=prelim_count, inserted=inserted),
        bookmarks=tuple(
            ExpectedBookmark(title=entry.title, page_index=_shift(targets[entry.anchor].page_index, inserted))
            for entry in document.outline
        ),
        paper_points=PAPER_POINTS[document.paper],
    )


def _shift(page_index: int, inserted: Mapping[int, int]) -> int:
    """Give a TeX page's place in the bound document."""
    return page_index + sum(count for after_page, count in inserted.items() if after_page < page_index)


def _describe(writer: PdfWriter, metadata: DocumentMetadata, labels: tuple[PageLabel, ...]) -> None:
    """Say in the catalog what the document is (ISO 32000-2, 7.7.2)."""
    packet = DecodedStreamObject()
    packet.set_data(xmp_packet(metadata))
    packet.update(dictionary({"Type": name("Metadata"), "Subtype": name("XML")}))
    entries = {
        "Lang": text_string(metadata.language),
        "Metadata": add_object(writer, packet),
        "PageLabels": _number_tree(labels),
        "ViewerPreferences": dictionary({"DisplayDocTitle": BooleanObject(value=True)}),
    }
    writer.root_object.update(dictionary(entries))


def _number_tree(labels: tuple[PageLabel, ...]) -> DictionaryObject:
    numbers = ArrayObject()
    for each in label_ranges(labels):
        entries = {"S": name(each.label.style), "St": NumberObject(each.label.number)}
        prefix = {"P": text_string(each.label.prefix)} if each.label.prefix else {}
        numbers.extend((NumberObject(each.index), dictionary(entries | prefix)))
    return dictionary({"Nums": numbers})


def _write_identified(writer: PdfWriter) -> bytes:
    """Write the file and make its identifier from all the rest of it (ISO 32000-2, 14.4)."""
    written = BytesIO()
    writer.write(written)
    content = written.getvalue()
    body, trailer_mark, trailer = content.rpartition(b"\ntrailer\n")
    identifier = hashlib.blake2b(content, digest_size=IDENTIFIER_BYTES).hexdigest().encode()
    return body + trailer_mark + trailer.replace(PLACEHOLDER.hex().encode(), identifier)
