r"""Words as Markdown that means exactly them: nothing that was typed in notes becomes markup by accident.

Comes in: clean words. Goes out: Markdown of one line for `reader`, which knows few marks of Markdown and no HTML.
Left to others: emphasis, links and footnotes (`marked_markdown`), what stands in front of a line (`session_text`).
"""

from __future__ import annotations

import re
from functools import lru_cache

from studyguide.reader.addresses import trim_address

_IN_ADDRESS = "[^\\s<>，。、；：！？「」『』（）【】《》«»“”‘’]"
ADDRESS = re.compile(rf"(?<![A-Za-z0-9])https?://{_IN_ADDRESS}+", re.IGNORECASE)
"""Web addresses stand as they are: `reader` takes each as one piece."""

_ADDRESS_START = re.compile(rf"(?<![A-Za-z0-9])https?://{_IN_ADDRESS}*", re.IGNORECASE)

_SPECIAL = r"""
      (?P<backslashes>\\+)(?=[`*_\[\]()#+\-.!|<>])   # they would escape something
    | (?P<stars>\*(?=\S)|(?<=\S)\*)                  # emphasis
    | (?<![^\W_])_(?=\S)|(?<=\S)_(?![^\W_])
    | `
    | \[(?=[@^!])|(?<=\^)\[|\](?=[(\[:])             # citations, footnotes, links
    | !(?=\[)
    | <(?=!--|[^\s<>@]+@|https?:|[^\s<>]*$)          # comments of ours, enclosed addresses
"""
_BRACKETS = r"[\[\]]"
_SUSPECT = re.compile(r"[\\*_`\[\]!<^:]")
"""Words without any of these need no second look."""

_OPENING = re.compile(
    r"""(?P<mark>\#{1,6}(?=\s|$)|>|[-+*](?=\s|$)|-[\s-]*$|_(?=\s)|\|)
    | (?P<number>[0-9]{1,9})(?P<dot>[.)])(?=\s|$)
    | (?P<fence>~{3,}|:{3,}(?=\s*(?:\{\s*)?\.?[^\W\d_][\w-]*\s*\}?\s*:*\s*$))
    """,
    re.VERBOSE,
)
_UNSAFE_TAIL = re.compile(r"[*_\]]")
_HEADING_END = re.compile(r"(?<!\S)#+$")


def escape_words(words: str) -> str:
    """Escape what Markdown would take for markup inside a line; addresses stay as they are."""
    return escape_between(words, "", "")


def escape_between(
    words: str, before: str, after: str, *, is_in_brackets: bool = False, has_addresses: bool = True
) -> str:
    """Escape words that stand between two characters of Markdown, empty at the ends of a line.

    In the brackets of a link or footnote every bracket is escaped; the words of a link have no addresses of their own.
    """
    if not _SUSPECT.search(words):
        return words
    if after == "]" and words.endswith("\\"):
        # `reader` sees no bracket after the last word in brackets, so one backslash more would be printed.
        words += " "
    addresses = list(_ADDRESS_START.finditer(words)) if has_addresses and "://" in words else []
    pattern = _pattern(has_brackets=is_in_brackets or any("]" in each.group() for each in addresses))
    line = f"{before}{words}{after}"
    shift = len(before)
    pieces: list[str] = []
    at = shift
    for found in addresses:
        address = trim_address(found.group())
        typed = _escape(line, at, found.start() + shift, pattern)
        at = found.start() + len(address) + shift
        following = line[found.end() + shift :][:1]
        touches = following == "<" or (found.end() == len(words) and following.strip() != "")
        if touches or _UNSAFE_TAIL.search(found.group(), 0 if is_in_brackets else len(address)):
            backslashes = len(typed) - len(typed.rstrip("\\"))
            typed += "\\" * backslashes
            address = f"`{address}`" if address.endswith("://") else f"<{address}>"
        pieces += [typed, address]
    return "".join((*pieces, _escape(line, at, len(line) - len(after), pattern)))


@lru_cache(maxsize=2)
def _pattern(*, has_brackets: bool) -> re.Pattern[str]:
    return re.compile(f"{_SPECIAL}|{_BRACKETS}" if has_brackets else _SPECIAL, re.VERBOSE)


def _escape(line: str, start: int, end: int, pattern: re.Pattern[str]) -> str:
    """Escape a stretch of a line; what stands around it says what its marks would mean."""
    pieces: list[str] = []
    at = start
    for match in pattern.finditer(line, start):
        if match.start() >= end:
            break
        pieces += [line[at : match.start()], match["backslashes"] or "\\"]
        at = match.start()
    return "".join((*pieces, line[at:end]))


def escape_opening(markdown: str) -> str:
    """Escape what would open a block at the start of a line."""
    match = _OPENING.match(markdown)
    if match is None:
        return markdown
    if match["fence"]:
        # No backslash keeps a fence from being one; as code it prints the same.
        return f"`{match['fence']}`{markdown[match.end('fence') :]}"
    if match["number"]:
        return f"{match['number']}\\{markdown[match.end('number') :]}"
    return f"\\{markdown}"


def escape_ending(heading: str) -> str:
    """Escape the `#` at the end of a heading, which would be taken off."""
    return _HEADING_END.sub(lambda match: f"\\{match.group()}", heading)
