"""What people said, where no heading announces it: paragraphs that open with names, as in a chat.

Comes in: the lines ahead. Goes out: whether a record of who said what begins, and headings that somebody says.
Left to others: names (`people`), rounds under a heading of their own (`sections`).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from studyguide.importer.draft import PartKind
from studyguide.importer.notes import Bullet, LineKind, NoteLine
from studyguide.importer.recognition.head_labels import read_labelled
from studyguide.importer.recognition.part_names import guess_kind
from studyguide.importer.recognition.people import People, find_speaker

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from studyguide.importer.recognition.line_view import LineView

LINES_AHEAD = 6
LEAST_SPEECHES, LEAST_VOICES = 3, 2
"""So many of the next lines are said by so many people where a record of what they said begins."""


def count_voices(lines: Iterable[NoteLine]) -> Mapping[str, int]:
    """Count how often each name opens a paragraph."""
    return Counter(name for line in lines if (name := find_voice(line)))


def begins_speech(view: LineView, voices: Mapping[str, int]) -> bool:
    """Whether people speak in the next lines, one of them at least twice: `Wine: Ana` is said by nobody."""
    if not find_voice(view.line):
        return False
    names = [name for line in view.lines[view.at : view.at + LINES_AHEAD] if (name := find_voice(line))]
    return (
        len(names) >= LEAST_SPEECHES
        and len(set(names)) >= LEAST_VOICES
        and any(voices.get(each, 0) > 1 for each in names)
    )


def find_spoken_heading(view: LineView) -> PartKind | None:
    """Tell what somebody announces with a list below it, as `Ana: Questions for tonight`."""
    speaker = find_speaker(view.line.words, People()) if find_voice(view.line) else None
    following = view.ahead()
    if speaker is None or following is None or following.depth != 1 or not following.opens_list:
        return None
    guessed = guess_kind(view.line.words[speaker.length :])
    return None if guessed is PartKind.ROUND else guessed


def goes_on_speaking(line: NoteLine, said: Iterable[NoteLine], known: People) -> bool:
    """Whether a line opens with somebody who takes part or has spoken before: `Vote: …` opens with nobody."""
    speaker = find_speaker(line.words, known)
    if speaker is None or speaker.is_known:
        return speaker is not None
    spoken = (find_speaker(each.words, known) for each in said)
    return any(each is not None and each.name == speaker.name for each in spoken)


def find_voice(line: NoteLine) -> str:
    """Give the name that opens a paragraph, empty for an item and for a label of a head."""
    is_plain = line.kind is LineKind.TEXT and line.depth == 0 and line.bullet is Bullet.NONE
    if not is_plain or not (":" in line.words or "：" in line.words) or read_labelled(line.words):
        return ""
    speaker = find_speaker(line.words, People())
    return speaker.name if speaker is not None else ""
