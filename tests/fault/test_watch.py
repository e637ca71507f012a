"""`studyguide watch` in a world that misbehaves: it says what happened, goes on, and leaves nothing when it ends."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from live_watch import session_text
from manuscripts import write_guide
from saves import SAVES, replace
from tex_documents import lasting_processes, processes_in
from watch_process import WatchProcess, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SOON_SECONDS = 2.0
"""How long it may take to end: a second, and another because machines that run tests are busy."""

IDLE_SECONDS = 4.0
ROUNDS = 4
STEADY = "2026-04-14-bread.md"
PARAGRAPH = "The rota wanders through the year, and nobody is stuck with January for life. " * 12
LONG = "\n\n".join([PARAGRAPH] * 150)
"""TeX needs a second or two for it."""


def write_place(folder: Path) -> Path:
    """Write two guides, and give the first."""
    guide = write_guide(folder / "guides" / "commons", sessions={STEADY: session_text("Bread", "Firstword")})
    write_guide(folder / "guides" / "walks", sessions={STEADY: session_text("Walks", "Firstword")})
    return guide


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Give a working folder with two guides."""
    write_place(tmp_path)
    return tmp_path


def session_in(place: Path, name: str = STEADY) -> Path:
    """Give a session of the first guide."""
    return place / "guides" / "commons" / "sessions" / name


def handout_in(place: Path, name: str = STEADY) -> Path:
    """Give the file in build/ that it becomes."""
    return place / "build" / "commons" / f"{name.removesuffix('.md')}.pdf"


def be_idle(watch: WatchProcess) -> None:
    """Let it come to rest."""
    watch.until_quiet()


def be_building(watch: WatchProcess) -> None:
    """Let TeX be at a long session."""
    watch.until_said("stop with Ctrl-C")
    replace(session_in(watch.folder), session_text("Bread", LONG))
    watch.until(watch.engines_at_work)


def be_on_an_errand(watch: WatchProcess) -> None:
    """Let the errand's TeX be at a document."""
    watch.until(lambda: watch.errands() and watch.engines_at_work())


def be_looked_at(watch: WatchProcess) -> None:
    """Let pages wait for news."""
    version = str(watch.ask()["version"])
    for name in ("commons", f"commons/{STEADY.removesuffix('.md')}"):
        threading.Thread(target=ask_in_vain, args=(watch, name, version), daemon=True).start()
    watch.until(lambda: watch.ask(name="commons")["proof"])


def be_tracing(watch: WatchProcess) -> None:
    """Let somebody have clicked on a whole guide: its many sessions are read and set once more."""
    sessions = {f"{number:02}.md": session_text(f"Meeting {number}", LONG) for number in range(12)}
    write_guide(watch.folder / "guides" / "commons", sessions=sessions)
    view = watch.until(lambda: shown if has_pages(shown := watch.ask(name="commons"), 100) else None)
    words = {"name": "commons", "proof": view["proof"]["id"], "page": "50", "left": "200", "top": "200"}
    threading.Thread(target=click_in_vain, args=(watch, words), daemon=True).start()
    watch.is_silent_for(0.3)


def has_pages(view: dict[str, Any], least: int) -> bool:
    """Whether a proof of so many pages is shown."""
    return view["proof"] is not None and len(view["proof"]["pages"]) >= least


def click_in_vain(watch: WatchProcess, words: dict[str, str]) -> None:
    """Ask for a line until nobody is there any more."""
    with contextlib.suppress(OSError):
        urlopen(f"{watch.address}place?{urlencode(words)}").close()  # noqa: S310  ours


def ask_in_vain(watch: WatchProcess, name: str, version: str) -> None:
    """Ask for news until nobody answers."""
    with contextlib.suppress(OSError, ValueError):
        while True:
            version = str(watch.ask(name=name, after=version)["version"])


