"""Questions and turns: the lists of a part, read as what people ask and what they said.

Comes in: the nodes of a part. Goes out: questions with minutes, turns with speakers and replies, in the order typed.
Left to others: which part is which (`parts`), names that are no participants (`assemble`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studyguide.model.blocks import Inline, Paragraph, Question, Text, Turn
from studyguide.reader.blocks import read_blocks
from studyguide.reader.explain import find_nearest, quote
from studyguide.reader.paragraphs import place_node, place_words, read_text
from studyguide.reader.quotes import curve_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studyguide.diagnostics import SourceSpan
    from studyguide.model.blocks import Block
    from studyguide.reader.context import FileContext
    from studyguide.reader.markdown import Node

_MINUTES = re.compile(
    r"\s*\((?P<minutes>[0-9]{1,3})\s*(?:min|mins|minutes?|minutos?|minuts?|minuten?|minuti|minuto|minuto|분)\.?\)\s*$",
    re.IGNORECASE,
)
_PLAIN_SPEAKER = re.compile(r"(?P<name>[^\s:*_`\[\]()][^:\n*_`\[\]()]{0,60}?)\s*:(?=\s|$)")
BOLD_SPEAKER = re.compile(r"(?P<mark>\*\*|__)(?=\S)(?P<name>[^*_\n:]{1,60})(?::\s*(?P=mark)|(?P=mark)\s*:)")
"""`**Ana:**` and `**Ana**:`, also where Markdown sees no bold since the next word follows at once."""

_LISTS = {"bullet_list", "ordered_list"}


def read_questions(context: FileContext, nodes: list[Node]) -> tuple[tuple[Block, ...], tuple[Question, ...]]:
    """Read what stands before the first question, and the questions; what stands between belongs to the one before."""
    content: list[Block] = []
    questions: list[Question] = []
    for node in nodes:
        if node.kind in _LISTS:
            place_node(context, node)
            for number, item in number_items(node, len(questions)):
                questions.append(_read_question(context, item, number))
        elif questions:
            more = (*questions[-1].content, *read_blocks(context, [node]))
            questions[-1] = replace(questions[-1], content=more)
        else:
            content.extend(read_blocks(context, [node]))
    return tuple(content), tuple(questions)


def number_items(node: Node, before: int) -> Iterator[tuple[int, Node]]:
    """Number a list's items: from its own first number, or on from the ones before."""
    start = int(node.children[0].info) if node.kind == "ordered_list" else before + 1
    return ((start + index, item) for index, item in enumerate(node.children))


def _read_question(context: FileContext, item: Node, number: int) -> Question:
    span = place_node(context, item)
    first, others = _part_words(item)
    words = read_text(context, first.text, place_words(context, first)) if first is not None else ()
    words, minutes = take_minutes(words)
    return Question(number=number, words=words, content=read_blocks(context, others), minutes=minutes, span=span)


def _part_words(item: Node) -> tuple[Node | None, list[Node]]:
    if item.children and item.children[0].kind == "paragraph":
        return item.children[0], item.children[1:]
    return None, item.children


def take_minutes(words: tuple[Inline, ...]) -> tuple[tuple[Inline, ...], int | None]:
    """Take `(10 min)` off the end of a question's words."""
    last = words[-1] if words else None
    match = _MINUTES.search(last.text) if isinstance(last, Text) else None
    if match is None or not isinstance(last, Text):
        return words, None
    text = last.text[: match.start()]
    kept = (*words[:-1], replace(last, text=text)) if text else words[:-1]
    return kept, int(match["minutes"])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    speaker: str
    words: tuple[Inline, ...]


def read_turns(context: FileContext, nodes: list[Node]) -> tuple[tuple[Block, ...], tuple[Turn, ...]]:
    """Read what stands before the first turn, and the turns; what stands between belongs to the one before."""
    content: list[Block] = []
    turns: list[Turn] = []
    for node in nodes:
        if node.kind in _LISTS:
            place_node(context, node)
            turns.extend(_read_turn(context, item, number) for number, item in number_items(node, len(turns)))
        elif (said := _read_said(context, node)) is not None and said.speaker:
            span = place_words(context, node).span(0)
            turns.append(Turn(number=len(turns) + 1, speaker=said.speaker, words=said.words, content=(), span=span))
        elif turns:
            turns[-1] = replace(turns[-1], content=(*turns[-1].content, *_read_rest(context, node, said)))
        else:
            content.extend(_read_rest(context, node, said))
    return tuple(content), tuple(turns)


