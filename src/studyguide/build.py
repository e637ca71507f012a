"""THE FLOW: read -> typeset -> compile -> finish -> publish, for every handout and whole guide that was asked for.

Comes in: targets, papers, audiences and settings. Goes out: publications in the output folder, and what failed.
Left to others: each step (the four stages), what need not be done (`cache`), printing (`cli`).
"""

from __future__ import annotations

import importlib
import os
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studyguide.artifacts import PLAIN_PREAMBLE, Publication
from studyguide.cache import BuildCache, digest, digest_file, digest_folders
from studyguide.errors import SettingsError, StudyGuideError
from studyguide.publish import build_lock, publish
from studyguide.settings import DESIGN_SUFFIXES, template_folders_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from studyguide.artifacts import Manuscript, TexDocument
    from studyguide.diagnostics import Diagnostic
    from studyguide.engine import WarmEngines
    from studyguide.model.guide import Audience, Paper
    from studyguide.settings import Settings
    from studyguide.targets import Target, Variant

    ReportProgress = Callable[[str, int, int], None]
    """Hears the name of a file, how many are done, and how many there are."""

MOST_ENGINES = 4
"""How many documents TeX works on at once, at most: each takes about 200 MB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildRequest:
    """What was asked for: `papers` and `audiences` are empty to take what the guide says.

    `keep_tex` is a folder that gets the LaTeX of every document, None keeps none.
    """

    target: Target
    papers: tuple[Paper, ...]
    audiences: tuple[Audience, ...]
    output: Path
    keep_tex: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildResult:
    """What stands in the output folder now, what to mind, and what went wrong, in the order of the requests."""

    publications: tuple[Publication, ...]
    warnings: tuple[Diagnostic, ...]
    failures: tuple[StudyGuideError, ...]


def build_guides(
    requests: Iterable[BuildRequest], *, settings: Settings, report_progress: ReportProgress
) -> BuildResult:
    """Bring every file that was asked for up to date; what fails leaves the last good file as it is."""
    results = [_build_or_fail(request, settings, report_progress) for request in requests]
    return BuildResult(
        publications=tuple(each for result in results for each in result.publications),
        warnings=tuple(dict.fromkeys(each for result in results for each in result.warnings)),
        failures=tuple(each for result in results for each in result.failures),
    )


def _build_or_fail(request: BuildRequest, settings: Settings, report_progress: ReportProgress) -> BuildResult:
    try:
        return build_request(request, settings=settings, report_progress=report_progress)
    except StudyGuideError as failure:
        return BuildResult(publications=(), warnings=(), failures=(failure,))


def build_request(request: BuildRequest, *, settings: Settings, report_progress: ReportProgress) -> BuildResult:
    """Run the line for one guide or session, unless nothing that it is made of has changed.

    Raises:
        StudyGuideError: when nothing at all could be made; a single document that fails is in the result.
    """
    _keep_apart(request.output, request.target.folder)
    cache = BuildCache(request.output)
    name = _name_request(request)
    if request.keep_tex is None and (known := cache.recall_request(name)) is not None:
        return BuildResult(publications=known[0], warnings=known[1], failures=())
    from studyguide.engine import WarmEngines

    template_folders = template_folders_of(request.target.folder, settings)
    with (
        build_lock(request.output),
        WarmEngines(
            class_folders=template_folders,
            font_folders=settings.font_folders,
            cache_folder=settings.cache_folder,
            search_path=settings.search_path,
        ) as engines,
    ):
        engines.expect(PLAIN_PREAMBLE)
        # Digested before anything is read: what changes while we build is then seen as changed by the next build.
        inputs = digest_folders((request.target.folder, *template_folders, Path(__file__).parent))
        manuscript, jobs = _prepare_jobs(request, settings)
        line = _Line(
            cache=cache,
            engines=engines,
            time_limit_seconds=settings.time_limit_seconds,
            design=digest(content.encode() for path, content in inputs.items() if path.suffix in DESIGN_SUFFIXES),
        )
        result = _run_all(line, manuscript, jobs, report_progress)
    if not result.failures:
        cache.remember_request(name, inputs, [each.path for each in result.publications], manuscript.warnings)
    return result


def _prepare_jobs(
    request: BuildRequest, settings: Settings
) -> tuple[Manuscript, tuple[tuple[Variant, TexDocument], ...]]:
    # Imported only now: the engine reads its preamble meanwhile.
    from studyguide.documents import keep_documents, prepare_documents
    from studyguide.reader import read_manuscript
    from studyguide.targets import plan_variants

    manuscript = read_manuscript(request.target.folder, session=request.target.session)
    variants = plan_variants(request.target, manuscript, request.papers, request.audiences, request.output)
    jobs = tuple(zip(variants, prepare_documents(manuscript, variants, settings), strict=True))
    if request.keep_tex is not None:
        keep_documents(jobs, request.keep_tex, template_folders_of(request.target.folder, settings))
    return manuscript, jobs


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    cache: BuildCache
    engines: WarmEngines
    time_limit_seconds: float
    design: str


def _run_all(
    line: _Line,
    manuscript: Manuscript,
    jobs: tuple[tuple[Variant, TexDocument], ...],
    report_progress: ReportProgress,
) -> BuildResult:
    made: list[Publication] = []
    failed: list[StudyGuideError] = []
    with ThreadPoolExecutor(max_workers=max(1, min(len(jobs), os.cpu_count() or 1, MOST_ENGINES))) as pool:
        try:
            pending = [pool.submit(_run, line, *job) for job in jobs]
            # What the next stage needs is loaded while TeX works on the first document.
            importlib.import_module("studyguide.prepress.assemble")
            for done, ((variant, _), each) in enumerate(zip(jobs, pending, strict=True), start=1):
                try:
                    made.append(each.result())
                except StudyGuideError as failure:
                    failed.append(failure)
                report_progress(variant.path.name, done, len(jobs))
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            line.engines.close()
            raise
    return BuildResult(publications=tuple(made), warnings=manuscript.warnings, failures=tuple(failed))


def _run(line: _Line, variant: Variant, document: TexDocument) -> Publication:
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
    publish(finished.content, variant.path)
    publication = Publication(
        path=variant.path,
        source=variant.source,
        paper=variant.paper,
        audience=variant.audience,
        page_count=finished.page_count,
        passes=compiled.passes,
        milliseconds=round((time.monotonic() - started) * 1000),
        is_cached=False,
        warnings=(*document.warnings, *compiled.warnings),
    )
    line.cache.remember_auxiliary(variant.path, compiled.auxiliary)
    line.cache.remember_publication(made_of, finished.content, publication)
    return publication


def _digest_document(document: TexDocument, design: str) -> str:
    files = [*(each.source for each in document.assets), *(each.source for each in document.inserts)]
    facts = (design, document.preamble, document.body, document.outline, document.inserts, document.metadata)
    return digest([*(repr(each).encode() for each in facts), *(digest_file(path).encode() for path in files)])


def _name_request(request: BuildRequest) -> str:
    where = (Path.cwd(), request.target.folder, request.target.session, request.output)
    return repr((*map(str, where), [*map(str, request.papers)], [*map(str, request.audiences)]))


def _keep_apart(output: Path, guide_folder: Path) -> None:
    if output.resolve() == guide_folder.resolve() or guide_folder.resolve() in output.resolve().parents:
        raise SettingsError(
            f'the output folder "{output}" lies inside the guide "{guide_folder}"',
            hint="choose a folder beside the guides, such as build",
        )