@pytest.mark.parametrize(
    ("state", "number"),
    [
        (be_idle, signal.SIGINT),
        (be_building, signal.SIGTERM),
        (be_on_an_errand, signal.SIGHUP),
        (be_looked_at, signal.SIGINT),
        (be_tracing, signal.SIGINT),
    ],
)
def test_it_ends_at_once_and_leaves_nothing(
    place: Path, state: Callable[[WatchProcess], None], number: signal.Signals
) -> None:
    """On Ctrl-C, a polite kill and a closed terminal, whatever it is at: no process, no temporary folder, no word."""
    with WatchProcess(place, "guides/commons") as watch:
        state(watch)
        sent = time.monotonic()
        watch.send(number)
        return_code = watch.wait()
        lasted = time.monotonic() - sent
        said = "\n".join(watch.lines)
        assert lasting_processes(watch.temporary) == []
        assert list(watch.temporary.iterdir()) == []

    assert return_code == 130, said
    assert lasted < SOON_SECONDS
    assert watch.lines[-1].startswith("stopped")
    assert "Traceback" not in said
    assert not [path for path in place.rglob("*") if path.suffix in {".tmp", ".probe"}]
    for path in (place / "build").rglob("*.pdf"):
        assert path.read_bytes().rstrip().endswith(b"%%EOF")


def test_killed_it_leaves_no_process_and_the_next_one_starts(place: Path) -> None:
    """Whatever it was at; nor is anything else left, once the next one has ended."""
    for state in (be_building, be_on_an_errand):
        with WatchProcess(place, "guides/commons") as watch:
            state(watch)
            watch.send(signal.SIGKILL)
            watch.wait()
            assert lasting_processes(watch.temporary) == []

    with WatchProcess(place, "guides/commons") as watch:
        watch.until_quiet()
        watch.send(signal.SIGINT)
        assert watch.wait() == 130
        assert list(watch.temporary.iterdir()) == []
    assert handout_in(place).exists()


def test_a_second_watcher_is_told_who_has_the_guide(place: Path) -> None:
    """Of another guide there may be one; so there may be for several sessions of one guide."""
    with WatchProcess(place, "guides/commons") as first:
        first.until_said("stop with Ctrl-C")
        with WatchProcess(place) as second:
            assert second.wait() == 4
            assert second.lines == [
                f'error: "{place}/guides/commons" is being watched already (process {first.number})',
                "    hint: go on with the page that it shows, or stop it with Ctrl-C in its terminal",
            ]
        write_guide(place / "guides" / "walks", sessions={"b.md": session_text("Hills", "Firstword")})
        sessions = [f"guides/walks/sessions/{name}" for name in (STEADY, "b.md")]
        with WatchProcess(place, *sessions) as third:
            third.until_said("stop with Ctrl-C")
            third.send(signal.SIGINT)
            assert third.wait() == 130


def test_it_writes_nowhere_among_what_the_author_writes(place: Path) -> None:
    """Not even when it is told to."""
    with WatchProcess(place, "guides/commons", "--output", "guides/commons/build") as watch:
        assert watch.wait() == 3
        assert watch.lines[0].startswith('error: the output folder "guides/commons/build" lies inside the guide')
    assert sorted(path.name for path in (place / "guides" / "commons").iterdir()) == ["guide.md", "sessions"]


def test_a_build_by_hand_has_precedence(place: Path) -> None:
    """What is built in the quiet gives way to it, and is done afterwards."""
    text = "\n\n".join([PARAGRAPH] * 60)
    write_guide(
        place / "guides" / "commons",
        sessions={f"{number:02}.md": session_text(f"Meeting {number}", text) for number in range(16)},
    )
    with WatchProcess(place, "guides/commons") as watch:
        be_on_an_errand(watch)
        command = [sys.executable, "-P", "-m", "studyguide", "build", "guides/walks"]
        built = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
        assert (built.returncode, built.stderr) == (0, "")
        assert not handout_in(place, "15.md").exists()


