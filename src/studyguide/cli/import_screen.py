"""What a person sees of an import: what was understood, what to check, what is not in the session.

Comes in: an `ImportResult`. Goes out: text by way of `screen`, or plain values for JSON.
Left to others: counting (`importer.report`), printing (`screen`).
"""

from __future__ import annotations

import re
import shlex
import textwrap
import unicodedata
from typing import TYPE_CHECKING

from studyguide.cli import screen
from studyguide.importer.report import Counted, Report, make_report

if TYPE_CHECKING:
    from studyguide.importer import ImportedFile, ImportResult
    from studyguide.importer.draft import Finding

MOST_LINES_SHOWN = 6
"""So many line numbers say where to look; more are noise."""

MOST_DOUBTS_SHOWN = 20
"""So many lines to check fit a screen; `check` lists them all."""

LONGEST_WORDS = 60
"""Columns of the notes' words that a report line repeats."""

LINE_WIDTH = 96
"""Columns of the words that are not in the session, which are shown whole."""

_PLAIN_PATH = re.compile(r"[\w./][\w./-]*")
"""A path that a shell takes as it is, in any script."""


def show_imports(result: ImportResult) -> None:
    """Print the paths that were written, and the report of each."""
    for number, each in enumerate(result.files):
        if number:
            screen.show_note("")
        _show_import(each)
    for failure in result.failures:
        screen.show_failure(failure)
    guides = dict.fromkeys(each.guide for each in result.files if each.guide is not None)
    if guides:
        screen.show_note("")
    for guide in guides:
        words = str(guide)
        screen.show_note(f"next:  studyguide check {words if _PLAIN_PATH.fullmatch(words) else shlex.quote(words)}")


def _show_import(made: ImportedFile) -> None:
    if made.path is None:
        screen.show_lines(*made.text.rstrip("\n").split("\n"))
    else:
        screen.show_lines(str(made.path))
    report = make_report(made.imported, made.text)
    for line in (*_describe_start(made), *_list_facts(report), *_list_counts(report), *_list_rest(report)):
        screen.show_note(line)


def _describe_start(made: ImportedFile) -> list[str]:
    source = "standard input" if made.source == "-" else made.source
    new = f", in the new guide {made.guide}/" if made.is_new_guide else ""
    return [f"made of {source}{new}"]


def _list_facts(report: Report) -> list[str]:
    shown = [(each.taken_for, _shorten(each.result), f"{report.unit} {each.line}") for each in report.facts]
    names = max((len(name) for name, _, _ in shown), default=0)
    values = max((_width(value) for _, value, _ in shown), default=0)
    lines = [f"  {name:<{names}}  {value}{' ' * (values - _width(value))}  {place}" for name, value, place in shown]
    return ["", *lines] if lines else []


def _list_counts(report: Report) -> list[str]:
    lines = [f"  {each.count:>4} {each.name}{_explain(each, report.unit)}" for each in report.counted]
    return ["", *lines] if lines else []


def _explain(counted: Counted, unit: str) -> str:
    lines = tuple(dict.fromkeys(counted.lines))
    places = ", ".join(str(each) for each in lines[:MOST_LINES_SHOWN])
    more = " …" if len(lines) > MOST_LINES_SHOWN else ""
    unsure = f", {counted.unsure} not sure" if counted.unsure else ""
    return f"{unsure}  ({unit}{'s' if len(lines) > 1 else ''} {places}{more})"


def _list_rest(report: Report) -> list[str]:
    lines: list[str] = []
    if report.to_check:
        lines += ["", "please check these lines of the session, and delete each comment when you have looked:"]
        lines += [f"  line {each.line:>3}  {each.doubt}" for each in report.to_check[:MOST_DOUBTS_SHOWN]]
        more = len(report.to_check) - MOST_DOUBTS_SHOWN
        lines += [f"  and {more} more"] if more > 0 else []
    if report.left_out:
        lines += ["", "not in the session:"]
        lines += [line for each in report.left_out for line in _name_lost(each, report.unit)]
    return [*lines, *([""] if report.doubts else []), *(f"note: {each}" for each in report.doubts)]


def _name_lost(finding: Finding, unit: str) -> list[str]:
    """Name lost words in full: the report is the only place where they are."""
    words = f"{unit} {finding.line}: {finding.taken_for}" + (f": {finding.words}" if finding.words else "")
    return textwrap.wrap(words, LINE_WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)


def _shorten(words: str) -> str:
    if _width(words) <= LONGEST_WORDS:
        return words
    while _width(words) >= LONGEST_WORDS:
        words = words[:-1]
    return f"{words.rstrip()}…"


def _width(words: str) -> int:
    """Count the columns that words take on a terminal (Unicode UAX 11)."""
    wide = sum(unicodedata.east_asian_width(each) in {"W", "F"} for each in words)
    return len(words) + wide - sum(unicodedata.combining(each) > 0 for each in words)


def describe_imports(result: ImportResult) -> dict[str, object]:
    """Put the outcome of an import into plain values for JSON."""
    return {
        "sessions": [_describe_import(each) for each in result.files],
        "failures": [{"message": each.message, "hint": each.hint} for each in result.failures],
    }


def _describe_import(made: ImportedFile) -> dict[str, object]:
    report = make_report(made.imported, made.text)
    return {
        "source": made.source,
        "path": None if made.path is None else str(made.path),
        "guide": None if made.guide is None else str(made.guide),
        "new-guide": made.is_new_guide,
        "text": made.text if made.path is None else None,
        "unit": report.unit,
        "counts": {each.kind: each.count for each in report.counted},
        "findings": [_describe_finding(each) for each in made.imported.findings],
        "to-check": [{"line": each.line, "doubt": each.doubt} for each in report.to_check],
        "not-in-session": [_describe_finding(each) for each in report.left_out],
        "doubts": list(report.doubts),
    }


def _describe_finding(finding: Finding) -> dict[str, object]:
    return {
        "taken-for": finding.taken_for,
        "words": finding.words,
        "line": finding.line,
        "certainty": str(finding.certainty),
        "result": finding.result,
    }
