"""What need not be made again: a small record of what was built from what, by content.

Comes in: files and what was made of them. Goes out: the publications that still hold, and TeX's notes for the next run.
Dates of files decide nothing, their bytes do. Left to others: making anything (`build`).
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studyguide import __version__
from studyguide.artifacts import Publication
from studyguide.model.guide import Audience, Paper
from studyguide.store import Store, diagnostic_from, read_sealed, write_sealed, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from studyguide.diagnostics import Diagnostic

MOST_RECORDS = 4000
"""How many records of a kind are kept, some ten MB in all; those that were not written for longest go first."""

MISSING = "missing"
"""Stands for the content of a file that is not there, so that its coming back is noticed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One file that was made: from which document (its digest), with which content, and what to say about it."""

    document: str
    content: str
    publication: Publication


def digest(parts: Iterable[bytes]) -> str:
    """Give one digest for several byte strings in order, each told apart from the next."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big"))
        whole.update(part)
    return whole.hexdigest()


def digest_file(path: Path) -> str:
    """Give the digest of a file's content; a folder's is that of the names in it."""
    try:
        if path.is_dir():
            return digest(sorted(os.fsencode(entry.name) for entry in path.iterdir()))
        if not path.is_file():
            return MISSING
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return MISSING


def digest_folders(folders: Iterable[Path], *, enters: Callable[[Path], bool] = lambda _: True) -> dict[Path, str]:
    """Give the digest of every folder and file in some folders, hidden ones and Python's own caches left out.

    `enters` says which of them are wanted; the others are not read.
    """
    paths = (path for folder in folders for path in (folder, *sorted(_visible_files(folder))))
    return {path: digest_file(path) for path in paths if enters(path)}


def fingerprint(paths: Iterable[Path]) -> str:
    """Give one digest of files and whole folders by place, size and date, where reading them would take too long."""
    lines = (line for path in paths for line in (_identity(path), *_identities_in(path)))
    return hashlib.sha256(os.fsencode("\n".join(lines))).hexdigest()


def _identities_in(folder: Path | str) -> Iterator[str]:
    # Not as paths: among a thousand fonts they would take three times as long, and every build waits for this.
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if not entry.name.startswith((".", "__")):
            yield _identity(entry)
            if entry.is_dir(follow_symlinks=False):
                yield from _identities_in(entry.path)


def _identity(file: Path | os.DirEntry[str]) -> str:
    try:
        facts = file.stat()
    except OSError:
        return os.fspath(file)
    # A folder's date changes with every cache that somebody puts into it.
    is_folder = stat.S_ISDIR(facts.st_mode)
    return os.fspath(file) if is_folder else f"{os.fspath(file)} {facts.st_size} {facts.st_mtime_ns}"


def _visible_files(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith((".", "__"))]
        yield from (Path(parent, name) for name in (*folders, *files) if not name.startswith("."))


