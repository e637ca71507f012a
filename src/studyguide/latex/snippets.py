"""A few words that stand for a passage: in Passages by page and in the index of quotes.

Comes in: inlines, or plain text around a reference. Goes out: four to eight words, cut at word borders.
Left to others: escaping, and which rows there are (`passages`).
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, assert_never

from studyguide.model import blocks

if TYPE_CHECKING:
    from studyguide.model.blocks import Block, Inline

MOST_WORDS = 8
WHOLE_WORDS = 10
"""A text of so few words is not worth an ellipsis."""
FEWEST_WORDS = 3
"""A last sentence of fewer words ("So it is.") says too little: the words before it come too."""
FEWEST_QUOTED_WORDS = 4
"""Fewer words in marks are a name or a turn of phrase, no quotation that a reader looks for."""
FEWEST_QUOTED_IDEOGRAPHS = 6
LONGEST = 56
"""Characters that fit on one line of a handout's back matter; scripts without blanks are cut there."""
ELLIPSIS = "…"
OPENING_MARKS = {
    "”": "“„”",
    "“": "„",
    "»": "«»",
    "«": "»",
    "’": "‘‚",
    "‘": "‚",
    "›": "‹",
    '"': '"',
    "」": "「",
    "』": "『",
}
"""For each mark that can close a quotation, those that can have opened it, over the languages of the world."""
SURE_OPENING, SURE_CLOSING = "“«「『", "”»」』"
"""Marks that nearly always open, or close: a cut between the two takes both away."""
SENTENCE_END = re.compile(r"(?<=[.!?…。！？])[”»’\"]?\s+|(?<=[。！？])")
EDGE_PUNCTUATION = " \t\n.,;:–—-"


def plain_text(content: tuple[Inline, ...]) -> str:
    """Give the words of inlines without their markup; references, notes and pictures are no words."""
    return "".join(_plain(inline) for inline in content)


def _plain(inline: Inline) -> str:
    match inline:
        case blocks.Text() | blocks.CodeSpan():
            return inline.text
        case blocks.Emphasis() | blocks.Strong() | blocks.Link():
            return plain_text(inline.content)
        case blocks.LineBreak():
            return " "
        case blocks.Reference() | blocks.Footnote() | blocks.InlineImage():
            return ""
        case _:
            assert_never(inline)


def block_text(content: tuple[Block, ...]) -> str:
    """Give the words of blocks without their markup, a blank between two blocks."""
    return " ".join(filter(None, (_plain_block(block) for block in content)))


def _plain_block(block: Block) -> str:  # noqa: PLR0911  one arm for each kind of block
    match block:
        case blocks.Paragraph() | blocks.Topic():
            return plain_text(block.content)
        case blocks.ListBlock():
            return " ".join(block_text(item.content) for item in block.items)
        case blocks.Quotation() | blocks.PullQuote() | blocks.CallOut():
            return block_text(block.content)
        case blocks.Table():
            return " ".join(plain_text(cell) for row in (block.head, *block.rows) for cell in row)
        case blocks.Figure():
            return plain_text(block.caption)
        case blocks.CodeBlock():
            return block.text
        case blocks.ThematicBreak():
            return ""
        case _:
            assert_never(block)


def passage_words(before: str, after: str) -> str:
    """Give the words that a reference belongs to: the quotation before it, the end of its sentence, or what follows."""
    quoted = quotation_before(before)
    if quoted:
        return quoted[0] + opening_words(quoted[1:-1]) + quoted[-1]
    said = before.strip(EDGE_PUNCTUATION)
    return _closing_words(said) if said else _opening_passage(after)


def _opening_passage(text: str) -> str:
    """Give the quotation that a text opens with, in both its marks, or its first words."""
    quoted = quotation_after(text)
    return quoted[0] + opening_words(quoted[1:-1]) + quoted[-1] if quoted else opening_words(text)


