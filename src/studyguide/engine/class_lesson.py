"""The fonts of our own class, learnt ahead by one engine for all: else each would learn them for itself, for seconds.

Comes in: an installation with our class and no other. Goes out: whether there is something to learn, and a record.
Left to others: the engine that learns, which reads nothing of an author (`font_lessons`).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from studyguide.engine.font_cache import NAMES, is_first_run
from studyguide.engine.ground import survey

if TYPE_CHECKING:
    from studyguide.engine.installation import Installation

OWN_CLASS = "studyguide.cls"
RECORD = "class.json"


def is_class_to_be_learnt(installation: Installation, *, is_learnt_by_servers: bool) -> bool:
    """Whether the fonts of our class, as it is now, are not known yet.

    A server that forks keeps what it has learnt of the class, so where there are such it is enough that some is known.
    """
    if not any((folder / OWN_CLASS).is_file() for folder in installation.class_folders):
        return False
    if is_first_run(installation.cache_folder) or not (installation.cache_folder / NAMES).is_dir():
        return True
    return not is_learnt_by_servers and _recorded(installation) != _facts(installation)


def record_class(installation: Installation) -> None:
    """Note that the fonts of our class, as it is now, are known."""
    try:
        (installation.cache_folder / RECORD).write_text(json.dumps(_facts(installation)), encoding="utf-8")
    except OSError:
        # Without room for it they are learnt again the next time.
        return


def _recorded(installation: Installation) -> object:
    try:
        return json.loads((installation.cache_folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _facts(installation: Installation) -> list[list[str | int]]:
    ground = survey(installation).with_fonts(installation.font_folders)
    return [[str(path), *facts] for path, *facts in (*ground.class_facts, *ground.others)]
