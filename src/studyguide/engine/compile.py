"""compile_document: as few passes of the engine as the class and its auxiliary notes need.

Comes in: a document and, if it was set before, its auxiliary notes. Goes out: a whole PDF in the engine's folder.
Left to others: what the log means (`log`), how a pass ended (`outcome`), pictures (`assets`), processes (`warm`).
"""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studyguide.diagnostics import warning
from studyguide.engine.assets import prepare_assets
from studyguide.engine.driver import AUXILIARY, BODY, ONE_RUN, PLACES_WANTED
from studyguide.engine.log import span_at
from studyguide.engine.outcome import is_accident, judge_pass
from studyguide.engine.server_status import ForkRefused
from studyguide.errors import CompileError, EngineTimeout

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studyguide.artifacts import CompiledPdf, TexDocument
    from studyguide.diagnostics import Diagnostic
    from studyguide.engine.forked import ForkedEngine
    from studyguide.engine.job import Job
    from studyguide.engine.process import EngineProcess
    from studyguide.engine.warm import WarmEngines

MOST_TRIES = 2
"""An engine that is killed from outside is replaced once: memory may have been short for a moment."""

MOST_PASSES = 4
"""From the second pass on nothing should move; a layout that still does after four never settles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """What all passes of a document share."""

    document: TexDocument
    engines: WarmEngines
    job: Job
    assets: Mapping[str, bytes]
    deadline: float
    wants_places: bool


def compile_document(
    document: TexDocument,
    *,
    engines: WarmEngines,
    auxiliary: bytes | None,
    time_limit_seconds: float,
    wants_places: bool = False,
) -> CompiledPdf:
    """Set a document: in one pass when the class can do so or its kept notes still hold, else until two passes agree.

    The PDF stays in a private folder until `engines` releases it or is closed. The limit is for all passes together.
    `wants_places` has TeX note where on the pages each line of the body stands, for `read_places`.

    Raises:
        ManuscriptError: when a picture cannot be used.
        EngineMissing: when TeX, or a package or font that the class needs, is not installed.
        CompileError: when TeX stops at something in the document, or a character is in no font.
        EngineTimeout: when TeX takes too long.
        EngineCrashed: when TeX ends by a signal or leaves half a PDF.
        EngineStopped: when `engines` was told to stop its jobs.
    """
    with engines.begin_job() as job:
        assets = prepare_assets(document.assets)
        job.await_result(engines.find_premises())
        deadline = time.monotonic() + time_limit_seconds
        work = _Work(
            document=document,
            engines=engines,
            job=job,
            assets=assets,
            deadline=deadline,
            wants_places=wants_places,
        )
        try:
            return _run_passes(work, auxiliary)
        except TimeoutError:
            raise EngineTimeout(
                f"TeX did not finish `{document.name}` in {time_limit_seconds:g} s",
                hint="shorten or split the document, or raise `time-limit-seconds` in studyguide.toml",
            ) from None


def _run_passes(work: _Work, auxiliary: bytes | None) -> CompiledPdf:
    notes, passes = auxiliary, 0
    while True:
        passes += 1
        try:
            compiled = _run_pass(work, notes)
        except CompileError:
            if notes is None or notes is not auxiliary:
                raise
            # Notes of an older class or layout may be what TeX stumbled over: without them the text alone is judged.
            notes = None
            continue
        if compiled.auxiliary == notes or ONE_RUN in compiled.auxiliary.splitlines():
            return replace(compiled, passes=passes)
        if passes >= MOST_PASSES:
            return replace(compiled, passes=passes, warnings=(*compiled.warnings, _unsettled(work.document)))
        notes = compiled.auxiliary
        work.engines.release(compiled)


def _run_pass(work: _Work, notes: bytes | None) -> CompiledPdf:
    """Run one pass; an engine that cannot do it for no fault of the document is replaced."""
    tries = 0
    while True:
        work.job.check()
        engine = work.engines.take(work.document.preamble, work.job)
        with contextlib.ExitStack() as unless_it_succeeds:
            unless_it_succeeds.callback(work.engines.give_up, engine)
            try:
                return_code = _run(engine, work, notes)
            except ForkRefused as refusal:
                work.engines.stop_forking(str(refusal))
                continue
            tries += 1
            if tries < MOST_TRIES and is_accident(return_code):
                continue
            compiled = judge_pass(
                work.document, folder=engine.folder, return_code=return_code, limits=work.engines.limits
            )
            work.job.await_result(work.engines.learn_fonts_of(engine))
            unless_it_succeeds.pop_all()
            return compiled


def _run(engine: EngineProcess | ForkedEngine, work: _Work, notes: bytes | None) -> int:
    for name, content in work.assets.items():
        engine.place(name, content)
    if notes is not None:
        engine.place(AUXILIARY, notes)
    if work.wants_places:
        engine.place(PLACES_WANTED, b"")
    engine.place(BODY, work.document.body.encode())
    engine.hand_over()
    return engine.wait(max(work.deadline - time.monotonic(), 0))


def _unsettled(document: TexDocument) -> Diagnostic:
    return warning(
        span_at(document, 1),
        f"page numbers in `{document.name}` still move after {MOST_PASSES} passes",
        "a reference stands just where a page breaks; change a line there, and check the printed page numbers",
    )
