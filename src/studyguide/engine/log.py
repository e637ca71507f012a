"""What TeX wrote into its log, said to the author: on the author's lines, in a person's words, TeX's own words last.

Comes in: the bytes of a log and the document that was set. Goes out: a `LogReport`.
Left to others: what becomes of it (`outcome`).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studyguide.diagnostics import SourceSpan, error, warning
from studyguide.engine.driver import BODY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studyguide.artifacts import TexDocument
    from studyguide.diagnostics import Diagnostic

NOTICEABLE_POINTS = 1.0
"""A line that is wider than its column by less than this is seen by nobody."""

POINTS_PER_MILLIMETRE = 72.27 / 25.4
"""TeX's own point, of which an inch has 72.27 (The TeXbook, chapter 10)."""

QUOTED_CHARACTERS = 60
"""How much of a line is quoted so that the author finds it."""

CONTEXT_LINES = 16
"""How far below an error TeX shows where it was reading."""

_ERROR = re.compile(r"(?:(?P<file>\S*\.\w+|\[\\directlua\]):(?P<line>\d+): +|! +)(?P<words>.*)$")
_FATAL = "==> Fatal error occurred"
_CONTEXT = re.compile(r"l\.\d+ (.*)$")
_MISSING = re.compile(r"Missing character: There is no (.) \(U\+[0-9A-F]+\)")
_OVERFULL = re.compile(r"Overfull \\hbox \(([\d.]+)pt too wide\)(?:.*? lines? (\d+))?")
_TOO_HIGH = re.compile(r"Overfull \\vbox \(([\d.]+)pt too high\)(?:.*? lines? (\d+))?")
_REFERENCE = re.compile(r"LaTeX Warning: Reference `([^']*)'.*? undefined(?: on input line (\d+))?")
_PAGES = re.compile(r"^Output written on .*\((\d+) pages?, ", re.MULTILINE)
_LACKING_FILE = re.compile(r"LaTeX Error: File `([\w.-]+\.(?:cls|sty|def|clo|fd|ini))' not found")
_LACKING_FONT = re.compile(r"Font \S+?=(?:name:|file:|\[)?([^\]:;]+).* not loadable")
_MARKUP = re.compile(r"\\\w+/\S+ |\[\]")

