"""The steps of finishing, in their order: strip, describe, bind in, outline, label, write, identify, read back.

Comes in: a document, its PDF as TeX left it, the forms of its inserts. Goes out: the finished file as bytes.
Left to others: every single step; opening the inserts (`finish`).
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, BooleanObject, ByteStringObject, DecodedStreamObject, NumberObject

from studyguide.artifacts import FinishedPdf
from studyguide.description import xmp_packet
from studyguide.errors import PrepressError
from studyguide.prepress.destinations import find_targets, index_pages
from studyguide.prepress.expectation import expect, require_anchors
from studyguide.prepress.identity import PLACEHOLDER, identify
from studyguide.prepress.labels import label_ranges
from studyguide.prepress.merge import Binding, bind, count_inserted
from studyguide.prepress.metadata import information
from studyguide.prepress.objects import add_object, dictionary, name, text_string
from studyguide.prepress.outline import add_outline
from studyguide.prepress.readback import open_finished, read_back
from studyguide.prepress.reading import DAMAGE, open_pdf
from studyguide.prepress.strip import strip_document

if TYPE_CHECKING:
    from pypdf.generic import DictionaryObject

    from studyguide.artifacts import DocumentMetadata, TexDocument
    from studyguide.prepress.forms import PageForm
    from studyguide.prepress.labels import PageLabel

HEADER = "%PDF-1.7"


def assemble(
    document: TexDocument, compiled: bytes, page_count: int, inserts: tuple[tuple[PageForm, ...], ...]
) -> FinishedPdf:
    """Finish TeX's PDF; `inserts` holds the pages of each of the document's inserts, in their order.

    Raises:
        PrepressError: when TeX's PDF is not what the document says, or the result does not read back as it should.
    """
    writer = _copy_stripped(compiled, page_count, document.metadata)
    targets = find_targets(writer.root_object, index_pages(writer.pages))
    anchors = {anchor: target.page_index for anchor, target in targets.items()}
    require_anchors(document, anchors)
    bindings = tuple(
        Binding(after_page=anchors[insert.anchor], forms=forms)
        for insert, forms in zip(document.inserts, inserts, strict=True)
    )
    expected = expect(document, page_count, anchors, count_inserted(bindings))
    bind(writer, bindings, expected.paper_points)
    add_outline(writer, document.outline, {anchor: target.place for anchor, target in targets.items()})
    _describe(writer, document.metadata, expected.labels)
    content = _write_identified(writer)
    read_back(open_finished(content), expected)
    return FinishedPdf(content=content, page_count=len(expected.labels))


def _copy_stripped(compiled: bytes, page_count: int, metadata: DocumentMetadata) -> PdfWriter:
    """Copy what is wanted of TeX's PDF. All is taken out before the copy, so that nothing unreferenced comes along."""
    try:
        reader = open_pdf(compiled)
        strip_document(reader)
        reader.trailer.update(
            dictionary({"Info": information(metadata), "ID": ArrayObject([ByteStringObject(PLACEHOLDER)] * 2)})
        )
        writer = PdfWriter(clone_from=reader)
    except DAMAGE as problem:
        raise PrepressError("the PDF that TeX wrote cannot be read", hint="build again") from problem
    if len(writer.pages) != page_count:
        raise PrepressError(f"TeX wrote {page_count} pages, but its PDF has {len(writer.pages)}")
    writer.pdf_header = HEADER
    return writer


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
    written = BytesIO()
    writer.write(written)
    return identify(written.getvalue())
