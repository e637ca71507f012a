"""What an error carries, and what the shell gets back for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from studyguide import errors
from studyguide.diagnostics import Diagnostic, Severity, SourceSpan
from studyguide.errors import ExitCode


def test_an_error_shows_its_sentence() -> None:
    """What is raised is what a person reads, with the advice and the places beside it."""
    place = Diagnostic(
        span=SourceSpan(path=Path("03-water.md"), line=12, column=9),
        severity=Severity.ERROR,
        message='`pages` ends before it begins: "48-31"',
        hint='write the first page first, as in "31-48"',
    )
    failure = errors.ManuscriptError("one file cannot be read", hint="see above", diagnostics=(place,))
    assert str(failure) == failure.message == "one file cannot be read"
    assert failure.hint == "see above"
    assert failure.diagnostics == (place,)


def test_an_error_needs_neither_advice_nor_places() -> None:
    """A sentence alone is enough to raise."""
    failure = errors.EngineTimeout("TeX took longer than 90 seconds")
    assert (failure.hint, failure.diagnostics) == ("", ())


@pytest.mark.parametrize(
    ("kind", "exit_code"),
    [
        (errors.ManuscriptError, ExitCode.AUTHOR),
        (errors.NotesError, ExitCode.AUTHOR),
        (errors.UsageError, ExitCode.USAGE),
        (errors.SettingsError, ExitCode.SETUP),
        (errors.TemplateError, ExitCode.SETUP),
        (errors.EngineMissing, ExitCode.SETUP),
        (errors.CompileError, ExitCode.ENGINE),
        (errors.EngineTimeout, ExitCode.ENGINE),
        (errors.EngineCrashed, ExitCode.ENGINE),
        (errors.PrepressError, ExitCode.ENGINE),
        (errors.PublishError, ExitCode.ENGINE),
        (errors.MailRefused, ExitCode.DELIVERY),
        (errors.MailDeferred, ExitCode.DELIVERY),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else None,
)
def test_each_error_has_the_exit_code_that_the_help_promises(
    kind: type[errors.StudyGuideError], exit_code: ExitCode
) -> None:
    """A script can tell the author's mistakes from a machine that is not set up."""
    assert kind.exit_code is exit_code


def test_exit_codes_are_what_shells_know() -> None:
    """0 is success, 2 what argument parsers give, 130 an interrupt as shells report it."""
    assert {code.name: int(code) for code in ExitCode} == {
        "OK": 0,
        "AUTHOR": 1,
        "USAGE": 2,
        "SETUP": 3,
        "ENGINE": 4,
        "DELIVERY": 5,
        "INTERRUPTED": 130,
    }
