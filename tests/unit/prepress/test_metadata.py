"""What a PDF says about itself, in both of its forms."""

from __future__ import annotations

import datetime
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prepress_documents import METADATA

from studyguide.description import xmp_packet
from studyguide.prepress.metadata import information

NAMES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
}


def test_both_forms_say_the_same() -> None:
    """Title, author, subject and dates agree; the stamp is the version."""
    texts = {key: str(value) for key, value in information(METADATA).items()}
    packet = ET.fromstring(xmp_packet(METADATA))  # noqa: S314  our own packet
    assert texts["/Title"] == "Wells: who keeps the water"
    assert packet.findtext(".//dc:title/rdf:Alt/rdf:li", namespaces=NAMES) == texts["/Title"]
    assert packet.findtext(".//dc:creator/rdf:Seq/rdf:li", namespaces=NAMES) == texts["/Author"]
    assert packet.findtext(".//dc:description/rdf:Alt/rdf:li", namespaces=NAMES) == texts["/Subject"]
    assert packet.findtext(".//dc:language/rdf:Bag/rdf:li", namespaces=NAMES) == "en"
    assert packet.findtext(".//pdf:Producer", namespaces=NAMES) == texts["/Producer"] == "studyguide"
    assert texts["/CreationDate"] == texts["/ModDate"] == "D:20260512183000Z"
    assert packet.findtext(".//xmp:ModifyDate", namespaces=NAMES) == "2026-05-12T18:30:00Z"
    assert packet.findtext(".//xmpMM:VersionID", namespaces=NAMES) == "b7f2"


def test_what_is_not_known_is_left_out() -> None:
    """A guide without authors has no author, not an empty one."""
    unknown = replace(METADATA, author="", subject="")
    assert "/Author" not in information(unknown)
    assert b"creator" not in xmp_packet(unknown)
    assert b"description" not in xmp_packet(unknown)


@pytest.mark.parametrize(
    "moment",
    [
        datetime.datetime(2026, 5, 12, 18, 30),  # noqa: DTZ001  a moment without a zone is the case
        datetime.datetime(2026, 5, 12, 20, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=2))),
    ],
)
def test_dates_do_not_depend_on_a_zone(moment: datetime.datetime) -> None:
    """Every moment is written in universal time."""
    assert str(information(replace(METADATA, modified=moment))["/ModDate"]) == "D:20260512183000Z"


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), min_size=1))
def test_any_title_survives_the_packet(title: str) -> None:
    """Markup characters and every script come back as they were."""
    packet = ET.fromstring(xmp_packet(replace(METADATA, title=title)))  # noqa: S314  our own packet
    assert packet.findtext(".//dc:title/rdf:Alt/rdf:li", namespaces=NAMES) == title
