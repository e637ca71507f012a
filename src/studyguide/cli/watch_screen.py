"""What a person sees of `studyguide watch`: where the page is, each file that is made, each thing that is wrong.

Comes in: what the loop reports. Goes out: text by way of `screen`.
Left to others: the page in the browser (`preview`), printing (`screen`).
"""

from __future__ import annotations

import datetime
import os
import sys
import traceback
import webbrowser
from typing import TYPE_CHECKING

from studyguide.cli import screen
from studyguide.diagnostics import Severity
from studyguide.errors import StudyGuideError

if TYPE_CHECKING:
    from studyguide.diagnostics import Diagnostic
    from studyguide.preview import Outcome, Proofed, Trouble


class WatchScreen:
    """Prints a line for everything that happens, with the time of day; what still holds is not said twice."""

    def __init__(self) -> None:
        """Begin with nothing said."""
        self._problems: frozenset[Diagnostic] = frozenset()
        self._failures: frozenset[Trouble] = frozenset()
        self._has_settled = False

    def made(self, proofed: Proofed, seconds: float) -> None:
        """Print which file was made, how long it is and how long it took."""
        self._show_news(proofed.warnings)
        mended = proofed.manuscript.sources if proofed.manuscript else ()
        self._problems = frozenset(each for each in self._problems if each.span.path not in mended)
        self._problems |= frozenset(proofed.warnings)
        if proofed.publication is not None:
            made = "unchanged" if proofed.is_unchanged else f"{seconds:.2f} s"
            _say(f"{proofed.publication.path}  {_pages(proofed.publication.page_count)}, {made}")

    def failed(self, trouble: Trouble) -> None:
        """Print what is wrong."""
        screen.show_failure(StudyGuideError(trouble.message, hint=trouble.hint, diagnostics=trouble.problems))
        self._problems |= frozenset(trouble.problems)
        if trouble.problems:
            _say("the last good pages stay")

    def errand_done(self, outcome: Outcome, seconds: float) -> None:
        """Print how many other files were made, and what is wrong with them."""
        errors = tuple(each for each in outcome.problems if each.severity is Severity.ERROR)
        self._show_news(errors)
        self._problems = frozenset((*(each for each in self._problems if each.severity is Severity.WARNING), *errors))
        for each in dict.fromkeys(outcome.failures):
            if each not in self._failures:
                screen.show_failure(StudyGuideError(each.message, hint=each.hint))
        self._failures = frozenset(outcome.failures)
        if outcome.made:
            count = len(outcome.made)
            _say(f"{count} other file{'s' if count > 1 else ''} made, {seconds:.1f} s")
        elif not (self._has_settled or errors or outcome.failures):
            _say("all other files are up to date")
        self._has_settled = True

    def bug(self, problem: Exception) -> None:
        """Print a mistake of our own, with all that helps to mend it."""
        screen.show_note("studyguide has made a mistake of its own, and goes on; please report this:")
        screen.show_note("".join(traceback.format_exception(problem)))

    def _show_news(self, problems: tuple[Diagnostic, ...]) -> None:
        screen.show_diagnostics(tuple(each for each in problems if each not in self._problems))


def show_start(*, what: str, how: str, address: str) -> None:
    """Say what is watched, how, and where the page is."""
    _say(f"watching {what}: {how}")
    screen.show_lines("", f"    {address}", "")
    # Also where it goes into a pipe or a file it is wanted now.
    sys.stdout.flush()
    screen.show_note("open this address on this machine to see the pages; stop with Ctrl-C")


def is_at_desktop() -> bool:
    """Whether there is a person before a screen on which a browser can open."""
    has_screen = sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return has_screen and sys.stdout.isatty()


def open_page(address: str) -> None:
    """Open the page; where no browser can be, the address is there to copy."""
    if not webbrowser.open(address):
        screen.show_note("no browser could be opened: copy the address into one")


def _say(text: str) -> None:
    clock = datetime.datetime.now().astimezone().strftime("%H:%M:%S")
    screen.show_note(f"{clock}  {text}")


def _pages(count: int) -> str:
    return f"{count} page{'s' if count > 1 else ''}"
