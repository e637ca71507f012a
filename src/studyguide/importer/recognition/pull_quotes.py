"""Which quotations are worth setting large: proposed by length and place, at most one on a page.

Comes in: the parts of a draft. Goes out: the same parts with some quotations as pull quotes.
Left to others: how a pull quote is written (`session_text`); a person chooses again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from studyguide.importer.draft import BlockKind, Certainty, DraftBlock, DraftPart, Finding, PartKind
from studyguide.importer.recognition.quotations import CLOSING, OPENING

SHORTEST, LONGEST = 45, 260
"""Characters: shorter says too little, longer cannot be read at a glance."""

WORDS_ON_A_PAGE = 380
"""About what a page of a handout holds; between two pull quotes stand at least so many words."""

_QUOTED = re.compile(rf"[{OPENING}](?P<words>.+)[{CLOSING}] \((?P<locator>pp?\. [^()]+)\)\.?")


@dataclass(slots=True, kw_only=True)
class _Place:
    """How many words stand before, where the last pull quote was, and the pages that have one."""

    words: int = 0
    last: int = -WORDS_ON_A_PAGE // 2
    pages: set[str]


def propose_pull_quotes(parts: tuple[DraftPart, ...]) -> tuple[tuple[DraftPart, ...], tuple[Finding, ...]]:
    """Propose pull quotes among quotations that are whole sentences with a page and nothing under them."""
    place = _Place(pages=set())
    findings: list[Finding] = []
    made: list[DraftPart] = []
    for part in parts:
        blocks = list(part.blocks)
        for at, block in enumerate(blocks):
            proposed = _propose(blocks, at, place) if part.kind in {PartKind.READING, PartKind.FREE} else None
            if proposed is not None:
                blocks[at] = proposed
                findings.append(
                    Finding(
                        taken_for="pull quote",
                        words=proposed.text,
                        line=block.line,
                        certainty=Certainty.LIKELY,
                        result=proposed.source,
                    )
                )
            place.words += len(block.text.split())
        made.append(replace(part, blocks=tuple(blocks)))
    return tuple(made), tuple(findings)


def _propose(blocks: list[DraftBlock], at: int, place: _Place) -> DraftBlock | None:
    block = blocks[at]
    following = blocks[at + 1] if at + 1 < len(blocks) else None
    has_children = following is not None and following.depth > block.depth and block.kind is BlockKind.ITEM
    if block.doubt or has_children or at == 0 or place.words - place.last < WORDS_ON_A_PAGE:
        return None
    words, locator = _quotation_of(block)
    if not words or locator in place.pages or not _is_quotable(words):
        return None
    place.last = place.words
    place.pages.add(locator)
    depth = max(block.depth - 1, 0) if block.kind is BlockKind.ITEM else block.depth
    return DraftBlock(kind=BlockKind.PULL_QUOTE, text=words, source=locator, line=block.line, depth=depth)


def _quotation_of(block: DraftBlock) -> tuple[str, str]:
    if block.kind is BlockKind.QUOTATION and "\n" not in block.text:
        return block.text, block.source
    match = _QUOTED.fullmatch(block.text) if block.kind is BlockKind.ITEM and not block.label else None
    return (match["words"], match["locator"]) if match is not None else ("", "")


def _is_quotable(words: str) -> bool:
    """Whether words are whole sentences of the right length, with no quotation that begins or ends inside."""
    is_sentence = words[:1].isupper() and words.rstrip()[-1:] in ".!?"
    is_plain = not re.search(rf"[{OPENING}{CLOSING}\[\]*_`]|\.\.\.|…|https?:", words)
    return SHORTEST <= len(words) <= LONGEST and is_sentence and is_plain
