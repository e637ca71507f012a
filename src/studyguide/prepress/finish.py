"""The stage's verb: a PDF as TeX left it becomes the PDF that is handed out.

Comes in: `TexDocument`, for what it says of itself, and `CompiledPdf`. Goes out: `FinishedPdf`, read back and found
right; the same input gives the same bytes.
There are two ways: a file that our class has described needs nothing but to be read (`described`), any other is
copied and described here (`assemble`). Left to others: putting the file in its place (`publish`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.diagnostics import Diagnostic
from studyguide.errors import PrepressError
from studyguide.prepress.inserts import examine

if TYPE_CHECKING:
    from pathlib import Path

    from studyguide.artifacts import BoundInsert, CompiledPdf, FinishedPdf, TexDocument
    from studyguide.prepress.forms import PageForm


def finish(document: TexDocument, compiled: CompiledPdf) -> FinishedPdf:
    """Set what the PDF says of itself, bind in the inserts, and read the result back.

    Raises:
        PrepressError: when an insert cannot be used (`diagnostics` says which), an anchor is not in the PDF, or the
            result does not read back as it should.
    """
    from studyguide.prepress.assemble import assemble
    from studyguide.prepress.described import adopt

    content = _read(compiled.path)
    adopted = adopt(document, content, compiled.page_count)
    return adopted or assemble(document, content, compiled.page_count, _open_inserts(document.inserts))


def get_ready() -> None:
    """Import what `finish` needs, which takes longer than its work: for those who wait for TeX anyway."""
    import studyguide.prepress.assemble
    import studyguide.prepress.described  # noqa: F401


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise PrepressError("the PDF that TeX wrote cannot be read", hint="build again") from problem


def _open_inserts(inserts: tuple[BoundInsert, ...]) -> tuple[tuple[PageForm, ...], ...]:
    opened = [examine(insert) for insert in inserts]
    problems = tuple(each for each in opened if isinstance(each, Diagnostic))
    if problems:
        raise PrepressError("the inserts cannot be bound in", diagnostics=problems)
    return tuple(each for each in opened if not isinstance(each, Diagnostic))
