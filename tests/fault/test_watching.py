"""Every way in which files change: noticed once, or never where nothing changed, on the real file system."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest
from watched_guides import NEW, QUIET_SECONDS, A, B, WatchedGuide, replace, shell, write_watched_guide

from studyguide.preview.settling import CAP_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture(params=["events", "looks"])
def watched(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[WatchedGuide]:
    """Watch a guide, in both ways."""
    with WatchedGuide(write_watched_guide(tmp_path), poll=request.param == "looks") as watched:
        yield watched


def vim(file: Path, *, is_renamed: bool) -> None:
    """Save as Vim does: a copy or the file itself becomes the backup, 4913 shows whether the folder can be written."""
    swap = file.with_name(f".{file.name}.swp")
    swap.write_bytes(b"b0VIM")
    probe = file.with_name("4913")
    probe.touch()
    probe.unlink()
    backup = file.with_name(f"{file.name}~")
    if is_renamed:
        file.rename(backup)
    else:
        backup.write_bytes(file.read_bytes())
    handle = os.open(file, os.O_WRONLY | os.O_CREAT, 0o644)
    os.ftruncate(handle, 0)
    os.write(handle, NEW.encode())
    os.fsync(handle)
    os.fchmod(handle, 0o644)
    os.close(handle)
    backup.unlink()
    swap.unlink()


def emacs(file: Path) -> None:
    """Save as Emacs does: a lock that is a broken link, an autosaved copy, the old file kept under another name."""
    lock = file.with_name(f".#{file.name}")
    lock.symlink_to("ana@riverside.4711:1")
    autosaved = file.with_name(f"#{file.name}#")
    autosaved.write_text(NEW, encoding="utf-8")
    file.rename(file.with_name(f"{file.name}~"))
    file.write_text(NEW, encoding="utf-8")
    file.chmod(0o644)
    autosaved.unlink()
    lock.unlink()


def visual_studio_code(file: Path) -> None:
    """Save as Visual Studio Code does: the file is emptied and written in place, then dated anew."""
    handle = os.open(file, os.O_WRONLY | os.O_TRUNC)
    os.write(handle, NEW.encode())
    os.fdatasync(handle)
    os.close(handle)
    os.utime(file)


def write_in_place(file: Path) -> None:
    """Save as the simplest programs do."""
    file.write_text(NEW, encoding="utf-8")


def run(command: str) -> Callable[[Path], None]:
    """Save with programs, in the file's folder."""
    return lambda file: shell(command, file.parent)


SAVES: dict[str, Callable[[Path], None]] = {
    "in place": write_in_place,
    "in many pieces": run('printf %s "$NEW" | dd of=a.md bs=16 status=none'),
    "renamed": replace,
    "renamed from a visible name": lambda file: replace(file, "a.md.tmp"),
    "renamed from a session's name": lambda file: replace(file, "a.tmp.md"),
    "renamed from another folder": run('printf %s "$NEW" > ../c; mv ../c a.md'),
    "vim, backupcopy=no": lambda file: vim(file, is_renamed=True),
    "vim, backupcopy=yes": lambda file: vim(file, is_renamed=False),
    "emacs": emacs,
    "visual studio code": visual_studio_code,
    "emptied, then written": run(': > a.md; sleep 0.1; printf %s "$NEW" > a.md'),
    "removed, then written": run('rm a.md; sleep 0.1; printf %s "$NEW" > a.md'),
    "with pauses": run("(printf -- ---; for _ in 1 2 3; do sleep 0.1; echo; done) > a.md"),
    "appended": run("printf 'Rain.\\n' >> a.md"),
    "sed": run("sed -i s/deep/dry/ a.md"),
    "copied over, date kept": run('printf %s "$NEW" > ../c; touch -r a.md ../c; cp -p ../c a.md'),
    "linked": run('printf %s "$NEW" > ../c.md; ln -sfn ../c.md a.md'),
}


@pytest.mark.parametrize("save", SAVES.values(), ids=SAVES.keys())
def test_every_way_of_saving_is_noticed_once(watched: WatchedGuide, save: Callable[[Path], None]) -> None:
    """Whatever a program does to put the new text there."""
    save(watched.guide / A)

    assert watched.notice_all() == [[A]]


