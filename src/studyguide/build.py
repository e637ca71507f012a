"""THE FLOW: read -> typeset -> compile -> finish -> publish, for every handout and whole guide that was asked for.

Comes in: targets, papers, audiences and settings. Goes out: publications in the output folder, and what failed.
Left to others: each step (the four stages), what need not be done (`cache`), printing (`cli`).
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studyguide.artifacts import Publication
from studyguide.cache import digest_folders
from studyguide.errors import SettingsError, StudyGuideError
from studyguide.making import Line, Made, begin_line, make, open_cache, publish_made
from studyguide.publish import build_lock
from studyguide.settings import template_folders_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from concurrent.futures import Future

    from studyguide.artifacts import TexDocument
    from studyguide.cache import BuildCache
    from studyguide.diagnostics import Diagnostic
    from studyguide.model.guide import Audience, Paper
    from studyguide.settings import Settings
    from studyguide.targets import Target, Variant

    ReportProgress = Callable[[str, int, int], None]
    """Hears the name of a file, how many are done, and how many there are."""

RECALL_SECONDS = 0.02
"""What was made before is there sooner; what is not there by then takes TeX some tenths of a second."""

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
    groups: dict[tuple[Path, Path, Path | None], list[BuildRequest]] = {}
    for each in requests:
        groups.setdefault((each.target.folder, each.output, each.keep_tex), []).append(each)
    results = [_build_or_fail(tuple(group), settings, report_progress) for group in groups.values()]
    return _join(results)


def _join(results: Iterable[BuildResult]) -> BuildResult:
    results = tuple(results)
    return BuildResult(
        publications=tuple(each for result in results for each in result.publications),
        warnings=tuple(dict.fromkeys(each for result in results for each in result.warnings)),
        failures=tuple(each for result in results for each in result.failures),
    )


def _build_or_fail(
    requests: tuple[BuildRequest, ...], settings: Settings, report_progress: ReportProgress
) -> BuildResult:
    try:
        return _build_group(requests, settings, report_progress)
    except StudyGuideError as failure:
        return BuildResult(publications=(), warnings=(), failures=(failure,))


def _build_group(
    requests: tuple[BuildRequest, ...], settings: Settings, report_progress: ReportProgress
) -> BuildResult:
    """Run the line for what was asked for of one guide, but for what is made of nothing that has changed.

    Raises:
        StudyGuideError: when nothing at all could be made; what fails by itself is in the result.
    """
    folder, output = requests[0].target.folder, requests[0].output
    keep_apart(output, folder)
    cache = open_cache(output, settings)
    seen: dict[str, str] = {}
    known = {
        request: recalled
        for request in requests
        if request.keep_tex is None and (recalled := cache.recall_request(_name_request(request), seen)) is not None
    }
    results = {
        request: BuildResult(publications=publications, warnings=warnings, failures=())
        for request, (publications, warnings) in known.items()
    }
    asked = tuple(request for request in requests if request not in results)
    if asked:
        results |= _run_line(asked, cache, settings, report_progress)
    return _join(results[request] for request in dict.fromkeys(requests))


def _run_line(
    requests: tuple[BuildRequest, ...], cache: BuildCache, settings: Settings, report_progress: ReportProgress
) -> dict[BuildRequest, BuildResult]:
    folder = requests[0].target.folder
    with build_lock(requests[0].output):
        # Digested before anything is read: what changes while we build is then seen as changed by the next build.
        inputs = digest_folders((folder, *template_folders_of(folder, settings)), enters=_sieve_of(requests))
        line = begin_line(cache, folder, settings)
        with line.engines:
            results = _run(line, requests, settings, report_progress)
    for request, result in results.items():
        if not result.failures:
            outputs = [each.path for each in result.publications]
            cache.remember_request(_name_request(request), _inputs_of(request, inputs), outputs, result.warnings)
    return results


def _sieve_of(requests: Iterable[BuildRequest]) -> Callable[[Path], bool]:
    """Say which files can enter what was asked for: of the sessions only those, unless a whole guide is among them."""
    sessions = {each.target.session for each in requests}
    if None in sessions:
        return lambda _: True
    shelves = {each.parent for each in sessions if each is not None}
    return lambda path: path in sessions or path.parent not in shelves


def _inputs_of(request: BuildRequest, inputs: Mapping[Path, str]) -> dict[Path, str]:
    """Give what a request was made of: a session does not depend on the others."""
    enters = _sieve_of((request,))
    return {path: content for path, content in inputs.items() if enters(path)}


@dataclass(slots=True, kw_only=True)
class _Order:
    """A request on its way: documents that TeX works on, and what there is to mind, or why there are none."""

    request: BuildRequest
    pending: list[tuple[Variant, Future[Publication | Made]]]
    warnings: tuple[Diagnostic, ...] = ()
    failure: StudyGuideError | None = None


def _run(
    line: Line, requests: tuple[BuildRequest, ...], settings: Settings, report_progress: ReportProgress
) -> dict[BuildRequest, BuildResult]:
    """Run the line for every document: TeX sets one while the next is typeset; published is when all are in order."""
    with ThreadPoolExecutor(max_workers=min(os.cpu_count() or 1, MOST_ENGINES)) as pool:
        try:
            orders = _begin_all(line, pool, requests, settings)
            _get_ready_to_finish(orders)
            return _publish_all(line, orders, report_progress)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            line.engines.close()
            raise


def _begin_all(
    line: Line, pool: ThreadPoolExecutor, requests: tuple[BuildRequest, ...], settings: Settings
) -> tuple[_Order, ...]:
    orders: list[_Order] = []
    for request in requests:
        order = _Order(request=request, pending=[])
        orders.append(order)

        def begin(variant: Variant, document: TexDocument, order: _Order = order) -> None:
            begun = sum(len(each.pending) for each in orders) + 1
            line.engines.expect(document.preamble, min(begun, os.cpu_count() or 1, MOST_ENGINES))
            order.pending.append((variant, pool.submit(make, line, variant, document)))

        try:
            order.warnings = _prepare(request, settings, begin)
        except StudyGuideError as failure:
            for _, each in order.pending:
                each.cancel()
            order.failure = failure
    return tuple(orders)


def _get_ready_to_finish(orders: tuple[_Order, ...]) -> None:
    """Use the time in which TeX works, if it does."""
    pending = [each for order in orders for _, each in order.pending]
    if wait(pending, RECALL_SECONDS).not_done:
        from studyguide.prepress import get_ready

        get_ready()


def _prepare(
    request: BuildRequest, settings: Settings, begin: Callable[[Variant, TexDocument], None]
) -> tuple[Diagnostic, ...]:
    """Read and typeset all that was asked for, and give what there is to mind."""
    # Imported only now: the engine reads its preamble meanwhile.
    from studyguide.documents import keep_documents, prepare_documents
    from studyguide.reader import read_manuscript
    from studyguide.targets import plan_variants

    manuscript = read_manuscript(request.target.folder, session=request.target.session)
    variants = plan_variants(request.target, manuscript, request.papers, request.audiences, request.output)
    documents = prepare_documents(manuscript, variants, settings, begin=begin)
    if request.keep_tex is not None:
        jobs = tuple(zip(variants, documents, strict=True))
        keep_documents(jobs, request.keep_tex, template_folders_of(request.target.folder, settings))
    return manuscript.warnings


def _publish_all(
    line: Line, orders: tuple[_Order, ...], report_progress: ReportProgress
) -> dict[BuildRequest, BuildResult]:
    total = sum(len(order.pending) for order in orders if order.failure is None)
    done = 0
    results: dict[BuildRequest, BuildResult] = {}
    for order in orders:
        made: list[Publication] = []
        failed: list[StudyGuideError] = [] if order.failure is None else [order.failure]
        for variant, each in order.pending if order.failure is None else ():
            try:
                result = each.result()
                made.append(result if isinstance(result, Publication) else publish_made(line, result))
            except StudyGuideError as failure:
                failed.append(failure)
            done += 1
            report_progress(variant.path.name, done, total)
        results[order.request] = BuildResult(publications=tuple(made), warnings=order.warnings, failures=tuple(failed))
    return results


def _name_request(request: BuildRequest) -> str:
    where = (Path.cwd(), request.target.folder, request.target.session, request.output)
    return repr((*map(str, where), [*map(str, request.papers)], [*map(str, request.audiences)]))


def keep_apart(output: Path, guide_folder: Path) -> None:
    """See that what we write comes nowhere among what the author writes.

    Raises:
        SettingsError: when the output folder lies inside the guide.
    """
    if output.resolve() == guide_folder.resolve() or guide_folder.resolve() in output.resolve().parents:
        raise SettingsError(
            f'the output folder "{output}" lies inside the guide "{guide_folder}"',
            hint="choose a folder beside the guides, such as build",
        )
