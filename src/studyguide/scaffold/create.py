"""Write the files of a new guide.

Comes in: its title and the date of its first meeting. Goes out: the folder. What exists is never overwritten.
"""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from importlib.resources import files
from typing import TYPE_CHECKING

from studyguide.errors import PublishError, UsageError

if TYPE_CHECKING:
    import datetime
    from pathlib import Path

LONGEST_NAME = 60
"""Characters of a folder's name: long enough to tell guides apart, short enough for any disk."""


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
    words = {'"@TITLE@"': json.dumps(title, ensure_ascii=False), "@DATE@": today.isoformat()}
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
    return name


def _write_files(folder: Path, words: dict[str, str], session_name: str) -> None:
    for name in ("sessions", "images", "inserts"):
        (folder / name).mkdir(parents=True)
    for source, target in (
        ("guide.md", "guide.md"),
        ("session.md", f"sessions/{session_name}"),
        ("gitignore", ".gitignore"),
    ):
        text = (files("studyguide.scaffold") / source).read_text(encoding="utf-8")
        for token, word in words.items():
            text = text.replace(token, word)
        (folder / target).write_text(text, encoding="utf-8")
