"""Engines and settings that stay warm between builds, renewed when a class, a template or studyguide.toml changes.

Comes in: how settings are read, and guides. Goes out: a `Bench` for each guide; the same templates share one.
Left to others: what is made on them (`proofing`).
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from studyguide.errors import EngineCrashed
from studyguide.making import begin_line, open_cache
from studyguide.preview.proofing import Bench
from studyguide.preview.snapshot import EMPTY, changed_paths, take_snapshot
from studyguide.settings import SETTINGS_FILE, template_folders_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from studyguide.settings import Settings
    from studyguide.targets import Target


class Benches:
    """The benches of one `studyguide watch`; `number` counts how often they were renewed."""

    def __init__(self, *, load_settings: Callable[[], Settings], output: Path | None) -> None:
        """Read the settings; engines start when they are needed. `output` goes before what the settings say.

        Raises:
            SettingsError: when studyguide.toml is wrong.
        """
        self.number = 1
        self._load_settings = load_settings
        self._output = output
        self.settings = load_settings()
        self._taking = threading.Lock()
        self._is_closed = False
        self._benches: dict[tuple[Path, ...], Bench] = {}
        self._design = EMPTY

    @property
    def output(self) -> Path:
        """The folder that gets the PDFs."""
        return self._output or self.settings.output

    def files(self, targets: Iterable[Target]) -> frozenset[Path]:
        """Give the files that decide about design and settings, and those whose coming would."""
        folders = {each for target in targets for each in template_folders_of(target.folder, self.settings)}
        own = {target.folder / "latex_templates" for target in targets}
        # By a pattern, for a folder may go before it is looked into.
        inside = {path for folder in folders for path in folder.glob("*") if not path.name.startswith(".")}
        return frozenset({Path(SETTINGS_FILE)} | own | inside)

    def is_outdated(self, targets: Iterable[Target]) -> bool:
        """Say whether a design or a setting has changed since this was asked last."""
        before, self._design = self._design, take_snapshot(self.files(targets), self._design)
        if before is EMPTY:
            return False
        return before.files.keys() != self._design.files.keys() or bool(changed_paths(before, self._design))

    def renew(self) -> None:
        """End all engines, so that they start anew when they are needed, and read the settings again.

        Raises:
            SettingsError: when studyguide.toml is wrong; the settings before stay.
        """
        self.number += 1
        self._end()
        self.settings = self._load_settings()

    def bench(self, target: Target) -> Bench:
        """Give the bench of a guide, its engines warm or warming; from any thread.

        Raises:
            EngineCrashed: when all has ended.
        """
        with self._taking:
            if self._is_closed:
                raise EngineCrashed("the watch has ended")
            folders = template_folders_of(target.folder, self.settings)
            if folders not in self._benches:
                line = begin_line(open_cache(self.output, self.settings), target.folder, self.settings)
                self._benches[folders] = Bench(line=line, settings=self.settings, output=self.output)
            return self._benches[folders]

    def stop_jobs(self) -> None:
        """End what the engines are working on now."""
        for bench in tuple(self._benches.values()):
            bench.line.engines.stop_jobs()

    def close(self) -> None:
        """End all engines, for good."""
        with self._taking:
            self._is_closed = True
        self._end()

    def _end(self) -> None:
        with self._taking:
            benches, self._benches = list(self._benches.values()), {}
        for bench in benches:
            bench.line.engines.close()
