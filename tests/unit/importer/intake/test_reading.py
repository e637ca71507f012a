"""Whatever a person hands in is told by its content, and what cannot be read is refused with a reason."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING, BinaryIO, cast

import pytest
from office_files import ODT_KIND, make_archive, make_docx, make_odt, paragraph

from studyguide.errors import NotesError
from studyguide.importer.intake.reading import LARGEST_NOTES_BYTES, read_file, read_notes, read_stream
from studyguide.importer.intake.text_bytes import LONGEST_LINE

if TYPE_CHECKING:
    from pathlib import Path

WORDS = "The well is kept."
DAMAGED = "the document is damaged: it is only a part of a file, or was changed on its way"
PROTECTED = (
    '<manifest:file-entry manifest:full-path="encrypted-package"><manifest:encryption-data/></manifest:file-entry>'
)
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


class Endless:
    """A stream without an end, which counts what was taken from it."""

    taken = 0

    def read(self, size: int) -> bytes:
        """Give as many bytes as are asked for."""
        self.taken += size
        return b"x" * size


def refuse(content: bytes, name: str = "notes.txt") -> NotesError:
    """Read what must be refused, and give what is said about it."""
    with pytest.raises(NotesError) as refused:
        read_notes(content, name)
    return refused.value


def words_of(content: bytes, name: str) -> list[str]:
    """Read notes and give the words of their lines."""
    return [line.words for line in read_notes(content, name).lines]


@pytest.mark.parametrize("name", ["notes", "notes.txt", "notes.md", "standard input", "notes.docx"])
def test_tells_documents_by_their_content(name: str) -> None:
    """A wrong name or none changes nothing."""
    rtf = b"{\\rtf1 The well is kept.\\par}"
    page = b"\xef\xbb\xbf\n<!-- saved -->\n<!DOCTYPE HTML><p>The well is kept.</p>"
    archive = make_archive({"Notes.html": page})
    for content in (make_docx(paragraph(WORDS)), make_odt(f"<text:p>{WORDS}</text:p>"), rtf, page, archive):
        assert words_of(content, name) == [WORDS]


def test_tells_markdown_and_pages_by_their_names() -> None:
    """Their content alone does not say it."""
    assert words_of(b"*The well* is kept.", "notes.MD") == [WORDS]
    assert words_of(b"<i>The well</i> is kept.", "notes.html") == [WORDS]


def test_anything_else_is_plain_text() -> None:
    """A stream has no name."""
    notes = read_notes(WORDS.encode(), "standard input")
    assert [line.words for line in notes.lines] == [WORDS]
    assert notes.unit == "line"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_reads_unicode_in_its_encodings(encoding: str) -> None:
    """Marks of an encoding are no words, and nothing is doubtful."""
    notes = read_notes("Café “Pozo”".encode(encoding), "notes.txt")
    assert [line.words for line in notes.lines] == ["Café “Pozo”"]
    assert notes.doubts == ()


def test_guesses_an_encoding_and_says_so() -> None:
    """Old programs write Windows-1252."""
    notes = read_notes("Café – “Pozo”".encode("cp1252"), "notes.txt")
    assert [line.words for line in notes.lines] == ["Café – “Pozo”"]
    assert notes.doubts == (
        "the text is not UTF-8: it was read as Windows-1252, so look at its accents and quotation marks",
    )


def test_one_damaged_character_does_not_change_the_encoding() -> None:
    """All the other accents stay what they are."""
    notes = read_notes("El pozo está aquí, allí y allá: café".encode() + b"\xc3", "notes.txt")
    assert notes.lines[0].words.startswith("El pozo está aquí, allí y allá: café")
    assert notes.doubts == ("1 characters of the text are damaged and left out",)


def test_a_page_in_an_old_encoding_is_read_too() -> None:
    """Its doubts are those of its text."""
    notes = read_notes("<html><p>Café</p>".encode("cp1252"), "notes.html")
    assert [line.words for line in notes.lines] == ["Café"]
    assert len(notes.doubts) == 1


@pytest.mark.parametrize("content", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\xff\xfe \x00\n\x00"])
@pytest.mark.parametrize("name", ["notes.txt", "notes.docx", "notes.md", "notes.html"])
def test_says_that_there_is_nothing(content: bytes, name: str) -> None:
    """Blanks are nothing, whatever the file is called."""
    assert refuse(content, name).message == "there are no words in the notes"


@pytest.mark.parametrize(
    "content", [make_docx(paragraph("")), b"<html><body><p>&nbsp;</p></body></html>", b"{\\rtf1 }", b"\xe2\x80\x8b\n"]
)
def test_says_that_a_document_holds_no_words(content: bytes) -> None:
    """A document may be whole and empty."""
    assert refuse(content).message == "there are no words in the notes"


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        (b"%PDF-1.7\n", "notes.pdf", "this is a PDF, not notes"),
        (b"\x89PNG\r\n\x1a\n" + bytes(90), "notes.png", "this is a picture (PNG), not notes"),
        (b"\xff\xd8\xff\xe0" + bytes(90), "notes.txt", "this is a picture (JPEG), not notes"),
        (b"MZ\x90\x00" + bytes(90), "notes.exe", "this is a program, not notes"),
        (b"\x1f\x8b\x08" + bytes(90), "notes.gz", "this is a packed file, not notes"),
        (b"ID3\x04" + bytes(90), "notes.mp3", "this is a recording, not notes"),
        (bytes(range(256)), "notes.txt", "this is no text: it holds bytes that no writing has"),
        (b"well\x00well", "notes.txt", "this is no text: it holds bytes that no writing has"),
        (b"\x01\x02well" * 9, "notes.md", "this is no text: it holds bytes that no writing has"),
        ("we\x00ll".encode("utf-16"), "notes.txt", "this is no text: it holds bytes that no writing has"),
        (OLD_OFFICE, "notes.doc", "the document is protected by a password, or an old Word document (.doc)"),
        (OLD_OFFICE, "notes.docx", "the document is protected by a password, or an old Word document (.doc)"),
        (b'{"url": "x"}', "Notes.gdoc", "this is a link to a Google document, not the document"),
        (make_archive({"Index/Document.iwa": b"x"}), "notes.pages", "this is a Pages document, not notes"),
        (make_archive({"xl/workbook.xml": b"<x/>"}), "notes.xlsx", "this is a spreadsheet, not notes"),
        (make_archive({"mimetype": b"application/epub+zip", "a.html": b"x"}), "a.epub", "this is a book, not notes"),
        (
            make_archive({"mimetype": ODT_KIND.replace("text", "spreadsheet")}),
            "a.ods",
            "this is a spreadsheet, not notes",
        ),
        (make_archive({"mimetype": ODT_KIND}), "notes.odt", DAMAGED),
        (make_odt("<text:p>x</text:p>", manifest=PROTECTED), "notes.odt", "the document is protected by a password"),
        (make_docx(paragraph(WORDS))[:900], "notes.docx", DAMAGED),
        (b"<?xml version='1.0'?><office:document/>", "notes.fodt", "this is XML, not notes"),
        (make_archive({"notes.txt": b"x"}), "notes.zip", "there is no document in the zip file"),
        (make_archive({"notes.docx": make_docx()}), "notes.zip", "there is no document in the zip file"),
        (make_archive({}), "notes.zip", "there is no document in the zip file"),
    ],
)
def test_says_what_a_file_is_instead(content: bytes, name: str, message: str) -> None:
    """What is no notes is named, and there is advice."""
    problem = refuse(content, name)
    assert problem.message == message
    assert problem.hint


def test_a_text_that_begins_like_another_kind_is_a_text() -> None:
    """Two letters make no picture and no program."""
    assert words_of(b"BM means Ben Maria", "notes.txt") == ["BM means Ben Maria"]
    assert words_of(b"MZ was there", "notes.txt") == ["MZ was there"]


def test_names_a_line_that_nobody_typed() -> None:
    """Five megabytes in one line are another kind of text."""
    problem = refuse(b"well\n\n" + b"draw " * 1_000_000, "notes.txt")
    assert problem.message == "line 3 has 5,000,000 characters, a line of notes has at most 200,000"
    assert refuse(b"well\n\n" + b"draw " * 1_000_000, "notes.md").message == problem.message


def test_names_a_paragraph_that_nobody_typed() -> None:
    """A page may be one line, but not one paragraph of megabytes."""
    problem = refuse(b"<html><p>well</p><p>" + b"draw " * (LONGEST_LINE // 5 + 1))
    assert problem.message == "paragraph 2 has 200,004 characters, it may have at most 200,000"


def test_reads_a_long_line_that_somebody_may_have_typed() -> None:
    """A session without a line end is still a session."""
    line = "draw " * (LONGEST_LINE // 5 - 1) + "draw"
    assert words_of(line.encode(), "notes.md") == [line]


def test_refuses_too_much() -> None:
    """The limit is the same for all kinds."""
    problem = refuse(b"x\n" * (LARGEST_NOTES_BYTES // 2 + 1))
    assert problem.message == "the notes have 20 MB or more, at most 20 MB can be read"


def test_fetches_a_file_and_a_stream(tmp_path: Path) -> None:
    """Bytes are not changed."""
    file = tmp_path / "notes.txt"
    file.write_bytes(b"a\r\nb\x00")
    assert read_file(file) == b"a\r\nb\x00"
    assert read_stream(io.BytesIO(b"a\r\nb\x00")) == b"a\r\nb\x00"


def test_stops_fetching_a_stream_without_end() -> None:
    """Hardly more is taken than may be read."""
    endless = Endless()
    with pytest.raises(NotesError, match="at most 20 MB"):
        read_stream(cast("BinaryIO", endless))
    assert endless.taken <= LARGEST_NOTES_BYTES + 1_000_000


def test_refuses_a_large_file_unread(tmp_path: Path) -> None:
    """Its size is enough."""
    file = tmp_path / "notes.txt"
    file.touch()
    os.truncate(file, 50_000_000)
    with pytest.raises(NotesError, match="the notes have 50 MB or more"):
        read_file(file)


def test_says_why_there_are_no_bytes(tmp_path: Path) -> None:
    """Missing, a folder, a pipe, a device, a circle: each is named as what it is."""
    pipe, circle = tmp_path / "pipe", tmp_path / "circle"
    os.mkfifo(pipe)
    circle.symlink_to(circle)
    for path, message in (
        (tmp_path / "none.txt", f'there is no "{tmp_path}/none.txt"'),
        (tmp_path, f'"{tmp_path}" is a folder, not a file'),
        (pipe, f'"{pipe}" is a device or a pipe, not a file'),
        (tmp_path.__class__("/dev/null"), '"/dev/null" is a device or a pipe, not a file'),
        (circle, f'"{circle}" cannot be read: too many levels of symbolic links'),
    ):
        with pytest.raises(NotesError) as refused:
            read_file(path)
        assert refused.value.message == message


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_says_that_a_file_may_not_be_read(tmp_path: Path) -> None:
    """Permission is said plainly."""
    file = tmp_path / "notes.txt"
    file.write_bytes(b"well")
    file.chmod(0)
    with pytest.raises(NotesError, match="may not be read by you"):
        read_file(file)
