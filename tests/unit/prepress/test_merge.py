"""Inserts stand after the page that they belong to, on the document's paper, and change nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pdfs import (
    SmallPage,
    SmallPdf,
    all_keys,
    anchor_pages,
    count_of_type,
    information,
    link_targets,
    outline,
    page_labels,
    page_sizes,
    page_texts,
    page_turns,
    small_pdf,
    stream,
    xmp_packet,
)
from prepress_documents import HANDOUT, compiled, insert, with_inserts, with_outline

from studyguide.errors import PrepressError
from studyguide.prepress import finish

if TYPE_CHECKING:
    from pathlib import Path

    from studyguide.artifacts import BoundInsert, TexDocument

GUIDE = SmallPdf(
    pages=[
        SmallPage(text="Wells", links=["s2", "s1"]),
        SmallPage(text="Questions", links=["s1"]),
        SmallPage(text="Rain", links=["s1.end"]),
    ],
    anchors={"s1": 0, "s1.end": 1, "s2": 2, "s2.end": 2},
).write()


def bound(folder: Path, *inserts: BoundInsert, document: TexDocument = HANDOUT) -> bytes:
    """Finish a guide of three pages with inserts."""
    return finish(with_inserts(inserts, document), compiled(folder, GUIDE, page_count=3)).content


def named(folder: Path, content: bytes, name: str = "map.pdf") -> Path:
    """Put an insert where an author would."""
    path = folder / name
    path.write_bytes(content)
    return path


def test_an_insert_follows_the_page_of_its_anchor(tmp_path: Path) -> None:
    """Two pages of map come after the last page of the session."""
    content = bound(tmp_path, insert(named(tmp_path, small_pdf("Map 1", "Map 2"))))
    assert page_texts(content) == ["Wells", "Questions", "Map 1", "Map 2", "Rain"]


def test_a_range_of_pages(tmp_path: Path) -> None:
    """Only the pages that were asked for are bound in."""
    path = named(tmp_path, small_pdf("1", "2", "3", "4"))
    assert page_texts(bound(tmp_path, insert(path, 2, 3)))[2:4] == ["2", "3"]
    assert page_texts(bound(tmp_path, insert(path, 3, None)))[2:4] == ["3", "4"]
    assert page_texts(bound(tmp_path, insert(path, None, 1)))[2:4] == ["1", "Rain"]


def test_several_inserts_keep_their_order(tmp_path: Path) -> None:
    """After one page, as they are listed; after different pages, where they belong."""
    one, two, three = (insert(named(tmp_path, small_pdf(text), f"{text}.pdf")) for text in ("one", "two", "three"))
    last = insert(three.source, anchor="s2.end")
    content = bound(tmp_path, last, one, two)
    assert page_texts(content) == ["Wells", "Questions", "one", "two", "Rain", "three"]


def test_links_anchors_and_outline_land_on_their_pages(tmp_path: Path) -> None:
    """What stood after the insert has moved, and everything that leads there has moved with it."""
    document = with_outline((0, "Wells", "s1"), (0, "Rain", "s2"))
    content = bound(tmp_path, insert(named(tmp_path, small_pdf("Map 1", "Map 2"))), document=document)
    assert link_targets(content) == [(1, 5), (1, 1), (2, 1), (5, 2)]
    assert anchor_pages(content) == {"s1": 1, "s1.end": 2, "s2": 5, "s2.end": 5}
    assert outline(content) == [(0, "Wells", 1), (0, "Rain", 5)]


def test_printed_folios_keep_their_labels(tmp_path: Path) -> None:
    """The third printed page is page 3, whatever stands before it."""
    content = bound(tmp_path, insert(named(tmp_path, small_pdf("Map 1", "Map 2"))))
    assert page_labels(content) == ["1", "2", "2-A", "2-B", "3"]


def test_every_page_has_the_documents_paper(tmp_path: Path) -> None:
    """A poster, a card and a slide all come on letter; the slide is shown upright."""
    poster, card, slide = (
        small_pdf(text, size=size) for text, size in (("p", (1684, 2384)), ("c", (200, 300)), ("s", (960, 540)))
    )
    inserts = [
        insert(named(tmp_path, content, f"{number}.pdf")) for number, content in enumerate((poster, card, slide))
    ]
    content = bound(tmp_path, *inserts)
    assert page_sizes(content) == [(612, 792)] * 6
    assert page_turns(content) == [0, 0, 0, 0, 90, 0]
    assert page_texts(content)[2:5] == ["p", "c", "s"]


def test_only_what_is_drawn_comes_along(tmp_path: Path) -> None:
    """Links, forms to fill in, scripts, attachments, layers and the insert's own title stay behind."""
    content = SmallPdf(
        pages=[
            SmallPage(
                text="Map",
                links=["s1"],
                entries="/AA << /O 90 0 R >> /Metadata 91 0 R /Thumb 91 0 R /PieceInfo << /Draw 92 0 R >>",
                resources="/XObject << /Fm 93 0 R >> /Properties << /MC0 94 0 R >>",
            )
        ],
        objects={
            90: b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>",
            91: stream(b"<x:xmpmeta>Old author</x:xmpmeta>", "/Type /Metadata"),
            92: b"<< /Private (Draw 1.0 at /home/ana) >>",
            93: stream(
                b"0 0 m 9 9 l S",
                "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Metadata 91 0 R /OC 94 0 R /Ref << /F (other.pdf) >> "
                "/AF [95 0 R] /Resources << /Properties << /MC1 << /Metadata 91 0 R /Owner (Old author) >> >> >>",
            ),
            94: b"<< /Type /OCG /Name (Draft layer of Old author) >>",
            95: b"<< /Type /Filespec /F (members.csv) /EF << /F 96 0 R >> >>",
            96: stream(b"Old author's members", "/Type /EmbeddedFile"),
            97: b"<< /Title (Old title) /Author (Old author) >>",
        },
        catalog="/OpenAction 90 0 R /AcroForm << /Fields [] >> /OCProperties << /OCGs [94 0 R] /D << >> >>",
        trailer="/Info 97 0 R",
    ).write()
    made = bound(tmp_path, insert(named(tmp_path, content)))
    assert page_texts(made)[2] == "Map"
    assert not all_keys(made) & {"/JS", "/AA", "/AF", "/EF", "/Ref", "/OC", "/PieceInfo", "/Thumb", "/OCProperties"}
    for secret in (b"Old author", b"Old title", b"home/ana", b"members"):
        assert secret not in made
    assert "Wells: who keeps the water" in xmp_packet(made)
    assert information(made)["Author"] == "Riverside Reading Group"
    assert len(link_targets(made)) == 4


