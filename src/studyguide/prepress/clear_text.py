r"""Destinations and links, read from the bytes where they stand, as TeX and pypdf write ours.

A handout has a hundred of them, and a parser that understands every PDF takes longer for them than for all the rest.
Comes in: a file and a reference into it. Goes out: what the object says, or None: then the parser has to look.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pypdf.generic import IndirectObject

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pypdf.generic import PdfObject

DESTINATION = re.compile(rb"(\d+) 0 obj\s<<\s/D \[ (\d+) 0 R /XYZ -?[\d.]+ -?[\d.]+ null \]\s>>\sendobj")
LINK = re.compile(
    rb"(\d+) 0 obj\s<<\s/Type /Annot(?:/(?:Subtype|Link|Border|Rect|[CHIP])\b|[\s\dR.\[\]-]++)*"
    rb"/A\s*<<\s*(?:/Type\s?/Action\s?)?/S\s*(?:/GoTo\s/D \(([\w.-]+)\)|/URI\s?/URI\s?\([^()\\]*+\))\s*>>"
    rb"(?:\s|/P \d+ 0 R)*>>\sendobj"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearText:
    """A file, and where its objects of the first generation stand, by number."""

    content: bytes
    offsets: Mapping[int, int]

    def read_destination(self, value: PdfObject | None) -> int | None:
        """Give the number of the page object that a destination names."""
        found = self._match(DESTINATION, value)
        return None if found is None else int(found[2])

    def read_link(self, value: PdfObject) -> str | None:
        """Give the anchor that a link names, empty when it leads out."""
        found = self._match(LINK, value)
        return None if found is None else (found[2] or b"").decode("ascii")

    def _match(self, pattern: re.Pattern[bytes], value: PdfObject | None) -> re.Match[bytes] | None:
        if not isinstance(value, IndirectObject) or value.generation != 0:
            return None
        found = pattern.match(self.content, self.offsets.get(value.idnum, len(self.content)))
        return found if found is not None and int(found[1]) == value.idnum else None
