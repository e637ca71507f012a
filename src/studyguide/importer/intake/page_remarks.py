"""Comments and footnotes of a Google document that was saved as a page: they stand at its end, and links lead to them.

Comes in: the blocks of the page. Goes out: the blocks without them, and what each link to one of them stands for.
Left to others: putting them where the links stand (`document_words`).
"""

from __future__ import annotations

import re
from typing import Any

from studyguide.importer.intake.document_words import plain_words
from studyguide.importer.intake.marked_text import Remark

_RETURN = re.compile(r"#(?P<kind>cmnt|ftnt)_ref(?P<number>[0-9]+)")
_MARKER = re.compile(r"\[\w+\]\s*")

Blocks = list[dict[str, Any]]


def take_page_remarks(blocks: Blocks) -> tuple[Blocks, dict[str, Remark]]:
    """Part the text of a page from its comments and footnotes, whose keys are as in `#cmnt1`; a lone one stays."""
    candidates = {index: key for index, block in enumerate(blocks) if (key := _key_of(block))}
    if not candidates:
        return blocks, {}
    targets = _find_targets(blocks)
    kept: Blocks = []
    found: dict[str, Remark] = {}
    for index, block in enumerate(blocks):
        key = candidates.get(index, "")
        if key not in targets:
            kept.append(block)
            continue
        words = _MARKER.sub("", plain_words([block]), count=1)
        found[key] = Remark(words=words, footnote=key.startswith("#ftnt"))
        if found[key].footnote and kept and kept[-1]["t"] == "HorizontalRule":
            # It parts the text from its footnotes.
            kept.pop()
    return kept, found


def _key_of(block: dict[str, Any]) -> str:
    inner = block["c"][1] if block["t"] == "Div" else [block]
    inlines = inner[0]["c"] if inner and inner[0]["t"] in {"Para", "Plain"} else []
    if not inlines or inlines[0]["t"] != "Link":
        return ""
    match = _RETURN.fullmatch(inlines[0]["c"][2][0])
    return f"#{match['kind']}{match['number']}" if match else ""


def _find_targets(blocks: Blocks) -> set[str]:
    targets: set[str] = set()
    waiting: list[Any] = [blocks]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            if value["t"] == "Link":
                targets.add(value["c"][2][0])
            waiting.append(value.get("c"))
        elif isinstance(value, list):
            waiting.extend(value)
    return targets
