"""What a file means, without its places: two files with one meaning make the same handout.

Comes in: lines. Goes out: a `Meaning` to be compared. Left to others: what is changed (`tidying`).
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING

from studyguide.model.layout import GUIDE_FILE
from studyguide.reader.blocks import read_blocks
from studyguide.reader.check_marks import find_body_line, take_marks
from studyguide.reader.context import GuideFacts
from studyguide.reader.definitions import open_file
from studyguide.reader.fences import rewrite_fences
from studyguide.reader.front_matter import HeaderList, HeaderText, HeaderValue, read_front_matter
from studyguide.reader.parts import read_parts
from studyguide.reader.source import Source

if TYPE_CHECKING:
    from pathlib import Path

    from studyguide.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """A header's values and a body's blocks, as nested tuples; `unreadable` says why there are none."""

    header: object
    body: object
    unreadable: tuple[Diagnostic, ...]


def read_meaning(lines: tuple[str, ...], path: Path) -> Meaning:
    """Read what lines mean, with nothing known of their guide: that is the same before and after a change."""
    source = Source(path=path, typed=lines, lines=lines)
    source, _ = take_marks(source, find_body_line(source))
    front = read_front_matter(source)
    if front.fields is None:
        return Meaning(header=None, body=None, unreadable=front.problems)
    source, _ = rewrite_fences(source, front.body_line)
    guide = GuideFacts(folder=path.parent, language="en", books=())
    context = open_file(source, front.body_line, guide)
    context.speakers = tuple(each.text for each in front.fields.texts_of("participants"))
    is_guide = path.name == GUIDE_FILE
    body = read_blocks(context, context.markdown.blocks) if is_guide else read_parts(context)
    return Meaning(
        header=_plain_value(front.fields), body=erase_spans(body), unreadable=tuple(context.markdown.problems)
    )


def _plain_value(value: HeaderValue) -> object:
    if isinstance(value, HeaderText):
        return value.text
    if isinstance(value, HeaderList):
        return tuple(_plain_value(item) for item in value.items)
    return tuple((key.text, _plain_value(each)) for key, each in value.entries)


def erase_spans(value: object) -> object:
    """Give a value of the model as nested tuples, without the places in the author's file."""
    if isinstance(value, tuple):
        return tuple(erase_spans(each) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        kept = (each.name for each in fields(value) if each.name != "span")
        return (type(value).__name__, *(erase_spans(getattr(value, name)) for name in kept))
    return value
