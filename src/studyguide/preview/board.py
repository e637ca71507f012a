"""What there is to show: the newest proof of each choice, what is wrong with it, and a version number.

Comes in: what the live loop made or could not make. Goes out: a `View` of one choice. One thread writes, others read.
Left to others: making proofs (`live`), showing them (`server`).
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable
    from pathlib import Path

    from studyguide.artifacts import PageFacts, Places
    from studyguide.diagnostics import Diagnostic
    from studyguide.model.guide import Audience, Paper

MOST_PROOFS = 12
"""How many proofs are kept in memory, a few MB each at most; the one that was looked at longest ago goes first.

Those that pages look at stay, however many.
"""

WANTED_SECONDS = 60.0
"""How long after its last question a page counts as open: it asks again every 25 s."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which proof a page looks at: `source` is a session file, or a guide's folder for the whole guide."""

    source: Path
    audience: Audience
    paper: Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A PDF to look at; `file_name` is what it is called in build/.

    `is_flawed`: TeX stumbled, so the pages are not what will be printed, and they stand only here.
    `changed` are the pages, from 0, that differ from all pages of the proof before. `find_places` says where the lines
    of the author's stand on them, when somebody asks.
    """

    choice: Choice
    file_name: str
    content: bytes
    pages: tuple[PageFacts, ...]
    find_places: Callable[[], Places] | None
    made_at: datetime.datetime
    is_flawed: bool = False
    changed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the list: `name` is what addresses call it; the whole guide is an entry, too."""

    name: str
    title: str
    day: str
    source: Path
    is_whole_guide: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """A guide, its sessions in order, for whom and on what it is printed: the first of each is the usual one."""

    title: str
    entries: tuple[Entry, ...]
    audiences: tuple[Audience, ...]
    papers: tuple[Paper, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why the newest state cannot be shown: one sentence, its advice, and the places in the author's files."""

    message: str
    hint: str
    problems: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """All that a page shows of one choice. `stale_since`: when the sources went past the proof that is shown."""

    version: int
    shelves: tuple[Shelf, ...]
    proof: Proof | None
    warnings: tuple[Diagnostic, ...]
    trouble: Trouble | None
    stale_since: datetime.datetime | None
    is_building: bool
    edited: str
    watching: str
    errand: str


@dataclass(slots=True, kw_only=True)
class _State:
    """What is known of one choice. `before` is the proof before: a page may still be fetching pictures of it."""

    proof: Proof | None = None
    before: Proof | None = None
    warnings: tuple[Diagnostic, ...] = ()
    trouble: Trouble | None = None
    stale_since: datetime.datetime | None = None
    is_building: bool = False
    asked_at: float = field(default=float("-inf"))


class Board:
    """The state of the preview; every change counts `version` up and tells those who listen."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic, now: Callable[[], datetime.datetime]) -> None:
        """Begin empty, at version 1; `clock` gives seconds, `now` the time of day that is shown."""
        self._clock = clock
        self._now = now
        self._changed = threading.Condition()
        self._version = 1
        self._shelves: tuple[Shelf, ...] = ()
        self._states: OrderedDict[Choice, _State] = OrderedDict()
        self._edited = ""
        self._watching = ""
        self._errand = ""
        self._listeners: list[Callable[[], None]] = []

    @property
    def version(self) -> int:
        """The number of the newest change."""
        with self._changed:
            return self._version

    @property
    def shelves(self) -> tuple[Shelf, ...]:
        """The guides that are watched."""
        with self._changed:
            return self._shelves

    def listen(self, listener: Callable[[], None]) -> None:
        """Have this called after each change, in the thread that made it; it has to return at once."""
        with self._changed:
            self._listeners.append(listener)

    def wait_beyond(self, version: int, timeout_seconds: float) -> int:
        """Wait until there is something newer than this version, or the time is over, and give the newest version."""
        with self._changed:
            self._changed.wait_for(lambda: self._version > version, timeout_seconds)
            return self._version

    def find(self, name: str) -> tuple[Shelf, Entry] | None:
        """Give the entry of this name and its shelf, if there is one."""
        with self._changed:
            return next(
                ((shelf, entry) for shelf in self._shelves for entry in shelf.entries if entry.name == name), None
            )

    def ask(self, choice: Choice) -> None:
        """Say that a page looks at this choice, so that it is kept fresh; listeners hear of one that is new."""
        with self._changed:
            state = self._state(choice)
            is_new = self._clock() - state.asked_at > WANTED_SECONDS
            state.asked_at = self._clock()
            listeners = tuple(self._listeners) if is_new else ()
        for listener in listeners:
            listener()

    def wanted(self) -> tuple[Choice, ...]:
        """Give the choices that pages look at, the newest question first."""
        with self._changed:
            now = self._clock()
            asked = [(state.asked_at, choice) for choice, state in self._states.items()]
        recent = [each for each in asked if now - each[0] <= WANTED_SECONDS]
        return tuple(choice for _, choice in sorted(recent, key=lambda each: -each[0]))

    def holds(self, choice: Choice) -> bool:
        """Whether there is something to show of a choice: a proof, or why there is none."""
        with self._changed:
            state = self._states.get(choice)
            return state is not None and (state.proof is not None or state.trouble is not None)

    def proofs(self) -> tuple[Proof, ...]:
        """Give all proofs that are held, whoever looks at them, and of each choice the one before."""
        with self._changed:
            held = (each for state in self._states.values() for each in (state.proof, state.before))
            return tuple(each for each in held if each is not None)

    def view(self, choice: Choice | None) -> View:
        """Give all there is to say about a choice."""
        with self._changed:
            state = self._states.get(choice, _State()) if choice else _State()
            return View(
                version=self._version,
                shelves=self._shelves,
                proof=state.proof,
                warnings=state.warnings,
                trouble=state.trouble,
                stale_since=state.stale_since,
                is_building=state.is_building,
                edited=self._edited,
                watching=self._watching,
                errand=self._errand,
            )

    def put_shelves(self, shelves: tuple[Shelf, ...]) -> None:
        """Say which guides and sessions there are."""
        with self._changed:
            is_other = shelves != self._shelves
            self._shelves = shelves
        if is_other:
            self._tell()

    def say(self, *, watching: str | None = None, errand: str | None = None, edited: str | None = None) -> None:
        """Say how changes are noticed, what is made in the quiet, and which entry was edited last."""
        with self._changed:
            before = (self._watching, self._errand, self._edited)
            self._watching = self._watching if watching is None else watching
            self._errand = self._errand if errand is None else errand
            self._edited = self._edited if edited is None else edited
            is_other = before != (self._watching, self._errand, self._edited)
        if is_other:
            self._tell()

    def begin(self, choice: Choice) -> None:
        """Say that a newer proof of a choice is being made: the one that is shown is stale from now on."""
        with self._changed:
            state = self._state(choice)
            state.is_building = True
            _grow_stale(state, self._now())
        self._tell()

    def show(self, proof: Proof, warnings: tuple[Diagnostic, ...]) -> None:
        """Show a proof of the newest state."""
        with self._changed:
            state = self._state(proof.choice)
            _put(state, proof)
            state.warnings, state.trouble = warnings, None
            state.stale_since, state.is_building = None, False
            self._make_room()
        self._tell()

    def fail(self, choice: Choice, trouble: Trouble, flawed: Proof | None = None) -> None:
        """Say why there is no proof of the newest state; a flawed one is shown, else the last good one stays."""
        with self._changed:
            state = self._state(choice)
            state.trouble, state.is_building = trouble, False
            _grow_stale(state, self._now())
            if flawed is not None:
                _put(state, flawed)
        self._tell()

    def leave(self, choice: Choice) -> None:
        """Say that nothing is being made of a choice any more, and nothing is new."""
        with self._changed:
            state = self._state(choice)
            state.is_building = False
            if state.trouble is None:
                state.stale_since = None
        self._tell()

    def _state(self, choice: Choice) -> _State:
        state = self._states.setdefault(choice, _State())
        self._states.move_to_end(choice)
        return state

    def _make_room(self) -> None:
        now = self._clock()
        forgotten = [choice for choice, state in self._states.items() if now - state.asked_at > WANTED_SECONDS]
        for choice in forgotten[: max(len(self._states) - MOST_PROOFS, 0)]:
            del self._states[choice]

    def _tell(self) -> None:
        with self._changed:
            self._version += 1
            listeners = tuple(self._listeners)
            self._changed.notify_all()
        for listener in listeners:
            listener()


def _put(state: _State, proof: Proof) -> None:
    state.proof, state.before = replace(proof, changed=_changed_pages(state.proof, proof)), state.proof


def _grow_stale(state: _State, now: datetime.datetime) -> None:
    if state.proof is not None and state.stale_since is None:
        state.stale_since = now


def _changed_pages(old: Proof | None, new: Proof) -> tuple[int, ...]:
    if old is None:
        return ()
    known = {page.digest for page in old.pages}
    return tuple(number for number, page in enumerate(new.pages) if page.digest not in known)
