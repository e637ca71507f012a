"""A finished file says what it is, holds nothing else, and is the same every time."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pdfs import (
    SmallPage,
    SmallPdf,
    all_keys,
    anchor_pages,
    catalog,
    identifiers,
    information,
    link_targets,
    page_labels,
    page_texts,
    small_pdf,
    stream,
    xmp_packet,
)
from prepress_documents import HANDOUT, METADATA, compiled, with_outline

from studyguide.errors import PrepressError
from studyguide.model.guide import Paper
from studyguide.prepress import finish

if TYPE_CHECKING:
    from pathlib import Path

    from studyguide.artifacts import TexDocument

TALKATIVE = SmallPdf(
    pages=[
        SmallPage(text="Wells", entries="/AA << /O << /S /JavaScript /JS (app.alert\\(1\\)) >> >> /Metadata 93 0 R"),
        SmallPage(text="Rain", resources="/XObject << /Logo 94 0 R >>"),
    ],
    anchors={"s1": 0},
    objects={
        90: b"<< /S /JavaScript /JS (app.alert\\(2\\)) >>",
        91: stream(b"secret", "/Type /EmbeddedFile"),
        92: b"<< /Type /Filespec /F (/home/ana/members.csv) /EF << /F 91 0 R >> >>",
        93: stream(b"<x/>", "/Type /Metadata /Subtype /XML"),
        94: stream(
            b"0 0 m 9 9 l S",
            "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /PTEX.FileName (/home/ana/logo.pdf) /PTEX.PageNumber 1 "
            "/PTEX.InfoDict 95 0 R /PieceInfo << /Draw 95 0 R >> /Metadata 93 0 R",
        ),
        95: b"<< /Author (Ana at home) /Creator (Draw 1.0) >>",
        96: b"<< /PTEX.Fullbanner (This is LuaHBTeX) /Creator (LaTeX) /Title (document) >>",
    },
    catalog="/OpenAction 90 0 R /AA << /WC 90 0 R >> /AF [92 0 R] /PageMode /FullScreen /AcroForm << /Fields [] >>",
    trailer="/Info 96 0 R /ID [<AA> <BB>]",
).write()


def finished(folder: Path, content: bytes, page_count: int, document: TexDocument = HANDOUT) -> bytes:
    """Finish a document."""
    return finish(document, compiled(folder, content, page_count=page_count)).content


def test_the_file_says_what_it_is(tmp_path: Path) -> None:
    """Title, author, subject, language and dates are those of the guide; viewers show the title."""
    content = finished(tmp_path, small_pdf("Wells"), 1)
    assert information(content)["Title"] == "Wells: who keeps the water"
    assert information(content)["Author"] == "Riverside Reading Group"
    assert information(content)["Subject"] == "Commons Reader"
    assert information(content)["ModDate"] == "D:20260512183000Z"
    assert "Wells: who keeps the water" in xmp_packet(content)
    assert catalog(content)["/Lang"] == "en"
    assert "/DisplayDocTitle" in catalog(content)["/ViewerPreferences"]


def test_nothing_runs_and_nothing_is_carried_along(tmp_path: Path) -> None:
    """Scripts, attachments, actions and form fields are not in the file, not even unreferenced."""
    content = finished(tmp_path, TALKATIVE, 2)
    assert not all_keys(content) & {"/JS", "/JavaScript", "/AA", "/OpenAction", "/EF", "/AF", "/AcroForm"}
    assert b"secret" not in content
    assert b"/home/ana" not in content


def test_nothing_tells_of_the_engine_or_of_where_pictures_came_from(tmp_path: Path) -> None:
    """No banner, no path, no other program's data; what is drawn stays."""
    content = finished(tmp_path, TALKATIVE, 2)
    assert not [key for key in all_keys(content) if key.startswith("/PTEX")]
    assert "/PieceInfo" not in all_keys(content)
    assert b"LuaHBTeX" not in content
    assert b"Ana at home" not in content
    assert b"0 0 m 9 9 l S" in content
    assert page_texts(content) == ["Wells", "Rain"]


def test_links_and_anchors_stay(tmp_path: Path) -> None:
    """Links lead where TeX meant them to lead."""
    source = SmallPdf(
        pages=[SmallPage(text="Wells", links=["s1.p2"]), SmallPage(text="Rain", links=["s1"])],
        anchors={"s1": 0, "s1.p2": 1},
    ).write()
    content = finished(tmp_path, source, 2)
    assert link_targets(content) == [(1, 2), (2, 1)]
    assert anchor_pages(content) == {"s1": 1, "s1.p2": 2}


def test_anchors_in_the_older_form_are_found(tmp_path: Path) -> None:
    """A dictionary of destinations does as well as a name tree."""
    source = SmallPdf(pages=[SmallPage(text="Wells")], anchors={"s1": 0}, has_old_anchors=True).write()
    content = finished(tmp_path, source, 1, with_outline((0, "Wells", "s1")))
    assert anchor_pages(content) == {"s1": 1}


def test_a_handout_is_labelled_from_one(tmp_path: Path) -> None:
    """Labels are the printed folios."""
    assert page_labels(finished(tmp_path, small_pdf("a", "b"), 2)) == ["1", "2"]


