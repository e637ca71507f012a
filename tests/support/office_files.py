"""Documents of word processors, written by hand: only the parts that a test is about.

Comes in: the XML of a body, a few words at a time. Goes out: the bytes of a docx or an odt.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Mapping

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_NAMES = (
    f'xmlns:w="{_WORD}" xmlns:r="{_RELATIONS}"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_PARTS = ("comments", "footnotes", "numbering", "styles")
_STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/></w:style>'
    for name in ("Title", "Subtitle", "heading 1", "heading 2")
)
_FORMATS = ("bullet", "decimal", "lowerLetter", "lowerRoman")

POINTS, NUMBERS, LETTERS, ROMANS = range(1, 5)
"""Lists of a docx, by what opens their items."""


def make_archive(parts: Mapping[str, str | bytes]) -> bytes:
    """Pack parts as any word processor does."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return packed.getvalue()


def run(words: str, look: str = "") -> str:
    """Write words of a docx; a look is `b`, `i` or `strike`."""
    looks = f"<w:rPr><w:{look}/></w:rPr>" if look else ""
    return f'<w:r>{looks}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def paragraph(*runs: str, style: str = "", numbering: int = 0, level: int = 0) -> str:
    """Write a paragraph of a docx, as an item where it has a list."""
    looks = f'<w:pStyle w:val="{style}"/>' if style else ""
    if numbering:
        looks += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{numbering}"/></w:numPr>'
    inside = "".join(each if each.startswith("<") else run(each) for each in runs)
    return f"<w:p><w:pPr>{looks}</w:pPr>{inside}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """Write a table of a docx."""
    written = ("".join(f"<w:tr>{''.join(f'<w:tc>{paragraph(cell)}</w:tc>' for cell in row)}</w:tr>" for row in rows),)
    columns = "<w:gridCol/>" * len(rows[0])
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(written)}</w:tbl>"


def comment_on(words: str, number: int) -> str:
    """Write words of a docx that a comment is about."""
    return (
        f'<w:commentRangeStart w:id="{number}"/>{run(words)}<w:commentRangeEnd w:id="{number}"/>'
        f'<w:r><w:commentReference w:id="{number}"/></w:r>'
    )


def inserted(words: str, author: str) -> str:
    """Write a suggested insertion."""
    return f'<w:ins w:id="90" w:author="{author}" w:date="2026-05-12T10:00:00Z">{run(words)}</w:ins>'


def deleted(words: str, author: str) -> str:
    """Write a suggested deletion."""
    inside = run(words).replace("w:t>", "w:delText>").replace("<w:t ", "<w:delText ")
    return f'<w:del w:id="91" w:author="{author}" w:date="2026-05-12T10:00:00Z">{inside}</w:del>'


def hyperlink(words: str, relation: str) -> str:
    """Write a link of a docx."""
    return f'<w:hyperlink r:id="{relation}">{run(words)}</w:hyperlink>'


def footnote(number: int) -> str:
    """Write the place of a footnote."""
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def picture(alternative: str) -> str:
    """Write a picture."""
    return (
        '<w:r><w:drawing><wp:inline><wp:extent cx="9525" cy="9525"/>'
        f'<wp:docPr id="1" name="well.png" descr="{escape(alternative)}"/><a:graphic><a:graphicData uri="'
        'http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="1" name="well.png" descr="{escape(alternative)}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        '<a:blip r:embed="rIdPicture"/></pic:blipFill><pic:spPr/></pic:pic></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r>"
    )


def make_docx(
    *body: str,
    comments: Mapping[int, tuple[str, str]] | None = None,
    footnotes: Mapping[int, str] | None = None,
    links: Mapping[str, str] | None = None,
    margin: str = "",
) -> bytes:
    """Write a docx: `comments` are pairs of an author and words, `links` addresses by their relation."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations({"rId1": ("officeDocument", "word/document.xml")}),
        "word/document.xml": f"{_XML}<w:document {_NAMES}><w:body>{''.join(body)}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(
            {f"rId-{part}": (part, f"{part}.xml") for part in _PARTS} | {"rIdPicture": ("image", "media/well.png")},
            links or {},
        ),
        "word/styles.xml": f"{_XML}<w:styles {_NAMES}>{_STYLES}</w:styles>",
        "word/numbering.xml": f"{_XML}<w:numbering {_NAMES}>{_numbering()}</w:numbering>",
        "word/comments.xml": f"{_XML}<w:comments {_NAMES}>{_comments(comments or {})}</w:comments>",
        "word/footnotes.xml": f"{_XML}<w:footnotes {_NAMES}>{_footnotes(footnotes or {})}</w:footnotes>",
        "word/media/well.png": b"\x89PNG\r\n\x1a\n",
    }
    if margin:
        parts["word/header1.xml"] = f"{_XML}<w:hdr {_NAMES}>{paragraph(margin)}</w:hdr>"
    return make_archive(parts)


