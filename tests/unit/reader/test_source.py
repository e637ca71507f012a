"""Files that cannot be read as text, and characters that must not reach the page, each with its place."""

from __future__ import annotations

import os
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from manuscripts import HEADER, list_problems, problems_in_body, read_session, write_guide

from studyguide.errors import ManuscriptError
from studyguide.reader.characters import clean_line, typed_index
from studyguide.reader.source import LARGEST_FILE_BYTES, LONGEST_LINE_BYTES, MOST_LINES, read_source

if TYPE_CHECKING:
    from pathlib import Path


def problems_of_bytes(folder: Path, content: bytes) -> list[str]:
    """Print what is wrong with a session file of these bytes."""
    write_guide(folder, sessions={})
    (folder / "sessions" / "01-well.md").write_bytes(content)
    return list_problems(folder)


def test_names_the_byte_that_is_not_utf_8(tmp_path: Path) -> None:
    """A file in an older encoding is refused at the first letter that shows it."""
    assert problems_of_bytes(tmp_path, HEADER.encode() + "Le café".encode("latin-1")) == [
        "guide/sessions/01-well.md:8:7: error: the file is not UTF-8: byte 0xE9\n    hint: save it as UTF-8"
    ]


def test_says_that_a_file_is_utf_16(tmp_path: Path) -> None:
    """The byte order mark of UTF-16 is told from other bytes."""
    assert problems_of_bytes(tmp_path, HEADER.encode("utf-16")) == [
        "guide/sessions/01-well.md:1:1: error: the file is saved as UTF-16\n    hint: save it as UTF-8"
    ]


def test_accepts_the_byte_order_mark_of_utf_8(tmp_path: Path) -> None:
    """Some editors start a file with U+FEFF: it is dropped and moves no column."""
    assert problems_of_bytes(tmp_path, b"\xef\xbb\xbf" + HEADER.replace("well", "well\x07").encode()) == [
        "guide/sessions/01-well.md:3:23: error: U+0007 BELL cannot be printed\n    hint: delete it"
    ]


def test_names_a_lone_surrogate_in_the_bytes(tmp_path: Path) -> None:
    """Half a character, as broken software writes it, is told from other broken bytes."""
    (problem,) = problems_of_bytes(tmp_path, HEADER.encode() + b"a \xed\xa0\xbd b")
    assert problem.startswith("guide/sessions/01-well.md:8:3: error: this is a lone surrogate, half a character")


@pytest.mark.parametrize("content", [b"", b"\n\n  \n", b"\xef\xbb\xbf"])
def test_says_that_a_file_is_empty(tmp_path: Path, content: bytes) -> None:
    """A file without a letter is empty, whatever blanks it has."""
    (problem,) = problems_of_bytes(tmp_path, content)
    assert problem.startswith(
        "guide/sessions/01-well.md:1:1: error: the file is empty\n    hint: start it with a header"
    )


def test_refuses_a_file_of_fifty_megabytes_unread(tmp_path: Path) -> None:
    """The size alone is enough: the file need not even have content."""
    write_guide(tmp_path, sessions={})
    file = tmp_path / "sessions" / "01-well.md"
    file.touch()
    os.truncate(file, 50_000_000)
    (problem,) = list_problems(tmp_path)
    assert "error: the file has 50 MB or more, a session has at most 4 MB" in problem


def test_refuses_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    """A folder named like a session is said to be one."""
    write_guide(tmp_path, sessions={})
    (tmp_path / "sessions" / "01-well.md").mkdir()
    assert list_problems(tmp_path) == [
        "guide/sessions/01-well.md:1:1: error: this is a folder, not a file\n    hint: give a Markdown file"
    ]


def test_refuses_a_pipe_without_waiting_for_it(tmp_path: Path) -> None:
    """Opening a pipe would wait for a writer; it is refused by its kind."""
    write_guide(tmp_path, sessions={})
    os.mkfifo(tmp_path / "sessions" / "01-well.md")
    (problem,) = list_problems(tmp_path)
    assert "error: this is a device or a pipe, not a file" in problem


def test_refuses_a_link_out_of_the_folder(tmp_path: Path) -> None:
    """A link to a file elsewhere, or to an endless device, is not followed."""
    write_guide(tmp_path / "guide", sessions={})
    (tmp_path / "elsewhere.md").write_text(HEADER)
    (tmp_path / "guide" / "sessions" / "01-well.md").symlink_to(tmp_path / "elsewhere.md")
    (tmp_path / "guide" / "sessions" / "02-zero.md").symlink_to("/dev/zero")
    problems = list_problems(tmp_path / "guide")
    assert len(problems) == 2
    assert all("error: the file, or what it links to, is outside the guide's folder" in each for each in problems)


def test_refuses_a_link_to_itself(tmp_path: Path) -> None:
    """A circle of links ends in a sentence."""
    write_guide(tmp_path, sessions={})
    file = tmp_path / "sessions" / "01-well.md"
    file.symlink_to(file)
    (problem,) = list_problems(tmp_path)
    assert problem.startswith("guide/sessions/01-well.md:1:1: error: the file cannot be read: ")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A path that leads nowhere is an error of the author's, not of the program."""
    with pytest.raises(ManuscriptError) as failure:
        read_source(tmp_path / "none.md")
    assert "error: the file cannot be read: no such file or directory" in str(failure.value.diagnostics[0])


