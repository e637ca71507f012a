"""A file that our class has described is handed out as it is, if it is what it should be, and refused if it is not."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from described_pdfs import DESCRIBED, PLACE, described_pdf, digits, titled
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdfs import all_keys, identifiers, information, link_targets, outline, page_labels, raw_pdf, small_pdf, stream
from prepress_documents import compiled, insert, with_inserts

from studyguide.errors import PrepressError
from studyguide.prepress import finish

if TYPE_CHECKING:
    from pathlib import Path

    from studyguide.artifacts import TexDocument

FORM = "/Type /XObject /Subtype /Form /BBox [0 0 9 9]"
LOGO = "/XObject << /Im1 95 0 R >>"


def finished(folder: Path, content: bytes, document: TexDocument = DESCRIBED) -> bytes:
    """Finish two pages."""
    return finish(document, compiled(folder, content, page_count=2)).content


def unidentified(content: bytes) -> bytes:
    """Take the identifier out of a file again."""
    return content.replace(identifiers(content)[0].hex().encode(), PLACE.encode())


def repaired(content: bytes) -> bytes:
    """Write the table of a file anew after its objects have moved."""
    objects = {int(number): inner for number, inner in re.findall(rb"(\d+) 0 obj\n(.*?)\nendobj\n", content, re.DOTALL)}
    trailer = content.partition(b"trailer\n<<")[2].partition(b"/Root 1 0 R")[2].partition(b">>\nstartxref")[0]
    return raw_pdf(objects, trailer.decode())


def test_only_the_identifier_is_put_in(tmp_path: Path) -> None:
    """All other bytes are those that TeX wrote."""
    content = finished(tmp_path, described_pdf())
    assert identifiers(content)[0] == identifiers(content)[1] != bytes(16)
    assert unidentified(content) == described_pdf()


def test_the_identifier_tells_files_apart(tmp_path: Path) -> None:
    """Another title, another identifier; the same file, the same."""
    wells, rain = (
        finished(tmp_path, described_pdf(titled(title)), replace(DESCRIBED, metadata=titled(title)))
        for title in ("Wells", "Rain")
    )
    again = finished(tmp_path, described_pdf(titled("Wells")), replace(DESCRIBED, metadata=titled("Wells")))
    assert identifiers(wells) != identifiers(rain)
    assert wells == again


@pytest.mark.parametrize(
    "title",
    ["(", ")", "a (b) \\c\\", "/AA << /JS (x) >>", "one\ntwo", "þÿ", "우물", "🪣 Wells", "%", "<feff>"],
)
def test_hostile_titles_are_titles(tmp_path: Path, title: str) -> None:
    """Whatever a title holds, it is a title and nothing else."""
    content = finished(tmp_path, described_pdf(titled(title)), replace(DESCRIBED, metadata=titled(title)))
    assert information(content)["Title"] == title
    assert unidentified(content) == described_pdf(titled(title))


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        (digits("Wells").encode() + b"> /Parent", digits("Walls").encode() + b"> /Parent", "its outline is wrong"),
        (b"/Dest (s1.p2)", b"/Dest (s1.p3)", "its outline is wrong"),
        (b"/Nums [ 0 << /S /D", b"/Nums [ 0 << /S /r", "its page labels are wrong"),
        (digits("Commons").encode(), digits("Cammons").encode(), "its Subject is wrong"),
        (b"Commons Reader</rdf:li>", b"Cammons Reader</rdf:li>", "its packet is wrong"),
        (f"/Lang <{digits('en')}>".encode(), f"/Lang <{digits('es')}>".encode(), 'its language is "es", not "en"'),
        (b"/DisplayDocTitle true", b"/DisplayDocTitle null", "viewers are told to show it in another way"),
        (b"/MediaBox [0 0 612 792]", b"/MediaBox [0 0 612 791]", "page 1 measures 612 x 791 points"),
        (b"/D (s1) >>", b"/D (s9) >>", "a link on page 2 leads nowhere"),
        (b"/S /GoTo /D (s1)", b"/S /Link /D (s1)", "page 2 holds an action /Link"),
        (b"(Wells) Tj", b"(Wells) TX", "page 1 shows no text"),
        (b"%%EOF\n", b"%%EOF", "its end is missing"),
        (b"(s1.p2) << /D", b"(s1.p4) << /D", "lacks the destinations s1.p2"),
        (b"/Count 2 /Kids [10 0 R 12 0 R]", b"/Count 1 /Kids [10 0 R       ]", "TeX wrote 2 pages, but its PDF has 1"),
        (b"91 0 obj", b"81 0 obj", "cannot be read back"),
        (b"95 0 obj", b"85 0 obj", "object 95 is not in its place"),
    ],
)
def test_a_file_that_was_changed_after_tex_is_refused(
    tmp_path: Path, before: bytes, after: bytes, complaint: str
) -> None:
    """Each thing that a reader or a viewer would miss is named."""
    content = described_pdf(objects={95: stream(b"0 0 m 9 9 l S", FORM)})
    assert before in content
    with pytest.raises(PrepressError, match=complaint):
        finished(tmp_path, content.replace(before, after))


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(min_value=0, max_value=len(described_pdf()) - 1), bit=st.integers(min_value=0, max_value=7))
def test_no_damage_ends_in_a_traceback(tmp_path: Path, place: int, bit: int) -> None:
    """One bit that has changed: the file is refused, or it still says all that it should."""
    damaged = bytearray(described_pdf())
    damaged[place] ^= 1 << bit
    try:
        content = finished(tmp_path, bytes(damaged))
    except PrepressError:
        return
    assert [entry[:2] for entry in outline(content)] == [(0, "Wells"), (1, "Rain (a\\b)")]
    assert page_labels(content) == ["1", "2"]
    assert information(content)["Title"] == DESCRIBED.metadata.title


@pytest.mark.parametrize(
    "logo",
    [
        stream(b"0 0 m 9 9 l S", f"{FORM} /PieceInfo << /Draw (secret) >>"),
        stream(b"0 0 m 9 9 l S", f"{FORM} /Metadata 96 0 R"),
        stream(b"0 0 m 9 9 l S", f"{FORM} /PTEX.FileName (secret)"),
    ],
)
def test_what_a_picture_brought_along_is_stripped(tmp_path: Path, logo: bytes) -> None:
    """Such a file goes the long way, and says of itself what it did before."""
    history = stream(b"<secret/>", "/Type /Metadata /Subtype /XML")
    content = finished(tmp_path, described_pdf(objects={95: logo, 96: history}, resources=LOGO))
    assert b"secret" not in content
    assert b"0 0 m 9 9 l S" in content
    assert information(content)["Title"] == DESCRIBED.metadata.title
    assert outline(content) == [(0, "Wells", 1), (1, "Rain (a\\b)", 2)]


@pytest.mark.parametrize("key", ["OpenAction", "AA", "AcroForm", "AF", "OCProperties", "Collection", "Extensions"])
def test_what_could_run_or_open_is_not_handed_out(tmp_path: Path, key: str) -> None:
    """A catalog that holds more than ours goes the long way, where it is cut to size."""
    more = described_pdf().replace(b"/PageMode", f"/{key} << >> /PageMode".encode())
    assert f"/{key}" not in all_keys(finished(tmp_path, repaired(more)))


def test_inserts_take_the_long_way(tmp_path: Path) -> None:
    """They are bound in; outline and labels are made anew."""
    (tmp_path / "map.pdf").write_bytes(small_pdf("Map"))
    document = with_inserts([insert(tmp_path / "map.pdf", anchor="s1")], DESCRIBED)
    content = finished(tmp_path, described_pdf(), document)
    assert page_labels(content) == ["1", "1-A", "2"]
    assert outline(content) == [(0, "Wells", 1), (1, "Rain (a\\b)", 3)]


def test_both_ways_say_the_same(tmp_path: Path) -> None:
    """A file without a place for its identifier is described by pypdf, and reads as ours does."""
    short = finished(tmp_path, described_pdf())
    long = finished(tmp_path, described_pdf().replace(PLACE.encode(), b"AB" * 16))
    assert short != long
    for look in (information, outline, page_labels, link_targets):
        assert look(short) == look(long)
