"""Pictures are made fit to print, and rid of what is nobody's business."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageCms

from studyguide.engine.pictures import SIDE_PIXELS, UnusablePicture, clean_picture

RED = (200, 30, 30)
ORIENTATION, GPS, CAMERA = 0x0112, 0x8825, 0x010F
TURNED_RIGHT = 6


def picture_bytes(picture: Image.Image, kind: str, **options: object) -> bytes:
    """Save a picture as an author's program would."""
    target = io.BytesIO()
    picture.save(target, kind, **options)
    return target.getvalue()


def cleaned(content: bytes, suffix: str) -> Image.Image:
    """Read back what TeX is given."""
    return Image.open(io.BytesIO(clean_picture(content, suffix)))


def problem_with(content: bytes, suffix: str) -> str:
    """Give the sentence about a picture that cannot be printed."""
    with pytest.raises(UnusablePicture) as failure:
        clean_picture(content, suffix)
    assert failure.value.hint
    return failure.value.message


def test_where_and_when_a_photograph_was_taken_stays_at_home() -> None:
    """No EXIF, no comment, no profile is left in the file."""
    exif = Image.Exif()
    exif[CAMERA] = "Commons Camera"
    exif[GPS] = {1: "N", 2: (52.0, 31.0, 12.0)}
    photograph = picture_bytes(Image.new("RGB", (30, 20), RED), "JPEG", exif=exif, comment=b"at the well")
    content = clean_picture(photograph, ".jpg")
    assert b"Commons Camera" not in content
    assert b"at the well" not in content
    assert not Image.open(io.BytesIO(content)).getexif()


def test_words_inside_a_png_are_left_out_too() -> None:
    """Titles and comments that programs write into PNG files."""
    from PIL.PngImagePlugin import PngInfo

    words = PngInfo()
    words.add_text("Author", "a member of the group")
    content = clean_picture(picture_bytes(Image.new("L", (9, 9)), "PNG", pnginfo=words), ".png")
    assert b"a member of the group" not in content


def test_a_photograph_stands_upright() -> None:
    """A camera that was held sideways only notes it; on paper the picture itself is turned."""
    exif = Image.Exif()
    exif[ORIENTATION] = TURNED_RIGHT
    photograph = picture_bytes(Image.new("RGB", (30, 20), RED), "JPEG", exif=exif)
    assert cleaned(photograph, ".jpg").size == (20, 30)


@pytest.mark.parametrize(
    ("mode", "kind", "suffix", "expected"),
    [
        ("1", "PNG", ".png", "L"),
        ("L", "PNG", ".png", "L"),
        ("LA", "PNG", ".png", "LA"),
        ("P", "PNG", ".png", "P"),
        ("P", "PNG", ".jpg", "RGB"),
        ("RGB", "PNG", ".png", "RGB"),
        ("RGBA", "PNG", ".png", "RGBA"),
        ("I;16", "PNG", ".png", "L"),
        ("CMYK", "JPEG", ".jpg", "RGB"),
        ("RGBA", "PNG", ".jpg", "RGB"),
        ("RGB", "JPEG", ".png", "RGB"),
        ("RGB", "WEBP", ".png", "RGB"),
        ("RGB", "JPEG", ".jpeg", "RGB"),
    ],
)
def test_every_kind_of_picture_becomes_one_that_tex_can_read(mode: str, kind: str, suffix: str, expected: str) -> None:
    """Whatever the colours, and whatever it is called: what is inside counts, what TeX gets fits the name."""
    picture = cleaned(picture_bytes(Image.new(mode, (12, 8)), kind), suffix)
    assert (picture.mode, picture.size) == (expected, (12, 8))
    assert picture.format == ("PNG" if suffix == ".png" else "JPEG")


def test_sixteen_bits_of_grey_are_not_cut_off() -> None:
    """Half as bright as white stays half as bright."""
    grey = Image.new("I;16", (4, 4), 0x8080)
    assert cleaned(picture_bytes(grey, "PNG"), ".png").getpixel((0, 0)) == 0x80


