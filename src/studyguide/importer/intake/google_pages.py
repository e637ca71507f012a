"""Pages that Google Docs made: its lists say only in the names of their classes how deep they are.

Comes in: the HTML of a page. Goes out: the same page with lists in lists, and its title as a heading.
Left to others: everything else in the page (`pandoc`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

_LIST_CLASS = re.compile(r"(?P<list>lst-[\w-]+)-(?P<level>[0-9]{1,2})")
_COUNTER = re.compile(r"\.(?P<list>lst-[\w-]+-[0-9]{1,2})\s*>\s*li:before\s*\{[^}]*?,\s*(?P<style>[a-z]+-[a-z]+)\)")
"""In Google's style sheets: `.lst-kix_abc-1 > li:before{content:"" counter(lst-ctn-kix_abc-1,lower-latin) ". "}`."""

_MADE_BY_GOOGLE = re.compile(r'lst-kix_|<p class="c[0-9]+(?: c[0-9]+)* title[" ]')

_TYPES = {"lower-latin": "a", "upper-latin": "A", "lower-roman": "i", "upper-roman": "I"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _List:
    name: str
    level: int
    tag: str


def nest_lists(page: str) -> str:
    """Give the page with its lists in each other; any other page than one of Google's stays as it is."""
    if not _MADE_BY_GOOGLE.search(page):
        return page
    rewriter = _Rewriter({match["list"]: match["style"] for match in _COUNTER.finditer(page)})
    rewriter.feed(page)
    rewriter.close()
    return rewriter.page()


class _Rewriter(HTMLParser):
    """Writes the page again, holding back the ends of a list until it is known that nothing belongs in it any more."""

    def __init__(self, styles: dict[str, str]) -> None:
        super().__init__(convert_charrefs=False)
        self._styles = styles
        self._pieces: list[str] = []
        self._open: list[_List] = []
        self._inside = False
        self._is_first = False
        self._other_lists = 0
        self._heading = False

    def page(self) -> str:
        """Give what was written."""
        self._end_lists(0)
        return "".join(self._pieces)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = dict(attrs).get("class") or ""
        match = _LIST_CLASS.search(classes) if tag in {"ul", "ol"} else None
        if match and not self._inside:
            self._begin_list(_List(name=match["list"], level=int(match["level"]), tag=tag), attrs)
            return
        if tag == "li" and self._inside and not self._other_lists:
            self._begin_item()
            return
        if self._inside and tag in {"ul", "ol"}:
            self._other_lists += 1
        self._begin_other()
        if tag == "p" and "title" in classes.split():
            self._heading = True
            self._pieces.append("<h1>")
            return
        self._pieces.append(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag, attrs
        self._begin_other()
        self._pieces.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if self._inside and not self._other_lists and tag in {"ul", "ol"}:
            self._inside = False
            return
        if self._inside and not self._other_lists and tag == "li":
            return
        if self._other_lists and tag in {"ul", "ol"}:
            self._other_lists -= 1
        self._begin_other()
        if tag == "p" and self._heading:
            self._heading = False
            tag = "h1"
        self._pieces.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if data.strip():
            self._begin_other()
        self._pieces.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def _begin_other(self) -> None:
        if not self._inside:
            self._end_lists(0)

    def _begin_list(self, new: _List, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = True
        self._end_lists(new.level + 1)
        if self._open and self._open[-1].level == new.level:
            if self._open[-1].tag == new.tag and "start" not in (dict(attrs).get("class") or "").split():
                self._open[-1] = new
                self._is_first = False
                return
            self._end_lists(new.level)
        start = dict(attrs).get("start") or "1"
        kind = _TYPES.get(self._styles.get(f"{new.name}-{new.level}", ""), "1")
        numbered = f' start="{start}" type="{kind}"' if new.tag == "ol" and start.isdecimal() else ""
        self._pieces.append(f"<{new.tag}{numbered}>")
        self._open.append(new)
        self._is_first = True

    def _begin_item(self) -> None:
        if not self._is_first:
            self._pieces.append("</li>")
        self._is_first = False
        self._pieces.append("<li>")

    def _end_lists(self, level: int) -> None:
        """End the lists of this level and of deeper ones."""
        while self._open and self._open[-1].level >= level:
            self._pieces.append(f"</li></{self._open.pop().tag}>")
            self._is_first = False
