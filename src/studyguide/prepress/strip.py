"""Taking out of a PDF what is not for the reader of the page: scripts, attachments, private data of other programs.

Comes in: a catalog, a page's resources. Goes out: the same objects without it; of catalog
and pages, only what is on a list of the known is kept.
Left to others: what takes its place (`metadata`, `outline`, `labels`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pypdf.errors import LimitReachedError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject, StreamObject

from studyguide.prepress.objects import look_up_dictionary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pypdf import PdfReader
    from pypdf.generic import PdfObject

KEPT_IN_CATALOG = frozenset({"/Type", "/Pages", "/Names", "/Dests"})
"""Of TeX's catalog; no OpenAction, no AA, no AcroForm, no AF, no page labels but ours (ISO 32000-2, table 29)."""

KEPT_IN_NAMES = frozenset({"/Dests"})
"""Of the name dictionary; no JavaScript, no EmbeddedFiles (ISO 32000-2, table 32)."""

KEPT_ON_PAGES = frozenset(
    {"/Type", "/Parent", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/Contents", "/Group", "/Annots", "/Tabs"}
)
"""Of a page (ISO 32000-2, table 31)."""

DROPPED_FROM_STREAMS = frozenset(
    {
        "/AF",  # attached files
        "/Alternates",  # other versions of a picture, for print
        "/F",  # the data is in another file
        "/FDecodeParms",
        "/FFilter",
        "/LastModified",
        "/Metadata",  # another document's author, title, history
        "/OC",  # a layer that nobody can switch any more
        "/OPI",  # another file in the picture's place
        "/PieceInfo",  # private data of the program that made it
        "/Ref",  # a page of another file in its place
        "/StructParent",  # a place in another document's structure
        "/StructParents",
    }
)
"""Keys of a form, picture or font file that say something about its origin or lead out of the document."""

ENGINE_PREFIX = "/PTEX."
"""TeX notes under such keys the path and the information of every PDF that it includes."""

OBJECTS_LIMIT = 1_000_000
"""More objects than any guide is made of."""

NOT_CONTENT = frozenset({"/Action", "/Annot", "/Catalog", "/EmbeddedFile", "/Filespec", "/Outlines", "/Page", "/Pages"})
"""Types of dictionaries that nothing drawn on a page needs."""


def keep_only(entries: DictionaryObject, kept: frozenset[str]) -> None:
    """Drop every key that is not in a list."""
    for key in [key for key in entries if key not in kept]:
        del entries[key]


def strip_document(reader: PdfReader) -> None:
    """Strip a PDF of ours: its catalog, its pages and what is drawn on them."""
    keep_only(reader.root_object, KEPT_IN_CATALOG)
    keep_only(look_up_dictionary(reader.root_object, "/Names"), KEPT_IN_NAMES)
    pages = list(reader.pages)
    for page in pages:
        stored = page.indirect_reference.get_object() if page.indirect_reference else None
        if isinstance(stored, DictionaryObject):  # pypdf hands out copies of pages, with what they inherit
            keep_only(stored, KEPT_ON_PAGES)
    strip_resources((look_up_dictionary(page, "/Resources") for page in pages), objects_limit=OBJECTS_LIMIT)


def strip_resources(roots: Iterable[PdfObject], *, objects_limit: int) -> None:
    """Strip all that is drawn from the given resources, however deep.

    Raises:
        LimitReachedError: pypdf's, when there are more than `objects_limit` objects.
    """
    seen: dict[int, PdfObject] = {}
    waiting: list[PdfObject] = list(roots)
    for resources in waiting:
        _blank_properties(resources)
    while waiting:
        value = waiting.pop()
        if id(value) in seen:
            continue
        seen[id(value)] = value
        if len(seen) > objects_limit:
            raise LimitReachedError(f"more than {objects_limit} objects")
        if isinstance(value, StreamObject):
            _strip_stream(value)
        waiting.extend(_children(value))


def _strip_stream(stream: StreamObject) -> None:
    for key in [key for key in stream if key in DROPPED_FROM_STREAMS or key.startswith(ENGINE_PREFIX)]:
        del stream[key]


def _children(value: PdfObject) -> list[PdfObject]:
    """List the containers in a container, and take out those that are not content."""
    if isinstance(value, DictionaryObject):
        for key in [key for key, child in value.items() if _is_foreign(_container(child))]:
            del value[key]
        if "/Resources" in value:
            _blank_properties(value["/Resources"])
        return [found for child in value.values() if (found := _container(child)) is not None]
    if isinstance(value, ArrayObject):
        for index, child in enumerate(value):
            if _is_foreign(_container(child)):
                value[index] = NullObject()
        return [found for child in value if (found := _container(child)) is not None]
    return []


def _container(value: PdfObject) -> DictionaryObject | ArrayObject | None:
    found = value.get_object() if isinstance(value, IndirectObject) else value
    return found if isinstance(found, (DictionaryObject, ArrayObject)) else None


def _is_foreign(value: PdfObject | None) -> bool:
    return isinstance(value, DictionaryObject) and value.get("/Type") in NOT_CONTENT


def _blank_properties(resources: PdfObject) -> None:
    """Empty the property lists that marked content names: layers, other programs' data (ISO 32000-2, 14.6.2)."""
    if isinstance(resources, DictionaryObject):
        properties = look_up_dictionary(resources, "/Properties")
        for key in list(properties):
            properties[key] = DictionaryObject()
