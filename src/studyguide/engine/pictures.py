"""What is inside a picture: made fit to print, and rid of what nobody should learn from it (owns Pillow).

Comes in: the bytes of a file. Goes out: a PNG or JPEG with nothing but the picture, upright and in the colours of the
screen, or the PDF as it was. Where and when a photograph was taken stays at home. Left to others: files (`assets`).
"""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

PICTURE_PIXELS = 150_000_000
"""How many pixels a picture may have: the largest cameras make 100 million. Beyond it is a decompression bomb."""

SIDE_PIXELS = 3500
"""No page needs more along its long side: that is 300 to the inch on A4. Larger pictures are scaled down."""

JPEG_QUALITY = 90
"""Pillow's scale; above it files grow and nothing is seen."""

HEADER_BYTES = 1024
"""`%PDF-` stands among the first bytes (ISO 32000-1, annex H, implementation note 13), `%%EOF` among the last."""

KINDS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".pdf": "PDF"}
"""What TeX can be given, by the name's suffix."""

READABLE_KINDS = ("PNG", "JPEG", "GIF", "WEBP")
"""What is read whatever it is called: files are often named for what they are not."""

FOREIGN_KINDS = (
    (b"ftypheic", "is a HEIC photograph", "save it as JPEG"),
    (b"ftypmif1", "is a HEIF photograph", "save it as JPEG"),
    (b"ftypavif", "is an AVIF picture", "save it as PNG or JPEG"),
    (b"<svg", "is an SVG drawing", "save it as PDF"),
    (b"%!PS", "is a PostScript file", "save it as PDF"),
)
"""What people also have: how such a file gives itself away, what it is, what to do."""


class UnusablePicture(Exception):
    """A picture that cannot be printed: why, and what to do. It never leaves this stage."""

    def __init__(self, message: str, hint: str) -> None:
        """Keep the rest of the sentence that begins with the picture's name, and the advice."""
        super().__init__(message)
        self.message = message
        self.hint = hint


def clean_picture(content: bytes, suffix: str) -> bytes:
    """Give a picture as TeX is to read it under a name with this suffix.

    Raises:
        UnusablePicture: when it cannot be printed.
    """
    kind = KINDS.get(suffix)
    if not content:
        raise UnusablePicture("is empty", "save it again")
    for mark, message, hint in FOREIGN_KINDS:
        if mark in content[:HEADER_BYTES]:
            raise UnusablePicture(message, hint)
    is_pdf = b"%PDF-" in content[:HEADER_BYTES]
    if kind is None or is_pdf != (kind == "PDF"):
        expected = "PNG, JPEG or PDF" if kind is None else "a PNG or JPEG inside" if is_pdf else "a PDF inside"
        raise UnusablePicture(
            f'ends in "{suffix}", expected {expected}', "save it as PNG, JPEG or PDF, with the right ending"
        )
    return _check_pdf(content) if is_pdf else _rewrite(content, kind)


def _check_pdf(content: bytes) -> bytes:
    if b"%%EOF" not in content[-HEADER_BYTES:]:
        raise UnusablePicture("is half a PDF", "save or download it again")
    if b"/Encrypt" in content:
        raise UnusablePicture("is a locked PDF", "save it without a password")
    return content


def _rewrite(content: bytes, kind: str) -> bytes:
    import PIL.Image

    # Pillow's own limit only warns, and for all threads at once; ours is looked at below, before anything is unpacked.
    PIL.Image.MAX_IMAGE_PIXELS = None
    try:
        with PIL.Image.open(io.BytesIO(content), formats=READABLE_KINDS) as picture:
            if picture.width * picture.height > PICTURE_PIXELS:
                raise UnusablePicture(
                    f"has more than {PICTURE_PIXELS // 10**6} million pixels", "save it in a smaller size"
                )
            return _save(_normalise(picture), kind)
    except PIL.UnidentifiedImageError as problem:
        raise UnusablePicture("is not a PNG or JPEG inside", "save it again as PNG or JPEG") from problem
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, zlib.error) as problem:
        # What Pillow raises for files that end too soon or contradict themselves.
        raise UnusablePicture("is damaged", "save or download it again") from problem


def _normalise(picture: Image) -> Image:
    from PIL import ImageOps

    # An animation stands at its first frame.
    coloured = _in_screen_colours(ImageOps.exif_transpose(picture))
    if max(coloured.size) > SIDE_PIXELS:
        coloured = coloured.convert("RGB") if coloured.mode == "P" else coloured
        coloured.thumbnail((SIDE_PIXELS, SIDE_PIXELS))
    return coloured


def _in_screen_colours(picture: Image) -> Image:
    """Give the picture in 8 bits of grey, a palette or sRGB, with its transparency."""
    if picture.mode == "P" and not picture.info.keys() & {"transparency", "icc_profile"}:
        return picture
    has_transparency = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
    if picture.mode.startswith("I"):
        # 16-bit grey: Pillow would cut off at 255 instead of scaling.
        return picture.convert("I").point(lambda level: level / 257).convert("L")
    profile = picture.info.get("icc_profile")
    is_grey = picture.mode in {"1", "L", "LA"}
    if isinstance(profile, bytes) and picture.mode in {"RGB", "RGBA", "CMYK"}:
        picture = _through_profile(picture, profile)
    return picture.convert(("LA" if is_grey else "RGBA") if has_transparency else ("L" if is_grey else "RGB"))


def _through_profile(picture: Image, profile: bytes) -> Image:
    from PIL import ImageCms

    try:
        converted = ImageCms.profileToProfile(
            picture,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode="RGBA" if picture.mode == "RGBA" else "RGB",
        )
    except (ImageCms.PyCMSError, OSError):
        # A broken profile: the colours are shown as if there were none.
        return picture
    return converted or picture


def _save(picture: Image, kind: str) -> bytes:
    from PIL import Image

    # What Pillow remembers of the file (comments, profile, dates, places) would be written again.
    picture.info.clear()
    target = io.BytesIO()
    if kind == "PNG":
        picture.save(target, "PNG")
        return target.getvalue()
    if picture.mode in {"LA", "RGBA"}:
        paper = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(paper, picture.convert("RGBA"))
    if picture.mode in {"RGBA", "P"}:
        picture = picture.convert("RGB")
    picture.save(target, "JPEG", quality=JPEG_QUALITY)
    return target.getvalue()
