"""What a snapshot knows of files: content decides, and nothing can hold it up."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from studyguide.preview.snapshot import (
    EMPTY,
    LARGEST_READ_BYTES,
    MISSING,
    UNREADABLE,
    changed_paths,
    take_snapshot,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Write a file of a few words."""
    path = tmp_path / "a.md"
    path.write_text("deep", encoding="utf-8")
    return path


def test_the_same_content_is_the_same(file: Path) -> None:
    """Whatever its date, its permissions, or which file holds it."""
    before = take_snapshot([file])
    os.utime(file, ns=(1, 1))
    file.chmod(0o600)
    touched = take_snapshot([file], before)
    copy = file.with_name("b.md")
    copy.write_bytes(file.read_bytes())
    copy.replace(file)
    replaced = take_snapshot([file], touched)
    assert changed_paths(before, touched) == changed_paths(before, replaced) == frozenset()


def test_other_content_of_the_same_length_and_date_is_a_change(file: Path) -> None:
    """Size and date say only that a file need not be read again; they do not say it too early."""
    before = take_snapshot([file])
    dates = file.stat()
    file.write_text("dry!", encoding="utf-8")
    os.utime(file, ns=(dates.st_atime_ns, dates.st_mtime_ns))
    assert changed_paths(before, take_snapshot([file], before)) == {file}


def test_a_hint_has_a_file_read_again(file: Path) -> None:
    """Even where nothing says that it has changed."""
    before = take_snapshot([file])
    file.write_text("dry!", encoding="utf-8")
    assert changed_paths(before, take_snapshot([file], before, {file})) == {file}


def put_pipe(path: Path) -> None:
    """Put a pipe where the file is, to which nobody writes."""
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize(
    ("change", "digest"),
    [
        (lambda path: path.unlink(), MISSING),
        (lambda path: (path.unlink(), path.symlink_to("nowhere")), MISSING),
        (lambda path: (path.unlink(), path.symlink_to(path)), UNREADABLE),
        (put_pipe, UNREADABLE),
        (lambda path: (path.unlink(), path.symlink_to("/dev/zero")), UNREADABLE),
    ],
    ids=["gone", "link to nowhere", "link to itself", "pipe", "device"],
)
def test_what_cannot_be_read_is_a_value_too(file: Path, change: Callable[[Path], object], digest: str) -> None:
    """So that its coming and going is a change; nothing of it is waited for."""
    before = take_snapshot([file])
    change(file)
    after = take_snapshot([file], before)
    assert after.digest_of(file) == digest
    assert after.files[file].is_hollow
    assert changed_paths(before, after) == changed_paths(after, before) == {file}


def test_a_path_through_a_file_is_missing(file: Path) -> None:
    """And one with a character that no name may have cannot be read."""
    found = take_snapshot([file / "b.md", file.with_name("a\0.md")])
    assert found.digest_of(file / "b.md") == MISSING
    assert found.digest_of(file.with_name("a\0.md")) == UNREADABLE


def test_a_huge_file_is_known_by_size_and_date(file: Path) -> None:
    """It is not read; another size is a change."""
    os.truncate(file, LARGEST_READ_BYTES + 1)
    before = take_snapshot([file])
    os.truncate(file, LARGEST_READ_BYTES + 2)
    assert changed_paths(before, take_snapshot([file], before)) == {file}
    assert before.digest_of(file).startswith("100000001 bytes")


def test_an_empty_file_is_hollow_and_a_folder_is_not(file: Path) -> None:
    """An editor may be about to fill the file."""
    file.write_bytes(b"")
    found = take_snapshot([file, file.parent])
    assert [each.is_hollow for each in found.files.values()] == [True, False]


@pytest.mark.parametrize(
    ("name", "is_change"),
    [("b.md", True), ("B.MD", True), ("guide.cls", True), ("document.tex.j2", True)]
    + [(name, False) for name in (".b.md", "b.md~", "4913", "#a.md#", ".a.md.swp", "sedXy12", "notes.txt")],
)
def test_a_folder_changes_with_the_names_that_count(file: Path, name: str, *, is_change: bool) -> None:
    """Sessions and templates, not what editors leave beside them."""
    before = take_snapshot([file.parent])
    file.with_name(name).touch()
    assert bool(changed_paths(before, take_snapshot([file.parent], before))) == is_change


def test_a_path_not_looked_at_before_differs_if_it_was_touched_since(file: Path) -> None:
    """What a build named for the first time may have changed under its hands; what is old has not."""
    other = file.with_name("b.md")
    before = take_snapshot([file])
    other.write_text("rain", encoding="utf-8")
    after = take_snapshot([file, other, file.with_name("c.md")], before)
    assert changed_paths(before, after) == {other, file.with_name("c.md")}
    assert changed_paths(replace(before, taken_ns=after.taken_ns + 60_000_000_000), after) == frozenset()


def test_everything_differs_from_nothing(file: Path) -> None:
    """The first look finds all."""
    missing = file.with_name("b.md")
    assert changed_paths(EMPTY, take_snapshot([file, missing])) == {file, missing}
    assert EMPTY.digest_of(file) == MISSING


def test_what_is_known_is_not_read_again(file: Path) -> None:
    """A file that was not touched for a while is taken as it was: 520 sessions are looked at every second."""
    known = take_snapshot([file])
    marked = replace(known.files[file], digest="as known")
    later = replace(known, files={file: marked}, taken_ns=known.taken_ns + 60_000_000_000)
    assert take_snapshot([file], later).digest_of(file) == "as known"
    assert take_snapshot([file], later, {file}).digest_of(file) == known.digest_of(file)