@pytest.mark.parametrize(
    ("character", "sentence"),
    [
        ("\x00", "U+0000 NULL cannot be printed"),
        ("\x07", "U+0007 BELL cannot be printed"),
        ("\x0b", "U+000B VERTICAL TAB cannot be printed"),
        ("\x0c", "U+000C FORM FEED cannot be printed"),
        ("\x1b", "U+001B ESCAPE cannot be printed"),
        ("\x7f", "U+007F DELETE cannot be printed"),
        ("\x9b", "U+009B CONTROL cannot be printed"),
        ("\ufffe", "U+FFFE NONCHARACTER cannot be printed"),
        ("\ufdd0", "U+FDD0 NONCHARACTER cannot be printed"),
        ("\U0010ffff", "U+10FFFF NONCHARACTER cannot be printed"),
        ("\ufffd", "U+FFFD REPLACEMENT CHARACTER stands where a character was lost"),
        ("\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE makes text read otherwise than it is stored"),
        ("\u202d", "U+202D LEFT-TO-RIGHT OVERRIDE makes text read otherwise than it is stored"),
        ("\u2067", "U+2067 RIGHT-TO-LEFT ISOLATE is not ended on its line"),
        ("\u202a", "U+202A LEFT-TO-RIGHT EMBEDDING is not ended on its line"),
        ("\u2069", "U+2069 POP DIRECTIONAL ISOLATE ends nothing that was begun on its line"),
    ],
)
def test_refuses_a_character_by_place_and_name(tmp_path: Path, character: str, sentence: str) -> None:
    """What cannot be printed, or deceives, is refused where it stands."""
    (problem,) = problems_in_body(tmp_path, f"The well{character} is ours\n")
    assert problem == f"guide/sessions/01-well.md:8:9: error: {sentence}\n    hint: delete it"


def test_a_lone_surrogate_in_a_text_is_refused(tmp_path: Path) -> None:
    """Text that comes from elsewhere than a file may hold half a character."""
    from studyguide.reader import format_source

    with pytest.raises(ManuscriptError) as failure:
        format_source(HEADER + "well \ud83d\n", tmp_path / "a.md")
    assert "8:6: error: U+D83D LONE SURROGATE cannot be printed" in str(failure.value.diagnostics[0])


@pytest.mark.parametrize(
    "text", ["\u2067אבג\u2069", "\u202bאבג\u202c", "a\u200eb", "a\u200fb", "co\u00adop", "👩\u200d🌾", "می\u200cخواهم"]
)
def test_keeps_marks_that_scripts_need(tmp_path: Path, text: str) -> None:
    """Balanced isolates, direction marks, soft hyphens and joiners are part of the text."""
    session = read_session(tmp_path, "", header=HEADER.replace("The common well", text))
    assert session.title == text


@pytest.mark.parametrize("character", ["\u200b", "\u2060", "\ufeff"])
def test_drops_zero_width_marks(tmp_path: Path, character: str) -> None:
    """Invisible marks that nobody typed are dropped, and later columns stay right."""
    (problem,) = problems_in_body(tmp_path, f"we{character}ll (pp. 431-427)\n")
    assert problem.startswith('guide/sessions/01-well.md:8:8: error: locator ends before it begins: "431-427"')


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\x85", "\u2028", "\u2029"])
def test_every_line_end_counts_as_one(tmp_path: Path, end: str) -> None:
    """Files from any system have the line numbers that their editor shows."""
    text = (HEADER + "well\n\nwater (p. 600)\n").replace("\n", end)
    assert "01-well.md:10:8: warning: page 600 is outside" in problems_of_bytes(tmp_path, text.encode())[0]


def test_gives_columns_of_the_text_as_typed(tmp_path: Path) -> None:
    """Decomposed letters take two columns in the file although they are one on the page."""
    decomposed = unicodedata.normalize("NFD", "Café à côté")
    assert "01-well.md:8:18: error" in problems_in_body(tmp_path, f"{decomposed} (pp. 9-1)\n")[0]


def test_refuses_a_line_that_tex_cannot_hold(tmp_path: Path) -> None:
    """A line of a megabyte is refused as a line, quickly."""
    (problem,) = problems_in_body(tmp_path, "well " * 200_000)
    assert problem.startswith(
        "guide/sessions/01-well.md:8:1: error: the line has more than 100 kB\n    hint: divide it"
    )
    assert not problems_in_body(tmp_path, "w" * (LONGEST_LINE_BYTES - 1))


def test_refuses_more_lines_than_a_session_has(tmp_path: Path) -> None:
    """Too many lines are refused at the first one too many."""
    (problem,) = problems_in_body(tmp_path, "a\n" * MOST_LINES)
    assert problem.startswith(f"guide/sessions/01-well.md:{MOST_LINES + 1}:1: error: the file has 100,008 lines")


def test_shows_the_first_of_many_bad_characters(tmp_path: Path) -> None:
    """A file of another kind gives a screenful of problems, not thousands."""
    problems = problems_in_body(tmp_path, "\x01" * 500)
    assert len(problems) == 21
    assert "there are more such characters from here on" in problems[-1]


@given(st.text(alphabet=st.sampled_from("aé e\u0301\u200b\u0327한ᄒ\u1161 ﬁ"), max_size=30))
def test_the_place_of_a_clean_character_is_in_the_typed_line(typed: str) -> None:
    """Every index of a clean line has an index of the typed line, and they rise together."""
    clean = clean_line(typed)
    indexes = [typed_index(typed, index) for index in range(len(clean) + 1)]
    assert indexes == sorted(indexes)
    assert all(0 <= index <= len(typed) for index in indexes)


def test_a_whole_file_may_be_as_large_as_the_limit(tmp_path: Path) -> None:
    """The limit itself is allowed: only what is larger is refused."""
    file = tmp_path / "a.md"
    file.write_bytes(b"a\n" * (LARGEST_FILE_BYTES // 2))
    assert len(read_source(file)) == LARGEST_FILE_BYTES
