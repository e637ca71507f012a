"""Guides written to a folder for tests, and what the reader says about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.errors import ManuscriptError
from studyguide.reader import read_manuscript

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from studyguide.artifacts import Manuscript
    from studyguide.model.guide import Part, Session

GUIDE = """\
---
format: studyguide/1
title: Commons Reader
group: Riverside Reading Group
language: en
book:
  title: Commons Reader
  authors: [A. Writer]
  year: 2021
  pages: 1-560
---
"""
GUIDE_OF_BOOKS = GUIDE.replace(
    "book:\n  title: Commons Reader\n  authors: [A. Writer]\n  year: 2021\n  pages: 1-560\n",
    "books:\n  reader: {title: Commons Reader, pages: 1-560}\n  sheds: {title: Seeds and sheds, pages: 1-80}\n",
)
HEADER = """\
---
format: studyguide/1
title: The common well
date: 2026-05-12
participants: [Ana, Ben, Chidi]
pages: 423-490
---
"""
HEADER_LINES = HEADER.count("\n")
"""The body of a session that `write_session` writes starts on the line after these."""

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
JPEG = b"\xff\xd8\xff\xe0" + bytes(20)
PDF = b"%PDF-1.4\n%%EOF\n"


def write_guide(folder: Path, *, guide: str = GUIDE, sessions: Mapping[str, str] | None = None) -> Path:
    """Write a guide with its sessions, file name -> text, and give its folder."""
    (folder / "sessions").mkdir(parents=True, exist_ok=True)
    (folder / "guide.md").write_text(guide, encoding="utf-8")
    for name, text in ({"01-well.md": HEADER} if sessions is None else sessions).items():
        (folder / "sessions" / name).write_text(text, encoding="utf-8", newline="")
    return folder


def read_text(folder: Path, session: str, *, guide: str = GUIDE) -> Manuscript:
    """Read a guide of one session with this text."""
    return read_manuscript(write_guide(folder, guide=guide, sessions={"01-well.md": session}))


def read_session(folder: Path, body: str, *, header: str = HEADER, guide: str = GUIDE) -> Session:
    """Read one session with this body."""
    return read_text(folder, header + body, guide=guide).guide.sessions[0]


def read_part(folder: Path, body: str, *, guide: str = GUIDE) -> Part:
    """Read a session of one part."""
    (part,) = read_session(folder, body, guide=guide).parts
    return part


def list_problems(folder: Path, session: str | None = None) -> list[str]:
    """Print all errors and warnings of a guide as a person sees them, its folder written as `guide`."""
    try:
        problems = read_manuscript(folder, session=None if session is None else folder / session).warnings
    except ManuscriptError as failure:
        problems = failure.diagnostics
    return [str(each).replace(str(folder), "guide") for each in problems]


def problems_of(folder: Path, text: str, *, guide: str = GUIDE) -> list[str]:
    """Print all errors and warnings of a guide whose one session has this text."""
    return list_problems(write_guide(folder, guide=guide, sessions={"01-well.md": text}))


def problems_in_body(folder: Path, body: str, *, guide: str = GUIDE) -> list[str]:
    """Print all errors and warnings of a session with this body."""
    return problems_of(folder, HEADER + body, guide=guide)
