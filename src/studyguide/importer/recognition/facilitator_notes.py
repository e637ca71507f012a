"""Lines that are meant for whoever leads the evening: `Facilitator note: come back to Kit`.

Comes in: the words of a line. Goes out: where the note itself starts.
Left to others: comments of a document, which need no label (`parts`).
"""

from __future__ import annotations

import re

_OPENING = re.compile(
    r"[(\[]?(?:facilitat(?:or|ion)(?:['’]s)?\s+(?:notes?|tips?|hints?)|(?:notes?|tips?)\s+(?:to|for)\s+(?:the\s+)?(?:facilitators?|self|host|"
    r"moderator)|leader['’]s\s+notes?|nota\s+para\s+(?:(?:la|el|quien)\s+)?(?:facilita\w*|modera\w*|coordina\w*)|"
    r"note\s+(?:pour|à)\s+(?:l['’])?(?:animat\w+|facilitat\w+)|hinweis\s+für\s+(?:die\s+)?(?:moderation|leitung)|"
    r"moderationshinweis|nota\s+per\s+(?:chi\s+)?(?:facilita\w*|conduce))\s*(?:[:：]|\s[–—-](?=\s))\s*(?=\S)",
    re.IGNORECASE,
)


def find_facilitator_note(words: str) -> int:
    """Give how many characters of a line say that it is for the facilitator, 0 when none do."""
    match = _OPENING.match(words)
    return match.end() if match is not None else 0
