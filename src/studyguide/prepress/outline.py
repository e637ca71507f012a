"""The outline: the tree of bookmarks that a viewer shows beside the pages (ISO 32000-2, 12.3.3).

Comes in: the entries of a document and the destinations that TeX wrote. Goes out: the tree, in the file.
Left to others: which entries there are (`latex`), whether they land where they should (`readback`).
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, cast

from pypdf.generic import NumberObject

from studyguide.prepress.objects import add_object, dictionary, name, text_string

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pypdf import PdfWriter
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

    from studyguide.artifacts import OutlineEntry

OPEN_ENTRIES_LIMIT = 30
"""An outline of at most so many entries is shown whole; a longer one opens with its top level only."""


def add_outline(writer: PdfWriter, entries: tuple[OutlineEntry, ...], targets: Mapping[str, ArrayObject]) -> None:
    """Write the outline and have viewers show it; without entries there is none.

    `targets` gives the explicit destination of each anchor.
    """
    if not entries:
        return
    root = add_object(writer, dictionary({"Type": name("Outlines")}))
    items = [
        add_object(writer, dictionary({"Title": text_string(entry.title), "Dest": targets[entry.anchor]}))
        for entry in entries
    ]
    is_open = len(entries) <= OPEN_ENTRIES_LIMIT
    children = _children(parent_indexes(tuple(entry.level for entry in entries)))
    for parent, indexes in children.items():
        _join(root if parent is None else items[parent], [items[index] for index in indexes])
    for parent, indexes in children.items():
        shown = _count_descendants(children, parent) if is_open else len(indexes)
        count = shown if is_open or parent is None else -shown
        _at(root if parent is None else items[parent])[name("Count")] = NumberObject(count)
    writer.root_object.update(dictionary({"Outlines": root, "PageMode": name("UseOutlines")}))


def parent_indexes(levels: tuple[int, ...]) -> tuple[int | None, ...]:
    """Find each entry's parent: the nearest entry before it on a smaller level, None at the top."""
    parents: list[int | None] = []
    ancestors: list[int] = []
    for index, level in enumerate(levels):
        while ancestors and levels[ancestors[-1]] >= level:
            ancestors.pop()
        parents.append(ancestors[-1] if ancestors else None)
        ancestors.append(index)
    return tuple(parents)


def _children(parents: tuple[int | None, ...]) -> dict[int | None, list[int]]:
    children: dict[int | None, list[int]] = {}
    for index, parent in enumerate(parents):
        children.setdefault(parent, []).append(index)
    return children


def _count_descendants(children: Mapping[int | None, list[int]], parent: int | None) -> int:
    return sum(1 + _count_descendants(children, child) for child in children.get(parent, ()))


def _join(parent: IndirectObject, items: list[IndirectObject]) -> None:
    """Link siblings with each other and with their parent (ISO 32000-2, tables 150 and 151)."""
    _at(parent).update(dictionary({"First": items[0], "Last": items[-1]}))
    for item in items:
        _at(item)[name("Parent")] = parent
    for before, after in itertools.pairwise(items):
        _at(before)[name("Next")] = after
        _at(after)[name("Prev")] = before


def _at(reference: IndirectObject) -> DictionaryObject:
    return cast("DictionaryObject", reference.get_object())
