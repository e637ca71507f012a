"""The notes that were named, one after the other: each becomes a session file, or says why it cannot.

Comes in: names of files, where sessions go. Goes out: what was made and what failed.
Left to others: each step (`importing`, `filing`), showing the outcome (`cli`).
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from studyguide.errors import NotesError, StudyGuideError, UsageError
from studyguide.importer.filing import file_session, guide_header, read_language
from studyguide.importer.importing import Imported, import_bytes
from studyguide.importer.proofreading import proofread
from studyguide.publish import publish_new

if TYPE_CHECKING:
    from collections.abc import Sequence

STANDARD_STREAM = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRequest:
    """What was asked for: `into` is a guide, `output` a file or `-`; with neither, the guide follows from the notes."""

    into: Path | None
    output: str | None
    guides_folder: Path
    today: datetime.date


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedFile:
    """A session that was made: `path` is None when it was only to be printed, `guide` when it is in no guide."""

    source: str
    imported: Imported
    text: str
    path: Path | None
    guide: Path | None = None
    is_new_guide: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What was made and what failed, in the order of the notes."""

    files: tuple[ImportedFile, ...]
    failures: tuple[StudyGuideError, ...]


def import_files(names: Sequence[str], request: ImportRequest, *, stream: BinaryIO) -> ImportResult:
    """Import every file of notes; one that fails does not stop the others.

    Raises:
        UsageError: when several sessions would go into one file, or there is no such guide.
        ManuscriptError: when the guide cannot be read.
    """
    if request.output is not None and len(names) > 1:
        raise UsageError("several notes cannot become one file", hint="import them one by one, or into a guide")
    language = read_language(request.into) if request.into is not None else ""
    files: list[ImportedFile] = []
    failures: list[StudyGuideError] = []
    for name in dict.fromkeys(names):
        try:
            files.append(_import_one(name, request, language, stream))
        except StudyGuideError as failure:
            failures.append(_name_failure(name, failure))
    return ImportResult(files=tuple(files), failures=tuple(failures))


def _name_failure(name: str, failure: StudyGuideError) -> StudyGuideError:
    is_named = any(f'"{each}"' in failure.message for each in (name, Path(name)))
    if not isinstance(failure, NotesError) or name == STANDARD_STREAM or is_named:
        return failure
    return NotesError(f"{name}: {failure.message}", hint=failure.hint)


def _import_one(name: str, request: ImportRequest, language: str, stream: BinaryIO) -> ImportedFile:
    from studyguide.importer.intake import read_file, read_stream

    if name == STANDARD_STREAM:
        content, day, title = read_stream(stream), request.today, ""
    else:
        path = Path(name)
        content, title = read_file(path), path.name
        day = _day_of_change(path) or request.today
    imported = import_bytes(content, title, today=day, language=language)
    if request.output is not None:
        return _write_alone(name, imported, request.output)
    filed = file_session(imported, into=request.into, guides_folder=request.guides_folder)
    return ImportedFile(
        source=name,
        imported=imported,
        text=filed.text,
        path=filed.path,
        guide=filed.guide,
        is_new_guide=filed.is_new_guide,
    )


def _day_of_change(path: Path) -> datetime.date | None:
    """Give the day on which a file was last changed; None when it is gone by now, or its clock was far off."""
    try:
        return datetime.datetime.fromtimestamp(path.stat().st_mtime).astimezone().date()
    except (OSError, ValueError, OverflowError):
        return None


def _write_alone(name: str, imported: Imported, output: str) -> ImportedFile:
    text = proofread(imported.text, guide_header(imported.draft))
    if output == STANDARD_STREAM:
        return ImportedFile(source=name, imported=imported, text=text, path=None)
    path = Path(output)
    try:
        publish_new(text.encode(), path)
    except FileExistsError:
        raise NotesError(f'"{path}" is there already', hint="give another name; nothing was written") from None
    return ImportedFile(source=name, imported=imported, text=text, path=path)
