"""read: the first stage of the line, from a folder of Markdown to a checked `Manuscript`.

Comes in: the folder of a guide. Goes out: the model, or every problem with its file, line and column.
Also here: the canonical form of a file and the JSON Schema of its header. Left to others: everything about the page.
"""

from __future__ import annotations

from studyguide.reader.canonical import format_source
from studyguide.reader.headers import json_schemas
from studyguide.reader.read import check_manuscript, read_manuscript
from studyguide.reader.source import read_source

__all__ = ["check_manuscript", "format_source", "json_schemas", "read_manuscript", "read_source"]
