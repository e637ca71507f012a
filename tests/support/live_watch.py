"""A `studyguide watch` in this process, for tests that write into its guides and look at what comes of it.

Comes in: the working folder, with `guides/` in it. Goes out: what stands in build/ and on the board, and what the
terminal was told. Left to others: real processes and signals (`watch_process`).
"""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from manuscripts import HEADER
from pdfs import page_texts

from studyguide.model.guide import Audience, Paper
from studyguide.preview import Watch
from studyguide.preview.board import Choice
from studyguide.settings import load_settings
from studyguide.targets import find_targets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from studyguide.preview import Outcome, Proofed, Trouble
    from studyguide.preview.board import Board, Proof, View

PATIENT_SECONDS = 120.0
"""How long anything may take on a machine that has much else to do."""

LOOK_SECONDS = 0.1
"""How often to look again at what the board does not tell of."""

Found = TypeVar("Found")


@dataclass(slots=True, repr=False)
class Recorder:
    """Keeps what the terminal would be told."""

    made_proofs: list[Proofed] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    bugs: list[Exception] = field(default_factory=list)

    def __repr__(self) -> str:
        """Say little: proofs are long."""
        return f"<{len(self.made_proofs)} proofs, {len(self.troubles)} troubles, {len(self.outcomes)} errands>"

    def last_words(self) -> str:
        """Give what was told last of each kind."""
        last = self.made_proofs[-1].publication if self.made_proofs else None
        return f"{self}: {last}, {self.troubles[-1:]}, {self.outcomes[-1:]}, {self.bugs}"

    def made(self, proofed: Proofed, _seconds: float) -> None:
        """Keep it."""
        self.made_proofs.append(proofed)

    def failed(self, trouble: Trouble) -> None:
        """Keep it."""
        self.troubles.append(trouble)

    def errand_done(self, outcome: Outcome, _seconds: float) -> None:
        """Keep it."""
        self.outcomes.append(outcome)

    def bug(self, problem: Exception) -> None:
        """Keep it."""
        self.bugs.append(problem)


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveWatch:
    """A watch that runs in the working folder."""

    board: Board
    told: Recorder

    def until(self, condition: Callable[[], Found | None]) -> Found:
        """Wait until something is so, and give it."""
        end = time.monotonic() + PATIENT_SECONDS
        while True:
            version = self.board.version
            found = condition()
            if found:
                return found
            assert time.monotonic() < end, f"it has not come to that; the last words were {self.told.last_words()}"
            self.board.wait_beyond(version, LOOK_SECONDS)

    def until_made(self, path: Path, word: str) -> bytes:
        """Wait until a file in build/ holds a word, and give its content; it is read only when it is another."""
        looked_at: list[int] = []

        def look() -> bytes | None:
            identity = path.stat().st_ino if path.exists() else 0
            if identity in looked_at:
                return None
            looked_at[:] = [identity]
            return _content_with(path, word)

        return self.until(look)

    def until_shown(self, choice: Choice, word: str) -> View:
        """Wait until good pages with a word are shown of a choice, which is looked at meanwhile."""
        looked_at: list[Proof] = []

        def look() -> View | None:
            self.board.ask(choice)
            view = self.board.view(choice)
            proof = view.proof
            if proof is None or proof.is_flawed or view.is_building or view.trouble or proof in looked_at:
                return None
            looked_at[:] = [proof]
            return view if word in " ".join(page_texts(proof.content)) else None

        return self.until(look)

    def until_in_trouble(self, choice: Choice) -> View:
        """Wait until a choice, which is looked at meanwhile, is in trouble."""

        def look() -> View | None:
            self.board.ask(choice)
            view = self.board.view(choice)
            return view if view.trouble and not view.is_building else None

        return self.until(look)

    def until_quiet(self) -> None:
        """Wait until all files were looked after as they are now."""
        count = len(self.told.outcomes)
        self.until(lambda: len(self.told.outcomes) > count)


@contextmanager
def watching() -> Iterator[LiveWatch]:
    """Watch all guides under `guides/` as the command does."""
    told = Recorder()
    with Watch(
        find_targets=lambda: find_targets(()),
        load_settings=lambda: load_settings(Path(), os.environ),
        output=None,
        port=0,
        wants_polling=False,
        reporter=told,
    ) as watch:
        yield LiveWatch(board=watch.board, told=told)


def choice_of(source: Path, audience: Audience = Audience.PARTICIPANT, paper: Paper = Paper.LETTER) -> Choice:
    """Give the choice of a session's file or a guide's folder."""
    return Choice(source=source, audience=audience, paper=paper)


def session_text(title: str, body: str) -> str:
    """Write a session."""
    return f"{HEADER.replace('The common well', title)}\n{body}\n"


def _content_with(path: Path, word: str) -> bytes | None:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    return content if word in " ".join(page_texts(content)) else None
