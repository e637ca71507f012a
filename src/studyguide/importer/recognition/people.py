"""Names of people in notes: lists of who was there, and who says a line.

Comes in: words. Goes out: names with their initials, a line's speaker.
Left to others: which lists and lines are looked at (`head`, `parts`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studyguide.importer.notes import MarkKind, NoteLine
from studyguide.reader.headings import PARTICLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_BETWEEN_NAMES = re.compile(r"\s*(?:[,;、，/|]|\s(?:and|&|y|e|et|und|i|at|와|과)\s)\s*(?:(?:and|y|et|und|e|i|at)\s+)?")
_ASIDE = re.compile(r"\s*[(\[](?P<words>[^()\[\]]{1,60})[)\]]")
_INITIALS = re.compile(r"[A-ZÀ-Þ]{1,4}\.?|(?:[A-ZÀ-Þ]\.){1,4}")
_WORD = r"[^\W\d_][\w.'’‑-]*"
_NAME = re.compile(rf"@?{_WORD}(?:\s{_WORD}){{0,4}}")
_SPEAKER = re.compile(
    rf"(?P<name>@?{_WORD}(?:\s(?:{_WORD}|[“‘]{_WORD}[”’])){{0,4}})(?P<aside>\s*\([^()]{{1,40}}\))?\s*(?P<mark>[:：]|\s[–—-](?=\s))\s*"
)
_LONGEST_NAME = 40
_MOST_WORDS = 4
_NO_NAMES = frozenset(
    [
        "note",
        "notes",
        "question",
        "questions",
        "answer",
        "action",
        "actions",
        "todo",
        "summary",
        "quote",
        "page",
        "chapter",
        "update",
        "reminder",
        "date",
        "time",
        "place",
        "where",
        "when",
        "who",
        "what",
        "why",
        "how",
        "next",
        "agenda",
        "item",
        "also",
        "but",
        "and",
        "then",
        "so",
        "decision",
        "decided",
        "example",
        "point",
        "topic",
        "idea",
        "q",
        "a",
        "nota",
        "pregunta",
        "respuesta",
        "acción",
        "resumen",
        "acuerdo",
        "tarea",
        "frage",
        "antwort",
        "hinweis",
        "important",
        "warning",
        "tip",
        "info",
        "link",
        "links",
        "re",
        "subject",
        "from",
        "to",
        "cc",
        "theme",
        "main",
        "key",
        "both",
        "all",
        "everyone",
        "everybody",
        "others",
        "group",
        "room",
        "table",
        "apologies",
        "absent",
    ]
)
"""Words that stand before a colon and name nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Who takes part, in the order of the notes, and whom their initials mean."""

    names: tuple[str, ...] = ()
    initials: Mapping[str, str] = field(default_factory=dict)

    def find(self, word: str) -> str:
        """Give the person whom a name, a first name or initials mean; empty when it is nobody, or could be several."""
        plain = word.lstrip("@").casefold()
        for name in self.names:
            if name.casefold() == plain:
                return name
        if word in self.initials:
            return self.initials[word]
        same_first = [name for name in dict.fromkeys(self.names) if name.split()[0].casefold() == plain]
        return same_first[0] if len(same_first) == 1 else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who says a line: the name as it goes into the session, as it was typed, and where the speech starts."""

    name: str
    typed: str
    length: int
    is_known: bool


def read_people(words: str) -> People | None:
    """Read a list of names, `Ana, Ben and Chidi` or `Dana Cruz (DC), Mo`; None when something in it is no name."""
    names: list[str] = []
    initials: dict[str, str] = {}
    asides = [match["words"] for match in _ASIDE.finditer(words)]
    if any(len(each.split()) > _MOST_WORDS for each in asides):
        return None
    guarded = _ASIDE.sub(lambda match: f"\x00{match['words'].replace(',', ' ')}\x01", words.strip(" .:"))
    for part in _BETWEEN_NAMES.split(guarded):
        plain, _, aside = part.partition("\x00")
        name = plain.strip(' .@“”"')
        if not name:
            continue
        if not is_name(name):
            return None
        names.append(name)
        mark = aside.rstrip("\x01").strip()
        if _INITIALS.fullmatch(mark):
            initials[mark] = name
    if not names:
        return None
    return People(names=tuple(dict.fromkeys(names)), initials={**_own_initials(names), **initials})


def is_name(words: str) -> bool:
    """Whether words look like one person's name: capitals, or a script without them, and small words between."""
    parts = words.split()
    if len(words) > _LONGEST_NAME or not 1 <= len(parts) <= _MOST_WORDS + 1 or not _NAME.fullmatch(words):
        return False
    if parts[0].lower() in _NO_NAMES:
        return False
    return not parts[0][0].islower() and all(not each[0].islower() or each in PARTICLES for each in parts)


def _own_initials(names: Iterable[str]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for name in names:
        capitals = "".join(part[0] for part in re.findall(_WORD, name) if part[0].isupper())
        if len(capitals) > 1:
            found.setdefault(capitals, []).append(name)
    return {capitals: who[0] for capitals, who in found.items() if len(who) == 1}


def find_bold_speaker(line: NoteLine, people: People) -> Speaker | None:
    """Find a name in bold that opens a line, whatever mark follows it."""
    mark = next((each for each in line.marks if each.kind is MarkKind.STRONG and each.start == 0), None)
    typed = line.words[: mark.end].strip(" .:–—-") if mark is not None else ""
    known = people.find(typed) if typed else ""
    if mark is None or not (known or is_name(typed)):
        return None
    rest = re.match(r"\s*[.:–—-]?\s*", line.words[mark.end :])
    length = mark.end + (rest.end() if rest is not None else 0)
    return Speaker(name=known or typed, typed=typed, length=length, is_known=bool(known))


def find_speaker(words: str, people: People) -> Speaker | None:
    """Find the name that opens a line and is followed by a colon, or by a dash when the name is known."""
    match = _SPEAKER.match(words)
    if match is None:
        return None
    typed = match["name"]
    known = people.find(typed)
    is_colon = match["mark"].strip() in {":", "："}
    if not known and (not is_colon or not is_name(typed.lstrip("@")) or words[match.end() - 1 :].startswith("//")):
        return None
    length = match.start("aside") + 1 if match["aside"] else match.end()
    return Speaker(name=known or typed.lstrip("@"), typed=typed, length=length, is_known=bool(known))
