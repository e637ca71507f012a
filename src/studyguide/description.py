"""What a PDF says of itself, as texts: the document information and the XMP packet (ISO 32000-2, 14.3).

Comes in: `DocumentMetadata`. Goes out: the two forms in which a PDF carries it, saying the same; no path, no engine.
Left to others: writing them into the file: TeX does (`latex` hands them over), or pypdf in its place (`prepress`).
"""

from __future__ import annotations

import datetime
from codecs import BOM_UTF16_BE
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studyguide.artifacts import DocumentMetadata

PRODUCER = "studyguide"
CREATOR = "studyguide"

PACKET = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">
{properties}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>
"""


def information_texts(metadata: DocumentMetadata) -> dict[str, str]:
    """Give the texts of the document information (ISO 32000-2, 14.3.3) by key; what is not known is left out."""
    date = _utc(metadata.modified).strftime("D:%Y%m%d%H%M%SZ")
    texts = {
        "Title": metadata.title,
        "Author": metadata.author,
        "Subject": metadata.subject,
        "Creator": CREATOR,
        "Producer": PRODUCER,
        "CreationDate": date,
        "ModDate": date,
    }
    return {key: text for key, text in texts.items() if text}


def xmp_packet(metadata: DocumentMetadata) -> bytes:
    """Write the XMP packet (ISO 16684-1); the build stamp is `xmpMM:VersionID`."""
    date = _utc(metadata.modified).strftime("%Y-%m-%dT%H:%M:%SZ")
    properties = (
        _property("dc:format", "application/pdf"),
        _property("dc:title", _language_alternative(metadata.title)),
        _property("dc:creator", _sequence("Seq", metadata.author)),
        _property("dc:description", _language_alternative(metadata.subject)),
        _property("dc:language", _sequence("Bag", metadata.language)),
        _property("xmp:CreateDate", date),
        _property("xmp:ModifyDate", date),
        _property("xmp:MetadataDate", date),
        _property("xmp:CreatorTool", CREATOR),
        _property("pdf:Producer", PRODUCER),
        _property("xmpMM:VersionID", escape(metadata.stamp)),
    )
    return PACKET.format(properties="\n".join(line for line in properties if line)).encode()


def encode_text(text: str) -> bytes:
    """Write any text as a text string: ASCII as it is, all else as UTF-16 (ISO 32000-2, 7.9.2.2).

    PDFDocEncoding, the third way, turns a text that begins with `þÿ` into nonsense.
    """
    if text.isascii() and text.isprintable():
        return text.encode("ascii")
    return BOM_UTF16_BE + text.encode("utf-16-be")


def _utc(moment: datetime.datetime) -> datetime.datetime:
    """Give a moment in universal time, in which a moment without a zone is taken to be: no machine's zone matters."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=datetime.UTC)
    return moment.astimezone(datetime.UTC)


def _property(key: str, value: str) -> str:
    return f"<{key}>{value}</{key}>" if value else ""


def _language_alternative(text: str) -> str:
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt>' if text else ""


def _sequence(kind: str, text: str) -> str:
    return f"<rdf:{kind}><rdf:li>{escape(text)}</rdf:li></rdf:{kind}>" if text else ""
