"""What a person sees: problems on standard error, results on standard output, progress only on a terminal (owns rich).

Comes in: diagnostics, publications, findings. Goes out: text. Control characters never reach the terminal.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from studyguide.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from studyguide.artifacts import Publication
    from studyguide.build import BuildResult
    from studyguide.engine import Finding
    from studyguide.errors import StudyGuideError

CONTROL = {code: f"\\x{code:02x}" for code in (*range(10), *range(11, 32), *range(127, 160))}
CONTROL |= {code: f"\\u{code:04x}" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
"""Control characters but for the line end, as they are shown: a file name must not steer the terminal, nor, by turning
the direction of writing, look like another."""

COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33"}
"""ANSI colours (ECMA-48, SGR) of the two severities: red and yellow."""


def prepare_streams() -> None:
    """Let any character through, also where the terminal cannot show it."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def show_lines(*lines: str) -> None:
    """Print results, a line each."""
    for line in lines:
        print(_harmless(line))


def show_note(text: str) -> None:
    """Say something beside the results."""
    print(_harmless(text), file=sys.stderr)


def show_json(value: object) -> None:
    """Print results for another program."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def show_diagnostics(problems: tuple[Diagnostic, ...]) -> None:
    """Print problems in the order of files and lines."""
    for each in sorted(problems, key=lambda problem: problem.span):
        mark = f" {each.severity}: "
        place, found, words = _harmless(str(each)).partition(mark)
        print(place, _coloured(found.strip(), COLOURS[each.severity]), words, file=sys.stderr)


def show_summary(problems: tuple[Diagnostic, ...], *, nothing: str) -> None:
    """Say how many problems there are."""
    counts = {severity: sum(each.severity is severity for each in problems) for severity in Severity}
    said = [f"{count} {severity}{'s' if count > 1 else ''}" for severity, count in counts.items() if count]
    show_note(", ".join(said) or nothing)


def show_failure(failure: StudyGuideError) -> None:
    """Print what failed: its places if it has any, else its sentence."""
    show_diagnostics(failure.diagnostics)
    if not failure.diagnostics:
        print(_coloured("error:", COLOURS[Severity.ERROR]), _harmless(failure.message), file=sys.stderr)
    if failure.hint:
        show_note(f"    hint: {failure.hint}")


def show_result(result: BuildResult) -> None:
    """Print what a build made, what it warned of, and what failed."""
    show_diagnostics(_warnings(result))
    # One cause can stop many documents: it is said once.
    for failure in {(each.message, each.hint, each.diagnostics): each for each in result.failures}.values():
        show_failure(failure)
    for publication in result.publications:
        print(_line(publication))
    problems = (*_warnings(result), *(each for failure in result.failures for each in failure.diagnostics))
    if result.failures:
        show_summary(problems, nothing="not everything could be made")
        show_note("what could not be made was left as it was")


def _line(publication: Publication) -> str:
    path = _harmless(str(publication.path))
    if not sys.stdout.isatty():
        return path
    pages = f"{publication.page_count} page{'s' if publication.page_count > 1 else ''}"
    is_there = publication.is_cached and publication.milliseconds == 0
    made = "unchanged" if is_there else f"{publication.milliseconds / 1000:.1f} s"
    return f"{path}  {_coloured(f'{pages}, {made}', '2')}"


def _warnings(result: BuildResult) -> tuple[Diagnostic, ...]:
    of_files = (each for made in result.publications for each in made.warnings)
    return tuple(dict.fromkeys((*result.warnings, *of_files)))


def describe_result(result: BuildResult) -> dict[str, object]:
    """Put the outcome of a build into plain values for JSON."""
    problems = dict.fromkeys(each for failure in result.failures for each in failure.diagnostics)
    sentences = [failure for failure in result.failures if not failure.diagnostics]
    return {
        "outputs": [_describe_publication(each) for each in result.publications],
        "problems": [describe_diagnostic(each) for each in (*problems, *_warnings(result))],
        "failures": [{"message": each.message, "hint": each.hint} for each in sentences],
    }


def _describe_publication(publication: Publication) -> dict[str, object]:
    return {
        "path": str(publication.path),
        "source": str(publication.source),
        "paper": str(publication.paper),
        "audience": str(publication.audience),
        "pages": publication.page_count,
        "passes": publication.passes,
        "milliseconds": publication.milliseconds,
        "cached": publication.is_cached,
    }


def describe_diagnostic(problem: Diagnostic) -> dict[str, object]:
    """Put a problem into plain values for JSON."""
    return {
        "path": str(problem.span.path),
        "line": problem.span.line,
        "column": problem.span.column,
        "severity": str(problem.severity),
        "message": problem.message,
        "hint": problem.hint,
    }


def describe_finding(finding: Finding) -> dict[str, object]:
    """Put what the doctor found into plain values for JSON."""
    return {
        "name": finding.name,
        "present": finding.is_present,
        "needed": finding.is_needed,
        "detail": finding.detail,
        "hint": finding.hint,
    }


def show_findings(findings: tuple[Finding, ...]) -> None:
    """Print what the doctor found, and what to do about what is missing."""
    width = max(len(each.name) for each in findings)
    for each in findings:
        mark = _coloured("ok     ", "32") if each.is_present else _coloured("missing", COLOURS[Severity.ERROR])
        print(f"{mark}  {each.name:<{width}}  {_harmless(each.detail)}".rstrip())
    for hint in dict.fromkeys(each.hint for each in findings if each.hint and not each.is_present):
        show_lines("", hint)


@contextmanager
def showing_progress(*, is_wanted: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Show how far a long build is, on a terminal; elsewhere be quiet."""
    if not is_wanted or not sys.stderr.isatty():
        yield lambda _name, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("building", total=None)
        yield lambda name, done, total: progress.update(
            task, description=_harmless(name).replace("[", r"\["), completed=done, total=total
        )


def abandon_output() -> None:
    """Let a closed pipe, such as `| head`, end us without a complaint."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _harmless(text: str) -> str:
    return text.translate(CONTROL)


def _coloured(text: str, colour: str) -> str:
    wants_colour = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    return f"\033[{colour}m{text}\033[0m" if wants_colour else text
