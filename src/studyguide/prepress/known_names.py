"""Every name in a PDF against a list of the known: what only such names say can be handed out as it is.

Comes in: a file whose objects stand in clear, as our class writes it. Goes out: whether it holds a name not listed.
Left to others: the values (`readback`), taking out what a picture brought along (`strip`).
"""

from __future__ import annotations

import re

STRUCTURE = (
    "A Action Annot Annots Border C Catalog Contents Count CreationDate Creator Author D Dest Dests DisplayDocTitle"
    " False First GoTo H I ID Info Kids Lang Last Limits Link MediaBox Metadata ModDate N Names Next Nums Outlines Page"
    " PageLabels PageMode Pages Parent Prev Producer Rect Resources Root S Size St Subject Subtype Title Trapped Type"
    " URI UseOutlines ViewerPreferences XML XYZ r"
)
"""Catalog, page tree, links, outline and description, as our class writes them."""

STREAMS = "ASCII85Decode Columns Colors DCTDecode DecodeParms Filter FlateDecode Length Predictor"
"""How streams are packed."""

FONTS = (
    "Ascent BaseFont CIDFontType0 CIDFontType0C CIDFontType2 CIDSet CIDSystemInfo CIDToGIDMap CMap CMapName CapHeight"
    " CharProcs CharSet DW Descent DescendantFonts Differences Encoding FirstChar Flags Font FontBBox FontDescriptor"
    " FontFile FontFile2 FontFile3 FontMatrix FontName Identity Identity-H ItalicAngle LastChar OpenType Ordering"
    " Registry StemV Supplement ToUnicode TrueType Type0 Type1 Type1C Type3 W WMode WinAnsiEncoding Widths XHeight"
)
"""Fonts, whole or in part, and what their glyphs mean."""

PICTURES = (
    "AIS Alternate BBox BM BPC Background BitsPerComponent Bounds C0 C1 CA CS CalRGB ColorSpace ColorTransform"
    " Coords Decode DeviceCMYK DeviceGray DeviceN DeviceRGB Domain Encode ExtGState Extend Form FormType Function"
    " FunctionType Functions Group Height ICCBased Image ImageB ImageC ImageI ImageMask Indexed Intent Interpolate K"
    " LC LJ LW Luminosity ML Mask Matrix Multiply Normal OP OPM PDF PaintType Pattern PatternType ProcSet Range"
    " RelativeColorimetric SA SMask Separation Shading ShadingType Text TilingType Transparency Width XObject XStep"
    " YStep ca op"
)
"""Forms, pictures, colours, shadings and patterns."""

KNOWN = frozenset(f"/{name}".encode() for group in (STRUCTURE, STREAMS, FONTS, PICTURES) for name in group.split())

GIVEN = re.compile(rb"/(?:[A-Za-z]{1,4}[0-9]{1,5}|[A-Z]{6}\+[\w-]+)")
"""What programs call the fonts and pictures of a page (`F18`, `Im1`), and fonts in part (`ABCDEF+Vollkorn-Bold`)."""

OURS = {b"/Metadata": 2, b"/Info": 1, b"/Creator": 1, b"/Producer": 1, b"%": 4}
"""How often a name stands in what our class writes; once more, and something else has a history of its own.

Comments stand in the first lines and the last one only, so that none can hide what follows.
"""

# Possessive groups (`(?:…)*+`) lose their way in Python before 3.11.5: only runs of one kind of letter are possessive.
TOKEN = re.compile(
    rb"\((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.)*\))*\)"  # a string, with brackets in it at most one deep
    rb"|>>\s*stream\r?\n.*?endstream"
    rb"|(/[^\s()<>\[\]{}/%]*|[()%])",  # a name, a bracket that opens no such string, a comment
    re.DOTALL,
)


def has_only_known_names(content: bytes) -> bool:
    """Say whether every name is a known one: then nothing runs, opens, hides or tells where something came from."""
    found = [name for name in TOKEN.findall(content) if name]
    strange = set(found) - KNOWN - OURS.keys()
    return all(GIVEN.fullmatch(name) for name in strange) and all(
        found.count(name) == count for name, count in OURS.items()
    )
