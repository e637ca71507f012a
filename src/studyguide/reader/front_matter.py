"""The header between two lines `---`: YAML with a place for every key and value (owns ruamel.yaml).

Comes in: a clean `Source`. Goes out: the header as texts, lists and fields, and where the body starts.
Every value stays the text that was typed: `18:30`, `no` and `2026-05-12` mean what they say.
Left to others: which fields there are (`headers`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from studyguide.diagnostics import Diagnostic, SourceSpan, error
from studyguide.reader.explain import quote
from studyguide.reader.plain_values import protect_value
from studyguide.reader.source import Source
from studyguide.reader.yaml_problems import ADVICE_QUOTES, explain_syntax

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ruamel.yaml.error import StreamMark
    from ruamel.yaml.events import Event

FENCE = "---"
LONGEST_HEADER_LINES = 500
KEPT_HEADERS = 64
"""How many headers are remembered: that of the guide is read with each of its sessions."""

DEEPEST_HEADER = 8
"""`books:` holds a book, which holds editions, which hold anchors: half of this would do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderText:
    """One value as it was typed, without its quotes; a field without a value is an empty text."""

    text: str
    span: SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderList:
    """Values in a row."""

    items: tuple[HeaderValue, ...]
    span: SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderFields:
    """Fields with their values, in the order typed."""

    entries: tuple[tuple[HeaderText, HeaderValue], ...]
    span: SourceSpan

    def find(self, name: str) -> tuple[HeaderText, HeaderValue] | None:
        """Give a field's key and value."""
        return next((entry for entry in self.entries if entry[0].text == name), None)

    def span_of(self, name: str) -> SourceSpan:
        """Give the place of a field's value, or of the header when the field is left out."""
        entry = self.find(name)
        return entry[1].span if entry is not None else self.span

    def texts_of(self, name: str) -> tuple[HeaderText, ...]:
        """Give the texts of a field that is a list."""
        entry = self.find(name)
        items = entry[1].items if entry is not None and isinstance(entry[1], HeaderList) else ()
        return tuple(item for item in items if isinstance(item, HeaderText) and item.text)


HeaderValue = HeaderText | HeaderList | HeaderFields


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """A file taken apart: the fields of its header, the number of the first line of its body, what is wrong."""

    fields: HeaderFields | None
    body_line: int
    problems: tuple[Diagnostic, ...]


class _Refusal(Exception):
    def __init__(self, problem: Diagnostic) -> None:
        super().__init__(problem.message)
        self.problem = problem


def find_header(source: Source) -> tuple[int, int] | Diagnostic:
    """Give the numbers of the two lines `---` that enclose the header, or say which one is missing."""
    opening = next((number for number, line in enumerate(source.lines, 1) if line.strip()), 1)
    if source.lines[opening - 1].rstrip() != FENCE:
        hint = "write `---`, the fields, `---`, then the text"
        return error(source.span(opening), "the file does not start with a header between two lines `---`", hint)
    for number, line in enumerate(source.lines[opening:], opening + 1):
        if line.rstrip() in {FENCE, "..."}:
            return (opening, number)
        if number - opening > LONGEST_HEADER_LINES:
            break
    hint = "write `---` on a line of its own after the last field"
    return error(source.span(opening), "the header that starts here has no closing line `---`", hint)


def read_front_matter(source: Source) -> FrontMatter:
    """Take the header off a file; the first problem of YAML ends the reading of the header, not of the body."""
    found = find_header(source)
    if isinstance(found, Diagnostic):
        return FrontMatter(fields=None, body_line=len(source.lines) + 1, problems=(found,))
    opening, closing = found
    inserted = tuple((line, at) for line, at in source.inserted.items() if line <= closing)
    return _read_header(source.path, source.typed[:closing], source.lines[:closing], inserted, opening)


@lru_cache(maxsize=KEPT_HEADERS)
def _read_header(
    path: Path,
    typed: tuple[str, ...],
    lines: tuple[str, ...],
    inserted: tuple[tuple[int, tuple[int, int]], ...],
    opening: int,
) -> FrontMatter:
    """Read a header that ends with the last of these lines; what is edited most is the text below it."""
    composer = _Composer(Source(path=path, typed=typed, lines=lines, inserted=dict(inserted)), opening)
    try:
        fields = composer.compose(lines[opening:-1])
    except _Refusal as refusal:
        return FrontMatter(fields=None, body_line=len(lines) + 1, problems=(*composer.problems, refusal.problem))
    return FrontMatter(fields=fields, body_line=len(lines) + 1, problems=tuple(composer.problems))


