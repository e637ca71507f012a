"""The model as plain values, for `inspect --json` and for tests.

Comes in: any value of the model. Goes out: dictionaries, lists and scalars that JSON can hold.
Left to others: writing them out (`cli`).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path

from studyguide.model.blocks import Emphasis, Inline, Link, Strong, Text, Turn
from studyguide.model.guide import QuestionsPart, Reading, RoundPart, Session
from studyguide.model.locator import Locator

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]


def describe(value: object) -> Plain:
    """Turn a value of the model into plain values; each record says what it is in `type`.

    Raises:
        TypeError: when the value is none of the model's.
    """
    match value:
        case Enum() | Path() | datetime.date() | datetime.time():
            return _describe_scalar(value)
        case None | bool() | int() | float() | str():
            return value
        case tuple() | list():
            return [describe(each) for each in value]
        case Mapping():
            return {str(key): describe(each) for key, each in value.items()}
        case _:
            return _describe_record(value)


def _describe_scalar(value: Enum | Path | datetime.date | datetime.time) -> str:
    match value:
        case Enum():
            return str(value.value)
        case Path():
            return value.as_posix()
        case datetime.date():
            return value.isoformat()
        case _:
            return value.isoformat(timespec="minutes")


def _describe_record(value: object) -> Plain:
    if not is_dataclass(value) or isinstance(value, type):
        raise TypeError(type(value).__name__)
    name = re.sub(r"(?<!^)(?=[A-Z])", "-", type(value).__name__).lower()
    described: dict[str, Plain] = {"type": name}
    for each in fields(value):
        described[each.name.replace("_", "-")] = describe(getattr(value, each.name))
    return described


def outline(session: Session) -> tuple[str, ...]:
    """Give a short account of a session for a person: its facts, then a line for each part and what it holds."""
    lines = [f"{session.title}  ({session.date.isoformat()})"]
    lines += [f"  {name}: {value}" for name, value in _facts(session) if value]
    for part in session.parts:
        lines.append(f"{part.span.line:>5}  {_part_name(part)}: {plain_text(part.heading) or 'without a heading'}")
        lines += [f"       {line}" for line in _contents(part)]
    count = sum(1 for _ in _locators(session.parts))
    lines.append(f"{count} page reference{'' if count == 1 else 's'}")
    return tuple(lines)


def plain_text(inlines: tuple[Inline, ...]) -> str:
    """Give the words of a run of inlines, without page references and notes."""
    words = ""
    for inline in inlines:
        match inline:
            case Text():
                words += inline.text
            case Emphasis() | Strong() | Link():
                words += plain_text(inline.content)
            case _:
                words += getattr(inline, "text", " ")
    return " ".join(words.split())


def _facts(session: Session) -> Iterator[tuple[str, str]]:
    yield "label", session.label
    yield "place", session.place
    yield "summary by", session.summary_by
    yield "facilitator", session.facilitator
    yield "participants", ", ".join(session.participants)


def _part_name(part: object) -> str:
    return type(part).__name__.removesuffix("Part").lower()


def _contents(part: object) -> Iterator[str]:
    match part:
        case Reading():
            yield f"by {part.authors}"
        case QuestionsPart():
            yield from (f"{each.number}. {plain_text(each.words)}" for each in part.questions)
        case RoundPart():
            yield from _speakers(part.turns, "")
        case _:
            return


def _speakers(turns: tuple[Turn, ...], indent: str) -> Iterator[str]:
    for turn in turns:
        yield f"{indent}{turn.number}. {turn.speaker or 'nobody named'}"
        yield from _speakers(turn.replies, indent + "   ")


def _locators(value: object) -> Iterator[Locator]:
    if isinstance(value, Locator):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _locators(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _locators(getattr(value, field.name))
