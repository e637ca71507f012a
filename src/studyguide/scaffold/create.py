"""Write the files of a new guide.

Comes in: its title and the date of its first meeting. Goes out: the folder. What exists is never overwritten.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import unicodedata
from contextlib import suppress
from importlib.resources import files
from typing import TYPE_CHECKING

from studyguide.errors import PublishError, UsageError
from studyguide.publish import publish_new

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence
    from pathlib import Path

FOLDERS = ("sessions", "images", "inserts")
LONGEST_NAME = 60
"""Characters of a folder's name: long enough to tell guides apart, short enough for any disk."""

_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])")
"""Names that Windows keeps for devices: no folder there can have them."""


def create_guide(title: str, *, guides_folder: Path, today: datetime.date) -> Path:
    """Make `guides_folder/<name>/` with a header, a first session, and a .gitignore that keeps addresses out of git.

    Raises:
        UsageError: when the title has no letters to make a folder's name of, or the folder exists.
        PublishError: when it cannot be written.
    """
    title = " ".join(title.split())
    if not title or not title.isprintable():
        raise UsageError("the name of the guide is empty or has invisible characters", hint="type it anew")
    folder = guides_folder / folder_name(title)
    if folder.exists():
        raise UsageError(f'"{folder}" is there already', hint="give another name, or remove the folder first")
    words = {'"@TITLE@"': _quoted(title), "@DATE@": today.isoformat()}
    try:
        _write_files(folder, words, f"{today.isoformat()}-first-meeting.md")
    except OSError as problem:
        shutil.rmtree(folder, ignore_errors=True)
        raise PublishError(f'"{folder}" cannot be written: {problem.strerror}', hint="try another folder") from problem
    return folder


def folder_name(title: str) -> str:
    """Make a plain folder name of a title: lower-case letters of any script, digits and hyphens.

    Raises:
        UsageError: when nothing is left.
    """
    plain = "".join(each for each in unicodedata.normalize("NFKD", title) if not unicodedata.combining(each))
    recomposed = unicodedata.normalize("NFC", plain).casefold()
    name = re.sub(r"[\W_]+", "-", recomposed).strip("-")[:LONGEST_NAME].strip("-")
    if not name:
        raise UsageError(f'no folder can be named after "{title}"', hint="use a name with letters in it")
    return f"{name}-guide" if _DEVICES.fullmatch(name) else name


def guide_text(*, title: str, group: str, language: str, book: str, authors: tuple[str, ...]) -> str:
    """Write the guide.md of a guide that is known by its notes; what they do not say is left out."""
    facts = [("title", title), ("group", group), ("language", language)]
    lines = ["format: studyguide/1", *(f"{name}: {_quoted(value)}" for name, value in facts if value)]
    if book:
        lines += ["book:", f"  title: {_quoted(book)}"]
        lines += [f"  authors: [{', '.join(_quoted(each) for each in authors)}]"] if authors else []
    return "\n".join(("---", *lines, "---", ""))


def write_guide(folder: Path, header: str) -> tuple[Path, ...]:
    """Make the folders of a guide with this guide.md and no session; what exists is not touched.

    What was made is given back, the outermost folder first; see `remove_made`.

    Raises:
        PublishError: when it cannot be written; then nothing new is left.
    """
    made: list[Path] = []
    try:
        for name in FOLDERS:
            made += _make_folder(folder / name)
        for name, text in ((".gitignore", _template("gitignore")), ("guide.md", header)):
            if not os.path.lexists(folder / name):
                publish_new(text.encode(), folder / name)
                made.append(folder / name)
    except (OSError, PublishError) as problem:
        remove_made(made)
        if isinstance(problem, PublishError):
            raise
        reason = (problem.strerror or "it is in the way of something").lower()
        raise PublishError(f'"{folder}" cannot be written: {reason}', hint="try another folder") from problem
    return tuple(made)


def remove_made(made: Sequence[Path]) -> None:
    """Remove files and folders that were just made; a folder that holds something else by now stays."""
    for path in reversed(made):
        with suppress(OSError):
            path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()


def _make_folder(folder: Path) -> list[Path]:
    """Make a folder and those around it that are missing; give these, the outermost first."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing[::-1]


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _template(name: str) -> str:
    return (files("studyguide.scaffold") / name).read_text(encoding="utf-8")


def _write_files(folder: Path, words: dict[str, str], session_name: str) -> None:
    for name in FOLDERS:
        (folder / name).mkdir(parents=True)
    for source, target in (
        ("guide.md", "guide.md"),
        ("session.md", f"sessions/{session_name}"),
        ("gitignore", ".gitignore"),
    ):
        text = _template(source)
        for token, word in words.items():
            text = text.replace(token, word)
        (folder / target).write_text(text, encoding="utf-8")
