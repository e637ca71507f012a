"""Words that read well when a page reference has gone to the margin: no blank is left behind where it stood.

Comes in: inlines as the author wrote them. Goes out: the same inlines without the blanks that only a bracket needed.
"""

from __future__ import annotations

from dataclasses import replace

from studyguide.model.blocks import Emphasis, Inline, LineBreak, Link, Reference, Strong, Text

BLANKS = " \t\n\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"


def tidy(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Drop blanks and line breaks at both ends, and the blank that stood before a reference."""
    closed_up = _close_up(content, following=None)
    return _trim_end(_trim_start(closed_up))


def _close_up(content: tuple[Inline, ...], following: Inline | None) -> tuple[Inline, ...]:
    kept: list[Inline] = []
    after = following
    for inline in reversed(content):
        closed = _close_one(inline, after)
        if closed is not None:
            kept.append(closed)
            after = closed
    return tuple(reversed(kept))


def _close_one(inline: Inline, after: Inline | None) -> Inline | None:
    match inline:
        case Text() if _opens_with_reference(after):
            shortened = inline.text.rstrip(BLANKS)
            return replace(inline, text=shortened) if shortened else None
        case Emphasis() | Strong() | Link():
            return replace(inline, content=_close_up(inline.content, after))
        case _:
            return inline


def _opens_with_reference(inline: Inline | None) -> bool:
    match inline:
        case Reference():
            return True
        case Emphasis(content=(first, *_)) | Strong(content=(first, *_)):
            return _opens_with_reference(first)
        case _:
            return False


def _trim_start(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    match content:
        case (LineBreak(), *rest):
            return _trim_start(tuple(rest))
        case (Text() as first, *rest):
            shortened = first.text.lstrip(BLANKS)
            return (replace(first, text=shortened), *rest) if shortened else _trim_start(tuple(rest))
        case (Reference() as first, *rest):
            return (first, *_trim_start(tuple(rest)))
        case _:
            return content


def _trim_end(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    match content:
        case (*rest, LineBreak()):
            return _trim_end(tuple(rest))
        case (*rest, Text() as last):
            shortened = last.text.rstrip(BLANKS)
            return (*rest, replace(last, text=shortened)) if shortened else _trim_end(tuple(rest))
        case (*rest, Reference() as last):
            return (*_trim_end(tuple(rest)), last)
        case _:
            return content
