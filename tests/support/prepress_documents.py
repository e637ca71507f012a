"""Documents as they stand before prepress, for tests: what was typeset, and a PDF in the engine's place.

Comes in: the few things that a test is about. Goes out: `TexDocument`, `CompiledPdf`, `BoundInsert`.
"""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from studyguide.artifacts import BoundInsert, CompiledPdf, DocumentMetadata, OutlineEntry, TexDocument
from studyguide.diagnostics import SourceSpan
from studyguide.model.guide import Audience, Paper

if TYPE_CHECKING:
    from collections.abc import Iterable

SPAN = SourceSpan(path=Path("guides/wells/sessions/03-water.md"), line=9, column=11)

METADATA = DocumentMetadata(
    title="Wells: who keeps the water",
    author="Riverside Reading Group",
    subject="Commons Reader",
    language="en",
    modified=datetime.datetime(2026, 5, 12, 18, 30, tzinfo=datetime.UTC),
    stamp="b7f2",
)

HANDOUT = TexDocument(
    name="03-water",
    preamble="",
    body="",
    assets=(),
    origins=(),
    outline=(),
    inserts=(),
    metadata=METADATA,
    paper=Paper.LETTER,
    audience=Audience.PARTICIPANT,
    has_prelims=False,
    warnings=(),
)


def with_outline(*entries: tuple[int, str, str], document: TexDocument = HANDOUT) -> TexDocument:
    """Give a document an outline: level, title, anchor."""
    written = tuple(OutlineEntry(level=level, title=title, anchor=anchor) for level, title, anchor in entries)
    return replace(document, outline=written)


def with_inserts(inserts: Iterable[BoundInsert], document: TexDocument = HANDOUT) -> TexDocument:
    """Give a document inserts."""
    return replace(document, inserts=tuple(inserts))


def insert(source: Path, first: int | None = None, last: int | None = None, *, anchor: str = "s1.end") -> BoundInsert:
    """Name a PDF to be bound in."""
    return BoundInsert(source=source, first=first, last=last, anchor=anchor, span=SPAN)


def compiled(folder: Path, content: bytes, *, page_count: int) -> CompiledPdf:
    """Put a PDF where the engine would have left it."""
    path = folder / "document.pdf"
    path.write_bytes(content)
    return CompiledPdf(path=path, page_count=page_count, passes=1, auxiliary=b"", warnings=())
