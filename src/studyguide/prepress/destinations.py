"""Named destinations: where each anchor of the document stands (ISO 32000-2, 12.3.2.4).

Comes in: a PDF's catalog and pages. Goes out: page and exact place by anchor.
Left to others: who points there (`outline`, `merge`, `readback`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, IndirectObject

from studyguide.prepress.objects import look_up, look_up_array, look_up_dictionary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pypdf import PageObject
    from pypdf.generic import PdfObject

NODES_LIMIT = 100_000
"""More nodes than any guide's name tree has; a tree that bites its own tail ends here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where an anchor stands: the page, counted from 0, and the explicit destination as the PDF writes it."""

    page_index: int
    place: ArrayObject


def index_pages(pages: Iterable[PageObject]) -> dict[int, int]:
    """Give each page's place in the file, counted from 0, by its object number."""
    return {page.indirect_reference.idnum: index for index, page in enumerate(pages) if page.indirect_reference}


def find_targets(catalog: DictionaryObject, page_indexes: Mapping[int, int]) -> dict[str, Target]:
    """Read the name tree, and the older dictionary beside it; what names no page of the file is left out."""
    targets: dict[str, Target] = {}
    for anchor, value in named_destinations(catalog):
        target = explicit_target(value, page_indexes)
        if target is not None:
            targets[anchor] = target
    return targets


def named_destinations(catalog: DictionaryObject) -> Iterator[tuple[str, PdfObject]]:
    """Give each anchor and its destination, mostly a reference to it."""
    yield from _old_dictionary(catalog)
    yield from _name_tree(catalog)


def explicit_target(value: PdfObject | None, page_indexes: Mapping[int, int]) -> Target | None:
    """Resolve an explicit destination, bare or in a dictionary, to a page of this file."""
    found = value.get_object() if value is not None else None
    if isinstance(found, DictionaryObject):
        found = look_up(found, "/D")
    if not isinstance(found, ArrayObject) or not found or not isinstance(found[0], IndirectObject):
        return None
    # Pages of ours are objects of the first generation; another generation of the same number is no object at all.
    page_index = page_indexes.get(found[0].idnum) if found[0].generation == 0 else None
    return None if page_index is None else Target(page_index=page_index, place=found)


def read_anchor(value: PdfObject | None) -> str:
    """Read the name of a destination, which may be a string or, in old files, a name."""
    found = value.get_object() if value is not None else None
    return found.decode("latin-1") if isinstance(found, ByteStringObject) else str(found).removeprefix("/")


def _old_dictionary(catalog: DictionaryObject) -> Iterator[tuple[str, PdfObject]]:
    for key, value in look_up_dictionary(catalog, "/Dests").items():
        yield key.removeprefix("/"), value


def _name_tree(catalog: DictionaryObject) -> Iterator[tuple[str, PdfObject]]:
    waiting = [look_up(look_up_dictionary(catalog, "/Names"), "/Dests")]
    for _ in range(NODES_LIMIT):
        if not waiting:
            return
        node = waiting.pop()
        if isinstance(node, DictionaryObject):
            waiting.extend(kid.get_object() for kid in look_up_array(node, "/Kids"))
            leaves = list(look_up_array(node, "/Names"))
            yield from zip(map(read_anchor, leaves[::2]), leaves[1::2], strict=False)
