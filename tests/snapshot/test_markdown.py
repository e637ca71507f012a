"""This Markdown gives this LaTeX: one small file in `cases/` for each construct of the format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from snapshots import TexSnapshot, typeset_folder

from studyguide.model.guide import Audience

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

CASES = sorted((Path(__file__).parent / "cases").glob("*.md"))

GUIDE = """\
---
format: studyguide/1
title: Commons Reader
group: Riverside Reading Group
language: en
books:
  commons: {title: Commons Reader, authors: [A. Writer]}
  rain: {title: "Rain: a history", authors: [Ilse Made-Up]}
---
"""

HEADER = """\
---
format: studyguide/1
title: Wells
date: 2026-05-12
---
"""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_markdown_gives_latex(case: Path, tmp_path: Path, snapshot: SnapshotAssertion) -> None:
    """What stands after the masthead, for participants."""
    (tmp_path / "sessions").mkdir()
    (tmp_path / "guide.md").write_text(GUIDE, encoding="utf-8")
    written = HEADER + case.read_text(encoding="utf-8")
    (tmp_path / "sessions/03-water.md").write_text(written, encoding="utf-8")
    body = typeset_folder(tmp_path, Audience.PARTICIPANT).body
    inside = body.partition("\\end{masthead}\n")[2].rpartition("\\end{session}\n")[0]
    assert inside == snapshot(extension_class=TexSnapshot)
