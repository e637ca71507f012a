"""How deep lists, quotes and boxes may stand in each other, in notes of any kind.

Comes in: nothing. Goes out: the limit, and the sentence for what is beyond it.
Left to others: counting (`note_lines`, `markdown_notes`, `document_words`).
"""

from __future__ import annotations

from studyguide.errors import NotesError

DEEPEST_NESTING = 100
"""Levels; people type seven, and Python's stack would allow some more."""


def too_deep() -> NotesError:
    """Say that something stands in itself deeper than anybody means."""
    return NotesError(
        "the lists are nested too deep to be read as notes",
        hint="bring the outline to fewer levels in the program that made it",
    )
