"""Entries put together by the book that they are from, in the order in which the books come.

Comes in: entries with what the export says of their books. Goes out: `HighlightedBook` values.
Left to others: reading the export.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING

from studyguide.importer.cleaning import clean_words
from studyguide.importer.draft import Certainty, Finding
from studyguide.importer.highlights.people import part_authors
from studyguide.importer.highlights.records import Highlight, HighlightedBook

if TYPE_CHECKING:
    from studyguide.importer.highlights.tables import Row


@dataclass(slots=True, kw_only=True)
class _Place:
    """One book of the shelf, as it fills."""

    line: int
    highlights: list[Highlight] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Shelf:
    """Books as they fill with entries; `name` is that of the file, for books whose title the export does not give."""

    name: str
    _places: dict[tuple[str, str, str], _Place] = field(default_factory=dict)

    def put(self, highlight: Highlight, row: Row, *, title: str, authors: str = "", address: str = "") -> None:
        """Put an entry to its book; cells of its row that are in no column are reported."""
        key = (clean_words(title), clean_words(authors), address.strip())
        place = self._places.setdefault(key, _Place(line=highlight.line))
        place.highlights.append(highlight)
        surplus = clean_words(" ".join(row.surplus))
        if surplus:
            place.findings.append(
                Finding(
                    taken_for="cells without a column",
                    words=surplus,
                    line=row.line,
                    certainty=Certainty.UNSURE,
                    result="left out",
                )
            )

    def books(self) -> tuple[HighlightedBook, ...]:
        """Give the books."""
        return tuple(self._make_book(*key, place) for key, place in self._places.items())

    def _make_book(self, title: str, authors: str, address: str, place: _Place) -> HighlightedBook:
        return HighlightedBook(
            title=title or guess_title(address, self.name),
            authors=part_authors(authors, commas_invert=False),
            highlights=tuple(place.highlights),
            line=place.line,
            address=address,
            is_title_guessed=not title,
            findings=tuple(place.findings),
        )


def guess_title(address: str, name: str) -> str:
    """Name a source that has no title by its address, else by the file."""
    bare = address.split("://", 1)[-1].removeprefix("www.").rstrip("/")
    return clean_words(bare) or clean_words(PurePath(name).stem.replace("_", " "))
