"""The line as far as it goes without TeX: a manuscript becomes LaTeX documents, and every problem of them is found.

Comes in: a manuscript and the variants wanted of it. Goes out: one `TexDocument` a variant, or all diagnostics at once.
Left to others: compiling (`build`), and what a problem looks like on a screen (`cli`).
"""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING

from studyguide.cache import digest
from studyguide.diagnostics import Severity
from studyguide.errors import ManuscriptError, PublishError
from studyguide.model.guide import Audience
from studyguide.settings import DESIGN_SUFFIXES, template_folders_of
from studyguide.targets import plan_variants

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studyguide.artifacts import Manuscript, TexDocument
    from studyguide.diagnostics import Diagnostic
    from studyguide.settings import Settings
    from studyguide.targets import Target, Variant

STAMP_LENGTH = 4
"""Hexadecimal digits of the build stamp: enough to tell two printings on one table apart."""


def prepare_documents(
    manuscript: Manuscript,
    variants: tuple[Variant, ...],
    settings: Settings,
    *,
    begin: Callable[[Variant, TexDocument], None] = lambda _variant, _document: None,
) -> tuple[TexDocument, ...]:
    """Typeset every variant and check what it binds in.

    `begin` hears of each document as soon as it is there, so that TeX can set it while the next one is typeset; what is
    made of it counts only when all documents are in order.

    Raises:
        ManuscriptError: with all that is wrong in all variants, each problem once.
        TemplateError: when a template is wrong.
    """
    from studyguide.engine import check_assets
    from studyguide.prepress import check_inserts

    documents: list[TexDocument] = []
    problems: list[Diagnostic] = []
    for variant in variants:
        try:
            document = typeset_variant(manuscript, variant, settings)
        except ManuscriptError as failure:
            problems.extend(failure.diagnostics)
            continue
        documents.append(document)
        begin(variant, document)
    assets = dict.fromkeys(each for document in documents for each in document.assets)
    inserts = dict.fromkeys(replace(each, anchor="") for document in documents for each in document.inserts)
    problems += [*check_assets(tuple(assets)), *check_inserts(tuple(inserts))]
    errors = tuple(each for each in dict.fromkeys(problems) if each.severity is Severity.ERROR)
    if errors:
        raise ManuscriptError("the guide cannot be printed as it is", diagnostics=errors)
    return tuple(documents)


def keep_documents(
    jobs: tuple[tuple[Variant, TexDocument], ...], folder: Path, template_folders: tuple[Path, ...]
) -> None:
    """Write each document as LaTeX that runs by itself: `<name>/document.tex`, its pictures and the class.

    Raises:
        PublishError: when the folder cannot be written.
    """
    from studyguide.engine import prepare_assets

    for variant, document in jobs:
        place = folder / variant.path.stem
        try:
            place.mkdir(parents=True, exist_ok=True)
            for name, content in prepare_assets(document.assets).items():
                (place / name).write_bytes(content)
            for design in (each for source in reversed(template_folders) for each in source.iterdir()):
                if design.suffix in DESIGN_SUFFIXES:
                    (place / design.name).write_bytes(design.read_bytes())
            (place / "document.tex").write_text(document.preamble + document.body, encoding="utf-8")
        except OSError as problem:
            raise PublishError(
                f'"{place}" cannot be written: {problem.strerror}', hint="name another folder"
            ) from problem


def check_guide(target: Target, settings: Settings) -> tuple[Diagnostic, ...]:
    """Give every problem of a guide or session for every audience, without building anything."""
    from studyguide.reader import read_manuscript

    try:
        manuscript = read_manuscript(target.folder, session=target.session)
        variants = plan_variants(target, manuscript, (), tuple(Audience), settings.output)
        documents = prepare_documents(manuscript, variants, settings)
    except ManuscriptError as failure:
        return failure.diagnostics
    warnings = [*manuscript.warnings, *(each for document in documents for each in document.warnings)]
    return tuple(dict.fromkeys(warnings))


def typeset_variant(manuscript: Manuscript, variant: Variant, settings: Settings) -> TexDocument:
    """Typeset one variant; the newest of its sources dates it, their content stamps it.

    Raises:
        ManuscriptError: when something in the author's files cannot be printed.
        TemplateError: when a template is wrong.
    """
    from studyguide.latex import typeset

    sources = _sources_of(manuscript, variant)
    return typeset(
        manuscript,
        session=variant.session,
        paper=variant.paper,
        audience=variant.audience,
        font_folders=settings.font_folders,
        template_folders=template_folders_of(manuscript.folder, settings),
        modified=_modified(sources, settings.source_date_epoch),
        stamp=digest(path.read_bytes() for path in sources)[:STAMP_LENGTH],
    )


def _sources_of(manuscript: Manuscript, variant: Variant) -> tuple[Path, ...]:
    if variant.session is None:
        return manuscript.sources
    own = {manuscript.guide.span.path, variant.session.span.path}
    return tuple(path for path in manuscript.sources if path in own)


def _modified(sources: tuple[Path, ...], source_date_epoch: int | None) -> datetime.datetime:
    seconds = max(int(path.stat().st_mtime) for path in sources) if source_date_epoch is None else source_date_epoch
    return datetime.datetime.fromtimestamp(seconds, tz=datetime.UTC)
