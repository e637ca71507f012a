"""Finished PDFs that need not be made again."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from studyguide.diagnostics import SourceSpan, warning
from studyguide.store import LONGEST_NANOSECONDS, Store, StoredPdf, read_sealed, write_sealed, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable

NOTE = warning(SourceSpan(path=Path("sessions/01.md"), line=3, column=5), "a line is too wide", "divide a word")
AN_HOUR_AGO = time.time_ns() - 3600 * 10**9

PDF = StoredPdf(
    content=b"%PDF one\n\x00\xff\n%%EOF",
    page_count=3,
    auxiliary=b"\\relax\n",
    synctex=b"\x1f\x8b\nnotes",
    warnings=(NOTE,),
)

BUSY = """
import sys
from pathlib import Path
from studyguide.store import Store, StoredPdf

store = Store(Path(sys.argv[1]), most_bytes=int(sys.argv[2]))
for number in range(300):
    name = f"{number % 20:02}"
    content = name.encode() * 2000
    found = store.recall(name)
    assert found is None or (found.content, found.page_count) == (content, number % 20)
    store.keep(name, StoredPdf(content=content, page_count=number % 20, auxiliary=b"", warnings=()))
"""
"""Keeps and recalls, over and over, more than there is room for."""


def bytes_in(folder: Path) -> int:
    """Give how much stands in a folder."""
    return sum(each.stat().st_size for each in folder.iterdir())


def kept_with(content: bytes) -> StoredPdf:
    """Give a PDF of one page."""
    return StoredPdf(content=content, page_count=1, auxiliary=b"", warnings=())


def test_what_was_kept_comes_back_whole(tmp_path: Path) -> None:
    """Every byte, the number of pages, TeX's notes and what there was to say."""
    Store(tmp_path / "store").keep("wells", PDF)

    assert Store(tmp_path / "store").recall("wells") == PDF
    assert Store(tmp_path / "store").recall("rain") is None


@pytest.mark.parametrize(
    "harm",
    [
        lambda content: content[:-1],
        lambda content: content[: len(content) // 2],
        lambda _: b"",
        lambda content: content.replace(b"one", b"two"),
        lambda content: content.replace(b'"page_count": 3', b'"page_count": 4'),
        lambda _: b"no seal and no line end",
    ],
)
def test_what_is_damaged_is_not_there(tmp_path: Path, harm: Callable[[bytes], bytes]) -> None:
    """A torn write, a bad disk, a curious hand: the worst is that something is made again."""
    store = Store(tmp_path)
    store.keep("wells", PDF)
    (path,) = tmp_path.iterdir()
    path.write_bytes(harm(path.read_bytes()))

    assert store.recall("wells") is None
    store.keep("wells", PDF)
    assert store.recall("wells") == PDF


@pytest.mark.parametrize("content", [b"[]\n", b'{"page_count": "many"}\n', b"{}\n", b"no line end", b"{\n"])
def test_what_another_version_kept_is_not_there(tmp_path: Path, content: bytes) -> None:
    """An entry that is whole but says other things than ours is passed over."""
    store = Store(tmp_path)
    store.keep("wells", PDF)
    (path,) = tmp_path.iterdir()
    write_sealed(path, content)

    assert store.recall("wells") is None


def test_there_is_never_more_than_is_allowed(tmp_path: Path) -> None:
    """The oldest go when there is no room; what was just kept stays."""
    store = Store(tmp_path, most_bytes=50_000)
    for number in range(12):
        store.keep(f"{number:02}", kept_with(bytes(9_000)))
        for age, path in enumerate(sorted(tmp_path.iterdir())):
            os.utime(path, ns=(AN_HOUR_AGO + age, AN_HOUR_AGO + age))
        assert bytes_in(tmp_path) <= 50_000

    assert [path.stem for path in sorted(tmp_path.iterdir())] == ["07", "08", "09", "10", "11"]


def test_what_is_used_stays(tmp_path: Path) -> None:
    """What was recalled last is the last to go."""
    store = Store(tmp_path, most_bytes=50_000)
    for number in range(5):
        store.keep(str(number), kept_with(bytes(9_000)))
    for age, path in enumerate(sorted(tmp_path.iterdir())):
        os.utime(path, ns=(AN_HOUR_AGO + age, AN_HOUR_AGO + age))
    store.recall("0")
    store.keep("new", kept_with(bytes(9_000)))

    assert sorted(path.stem for path in tmp_path.iterdir()) == ["0", "2", "3", "4", "new"]


def test_what_is_of_no_use_for_a_month_goes(tmp_path: Path) -> None:
    """A name that was taken out of a text does not lie there for ever."""
    store = Store(tmp_path)
    store.keep("with a name", PDF)
    os.utime(tmp_path / "with a name.kept", ns=(AN_HOUR_AGO - LONGEST_NANOSECONDS,) * 2)
    Store(tmp_path).keep("without", PDF)

    assert [path.stem for path in tmp_path.iterdir()] == ["without"]


def test_what_is_larger_than_all_room_is_not_kept(tmp_path: Path) -> None:
    """One enormous file does not drive out all others."""
    store = Store(tmp_path, most_bytes=50_000)
    store.keep("small", kept_with(bytes(9_000)))
    store.keep("large", kept_with(bytes(60_000)))

    assert [path.stem for path in tmp_path.iterdir()] == ["small"]


def test_leftovers_of_a_killed_process_go_too(tmp_path: Path) -> None:
    """A file that was never finished takes room like any other, until it is the oldest."""
    leftover = tmp_path / "wells.kept.123.456"
    leftover.write_bytes(bytes(45_000))
    os.utime(leftover, ns=(AN_HOUR_AGO, AN_HOUR_AGO))
    Store(tmp_path, most_bytes=50_000).keep("rain", kept_with(bytes(9_000)))

    assert [path.stem for path in tmp_path.iterdir()] == ["rain"]


def test_two_processes_share_a_store(tmp_path: Path) -> None:
    """While both write and make room, each reads whole files or none, and no more is left than is allowed."""
    command = [sys.executable, "-c", BUSY, str(tmp_path), "40000"]
    processes = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate(timeout=60)[1] for process in processes]

    assert said == ["", ""]
    assert [process.returncode for process in processes] == [0, 0]
    assert 0 < bytes_in(tmp_path) <= 40_000
    assert all(path.suffix == ".kept" for path in tmp_path.iterdir())


@pytest.mark.parametrize("place", ["a file/store", "a file"])
def test_where_nothing_can_be_kept_nothing_fails(tmp_path: Path, place: str) -> None:
    """A store is a help, never a condition."""
    (tmp_path / "a file").write_text("in the way")
    store = Store(tmp_path / place)
    store.keep("wells", PDF)

    assert store.recall("wells") is None
    assert (tmp_path / "a file").read_text() == "in the way"


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    """Neither half of the new one nor the old one, which would be taken for it."""
    (tmp_path / "record").mkdir()
    write_whole(tmp_path / "record", b"new")

    assert [path.name for path in tmp_path.iterdir()] == ["record"]
    assert read_sealed(tmp_path / "record") is None
