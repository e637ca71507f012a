"""A Word file of a group's notes, written out by hand: styles, nested lists, comments, tracked changes, a footnote.

Comes in: nothing. Goes out: the bytes of a `.docx`, the same ones every time (ECMA-376, part 1, WordprocessingML).
Left to others: what an importer should make of it (`notes_corpus`).
"""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMESPACES = f'xmlns:w="{_WORD}" xmlns:r="{_OFFICE}"'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CHANGED = 'w:date="2026-05-22T09:30:00Z"'

_POINTS, _QUESTIONS, _TURNS = 1, 2, 3
"""The lists of the file, as `numbering.xml` counts them."""

SWAP_PAGE = "https://example.org/shed/swap"


def _run(words: str, looks: str = "") -> str:
    properties = f"<w:rPr>{looks}</w:rPr>" if looks else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def _bold(words: str) -> str:
    return _run(words, "<w:b/>")


def _inserted(words: str) -> str:
    return f'<w:ins w:id="90" w:author="Femi" {_CHANGED}>{_run(words)}</w:ins>'


def _deleted(words: str) -> str:
    text = f'<w:r><w:delText xml:space="preserve">{escape(words)}</w:delText></w:r>'
    return f'<w:del w:id="91" w:author="Femi" {_CHANGED}>{text}</w:del>'


def _commented(number: int, words: str) -> str:
    start, end = (f'<w:commentRange{side} w:id="{number}"/>' for side in ("Start", "End"))
    return f'{start}{_run(words)}{end}<w:r><w:commentReference w:id="{number}"/></w:r>'


def _linked(words: str) -> str:
    underlined = _run(words, '<w:u w:val="single"/>')
    return f'<w:hyperlink r:id="rId9" w:history="1">{underlined}</w:hyperlink>'


_FOOTNOTE_MARK = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'


