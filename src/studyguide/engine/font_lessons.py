"""Fonts are learnt by engines that read nothing of an author, each font once, while whoever needs them may wait.

Comes in: the folder of an engine that has set a document. Goes out: its new fonts in the cache of all later engines.
Left to others: which fonts these are (`font_learning`), what is kept (`font_cache`), the engines (`warm`).
"""

from __future__ import annotations

import threading
from concurrent.futures import Future
from dataclasses import replace
from typing import TYPE_CHECKING

from studyguide.engine.driver import BODY
from studyguide.engine.font_cache import NAMES, keep_what_was_learnt
from studyguide.engine.font_learning import body_for, fonts_to_learn, is_index_to_be_made

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from studyguide.engine.installation import Installation
    from studyguide.engine.process import EngineProcess

LEARNING_SECONDS = 120.0
"""How long learning fonts may take; the largest need ten seconds each."""


class FontLessons:
    """What has been learnt in one run, one lesson at a time."""

    def __init__(
        self,
        find_installation: Callable[[], Installation],
        start_learner: Callable[[Installation, str], EngineProcess],
        give_up: Callable[[EngineProcess], None],
    ) -> None:
        """Learn nothing yet."""
        self._find_installation = find_installation
        self._start_learner = start_learner
        self._give_up = give_up
        self._learnt: frozenset[str] = frozenset()
        self._learning = threading.Lock()

    def learn_fonts_of(self, folder: Path) -> Future[None]:
        """See to it that the fonts which an engine in this folder has met for the first time are known to all later.

        Returns at once; what comes back is done when they are.
        """
        lesson: Future[None] = Future()
        installation = self._find_installation()
        fonts = fonts_to_learn(folder, installation.font_folders)
        if fonts <= self._learnt and not is_index_to_be_made(folder, installation.cache_folder):
            lesson.set_result(None)
        else:
            threading.Thread(target=self._give_lesson, args=(fonts, lesson), name="fonts", daemon=True).start()
        return lesson

    def learn_class(self, installation: Installation, preamble: str) -> bool:
        """Learn the fonts of a preamble that is nobody's but ours, wait for it, and say whether that went well."""
        with self._learning:
            return self._run(installation, preamble, frozenset())

    def forget(self) -> None:
        """Take nothing for learnt any more: the cache may have gone with what was."""
        with self._learning:
            self._learnt = frozenset()

    def _give_lesson(self, fonts: frozenset[str], lesson: Future[None]) -> None:
        try:
            with self._learning:
                self._learn(fonts, self._find_installation())
            lesson.set_result(None)
        except BaseException as problem:  # noqa: BLE001  it is raised again in the thread that waits
            lesson.set_exception(problem)

    def _learn(self, fonts: frozenset[str], installation: Installation) -> None:
        if fonts <= self._learnt and (installation.cache_folder / NAMES).is_dir():
            return
        new, self._learnt = fonts - self._learnt, self._learnt | fonts
        self._run(replace(installation, class_folders=()), "", new)

    def _run(self, installation: Installation, preamble: str, fonts: frozenset[str]) -> bool:
        learner = self._start_learner(installation, preamble)
        try:
            learner.place(BODY, body_for(fonts))
            learner.hand_over()
            is_learnt = learner.wait(LEARNING_SECONDS) == 0
        except TimeoutError:
            return False
        else:
            if is_learnt:
                keep_what_was_learnt(learner.folder, installation.cache_folder)
            return is_learnt
        finally:
            self._give_up(learner)