class Shared:
    """One watch for many tests, and how often it said that a handout was made."""

    def __init__(self, watch: WatchProcess) -> None:
        """Take it."""
        self.watch = watch
        self.place = watch.folder

    def count_made(self, handout: Path, after: int = 0) -> int:
        """Say how often a handout was made anew, not counting so many lines."""
        lines = self.watch.lines[after:]
        return sum(str(handout.relative_to(self.place)) in line and "unchanged" not in line for line in lines)

    def write(self, name: str, body: str) -> None:
        """Save a session, and wait for its handout."""
        replace(session_in(self.place, name), session_text(name.removesuffix(".md"), body))
        self.watch.until_made(handout_in(self.place, name), body.rsplit(maxsplit=1)[-1])


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    """Watch a place through many tests; in the end it ends as if nothing had been, without a mistake of its own."""
    folder = tmp_path_factory.mktemp("place")
    write_place(folder)
    with WatchProcess(folder, "guides/commons") as watch:
        watch.until_quiet()
        yield Shared(watch)
        watch.send(signal.SIGINT)
        assert watch.wait() == 130
        assert list(watch.temporary.iterdir()) == []
        assert not [line for line in watch.lines if "mistake of its own" in line or "Traceback" in line]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a watch holds of the machine."""

    processes: int
    descriptors: int
    threads: int
    folders: int


def held_by(watch: WatchProcess) -> Held:
    """Count it."""
    own = Path(f"/proc/{watch.number}")
    return Held(
        processes=len(processes_in(watch.temporary)),
        descriptors=len(list((own / "fd").iterdir())),
        threads=len(list((own / "task").iterdir())),
        folders=sum(len(folders) for _, folders, _ in os.walk(watch.temporary)),
    )


def test_every_way_of_saving_ends_in_the_text_that_was_saved_and_nothing_grows(shared: Shared) -> None:
    """Sixty times, with hardly a build too many, and none when it is over."""
    name = "2026-05-12-saved.md"
    handout, session = handout_in(shared.place, name), session_in(shared.place, name)
    shared.write(name, "Word0")
    shared.write(name, "Word1")
    shared.watch.until_quiet(len(shared.watch.lines) - 1)
    # The errand says what it made a moment before its thread and its pipe are gone.
    assert shared.watch.is_silent_for(IDLE_SECONDS)
    before, count = held_by(shared.watch), len(shared.watch.lines)
    number = 1
    for save in SAVES * ROUNDS:
        number += 1
        save(session, session_text("saved", f"Word{number}"))
        shared.watch.until_made(handout, f"Word{number}")
    shared.watch.until_quiet(len(shared.watch.lines) - 1)

    edits = len(SAVES) * ROUNDS
    assert shared.watch.is_silent_for(IDLE_SECONDS)
    assert f"Word{number}" in text_of(handout)
    assert edits <= shared.count_made(handout, count) <= edits * 1.3
    shared.watch.until(lambda: held_by(shared.watch) == before)
    session.unlink()


def test_what_was_saved_while_it_stood_still_is_built(shared: Shared) -> None:
    """Hundreds of saves of several sessions, of which only the last ones count."""
    names = [f"still-{number}.md" for number in range(3)]
    for name in names:
        shared.write(name, "Firstword")
    shared.watch.send(signal.SIGSTOP)
    for number in range(100):
        for name in names:
            replace(session_in(shared.place, name), session_text(name.removesuffix(".md"), f"Word{number}"))
    shared.watch.send(signal.SIGCONT)
    for name in names:
        shared.watch.until_made(handout_in(shared.place, name), "Word99")
    shared.watch.until_made(shared.place / "build" / "commons" / "commons.pdf", "Word99")
    for name in names:
        session_in(shared.place, name).unlink()


def test_sessions_that_are_gone_before_they_are_read_are_no_trouble(shared: Shared) -> None:
    """They come, are seen, and are deleted or renamed at that moment."""
    for number in range(30):
        fleeting = session_in(shared.place, f"fleeting-{number}.md")
        replace(fleeting, session_text(f"Fleeting {number}", "Firstword"))
        shared.watch.is_silent_for(0.01 * (number % 7))
        fleeting.unlink() if number % 2 else fleeting.rename(fleeting.with_suffix(".txt"))
    shared.write(STEADY, "Afterwards")
    names = [entry["name"] for shelf in shared.watch.ask()["shelves"] for entry in shelf["entries"]]
    assert not [name for name in names if "fleeting" in name]


def kill_engines(watch: WatchProcess) -> None:
    """Kill all that waits."""
    for process in watch.engines():
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


def test_tex_that_is_killed_while_it_waits_is_replaced(shared: Shared) -> None:
    """Nobody notices but for a moment."""
    shared.write(STEADY, "Beforehand")
    kill_engines(shared.watch)
    count = len(shared.watch.lines)
    shared.write(STEADY, "Thereafter")
    assert not [line for line in shared.watch.lines[count:] if "error" in line]


def test_tex_that_is_killed_while_it_works_is_tried_again(shared: Shared) -> None:
    """At once and, when that is killed, too, after some seconds; it is said, and the old pages stay meanwhile."""
    shared.write(STEADY, "Beforehand")
    count = len(shared.watch.lines)
    replace(session_in(shared.place), session_text("Bread", f"{LONG}\n\nThereafter"))
    while not [line for line in shared.watch.lines[count:] if "TeX was ended by SIGKILL" in line]:
        for process in shared.watch.engines_at_work():
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
    assert "Beforehand" in text_of(handout_in(shared.place))
    shared.watch.until_said(re.escape(str(handout_in(shared.place).relative_to(shared.place))), count)
    assert handout_in(shared.place).stat().st_size > 0
    shared.write(STEADY, "Finally")


def test_an_errand_that_is_killed_is_begun_again(shared: Shared) -> None:
    """After a rest."""
    count = len(shared.watch.lines)
    shared.write(STEADY, "Errandword")
    (errand,) = shared.watch.until(shared.watch.errands)
    os.kill(errand, signal.SIGKILL)
    shared.watch.until_made(shared.place / "build" / "commons" / "commons.pdf", "Errandword")
    shared.watch.until_quiet(count)


HOSTILE_NAMES = (
    b"\"quoted\" 'twice'.md",
    b"<script>alert(1)<\\script>.md",
    b"new\nline.md",
    b"\x1b[31mred\x07.md",
    b"up..%2f..%2fetc%2fpasswd.md",
    b"up\\..\\evil.md",
    b"not-utf-8-\xff\xfe.md",
    "\u202eright-to-left\u2066.md".encode(),
)
HOSTILE_WORDS = "<script>alert(1)</script> \x1b[31m \x07 (pp. 9-3)"


@pytest.mark.parametrize("body", ["Firstword", HOSTILE_WORDS])
def test_hostile_names_and_words_break_neither_terminal_nor_page(shared: Shared, body: str) -> None:
    """They are listed, made, or said to be wrong; all else goes on."""
    count = len(shared.watch.lines)
    sessions = [session_in(shared.place, os.fsdecode(name)) for name in HOSTILE_NAMES]
    for number, session in enumerate(sessions):
        session.write_text(session_text(f"<b>Hostile</b> {number}", body), encoding="utf-8")
    shared.watch.until(lambda: len(entries_of(shared.watch)) == len(HOSTILE_NAMES) + 2)
    for name in entries_of(shared.watch):
        state = shared.watch.until(partial(shown_of, shared.watch, name))
        assert state["choice"]["name"] == name
    shared.write(STEADY, f"Meanwhile{len(body)}")
    said = "\n".join(shared.watch.lines[count:])
    assert ("error: " in said) == (body == HOSTILE_WORDS)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", said)
    for session in sessions:
        session.unlink()
    shared.watch.until(lambda: len(entries_of(shared.watch)) == 2)


def entries_of(watch: WatchProcess) -> list[str]:
    """Name what the page lists."""
    return [entry["name"] for shelf in watch.ask()["shelves"] for entry in shelf["entries"]]


def shown_of(watch: WatchProcess, name: str) -> dict[str, Any] | None:
    """Look at an entry, and give what is shown when there is something."""
    state = watch.ask(name=name)
    return state if state["proof"] or state["trouble"] else None


def test_an_engine_waits_for_the_first_edit(place: Path) -> None:
    """Also where no page is open and nothing was built by the watch itself."""
    with WatchProcess(place, "guides/commons") as watch:
        watch.until_quiet()
        watch.until(lambda: not watch.errands())
        assert watch.until(watch.engines)


def in_sandbox(*arguments: object) -> tuple[str, ...]:
    """Give the words that run a command with other disks; skip where that is not allowed."""
    command = ("bwrap", "--dev-bind", "/", "/", *map(str, arguments), "--")
    try:
        is_allowed = subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        is_allowed = False
    if not is_allowed:
        pytest.skip("no sandbox can be made here")
    return command


def fill(folder: Path, room: int = 0) -> Path:
    """Take all the room that there is on a folder's disk but so many bytes, and give the file that has it."""
    filler = folder / "filler"
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        for size in (2**16, 2**10, 1):
            with contextlib.suppress(OSError):
                while True:
                    file.write(bytes(size))
    os.truncate(filler, max(filler.stat().st_size - room, 0))
    return filler


