"""The model written down briefly, without places, so that a test can say what it expects as a few lines."""

from __future__ import annotations

from dataclasses import fields, is_dataclass

from studyguide.model.blocks import (
    CodeSpan,
    Emphasis,
    Footnote,
    InlineImage,
    LineBreak,
    Link,
    Reference,
    Strong,
    Text,
)
from studyguide.model.locator import Locator, LocatorRange

INLINES = (Text, Emphasis, Strong, CodeSpan, Link, LineBreak, Reference, Footnote, InlineImage)


def show(value: object, depth: int = 0) -> str:
    """Write a value of the model, a line for each block and part, inlines in their line."""
    if isinstance(value, tuple):
        return "".join(show(each, depth) for each in value)
    name, flat, nested = type(value).__name__, [], ""
    if not is_dataclass(value) or isinstance(value, type):
        return f"{'  ' * depth}{value}\n"
    for each in fields(value):
        content = getattr(value, each.name)
        if each.name == "span" or content in ("", (), None):
            continue
        if is_flat(content):
            flat.append(f"{each.name}={show_flat(content)}")
        else:
            nested += show(content, depth + 1)
    return f"{'  ' * depth}{' '.join((name, *flat))}\n{nested}"


def is_flat(value: object) -> bool:
    """Whether a value is written in its block's line."""
    if isinstance(value, tuple):
        return all(is_flat(each) for each in value)
    return isinstance(value, (*INLINES, Locator, LocatorRange)) or not is_dataclass(value)


def show_flat(value: object) -> str:
    """Write inlines, locators and plain values."""
    if isinstance(value, tuple):
        return "+".join(show_flat(each) for each in value)
    if isinstance(value, (Text, Emphasis, Strong, CodeSpan, LineBreak)):
        return show_words(value)
    if isinstance(value, (Link, Footnote, InlineImage)):
        return show_target(value)
    return show_place(value)


def show_words(value: Text | Emphasis | Strong | CodeSpan | LineBreak) -> str:
    """Write words with their looks."""
    match value:
        case Text():
            return repr(value.text)
        case Emphasis():
            return f"*{show_flat(value.content)}*"
        case Strong():
            return f"**{show_flat(value.content)}**"
        case CodeSpan():
            return f"`{value.text}`"
        case LineBreak():
            return "|"


def show_target(value: Link | Footnote | InlineImage) -> str:
    """Write what leads elsewhere."""
    match value:
        case Link():
            return f"<{value.address}>" if value.is_bare else f"[{show_flat(value.content)}]({value.address})"
        case Footnote():
            return f"^[{show(value.content).strip()}]"
        case InlineImage():
            return f"![{value.alternative_text}]({value.path})"


def show_place(value: object) -> str:
    """Write a place in a book, or a plain value."""
    match value:
        case Reference():
            return f"({show_place(value.locator)})"
        case Locator():
            book = f"@{value.book} " if value.book else ""
            return f"{book}{value.label.value} {', '.join(show_place(each) for each in value.ranges)}"
        case LocatorRange():
            return value.first if value.is_single else f"{value.first}-{value.last}"
        case _:
            return str(value)
