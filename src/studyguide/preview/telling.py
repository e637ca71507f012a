"""What the person at the terminal is told while people edit: each proof, and each trouble once.

Comes in: proofs and troubles. Goes out: calls of a `Reporter`. Left to others: the words (`cli.watch_screen`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from studyguide.preview.board import Choice, Trouble
    from studyguide.preview.errand import Outcome
    from studyguide.preview.proofing import Proofed


class Reporter(Protocol):
    """Who tells the person at the terminal what happens."""

    def made(self, proofed: Proofed, seconds: float) -> None:
        """Hear of a proof, its publication, and how long it took from the change on."""

    def failed(self, trouble: Trouble) -> None:
        """Hear of something that went wrong."""

    def errand_done(self, outcome: Outcome, seconds: float) -> None:
        """Hear that all other files were looked after."""

    def bug(self, problem: Exception) -> None:
        """Hear of a mistake of our own."""


class Telling:
    """What was told so far."""

    def __init__(self, reporter: Reporter) -> None:
        """Tell it to this one."""
        self._reporter = reporter
        self._told: dict[Choice | str, Trouble | None] = {}

    def made(self, proofed: Proofed, seconds: float) -> None:
        """Tell of a proof."""
        self._reporter.made(proofed, seconds)

    def trouble(self, subject: Choice | str, trouble: Trouble | None) -> None:
        """Tell of the trouble of a subject, unless it has it still; None says that it has none any more."""
        is_news = trouble is not None and trouble != self._told.get(subject)
        self._told[subject] = trouble
        if is_news and trouble is not None:
            self._reporter.failed(trouble)

    def bug(self, problem: Exception) -> None:
        """Tell of a mistake of our own."""
        self._reporter.bug(problem)
