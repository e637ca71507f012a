"""Pages that Word made: its lists are paragraphs with a typed bullet, and a style that says how deep they stand.

Comes in: the HTML of a page. Goes out: the same page with lists in lists, and its title as a heading.
Left to others: everything else in the page (`pandoc`), pages of Google's (`google_pages`).
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

MOST_LEVELS = 9
"""Word's lists have no more."""

_PARAGRAPH = re.compile(r"<p\b(?P<attributes>[^>]*)>(?P<content>.*?)</p\s*>", re.IGNORECASE | re.DOTALL)
_MADE_BY_WORD = re.compile(r"class\s*=\s*[\"']?Mso|mso-list:", re.IGNORECASE)
_LIST_CLASS = re.compile(r"class\s*=\s*[\"']?MsoList(?:Paragraph|Bullet|Number)", re.IGNORECASE)
_TITLE_CLASS = re.compile(r"class\s*=\s*[\"']?MsoTitle\b", re.IGNORECASE)
_LEVEL = re.compile(r"mso-list:\s*\w+\s+level(?P<level>[0-9])", re.IGNORECASE)
_MARGIN = re.compile(r"margin-left:\s*(?P<size>[0-9.]+)(?P<unit>in|pt|cm|mm|px)", re.IGNORECASE)
_POINTS = {"in": 72.0, "pt": 1.0, "cm": 28.35, "mm": 2.835, "px": 0.75}
_CONDITION = re.compile(r"<!\[(?:if[^\]]*|endif)\]>", re.IGNORECASE)
_SIGNS = "·•●○◦▪■§ØüvoÐ–—*-"
"""What Word prints for a point; its own fonts make other shapes of some letters."""

_TAG = r"(?:\s|<[^>]*>)*"
_MARKER = re.compile(
    rf"(?P<before>{_TAG})(?:(?P<sign>[{re.escape(_SIGNS)}])|\(?(?P<label>[0-9]{{1,3}}|[a-zA-Z]|[ivx]{{2,5}})[.)])"
    rf"(?P<after>{_TAG}(?:&nbsp;|&\#160;|\u00a0){_TAG}(?:(?:&nbsp;|&\#160;|\u00a0){_TAG})*)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    level: int
    margin: float
    tag: str
    start: str
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    level: int
    margin: float
    tag: str


def nest_word_lists(page: str) -> str:
    """Give the page with its lists in each other; any other page than one of Word's stays as it is."""
    if not _MADE_BY_WORD.search(page):
        return page
    page = _CONDITION.sub("", page)
    pieces: list[str] = []
    levels: list[_Level] = []
    at = 0
    for match in _PARAGRAPH.finditer(page):
        between = page[at : match.start()]
        item = _read_item(match)
        if item is None or between.strip():
            pieces.append(_close(levels, 0))
        pieces.append(between)
        pieces.append(_write_item(levels, item) if item is not None else _write_other(match))
        at = match.end()
    return "".join((*pieces, _close(levels, 0), page[at:]))


def _read_item(match: re.Match[str]) -> _Item | None:
    attributes = html.unescape(match["attributes"])
    level = _LEVEL.search(attributes)
    marker = _MARKER.match(match["content"]) if level is not None or _LIST_CLASS.search(attributes) else None
    if marker is None:
        return None
    margin = _MARGIN.search(attributes)
    label = marker["label"] or ""
    # The tags around the mark are kept: they may close after the words of the item.
    tags = "".join(re.findall(r"<[^>]*>", marker["before"] + marker["after"]))
    return _Item(
        level=int(level["level"]) if level is not None else 0,
        margin=float(margin["size"]) * _POINTS[margin["unit"].lower()] if margin is not None else 0.0,
        tag="ol" if label else "ul",
        start=label,
        content=tags + match["content"][marker.end() :],
    )


def _write_item(levels: list[_Level], item: _Item) -> str:
    """Write an item: where Word names no level, those that are indented more stand inside."""
    pieces: list[str] = []
    while levels and _is_deeper(levels[-1], item):
        pieces.append(_close(levels, len(levels) - 1))
    top = levels[-1] if levels else None
    if top is not None and _is_beside(top, item) and top.tag != item.tag:
        pieces.append(_close(levels, len(levels) - 1))
        top = levels[-1] if levels else None
    if (top is not None and _is_beside(top, item)) or len(levels) == MOST_LEVELS:
        pieces.append(f"</li><li>{item.content}")
    else:
        levels.append(_Level(level=item.level, margin=item.margin, tag=item.tag))
        pieces.append(f"<{item.tag}{_write_type(item.start)}><li>{item.content}")
    return "".join(pieces)


def _is_deeper(open_level: _Level, item: _Item) -> bool:
    if open_level.level and item.level:
        return open_level.level > item.level
    return open_level.margin > item.margin + 1


def _is_beside(open_level: _Level, item: _Item) -> bool:
    if open_level.level and item.level:
        return open_level.level == item.level
    return abs(open_level.margin - item.margin) <= 1


def _write_type(label: str) -> str:
    if not label:
        return ""
    if label.isdigit():
        return f' start="{label}"'
    is_roman = bool(re.fullmatch(r"i|[ivx]{2,5}", label))
    return f' type="{"i" if is_roman else "a" if label.islower() else "A"}"'


def _write_other(match: re.Match[str]) -> str:
    if _TITLE_CLASS.search(match["attributes"]):
        return f"<h1>{match['content']}</h1>"
    return match.group()


def _close(levels: list[_Level], depth: int) -> str:
    closed = ""
    while len(levels) > depth:
        closed += f"</li></{levels.pop().tag}>"
    return closed
