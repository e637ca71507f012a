"""Which files there are to make: paths that a person typed become targets, targets become named variants.

Comes in: paths, papers, audiences. Goes out: `Target`s and `Variant`s. Nothing is read but folder listings.
Left to others: making them (`build`).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from studyguide.diagnostics import error
from studyguide.errors import ManuscriptError, UsageError
from studyguide.model.layout import GUIDE_FILE, SESSIONS_FOLDER, is_session_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studyguide.artifacts import Manuscript
    from studyguide.diagnostics import Diagnostic, SourceSpan
    from studyguide.model.guide import Audience, Paper, Session

GUIDES_FOLDER = "guides"
KEPT_LISTINGS = 32
"""How many listings of folders are remembered: while people edit, the same names are asked for again and again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A guide's folder, and the one session meant, or None for all of it."""

    folder: Path
    session: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One file to make: `session` is None for the whole guide; `source` is the file or folder that it comes from."""

    path: Path
    session: Session | None
    source: Path
    paper: Paper
    audience: Audience


def find_targets(paths: Sequence[Path]) -> tuple[Target, ...]:
    """Tell what each path means; no path means every guide under `guides/`.

    Raises:
        UsageError: when a path is neither a guide's folder nor a session file, or there is no guide at all.
    """
    if not paths:
        return _guides_in(Path(GUIDES_FOLDER))
    return tuple(dict.fromkeys(target for path in paths for target in _targets_at(path)))


def _targets_at(path: Path) -> tuple[Target, ...]:
    if (path / GUIDE_FILE).exists():
        return (Target(folder=path, session=None),)
    if path.is_dir():
        return _guides_in(path)
    if path.name == GUIDE_FILE and path.exists():
        return (Target(folder=path.parent, session=None),)
    if path.parent.name == SESSIONS_FOLDER or path.resolve().parent.name == SESSIONS_FOLDER:
        return (Target(folder=path.parent.parent if path.parent.name else path.resolve().parent.parent, session=path),)
    if not path.exists():
        raise UsageError(f'there is no "{path}"', hint="give a guide's folder or a session file")
    raise UsageError(
        f'"{path}" is not in a guide',
        hint="a session file lies in the sessions/ folder of a guide, beside its guide.md",
    )


def _guides_in(folder: Path) -> tuple[Target, ...]:
    found = sorted(path.parent for path in folder.glob(f"*/{GUIDE_FILE}"))
    if not found:
        raise UsageError(f'there is no guide in "{folder}"', hint='begin one with: studyguide new "Name of your guide"')
    return tuple(Target(folder=path, session=None) for path in found)


def files_of(target: Target) -> tuple[Path, ...]:
    """Give the Markdown files of a target: its session, or the guide's header and all its sessions."""
    return sessions_of(target) if target.session is not None else (target.folder / GUIDE_FILE, *sessions_of(target))


def sessions_of(target: Target) -> tuple[Path, ...]:
    """Give the session files of a target."""
    if target.session is not None:
        return (target.session,)
    folder = target.folder / SESSIONS_FOLDER
    try:
        with os.scandir(folder) as entries:
            names = tuple(each.name for each in entries)
    except OSError:
        return ()
    return _sessions_in(folder, names)


@lru_cache(maxsize=KEPT_LISTINGS)
def _sessions_in(folder: Path, names: tuple[str, ...]) -> tuple[Path, ...]:
    return tuple(sorted(folder / each for each in names if is_session_file(each)))


def plan_variants(
    target: Target,
    manuscript: Manuscript,
    papers: tuple[Paper, ...],
    audiences: tuple[Audience, ...],
    output: Path,
) -> tuple[Variant, ...]:
    """Name every file to make: the first paper and audience get the plain name, the others say what they are.

    A guide without sessions has none: there is nothing yet that a group could meet over.

    Raises:
        ManuscriptError: when two sources would have one file's name.
    """
    guide = manuscript.guide
    pairs = tuple(product(audiences or guide.audiences, papers or guide.papers))
    sources: list[tuple[str, Session | None, Path]] = [(each.slug, each, each.span.path) for each in guide.sessions]
    if target.session is None and guide.sessions:
        sources.append((guide.slug, None, target.folder))
    variants: dict[Path, Variant] = {}
    clashes = []
    for (slug, session, source), (number, (audience, paper)) in product(sources, enumerate(pairs)):
        path = output / guide.slug / name_file(slug, number, audience, paper)
        if path in variants:
            clashes.append(_clash(path, variants[path], guide.span))
        variants[path] = Variant(path=path, session=session, source=source, paper=paper, audience=audience)
    if clashes:
        raise ManuscriptError("two files would have the same name", diagnostics=tuple(clashes))
    return tuple(variants.values())


def name_file(slug: str, number: int, audience: Audience, paper: Paper) -> str:
    """Name a PDF; `number` counts the variants that are asked for from 0: the first has the plain name."""
    return f"{slug}.pdf" if number == 0 else f"{slug}-{audience}-{paper}.pdf"


def _clash(path: Path, other: Variant, guide_span: SourceSpan) -> Diagnostic:
    span = other.session.span if other.session else guide_span
    return error(span, f'this and another source would both become "{path.name}"', "rename the session file")