def _content_types() -> str:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    overrides = {"document": "document.main", **{part: part for part in _PARTS}}
    written = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{kind}.{name}+xml"/>' for part, name in overrides.items()
    )
    return (
        f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="png" ContentType="image/png"/>{written}</Types>'
    )


def _relations(parts: Mapping[str, tuple[str, str]], links: Mapping[str, str] | None = None) -> str:
    inside = "".join(
        f'<Relationship Id="{name}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for name, (kind, target) in parts.items()
    )
    outside = "".join(
        f'<Relationship Id="{name}" Type="{_RELATIONS}/hyperlink" Target="{escape(target)}" TargetMode="External"/>'
        for name, target in (links or {}).items()
    )
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{inside}{outside}</Relationships>'


def _numbering() -> str:
    lists = "".join(
        f'<w:abstractNum w:abstractNumId="{number}">{levels}</w:abstractNum>'
        for number, levels in enumerate(("".join(_level(level, name) for level in range(9)) for name in _FORMATS), 1)
    )
    uses = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number, _ in enumerate(_FORMATS, 1)
    )
    return lists + uses


def _level(level: int, name: str) -> str:
    mark = "•" if name == "bullet" else f"%{level + 1})"
    return f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{name}"/><w:lvlText w:val="{mark}"/></w:lvl>'


def _comments(comments: Mapping[int, tuple[str, str]]) -> str:
    return "".join(
        f'<w:comment w:id="{number}" w:author="{author}" w:date="2026-05-12T10:00:00Z">{paragraph(words)}</w:comment>'
        for number, (author, words) in comments.items()
    )


def _footnotes(footnotes: Mapping[int, str]) -> str:
    return "".join(
        f'<w:footnote w:id="{number}">{paragraph(words)}</w:footnote>' for number, words in footnotes.items()
    )


_OPEN = "urn:oasis:names:tc:opendocument:xmlns"
_OPEN_NAMES = (
    f'xmlns:office="{_OPEN}:office:1.0" xmlns:text="{_OPEN}:text:1.0" xmlns:style="{_OPEN}:style:1.0"'
    f' xmlns:table="{_OPEN}:table:1.0" xmlns:manifest="{_OPEN}:manifest:1.0"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
)
ODT_KIND = "application/vnd.oasis.opendocument.text"


def make_odt(body: str, *, styles: str = "", manifest: str = "") -> bytes:
    """Write an odt around the XML of its text."""
    return make_archive(
        {
            "mimetype": ODT_KIND,
            "content.xml": f"{_XML}<office:document-content {_OPEN_NAMES}>"
            f"<office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
            "styles.xml": f"{_XML}<office:document-styles {_OPEN_NAMES}/>",
            "META-INF/manifest.xml": f"{_XML}<manifest:manifest {_OPEN_NAMES}>{manifest}</manifest:manifest>",
        }
    )
