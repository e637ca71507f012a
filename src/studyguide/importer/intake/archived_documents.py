"""Documents that come as an archive: docx, odt, and a zip of a page with its pictures.

Comes in: the bytes of an archive. Goes out: the notes in it, or a sentence about what is in it instead.
Left to others: looking through the archive (`archives`), the documents themselves (`documents`).
"""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from studyguide.errors import NotesError
from studyguide.importer.cleaning import clean_words
from studyguide.importer.intake.archives import damaged, find_page, list_entries, pack, unpack, unpack_words
from studyguide.importer.intake.documents import read_tree
from studyguide.importer.intake.odt_remarks import mark_remarks
from studyguide.importer.intake.pandoc import DocumentFormat, read_document
from studyguide.importer.intake.web_pages import read_page
from studyguide.importer.notes import Loss

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from studyguide.importer.notes import Notes

_OTHERS = (
    ("Index/Document.iwa", "a Pages document", "export it from Pages as Word (docx), and import that"),
    ("Index.zip", "a Pages document", "export it from Pages as Word (docx), and import that"),
    ("xl/workbook.xml", "a spreadsheet", "save it as csv, and import that"),
    ("ppt/presentation.xml", "slides", "copy their words into a text file, and import that"),
)
"""What else comes as an archive, by a file that only it has."""

_OTHER_KINDS = (
    (b"application/epub", "a book"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "a spreadsheet"),
    (b"application/vnd.oasis.opendocument", "slides or a drawing"),
)
"""What else says by itself what it is."""

_WORD_DOCUMENT = re.compile(r"word/document[0-9]*\.xml")
_PICTURE = re.compile(r"word/media/.|Pictures/.|media/.")
_TEXT_OF_ODT = b"application/vnd.oasis.opendocument.text"
_ODT_TEXT = "content.xml"
_MARGINS = re.compile(r"word/(?:header|footer)[0-9]*\.xml")
_WORDS_IN_MARGIN = re.compile(r"<w:t(?:\s[^>]*)?>([^<]*)</w:t>|<(w:tab|w:br|/w:p)\b")


def read_archive(content: bytes) -> Notes:
    """Read the document in an archive.

    Raises:
        NotesError: when it is damaged, protected, no document at all, or too much.
    """
    names = list_entries(content)
    if any(_WORD_DOCUMENT.fullmatch(name) for name in names):
        return _read_docx({**_stand_in_for_pictures(names), **unpack_words(content)})
    kind = unpack(content, ["mimetype"])["mimetype"] if "mimetype" in names else b""
    if kind.startswith(_TEXT_OF_ODT):
        return _read_odt({**_stand_in_for_pictures(names), **unpack_words(content)})
    page = find_page(names)
    if page and not kind:
        return read_page(unpack(content, [page])[page])
    for name, seen, hint in _OTHERS:
        if name in names:
            raise NotesError(f"this is {seen}, not notes", hint=hint)
    for start, seen in _OTHER_KINDS:
        if kind.startswith(start):
            raise NotesError(f"this is {seen}, not notes", hint="copy its words into a text file, and import that")
    raise NotesError("there is no document in the zip file", hint="unpack it, and import the notes that are in it")


def _stand_in_for_pictures(names: Iterable[str]) -> dict[str, bytes]:
    """Keep the names of pictures: one that is not there at all would not be reported either."""
    return {name: b"" for name in names if _PICTURE.match(name)}


def _read_docx(parts: Mapping[str, bytes]) -> Notes:
    notes = read_tree(read_document(pack(parts), DocumentFormat.DOCX), DocumentFormat.DOCX)
    margins = (_margin_words(part) for name, part in parts.items() if _MARGINS.fullmatch(name))
    found = tuple(Loss(number=1, what="words in a page's margin", words=words) for words in margins if words)
    return replace(notes, losses=(*notes.losses, *dict.fromkeys(found)))


def _margin_words(part: bytes) -> str:
    xml = part.decode("utf-8", errors="replace")
    return clean_words(
        "".join(html.unescape(match[1]) if match[1] else " " for match in _WORDS_IN_MARGIN.finditer(xml))
    )


def _read_odt(parts: Mapping[str, bytes]) -> Notes:
    if _ODT_TEXT not in parts:
        raise damaged()
    text, remarks = mark_remarks(parts[_ODT_TEXT])
    packed = pack({**parts, _ODT_TEXT: text})
    return read_tree(read_document(packed, DocumentFormat.ODT), DocumentFormat.ODT, remarks)