_ADVICE = (
    ("TeX capacity exceeded", "this is more than TeX can hold at once", "divide it into smaller pieces"),
    ("Too deeply nested", "lists are nested too deep here", "use fewer levels"),
    ("Dimension too large", "something here is larger than any page", "make it smaller"),
    ("Undefined control sequence", "the class does not know a command that is used here", "mend the class or template"),
    ("pdf image", "this picture cannot be read by TeX", "save it again with another program, as PNG or PDF"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LogReport:
    """What a log says.

    `lacking` is a sentence about a file or font that is not installed, `class_trouble` one about an error before the
    body began; both are empty when all is well. `page_count` is 0 when no PDF was written.
    """

    errors: tuple[Diagnostic, ...]
    warnings: tuple[Diagnostic, ...]
    lacking: str
    class_trouble: str
    page_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stop:
    """The error at which TeX stopped: its words, what it was reading, the line of the body (None before the body)."""

    words: str
    context: str
    body_line: int | None


def read_log(log: bytes, document: TexDocument) -> LogReport:
    """Read a log; bytes that are not UTF-8 are shown as U+FFFD."""
    text = log.decode("utf-8", errors="replace")
    lines = text.splitlines()
    stop = _find_stop(lines)
    errors = list(_missing_characters(lines, document))
    if stop and stop.body_line is not None:
        errors.insert(0, _describe_stop(span_at(document, stop.body_line), stop))
    pages = _PAGES.search(text)
    return LogReport(
        errors=tuple(dict.fromkeys(errors)),
        warnings=tuple(dict.fromkeys(_warnings(lines, document))),
        lacking=_describe_lacking(stop.words) if stop else "",
        class_trouble=_quote_tex(stop) if stop and stop.body_line is None else "",
        page_count=int(pages[1]) if pages else 0,
    )


def span_at(document: TexDocument, body_line: int) -> SourceSpan:
    """Give the place in the author's files that a line of the body comes from."""
    if not document.origins:
        return SourceSpan(path=Path(document.name))
    index = bisect_right(document.origins, body_line, key=lambda origin: origin.line)
    return document.origins[max(index - 1, 0)].span


def _find_stop(lines: list[str]) -> _Stop | None:
    # With --halt-on-error there is one error, said in one to three lines; a last one tells where TeX gave up.
    said = [(number, match) for number, line in enumerate(lines) if (match := _ERROR.match(line))]
    if not said:
        return None
    number, first = next((each for each in said if not each[1]["words"].startswith(_FATAL)), said[0])
    following = lines[number + 1 : number + CONTEXT_LINES]
    context = next((match[1].strip() for line in following if (match := _CONTEXT.match(line))), "")
    places = [int(match["line"]) for _, match in said if (match["file"] or "").removeprefix("./") == BODY]
    is_in_body = any(line.endswith(f"({BODY}") or f"(./{BODY}" in line for line in lines[:number])
    body_line = places[0] if places else 1 if is_in_body else None
    where = f"{Path(first['file']).name}:{first['line']}: " if first["file"] and body_line is None else ""
    return _Stop(words=where + first["words"].rstrip("."), context=context, body_line=body_line)


def _missing_characters(lines: list[str], document: TexDocument) -> Iterator[Diagnostic]:
    for line in lines:
        if match := _MISSING.match(line):
            yield _describe_missing(document, match[1])


def _warnings(lines: list[str], document: TexDocument) -> Iterator[Diagnostic]:
    for number, line in enumerate(lines):
        if match := _OVERFULL.match(line):
            if float(match[1]) > NOTICEABLE_POINTS:
                following = lines[number + 1] if number + 1 < len(lines) else ""
                yield _describe_wide_line(span_at(document, int(match[2] or 1)), float(match[1]), following)
        elif match := _TOO_HIGH.match(line):
            if float(match[1]) > NOTICEABLE_POINTS:
                yield _describe_high_page(span_at(document, int(match[2] or 1)), float(match[1]))
        elif match := _REFERENCE.match(line):
            yield _describe_reference(span_at(document, int(match[2] or 1)), match[1])


def _describe_stop(span: SourceSpan, stop: _Stop) -> Diagnostic:
    for words, message, hint in _ADVICE:
        if words in stop.words:
            return error(span, message, f"{hint}; TeX says: {_quote_tex(stop)}")
    advice = "write it in a simpler way; if you changed the class or a template, look there first"
    return error(span, "TeX cannot set this", f"{advice}; TeX says: {_quote_tex(stop)}")


def _quote_tex(stop: _Stop) -> str:
    return f"{stop.words}, at: {stop.context[-QUOTED_CHARACTERS:]}" if stop.context else stop.words


def _describe_lacking(words: str) -> str:
    if match := _LACKING_FILE.search(words):
        return f"TeX lacks the file `{match[1]}`"
    if match := _LACKING_FONT.search(words):
        return f"TeX lacks the font `{match[1]}`"
    return ""


def _describe_missing(document: TexDocument, character: str) -> Diagnostic:
    # TeX names no line for it. It stands in the body as the author wrote it.
    before, _, _ = document.body.partition(character)
    line = before.count("\n") + 1 if character in document.body else 1
    name = unicodedata.name(character, "without a name").lower()
    return error(
        span_at(document, line),
        f'no font that is used here has the character "{character}" (U+{ord(character):04X}, {name})',
        "install a font that has it, or write it in another way",
    )


def _describe_wide_line(span: SourceSpan, points: float, shown: str) -> Diagnostic:
    # Small capitals and the like are glyphs without a letter of their own: only what can be read is quoted.
    words = [word for word in _MARKUP.sub("", shown).split() if not any(map(_is_private, word))]
    end_of_line = " ".join(words)[-QUOTED_CHARACTERS:]
    return warning(
        span,
        f"a line is too wide by {points / POINTS_PER_MILLIMETRE:.1f} mm"
        + (f': "{end_of_line}"' if end_of_line else ""),
        "divide or replace a long word, or change the words around it",
    )


def _is_private(character: str) -> bool:
    return unicodedata.category(character) == "Co"


def _describe_high_page(span: SourceSpan, points: float) -> Diagnostic:
    return warning(
        span,
        f"something here is higher than its page by {points / POINTS_PER_MILLIMETRE:.1f} mm",
        "make a picture smaller, or divide what cannot break over pages",
    )


def _describe_reference(span: SourceSpan, anchor: str) -> Diagnostic:
    return warning(
        span, f'the page of "{anchor}" is not known', "build again; if it stays so, the class loses an anchor"
    )
