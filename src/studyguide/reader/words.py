"""Words as such: those of inlines without their looks, and how they are joined over a line end.

Comes in: inlines, characters. Goes out: plain text.
Left to others: everything that has a look or a place (`inlines`).
"""

from __future__ import annotations

import unicodedata
from typing import assert_never

from studyguide.model.blocks import (
    CodeSpan,
    Emphasis,
    Footnote,
    Inline,
    InlineImage,
    LineBreak,
    Link,
    Reference,
    Strong,
    Text,
)


def is_written_together(before: str, after: str) -> bool:
    """Whether a line end between two characters is no space: Chinese and Japanese write words together."""
    return all(
        character
        and unicodedata.east_asian_width(character) in {"W", "F"}
        and not unicodedata.name(character, "").startswith("HANGUL")
        and unicodedata.category(character) != "So"
        for character in (before, after)
    )


def plain_text(inlines: tuple[Inline, ...]) -> str:
    """Give the words of inlines without their looks; references, notes and pictures have none."""
    words: list[str] = []
    for inline in inlines:
        match inline:
            case Text() | CodeSpan():
                words.append(inline.text)
            case Emphasis() | Strong() | Link():
                words.append(plain_text(inline.content))
            case LineBreak():
                words.append(" ")
            case Reference() | Footnote() | InlineImage():
                pass
            case _:
                assert_never(inline)
    return "".join(words)