def test_resources_inherited_from_the_page_tree_come_along(tmp_path: Path) -> None:
    """Old programs note fonts and paper once for all pages."""
    content = (
        small_pdf("Map")
        .replace(b"/MediaBox [0 0 612 792]", b"")
        .replace(b"/Type /Pages", b"/Type /Pages /MediaBox [0 0 612 792] /Rotate 90")
    )
    made = bound(tmp_path, insert(named(tmp_path, content)))
    assert page_texts(made)[2] == "Map"
    assert page_turns(made)[2] == 90


def test_content_in_parts_is_joined(tmp_path: Path) -> None:
    """A page may be drawn by several streams; words are not torn and not glued."""
    content = SmallPdf(
        pages=[SmallPage(text="unused", contents="[90 0 R 91 0 R]")],
        objects={90: stream(b"BT /F1 12 Tf 36 36 Td (Map"), 91: stream(b"of wells) Tj ET")},
    ).write()
    assert page_texts(bound(tmp_path, insert(named(tmp_path, content))))[2] == "Map\nof wells"


def test_one_file_bound_in_twice_is_stored_once(tmp_path: Path) -> None:
    """A picture that two sessions share does not make the guide twice as large."""
    picture = stream(
        bytes(range(256)) * 400, "/Type /XObject /Subtype /Image /Width 320 /Height 320 /BitsPerComponent 8"
    )
    page = SmallPage(text="Map", resources="/XObject << /Im 90 0 R >>")
    path = named(tmp_path, SmallPdf(pages=[page], objects={90: picture}).write())
    once = bound(tmp_path, insert(path))
    twice = bound(tmp_path, insert(path), insert(path, anchor="s2.end"))
    assert len(twice) - len(once) < 2000


def test_equal_links_on_two_pages_stay_two(tmp_path: Path) -> None:
    """What is equal is stored once, but a link belongs to one page (ISO 32000-2, 12.5.2)."""
    link = b"<< /Type /Annot /Subtype /Link /Rect [72 72 144 90] /A << /S /GoTo /D (s1.end) >> >>"
    source = SmallPdf(
        pages=[SmallPage(text="Wells", entries="/Annots [90 0 R]"), SmallPage(text="Rain", entries="/Annots [91 0 R]")],
        anchors={"s1.end": 1},
        objects={90: link, 91: link},
    ).write()
    document = with_inserts([insert(named(tmp_path, small_pdf("Map")))])
    content = finish(document, compiled(tmp_path, source, page_count=2)).content
    assert link_targets(content) == [(1, 2), (2, 2)]
    assert count_of_type(content, "Annot") == 2


def test_unusable_inserts_are_all_named(tmp_path: Path) -> None:
    """A file that was spoilt after it was checked stops the build, with its place."""
    broken = insert(named(tmp_path, b"%PDF-1.5 spoilt"))
    missing = insert(tmp_path / "gone.pdf")
    with pytest.raises(PrepressError, match="the inserts cannot be bound in") as failure:
        bound(tmp_path, broken, missing)
    assert [problem.span for problem in failure.value.diagnostics] == [broken.span, missing.span]
