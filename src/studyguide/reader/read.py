"""read: a folder of Markdown becomes a checked manuscript.

Comes in: a guide's folder, perhaps one session. Goes out: a `Manuscript`, or every problem of every file at once.
Left to others: each file's header (`headers`) and body (`parts`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studyguide.artifacts import Manuscript
from studyguide.diagnostics import Diagnostic, Severity, SourceSpan, error, warning
from studyguide.errors import ManuscriptError
from studyguide.model.layout import GUIDE_FILE, SESSIONS_FOLDER, is_session_file
from studyguide.reader.assemble import make_guide, make_session, with_sessions
from studyguide.reader.blocks import read_blocks
from studyguide.reader.check_marks import find_body_line, take_marks
from studyguide.reader.context import GuideFacts
from studyguide.reader.definitions import close_file, open_file
from studyguide.reader.explain import count, quote
from studyguide.reader.fences import rewrite_fences
from studyguide.reader.front_matter import FrontMatter, read_front_matter
from studyguide.reader.guide_header import make_books
from studyguide.reader.headers import FORMAT, GuideHeader, Header, SessionHeader, check_header
from studyguide.reader.parts import read_parts
from studyguide.reader.source import Source, clean_source, read_source

if TYPE_CHECKING:
    from pathlib import Path

    from studyguide.model.guide import Guide, Session

_LEADING_NUMBER = re.compile(r"^(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]+)[-_. ]+")


@dataclass(slots=True, kw_only=True)
class _Findings:
    """What has been read so far, or looked for in vain, and what is wrong with it."""

    sources: list[Path] = field(default_factory=list)
    named_files: list[Path] = field(default_factory=list)
    listed_folders: list[Path] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)


def read_manuscript(folder: Path, *, session: Path | None = None) -> Manuscript:
    """Read a guide with all its sessions in date order, or with the one session given.

    Raises:
        ManuscriptError: with all problems of all files, when one of them is an error, and with what was read.
    """
    findings = _Findings()
    guide = _read_guide_and_sessions(folder, session, findings)
    problems = _in_order(findings)
    errors = [each for each in problems if each.severity is Severity.ERROR]
    named = tuple(dict.fromkeys(findings.named_files))
    if errors or guide is None:
        files = len({each.span.path for each in errors})
        message = f"{count(len(errors), 'error')} in {count(files, 'file')} of {folder}"
        read = (*findings.sources, *named, *findings.listed_folders)
        raise ManuscriptError(message, diagnostics=problems, sources=read)
    return Manuscript(
        guide=guide,
        folder=folder,
        sources=tuple(findings.sources),
        named_files=named,
        listed_folders=tuple(findings.listed_folders),
        warnings=problems,
    )


def check_manuscript(folder: Path, *, session: Path | None = None) -> tuple[Diagnostic, ...]:
    """List every error and every warning of a guide, or of the one session given; nothing is raised."""
    findings = _Findings()
    _read_guide_and_sessions(folder, session, findings)
    return _in_order(findings)


def _in_order(findings: _Findings) -> tuple[Diagnostic, ...]:
    """Sort problems by file in the order read, then by place; say the same thing once."""
    files = {path: number for number, path in enumerate(findings.sources)}
    problems = dict.fromkeys(findings.problems)
    return tuple(sorted(problems, key=lambda each: (files.get(each.span.path, -1), each.span.line, each.span.column)))


def _read_guide_and_sessions(folder: Path, session: Path | None, findings: _Findings) -> Guide | None:
    guide, facts = _read_guide(folder, findings)
    paths = _list_sessions(folder, findings) if session is None else [session]
    sessions: list[Session] = []
    for path in paths:
        read = _read_session(path, facts, findings)
        if read is not None:
            sessions.append(read)
    findings.problems.extend(_find_twins(sessions))
    return with_sessions(guide, tuple(sessions)) if guide is not None else None


def _list_sessions(folder: Path, findings: _Findings) -> list[Path]:
    place = folder / SESSIONS_FOLDER
    findings.listed_folders.append(place)
    try:
        names = sorted(each.name for each in place.iterdir())
    except OSError:
        span = SourceSpan(path=folder / GUIDE_FILE)
        findings.problems.append(
            warning(span, f"the guide has no folder `{SESSIONS_FOLDER}`", "put a file for each meeting there")
        )
        return []
    paths = [place / name for name in names if is_session_file(name)]
    if not paths:
        span = SourceSpan(path=folder / GUIDE_FILE)
        findings.problems.append(
            warning(span, "the guide has no session yet", f"put a file for each meeting into `{SESSIONS_FOLDER}/`")
        )
    return paths


def _open_source(path: Path, folder: Path, findings: _Findings) -> tuple[FrontMatter, Source] | None:
    """Read a file and take its header off; None when its characters cannot be trusted."""
    findings.sources.append(path)
    try:
        source, problems = clean_source(read_source(path, folder=folder), path)
    except ManuscriptError as failure:
        findings.problems.extend(failure.diagnostics)
        return None
    findings.problems.extend(problems)
    if problems:
        return None
    source, marks = take_marks(source, find_body_line(source))
    front = read_front_matter(source)
    source, fence_problems = rewrite_fences(source, front.body_line)
    findings.problems.extend((*marks, *front.problems, *fence_problems))
    return front, source


def _check_header(kind: type[Header], front: FrontMatter, source: Source, findings: _Findings) -> Header | None:
    if front.fields is None:
        return None
    header, problems = check_header(kind, front.fields)
    findings.problems.extend(problems)
    if front.fields.find("format") is None:
        hint = f"write `format: {FORMAT}` first in the header"
        findings.problems.append(warning(source.span(1), "`format` is missing", hint))
    return header


def _read_guide(folder: Path, findings: _Findings) -> tuple[Guide | None, GuideFacts]:
    """Read guide.md; where it cannot be read, the sessions still can, with nothing known of it."""
    facts = GuideFacts(folder=folder, language="en", books=())
    path = folder / GUIDE_FILE
    if not path.exists() and not path.is_symlink():
        findings.sources.append(path)
        hint = "give the folder of a guide, or start one with `studyguide new`"
        findings.problems.append(error(SourceSpan(path=path), f"there is no `{GUIDE_FILE}` in the folder", hint))
        return None, facts
    opened = _open_source(path, folder, findings)
    if opened is None:
        return None, facts
    front, source = opened
    header = _check_header(GuideHeader, front, source, findings)
    if header is not None:
        facts = GuideFacts(folder=folder, language=header.language, books=make_books(header))
    context = open_file(source, front.body_line, facts)
    guide = None
    if header is not None and front.fields is not None:
        guide = make_guide(folder, header, front.fields, context)
    else:
        read_blocks(context, context.markdown.blocks)
    close_file(context)
    findings.named_files.extend(context.named_files)
    findings.problems.extend(context.problems)
    return guide, facts


def _read_session(path: Path, facts: GuideFacts, findings: _Findings) -> Session | None:
    """Read a session; where its header is wrong, its body is still read for what is wrong there."""
    opened = _open_source(path, facts.folder, findings)
    if opened is None:
        return None
    front, source = opened
    header = _check_header(SessionHeader, front, source, findings)
    context = open_file(source, front.body_line, facts)
    session = None
    if header is not None and front.fields is not None:
        session = make_session(path.stem, header, front.fields, context)
    else:
        read_parts(context)
    close_file(context)
    findings.named_files.extend(context.named_files)
    findings.problems.extend(context.problems)
    return session


def _find_twins(sessions: list[Session]) -> list[Diagnostic]:
    """Find sessions of one day with one name: by file name without its number, or by title."""
    problems: list[Diagnostic] = []
    for index, one in enumerate(sessions):
        for other in sessions[:index]:
            if one.date == other.date and (
                _name(one.slug) == _name(other.slug) or _name(one.title) == _name(other.title)
            ):
                for each, twin in ((other, one), (one, other)):
                    message = f"two sessions have one date and one name: {each.date} {quote(each.title)}"
                    problems.append(
                        error(each.span, message, f"the other one is {twin.span.path}: change one of the two")
                    )
    return problems


def _name(words: str) -> str:
    return "-".join(re.findall(r"\w+", _LEADING_NUMBER.sub("", words).casefold()))
