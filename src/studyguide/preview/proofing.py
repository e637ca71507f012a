"""One proof: a session goes down the line, and into build/ when it is a file that the guide asks for.

Comes in: which session, for whom, on what paper; engines and settings. Goes out: a proof, or why there is none.
Left to others: when it is made, and whether it still counts (`live`); the steps themselves (the stages, `making`).
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from studyguide.artifacts import Places
from studyguide.documents import prepare_documents
from studyguide.engine import read_places
from studyguide.errors import CompileError, EngineCrashed, ManuscriptError, PublishError, StudyGuideError
from studyguide.making import make_traceable, publish_made
from studyguide.prepress import describe_pages
from studyguide.preview.board import Proof, Trouble
from studyguide.publish import build_lock
from studyguide.reader import read_manuscript
from studyguide.targets import Target, name_file, plan_variants

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studyguide.artifacts import Manuscript, PageFacts, Publication
    from studyguide.diagnostics import Diagnostic
    from studyguide.making import Line, Made
    from studyguide.preview.board import Choice
    from studyguide.settings import Settings
    from studyguide.targets import Variant


LOCK_SECONDS = 2.0
"""How long a proof waits for a build by hand to end; an errand makes way at once. Ctrl-C may have to wait for it."""


class Superseded(Exception):
    """What is being made, or asked of, is not the newest state any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What all proofs need, until the design or the settings change."""

    line: Line
    settings: Settings
    output: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Proofed:
    """How it ended: a proof, or a trouble and perhaps flawed pages; `publication` when a file stands in build/.

    `depends_on` are the files that were read or looked for. `is_unchanged`: it stood there already. `unpublished`: why
    it could not be put in its place.
    `is_accident`: no file of the author is the cause, so that it may go well the next time.
    """

    depends_on: tuple[Path, ...]
    manuscript: Manuscript | None = None
    failure: ManuscriptError | None = None
    proof: Proof | None = None
    warnings: tuple[Diagnostic, ...] = ()
    trouble: Trouble | None = None
    flawed: Proof | None = None
    publication: Publication | None = None
    is_unchanged: bool = False
    unpublished: Trouble | None = None
    is_accident: bool = False


def make_proof(target: Target, choice: Choice, bench: Bench, check: Callable[[tuple[Path, ...]], None]) -> Proofed:
    """Make the proof of a session; `check` gets the files that were read, and raises when they have gone on.

    Raises:
        Superseded: as `check` does; nothing is published then.
    """
    try:
        manuscript = read_manuscript(target.folder, session=choice.source)
    except ManuscriptError as failure:
        check(failure.sources)
        return Proofed(depends_on=failure.sources, failure=failure, trouble=explain(failure))
    depends_on = (*manuscript.sources, *manuscript.named_files)
    try:
        return _set(manuscript, choice, bench, lambda: check(depends_on), depends_on)
    except FileNotFoundError as problem:
        # A source has gone since it was read; if it is there again as it was, only another try can tell more.
        check(depends_on)
        trouble = Trouble(message=f'"{problem.filename}" went away while it was read', hint="", problems=())
        return Proofed(depends_on=depends_on, manuscript=manuscript, trouble=trouble, is_accident=True)
    except StudyGuideError as failure:
        check(depends_on)
        return Proofed(
            depends_on=depends_on,
            manuscript=manuscript,
            trouble=explain(failure),
            flawed=_flawed(failure, choice),
            is_accident=isinstance(failure, EngineCrashed | PublishError),
        )


def explain(failure: StudyGuideError) -> Trouble:
    """Put a failure into what a page and a terminal show."""
    return Trouble(message=failure.message, hint=failure.hint, problems=failure.diagnostics)


def _set(
    manuscript: Manuscript, choice: Choice, bench: Bench, check: Callable[[], None], depends_on: tuple[Path, ...]
) -> Proofed:
    target = Target(folder=manuscript.folder, session=choice.source)
    variant, is_listed = find_variant(target, manuscript, choice, bench.output)
    (document,) = prepare_documents(manuscript, (variant,), bench.settings)
    check()
    made = make_traceable(bench.line, variant, document)
    check()
    publication, unpublished = _publish(made, bench) if is_listed else (None, None)
    return Proofed(
        depends_on=depends_on,
        manuscript=manuscript,
        proof=_proof(choice, made),
        warnings=tuple(dict.fromkeys((*manuscript.warnings, *made.warnings))),
        publication=publication,
        is_unchanged=made.publication is not None,
        unpublished=unpublished,
        is_accident=unpublished is not None,
    )


def _proof(choice: Choice, made: Made) -> Proof:
    content = made.finished.content
    pages = describe_pages(content)
    return Proof(
        choice=choice,
        file_name=made.variant.path.name,
        content=content,
        pages=pages,
        find_places=cache(lambda: places_of(made, pages)),
        made_at=_now(),
    )


def places_of(made: Made, pages: tuple[PageFacts, ...]) -> Places:
    """Say where the author's lines stand on the pages of a file that was made traceable."""
    # Pages that are bound in count as well, which TeX knows nothing of: their folios end with a letter.
    own = [number for number, page in enumerate(pages) if not page.label[-1:].isupper()]
    places = read_places(made.synctex, made.document)
    return Places(places=tuple(replace(each, page=own[each.page]) for each in places.places if each.page < len(own)))


def find_variant(target: Target, manuscript: Manuscript, choice: Choice, output: Path) -> tuple[Variant, bool]:
    """Give the file that a choice is in build/, and whether the guide asks for it; else what it would be called.

    Raises:
        ManuscriptError: when two sources would have one file's name.
    """
    source = target.session or target.folder
    listed = [each for each in plan_variants(target, manuscript, (), (), output) if each.source == source]
    for each in listed:
        if (each.audience, each.paper) == (choice.audience, choice.paper):
            return each, True
    usual = listed[0]
    name = name_file(usual.path.stem, len(listed), choice.audience, choice.paper)
    variant = replace(usual, path=usual.path.with_name(name), audience=choice.audience, paper=choice.paper)
    return variant, False


def _publish(made: Made, bench: Bench) -> tuple[Publication | None, Trouble | None]:
    try:
        with build_lock(bench.output, wait_seconds=LOCK_SECONDS):
            return publish_made(bench.line, made), None
    except StudyGuideError as failure:
        return None, explain(failure)


def _flawed(failure: StudyGuideError, choice: Choice) -> Proof | None:
    """Give the pages that TeX made in spite of what it stumbled over, if it did."""
    if not isinstance(failure, CompileError) or failure.pages is None:
        return None
    return Proof(
        choice=choice,
        file_name="",
        content=failure.pages,
        pages=describe_pages(failure.pages),
        find_places=None,
        made_at=_now(),
        is_flawed=True,
    )


def _now() -> datetime.datetime:
    return datetime.datetime.now().astimezone()