class BuildCache:
    """The records of one output folder, kept in `.studyguide/` inside it.

    A damaged or foreign record is no record: the worst that can happen is that something is built again.
    `circumstances` stand for all that enters every file besides its sources; `store` has what was made before.
    """

    def __init__(self, output: Path, *, circumstances: str = "") -> None:
        """Use the records of this output folder; nothing is read or written yet."""
        self._folder = output / ".studyguide"
        self.circumstances = circumstances
        self.store = Store(self._folder / "store")

    def recall_request(
        self, request: str, seen: dict[str, str] | None = None
    ) -> tuple[tuple[Publication, ...], tuple[Diagnostic, ...]] | None:
        """Give what an earlier, equal request made and warned of, if all that it read and wrote is still the same.

        `seen` remembers the digests of inputs, for requests of one run that are made of many the same.
        """
        digests = {} if seen is None else seen
        entry = self._load(self._request_path(request))
        inputs, outputs, said = entry.get("inputs"), entry.get("outputs"), entry.get("warnings")
        if not (isinstance(inputs, dict) and isinstance(outputs, dict) and isinstance(said, list)):
            return None
        if entry.get("version") != __version__:
            return None
        if any(_digest_once(str(path), digests) != content for path, content in inputs.items()):
            return None
        found = [self.recall_publication(Path(str(path)), str(document)) for path, document in outputs.items()]
        publications = tuple(each for each in found if each is not None)
        if len(publications) < len(found):
            return None
        return publications, tuple(diagnostic_from(each) for each in said)

    def remember_request(
        self, request: str, inputs: dict[Path, str], outputs: Iterable[Path], warnings: Iterable[Diagnostic]
    ) -> None:
        """Keep what a request read, wrote and warned of."""
        records = {path: self._load_record(path) for path in outputs}
        entry: dict[str, object] = {
            "version": __version__,
            "inputs": {str(path): content for path, content in inputs.items()},
            "outputs": {str(path): record.document if record else "" for path, record in records.items()},
            "warnings": [asdict(each) for each in warnings],
        }
        self._save(self._request_path(request), entry)
        for folder in ("requests", "records", "auxiliary"):
            _make_room(self._folder / folder)

    def recall_publication(self, output: Path, document: str) -> Publication | None:
        """Give the publication at a path, if it was made of the same document and is still there as it was made."""
        record = self._load_record(output)
        if record and record.document == document and digest_file(output) == record.content:
            return record.publication
        return None

    def remember_publication(self, document: str, content: bytes, publication: Publication) -> None:
        """Keep what was made of a document."""
        record = Record(document=document, content=hashlib.sha256(content).hexdigest(), publication=publication)
        self._save(self._record_path(publication.path), asdict(record))

    def recall_auxiliary(self, output: Path) -> bytes | None:
        """Give TeX's notes from the last time that this file was made."""
        return read_sealed(self._auxiliary_path(output))

    def remember_auxiliary(self, output: Path, auxiliary: bytes) -> None:
        """Keep TeX's notes for the next time."""
        write_sealed(self._auxiliary_path(output), auxiliary)

    def _request_path(self, request: str) -> Path:
        name = digest([request.encode(), self.circumstances.encode()])[:32]
        return self._folder / "requests" / f"{name}.json"

    def _record_path(self, output: Path) -> Path:
        return self._folder / "records" / f"{digest([os.fsencode(output)])[:32]}.json"

    def _auxiliary_path(self, output: Path) -> Path:
        return self._folder / "auxiliary" / f"{digest([os.fsencode(output)])[:32]}.aux"

    def _load(self, path: Path) -> dict[str, object]:
        try:
            entry = json.loads(path.read_bytes())
        except (OSError, ValueError):
            return {}
        return entry if isinstance(entry, dict) else {}

    def _load_record(self, output: Path) -> Record | None:
        try:
            return _record_from(self._load(self._record_path(output)))
        except (KeyError, TypeError, ValueError, AttributeError):
            return None

    def _save(self, path: Path, entry: dict[str, object]) -> None:
        write_whole(path, json.dumps(entry, default=str, sort_keys=True).encode())


def _digest_once(path: str, seen: dict[str, str]) -> str:
    if path not in seen:
        seen[path] = digest_file(Path(path))
    return seen[path]


def _make_room(folder: Path) -> None:
    """Remove the oldest records when there are more than are kept."""
    try:
        records = list(folder.iterdir())
        if len(records) <= MOST_RECORDS:
            return
        by_age = sorted(records, key=lambda path: path.stat().st_mtime_ns)
        for path in by_age[: len(records) - MOST_RECORDS]:
            path.unlink(missing_ok=True)
    except OSError:
        # Another build removes them, too, or they are not ours: they only take room.
        return


def _record_from(entry: dict[str, object]) -> Record:
    facts = entry["publication"]
    if not isinstance(facts, dict):
        raise TypeError
    publication = Publication(
        path=Path(facts["path"]),
        source=Path(facts["source"]),
        paper=Paper(facts["paper"]),
        audience=Audience(facts["audience"]),
        page_count=int(facts["page_count"]),
        passes=0,
        milliseconds=0,
        is_cached=True,
        warnings=tuple(diagnostic_from(each) for each in facts["warnings"]),
    )
    return Record(document=str(entry["document"]), content=str(entry["content"]), publication=publication)
