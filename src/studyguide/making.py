"""One document on its way: compile -> finish -> publish, unless the file is there already or was made before.

Comes in: a typeset document and where it goes. Goes out: a `Made` file that is complete but not in its place, then a
`Publication`. Left to others: which documents there are, and when they may be published (`build`).
"""

from __future__ import annotations

import datetime
import re
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from studyguide.artifacts import PLAIN_PREAMBLE, FinishedPdf, Publication
from studyguide.cache import BuildCache, digest, digest_file, digest_folders, fingerprint
from studyguide.publish import publish
from studyguide.settings import template_folders_of
from studyguide.store import StoredPdf

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.artifacts import TexDocument
    from studyguide.diagnostics import Diagnostic
    from studyguide.engine import WarmEngines
    from studyguide.settings import Settings
    from studyguide.targets import Variant

DATE_FORMS = ("%Y%m%d%H%M%S", "%Y-%m-%dT%H:%M:%S")
"""How the date stands in what a PDF says of itself (`description`): in its information and in its packet."""

NO_DATE = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
"""Stands for every date where dates do not matter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What all documents of one build share.

    `design` is the digest of `template_folders` from before an engine read them; what is made is kept only with both.
    """

    cache: BuildCache
    engines: WarmEngines
    time_limit_seconds: float
    design: str
    template_folders: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A finished file that may not stand in its place yet; `passes` is 0 when it was made before.

    `publication` is there when it does already. `auxiliary` and `synctex` are notes of TeX, `warnings` what to mind.
    """

    variant: Variant
    document: TexDocument
    made_of: str
    finished: FinishedPdf
    auxiliary: bytes
    synctex: bytes
    warnings: tuple[Diagnostic, ...]
    passes: int
    started: float
    publication: Publication | None = None


def open_cache(output: Path, settings: Settings) -> BuildCache:
    """Give the cache of an output folder for this program, engine, fonts and given date.

    Open it before an engine starts, and anew for other engines: what it keeps holds for these only.
    """
    from studyguide.engine import files_that_enter

    machine = files_that_enter(search_path=settings.search_path, font_folders=settings.font_folders)
    program = Path(__file__).parent
    return BuildCache(output, circumstances=f"{fingerprint((program, *machine))} {settings.source_date_epoch}")


def digest_design(template_folders: Iterable[Path]) -> str:
    """Give the digest of the class and all templates, by name and content."""
    return digest(f"{path.name} {content}".encode() for path, content in digest_folders(template_folders).items())


def begin_line(cache: BuildCache, guide_folder: Path, settings: Settings) -> Line:
    """Let an engine warm for the documents of a guide; the caller closes `engines`."""
    from studyguide.engine import WarmEngines

    template_folders = template_folders_of(guide_folder, settings)
    design = digest_design(template_folders)
    engines = WarmEngines(
        class_folders=template_folders,
        font_folders=settings.font_folders,
        cache_folder=settings.cache_folder,
        search_path=settings.search_path,
        may_fork=template_folders == (settings.template_folder,),
    )
    engines.expect(PLAIN_PREAMBLE)
    return Line(
        cache=cache,
        engines=engines,
        time_limit_seconds=settings.time_limit_seconds,
        design=design,
        template_folders=template_folders,
    )


def make(line: Line, variant: Variant, document: TexDocument) -> Publication | Made:
    """Compile and finish a document, unless its file is there already, or was made before."""
    made_of = _digest_document(document, line)
    known = line.cache.recall_publication(variant.path, made_of)
    return known or _make(line, variant, document, made_of, wants_places=False)


def make_traceable(line: Line, variant: Variant, document: TexDocument) -> Made:
    """Do the same, and have TeX note where each line of the author's stands on the pages."""
    made = _make(line, variant, document, _digest_document(document, line), wants_places=True)
    return replace(made, publication=line.cache.recall_publication(variant.path, made.made_of))


def _make(line: Line, variant: Variant, document: TexDocument, made_of: str, *, wants_places: bool) -> Made:
    started = time.monotonic()
    stored = line.cache.store.recall(made_of)
    passes = 0
    if stored is None or (wants_places and not stored.synctex):
        stored, passes = _set(line, variant, document, wants_places=wants_places)
        # A class or a picture that was saved meanwhile may have entered as it is now: then nobody knows what it is of.
        if made_of == _digest_document(document, replace(line, design=digest_design(line.template_folders))):
            line.cache.store.keep(made_of, stored)
    return Made(
        variant=variant,
        document=document,
        made_of=made_of,
        finished=FinishedPdf(content=stored.content, page_count=stored.page_count),
        auxiliary=stored.auxiliary,
        synctex=stored.synctex,
        warnings=(*document.warnings, *stored.warnings),
        passes=passes,
        started=started,
    )


def publish_made(line: Line, made: Made) -> Publication:
    """Put a finished file into its place, and remember what it was made of.

    Raises:
        PublishError: when it cannot be written; the old one is untouched.
    """
    if made.publication is not None:
        return made.publication
    publish(made.finished.content, made.variant.path)
    publication = Publication(
        path=made.variant.path,
        source=made.variant.source,
        paper=made.variant.paper,
        audience=made.variant.audience,
        page_count=made.finished.page_count,
        passes=made.passes,
        milliseconds=round((time.monotonic() - made.started) * 1000),
        is_cached=made.passes == 0,
        warnings=made.warnings,
    )
    line.cache.remember_auxiliary(made.variant.path, made.auxiliary)
    line.cache.remember_publication(made.made_of, made.finished.content, publication)
    return publication


def _set(line: Line, variant: Variant, document: TexDocument, *, wants_places: bool) -> tuple[StoredPdf, int]:
    """Compile and finish a document, and say how many passes it took."""
    from studyguide.engine import compile_document
    from studyguide.prepress import finish

    compiled = compile_document(
        document,
        engines=line.engines,
        auxiliary=line.cache.recall_auxiliary(variant.path),
        time_limit_seconds=line.time_limit_seconds,
        wants_places=wants_places,
    )
    try:
        finished = finish(document, compiled)
    finally:
        line.engines.release(compiled)
    stored = StoredPdf(
        content=finished.content,
        page_count=finished.page_count,
        auxiliary=compiled.auxiliary,
        synctex=compiled.synctex,
        warnings=compiled.warnings,
    )
    return stored, compiled.passes


def _digest_document(document: TexDocument, line: Line) -> str:
    files = [*(each.source for each in document.assets), *(each.source for each in document.inserts)]
    undated = replace(document.metadata, modified=NO_DATE)
    facts = (
        line.cache.circumstances,
        line.design,
        document.preamble,
        _without_date(document),
        document.outline,
        # What TeX warns of stands on lines of the author's.
        document.origins,
        document.inserts,
        undated,
        document.has_prelims,
    )
    return digest([*(repr(each).encode() for each in facts), *(digest_file(path).encode() for path in files)])


def _without_date(document: TexDocument) -> str:
    """Give the body without the date of the newest source, which stands there in hexadecimal digits.

    A file that is touched, or that another branch brought back, is what it was.
    """
    body = document.body
    moment = document.metadata.modified.astimezone(datetime.UTC)
    for form in DATE_FORMS:
        body = re.sub(moment.strftime(form).encode().hex(" ").replace(" ", r"\s?"), "", body)
    return body
