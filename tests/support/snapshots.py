"""Snapshots of LaTeX, one `.tex` a case, and the way from Markdown to them.

Comes in: Markdown files. Goes out: the documents that `read` and `typeset` make of them, for letter paper.
Left to others: whether TeX makes good pages of them (tests/tex).
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from studyguide.latex import typeset
from studyguide.model.guide import Audience, Paper
from studyguide.reader import read_manuscript

if TYPE_CHECKING:
    from studyguide.artifacts import TexDocument

TEMPLATES = Path(__file__).parents[2] / "latex_templates"
FONTS = Path("/usr/share/fonts")


class TexSnapshot(SingleFileSnapshotExtension):
    """A snapshot that is a `.tex` file of its own."""

    _write_mode = WriteMode.TEXT
    file_extension = "tex"


def typeset_folder(folder: Path, audience: Audience, *, whole: bool = False) -> TexDocument:
    """Read a guide and set its first session, or the whole of it."""
    manuscript = read_manuscript(folder)
    return typeset(
        manuscript,
        session=None if whole else manuscript.guide.sessions[0],
        paper=Paper.LETTER,
        audience=audience,
        font_folders=(FONTS,),
        template_folders=(TEMPLATES,),
        modified=datetime.datetime(2026, 5, 1, tzinfo=datetime.UTC),
        stamp="a41f",
    )
