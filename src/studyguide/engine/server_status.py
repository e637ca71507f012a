"""What an engine that forks says of itself and of its children: lines on a pipe, each due at its time.

Comes in: the pipe's end, which the engine gets. Goes out: what stands in its lines, as soon as they come.
Left to others: what follows from them (`fork_server`); `fork_server.lua` writes them.
"""

from __future__ import annotations

import os
import select
import time
import weakref
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studyguide.engine.job import Job

LONGEST_STATUS_BYTES = 4096


class ForkRefused(Exception):
    """This machine's LuaLaTeX cannot fork, or its kernel cannot lock a child; the message says which."""


class StatusLines:
    """The lines of one server: `ready`, then for each job `child` and its number, `locked`, `end` and how it ended."""

    def __init__(self) -> None:
        """Wait for `ready`; the server writes to `end_of_server`."""
        self.is_child_locked = False
        self._awaited = ["ready"]
        self._unread = b""
        self._pipe, self.end_of_server = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
        # Closed when nobody holds the server any more, so that no thread ever reads from another's descriptor.
        weakref.finalize(self, os.close, self._pipe)

    def is_awaited(self, word: str) -> bool:
        """Whether a line that begins so is still to come."""
        return word in self._awaited

    def expect_job(self) -> None:
        """Wait for what is said of a job, of whose child we know nothing yet."""
        self.is_child_locked = False
        self._awaited = ["child", "end"]

    def read(self, word: str, deadline: float, job: Job | None = None) -> str:
        """Give what follows the word that the server has to say next; its child says for itself that it is locked.

        Raises:
            ForkRefused: when the server says that it cannot fork, or what we do not understand.
            EngineStopped: when the job was stopped.
            TimeoutError: when it has said nothing by the deadline.
            BrokenPipeError: when it has ended.
        """
        while (line := self._read_line(deadline, job)) == "locked":
            self.is_child_locked = True
        said, _, rest = line.partition(" ")
        if said != word or not (rest == "" if word == "ready" else rest.isdecimal()):
            raise ForkRefused(rest if said == "refused" else "it says what we do not understand")
        self._awaited.remove(word)
        return rest

    def _read_line(self, deadline: float, job: Job | None) -> str:
        watched = [self._pipe] if job is None else [self._pipe, job.descriptor]
        while b"\n" not in self._unread:
            readable, _, _ = select.select(watched, [], [], max(deadline - time.monotonic(), 0))
            if job is not None:
                job.check()
            if not readable:
                raise TimeoutError
            said = os.read(self._pipe, LONGEST_STATUS_BYTES)
            if not said:
                raise BrokenPipeError
            self._unread += said
        line, _, self._unread = self._unread.partition(b"\n")
        return line.decode(errors="replace")
