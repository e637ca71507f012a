"""Programs and folders, found once for all engines of a run, and again when they have changed or gone.

Comes in: how to look for them, and what is to be done before the first engine starts. Goes out: the `Installation`.
Left to others: looking (`discovery`), what an engine needs besides (`class_lesson`).
"""

from __future__ import annotations

import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING

from studyguide.engine.ground import survey_programs

if TYPE_CHECKING:
    from collections.abc import Callable

    from studyguide.engine.ground import Ground
    from studyguide.engine.installation import Installation


class Premises:
    """What engines are started with; whoever needs it first lets it be looked for, in a thread of its own."""

    def __init__(self, search: Callable[[], Installation], prepare: Callable[[Installation], None]) -> None:
        """Look for nothing yet."""
        self._search = search
        self._prepare = prepare
        self._finding: Future[Installation] | None = None
        self._ground: Ground
        self._lock = threading.Lock()

    def find(self) -> Future[Installation]:
        """Let it be looked for, unless it is known and still there; returns at once."""
        with self._lock:
            if self._finding is None or (self._finding.done() and not self._is_firm(self._finding)):
                self._finding = Future()
                threading.Thread(target=self._find, args=(self._finding,), name="premises", daemon=True).start()
            return self._finding

    def installation(self) -> Installation:
        """Wait until it is found and prepared.

        Raises:
            EngineMissing: when there is no LuaLaTeX, or the cache cannot be made.
            EngineCrashed: when the build has been stopped.
        """
        return self.find().result()

    def renew(self) -> None:
        """Let it be looked for anew when it is needed next: what has to be done before an engine starts has changed."""
        with self._lock:
            self._finding = None

    def _is_firm(self, finding: Future[Installation]) -> bool:
        return finding.exception() is None and self._ground.is_firm

    def _find(self, finding: Future[Installation]) -> None:
        try:
            installation = self._search()
            self._ground = survey_programs(installation)
            self._prepare(installation)
            finding.set_result(installation)
        except BaseException as problem:  # noqa: BLE001  it is raised again in the threads that ask for the result
            finding.set_exception(problem)
