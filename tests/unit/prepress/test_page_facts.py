"""The facts of a page: its size as shown, its folio, and a digest that is equal when its picture is."""

from __future__ import annotations

import pytest
from pdfs import LETTER_POINTS, SmallPage, SmallPdf, raw_pdf, small_pdf, stream

from studyguide.errors import PrepressError
from studyguide.prepress import describe_pages

CATALOG, PAGES, PAGE = range(1, 4)
FONT, DESCENDANT, DESCRIPTOR, PROGRAM, GLYPHS, WIDTHS = range(100, 106)
PICTURE, FORM, INNER_FORM = range(110, 113)
DRAWING = 120

USES_FONT = f"/Font << /F7 {FONT} 0 R >>"
TRAITS = "/Flags 4 /FontBBox [-34 -250 1170 958] /Ascent 965 /CapHeight 700 /Descent -250 /ItalicAngle 0 /StemV 75"


def digests(content: bytes) -> list[str]:
    """Give the digest of each page."""
    return [page.digest for page in describe_pages(content)]


def only_digest(objects: dict[int, bytes], *, resources: str, contents: bytes, entries: str = "") -> str:
    """Give the digest of a page that draws something with its own resources."""
    page = (
        f"<< /Type /Page /Parent {PAGES} 0 R /MediaBox [0 0 612 792] /Contents {DRAWING} 0 R "
        f"/Resources << {resources} >> {entries} >>"
    )
    written = {
        CATALOG: f"<< /Type /Catalog /Pages {PAGES} 0 R >>".encode(),
        PAGES: f"<< /Type /Pages /Count 1 /Kids [{PAGE} 0 R] >>".encode(),
        PAGE: page.encode(),
        DRAWING: stream(contents),
    }
    (digest,) = digests(raw_pdf(written | objects))
    return digest


def font(  # noqa: PLR0913  each test is about one of them
    *,
    tag: str = "ABCDEF",
    name: str = "Cabin",
    program: bytes = b"glyphs 1 2 3",
    traits: str = TRAITS,
    encoding: str = "/Identity-H",
    numbers: str = "/Identity",
) -> dict[int, bytes]:
    """Write a font as LuaTeX does: some of its glyphs, under the numbers that they have in the font file."""
    full_name = f"/{tag}+{name}" if tag else f"/{name}"
    inner = (
        f"<< /Type /Font /Subtype /CIDFontType2 /CIDToGIDMap {numbers} /BaseFont {full_name} "
        f"/FontDescriptor {DESCRIPTOR} 0 R /W {WIDTHS} 0 R >>"
    )
    descriptor = (
        f"<< /Type /FontDescriptor /FontName {full_name} {traits} /FontFile2 {PROGRAM} 0 R /CIDSet {GLYPHS} 0 R >>"
    )
    outer = (
        f"<< /Type /Font /Subtype /Type0 /Encoding {encoding} /BaseFont {full_name} "
        f"/DescendantFonts [{DESCENDANT} 0 R] >>"
    )
    return {
        FONT: outer.encode(),
        DESCENDANT: inner.encode(),
        DESCRIPTOR: descriptor.encode(),
        PROGRAM: stream(program),
        GLYPHS: stream(program[:6]),
        WIDTHS: b"[ 2 [ %d ] ]" % len(program),
    }


def text_digest(objects: dict[int, bytes], *, resources: str = USES_FONT, contents: bytes = b"/F7 9 Tf") -> str:
    """Give the digest of a page that sets a word in a font."""
    return only_digest(objects, resources=resources, contents=b"BT %b [<0126>] TJ ET" % contents)


def test_sizes_are_those_of_the_page_as_it_is_shown() -> None:
    """What is cropped off is not there; a page that is turned is as wide as it was high."""
    pages = [
        SmallPage(text="upright"),
        SmallPage(text="turned", entries="/Rotate 90"),
        SmallPage(text="cropped", entries="/CropBox [0 0 300 400]"),
    ]
    facts = describe_pages(SmallPdf(pages=pages).write())
    sizes = [(page.width_points, page.height_points) for page in facts]
    assert sizes == [LETTER_POINTS, LETTER_POINTS[::-1], (300.0, 400.0)]


def test_labels_are_the_folios() -> None:
    """Prelims are roman; without labels in the file, pages count from 1."""
    labelled = SmallPdf(
        pages=[SmallPage(text=str(number)) for number in range(3)],
        catalog="/PageLabels << /Nums [0 << /S /r >> 2 << /S /D >>] >>",
    )
    assert [page.label for page in describe_pages(labelled.write())] == ["i", "ii", "1"]
    assert [page.label for page in describe_pages(small_pdf("a", "b"))] == ["1", "2"]


def test_a_page_is_the_same_wherever_it_stands() -> None:
    """In another document, at another number, it has its digest still; pages with other words have others."""
    first, second, third = digests(small_pdf("wells", "rain", "snow"))
    assert digests(small_pdf("a page put before", "rain", "wells"))[1:] == [second, first]
    assert len({first, second, third}) == 3


@pytest.mark.parametrize("entries", ["/Rotate 90", "/CropBox [0 0 300 400]", "/UserUnit 2"])
def test_the_same_text_on_other_paper_is_another_picture(entries: str) -> None:
    """Size and turn of the paper make the picture, too."""
    plain = SmallPdf(pages=[SmallPage(text="wells")]).write()
    other = SmallPdf(pages=[SmallPage(text="wells", entries=entries)]).write()
    assert digests(plain) != digests(other)


def test_what_other_pages_need_of_a_font_does_not_count() -> None:
    """TeX embeds the glyphs of the whole document under a tag that is made from them; this page uses the same ones."""
    assert text_digest(font()) == text_digest(font(tag="GHIJKL", program=b"glyphs 1 2 3 4 5"))


