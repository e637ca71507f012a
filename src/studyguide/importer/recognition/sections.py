"""Notes divided: the head, and the parts with their headings, authors and lines.

Comes in: all lines in order. Goes out: head lines and `Section`s.
Left to others: the fields of the head (`head`), what becomes of a part's lines (`parts`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from studyguide.importer.draft import PartKind
from studyguide.importer.notes import Bullet, LineKind, NoteLine
from studyguide.importer.recognition.head_labels import read_labelled
from studyguide.importer.recognition.line_view import (
    LONGEST_HEADING,
    QUOTES,
    SENTENCE_END,
    LineView,
    find_chapters,
    has_link,
    is_set_off,
    is_timed,
    may_be_heading,
)
from studyguide.importer.recognition.part_names import guess_kind, kind_of_heading, says_what_is_next, tidy_heading
from studyguide.importer.recognition.people import People, find_speaker
from studyguide.importer.recognition.people_lines import find_people, join_people
from studyguide.importer.recognition.reading_heads import find_reading_head
from studyguide.importer.recognition.speech import (
    begins_speech,
    count_voices,
    find_spoken_heading,
    find_voice,
    goes_on_speaking,
)

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Sequence

LONGEST_HEAD_LINE = 160
MOST_PROSE_IN_HEAD = 4
"""So many paragraphs after one in the head a line `Label: value` must stand."""

MOST_HEAD_LINES = 25
"""More lines than any head has; what follows is text."""

SPEAKERS_SHARE = 0.5
"""When so many of the outermost lines of a part open with a name, it is a record of who said what."""

LEAST_SPEAKERS = 2
MOST_WORDS_GUESSED, MOST_WORDS_PLAIN = 6, 10
"""Words of a heading that is recognised by what it says, and of one by what follows it."""

MOST_CLOSING_LINES = 8
"""So many lines at the end may say what comes next."""

TOPIC_LEVEL = 3
_NAMES = {
    PartKind.QUESTIONS: "the discussion questions",
    PartKind.ROUND: "what people said",
    PartKind.ANNOUNCEMENTS: "the announcements",
}


@dataclass(slots=True, kw_only=True)
class Section:
    """A part of the notes.

    `by_line` and `subtitle` are a reading's, `original` is a heading in other words than the session format's, `heads`
    are the lines that say all this; `doubt` is what a person should check.
    """

    kind: PartKind
    title: str
    line: int
    by_line: str = ""
    subtitle: str = ""
    original: str = ""
    lines: list[NoteLine] = field(default_factory=list)
    doubt: str = ""
    heads: list[NoteLine] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Division:
    """All of the notes, divided."""

    head: list[NoteLine]
    sections: list[Section]
    people: list[tuple[People, NoteLine]]


def divide(lines: Sequence[NoteLine], language: str, *, reference: datetime.date) -> Division:
    """Divide notes into their head and their parts; `reference` is a day near the meeting."""
    divider = _Divider(LineView(lines=lines, language=language, reference=reference))
    divider.read_head()
    divider.read_parts()
    return Division(
        head=divider.head,
        sections=[each for each in divider.sections if each.lines or each.title],
        people=divider.people,
    )


class _Divider:
    """Goes through the lines once."""

    def __init__(self, view: LineView) -> None:
        self.view = view
        self.head: list[NoteLine] = []
        self.people: list[tuple[People, NoteLine]] = []
        self.known = People()
        self.sections: list[Section] = [Section(kind=PartKind.FREE, title="", line=1)]
        self.part_level = 0
        self.chapters = find_chapters(view.lines)
        self.voices = count_voices(view.lines)
        self.last_voice = max((at for at, line in enumerate(view.lines) if find_voice(line) in self.voices), default=-1)
        self.last_link = max((at for at, line in enumerate(view.lines) if has_link(line)), default=-1)
        self.last_heading = max((at for at, line in enumerate(view.lines) if self._names_part(line)), default=-1)

    def _names_part(self, line: NoteLine) -> bool:
        return line.depth == 0 and self.view.kind_of(line) is not None

    def read_head(self) -> None:
        """Take the lines of the head, until the first line that is none."""
        view = self.view
        while view.has_more() and len(self.head) < MOST_HEAD_LINES:
            line = view.line
            if self._take_people():
                continue
            if line.kind is not LineKind.RULE:
                if self._is_of_head(line):
                    self.head.append(line)
                elif self._is_prose_in_head(line):
                    self.sections[0].lines.append(line)
                else:
                    break
            view.at += 1
        levels = [line.level for line in view.lines[view.at :] if line.kind is LineKind.HEADING]
        self.part_level = min(levels, default=0)

    def _is_of_head(self, line: NoteLine) -> bool:
        if line.kind not in {LineKind.TEXT, LineKind.HEADING} or len(line.words) > LONGEST_HEAD_LINE:
            return False
        labelled = read_labelled(line.words)
        if labelled is not None and (labelled.value or not self.head):
            return bool(labelled.value)
        if line.depth or line.bullet is not Bullet.NONE or self._opens_part():
            return False
        if line.kind is LineKind.HEADING:
            return not self.head or self.view.says_fact(line)
        return self.view.says_fact(line) or self._is_short_line(line)

    def _opens_part(self) -> bool:
        """Whether a part begins here; after a book's title and authors the head goes on."""
        line = self.view.line
        if self.view.kind_of(line) is not None or line.number in self.chapters or (self.head and is_timed(line)):
            return True
        if begins_speech(self.view, self.voices):
            return True
        if find_reading_head(self.view, is_in_head=True) is None:
            return False
        after = self.view.ahead(2)
        return bool(self.head) or after is None or after.depth > 0 or not self.view.says_fact(after)

    def _is_prose_in_head(self, line: NoteLine) -> bool:
        """Whether a paragraph stands between lines of the head, as the greeting of a mail does."""
        if line.kind is not LineKind.TEXT or line.depth or line.bullet is not Bullet.NONE or self._opens_part():
            return False
        below = self.view.lines[self.view.at + 1 : self.view.at + 1 + MOST_PROSE_IN_HEAD]
        return any(each.depth == 0 and read_labelled(each.words) is not None for each in below)

    def _is_short_line(self, line: NoteLine) -> bool:
        """Whether a line may say a fact that has no label, as a book's title; a heading above a list says none."""
        following = self.view.ahead()
        opens_list = following is not None and following.depth > 0 and bool(self.head)
        is_short = len(line.words) <= LONGEST_HEADING and not line.words.endswith(SENTENCE_END)
        return is_short and not opens_list and not self.sections[0].lines

    def read_parts(self) -> None:
        """Divide what follows the head."""
        readers: tuple[Callable[[], bool], ...] = (
            self._take_people,
            self._read_reading,
            self._read_heading,
            self._read_speech,
            self._read_unnamed_announcements,
        )
        while self.view.has_more():
            if not any(read() for read in readers):
                self.sections[-1].lines.append(self.view.line)
                self.view.at += 1

    def _take_people(self) -> bool:
        found = find_people(self.view)
        if found is None:
            return False
        people, lines = found
        self.people.append((people, lines[0]))
        self.people.extend((People(), each) for each in lines[1:])
        self.known = join_people((self.known, people))
        self.view.at += len(lines)
        return True

    def _read_reading(self) -> bool:
        found = find_reading_head(self.view, is_in_head=False)
        if found is None:
            return False
        at = self.view.at
        self.sections.append(
            Section(
                kind=PartKind.READING,
                title=found.title,
                line=self.view.line.number,
                by_line=found.by_line,
                subtitle=found.subtitle,
                heads=list(self.view.lines[at : at + found.taken]),
            )
        )
        self.view.at += found.taken
        return True

    def _read_heading(self) -> bool:
        line = self.view.line
        if line.kind is LineKind.HEADING:
            return self._open_section(line)
        following = self.view.ahead()
        heads_list = line.depth == 1 and following is not None and following.depth > line.depth
        is_named = line.kind is LineKind.TEXT and self.view.kind_of(line) is not None
        if line.number in self.chapters or is_timed(line) or (is_named and (line.depth == 0 or heads_list)):
            return self._open_section(line)
        if may_be_heading(line) and self._has_shape_of_heading(line):
            return self._open_section(line)
        return False

    def _read_speech(self) -> bool:
        """Read where people begin to speak without a heading, and where one of them announces a list."""
        line = self.view.line
        announced = find_spoken_heading(self.view)
        if announced is not None:
            title = tidy_heading(line.words)
            doubt = f"is this part {_NAMES[announced]}?"
            section = Section(kind=announced, title=title, line=line.number, original=title, doubt=doubt, heads=[line])
        elif self.sections[-1].kind is not PartKind.ROUND and begins_speech(self.view, self.voices):
            doubt = "no heading said so: is this what people said?"
            section = Section(kind=PartKind.ROUND, title="", line=line.number, doubt=doubt, lines=[line])
        else:
            return False
        self.sections.append(section)
        self.view.at += 1
        return True

    def _has_shape_of_heading(self, line: NoteLine) -> bool:
        is_last = self.view.ahead() is None
        if is_last or find_speaker(line.words, self.known) is not None:
            return False
        if line.words[:1].isdigit() or line.words[:1] in QUOTES:
            return False
        length = len(line.words.split())
        if is_set_off(line) or (length <= MOST_WORDS_GUESSED and guess_kind(line.words) is not None):
            return True
        ends_plain = not line.words.endswith((":", "?", "!"))
        return ends_plain and length <= MOST_WORDS_PLAIN and self.view.stands_alone()

    def _open_section(self, line: NoteLine) -> bool:
        title = tidy_heading(line.words)
        named = kind_of_heading(title, self.view.language)
        kind = named or self._guess_kind(title)
        if kind is None and self._is_topic(line):
            level = max(line.level, TOPIC_LEVEL)
            self.sections[-1].lines.append(replace(line, kind=LineKind.HEADING, level=level))
            self.view.at += 1
            return True
        section = Section(kind=kind or PartKind.FREE, title=title, line=line.number, heads=[line])
        if named is None and kind is not None:
            section.original = title
            section.doubt = f"is this part {_NAMES[kind]}?"
        self.sections.append(section)
        self.view.at += 1
        if line.depth:
            self._lift_items(line.depth)
        return True

    def _guess_kind(self, title: str) -> PartKind | None:
        """Guess what a heading in other words opens; a record of who said what is one only when people speak in it."""
        guessed = guess_kind(title)
        if self._speak_below() and guessed is not PartKind.QUESTIONS:
            return PartKind.ROUND
        return None if guessed is PartKind.ROUND else guessed

    def _is_topic(self, line: NoteLine) -> bool:
        """Whether a heading stands inside the part before it."""
        current = self.sections[-1]
        if line.kind is LineKind.HEADING:
            return line.level > self.part_level
        return current.kind is PartKind.READING

    def _lift_items(self, depth: int) -> None:
        """Take the items under an item that was a heading one list out."""
        view = self.view
        end = next((at for at in range(view.at, len(view.lines)) if view.lines[at].depth <= depth), len(view.lines))
        lifted = [replace(each, depth=each.depth - depth) for each in view.lines[view.at : end]]
        view.lines = (*view.lines[: view.at], *lifted, *view.lines[end:])

    def _speak_below(self) -> bool:
        """Whether most of what stands under this line, up to the next heading, opens with a name and a colon."""
        firsts: list[NoteLine] = []
        for line in self.view.lines[self.view.at + 1 :]:
            is_heading = line.kind is LineKind.HEADING or self.view.kind_of(line) is not None
            if is_heading or (firsts and line.depth == 0 and self._looks_like_title(line)):
                break
            if line.kind is LineKind.TEXT and line.depth <= 1:
                firsts.append(line)
        names = [speaker.name for each in firsts if (speaker := find_speaker(each.words, self.known)) is not None]
        return len(set(names)) >= LEAST_SPEAKERS and len(names) >= SPEAKERS_SHARE * len(firsts)

    def _looks_like_title(self, line: NoteLine) -> bool:
        return may_be_heading(line) and find_speaker(line.words, self.known) is None and not line.words.endswith("?")

    def _read_unnamed_announcements(self) -> bool:
        """Find a list at the end that no heading names: it opens anew, nobody speaks in it, and it has a link."""
        line = self.view.line
        current = self.sections[-1]
        is_new = (line.opens_list and line.depth == 1) or (line.depth == 0 and line.gap > 1)
        is_last = max(self.last_heading, self.last_voice) < self.view.at <= self.last_link
        if self._closes(line) and current.kind is not PartKind.ANNOUNCEMENTS:
            return self._open_announcements(line)
        if current.kind not in {PartKind.ROUND, PartKind.QUESTIONS} or not (current.lines and is_new and is_last):
            return False
        if line.kind is not LineKind.TEXT or goes_on_speaking(line, current.lines, self.known):
            return False
        if current.kind is PartKind.QUESTIONS and line.words.endswith("?"):
            return False
        return self._open_announcements(line)

    def _closes(self, line: NoteLine) -> bool:
        """Whether a line near the end says what comes next, as `next time: chapter 7`."""
        is_near_end = self.view.at > self.last_heading and len(self.view.lines) - self.view.at <= MOST_CLOSING_LINES
        is_plain = line.kind is LineKind.TEXT and line.depth == 0 and line.bullet is Bullet.NONE
        return is_plain and is_near_end and says_what_is_next(line.words)

    def _open_announcements(self, line: NoteLine) -> bool:
        doubt = "no heading said so: are these the announcements?"
        section = Section(kind=PartKind.ANNOUNCEMENTS, title="", line=line.number, doubt=doubt, lines=[line])
        self.sections.append(section)
        self.view.at += 1
        return True
