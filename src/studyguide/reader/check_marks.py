"""The importer's marks for what a person should look at: `<!-- check: is this it? -->`, in a header `# check: is it?`.

Comes in: a clean `Source`. Goes out: the same lines without the marks that end them, and a warning for each mark.
A mark alone on its line leaves a blank line, which parts paragraphs and loosens a list as any blank line does.
Left to others: every other comment, which is text (`markdown`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studyguide.diagnostics import Diagnostic, warning
from studyguide.reader.explain import quote
from studyguide.reader.front_matter import find_header
from studyguide.reader.markdown import MarkdownFile

if TYPE_CHECKING:
    from studyguide.reader.source import Source

_MARK = re.compile(r"(?<!\\)<!--\s*check:(?P<words>(?:(?!-->|<!--).)*)-->")
_HEADER_MARK = re.compile(r"(?:^|(?<=\s))#[ \t]*check:(?P<words>(?:(?!\s#[ \t]*check:).)*)")
_HEADER_PIECE = re.compile(
    r"""(?:^|[:,\[{-])\s*"(?:[^"\\]|\\.)*(?:"|$)    # a value in quotes holds no comment
    | (?:^|[:,\[{-])\s*'(?:[^']|'')*(?:'|$)
    | (?P<comment>(?:^|(?<=\s))\#.*)
    """,
    re.VERBOSE,
)
_LITERAL = {"fence", "code_block"}
_HINT = "mend the line if it is wrong, then delete the comment"


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedLine:
    """A line without the marks that end it; `marks` are these as typed, `questions` their words with their index."""

    text: str
    marks: str = ""
    questions: tuple[tuple[int, str], ...] = ()


def find_body_line(source: Source) -> int:
    """Give the number of the first line below the header; past the last line when there is no header."""
    found = find_header(source)
    return len(source.lines) + 1 if isinstance(found, Diagnostic) else found[1] + 1


def take_marks(source: Source, body_line: int) -> tuple[Source, tuple[Diagnostic, ...]]:
    """Take the marks off the ends of lines, so that every other character keeps its place; code keeps its own."""
    if not any("check:" in line for line in source.lines):
        return source, ()
    header = [part_header_marks(line) for line in source.lines[: body_line - 1]]
    body = [part_marks(line) for line in source.lines[body_line - 1 :]]
    marked = [*header, *body]
    code = _find_code(source, body_line, marked)
    lines: list[str] = []
    problems: list[Diagnostic] = []
    for number, (line, each) in enumerate(zip(source.lines, marked, strict=True), 1):
        is_code = number in code
        lines.append(line if is_code else each.text)
        if not is_code:
            problems.extend(_warn(source, number, each))
        if number >= body_line and not is_code:
            problems.extend(_warn_of_printed(source, number, each.text))
    return source.replace_lines(tuple(lines), source.inserted), tuple(problems)


def part_marks(line: str) -> MarkedLine:
    """Part a line of the body from the marks at its end; spaces after them, perhaps a line break, stay in the text."""
    end = start = len(line.rstrip())
    questions: list[tuple[int, str]] = []
    for match in reversed(list(_MARK.finditer(line))):
        if match.end() != start:
            break
        start = len(line[: match.start()].rstrip())
        questions.insert(0, (match.start(), " ".join(match["words"].split())))
    text = line[:start] + line[end:] if start else ""
    return (
        MarkedLine(text=text, marks=line[start:end], questions=tuple(questions)) if questions else MarkedLine(text=line)
    )


def part_header_marks(line: str) -> MarkedLine:
    """Part a line of the header from the marks in its comment; other comments stay."""
    comment = next((match for match in _HEADER_PIECE.finditer(line) if match["comment"]), None)
    matches = list(_HEADER_MARK.finditer(line, comment.start())) if comment is not None else []
    if not matches:
        return MarkedLine(text=line)
    text = line[: matches[0].start()].rstrip()
    questions = tuple((match.start(), " ".join(match["words"].split())) for match in matches)
    return MarkedLine(text=text, marks=line[len(text) :], questions=questions)


def _find_code(source: Source, body_line: int, marked: list[MarkedLine]) -> set[int]:
    """Number the lines of code; a line that is only a mark is kept for that, else code could end at it."""
    lines = tuple(each.text if each.text.strip(" >") else line for line, each in zip(source.lines, marked, strict=True))
    waiting = list(MarkdownFile(source.replace_lines(lines, source.inserted), body_line).blocks)
    found: set[int] = set()
    while waiting:
        node = waiting.pop()
        waiting.extend(node.children)
        if node.kind in _LITERAL:
            first_line = node.first_line + (node.kind == "fence")
            is_cut_off = node.text != "" and not node.text.endswith("\n")
            count = node.text.count("\n") + is_cut_off
            found.update(range(first_line, first_line + count))
    return found


def _warn(source: Source, number: int, marked: MarkedLine) -> list[Diagnostic]:
    return [
        warning(source.span(number, index), f"to be checked: {words}" if words else "to be checked", _HINT)
        for index, words in marked.questions
    ]


def _warn_of_printed(source: Source, number: int, text: str) -> list[Diagnostic]:
    """Warn of marks with words after them: these are text, as any comment, unless they stand in code."""
    return [
        warning(
            source.span(number, match.start()),
            f"this mark is printed, since it does not end its line: {quote(match.group())}",
            "move it to the end of the line, or delete it",
        )
        for match in _MARK.finditer(text)
        if text.count("`", 0, match.start()) % 2 == 0
    ]
