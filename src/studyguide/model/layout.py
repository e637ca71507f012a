"""What the files of a guide are called, wherever it stands.

Comes in: nothing, or the name of a file. Goes out: names. Left to others: looking for them (`targets`, `reader`).
"""

GUIDE_FILE = "guide.md"
SESSIONS_FOLDER = "sessions"


def is_session_file(name: str) -> bool:
    """Whether a name in the folder of sessions is that of one, and not of what editors put beside it (`.#wells.md`)."""
    return name.lower().endswith(".md") and not name.startswith(".")