class _Composer:
    """Builds the header from YAML's events, so that no alias is ever followed and every mark is kept."""

    def __init__(self, source: Source, opening: int) -> None:
        self.source = source
        self.opening = opening
        self.problems: list[Diagnostic] = []

    def compose(self, lines: tuple[str, ...]) -> HeaderFields:
        text = "\n".join(protect_value(line) for line in lines) + "\n"
        try:
            events = iter(YAML(typ="safe", pure=True).parse(text))
            for event in events:
                if isinstance(event, NodeEvent):
                    return self._compose_root(event, events)
                if isinstance(event, DocumentEndEvent):
                    break
        except MarkedYAMLError as failure:
            raise _Refusal(self._explain(failure)) from None
        except (YAMLError, ValueError):
            raise _Refusal(error(self.source.span(self.opening), *explain_syntax(""))) from None
        return HeaderFields(entries=(), span=self.source.span(self.opening))

    def _compose_root(self, event: NodeEvent, events: Iterator[Event]) -> HeaderFields:
        root = self._compose_value(event, events, 0)
        for following in events:
            if isinstance(following, NodeEvent):
                raise _Refusal(error(self._span(following.start_mark), "the header has a second part", "delete it"))
        if isinstance(root, HeaderText) and not root.text:
            return HeaderFields(entries=(), span=root.span)
        if not isinstance(root, HeaderFields):
            hint = 'write a field a line, as in "title: The common well"'
            raise _Refusal(error(root.span, "the header has no fields", hint))
        return root

    def _compose_value(self, event: Event, events: Iterator[Event], depth: int) -> HeaderValue:
        if not isinstance(event, NodeEvent):
            raise _Refusal(error(self._span(event.start_mark), "a value is missing here", ""))
        self._refuse_machinery(event, depth)
        span = self._span(event.start_mark)
        if isinstance(event, SequenceStartEvent):
            return HeaderList(items=tuple(self._compose_items(events, depth + 1)), span=span)
        if isinstance(event, MappingStartEvent):
            return HeaderFields(entries=tuple(self._compose_entries(events, depth + 1)), span=span)
        return self._compose_text(event)

    def _compose_text(self, event: Event) -> HeaderText:
        if not isinstance(event, ScalarEvent):
            raise _Refusal(error(self._span(event.start_mark), "a text is expected here", ADVICE_QUOTES))
        is_quoted = event.style in ('"', "'")
        span = self._span(event.start_mark, 1 if is_quoted else 0)
        text = " ".join(event.value.split())
        return HeaderText(text="" if text in {"~", "null"} and not is_quoted else text, span=span)

    def _compose_items(self, events: Iterator[Event], depth: int) -> Iterator[HeaderValue]:
        for event in events:
            if isinstance(event, SequenceEndEvent):
                return
            yield self._compose_value(event, events, depth)

    def _compose_entries(self, events: Iterator[Event], depth: int) -> Iterator[tuple[HeaderText, HeaderValue]]:
        seen: dict[str, SourceSpan] = {}
        for event in events:
            if isinstance(event, MappingEndEvent):
                return
            key = self._compose_value(event, events, depth)
            if not isinstance(key, HeaderText):
                raise _Refusal(error(key.span, "the name of a field must be a word", ADVICE_QUOTES))
            value = self._compose_value(next(events), events, depth)
            if key.text in seen:
                hint = f"line {seen[key.text].line} has it already: keep one of the two"
                self.problems.append(error(key.span, f"`{key.text}` is given twice", hint))
                continue
            seen[key.text] = key.span
            is_empty = isinstance(value, HeaderText) and not value.text
            yield key, (HeaderText(text="", span=key.span) if is_empty else value)

    def _refuse_machinery(self, event: NodeEvent, depth: int) -> None:
        span = self._span(event.start_mark)
        if isinstance(event, AliasEvent):
            message = f"the header cannot repeat a value by its name: {quote('*' + str(event.anchor))}"
            raise _Refusal(error(span, message, f"{ADVICE_QUOTES}, or write the value out"))
        if event.anchor is not None:
            message = f"the header cannot give a value a name: {quote('&' + str(event.anchor))}"
            raise _Refusal(error(span, message, ADVICE_QUOTES))
        if isinstance(event, (ScalarEvent, SequenceStartEvent, MappingStartEvent)) and event.tag is not None:
            raise _Refusal(error(span, "the header cannot give a value a type with `!`", ADVICE_QUOTES))
        if depth > DEEPEST_HEADER:
            raise _Refusal(error(span, "the header is nested too deep", "write a field a line"))

    def _span(self, mark: StreamMark | None, shift: int = 0) -> SourceSpan:
        if mark is None:
            return self.source.span(self.opening)
        number = min(self.opening + 1 + mark.line, len(self.source.lines))
        return self.source.span(number, min(mark.column + shift, len(self.source.lines[number - 1])))

    def _explain(self, failure: MarkedYAMLError) -> Diagnostic:
        context = failure.context or ""
        is_unclosed = "end of stream" in (failure.problem or "") or "parsing a flow" in context
        mark = failure.context_mark if is_unclosed else failure.problem_mark
        return error(self._span(mark or failure.problem_mark), *explain_syntax(f"{context} {failure.problem or ''}"))
