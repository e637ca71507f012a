"""From a word of a whole guide back to the author's line: TeX sets the guide once more, and notes where lines stand.

Comes in: which guide, for whom, on what paper, and the pages that are shown. Goes out: `Places` on these pages. Only a
click asks for it: the errands that make whole guides need no notes. Left to others: handouts (`proofing`).
"""

from __future__ import annotations

import threading
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import TYPE_CHECKING, Any

from studyguide.documents import prepare_documents
from studyguide.engine import EngineStopped
from studyguide.errors import StudyGuideError
from studyguide.making import make_traceable
from studyguide.prepress import describe_pages
from studyguide.preview.memory import give_back
from studyguide.preview.proofing import Superseded, find_variant, places_of
from studyguide.reader import read_manuscript
from studyguide.targets import Target

if TYPE_CHECKING:
    from studyguide.artifacts import PageFacts, Places
    from studyguide.preview.benches import Benches
    from studyguide.preview.board import Choice


class Tracing:
    """The whole guides that are traced now; from any thread."""

    def __init__(self, benches: Benches) -> None:
        """Trace on these benches; nothing is asked for yet."""
        self._benches = benches
        self._running: dict[tuple[Choice, tuple[PageFacts, ...]], Future[Places]] = {}
        self._lock = threading.Lock()
        self._end: Future[None] = Future()

    def trace(self, choice: Choice, pages: tuple[PageFacts, ...]) -> Places:
        """Say where the author's lines stand on these pages of a whole guide; who asks meanwhile waits for the same.

        Raises:
            Superseded: when the files do not make these pages any more, or the watch has ended.
        """
        key = choice, pages
        with self._lock:
            traced = self._running.get(key)
            if traced is None:
                traced = self._running[key] = Future()
                # Reading and typesetting many sessions takes seconds, for which the end of a watch does not wait.
                threading.Thread(target=self._fill, args=(key, traced), name="tracing", daemon=True).start()
        either: tuple[Future[Any], ...] = (traced, self._end)
        wait(either, return_when=FIRST_COMPLETED)
        if not traced.done():
            raise Superseded
        return traced.result()

    def close(self) -> None:
        """Let nobody wait any more."""
        self._end.set_result(None)

    def _fill(self, key: tuple[Choice, tuple[PageFacts, ...]], traced: Future[Places]) -> None:
        try:
            traced.set_result(_trace(*key, self._benches))
        except Exception as problem:  # noqa: BLE001  whoever waits gets it
            traced.set_exception(problem)
        finally:
            with self._lock:
                del self._running[key]
            give_back()


def _trace(choice: Choice, pages: tuple[PageFacts, ...], benches: Benches) -> Places:
    target = Target(folder=choice.source, session=None)
    try:
        bench = benches.bench(target)
        manuscript = read_manuscript(target.folder)
        variant, _ = find_variant(target, manuscript, choice, bench.output)
        (document,) = prepare_documents(manuscript, (variant,), bench.settings)
        made = make_traceable(bench.line, variant, document)
        now = describe_pages(made.finished.content)
    except (StudyGuideError, EngineStopped, FileNotFoundError) as failure:
        raise Superseded from failure
    if [page.digest for page in now] != [page.digest for page in pages]:
        raise Superseded
    return places_of(made, pages)
