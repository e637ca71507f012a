"""Where an imported session goes: into a guide's folder, under its date and title, and never over another file.

Comes in: an imported session, the guide that was named, or the folder of all guides. Goes out: what was written.
Left to others: the text (`importing`), the files of a new guide (`scaffold`).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studyguide.errors import NotesError, PublishError, UsageError
from studyguide.importer.proofreading import proofread
from studyguide.model.layout import GUIDE_FILE
from studyguide.publish import publish_new
from studyguide.reader.front_matter import HeaderText, read_front_matter
from studyguide.reader.source import clean_source, read_source
from studyguide.scaffold import folder_name, guide_text, remove_made, write_guide

if TYPE_CHECKING:
    from pathlib import Path

    from studyguide.importer.draft import Draft
    from studyguide.importer.importing import Imported

LONGEST_NAME = 80
"""Characters of a file's name: long enough to tell sessions apart, short enough for any disk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """Where a session was put, and whether its guide was made for it."""

    path: Path
    guide: Path
    is_new_guide: bool
    text: str


def read_language(guide: Path) -> str:
    """Give the language of a guide; empty where its header does not say or cannot be read.

    Raises:
        UsageError: when there is no guide.
        ManuscriptError: when guide.md cannot be read at all.
    """
    path = guide / GUIDE_FILE
    # Not `is_file`, which fails itself in a folder of somebody else's.
    if not os.path.isfile(path):  # noqa: PTH113
        raise UsageError(
            f'there is no guide in "{guide}"',
            hint="leave out --into and a guide is made of the notes, or begin one with: studyguide new NAME",
        )
    source, _ = clean_source(read_source(path), path)
    fields = read_front_matter(source).fields
    entry = fields.find("language") if fields is not None else None
    return entry[1].text if entry is not None and isinstance(entry[1], HeaderText) else ""


def file_session(imported: Imported, *, into: Path | None, guides_folder: Path) -> Filed:
    """Put a session into its guide: the one named, or one that bears the book's name, made anew if there is none.

    Raises:
        NotesError: when the session's file exists, or `reader` cannot read what was made of the notes.
        PublishError: when it cannot be written.
    """
    draft = imported.draft
    guide = into if into is not None else guides_folder / _name_guide(draft)
    is_new = not os.path.lexists(guide / GUIDE_FILE)
    header = guide_header(draft) if is_new else read_source(guide / GUIDE_FILE)
    text = proofread(imported.text, header)
    path = guide / "sessions" / f"{name_session(draft)}.md"
    if os.path.lexists(path):
        raise _refuse(path)
    made = write_guide(guide, header) if is_new else ()
    try:
        publish_new(text.encode(), path)
    except FileExistsError:
        raise _refuse(path) from None
    except PublishError:
        remove_made(made)
        raise
    return Filed(path=path, guide=guide, is_new_guide=is_new, text=text)


def name_session(draft: Draft) -> str:
    """Give the name of a session's file, without its ending: the day and the title."""
    values = {each.name: str(each.value) for each in draft.fields}
    try:
        title = folder_name(values["title"])
    except UsageError:
        title = "session"
    return f"{values['date']}-{title}"[:LONGEST_NAME].rstrip("-")


def _refuse(path: Path) -> NotesError:
    return NotesError(f'"{path}" is there already', hint="rename or remove it first; nothing was written")


def _name_guide(draft: Draft) -> str:
    """Name the folder of a new guide after its title; where that has no letters, after what else is known."""
    for each in (_guide_title(draft), draft.group, _session_title(draft)):
        try:
            return folder_name(each)
        except UsageError:
            continue
    return "notes"


def _session_title(draft: Draft) -> str:
    return next(str(each.value) for each in draft.fields if each.name == "title")


def _guide_title(draft: Draft) -> str:
    return draft.book or draft.group or _session_title(draft)


def guide_header(draft: Draft) -> str:
    """Give the guide.md of the guide that notes speak of."""
    return guide_text(
        title=_guide_title(draft), group=draft.group, language=draft.language, book=draft.book, authors=draft.authors
    )
