"""Who was there: a line `Present: Ana, Ben`, or a label with a list of names below it, wherever it stands.

Comes in: the lines ahead. Goes out: people, and the lines that name them.
Left to others: names (`people`), labels (`head_labels`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.importer.notes import LineKind
from studyguide.importer.recognition.head_labels import read_labelled
from studyguide.importer.recognition.people import People, read_people

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studyguide.importer.notes import NoteLine
    from studyguide.importer.recognition.line_view import LineView


def find_people(view: LineView) -> tuple[People, list[NoteLine]] | None:
    """Find the people that the next line, and perhaps those below it, say were there."""
    line = view.line
    if line.kind not in {LineKind.TEXT, LineKind.HEADING} or line.depth > 1:
        return None
    labelled = read_labelled(line.words) or read_labelled(f"{line.words}:")
    if labelled is None or labelled.field != "participants":
        return None
    if labelled.value:
        people = read_people(labelled.value)
        return None if people is None else (people, [line])
    names = _names_below(view)
    people = read_people(", ".join(each.words for each in names)) if names else None
    return None if people is None else (people, [line, *names])


def _names_below(view: LineView) -> list[NoteLine]:
    names: list[NoteLine] = []
    label = view.line
    for line in view.lines[view.at + 1 :]:
        is_below = line.depth > label.depth or not names or names[-1].depth == line.depth
        if line.kind is not LineKind.TEXT or not is_below or read_people(line.words) is None:
            break
        if line.depth == 0 and view.kind_of(line) is not None:
            break
        names.append(line)
    return names


def join_people(people: Iterable[People]) -> People:
    """Give all people of several lists as one, in their order."""
    names: dict[str, None] = {}
    initials: dict[str, str] = {}
    for each in people:
        names.update(dict.fromkeys(each.names))
        initials.update(each.initials)
    return People(names=tuple(names), initials=initials)
