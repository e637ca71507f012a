"""A job: one document on its way through the engines, which can be stopped from outside.

Comes in: the word that nobody wants its result any more, from any thread. Goes out: `EngineStopped`, at once, in the
thread that works for it, whatever that waits for. Left to others: ending what ran for it (`process`, `forked`).
"""

from __future__ import annotations

import contextlib
import os
import weakref
from concurrent.futures import FIRST_COMPLETED, Future, InvalidStateError, wait
from typing import TypeVar, cast

Result = TypeVar("Result")


class EngineStopped(Exception):
    """The job was stopped because nobody wants its result any more: it is no failure, and is not tried again."""


class Job:
    """A document that is being set, until it is stopped."""

    def __init__(self) -> None:
        """Begin; `descriptor` can be read from when it is stopped."""
        self._stopped: Future[None] = Future()
        self.descriptor, self._end = os.pipe()
        # Closed when nobody holds the job any more, so that no thread ever waits for another's descriptor.
        weakref.finalize(self, os.close, self.descriptor)
        self._let_go = weakref.finalize(self, os.close, self._end)

    def stop(self) -> None:
        """Stop it, from any thread, as often as you like."""
        with contextlib.suppress(InvalidStateError):
            self._stopped.set_result(None)
        self._let_go()

    def check(self) -> None:
        """Go on only if it was not stopped.

        Raises:
            EngineStopped: when it was.
        """
        if self._stopped.done():
            raise EngineStopped

    def await_result(self, future: Future[Result], timeout_seconds: float | None = None) -> Result:
        """Wait for what another thread makes, unless the job is stopped meanwhile.

        Raises:
            EngineStopped: when the job was stopped.
            TimeoutError: when it took longer.
        """
        either = (future, cast("Future[Result]", self._stopped))
        done, _ = wait(either, timeout_seconds, return_when=FIRST_COMPLETED)
        self.check()
        if not done:
            raise TimeoutError
        return future.result()
