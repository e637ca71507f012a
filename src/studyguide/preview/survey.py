"""What is known of guides and sessions without building them: titles, days, and which files each of them is made of.

Comes in: targets, what a reading found. Goes out: the shelves that the page lists, and all files that are watched.
Left to others: when there is time to read (`live`), what a file means (`reader`).
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studyguide.errors import ManuscriptError
from studyguide.model.guide import Audience, Paper
from studyguide.model.layout import GUIDE_FILE, SESSIONS_FOLDER
from studyguide.preview.board import Entry, Shelf
from studyguide.reader import read_manuscript
from studyguide.targets import sessions_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from studyguide.artifacts import Manuscript
    from studyguide.targets import Target


@dataclass(frozen=True, slots=True, kw_only=True)
class _GuideFacts:
    title: str
    slug: str
    audiences: tuple[Audience, ...]
    papers: tuple[Paper, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _SessionFacts:
    """What a reading of one session found; `seen` is what its own file and `guide.md` held then."""

    title: str
    day: str
    depends_on: tuple[Path, ...]
    seen: tuple[str, ...]


class Survey:
    """What is known so far; a session that was read and has not changed is not read again."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._guides: dict[Path, _GuideFacts] = {}
        self._sessions: dict[Path, _SessionFacts] = {}

    def read(self, target: Target, session: Path, seen: tuple[str, ...]) -> None:
        """Read a session for what is listed of it."""
        try:
            self.learn(read_manuscript(target.folder, session=session), session, seen)
        except ManuscriptError as failure:
            self.learn_failure(failure, session, seen)

    @property
    def known_sessions(self) -> AbstractSet[Path]:
        """The sessions of which something is known: another text of one of them says nothing new of the others."""
        return self._sessions.keys()

    def learn(self, manuscript: Manuscript, session: Path, seen: tuple[str, ...]) -> bool:
        """Take over what a reading of one session found, and say whether it is listed or watched in another way now."""
        guide = manuscript.guide
        facts = _GuideFacts(title=guide.title, slug=guide.slug, audiences=guide.audiences, papers=guide.papers)
        is_other_guide = facts != self._guides.get(manuscript.folder)
        self._guides[manuscript.folder] = facts
        (read,) = guide.sessions
        is_other_session = self._keep(
            session,
            _SessionFacts(
                title=read.title,
                day=read.date.isoformat(),
                depends_on=(*manuscript.sources, *manuscript.named_files),
                seen=seen,
            ),
        )
        return is_other_guide or is_other_session

    def learn_failure(self, failure: ManuscriptError, session: Path, seen: tuple[str, ...]) -> bool:
        """Take over what a reading needed that found errors, and say the same; the title that was known stays."""
        known = self._sessions.get(session)
        facts = _SessionFacts(
            title=known.title if known else _name(session),
            day=known.day if known else _day_in(session.stem),
            depends_on=failure.sources,
            seen=seen,
        )
        return self._keep(session, facts)

    def add_files(self, session: Path, files: Iterable[Path]) -> None:
        """Have more files watched for a session, until it is read."""
        known = self._sessions.get(session)
        if known is None:
            known = _SessionFacts(title=_name(session), day="", depends_on=(session,), seen=())
        depends_on = tuple(dict.fromkeys((*known.depends_on, *files)))
        self._sessions[session] = replace(known, depends_on=depends_on, seen=())

    def is_known(self, session: Path, seen: tuple[str, ...]) -> bool:
        """Whether this session was read when it was as it is now."""
        return session in self._sessions and self._sessions[session].seen == seen

    def depends_on(self, session: Path) -> tuple[Path, ...]:
        """Give the files that a session was made of when it was read last."""
        return self._sessions[session].depends_on if session in self._sessions else (session,)

    def shelves(self, targets: Iterable[Target]) -> tuple[Shelf, ...]:
        """Give the guides with their sessions, in the order of their days, the whole guide first."""
        return tuple(self._shelf(target) for target in targets)

    def files_to_watch(self, targets: Iterable[Target]) -> frozenset[Path]:
        """Give the author's files that a build reads, and those whose coming would change it."""
        paths: set[Path] = set()
        for target in targets:
            paths |= {target.folder / GUIDE_FILE, target.folder / SESSIONS_FOLDER}
            for session in sessions_of(target):
                paths |= {session, *self.depends_on(session)}
        return frozenset(paths)

    def _keep(self, session: Path, facts: _SessionFacts) -> bool:
        known, self._sessions[session] = self._sessions.get(session), facts
        return known is None or replace(known, seen=facts.seen) != facts

    def _shelf(self, target: Target) -> Shelf:
        facts = self._guides.get(target.folder) or _GuideFacts(
            title=target.folder.name,
            slug=target.folder.resolve().name,
            audiences=(Audience.PARTICIPANT,),
            papers=(Paper.LETTER,),
        )
        sessions = [self._entry(facts, session) for session in sessions_of(target)]
        whole = Entry(name=facts.slug, title=facts.title, day="", source=target.folder, is_whole_guide=True)
        entries = sorted(sessions, key=lambda each: (each.day, each.name))
        if target.session is None and sessions:
            entries.insert(0, whole)
        return Shelf(title=facts.title, entries=tuple(entries), audiences=facts.audiences, papers=facts.papers)

    def _entry(self, facts: _GuideFacts, session: Path) -> Entry:
        known = self._sessions.get(session)
        return Entry(
            name=f"{facts.slug}/{_name(session)}",
            title=known.title if known else _name(session),
            day=known.day if known else _day_in(session.stem),
            source=session,
            is_whole_guide=False,
        )


def _name(session: Path) -> str:
    """Give what a session is called in the list and in addresses: text, also where its file's name is none."""
    return session.stem.encode(errors="backslashreplace").decode()


def _day_in(name: str) -> str:
    """Give the day that a file's name begins with, until its header is known."""
    try:
        return datetime.date.fromisoformat(name[:10]).isoformat()
    except ValueError:
        return ""
