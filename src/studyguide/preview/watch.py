"""One `studyguide watch` from start to end: it puts the loop, the page and the watcher together, and takes them apart.

Comes in: what the command was asked. Goes out: a page at an address, PDFs in build/, nothing left when it is over.
Left to others: every part of it.
"""

from __future__ import annotations

import datetime
import threading
from contextlib import ExitStack
from importlib.resources import files
from typing import TYPE_CHECKING, Self

from studyguide.build import keep_apart
from studyguide.engine import PrivateFolders
from studyguide.preview.benches import Benches
from studyguide.preview.board import Board
from studyguide.preview.errand import Errand
from studyguide.preview.live import Live
from studyguide.preview.quiet_work import QuietWork
from studyguide.preview.server import PreviewServer
from studyguide.preview.sources import Sources
from studyguide.preview.tracing import Tracing
from studyguide.preview.watcher import Watcher
from studyguide.publish import watch_lock

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from studyguide.preview.telling import Reporter
    from studyguide.settings import Settings
    from studyguide.targets import Target


class Watch:
    """Everything that runs while people edit; a context, which ends it all."""

    def __init__(  # noqa: PLR0913  each by its name
        self,
        *,
        find_targets: Callable[[], tuple[Target, ...]],
        load_settings: Callable[[], Settings],
        output: Path | None,
        port: int | None,
        wants_polling: bool,
        reporter: Reporter,
    ) -> None:
        """Take what was asked for; nothing starts before the context is entered."""
        self._find_targets = find_targets
        self._load_settings = load_settings
        self._output = output
        self._port = port
        self._wants_polling = wants_polling
        self._reporter = reporter
        self._closing = ExitStack()

    def __enter__(self) -> Self:
        """Start it all.

        Raises:
            UsageError: when there is nothing to watch, or the port is taken.
            SettingsError: when studyguide.toml is wrong, or the output folder lies inside a guide.
            PublishError: when another one watches a guide already.
        """
        with ExitStack() as stack:
            self._start(stack)
            self._closing = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End it all: engines, errand, server, watcher, locks and temporary folders."""
        self._closing.close()

    def wait(self) -> None:
        """Wait until the loop ends, which it does not do by itself: Ctrl-C ends the waiting."""
        self._thread.join()

    def _start(self, stack: ExitStack) -> None:
        benches = Benches(load_settings=self._load_settings, output=self._output)
        guides = stack.enter_context(_Guides(self._find_targets, benches))
        targets = guides.find()
        folders = PrivateFolders()
        stack.callback(folders.remove)
        self.board = board = Board(now=lambda: datetime.datetime.now().astimezone())
        watcher = stack.enter_context(Watcher((each.folder for each in targets), poll=self._wants_polling))
        sources = Sources(watcher)
        board.listen(sources.wake)
        errand = Errand(temporary_folder=folders.make(), when_done=sources.wake)
        tracing = Tracing(benches)
        quiet_work = QuietWork(
            errand,
            board,
            scratch=folders.make(),
            report=self._reporter.errand_done,
            trace=tracing.trace,
        )
        live = Live(
            find_targets=guides.find,
            benches=benches,
            sources=sources,
            board=board,
            quiet_work=quiet_work,
            reporter=self._reporter,
        )
        self.how = watcher.how
        self.what = ", ".join(str(each.session or each.folder) for each in targets)
        board.say(watching=watcher.how)
        page = files("studyguide.preview").joinpath("page.html").read_bytes()
        server = PreviewServer(board, page=page, port=self._port)
        stack.callback(server.stop)
        server.start()
        stack.callback(tracing.close)
        self.address = server.address
        self._thread = threading.Thread(target=live.run, name="live", daemon=True)
        self._thread.start()
        stack.callback(self._thread.join)
        stack.callback(live.stop)


class _Guides(ExitStack):
    """Guides that are watched: whenever they are looked for, others that watch them are kept out from then on."""

    def __init__(self, find_targets: Callable[[], tuple[Target, ...]], benches: Benches) -> None:
        """Hold none yet."""
        super().__init__()
        self._find_targets = find_targets
        self._benches = benches
        self._held: dict[Path, Path] = {}

    def find(self) -> tuple[Target, ...]:
        """Find what is to be watched.

        Raises:
            UsageError: when there is nothing to watch.
            SettingsError: when the output folder lies inside a guide.
            PublishError: when another one watches a guide already.
        """
        targets = self._find_targets()
        output = self._benches.output
        for folder in dict.fromkeys(each.folder for each in targets if each.folder not in self._held):
            keep_apart(output, folder)
            place = folder.resolve()
            if place not in self._held.values():
                self.enter_context(watch_lock(output, str(place)))
            self._held[folder] = place
        return targets
