"""Values that are meant as plain text although YAML would read more into them: `title: Wells: who keeps them`.

Comes in: one line of a header. Goes out: the same line with such a value in quotes, so that it is read as it was meant.
Left to others: reading YAML (`front_matter`), writing the quotes into the author's file (`canonical`).
"""

from __future__ import annotations

import re

TEXT_FIELDS = frozenset(
    {"title", "label", "group", "place", "summary-by", "facilitator", "time", "date", "accent", "logo", "language"}
)
"""The fields, of the guide, of a book and of a session, whose value is always one text."""

_FIELD = re.compile(r"(?P<start>\s*(?P<name>[\w-]+):[ \t]+)(?P<value>\S.*?)(?P<comment>\s+#.*)?\s*")
_MISREAD = re.compile(
    r"""[@`%,\]}?:]          # marks that YAML keeps for itself
    | \#\S                   # a colour or a number, no comment
    | [&*!-](?:\s|$)         # marks that stand alone
    | [|>]\s+\S              # marks that start a block of lines only at the end of one
    | \*[^\s*].*\S\*$        # *Wells*
    | \[.*\].*[^\]\s]$       # [Draft] Wells
    | \{.*\}.*[^}\s]$        # {Draft} Wells
    | "(?:[^"\\]|\\.)*"\s*[^\s"].*$    # "Wells" and water
    | '(?:[^']|'')*'\s*[^\s'].*$    # 'Wells' and water
    | [^"'\[{|>&*!].*:(?:\s|$)   # Wells: who keeps the water
    """,
    re.VERBOSE,
)


def protect_value(line: str) -> str:
    """Put a value in quotes when it is a text that YAML would misread; any other line stays as it is."""
    match = find_misread(line)
    if match is None:
        return line
    doubled = match["value"].replace("'", "''")
    return f"{match['start']}'{doubled}'{match['comment'] or ''}"


def find_misread(line: str) -> re.Match[str] | None:
    """Find a text field whose value means something else to YAML; the match has `start`, `value`, `comment`."""
    match = _FIELD.fullmatch(line)
    if match is None or match["name"] not in TEXT_FIELDS or not _MISREAD.match(match["value"]):
        return None
    return match
