"""One document on its way: compile -> finish -> publish, unless the file is there already.

Comes in: a typeset document and where it goes. Goes out: a `Made` file that is complete but not in its place, then a
`Publication`. Left to others: which documents there are, and when they may be published (`build`).
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studyguide.artifacts import Publication
from studyguide.cache import digest, digest_file
from studyguide.publish import publish

if TYPE_CHECKING:
    from studyguide.artifacts import CompiledPdf, FinishedPdf, TexDocument
    from studyguide.cache import BuildCache
    from studyguide.engine import WarmEngines
    from studyguide.targets import Variant


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What all documents of one build share."""

    cache: BuildCache
    engines: WarmEngines
    time_limit_seconds: float
    design: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A finished file that does not stand in its place yet."""

    variant: Variant
    document: TexDocument
    made_of: str
    compiled: CompiledPdf
    finished: FinishedPdf
    started: float


def make(line: Line, variant: Variant, document: TexDocument) -> Publication | Made:
    """Compile and finish a document, unless its file is there already."""
    from studyguide.engine import compile_document
    from studyguide.prepress import finish

    started = time.monotonic()
    made_of = _digest_document(document, line.design)
    if (known := line.cache.recall_publication(variant.path, made_of)) is not None:
        return known
    compiled = compile_document(
        document,
        engines=line.engines,
        auxiliary=line.cache.recall_auxiliary(variant.path),
        time_limit_seconds=line.time_limit_seconds,
    )
    finished = finish(document, compiled)
    return Made(
        variant=variant,
        document=document,
        made_of=made_of,
        compiled=compiled,
        finished=finished,
        started=started,
    )


def publish_made(line: Line, made: Made) -> Publication:
    """Put a finished file into its place, and remember what it was made of.

    Raises:
        PublishError: when it cannot be written; the old one is untouched.
    """
    publish(made.finished.content, made.variant.path)
    publication = Publication(
        path=made.variant.path,
        source=made.variant.source,
        paper=made.variant.paper,
        audience=made.variant.audience,
        page_count=made.finished.page_count,
        passes=made.compiled.passes,
        milliseconds=round((time.monotonic() - made.started) * 1000),
        is_cached=False,
        warnings=(*made.document.warnings, *made.compiled.warnings),
    )
    line.cache.remember_auxiliary(made.variant.path, made.compiled.auxiliary)
    line.cache.remember_publication(made.made_of, made.finished.content, publication)
    return publication


def _digest_document(document: TexDocument, design: str) -> str:
    files = [*(each.source for each in document.assets), *(each.source for each in document.inserts)]
    facts = (design, document.preamble, document.body, document.outline, document.inserts, document.metadata)
    return digest([*(repr(each).encode() for each in facts), *(digest_file(path).encode() for path in files)])
