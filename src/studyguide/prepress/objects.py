"""PDF objects: making them of Python values, putting them into a file, finding them in a dictionary.

Comes in: text, mappings, keys. Goes out: pypdf's objects.
Left to others: what the objects mean.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, NameObject, NullObject, TextStringObject

from studyguide.description import encode_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pypdf import PdfWriter
    from pypdf.generic import IndirectObject, PdfObject


def text_string(text: str) -> PdfObject:
    """Write any text as a text string."""
    encoded = encode_text(text)
    return TextStringObject(text) if encoded.isascii() else ByteStringObject(encoded)


def name(word: str) -> NameObject:
    """Write a name; `word` comes without its solidus."""
    return NameObject(f"/{word}")


def dictionary(entries: Mapping[str, PdfObject]) -> DictionaryObject:
    """Write a dictionary; the keys come without their solidus."""
    return DictionaryObject({name(key): value for key, value in entries.items()})


def look_up(entries: DictionaryObject, key: str) -> PdfObject | None:
    """Find an entry, through a reference if it is one; None when there is none or it is null."""
    found = entries.get(key)
    value = found.get_object() if found is not None else None
    return None if isinstance(value, NullObject) else value


def look_up_dictionary(entries: DictionaryObject, key: str) -> DictionaryObject:
    """Find an entry that is a dictionary, or give an empty one."""
    found = look_up(entries, key)
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def look_up_array(entries: DictionaryObject, key: str) -> ArrayObject:
    """Find an entry that is an array, or give an empty one."""
    found = look_up(entries, key)
    return found if isinstance(found, ArrayObject) else ArrayObject()


def add_object(writer: PdfWriter, value: PdfObject) -> IndirectObject:
    """Give an object a number of its own in the file."""
    return writer._add_object(value)  # noqa: SLF001  the way that pypdf's own guide shows; there is no public name for it