def _read_rest(context: FileContext, node: Node, said: _Said | None) -> tuple[Block, ...]:
    if said is None:
        return read_blocks(context, [node])
    return (Paragraph(content=said.words, span=place_words(context, node).span(0)),) if said.words else ()


def _read_said(context: FileContext, node: Node) -> _Said | None:
    """Read the words of a paragraph and who says them; None when the node is no paragraph of words."""
    if node.kind != "paragraph" or node.text.startswith("!["):
        return None
    place = place_words(context, node)
    speaker, length = _find_speaker(context, node.text)
    if not length:
        _warn_of_name(context, node.text, place.span(0))
    rest = node.text[length:]
    skipped = length + len(rest) - len(rest.lstrip())
    return _Said(speaker=speaker, words=read_text(context, rest.lstrip(), place.skip(skipped)))


def _find_speaker(context: FileContext, text: str) -> tuple[str, int]:
    """Find the name that opens a turn, in bold or a participant's, and how many characters it takes."""
    bold = BOLD_SPEAKER.match(text)
    if bold is not None:
        return curve_title(bold["name"].strip(), context.guide.language), bold.end()
    plain = _PLAIN_SPEAKER.match(text)
    if plain is None:
        return "", 0
    name = fold_name(plain["name"])
    known = {fold_name(each): each for each in context.speakers}
    if name in known:
        return known[name], plain.end()
    first_names = [fold_name(each.split()[0]) for each in known.values()]
    return (plain["name"], plain.end()) if first_names.count(name) == 1 else ("", 0)


def _warn_of_name(context: FileContext, text: str, span: SourceSpan) -> None:
    """Warn of a name that is nearly a participant's: a slip would lose who said it."""
    match = _PLAIN_SPEAKER.match(text)
    if match is None or not match["name"][0].isupper() or " " in match["name"]:
        return
    known = {fold_name(each): each for each in context.speakers}
    nearest = find_nearest(fold_name(match["name"]), known)
    if nearest and abs(len(nearest) - len(match["name"])) <= 1:
        hint = f"did you mean `{known[nearest]}`? else write the name as `**{match['name']}:**`"
        context.warn(span, f"{quote(match['name'])} is not among the participants, so this is no turn of theirs", hint)


def fold_name(name: str) -> str:
    """Give a name as it is compared: without regard to case and kind of apostrophe."""
    return " ".join(name.replace("’", "'").casefold().split())


def _read_turn(context: FileContext, item: Node, number: int) -> Turn:
    span = place_node(context, item)
    first, others = _part_words(item)
    said = (_read_said(context, first) if first is not None else None) or _Said(speaker="", words=())
    if first is not None and not said.words and not said.speaker:
        others = item.children
    content: list[Block] = []
    replies: list[Turn] = []
    for node in others:
        if node.kind in _LISTS and (replies or _holds_speakers(context, node)):
            place_node(context, node)
            replies.extend(_read_turn(context, each, count) for count, each in number_items(node, len(replies)))
        elif replies:
            more = (*replies[-1].content, *read_blocks(context, [node]))
            replies[-1] = replace(replies[-1], content=more)
        else:
            content.extend(read_blocks(context, [node]))
    return Turn(
        number=number,
        speaker=said.speaker,
        words=said.words,
        content=tuple(content),
        replies=tuple(replies),
        span=span,
    )


def _holds_speakers(context: FileContext, node: Node) -> bool:
    """Whether any item of a nested list starts with a speaker: then all of it is replies."""
    firsts = (_part_words(item)[0] for item in node.children)
    return any(first is not None and _find_speaker(context, first.text)[0] for first in firsts)
