"""`studyguide watch` as a real process in a working folder: what it says, what it makes, what its page is told.

Comes in: a folder with `guides/`. Goes out: a process that tests harm, and what can be seen of it from outside.
Left to others: a watch in this process (`live_watch`).
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar
from urllib.parse import urlencode
from urllib.request import urlopen

from pdfs import page_texts
from tex_documents import processes_in

from studyguide.engine.driver import BODY
from studyguide.engine.server_folder import LOCKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PATIENT_SECONDS = 120.0
"""How long anything may take on a machine that has much else to do."""

LOOK_SECONDS = 0.02
"""How often to look again at what the process does not speak of."""

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/[0-9a-f]+/")
QUIET = re.compile(r"other files? made|all other files are up to date")

Found = TypeVar("Found")


class WatchProcess:
    """One `studyguide watch`; `lines` is what it has said so far, on both streams."""

    def __init__(
        self, folder: Path, *arguments: str, before: tuple[str, ...] = (), environment: Mapping[str, str] | None = None
    ) -> None:
        """Start it in a folder; what it makes for itself comes into `temporary` in that folder."""
        self.folder = folder
        self.temporary = folder / "temporary"
        self.temporary.mkdir(exist_ok=True)
        self.lines: list[str] = []
        self._said = threading.Condition()
        self._process = subprocess.Popen(
            [*before, sys.executable, "-P", "-m", "studyguide", "watch", "--no-open", "--port", "0", *arguments],
            cwd=folder,
            env={**os.environ, "TMPDIR": str(self.temporary), **(environment or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="surrogateescape",
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End it, if nothing else has, and what it may have left."""
        # Found by their environment: where it runs in a sandbox, that is not all.
        for process in (self._process.pid, *processes_in(self.temporary)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self.wait()

    @property
    def number(self) -> int:
        """The number of the process of ours, also when it runs in a sandbox."""
        own = [self._process.pid, *_children_of(self._process.pid)]
        return next(each for each in reversed(own) if b"\0watch\0" in _command_of(each))

    @property
    def address(self) -> str:
        """Where its page is."""
        return self.until(lambda: next((found[0] for line in self.lines if (found := ADDRESS.search(line))), None))

    @property
    def has_ended(self) -> bool:
        """Whether it runs no more."""
        return self._process.poll() is not None

    def until(self, condition: Callable[[], Found | None]) -> Found:
        """Wait until something is so, and give it."""
        end = time.monotonic() + PATIENT_SECONDS
        while not (found := condition()):
            assert time.monotonic() < end, "\n".join(("it has not come to that; it said:", *self.lines[-20:]))
            with self._said:
                self._said.wait(LOOK_SECONDS)
        return found

    def until_said(self, pattern: str | re.Pattern[str], after: int = 0) -> str:
        """Wait until it says something, not counting so many lines, and give that line."""
        return self.until(lambda: next((line for line in self.lines[after:] if re.search(pattern, line)), None))

    def until_quiet(self, after: int = 0) -> None:
        """Wait until all files were looked after."""
        self.until_said(QUIET, after)

    def until_made(self, path: Path, word: str) -> None:
        """Wait until a file holds a word; it is read only when it is another."""
        looked_at: list[int] = []

        def look() -> bool:
            identity = path.stat().st_ino if path.exists() else 0
            if identity in looked_at:
                return False
            looked_at[:] = [identity]
            return word in text_of(path)

        self.until(look)

    def is_silent_for(self, seconds: float) -> bool:
        """Wait so long, and say whether it has said nothing."""
        count = len(self.lines)
        with self._said:
            return not self._said.wait_for(lambda: len(self.lines) > count, seconds)

    def ask(self, **words: str) -> dict[str, Any]:
        """Ask for the state as the page does."""
        with urlopen(f"{self.address}state?{urlencode(words)}", timeout=PATIENT_SECONDS) as answer:  # noqa: S310  ours
            return dict(json.load(answer))

    def send(self, number: int) -> None:
        """Send it a signal."""
        os.kill(self.number, number)

    def wait(self) -> int:
        """Wait for its end, and give its return code."""
        return_code = self._process.wait(PATIENT_SECONDS)
        self._reader.join(PATIENT_SECONDS)
        assert self._process.stdout is not None
        self._process.stdout.close()
        return return_code

    def engines(self) -> list[int]:
        """Give the TeX processes of it and of its errand."""
        return [each for each in processes_in(self.temporary) if b"lualatex" in _command_of(each)]

    def engines_at_work(self) -> list[int]:
        """Give those that have a document."""
        return [each for each in self.engines() if _has_document(each)]

    def errands(self) -> list[int]:
        """Give the builds in the quiet that run now."""
        return [each for each in processes_in(self.temporary) if b"--json" in _command_of(each)]

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            with self._said:
                self.lines.append(line.rstrip("\n"))
                self._said.notify_all()


def text_of(path: Path) -> str:
    """Give all words of a PDF; none where there is no file."""
    try:
        return " ".join(page_texts(path.read_bytes()))
    except FileNotFoundError:
        return ""


def _has_document(process: int) -> bool:
    place = Path(f"/proc/{process}/cwd")
    return (place / BODY).exists() and not (place / LOCKING).exists()


def _command_of(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def _children_of(process: int) -> list[int]:
    try:
        tasks = list(Path(f"/proc/{process}/task").iterdir())
        own = [int(each) for task in tasks for each in (task / "children").read_text(encoding="ascii").split()]
    except OSError:
        return []
    return [each for child in own for each in (child, *_children_of(child))]