def _paragraph(*runs: str, style: str = "", properties: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    content = "".join(each if each.startswith("<") else _run(each) for each in runs)
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{content}</w:p>"


def _item(level: int, *runs: str, of: int = _POINTS) -> str:
    number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{of}"/></w:numPr>'
    return _paragraph(*runs, style="ListParagraph", properties=number)


def _heading(words: str, level: int = 1) -> str:
    return _paragraph(words, style=f"Heading{level}")


_HEAD = (
    _paragraph("Part III – What the Shed Remembers", style="Title"),
    _paragraph("Allotment Book Club", style="Subtitle"),
    _paragraph("Thursday, 21st of May 2026"),
    _paragraph(_bold("Book: "), _run("The Seed Shed Papers", "<w:i/>")),
    _paragraph("Summarised by Femi Adébáyò"),
    _paragraph("Who came: Femi, Grażyna, Old Tom, Mrs Pemberton-Hale, José María"),
    _paragraph(),
)

_LABELS = (
    _heading("Labels in Pencil"),
    _paragraph("By Wilhelmina Okafor"),
    _item(0, "The shed has no lock but everything in it has a label"),
    _item(1, '“A label is a letter to whoever comes after you" (p. 201)'),
    _item(1, "pencil, because ink promises too much  p.202"),
    _heading("On losing a label", 2),
    _item(0, "the tray of 1974 has none, and it's still sown every year"),
    _item(1, "““We planted it to find out what it was, and then forgot to look.”” P 203"),
    _item(2, "still nobody knows"),
    _item(0, "“It is kind to guess. It is kinder to leave a blank (204)"),
    _item(0, "From 206: the argument about ", _commented(0, "handwriting")),
    _item(0, "Nobody ", _deleted("ever "), "threw a packet away", _inserted(", not even the empty ones"), " (p. 207)"),
)

_INVENTORY = (
    _heading("The Winter Inventory"),
    _paragraph(_run("By Henrike Łoś with Peter de Souza", "<w:i/>")),
    _paragraph("They count everything twice, once by weight and once by hope.", _FOOTNOTE_MARK),
    _item(0, "pp. 210–214 is nothing but the list"),
    _item(1, "'eleven beans, one of them doubtful' p. 211"),
    _item(0, _commented(1, "“By weight we had a winter. ‘By hope,’ she wrote, ‘we had two.’”"), " (p. 213)"),
    _item(0, "see chap 5 for the weighing"),
    _item(1, "the scale is borrowed"),
    _item(2, "from the ", _bold("baker"), ", who is never named"),
    _item(0, "ends on page 216 with a blank label"),
)

_ASKED = (
    _heading("Questions for the table"),
    _item(0, "What here is in pencil that ought to be in ink?", of=_QUESTIONS),
    _item(0, "And the other way round?", of=_QUESTIONS),
    _item(0, "Who would find our labels, and could they read them?", of=_QUESTIONS),
)

_SAID = (
    _heading("First go-round"),
    _paragraph(_bold("Grażyna:"), " I label jars, never trays. A jar I will meet again."),
    _paragraph(_bold("Old Tom."), " Forty years of trays and not one label, he says with some pride."),
    _item(0, _bold("Femi:"), " which is why nothing comes up where you expect it"),
    _paragraph(_bold("Mrs Pemberton-Hale"), " – finds the shed unhygienic and would not change a thing"),
    _paragraph(_bold("José María:"), " read the inventory to his mother, who corrected two of the weights"),
    _heading("Second go-round"),
    _item(0, "Femi: the blank label is the best page of the book", of=_TURNS),
    _item(1, "Grażyna: because it's ours?", of=_TURNS),
    _item(0, "Old Tom: will try one label. One.", of=_TURNS),
    _item(0, "José María: in ink!", of=_TURNS),
)

_NEWS = (
    _heading("News"),
    _item(0, "Seed swap on 6 June, all there is to know is on ", _linked("the seed swap page")),
    _item(1, "bring envelopes"),
    _item(0, "The key to the tool box is with Mrs Pemberton-Hale"),
    _item(0, "Photos of the labels: https://example.org/shed/photos"),
)

_COMMENTS = (
    ("Grażyna Wójcik", "Ask the archive whose hand this is before we print it."),
    ("Femi Adébáyò", "This is the sentence to read aloud."),
)
_FOOTNOTE = "The inventory was begun in the frost of 1962, and the ink froze twice."


def _document() -> str:
    body = "".join((*_HEAD, *_LABELS, *_INVENTORY, *_ASKED, *_SAID, *_NEWS))
    return f"<w:document {_NAMESPACES}><w:body>{body}<w:sectPr/></w:body></w:document>"


def _comments() -> str:
    comments = (
        f'<w:comment w:id="{number}" w:author="{author}" {_CHANGED} w:initials="{author[0]}">{_paragraph(words)}'
        "</w:comment>"
        for number, (author, words) in enumerate(_COMMENTS)
    )
    return f"<w:comments {_NAMESPACES}>{''.join(comments)}</w:comments>"


def _footnotes() -> str:
    marks = ("separator", "continuationSeparator")
    rules = (
        f'<w:footnote w:type="{mark}" w:id="{number}"><w:p><w:r><w:{mark}/></w:r></w:p></w:footnote>'
        for number, mark in enumerate(marks)
    )
    note = f'<w:footnote w:id="2">{_paragraph("<w:r><w:footnoteRef/></w:r>", " " + _FOOTNOTE)}</w:footnote>'
    return f"<w:footnotes {_NAMESPACES}>{''.join(rules)}{note}</w:footnotes>"


def _styles() -> str:
    names = {"Title": "Title", "Subtitle": "Subtitle", "ListParagraph": "List Paragraph"}
    names |= {f"Heading{level}": f"heading {level}" for level in (1, 2)}
    styles = (
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/></w:style>'
        for key, name in names.items()
    )
    normal = '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    return f"<w:styles {_NAMESPACES}>{normal}{''.join(styles)}</w:styles>"


def _numbering() -> str:
    formats = {_POINTS: "bullet", _QUESTIONS: "decimal", _TURNS: "decimal"}
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="hybridMultilevel"/>'
        + "".join(_level(level, kind) for level in range(3))
        + "</w:abstractNum>"
        for number, kind in formats.items()
    )
    used = "".join(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in formats)
    return f"<w:numbering {_NAMESPACES}>{abstract}{used}</w:numbering>"


def _level(level: int, kind: str) -> str:
    text = "•" if kind == "bullet" else f"%{level + 1}."
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>'
        f'<w:pPr><w:ind w:left="{720 * (level + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
    )


_PARTS = {"document": "document.main", **{name: name for name in ("styles", "numbering", "comments", "footnotes")}}


def _types() -> str:
    parts = (
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>' for name, kind in _PARTS.items()
    )
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    return f'<Types xmlns="{_PACKAGE}/content-types">{defaults}{"".join(parts)}</Types>'


def _relationships(*entries: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(entries)}</Relationships>'


def _relationship(key: str, kind: str, target: str, more: str = "") -> str:
    return f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"{more}/>'


def build_word_notes() -> bytes:
    """Make the file."""
    own = [_relationship(f"rId{number}", name, f"{name}.xml") for number, name in enumerate(list(_PARTS)[1:], 1)]
    swap = _relationship("rId9", "hyperlink", SWAP_PAGE, ' TargetMode="External"')
    files = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _relationships(_relationship("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": _document(),
        "word/_rels/document.xml.rels": _relationships(*own, swap),
        "word/styles.xml": _styles(),
        "word/numbering.xml": _numbering(),
        "word/comments.xml": _comments(),
        "word/footnotes.xml": _footnotes(),
    }
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in files.items():
            package.writestr(zipfile.ZipInfo(name), _DECLARATION + text)
    return whole.getvalue()
