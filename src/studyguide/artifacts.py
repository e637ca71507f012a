"""What one stage hands to the next: read -> typeset -> compile -> finish.

Comes in: the model. Goes out: one frozen record for each border of the line, so that stages need not know each other.
Left to others: everything that is done with them (`build` alone knows the order).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime
    from pathlib import Path

    from studyguide.diagnostics import Diagnostic, SourceSpan
    from studyguide.model.guide import Audience, Guide, Paper


PLAIN_PREAMBLE = "\\documentclass{studyguide}\n"
"""The preamble of nearly every document, so that an engine can be started before the document is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """read -> typeset: the checked guide, the folder that its paths start from, the files that were read.

    `named_files` are the pictures, the logo and the inserts; `listed_folders` those in which files were looked for.
    """

    guide: Guide
    folder: Path
    sources: tuple[Path, ...]
    named_files: tuple[Path, ...] = ()
    listed_folders: tuple[Path, ...] = ()
    warnings: tuple[Diagnostic, ...]

    @property
    def dependencies(self) -> tuple[Path, ...]:
        """Every file and folder whose change may make this another manuscript."""
        return (*self.sources, *self.named_files, *self.listed_folders)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A file that TeX is to find beside the document: `name` is generated, `source` is the author's file.

    `span` is where the author named it.
    """

    name: str
    source: Path
    span: SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """From `line` of the body on (counting from 1), until the next origin, the text comes from `span`."""

    line: int
    span: SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineEntry:
    """One bookmark: `level` counts from 0, `anchor` is the named destination that the body sets."""

    level: int
    title: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundInsert:
    """Pages to bind in after the page on which `anchor` stands; `first` and `last` count from 1, None takes all."""

    source: Path
    first: int | None
    last: int | None
    anchor: str
    span: SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentMetadata:
    """What a PDF says about itself (ISO 32000-2, 14.3.3); `language` is a BCP 47 tag, `stamp` the build stamp."""

    title: str
    author: str
    subject: str
    language: str
    modified: datetime.datetime
    stamp: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TexDocument:
    r"""typeset -> compile -> finish: a LaTeX document and what it needs.

    `preamble` is the line that loads the class, the same for nearly all documents, so that an engine can read it ahead;
    `body` is all the rest, from the set-up to `\end{document}`. `preamble + body` is a complete file.
    `has_prelims` says whether the body starts with roman-numbered prelims (the whole guide does, a handout does not).
    """

    name: str
    preamble: str
    body: str
    assets: tuple[Asset, ...]
    origins: tuple[Origin, ...]
    outline: tuple[OutlineEntry, ...]
    inserts: tuple[BoundInsert, ...]
    metadata: DocumentMetadata
    paper: Paper
    audience: Audience
    has_prelims: bool
    warnings: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledPdf:
    """compile -> finish: a whole PDF in the engine's private folder, and the auxiliary file for the next build.

    `synctex` are TeX's notes of where its boxes stand, for `engine.read_places`; empty where nobody asked for them.
    """

    path: Path
    page_count: int
    passes: int
    auxiliary: bytes
    synctex: bytes = b""
    warnings: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedPdf:
    """finish -> publish: the complete file as bytes, read back and found right."""

    content: bytes
    page_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """A page as shown: `digest` is that of all that makes its picture, sizes are in points, `label` is its folio."""

    digest: str
    width_points: float
    height_points: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where on a page something stands that comes from `span`: points from the page's upper left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    span: SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """All places of a PDF, page by page; pages count from 0."""

    places: tuple[Place, ...]

    def find(self, page: int, left: float, top: float) -> SourceSpan | None:
        """Give the span of what stands at a point of a page, or of what is nearest to it in height."""
        near = [each for each in self.places if each.page == page]
        if not near:
            return None

        def distance(place: Place) -> tuple[float, float, float]:
            above = max(place.top - top, top - place.bottom, 0.0)
            beside = max(place.left - left, left - place.right, 0.0)
            return above, beside, place.bottom - place.top

        return min(near, key=distance).span


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A file in build/, complete and in its place; `milliseconds` is the time that this file took."""

    path: Path
    source: Path
    paper: Paper
    audience: Audience
    page_count: int
    passes: int
    milliseconds: int
    is_cached: bool
    warnings: tuple[Diagnostic, ...]
