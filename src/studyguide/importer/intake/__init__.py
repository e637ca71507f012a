"""Intake: files of notes of any kind become `Notes`, lines with depth, label and words.

Comes in: bytes and a file's name. Goes out: `Notes`, or a `NotesError` that says what the file is and what to do.
Documents go through pandoc (`pandoc` owns it), Markdown through markdown-it, plain text is ours.
Left to others: what a line means (`recognition`), exports of e-readers (`highlights`).
"""

from __future__ import annotations

from studyguide.importer.intake.reading import is_plain, read_file, read_notes, read_stream

__all__ = ["is_plain", "read_file", "read_notes", "read_stream"]
