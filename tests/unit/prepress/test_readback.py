"""Reading back finds whatever differs from what a finished file should be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pdfs import SmallPage, SmallPdf, stream
from prepress_documents import METADATA

from studyguide.description import xmp_packet
from studyguide.errors import ExitCode, PrepressError
from studyguide.prepress.expectation import Expectation, ExpectedBookmark
from studyguide.prepress.labels import label_pages
from studyguide.prepress.readback import open_finished, read_back

if TYPE_CHECKING:
    from collections.abc import Mapping

WELLS = replace(METADATA, title="Wells")
INFORMATION = (
    b"<< /Title (Wells) /Author (Riverside Reading Group) /Subject (Commons Reader) /Creator (studyguide)"
    b" /Producer (studyguide) /CreationDate (D:20260512183000Z) /ModDate (D:20260512183000Z) /Trapped /False >>"
)
PACKET = stream(xmp_packet(WELLS), "/Type /Metadata /Subtype /XML")
DESCRIBED = {90: INFORMATION, 95: PACKET}
SHOWN = "/Metadata 95 0 R /ViewerPreferences << /DisplayDocTitle true >>"
SPEAKING = f"{SHOWN} /Lang (en) /PageLabels << /Nums [0 << /S /D /St 1 >>] >>"
OUTLINED = f"{SPEAKING} /Outlines 91 0 R /PageMode /UseOutlines"
OUTLINE = {
    91: b"<< /Type /Outlines /First 92 0 R /Last 93 0 R /Count 2 >>",
    92: b"<< /Title (Wells) /Parent 91 0 R /Next 93 0 R /Dest [10 0 R /Fit] >>",
    93: b"<< /Title (Rain) /Parent 91 0 R /Prev 92 0 R /Dest [12 0 R /Fit] >>",
}

EXPECTED = Expectation(
    metadata=WELLS,
    labels=label_pages(page_count=2, prelim_count=0, inserted={}),
    bookmarks=(),
    paper_points=(612.0, 792.0),
)


def made(
    *,
    catalog: str = SPEAKING,
    objects: Mapping[int, bytes] = DESCRIBED,
    second: SmallPage = SmallPage(text="Rain"),  # noqa: B008  frozen
) -> bytes:
    """Write a file of two pages."""
    return SmallPdf(
        pages=[SmallPage(text="Wells"), second],
        anchors={"s1": 0},
        objects=DESCRIBED | dict(objects),
        catalog=catalog,
        trailer="/Info 90 0 R",
    ).write()


def check(content: bytes, expected: Expectation) -> None:
    """Open a file and compare it."""
    read_back(open_finished(content), expected)


def test_a_file_as_it_should_be_passes() -> None:
    """Nothing is said about it."""
    check(made(), EXPECTED)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (made()[:-1], "its end is missing"),
        (made(catalog=SPEAKING + " /OpenAction [10 0 R /Fit]"), "its catalog holds /OpenAction"),
        (made(catalog=f"{SHOWN} /PageLabels << /Nums [0 << /S /D >>] >>"), 'its language is "None", not "en"'),
        (made(catalog=f"{SHOWN} /Lang (es) /PageLabels << /Nums [0 << /S /D >>] >>"), 'its language is "es", not "en"'),
        (made(objects={90: INFORMATION.replace(b"Wells", b"Rain")}), "its Title is wrong"),
        (
            made(objects={90: INFORMATION.replace(b"/Subject", b"/Keywords")}),
            "its Subject is wrong; its information holds Keywords",
        ),
        (made(objects={95: PACKET.replace(b"b7f2", b"b7f3")}), "its packet is wrong"),
        (made(catalog=SPEAKING.replace("true", "false")), "viewers are told to show it in another way"),
        (made(catalog=f"{SPEAKING} /PageMode /FullScreen"), "viewers are told to show it in another way"),
        (made(catalog=f"{SHOWN} /Lang (en) /PageLabels << /Nums [0 << /S /r >>] >>"), "its page labels are wrong"),
        (made(catalog=f"{SPEAKING} /Outlines 91 0 R", objects=OUTLINE), "its outline is wrong"),
        (made(second=SmallPage(text="Rain", size=(595, 842))), "page 2 measures 595 x 842 points"),
        (made(second=SmallPage(text="Rain", links=["s2"])), "a link on page 2 leads nowhere"),
        (
            made(second=SmallPage(text="Rain", entries="/Annots [<< /A << /S /Launch /F (x) >> >>]")),
            "page 2 holds an action /Launch",
        ),
        (
            made(second=SmallPage(text="Rain", entries="/Annots [<< /Dest [99 0 R /Fit] >>]")),
            "a link on page 2 leads nowhere",
        ),
    ],
)
def test_what_differs_is_named(content: bytes, complaint: str) -> None:
    """Each difference has a sentence of its own."""
    with pytest.raises(PrepressError) as failure:
        check(content, EXPECTED)
    assert failure.value.message == f"the finished PDF does not read back as it should: {complaint}"
    assert failure.value.exit_code is ExitCode.ENGINE


def test_lost_pages_are_counted() -> None:
    """Three pages were bound, two are there."""
    expected = replace(EXPECTED, labels=label_pages(page_count=3, prelim_count=0, inserted={}))
    with pytest.raises(PrepressError, match="it has 2 pages, not 3"):
        check(made(), expected)


def test_links_to_a_page_itself_are_followed() -> None:
    """A link need not go by a name."""
    check(made(second=SmallPage(text="Rain", entries="/Annots [<< /Dest [10 0 R /Fit] >>]")), EXPECTED)


def test_the_outline_is_followed() -> None:
    """Titles and pages, in reading order."""
    bookmarks = (
        ExpectedBookmark(depth=0, title="Wells", page_index=0),
        ExpectedBookmark(depth=0, title="Rain", page_index=1),
    )
    content = made(catalog=OUTLINED, objects=OUTLINE)
    check(content, replace(EXPECTED, bookmarks=bookmarks))
    with pytest.raises(PrepressError, match="its outline is wrong"):
        check(content, replace(EXPECTED, bookmarks=bookmarks[::-1]))


def test_the_outline_is_followed_by_name_and_by_level() -> None:
    """An entry may name its destination; that it stands under another is looked at, too."""
    nested = {
        91: b"<< /Type /Outlines /First 92 0 R /Last 92 0 R /Count 2 >>",
        92: b"<< /Title (Wells) /Parent 91 0 R /First 93 0 R /Last 93 0 R /Dest (s1) >>",
        93: b"<< /Title (Rain) /Parent 92 0 R /Dest (s1) >>",
    }
    content = made(catalog=OUTLINED, objects=nested)
    one = ExpectedBookmark(depth=0, title="Wells", page_index=0)
    other = ExpectedBookmark(depth=1, title="Rain", page_index=0)
    check(content, replace(EXPECTED, bookmarks=(one, other)))
    with pytest.raises(PrepressError, match="its outline is wrong"):
        check(content, replace(EXPECTED, bookmarks=(one, replace(other, depth=0))))


def test_an_outline_without_end_comes_to_an_end() -> None:
    """An entry that follows itself is read once too often, and no more."""
    endless = OUTLINE | {93: b"<< /Title (Rain) /Parent 91 0 R /Next 93 0 R /Dest [12 0 R /Fit] >>"}
    with pytest.raises(PrepressError, match="its outline is wrong"):
        check(made(catalog=OUTLINED, objects=endless), EXPECTED)


def test_an_object_that_has_moved_is_noticed() -> None:
    """A byte too many, and the table leads beside the objects."""
    with pytest.raises(PrepressError):
        check(made().replace(b"(Commons Reader)", b"(Commons  Reader)"), EXPECTED)


def test_an_insert_that_is_not_drawn_is_noticed() -> None:
    """A page labelled as an insert's shows it."""
    expected = replace(EXPECTED, labels=label_pages(page_count=1, prelim_count=0, inserted={0: 1}))
    labels = f"{SHOWN} /Lang (en) /PageLabels << /Nums [0 << /S /D >> 1 << /S /A /P (1-) >>] >>"
    blank = SmallPage(text="", contents="94 0 R")
    with pytest.raises(PrepressError, match="page 2 does not show its insert"):
        check(made(catalog=labels, second=blank, objects={94: stream(b"q Q")}), expected)


def test_a_file_that_cannot_be_opened_is_an_error_of_ours() -> None:
    """Not a traceback of somebody's library."""
    with pytest.raises(PrepressError, match="cannot be read back"):
        check(b"%PDF-1.7\n%%EOF\n", EXPECTED)
