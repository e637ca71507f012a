"""Pages become pictures: the right pixels, kept and thrown away in time."""

from __future__ import annotations

import ctypes
import gc
import resource
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from pdfs import SmallPage, SmallPdf, small_pdf, stream
from PIL import Image

from studyguide.errors import PrepressError
from studyguide.preview.rendering import MOST_SIDE_PIXELS, PageRenderer

A4_POINTS = (595.276, 841.89)
DRAWING = 120
"""The number of an object that draws something."""

RED_BELOW = stream(b"1 0 0 rg 0 0 612 396 re f")
"""The lower half of a letter page in red."""


def read(picture: bytes) -> Image.Image:
    """Open a picture with another library than the one that wrote it."""
    image = Image.open(BytesIO(picture))
    image.load()
    return image


def render(content: bytes, *, width: int = 200, page: int = 0) -> Image.Image:
    """Draw one page."""
    renderer = PageRenderer()
    picture = renderer.render(content, page=page, digest="a", width=width)
    renderer.close()
    return read(picture)


@pytest.mark.parametrize("width", [64, 1223, 1224, 1225, 2448, 4096])
@pytest.mark.parametrize("size", [(612.0, 792.0), A4_POINTS])
def test_a_picture_is_as_wide_as_was_asked(width: int, size: tuple[float, float]) -> None:
    """To the pixel, whatever the paper; it is as high as the paper wants."""
    image = render(small_pdf("wells", size=size), width=width)
    assert image.width == width
    assert image.height == pytest.approx(width * size[1] / size[0], abs=1)


def test_the_pixels_are_those_of_the_page() -> None:
    """White above, red below, in that order of colours; PNG keeps them as they are."""
    page = SmallPage(text="", contents=f"{DRAWING} 0 R")
    image = render(SmallPdf(pages=[page], objects={DRAWING: RED_BELOW}).write(), width=100)
    assert image.format == "PNG"
    assert image.getpixel((50, 10)) == (255, 255, 255)
    assert image.getpixel((50, 120)) == (255, 0, 0)


def test_each_page_is_drawn_for_itself() -> None:
    """A page in the middle is that page, also after others on the same canvas, larger and smaller ones."""
    content = small_pdf("wells", "rain and more rain", "snow")
    renderer = PageRenderer()
    sizes = (300, 900, 64)
    pages = [renderer.render(content, page=1, digest="rain", width=width) for width in sizes]
    alone = [render(content, page=1, width=width) for width in sizes]
    assert [read(each).tobytes() for each in pages] == [each.tobytes() for each in alone]
    assert alone[0].tobytes() != render(content, page=0, width=300).tobytes()
    renderer.close()


def test_links_have_no_frames() -> None:
    """What is drawn is what is printed."""
    link = "/Annots [<< /Type /Annot /Subtype /Link /Rect [9 9 400 400] /Border [0 0 9] /C [1 0 0] >>]"
    framed = SmallPdf(pages=[SmallPage(text="wells", entries=link)]).write()
    assert render(framed).tobytes() == render(small_pdf("wells")).tobytes()


def test_a_page_that_is_turned_is_shown_turned() -> None:
    """Its width is what was its height."""
    turned = SmallPdf(pages=[SmallPage(text="wells", entries="/Rotate 90")]).write()
    assert render(turned, width=792).size == (792, 612)


def test_a_very_long_page_stays_within_bounds() -> None:
    """A strip of paper does not fill the memory."""
    image = render(small_pdf("wells", size=(100.0, 10_000.0)), width=4096)
    assert image.height == MOST_SIDE_PIXELS
    assert image.width < 100


def test_a_picture_is_drawn_once_for_each_digest_and_width() -> None:
    """The second time it is the same object; at another width, or of another page, it is another."""
    renderer = PageRenderer()
    content = small_pdf("wells", "rain")
    first = renderer.render(content, page=0, digest="a", width=200)
    assert renderer.render(content, page=0, digest="a", width=200) is first
    assert renderer.render(content, page=0, digest="a", width=201) != first
    assert renderer.render(content, page=1, digest="b", width=200) != first
    renderer.close()


def test_pictures_that_nobody_asked_for_lately_go_first() -> None:
    """What fits is kept, the newest always."""
    renderer = PageRenderer(most_picture_bytes=1)
    content = small_pdf("wells", "rain")
    wells = renderer.render(content, page=0, digest="a", width=200)
    assert renderer.render(content, page=0, digest="a", width=200) is wells
    renderer.render(content, page=1, digest="b", width=200)
    again = renderer.render(content, page=0, digest="a", width=200)
    assert again == wells
    assert again is not wells
    renderer.close()


@pytest.mark.parametrize("content", [b"", b"no PDF at all", small_pdf("wells")[:200]])
def test_what_cannot_be_drawn_is_said(content: bytes) -> None:
    """The page counts from 1 for people."""
    with pytest.raises(PrepressError, match="page 3 of the proof cannot be drawn"):
        PageRenderer().render(content, page=2, digest="a", width=200)


def test_a_page_that_there_is_not_is_said() -> None:
    """The renderer goes on with others."""
    renderer = PageRenderer()
    content = small_pdf("wells")
    with pytest.raises(PrepressError, match="page 2 of the proof cannot be drawn"):
        renderer.render(content, page=1, digest="b", width=200)
    assert read(renderer.render(content, page=0, digest="a", width=200)).width == 200
    renderer.close()


def test_many_threads_get_the_right_pictures() -> None:
    """PDFium can do one thing at a time; eight threads ask it for forty."""
    contents = [small_pdf(f"proof {number}", "second page") for number in range(10)]
    renderer = PageRenderer()
    jobs = [(proof, page, width) for proof in range(10) for page in range(2) for width in (100, 150)]

    def draw(job: tuple[int, int, int]) -> bytes:
        proof, page, width = job
        return renderer.render(contents[proof], page=page, digest=f"{proof}-{page}", width=width)

    with ThreadPoolExecutor(8) as threads:
        drawn = list(threads.map(draw, jobs))
    assert drawn == [draw(job) for job in jobs]
    assert len(set(drawn)) == 10 * 2 + 2
    renderer.close()


def test_memory_stays_level_over_many_proofs() -> None:
    """A working day has some thousand proofs: documents are closed and pictures thrown away."""
    renderer = PageRenderer(most_picture_bytes=2_000_000)
    picture_of = iter(range(10**6))

    def work(count: int) -> int:
        for number in (next(picture_of) for _ in range(count)):
            renderer.render(small_pdf(f"proof {number}"), page=0, digest=str(number), width=600)
        gc.collect()
        return memory_bytes()

    settled = work(200)
    assert work(600) - settled < 6_000_000
    renderer.close()
    assert read(renderer.render(small_pdf("wells"), page=0, digest="later", width=64)).width == 64
    renderer.close()


def memory_bytes() -> int:
    """Say how much memory this process takes, once the allocator has given back what it can."""
    ctypes.CDLL(None).malloc_trim(0)
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * resource.getpagesize()