def test_the_prelims_of_a_guide_are_labelled_in_roman(tmp_path: Path) -> None:
    """They end before the page of the first session."""
    source = small_pdf("title", "contents", "Wells", "Rain", anchors={"s1": 2})
    content = finished(tmp_path, source, 4, replace(HANDOUT, has_prelims=True))
    assert page_labels(content) == ["i", "ii", "1", "2"]


def test_a_guide_without_a_first_session_is_a_mistake_of_ours(tmp_path: Path) -> None:
    """Nobody can say where its prelims end."""
    with pytest.raises(PrepressError, match="lacks the destinations s1"):
        finished(tmp_path, small_pdf("title"), 1, replace(HANDOUT, has_prelims=True))


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    """In another folder, with other hashes and in another language the file is the same, to the last byte."""
    program = (
        "import sys; from pathlib import Path; sys.path.insert(0, 'tests/support');"
        "from prepress_documents import *; from pdfs import small_pdf; from studyguide.prepress import finish;"
        "made = finish(with_outline((0, 'Wells', 's1')), compiled(Path(sys.argv[1]), small_pdf('a', anchors={'s1': 0}),"
        " page_count=1)); sys.stdout.buffer.write(made.content)"
    )
    outputs = []
    for seed, zone, language in (("1", "UTC", "C"), ("2", "Asia/Seoul", "C.UTF-8")):
        folder = tmp_path / seed
        folder.mkdir()
        surroundings = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language}
        outputs.append(
            subprocess.run([sys.executable, "-c", program, folder], env=surroundings, capture_output=True, check=True)
        )
    assert outputs[0].stdout == outputs[1].stdout
    assert outputs[0].stdout.endswith(b"%%EOF\n")


def test_the_identifier_tells_files_apart(tmp_path: Path) -> None:
    """It depends on what is in the file, and on nothing of the engine's."""
    one = finished(tmp_path, small_pdf("Wells"), 1)
    other = finished(tmp_path, small_pdf("Rain"), 1)
    assert identifiers(one)[0] == identifiers(one)[1] != identifiers(other)[0]
    assert identifiers(finished(tmp_path, TALKATIVE, 2))[0] not in (b"\xaa", bytes(16))


def test_half_a_pdf_from_the_engine_is_not_finished(tmp_path: Path) -> None:
    """What TeX left unfinished is not published."""
    half = small_pdf("Wells")[:200]
    with pytest.raises(PrepressError, match="cannot be read"):
        finished(tmp_path, half, 1)


def test_a_vanished_pdf_is_not_finished(tmp_path: Path) -> None:
    """An engine's folder that was cleaned away gives an error, not a traceback."""
    gone = compiled(tmp_path, b"", page_count=1)
    gone.path.unlink()
    with pytest.raises(PrepressError, match="cannot be read"):
        finish(HANDOUT, gone)


def test_lost_pages_are_noticed(tmp_path: Path) -> None:
    """As many pages as TeX says it wrote, or none."""
    with pytest.raises(PrepressError, match="TeX wrote 3 pages, but its PDF has 2"):
        finished(tmp_path, small_pdf("a", "b"), 3)


def test_a_link_that_leads_nowhere_is_noticed(tmp_path: Path) -> None:
    """Reading back follows every link."""
    source = SmallPdf(pages=[SmallPage(text="Wells", links=["s7.p3"])]).write()
    with pytest.raises(PrepressError, match="a link on page 1 leads nowhere"):
        finished(tmp_path, source, 1)


def test_the_wrong_paper_is_noticed(tmp_path: Path) -> None:
    """A letter page is not published as A4."""
    with pytest.raises(PrepressError, match="page 1 measures 612 x 792 points"):
        finished(tmp_path, small_pdf("Wells"), 1, replace(HANDOUT, paper=Paper.A4))


def test_a_heading_page_without_text_is_noticed(tmp_path: Path) -> None:
    """A page that an outline entry opens shows something to read."""
    blank = SmallPdf(
        pages=[SmallPage(text="Wells"), SmallPage(text="Rain", contents="90 0 R")],
        anchors={"s2": 1},
        objects={90: stream(b"0 0 m 9 9 l S")},
    ).write()
    with pytest.raises(PrepressError, match="page 2 shows no text"):
        finished(tmp_path, blank, 2, with_outline((0, "Rain", "s2")))


def test_all_differences_are_listed(tmp_path: Path) -> None:
    """One look shows everything that is wrong with a file."""
    source = SmallPdf(pages=[SmallPage(text="Wells", links=["a", "b"])]).write()
    with pytest.raises(PrepressError, match=r"measures .*; a link .*; a link"):
        finished(tmp_path, source, 1, replace(HANDOUT, paper=Paper.A4))


def test_titles_in_any_script_are_set_and_read_back(tmp_path: Path) -> None:
    """A title that looks like a byte order mark is no trap."""
    for title in ("þÿ", "우물", "🪣 Wells", "a (b) \\c"):
        document = replace(HANDOUT, metadata=replace(METADATA, title=title))
        assert information(finished(tmp_path, small_pdf("Wells"), 1, document))["Title"] == title


def test_the_package_is_quick_to_import() -> None:
    """Nothing imports pypdf before there is a PDF to finish."""
    program = "import sys, studyguide.prepress; sys.exit('pypdf' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)
