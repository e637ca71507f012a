"""The facts of a meeting, as people say them: when, where, who, what to read and how long that takes.

Comes in: a session, a guide, the setting. Goes out: the masthead's lines and their pieces.
Left to others: dates and words by language (`phrases`), where the lines stand (`masthead`, `prelims`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.latex.escape import Latex
from studyguide.latex.fragments import TexCommand, Words
from studyguide.latex.inlines import LineBreak
from studyguide.latex.locators import count_pages, print_locator
from studyguide.model.guide import Audience
from studyguide.model.locator import Locator, LocatorLabel

if TYPE_CHECKING:
    from studyguide.latex.fragments import Piece
    from studyguide.latex.setting import Setting
    from studyguide.model.guide import Book, Guide, Session

MINUTES_PER_PAGE = 2
"""Reading a page of an argued book with a pencil in hand, about 150 words a minute."""
ROUNDING_MINUTES = 5


class FactSeparator(TexCommand):
    """What stands between two facts; takes one empty argument."""


def facts_line(session: Session, setting: Setting) -> Words:
    """Give when and where a session meets, and who prepares it."""
    phrases = setting.phrases
    said = [when(session, setting), session.place]
    said += [phrases.summary_by(session.summary_by)] if session.summary_by else []
    said += [phrases.facilitated_by(session.facilitator)] if session.facilitator else []
    if setting.audience is Audience.RECORD and session.participants:
        said.append(phrases.present(session.participants))
    return _separated([setting.text(fact, session.span) for fact in said if fact])


def when(session: Session, setting: Setting) -> str:
    """Give the day and, when it is known, the time."""
    time = meeting_time(session, setting)
    day = setting.phrases.long_date(session.date)
    return f"{day}, {time}" if time else day


def meeting_time(session: Session, setting: Setting) -> str:
    """Give from when to when a session lasts, empty when that is not given."""
    if session.time is None:
        return ""
    return setting.phrases.time_range(session.time.start, session.time.end)


def reading_line(session: Session, setting: Setting) -> Words | None:
    """Give what to read, how many pages that is and about how long it takes; None when nothing is named."""
    if not session.pages:
        return None
    facts: list[Piece] = [pages_of(session, setting)]
    count = count_pages(session.pages)
    if count is not None:
        facts.append(setting.text(setting.phrases.page_count(count), session.span))
        facts.append(setting.text(setting.phrases.about_duration(reading_minutes(count)), session.span))
    return _separated(facts)


def pages_of(session: Session, setting: Setting) -> Words:
    """Give the pages to read, as in `pp. 423–490`; empty when none are named."""
    if not session.pages:
        return Words()
    return print_locator(Locator(label=LocatorLabel.PAGE, ranges=session.pages), setting, session.span)


def reading_minutes(pages: int) -> int:
    """Estimate how long pages take, to the nearest five minutes and never none."""
    steps = (pages * MINUTES_PER_PAGE + ROUNDING_MINUTES // 2) // ROUNDING_MINUTES
    return max(steps, 1) * ROUNDING_MINUTES


def book_lines(guide: Guide, setting: Setting) -> Words:
    """Name the books of a guide with their authors and years, one a line; one that is only its title says nothing."""
    lines = [_book_facts(book, setting) for book in guide.books]
    if lines == [guide.title]:
        return Words()
    pieces: list[Piece] = []
    for line in lines:
        pieces += [LineBreak(Latex(""))] if pieces else []
        pieces.append(setting.text(line, guide.span))
    return Words(*pieces)


def dates_line(guide: Guide, setting: Setting) -> str:
    """Say from when to when a guide's sessions meet, empty when it has none."""
    if not guide.sessions:
        return ""
    return setting.phrases.date_range(guide.sessions[0].date, guide.sessions[-1].date)


def _book_facts(book: Book, setting: Setting) -> str:
    facts = [book.title, setting.phrases.all_of(book.authors), "" if book.year is None else str(book.year)]
    return ", ".join(fact for fact in facts if fact)


def _separated(facts: list[Piece]) -> Words:
    pieces: list[Piece] = []
    for fact in facts:
        pieces += [FactSeparator(Latex("")), fact] if pieces else [fact]
    return Words(*pieces)