def test_full_and_read_only_disks_are_said_and_outlived(place: Path) -> None:
    """That of build/, and that of temporary files: as soon as there is room, all is made."""
    for name in ("small", "usual", "temporary"):
        (place / name).mkdir()
    disks = ["--size", 2**20, "--tmpfs", place / "small", "--size", 2**27, "--tmpfs", place / "temporary"]
    disks += ["--bind", place / "usual", place / "writable", "--ro-bind", place / "usual", place / "read-only"]
    put_build_on(place, "small")
    with WatchProcess(place, "guides/commons", before=in_sandbox(*disks)) as watch:
        watch.until_quiet()
        inside = Path(f"/proc/{watch.number}/root")
        small = inside / (place / "small").relative_to("/")

        filler, count = fill(small), len(watch.lines)
        save(place, "Fullword")
        watch.until_said("the disk is full", count)
        assert watch.ask(name=f"commons/{STEADY.removesuffix('.md')}")["trouble"]["hint"] == "make room and build again"
        filler.unlink()
        watch.until_made(small / "commons" / handout_in(place).name, "Fullword")

        # There may be room for a folder and none for a file, for a body and not for a font, for all but the whole PDF.
        temporary = inside / (place / "temporary").relative_to("/")
        for word, room in (("Noneword", 0), ("Littleword", 2**14), ("Almostword", 2**18)):
            watch.until_quiet(count)
            filler, count = fill(temporary, room), len(watch.lines)
            save(place, word)
            watch.until_said(f"{place}/temporary.* cannot be written: No space left on device", count)
            filler.unlink()
            watch.until_made(small / "commons" / handout_in(place).name, word)

        count = len(watch.lines)
        put_build_on(place, "read-only")
        save(place, "Lockedword")
        watch.until_said('"build": the disk is read-only', count)
        put_build_on(place, "writable")
        watch.until_made(place / "usual" / "commons" / handout_in(place).name, "Lockedword")
        watch.until_made(place / "usual" / "commons" / "commons.pdf", "Lockedword")

        watch.send(signal.SIGINT)
        watch.wait()
        assert not [line for line in watch.lines if "mistake of its own" in line or "Traceback" in line]


def put_build_on(place: Path, disk: str) -> None:
    """Let build/ lead to a disk."""
    link = place / "link"
    link.symlink_to(disk)
    link.replace(place / "build")


def save(place: Path, word: str) -> None:
    """Save the steady session."""
    replace(session_in(place), session_text("Bread", word))


def test_on_a_full_disk_it_starts_and_says_so(place: Path) -> None:
    """Though there is no room to write down who it is."""
    (place / "small").mkdir()
    put_build_on(place, "small")
    filling = ("sh", "-c", 'head -c 100000 /dev/zero > small/filler 2> small/said; exec "$@"', "sh")
    sandbox = in_sandbox("--size", 2**16, "--tmpfs", place / "small")
    with WatchProcess(place, "guides/commons", before=(*sandbox, *filling)) as watch:
        watch.until_said("stop with Ctrl-C")
        watch.until_said("the disk is full")
        assert not [line for line in watch.lines if "mistake of its own" in line or "Traceback" in line]