def test_transparency_becomes_paper_where_there_is_none() -> None:
    """A JPEG has no transparency: what was see-through is white, not black."""
    clear = Image.new("RGBA", (4, 4), (0, 0, 0, 0))
    assert cleaned(picture_bytes(clear, "PNG"), ".jpg").getpixel((0, 0)) == (255, 255, 255)


def test_one_transparent_colour_stays_transparent() -> None:
    """As in pictures of few colours."""
    few = Image.new("P", (4, 4), 0)
    picture = cleaned(picture_bytes(few, "PNG", transparency=0), ".png")
    assert picture.getpixel((0, 0)) == (0, 0, 0, 0)


def test_colours_are_brought_to_those_of_the_screen() -> None:
    """A profile is applied, not thrown away."""
    lab_like = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    plain = Image.new("RGB", (4, 4), RED)
    tagged = picture_bytes(plain, "PNG", icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    assert cleaned(tagged, ".png").getpixel((0, 0)) == RED
    assert "icc_profile" not in cleaned(tagged, ".png").info
    assert cleaned(picture_bytes(plain, "PNG", icc_profile=lab_like[:40]), ".png").getpixel((0, 0)) == RED


def test_an_animation_stands_at_its_first_picture() -> None:
    """Paper does not move."""
    frames = [Image.new("RGB", (4, 4), colour) for colour in (RED, (0, 0, 0))]
    film = picture_bytes(frames[0], "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    assert cleaned(film, ".png").getpixel((0, 0)) == RED


def test_a_huge_picture_is_scaled_to_what_paper_needs() -> None:
    """No page has more dots than 300 to the inch."""
    for mode in ("1", "P", "RGB"):
        assert cleaned(picture_bytes(Image.new(mode, (7000, 100)), "PNG"), ".png").size == (SIDE_PIXELS, 50)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    """A few bytes that claim to be a picture of a billion pixels."""
    bomb = bytearray(picture_bytes(Image.new("1", (8, 8)), "PNG"))
    bomb[16:24] = (40_000).to_bytes(4, "big") * 2
    import zlib

    bomb[29:33] = zlib.crc32(bomb[12:29]).to_bytes(4, "big")
    assert problem_with(bytes(bomb), ".png") == "has more than 150 million pixels"


@pytest.mark.parametrize(
    ("content", "suffix", "message"),
    [
        (b"", ".png", "is empty"),
        (b"some words", ".png", "is not a PNG or JPEG inside"),
        (b"\x00\x00\x00\x18ftypheic", ".jpg", "is a HEIC photograph"),
        (b'<?xml version="1.0"?><svg xmlns="x"/>', ".svg", "is an SVG drawing"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", ".eps", "is a PostScript file"),
        (b"GIF89a", ".gif", 'ends in ".gif", expected PNG, JPEG or PDF'),
        (b"%PDF-1.7\n%%EOF", ".png", 'ends in ".png", expected a PNG or JPEG inside'),
        (b"\x89PNG\r\n\x1a\n", ".pdf", 'ends in ".pdf", expected a PDF inside'),
        (b"%PDF-1.7\nhalf", ".pdf", "is half a PDF"),
        (b"%PDF-1.7\n/Encrypt 5 0 R\n%%EOF", ".pdf", "is a locked PDF"),
    ],
)
def test_what_cannot_be_printed_is_said_with_what_to_do(content: bytes, suffix: str, message: str) -> None:
    """Each with the end of a sentence that begins with the picture's name."""
    assert problem_with(content, suffix) == message


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_that_ends_too_soon_is_damaged(kind: str) -> None:
    """Half a download is not half a picture."""
    whole = picture_bytes(Image.effect_noise((90, 90), 50), kind)
    assert problem_with(whole[: len(whole) // 2], f".{kind.lower()}") == "is damaged"


def test_a_pdf_is_taken_as_it_is() -> None:
    """Drawings keep their lines."""
    drawing = b"%PDF-1.7\nlines\n%%EOF\n"
    assert clean_picture(drawing, ".pdf") == drawing
