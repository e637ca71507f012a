"""What the page in the browser is told, as plain values.

Comes in: the board, and what an address asks for. Goes out: dictionaries to be written as JSON, the page of a digest.
Left to others: who may ask (`admission`), addresses (`routes`), pictures (`rendering`).
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from studyguide.model.guide import Audience, Paper
from studyguide.preview.board import Choice

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable

    from studyguide.artifacts import PageFacts
    from studyguide.diagnostics import Diagnostic, SourceSpan
    from studyguide.preview.board import Board, Entry, Proof, Shelf, Trouble, View

PROOF_ID_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a page asks for, in the words of its address; each may be empty or mean nothing."""

    name: str
    audience: str
    paper: str


def choose(view: View, wish: Wish) -> Choice | None:
    """Find the proof that is wished for, or the nearest: the entry edited last, the first one, the usual variant."""
    entries = [(shelf, entry) for shelf in view.shelves for entry in shelf.entries]
    if not entries:
        return None
    by_name = {entry.name: (shelf, entry) for shelf, entry in reversed(entries)}
    shelf, entry = by_name.get(wish.name) or by_name.get(view.edited) or entries[0]
    return Choice(
        source=entry.source,
        audience=next((each for each in Audience if each == wish.audience), shelf.audiences[0]),
        paper=next((each for each in Paper if each == wish.paper), shelf.papers[0]),
    )


def describe_state(view: View, choice: Choice | None, run: str) -> dict[str, object]:
    """Give all that the page shows; `run` tells one start of the server from another."""
    problems = (*(view.trouble.problems if view.trouble else ()), *view.warnings)
    return {
        "run": run,
        "version": view.version,
        "shelves": [_describe_shelf(shelf) for shelf in view.shelves],
        "watching": view.watching,
        "errand": view.errand,
        "edited": view.edited,
        "choice": choice and _describe_choice(view.shelves, choice),
        "is_building": view.is_building,
        "stale_since": view.stale_since and _clock_time(view.stale_since),
        "proof": view.proof and _describe_proof(view.proof),
        "trouble": view.trouble and _describe_trouble(view.trouble),
        "problems": [_describe_problem(each) for each in problems],
    }


def describe_place(span: SourceSpan) -> dict[str, object]:
    """Give a place in an author's file: as it is printed, and as an editor opens it."""
    path = str(span.path.absolute())
    return {"where": str(span), "path": path, "line": span.line, "column": span.column}


def identify(proof: Proof) -> str:
    """Tell proofs apart that look different."""
    digests = "".join(page.digest for page in proof.pages)
    return blake2b(digests.encode(), digest_size=PROOF_ID_BYTES).hexdigest()


def find_page(board: Board, digest: str) -> tuple[Proof, int] | None:
    """Find a page of a proof that is on the board, counted from 0."""
    return next(
        (
            (proof, number)
            for proof in board.proofs()
            for number, page in enumerate(proof.pages)
            if page.digest == digest
        ),
        None,
    )


def _describe_shelf(shelf: Shelf) -> dict[str, object]:
    """Describe a guide; what it does not ask for can be looked at all the same, and is never in build/."""
    return {
        "title": shelf.title,
        "audiences": list(dict.fromkeys((*shelf.audiences, *Audience))),
        "papers": list(dict.fromkeys((*shelf.papers, *Paper))),
        "usual": {"audience": shelf.audiences[0], "paper": shelf.papers[0]},
        "entries": [_describe_entry(entry) for entry in shelf.entries],
    }


def _describe_entry(entry: Entry) -> dict[str, object]:
    return {"name": entry.name, "title": entry.title, "day": entry.day, "is_whole_guide": entry.is_whole_guide}


def _describe_choice(shelves: Iterable[Shelf], choice: Choice) -> dict[str, object]:
    names = (entry.name for shelf in shelves for entry in shelf.entries if entry.source == choice.source)
    return {"name": next(names, ""), "audience": choice.audience, "paper": choice.paper}


def _describe_proof(proof: Proof) -> dict[str, object]:
    return {
        "id": identify(proof),
        "file": proof.file_name,
        "made_at": _clock_time(proof.made_at),
        "is_flawed": proof.is_flawed,
        "changed": list(proof.changed),
        "pages": [_describe_page(page) for page in proof.pages],
    }


def _describe_page(page: PageFacts) -> dict[str, object]:
    return {
        "digest": page.digest,
        "width": page.width_points,
        "height": page.height_points,
        "label": page.label,
    }


def _describe_trouble(trouble: Trouble) -> dict[str, object]:
    return {"message": trouble.message, "hint": trouble.hint}


def _describe_problem(problem: Diagnostic) -> dict[str, object]:
    words = {"severity": problem.severity, "message": problem.message, "hint": problem.hint}
    return words | describe_place(problem.span)


def _clock_time(moment: datetime.datetime) -> str:
    return f"{moment:%H:%M:%S}"