def quotation_before(text: str) -> str:
    """Give the quotation that a text ends with, in its marks, or nothing."""
    said = text.rstrip(EDGE_PUNCTUATION)
    for opening in OPENING_MARKS.get(said[-1:], ""):
        start = said.rfind(opening, 0, len(said) - 1)
        if start >= 0 and not said[start - 1 : start].isalnum() and said[start + 1 : -1].strip():
            return said[start:]
    return ""


def quotation_after(text: str) -> str:
    """Give the quotation that a text starts with, in its marks, or nothing."""
    said = text.lstrip(EDGE_PUNCTUATION)
    closing = [mark for mark, opening in OPENING_MARKS.items() if said[:1] and said[0] in opening]
    for end, mark in enumerate(said[1:], start=1):
        if mark in closing and not said[end + 1 : end + 2].isalnum() and said[1:end].strip():
            return said[: end + 1]
    return ""


def is_sentence(quoted: str) -> bool:
    """Say whether words in quotation marks are a quotation of their own; scripts without blanks count by character."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in quoted)
    return len(quoted.split()) >= FEWEST_QUOTED_WORDS or wide >= FEWEST_QUOTED_IDEOGRAPHS


def opening_words(text: str) -> str:
    """Give the first words of a text, with an ellipsis when there are more."""
    words = text.split()
    if _fits(words):
        return " ".join(words).rstrip(",;:")
    kept = words[:MOST_WORDS]
    while len(kept) > 1 and len(" ".join(kept)) > LONGEST:
        kept.pop()
    kept = _before_open_mark(kept)
    return f"{_first_characters(' '.join(kept)).rstrip(EDGE_PUNCTUATION)} {ELLIPSIS}"


def _closing_words(said: str) -> str:
    sentence = SENTENCE_END.split(said)[-1].split()
    words = sentence if len(sentence) >= FEWEST_WORDS else said.split()
    if _fits(words):
        return " ".join(words)
    kept = words[-MOST_WORDS:]
    while len(kept) > 1 and len(" ".join(kept)) > LONGEST:
        kept.pop(0)
    kept = _after_closed_mark(kept)
    return f"{ELLIPSIS} {_last_characters(' '.join(kept)).lstrip(EDGE_PUNCTUATION)}"


def _before_open_mark(words: list[str]) -> list[str]:
    """Leave out a quotation that the cut would leave open, if enough is left."""
    open_at = [index for index, word in enumerate(words) if _depth(words[: index + 1]) > _depth(words[:index])]
    if _depth(words) > 0 and open_at[-1] >= FEWEST_WORDS:
        return words[: open_at[-1]]
    return words


def _after_closed_mark(words: list[str]) -> list[str]:
    """Leave out the end of a quotation whose start the cut has taken, if enough is left."""
    closed_at = [index for index in range(len(words)) if _depth(words[: index + 1]) < 0]
    if closed_at and len(words) - closed_at[0] - 1 >= FEWEST_WORDS:
        return words[closed_at[0] + 1 :]
    return words


def _depth(words: list[str]) -> int:
    """Count the quotations that words open and do not close; after a German „ the mark “ closes."""
    text = " ".join(words)
    opening = SURE_OPENING.replace("“", "") if "„" in text else SURE_OPENING
    return sum(text.count(mark) for mark in opening) - sum(text.count(mark) for mark in SURE_CLOSING)


def _fits(words: list[str]) -> bool:
    return len(words) <= WHOLE_WORDS and len(" ".join(words)) <= LONGEST


def _first_characters(text: str) -> str:
    """Cut a text that has no blanks, never between a letter and its marks."""
    end = min(LONGEST, len(text))
    while 0 < end < len(text) and _is_joined(text, end):
        end -= 1
    return text[:end]


def _last_characters(text: str) -> str:
    start = max(len(text) - LONGEST, 0)
    while 0 < start < len(text) and _is_joined(text, start):
        start += 1
    return text[start:]


def _is_joined(text: str, position: int) -> bool:
    """Say whether the character at a position is drawn together with the one before it."""
    joiners = "\u200c\u200d"
    return unicodedata.category(text[position])[0] == "M" or text[position] in joiners or text[position - 1] in joiners
