"""Reading back finds whatever differs from what a finished file should be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pdfs import SmallPage, SmallPdf, stream

from studyguide.errors import ExitCode, PrepressError
from studyguide.prepress.labels import label_pages
from studyguide.prepress.readback import Expectation, ExpectedBookmark, read_back

if TYPE_CHECKING:
    from collections.abc import Mapping

INFORMATION = {90: b"<< /Title (Wells) >>"}
SPEAKING = "/Lang (en) /PageLabels << /Nums [0 << /S /D /St 1 >>] >>"
OUTLINE = {
    91: b"<< /Type /Outlines /First 92 0 R /Last 93 0 R /Count 2 >>",
    92: b"<< /Title (Wells) /Parent 91 0 R /Next 93 0 R /Dest [10 0 R /Fit] >>",
    93: b"<< /Title (Rain) /Parent 91 0 R /Prev 92 0 R /Dest [12 0 R /Fit] >>",
}

EXPECTED = Expectation(
    title="Wells",
    language="en",
    labels=label_pages(page_count=2, prelim_count=0, inserted={}),
    bookmarks=(),
    paper_points=(612.0, 792.0),
)


def made(
    *,
    catalog: str = SPEAKING,
    objects: Mapping[int, bytes] = INFORMATION,
    second: SmallPage = SmallPage(text="Rain"),  # noqa: B008  frozen
) -> bytes:
    """Write a file of two pages."""
    return SmallPdf(
        pages=[SmallPage(text="Wells"), second],
        anchors={"s1": 0},
        objects=INFORMATION | dict(objects),
        catalog=catalog,
        trailer="/Info 90 0 R",
    ).write()


def test_a_file_as_it_should_be_passes() -> None:
    """Nothing is said about it."""
    read_back(made(), EXPECTED)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (made()[:-1], "its end is missing"),
        (made(catalog=SPEAKING + " /OpenAction [10 0 R /Fit]"), "its catalog holds /OpenAction"),
        (made(catalog="/PageLabels << /Nums [0 << /S /D >>] >>"), 'its language is "None", not "en"'),
        (made(catalog="/Lang (es) /PageLabels << /Nums [0 << /S /D >>] >>"), 'its language is "es", not "en"'),
        (made(objects={90: b"<< /Title (Rain) >>"}), 'its title is "Rain", not "Wells"'),
        (made(catalog="/Lang (en) /PageLabels << /Nums [0 << /S /r >>] >>"), "its page labels are wrong"),
        (made(catalog=SPEAKING + " /Outlines 91 0 R", objects=OUTLINE), "its outline is wrong"),
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
        read_back(content, EXPECTED)
    assert failure.value.message == f"the finished PDF does not read back as it should: {complaint}"
    assert failure.value.exit_code is ExitCode.ENGINE


def test_lost_pages_are_counted() -> None:
    """Three pages were bound, two are there."""
    expected = replace(EXPECTED, labels=label_pages(page_count=3, prelim_count=0, inserted={}))
    with pytest.raises(PrepressError, match="it has 2 pages, not 3"):
        read_back(made(), expected)


def test_links_to_a_page_itself_are_followed() -> None:
    """A link need not go by a name."""
    read_back(made(second=SmallPage(text="Rain", entries="/Annots [<< /Dest [10 0 R /Fit] >>]")), EXPECTED)


def test_the_outline_is_followed() -> None:
    """Titles and pages, in reading order."""
    bookmarks = (ExpectedBookmark(title="Wells", page_index=0), ExpectedBookmark(title="Rain", page_index=1))
    content = made(catalog=SPEAKING + " /Outlines 91 0 R", objects=OUTLINE)
    read_back(content, replace(EXPECTED, bookmarks=bookmarks))
    with pytest.raises(PrepressError, match="its outline is wrong"):
        read_back(content, replace(EXPECTED, bookmarks=bookmarks[::-1]))


def test_an_insert_that_is_not_drawn_is_noticed() -> None:
    """A page labelled as an insert's shows it."""
    expected = replace(EXPECTED, labels=label_pages(page_count=1, prelim_count=0, inserted={0: 1}))
    labels = "/Lang (en) /PageLabels << /Nums [0 << /S /D >> 1 << /S /A /P (1-) >>] >>"
    blank = SmallPage(text="", contents="94 0 R")
    with pytest.raises(PrepressError, match="page 2 does not show its insert"):
        read_back(made(catalog=labels, second=blank, objects={94: stream(b"q Q")}), expected)


def test_a_file_that_cannot_be_opened_is_an_error_of_ours() -> None:
    """Not a traceback of somebody's library."""
    with pytest.raises(PrepressError, match="cannot be read back"):
        read_back(b"%PDF-1.7\n%%EOF\n", EXPECTED)
