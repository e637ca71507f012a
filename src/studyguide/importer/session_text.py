"""A draft written down as a session file.

Comes in: a `Draft`. Goes out: the text of a file that `reader` reads without an error.
Left to others: what stands in it (`recognition`, `highlights`), its blocks (`block_text`), where it goes (`filing`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studyguide.importer.block_text import check_mark, write_blocks
from studyguide.importer.draft import BlockKind, Draft, DraftPart, HeaderField, PartKind
from studyguide.importer.markdown_text import escape_ending, escape_opening
from studyguide.reader.headers import FORMAT
from studyguide.reader.headings import find_by_line, names_for
from studyguide.reader.tidying import write_quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLAIN_VALUE = re.compile(r"[^\W\d_][\w ’.,()–-]*[\w)’.]|[0-9][0-9:-]*")
_SPECIAL_VALUES = {"yes", "no", "true", "false", "null", "on", "off", "y", "n"}


def write_session(draft: Draft) -> str:
    """Write the whole file."""
    parts = (line for part in draft.parts for line in ("", *_write_part(part, draft.language)))
    return "\n".join((*_write_header(draft), *parts)) + "\n"


def _write_header(draft: Draft) -> Iterator[str]:
    yield "---"
    yield f"format: {FORMAT}"
    for field in draft.fields:
        mark = f"  # check: {field.doubt}" if field.doubt else ""
        yield f"{field.name}: {_write_value(field)}{mark}"
    for line in draft.kept:
        yield f"# from the notes: {line}"
    yield "---"


def _write_value(field: HeaderField) -> str:
    if isinstance(field.value, tuple):
        return f"[{', '.join(_write_scalar(each, is_item=True) for each in field.value)}]"
    return _write_scalar(field.value, is_item=False)


def _write_scalar(value: str, *, is_item: bool) -> str:
    is_plain = bool(_PLAIN_VALUE.fullmatch(value)) and value.casefold() not in _SPECIAL_VALUES
    if is_item and "," in value:
        is_plain = False
    return value if is_plain else write_quoted(value)


def _write_part(part: DraftPart, language: str) -> Iterator[str]:
    if part.heading:
        mark = f" {check_mark(part.doubt)}" if part.doubt else ""
        yield f"## {escape_ending(part.heading)}{mark}"
    if part.by_line:
        yield f"{_by_word(language)} {part.by_line}"
    body = list(write_blocks(part.blocks))
    if body and not part.by_line and part.blocks[0].kind is BlockKind.PARAGRAPH:
        body[0] = _guard_opening(body[0], language)
    if body and (part.by_line or (part.heading and part.kind in {PartKind.FREE, PartKind.READING})):
        yield ""
    yield from body


def _by_word(language: str) -> str:
    word = names_for(language)[0].by_words[0]
    return word[:1].upper() + word[1:]


def _guard_opening(line: str, language: str) -> str:
    """Keep a paragraph `By hand …` from being the line that names authors: a line end after `By` changes no word."""
    if not find_by_line(line, language, is_whole=True):
        return line
    words = line.split(" ")
    heads = (at for at in range(1, len(words)) if not find_by_line(" ".join(words[:at]), language, is_whole=False))
    at = next(heads, 1)
    return f"{' '.join(words[:at])}\n{escape_opening(' '.join(words[at:]))}"
