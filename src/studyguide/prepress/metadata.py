"""The document information dictionary (ISO 32000-2, 14.3.3).

Comes in: `DocumentMetadata`. Goes out: the dictionary.
Left to others: what is said in it, and the packet that says the same (`description`), putting it into the file
(`assemble`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.description import information_texts
from studyguide.prepress.objects import dictionary, name, text_string

if TYPE_CHECKING:
    from pypdf.generic import DictionaryObject

    from studyguide.artifacts import DocumentMetadata


def information(metadata: DocumentMetadata) -> DictionaryObject:
    """Write the document information dictionary."""
    written = {key: text_string(text) for key, text in information_texts(metadata).items()}
    return dictionary(written | {"Trapped": name("False")})
