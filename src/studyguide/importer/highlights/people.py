"""The authors of a book, as e-readers write them: `Horstman, Mark`, `James Kurose;Keith Ross`, `Ana Pozo & Ben Ruiz`.

Comes in: the words for all of them. Goes out: one name each, given name first.
Left to others: which words are the authors' (each export says so).
"""

from __future__ import annotations

import re

_UNKNOWN = frozenset(
    (
        *("unknown", "unknown author", "inconnu", "inconnu(e)", "auteur inconnu", "desconocido", "autor desconocido"),
        *("desconhecido", "autor desconhecido", "unbekannt", "sconosciuto", "autore sconosciuto", "onbekend", "n/a"),
    )
)
"""What devices write where they know no author."""

_AND = re.compile(r"\s*[;；]\s*|\s+&\s+|\s+(?:and|y|und|et|e|en)\s+(?=[^\W\d_])")
PARTS_OF_INVERTED_NAME = 2
"""`Horstman, Mark` has two parts; more commas than that part several names."""


def part_authors(words: str, *, commas_invert: bool) -> tuple[str, ...]:
    """Part the words into names.

    `commas_invert` says that a comma stands in `Horstman, Mark`, where other exports part two authors by it.
    """
    pieces = (piece.strip() for piece in _AND.split(words))
    names = [name for piece in pieces if piece for name in _part_commas(piece, commas_invert=commas_invert)]
    return tuple(dict.fromkeys(name for name in names if name.casefold() not in _UNKNOWN))


def _part_commas(piece: str, *, commas_invert: bool) -> tuple[str, ...]:
    parts = tuple(part.strip() for part in piece.split(",") if part.strip())
    has_single_words = any(len(part.split()) == 1 for part in parts)
    if len(parts) == PARTS_OF_INVERTED_NAME and (commas_invert or has_single_words):
        return (f"{parts[1]} {parts[0]}",)
    return parts
