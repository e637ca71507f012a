"""Watching goes on: folders are replaced, events are lost, the system has no room for more."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from manuscripts import PNG
from watched_guides import NEW, OLD, QUIET_SECONDS, A, B, WatchedGuide, replace, shell, write_watched_guide

from studyguide.preview.watcher import Watcher

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    StartWatching = Callable[[int], subprocess.Popen[str]]


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    """Write a guide."""
    return write_watched_guide(tmp_path)


@pytest.fixture(params=["events", "looks"])
def watched(guide: Path, request: pytest.FixtureRequest) -> Iterator[WatchedGuide]:
    """Watch the guide, in both ways."""
    with WatchedGuide(guide, poll=request.param == "looks") as watched:
        yield watched


def test_a_folder_that_comes_back_is_watched_again(watched: WatchedGuide) -> None:
    """Renamed away and back: nothing has changed; what is saved there then is noticed."""
    shell("mv sessions meetings; mv meetings sessions", watched.guide)
    assert watched.notice(QUIET_SECONDS) == []

    shell("mv sessions meetings", watched.guide)
    assert watched.notice_all() == [["sessions", A, B]]

    shell("mv meetings sessions", watched.guide)
    assert watched.notice_all() == [["sessions"]]

    replace(watched.guide / A)
    assert watched.notice_all() == [[A]]


@pytest.mark.parametrize(
    "replacement",
    [
        "mv commons old; cp -r old commons",
        "cp -r commons new; rm -r commons; mv new commons",
        "mv commons old; ln -s old commons",
    ],
)
def test_a_guide_that_is_replaced_is_watched_on(watched: WatchedGuide, replacement: str) -> None:
    """Another folder of the same name with the same files is no change; what is saved there then is one."""
    shell(replacement, watched.guide.parent)
    assert watched.notice(QUIET_SECONDS) == []

    replace(watched.guide / A)
    assert watched.notice_all() == [[A]]


def test_a_guide_that_was_away_for_long_is_watched_on(watched: WatchedGuide) -> None:
    """All of it is missing, then all of it is there; a save is noticed again."""
    shell("mv commons old", watched.guide.parent)
    assert watched.notice_all() == [["guide.md", "images/well.png", "sessions", A, B]]

    shell("mv old commons", watched.guide.parent)
    assert watched.notice()
    assert watched.notice(QUIET_SECONDS) == []

    replace(watched.guide / A)
    assert watched.notice_all() == [[A]]


def test_a_picture_that_was_missing_is_noticed_when_it_comes(guide: Path) -> None:
    """With its folder, which was missing too."""
    shell("rm -r images", guide)
    with WatchedGuide(guide) as watched:
        shell("mkdir images", guide)
        assert watched.notice(QUIET_SECONDS) == []

        (guide / "images" / "well.png").write_bytes(PNG)
        assert watched.notice_all() == [["images/well.png"]]


def test_a_link_is_followed_to_the_file_that_it_names(watched: WatchedGuide) -> None:
    """What is saved in that file is noticed; to lead to another file with the same words is no change."""
    drafts = watched.guide / "drafts"
    drafts.mkdir()
    (drafts / "one.md").write_text(NEW, encoding="utf-8")
    shell("ln -sfn ../drafts/one.md a.md", watched.guide / "sessions")
    assert watched.notice_all() == [[A]]

    (drafts / "one.md").write_text(OLD, encoding="utf-8")
    assert watched.notice_all() == [[A]]

    shell("cp drafts/one.md drafts/two.md; ln -sfn ../drafts/two.md sessions/a.md", watched.guide)
    assert watched.notice(QUIET_SECONDS) == []


def test_a_thousand_files_beside_are_never_noticed(watched: WatchedGuide) -> None:
    """Nor do they hide the one that counts."""
    sessions = watched.guide / "sessions"
    shell("for i in $(seq 1000); do echo > n$i.txt; done", sessions)
    assert watched.notice(QUIET_SECONDS) == []

    shell("(for i in $(seq 1000); do echo > m$i.txt; done) & sed -i s/deep/dry/ a.md; wait", sessions)
    assert watched.notice_all() == [[A]]


def test_what_is_not_a_file_does_not_hold_it_up(watched: WatchedGuide) -> None:
    """A pipe that nobody writes to, and a file without end."""
    shell(f"rm {A}; mkfifo {A}", watched.guide)
    assert watched.notice_all() == [[A]]

    shell(f"rm {A}; truncate -s 1T {A}", watched.guide)
    assert watched.notice_all() == [[A]]


WATCHING = """
import resource, sys
from pathlib import Path
from watched_guides import WatchedGuide
limit = int(sys.argv[2])
soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (limit or soft, hard))
watched = WatchedGuide(Path(sys.argv[1]))
print(watched.watcher.how, flush=True)
while True:
    print(watched.notice(3600), flush=True)
"""


@pytest.fixture
def start_watching(guide: Path) -> Iterator[StartWatching]:
    """Start a process that watches the guide and says what it noticed, perhaps with few files open at once."""
    started: list[subprocess.Popen[str]] = []

    def start(limit: int) -> subprocess.Popen[str]:
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
        command = [sys.executable, "-c", WATCHING, str(guide), str(limit)]
        started.append(subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def read_line(process: subprocess.Popen[str]) -> str:
    """Read the next thing that a process says."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_what_changed_while_the_machine_slept_is_noticed_after_it(guide: Path, start_watching: StartWatching) -> None:
    """The system keeps only so many events: what was lost is found by looking, and noticed once."""
    process = start_watching(0)
    assert read_line(process).startswith("changes arrive in ")
    process.send_signal(signal.SIGSTOP)
    for number in range(9000):
        (guide / "sessions" / f"{number}.txt").touch()
    replace(guide / A)
    process.send_signal(signal.SIGCONT)
    assert read_line(process) == repr([A])

    shell("echo Welcome >> guide.md", guide)
    assert read_line(process) == repr(["guide.md"])


def test_where_the_system_has_no_more_room_for_watchers_it_looks(guide: Path, start_watching: StartWatching) -> None:
    """It says so and how to mend it, and changes are noticed all the same."""
    process = start_watching(5)
    assert read_line(process) == (
        "looking every 0.5 s, since the system can watch no more folders; as an administrator, raise its limits: "
        "sysctl fs.inotify.max_user_instances=1024 fs.inotify.max_user_watches=524288"
    )

    replace(guide / A)
    assert read_line(process) == repr([A])


def test_where_it_cannot_be_tried_out_it_looks(tmp_path: Path) -> None:
    """A folder that cannot be written, here since it is not there."""
    with Watcher([tmp_path / "commons"]) as watcher:
        how = watcher.how

    assert how == (
        f'looking every 0.5 s, since nothing can be written into "{tmp_path}/commons": no such file or directory'
    )


def test_trying_it_out_leaves_nothing_behind(guide: Path) -> None:
    """No file beside the sources; after the end no thread and no open file."""

    def take_stock() -> tuple[list[Path], int, int]:
        return sorted(guide.rglob("*")), threading.active_count(), len(list(Path("/proc/self/fd").iterdir()))

    before = take_stock()
    with WatchedGuide(guide) as watched:
        replace(guide / A)
        watched.notice_all()

    assert take_stock() == before
