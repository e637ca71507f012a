"""Jobs of fork servers, and the servers that they share.

Comes in: a preamble and folders for jobs. Goes out: engines with the face of an `EngineProcess`, each a child that is
forked, locked and gone. Left to others: the server itself (`fork_server`), when to do without (`warm`).
"""

from __future__ import annotations

import contextlib
import threading
import time
from typing import TYPE_CHECKING

from studyguide.engine.fork_server import ForkServer
from studyguide.engine.job import EngineStopped
from studyguide.engine.private_folders import place_file
from studyguide.engine.server_status import ForkRefused
from studyguide.errors import EngineCrashed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studyguide.engine.installation import Installation
    from studyguide.engine.job import Job
    from studyguide.engine.private_folders import PrivateFolders

LOCK_FAILED = 113
"""The return code of a child that the kernel would not lock; `fork_server.lua` knows it."""


class ForkedEngine:
    """A job of a fork server, with the face of an engine process: things are placed, it is handed over, it ends."""

    def __init__(self, servers: ForkServers, folder: Path, job: Job) -> None:
        """Take a folder that is empty and private; nothing runs yet."""
        self.folder = folder
        self._servers = servers
        self._job = job
        self._server: ForkServer | None = None

    def place(self, name: str, content: bytes) -> None:
        """Put a file into the private folder.

        Raises:
            EngineCrashed: when there is no room for it.
        """
        place_file(self.folder / name, content)

    def hand_over(self) -> None:
        """Say that the body stands in the folder: from now on a server may fork for it.

        Raises:
            EngineCrashed: when the build has been stopped, or there is no room for a private folder.
        """
        self._server = self._servers.take()

    def wait(self, timeout_seconds: float) -> int:
        """Let a server fork, wait for the child and give its return code: negative for a signal.

        Raises:
            ForkRefused: when the server cannot fork, or the kernel not lock the child.
            EngineMissing: when the server could not be started.
            EngineStopped: when the job was stopped; the server can do another.
            TimeoutError: when it took longer.
        """
        server, self._server = self._server, None
        if server is None:
            raise ForkRefused("it was not handed over")
        deadline = time.monotonic() + timeout_seconds
        is_good = False
        try:
            return_code = self._await_end(server, deadline)
            is_good = True
        except EngineStopped:
            is_good = server.end_child()
            raise
        except TimeoutError:
            is_good = server.is_ready and server.end_child()
            raise
        except BrokenPipeError:
            return_code = server.leave_log(self.folder)
            if return_code == 0:
                raise ForkRefused("it has ended without a word") from None
        finally:
            if is_good:
                self._servers.give_back(server)
            else:
                self._servers.drop(server)
        if return_code == LOCK_FAILED and not server.is_child_locked:
            raise ForkRefused("the kernel did not lock the child")
        return return_code

    def end(self) -> None:
        """Give back a server that it was handed over to and has not waited for."""
        server, self._server = self._server, None
        if server is not None:
            self._servers.give_back(server)

    def _await_end(self, server: ForkServer, deadline: float) -> int:
        server.begin(self.folder, deadline, self._job)
        return server.await_end(deadline, self._job)


class ForkServers:
    """The servers of one preamble: as many as jobs are run at once, each used again and again."""

    def __init__(self, find_installation: Callable[[], Installation], preamble: str, folders: PrivateFolders) -> None:
        """Start nothing yet."""
        self._find_installation = find_installation
        self._preamble = preamble
        self._folders = folders
        self._idle: list[ForkServer] = []
        self._all: list[ForkServer] = []
        self._is_closed = False
        self._lock = threading.Lock()

    def expect(self, count: int) -> None:
        """See to it that at least so many servers are warm or warming; returns at once."""
        with self._lock:
            self._end_unfit()
            while len(self._all) < count:
                self._idle.append(self._start())

    def take(self) -> ForkServer:
        """Give a server that no job uses: the one that was started first, or a new one.

        Raises:
            EngineCrashed: when the build has been stopped, or there is no room for a private folder.
        """
        with self._lock:
            self._end_unfit()
            return self._idle.pop(0) if self._idle else self._start()

    def give_back(self, server: ForkServer) -> None:
        """Let another job have this server."""
        with self._lock:
            self._idle.insert(0, server)

    def drop(self, server: ForkServer) -> None:
        """End a server that is not to be used any more."""
        self._end(server)
        with self._lock, contextlib.suppress(ValueError):
            self._all.remove(server)

    def close(self) -> None:
        """End them all, and start no other."""
        with self._lock:
            self._is_closed = True
            servers, self._all, self._idle = self._all, [], []
        for server in servers:
            server.end()

    def _end_unfit(self) -> None:
        for server in [each for each in self._idle if not each.is_fit]:
            self._idle.remove(server)
            self._all.remove(server)
            self._end(server)

    def _end(self, server: ForkServer) -> None:
        server.end()
        self._folders.let_go(server.folder)

    def _start(self) -> ForkServer:
        if self._is_closed:
            raise EngineCrashed("the build was stopped")
        server = ForkServer(self._find_installation, self._preamble, self._folders.make())
        self._all.append(server)
        return server