@pytest.mark.parametrize(
    "other",
    [
        {"name": "Vollkorn"},
        {"traits": TRAITS.replace("1170", "1200")},
        {"traits": TRAITS.replace("/StemV 75", "/StemV 90")},
    ],
)
def test_another_font_is_another_picture(other: dict[str, str]) -> None:
    """A font is known by its name, and by what its descriptor says of all of it."""
    assert text_digest(font()) != text_digest(font(**other))  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", [{"tag": ""}, {"encoding": "/WinAnsiEncoding"}, {"numbers": f"{GLYPHS} 0 R"}], ids=str)
def test_a_font_whose_glyphs_could_have_any_number_counts_with_all_of_it(kind: dict[str, str]) -> None:
    """Only a font that was embedded as TeX does it is known by its name."""
    one, other = font(**kind), font(**kind, program=b"other shapes")  # type: ignore[arg-type]
    assert text_digest(one) != text_digest(other)
    assert text_digest(one) == text_digest(font(**kind))  # type: ignore[arg-type]


def test_a_name_counts_as_what_it_stands_for() -> None:
    """TeX numbers fonts by their first use: one that is used before moves the numbers of all others."""
    moved = text_digest(font(), resources=f"/Font << /F8 {FONT} 0 R >>", contents=b"/F8 9 Tf")
    assert text_digest(font()) == moved
    unnamed = text_digest(font(), resources="/Font << >>")
    assert len({moved, unnamed, text_digest(font(name="Vollkorn"))}) == 3


def test_a_font_that_is_listed_and_not_used_does_not_count() -> None:
    """Some programs list what all pages use with each of them."""
    plain = only_digest({}, resources="", contents=b"0 0 9 9 re f")
    assert plain == only_digest(font(), resources=USES_FONT, contents=b"0 0 9 9 re f")


def test_another_picture_under_the_same_name_is_another_page() -> None:
    """Pictures count with their data and with what their data means."""
    one = {PICTURE: stream(b"pixels", "/Type /XObject /Subtype /Image /Width 2 /Height 1")}
    other_data = {PICTURE: stream(b"PIXELS", "/Type /XObject /Subtype /Image /Width 2 /Height 1")}
    other_size = {PICTURE: stream(b"pixels", "/Type /XObject /Subtype /Image /Width 1 /Height 2")}
    found = [
        only_digest(each, resources=f"/XObject << /Im1 {PICTURE} 0 R >>", contents=b"/Im1 Do")
        for each in (one, other_data, other_size, one)
    ]
    assert len(set(found[:3])) == 3
    assert found[0] == found[3]


def test_a_drawing_within_a_drawing_counts() -> None:
    """An insert is a form, and what it draws may be forms again, each with fonts of its own."""

    def page(inner: bytes) -> str:
        outer = f"/Type /XObject /Subtype /Form /Resources << /XObject << /Fm {INNER_FORM} 0 R >> >>"
        objects = {FORM: stream(b"/Fm Do", outer), INNER_FORM: stream(inner, "/Type /XObject /Subtype /Form")}
        return only_digest(objects, resources=f"/XObject << /Insert {FORM} 0 R >>", contents=b"/Insert Do")

    assert page(b"0 0 9 9 re f") != page(b"0 0 9 8 re f")
    assert page(b"0 0 9 9 re f") == page(b"0 0 9 9 re f")


def test_a_drawing_that_leads_back_to_itself_or_to_its_page_is_looked_at_once() -> None:
    """It ends, and what is not drawn does not come in by the way."""

    def page(title: str) -> str:
        entries = (
            f"/Type /XObject /Subtype /Form /StructParent {len(title)} "
            f"/Group << /P 1 0 R /S {FORM} 0 R /Again [{FORM} 0 R null] >>"
        )
        pdf = SmallPdf(
            pages=[
                SmallPage(text="", resources=f"/XObject << /Fm {FORM} 0 R >>", contents=f"{DRAWING} 0 R"),
                SmallPage(text=title),
            ],
            objects={FORM: stream(b"0 0 9 9 re f", entries), DRAWING: stream(b"/Fm Do")},
        )
        return digests(pdf.write())[0]

    assert page("one title") == page("another title")


def test_links_do_not_count() -> None:
    """They are not drawn, and their targets move with every page."""
    plain = SmallPdf(pages=[SmallPage(text="wells")])
    linked = SmallPdf(pages=[SmallPage(text="wells", links=["rain"])], anchors={"rain": 0})
    assert digests(plain.write()) == digests(linked.write())


def test_the_build_stamp_does_not_count() -> None:
    """It is another after every edit; what stands beside it counts."""

    def foot(stamp: bytes, folio: bytes = b"<0101>") -> str:
        drawn = b"BT %b TJ /Stamp BMC /F7 6 Tf [%b] TJ EMC ET /Other BMC 0 g EMC" % (folio, stamp)
        return only_digest(font(), resources=USES_FONT, contents=drawn)

    assert foot(b"<0a0b>") == foot(b"<0c0d>")
    assert foot(b"<0a0b>") != foot(b"<0a0b>", folio=b"<0102>")


def test_a_transparency_group_counts() -> None:
    """It changes how the page's colours are mixed."""
    assert only_digest({}, resources="", contents=b"0 g") != only_digest(
        {}, resources="", contents=b"0 g", entries="/Group << /S /Transparency /K true >>"
    )


@pytest.mark.parametrize("content", [b"", b"no PDF", small_pdf("wells")[:300]])
def test_what_cannot_be_read_is_said(content: bytes) -> None:
    """A proof that is cut short or no PDF at all."""
    with pytest.raises(PrepressError, match="the proof cannot be read"):
        describe_pages(content)