HARMLESS = {
    "touched": f"touch {A}",
    "saved without a change": f"cp {A} .new; mv .new {A}",
    "permissions": f"chmod 600 {A}",
    "read": "cat guide.md sessions/* images/*",
    "editors' files": "cd sessions; touch .a.md.swp '#a.md#' a.md~ 4913; rm 4913 .a.md.swp",
    "our own files": "cd ../..; mkdir -p build/commons; echo > build/commons/a.pdf; touch studyguide.lock",
    "another guide": "cd ..; mkdir -p walks/sessions; echo > walks/sessions/a.md",
}


@pytest.mark.parametrize("command", HARMLESS.values(), ids=HARMLESS.keys())
def test_what_changes_nothing_is_never_noticed(watched: WatchedGuide, command: str) -> None:
    """Dates, permissions, reading, and the files of others."""
    shell(command, watched.guide)

    assert watched.notice(QUIET_SECONDS) == []


def test_our_own_reading_is_never_noticed(watched: WatchedGuide) -> None:
    """Reading a guide and looking at its files gives no reason to read it again."""
    for _ in range(3):
        watched.read()

    assert watched.notice(QUIET_SECONDS) == []


CHANGES: dict[str, tuple[str, list[str]]] = {
    "session added": ('printf %s "$NEW" > sessions/c.md', ["sessions"]),
    "session moved in": ('printf %s "$NEW" > c; mv c sessions/c.md', ["sessions"]),
    "session deleted": (f"rm {B}", ["sessions", B]),
    "session renamed": (f"mv {B} sessions/c.md", ["sessions", B]),
    "session moved away": (f"mv {B} ..", ["sessions", B]),
    "two sessions exchanged": (f"mv {A} c; mv {B} {A}; mv c {B}", [A, B]),
    "all files edited": ("sed -i 's/e/a/' guide.md sessions/*.md", ["guide.md", A, B]),
    "picture changed": ("printf more >> images/well.png", ["images/well.png"]),
    "picture removed": ("rm images/well.png", ["images/well.png"]),
    "guide's header changed": ("echo Welcome >> guide.md", ["guide.md"]),
    "guide's header removed": ("rm guide.md", ["guide.md"]),
    "folder of sessions renamed": ("mv sessions meetings", ["sessions", A, B]),
    "folder of sessions removed": ("rm -r sessions", ["sessions", A, B]),
}


@pytest.mark.parametrize(("command", "noticed"), CHANGES.values(), ids=CHANGES.keys())
def test_every_change_of_a_guide_is_noticed_once(watched: WatchedGuide, command: str, noticed: list[str]) -> None:
    """Files that come, go and change, by one command, so at once."""
    shell(command, watched.guide)

    assert watched.notice_all() == [noticed]


def test_a_checkout_of_another_branch_is_noticed_once(tmp_path: Path) -> None:
    """Files that change, come and go with the branch are one change."""
    guide = write_watched_guide(tmp_path)
    shell("git init -q -b main; git config user.email ana@example.org; git config user.name Ana", guide)
    shell("git add .; git commit -qm one; git checkout -qb other", guide)
    shell(f'printf %s "$NEW" > {A}; git rm -q {B}; echo Welcome >> guide.md; git commit -qam other', guide)
    with WatchedGuide(guide) as watched:
        shell("git checkout -q main", guide)
        there = watched.notice_all()
        shell("git checkout -q other", guide)
        back = watched.notice_all()

    assert there == [["guide.md", "sessions", A]]
    assert back == [["guide.md", "sessions", A, B]]


def test_a_writer_that_does_not_end_is_noticed_all_the_same(watched: WatchedGuide) -> None:
    """After the longest time, though the file is never quiet and never closed."""
    command = "while :; do printf -- -; sleep 0.02; done > a.md"
    with subprocess.Popen(["sh", "-c", command], cwd=watched.guide / "sessions") as writer:
        try:
            changed = watched.notice(CAP_SECONDS * 2)
        finally:
            writer.kill()

    assert changed == [A]
