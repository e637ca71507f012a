"""import: raw notes of any kind become a session file; it ends where `reader` begins.

Comes in: files of notes. Goes out: session files, and a report of what was taken for what.
The line here: `intake` -> `Notes` -> `recognise` or `highlights` -> `Draft` -> `session_text` -> `filing`.
"""

from __future__ import annotations

from studyguide.importer.batch import ImportedFile, ImportRequest, ImportResult, import_files
from studyguide.importer.importing import Imported, import_bytes

__all__ = ["ImportRequest", "ImportResult", "Imported", "ImportedFile", "import_bytes", "import_files"]
