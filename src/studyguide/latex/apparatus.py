"""What a document gathers while its blocks are set: anchors, origins, citations, quotes, outline, assets, printed text.

Comes in: one call for each thing as it is set, in reading order. Goes out: the lists from which the back matter, the
outline and the fonts are made. The only thing in this stage that changes while it works; one for each document.
Left to others: sorting and wording (`passages`), fonts (`fonts`), copying the files (`engine.assets`).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from studyguide.artifacts import Asset, OutlineEntry
from studyguide.latex.addresses import readable_address
from studyguide.latex.escape import escape_code, escape_lines, escape_text, printed_address
from studyguide.latex.origins import OriginIndex

if TYPE_CHECKING:
    from pathlib import Path

    from studyguide.diagnostics import SourceSpan
    from studyguide.latex.escape import Latex
    from studyguide.model.locator import Locator

PLAIN_SUFFIX = re.compile(r"\.[a-z0-9]{1,5}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A page reference as it was set: its locator with the book's key, a few words of the passage, its anchor."""

    locator: Locator
    words: str
    anchor: str
    span: SourceSpan


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """A quotation as it was set: its text, who said it, where it stands in the book, its anchor."""

    text: str
    who: str
    locator: Locator | None
    anchor: str
    span: SourceSpan


class Apparatus:
    """The lists of one document."""

    def __init__(self, folder: Path) -> None:
        """Start empty; pictures are found from `folder`, the guide's."""
        self.origins = OriginIndex(folder)
        self.citations: list[Citation] = []
        self.sayings: list[Saying] = []
        self.outline: list[OutlineEntry] = []
        self.printed: list[tuple[str, SourceSpan]] = []
        self._folder = folder
        self._assets: dict[Path, Asset] = {}
        self._counts: Counter[str] = Counter()

    @property
    def assets(self) -> tuple[Asset, ...]:
        """Give the files that the document needs, in the order of their first use."""
        return tuple(self._assets.values())

    def text(self, text: str, span: SourceSpan) -> Latex:
        """Note that a text is printed, and make it safe to print."""
        self.printed.append((text, span))
        return escape_text(text)

    def code(self, text: str, span: SourceSpan) -> Latex:
        """Note that code is printed among words, and make it safe to print."""
        self.printed.append((text, span))
        return escape_code(text)

    def address(self, address: str, span: SourceSpan) -> Latex:
        """Note that an address is printed, and set it as people type it."""
        self.printed.append((readable_address(address), span))
        return printed_address(address)

    def lines(self, text: str, span: SourceSpan) -> tuple[Latex, ...]:
        """Note that lines are printed exactly as typed, and make each safe to print."""
        self.printed.append((text, span))
        return escape_lines(text)

    def anchor(self, prefix: str) -> str:
        """Give the next anchor of a kind: `s1.r` gives `s1.r1`, `s1.r2` and so on."""
        self._counts[prefix] += 1
        return f"{prefix}{self._counts[prefix]}"

    def asset(self, path: str, span: SourceSpan) -> str:
        """Give the generated name of an author's file; the same file keeps its name."""
        source = self._folder / path
        if source not in self._assets:
            suffix = PurePosixPath(path).suffix.lower()
            name = f"asset-{len(self._assets) + 1}{suffix if PLAIN_SUFFIX.fullmatch(suffix) else ''}"
            self._assets[source] = Asset(name=name, source=source, span=span)
        return self._assets[source].name

    def bookmark(self, level: int, title: str, anchor: str) -> None:
        """Add an entry to the outline, at most one level below the last one."""
        deepest = self.outline[-1].level + 1 if self.outline else 0
        self.outline.append(OutlineEntry(level=min(level, deepest), title=title, anchor=anchor))
