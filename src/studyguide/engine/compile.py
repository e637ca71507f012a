"""compile_document: as few passes of the engine as the class and its auxiliary notes need.

Comes in: a document and, if it was set before, its auxiliary notes. Goes out: a whole PDF in the engine's folder.
Left to others: what the log means (`log`), how a pass ended (`outcome`), pictures (`assets`), processes (`warm`).
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from studyguide.diagnostics import warning
from studyguide.engine.assets import prepare_assets
from studyguide.engine.driver import AUXILIARY, BODY, ONE_RUN
from studyguide.engine.fork_server import ForkRefused
from studyguide.engine.log import span_at
from studyguide.engine.outcome import is_accident, judge_pass
from studyguide.errors import CompileError, EngineTimeout

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studyguide.artifacts import CompiledPdf, TexDocument
    from studyguide.diagnostics import Diagnostic
    from studyguide.engine.warm import WarmEngines

MOST_TRIES = 2
"""An engine that is killed from outside is replaced once: memory may have been short for a moment."""

MOST_PASSES = 4
"""From the second pass on nothing should move; a layout that still does after four never settles."""


def compile_document(
    document: TexDocument, *, engines: WarmEngines, auxiliary: bytes | None, time_limit_seconds: float
) -> CompiledPdf:
    """Set a document: in one pass when the class can do so or its kept notes still hold, else until two passes agree.

    The PDF stays in a private folder until `engines` is closed. The limit is for all passes together.

    Raises:
        ManuscriptError: when a picture cannot be used.
        EngineMissing: when TeX, or a package or font that the class needs, is not installed.
        CompileError: when TeX stops at something in the document, or a character is in no font.
        EngineTimeout: when TeX takes too long.
        EngineCrashed: when TeX ends by a signal or leaves half a PDF.
    """
    assets = prepare_assets(document.assets)
    deadline = time.monotonic() + time_limit_seconds
    notes, passes = auxiliary, 0
    while True:
        passes += 1
        try:
            compiled = _run_pass(document, engines, assets, notes, deadline)
        except TimeoutError:
            raise EngineTimeout(
                f"TeX did not finish `{document.name}` in {time_limit_seconds:g} s",
                hint="shorten or split the document, or raise `time-limit-seconds` in studyguide.toml",
            ) from None
        except CompileError:
            if notes is None or notes is not auxiliary:
                raise
            # Notes of an older class or layout may be what TeX stumbled over: without them the text alone is judged.
            notes = None
            continue
        if compiled.auxiliary == notes or ONE_RUN in compiled.auxiliary.splitlines():
            return replace(compiled, passes=passes)
        if passes >= MOST_PASSES:
            return replace(compiled, passes=passes, warnings=(*compiled.warnings, _unsettled(document)))
        notes = compiled.auxiliary


def _run_pass(
    document: TexDocument,
    engines: WarmEngines,
    assets: Mapping[str, bytes],
    notes: bytes | None,
    deadline: float,
) -> CompiledPdf:
    """Run one pass; an engine that cannot do it for no fault of the document is replaced."""
    tries = 0
    while True:
        engine = engines.take(document.preamble)
        for name, content in assets.items():
            engine.place(name, content)
        if notes is not None:
            engine.place(AUXILIARY, notes)
        engine.place(BODY, document.body.encode())
        engine.hand_over()
        try:
            return_code = engine.wait(max(deadline - time.monotonic(), 0))
        except ForkRefused as refusal:
            engines.stop_forking(str(refusal))
            continue
        tries += 1
        if tries == MOST_TRIES or not is_accident(return_code):
            compiled = judge_pass(document, folder=engine.folder, return_code=return_code, limits=engines.limits)
            engines.keep_fonts_of(engine)
            return compiled


def _unsettled(document: TexDocument) -> Diagnostic:
    return warning(
        span_at(document, 1),
        f"page numbers in `{document.name}` still move after {MOST_PASSES} passes",
        "a reference stands just where a page breaks; change a line there, and check the printed page numbers",
    )
