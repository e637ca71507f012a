"""Archives are looked through before anything is read from them."""

from __future__ import annotations

import io
import zipfile

import pytest
from office_files import make_archive, make_docx, make_odt, paragraph

from studyguide.errors import NotesError
from studyguide.importer.intake.archives import (
    LARGEST_UNPACKED_BYTES,
    MOST_ENTRIES,
    find_page,
    list_entries,
    pack,
    unpack,
    unpack_words,
)

DAMAGED = "the document is damaged: it is only a part of a file, or was changed on its way"
BOMB = "the document unpacks to far more than any document holds"
DOCX = make_docx(paragraph("The well is kept by the people who draw from it."))


def refuse(content: bytes) -> str:
    """Unpack what must not be unpacked, and give what is said about it."""
    with pytest.raises(NotesError) as refused:
        unpack_words(content)
    return refused.value.message


def test_keeps_only_the_parts_with_words() -> None:
    """Pictures are never unpacked; what is packed again holds the same words."""
    parts = unpack_words(DOCX)
    assert "word/media/well.png" not in parts
    assert unpack_words(pack(parts)) == parts


def test_refuses_what_unpacks_to_more_than_there_is_room_for() -> None:
    """Unpacking stops at the limit, however small the archive is."""
    content = make_archive({"word/document.xml": b" " * (LARGEST_UNPACKED_BYTES + 1)})
    assert len(content) < LARGEST_UNPACKED_BYTES / 500
    assert refuse(content) == BOMB


def test_refuses_many_parts_that_are_too_much_together() -> None:
    """The limit is for all parts of one document."""
    part = b" " * (LARGEST_UNPACKED_BYTES // 5)
    assert refuse(make_archive({f"word/{number}.xml": part for number in range(6)})) == BOMB


def test_refuses_what_was_packed_like_no_document() -> None:
    """Below the limit, a part that shrank to a thousandth was made to."""
    assert refuse(make_archive({"word/document.xml": b" " * 20_000_000})) == BOMB


def test_does_not_trust_the_sizes_in_the_directory() -> None:
    """A part that claims ten bytes and holds more ends the reading."""
    packed = bytearray(make_archive({"word/document.xml": b" " * 20_000_000}))
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = packed.index(mark) + offset
        packed[at : at + 4] = (10).to_bytes(4, "little")
    assert refuse(bytes(packed)) in {DAMAGED, BOMB}


def test_refuses_an_archive_of_very_many_files() -> None:
    """They are counted before the directory is read."""
    content = make_archive({f"word/{number}.xml": b"" for number in range(MOST_ENTRIES + 1)})
    assert refuse(content) == "the document holds more than 5,000 files"


def test_opens_no_archive_in_an_archive() -> None:
    """What is packed twice is not looked at."""
    assert unpack_words(make_archive({"word/inner.zip": DOCX, "word/document.xml": b"<w/>"})) == {
        "word/document.xml": b"<w/>"
    }


@pytest.mark.parametrize("length", [4, 100, len(DOCX) // 2, len(DOCX) - 30])
def test_says_that_a_file_is_cut(length: int) -> None:
    """A document that was fetched by halves is damaged."""
    assert refuse(DOCX[:length]) == DAMAGED


def test_says_that_a_file_was_changed() -> None:
    """A part whose bytes do not give its sum is damaged."""
    packed = bytearray(DOCX)
    at = packed.index(b"word/document.xml") + 40
    packed[at : at + 20] = bytes(20)
    assert refuse(bytes(packed)) == DAMAGED


def test_says_that_a_part_is_protected() -> None:
    """A packed file may ask for a password itself."""
    packed = bytearray(DOCX)
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = packed.index(mark) + offset
        packed[at] |= 1
    assert refuse(bytes(packed)) == "the document is protected by a password"


def test_says_that_an_odt_is_protected() -> None:
    """Its manifest tells what is encrypted."""
    manifest = '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'
    assert refuse(make_odt("<text:p>x</text:p>", manifest=manifest)) == "the document is protected by a password"


def test_refuses_words_that_multiply() -> None:
    """No word processor defines entities; a document that does wants to grow."""
    part = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><w>&b;</w>'
    assert refuse(make_archive({"word/document.xml": part})) == DAMAGED


def test_names_that_lead_elsewhere_are_only_names() -> None:
    """Nothing is written to a disk, so a name like a path does nothing."""
    content = make_archive({"../../well.xml": b"<w/>", "/etc/well.xml": b"<w/>"})
    assert set(unpack_words(content)) == {"../../well.xml", "/etc/well.xml"}


def test_the_later_of_two_parts_of_one_name_counts() -> None:
    """All that follows sees one part of a name, so that no two programs read different ones."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.xml", b"<first/>")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.xml", b"<second/>")
    assert list_entries(packed.getvalue()) == ("a.xml",)
    assert unpack(packed.getvalue(), ["a.xml"]) == {"a.xml": b"<second/>"}


def test_finds_the_one_page() -> None:
    """Folders and what macOS adds do not count."""
    assert find_page(["images/a.png", "Notes.html", "__MACOSX/._Notes.html"]) == "Notes.html"
    assert find_page(["images/a.png"]) == ""


def test_asks_which_of_several_pages() -> None:
    """The first ones are named."""
    with pytest.raises(NotesError) as refused:
        find_page(["a/One.html", "Two.htm"])
    assert refused.value.message == 'the zip file holds 2 pages: "One.html", "Two.htm"'
