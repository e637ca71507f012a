"""Parts of a session -> fragments, as each audience gets them.

Comes in: parts and the setting. Goes out: one environment a part, or none when the audience does not get it.
Left to others: the blocks inside (`blocks`), announcements (`announcements`), the masthead, the back matter.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from studyguide.latex.announcements import set_announcements
from studyguide.latex.blocks import set_blocks
from studyguide.latex.escape import Latex
from studyguide.latex.fragments import Paragraph, TexCommand, TexEnvironment, Words
from studyguide.latex.inlines import set_words
from studyguide.latex.locators import print_locator
from studyguide.latex.snippets import plain_text
from studyguide.model import blocks, guide
from studyguide.model.guide import Audience
from studyguide.model.locator import Locator, LocatorLabel

if TYPE_CHECKING:
    from studyguide.latex.fragments import Fragment, Piece
    from studyguide.latex.setting import Setting
    from studyguide.model.blocks import Inline
    from studyguide.model.guide import Part

NOTHING = Latex("")


class Reading(TexEnvironment):
    """A reading: anchor, heading, authors, pages."""


class Questions(TexEnvironment):
    """Discussion questions: anchor, heading."""


class Round(TexEnvironment):
    """The record of a round: anchor, heading."""


class Announcements(TexEnvironment):
    """Announcements: anchor, heading."""


class FreePart(TexEnvironment):
    """Any other part: anchor, heading, perhaps empty."""


class Question(TexEnvironment):
    """A discussion question: anchor, number, minutes."""


class Minutes(TexCommand):
    """The time meant for a question."""


class AnswerRoom(TexEnvironment):
    """Room to write, or the facilitator's notes in its place: number of lines."""


class Turns(TexEnvironment):
    """The turns of a round."""


class Turn(TexEnvironment):
    """What one person said: number, speaker."""


class Replies(TexEnvironment):
    """The replies to a turn."""


def set_parts(parts: tuple[Part, ...], setting: Setting) -> list[Fragment]:
    """Set the parts that the audience gets, in the author's order."""
    is_record = setting.audience is Audience.RECORD
    kept = (part for part in parts if is_record or not isinstance(part, guide.RoundPart))
    return [fragment for part in kept for fragment in (setting.apparatus.origins.mark(part.span), _set(part, setting))]


def _set(part: Part, setting: Setting) -> Fragment:
    match part:
        case guide.Reading():
            return _set_reading(part, setting)
        case guide.QuestionsPart():
            start = _start(part.heading, setting)
            content = [*set_blocks(part.content, setting), *_set_questions(part.questions, setting)]
            return Questions(*start, content=content)
        case guide.RoundPart():
            start = _start(part.heading, setting)
            return Round(*start, content=[*set_blocks(part.content, setting), *_set_turns(part.turns, setting)])
        case guide.AnnouncementsPart():
            start = _start(part.heading, setting)
            return Announcements(*start, content=set_announcements(part.content, setting))
        case guide.FreePart():
            return FreePart(*_start(part.heading, setting), content=set_blocks(part.content, setting))
        case _:
            assert_never(part)


def _start(heading: tuple[Inline, ...], setting: Setting) -> tuple[Piece, Piece]:
    """Give a part's anchor and heading, and put it into the outline."""
    anchor = setting.anchor("p")
    setting.bookmark(1, plain_text(heading), anchor)
    return Latex(anchor), set_words(heading, setting)


def _set_reading(part: guide.Reading, setting: Setting) -> Reading:
    inside = replace(setting, book=part.book, authors=part.authors or setting.authors)
    start = _start(part.heading, inside)
    pages: Piece = NOTHING
    if part.pages is not None:
        locator = Locator(label=LocatorLabel.PAGE, ranges=(part.pages,), book=part.book)
        pages = print_locator(locator, setting, part.span)
    authors = setting.text(part.authors, part.span)
    return Reading(*start, authors, pages, content=set_blocks(part.content, inside))


def _set_questions(questions: tuple[blocks.Question, ...], setting: Setting) -> list[Fragment]:
    return [
        fragment
        for question in questions
        for fragment in (setting.apparatus.origins.mark(question.span), _set_question(question, setting))
    ]


def _set_question(question: blocks.Question, setting: Setting) -> Question:
    room: list[Fragment] = []
    inside = replace(setting, answer_room=room)
    content: list[Fragment] = [Paragraph(set_words(question.words, inside)), *set_blocks(question.content, inside)]
    minutes: Piece = NOTHING
    if setting.audience is not Audience.RECORD:
        minutes = _set_minutes(question, setting)
        content.append(AnswerRoom(Latex(str(setting.answer_lines)), content=room))
    return Question(Latex(setting.anchor("q")), Latex(str(question.number)), minutes, content=content)


def _set_minutes(question: blocks.Question, setting: Setting) -> Piece:
    if question.minutes is None:
        return NOTHING
    return Words(Minutes(setting.text(setting.phrases.minutes(question.minutes), question.span)))


def _set_turns(turns: tuple[blocks.Turn, ...], setting: Setting) -> list[Fragment]:
    return [Turns(content=_set_each_turn(turns, setting))] if turns else []


def _set_each_turn(turns: tuple[blocks.Turn, ...], setting: Setting) -> list[Fragment]:
    return [
        fragment for turn in turns for fragment in (setting.apparatus.origins.mark(turn.span), _set_turn(turn, setting))
    ]


def _set_turn(turn: blocks.Turn, setting: Setting) -> Turn:
    content: list[Fragment] = [Paragraph(set_words(turn.words, setting)), *set_blocks(turn.content, setting)]
    if turn.replies:
        content.append(Replies(content=_set_each_turn(turn.replies, setting)))
    number = Latex(str(turn.number)) if turn.number else NOTHING
    return Turn(number, setting.text(turn.speaker, turn.span), content=content)
