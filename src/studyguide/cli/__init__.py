"""The command line: arguments in, one call out. Nothing else in the package prints or picks an exit code.

Comes in: what a person typed. Goes out: an exit code (`errors.ExitCode`).
`arguments` says what can be typed, `commands` makes the call, `screen` shows the outcome (owns rich).
"""

from __future__ import annotations

import gc
import signal
import sys
from typing import TYPE_CHECKING

from studyguide.cli.arguments import make_parser
from studyguide.errors import ExitCode, StudyGuideError

if TYPE_CHECKING:
    from collections.abc import Sequence

GARBAGE_THRESHOLD = 100_000
"""How many objects more than before make Python look for garbage."""

ONCE_MORE_SECONDS = 0.005
"""How long after an interrupt that was lost it comes again: what swallowed it takes microseconds."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give the exit code for the shell."""
    parsed = make_parser().parse_args(arguments)
    from studyguide.cli import commands, screen

    screen.prepare_streams()
    _stop_kindly()
    try:
        return commands.run(parsed)
    except StudyGuideError as failure:
        screen.show_failure(failure)
        return failure.exit_code
    except BrokenPipeError:
        screen.abandon_output()
        return ExitCode.OK
    except KeyboardInterrupt:
        screen.show_note("stopped; the files that were there are untouched")
        return ExitCode.INTERRUPTED


def _stop_kindly() -> None:
    # A closed terminal or a polite kill ends us as Ctrl-C does: engines are ended, their folders removed.
    for name in ("SIGTERM", "SIGHUP", "SIGALRM"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)
    sys.unraisablehook = _interrupt_once_more


def _interrupt_once_more(lost: sys.UnraisableHookArgs) -> None:
    # Python drops whatever is raised while an object goes, as it does behind many an import; a Ctrl-C there is meant.
    if issubclass(lost.exc_type, KeyboardInterrupt):
        signal.setitimer(signal.ITIMER_REAL, ONCE_MORE_SECONDS)
    else:
        sys.__unraisablehook__(lost)


def run() -> None:
    """Run the command and leave: the entry point that `pyproject.toml` names."""
    # A short life with many objects that stay: looking for garbage as often as Python does takes a tenth of it.
    gc.set_threshold(GARBAGE_THRESHOLD)
    sys.exit(main())
