"""The opening pages of the whole guide: title page, preface, contents, calendar of meetings.

Comes in: the guide and, for the contents, the outline of what was set. Goes out: pieces for `guide.tex.j2` to place.
Left to others: the sessions (`masthead`), the pages that contents point to (TeX knows them).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studyguide.latex.blocks import set_blocks
from studyguide.latex.escape import Latex
from studyguide.latex.facts import book_lines, dates_line, meeting_time, pages_of
from studyguide.latex.fragments import TexCommand, TexEnvironment
from studyguide.latex.templates import Placed, place

if TYPE_CHECKING:
    from studyguide.artifacts import OutlineEntry
    from studyguide.latex.fragments import Fragment
    from studyguide.latex.setting import Setting
    from studyguide.model.guide import Guide, Session

DEEPEST_LEVEL = 1
"""Contents name sessions and their parts, not the topics in them."""


class GuideTitlePage(TexCommand):
    """The title page: anchor, title, group, books, dates."""


class Preface(TexEnvironment):
    """The preface: anchor, heading."""


class Contents(TexEnvironment):
    """The contents: anchor, heading."""


class ContentsEntry(TexCommand):
    """A line of the contents: level, label, title, anchor."""


class Calendar(TexEnvironment):
    """The calendar of meetings: anchor, heading."""


class Meeting(TexCommand):
    """A meeting: date, time and place, title, pages to read, anchor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrelimsPieces:
    """The opening pages as `guide.tex.j2` gets them; what there is not is empty, and false."""

    title_page: Placed
    preface: Placed
    contents: Placed
    calendar: Placed


def set_title_page(guide: Guide, setting: Setting) -> Placed:
    """Set the title page of the whole guide."""
    setting.bookmark(0, guide.title, setting.scope)
    span = guide.span
    return place(
        GuideTitlePage(
            Latex(setting.scope),
            setting.text(guide.title, span),
            setting.text(guide.group, span),
            book_lines(guide, setting),
            setting.text(dates_line(guide, setting), span),
        )
    )


def set_preface(guide: Guide, setting: Setting) -> Placed:
    """Set the preface, empty when the guide has none."""
    if not guide.preface:
        return Placed("")
    anchor = f"{setting.scope}.preface"
    heading = setting.phrases.preface
    setting.bookmark(0, heading, anchor)
    printed = setting.text(heading, guide.span)
    return place(Preface(Latex(anchor), printed, content=set_blocks(guide.preface, setting)))


def set_calendar(guide: Guide, anchors: tuple[str, ...], setting: Setting) -> Placed:
    """Set the calendar of meetings; `anchors` are those of the sessions, in their order."""
    anchor = f"{setting.scope}.calendar"
    heading = setting.phrases.calendar
    setting.bookmark(0, heading, anchor)
    content: list[Fragment] = []
    for session, target in zip(guide.sessions, anchors, strict=True):
        content += [setting.apparatus.origins.mark(session.span), _set_meeting(session, target, setting)]
    return place(Calendar(Latex(anchor), setting.text(heading, guide.span), content=content))


def _set_meeting(session: Session, anchor: str, setting: Setting) -> Meeting:
    where = ", ".join(filter(None, (meeting_time(session, setting), session.place)))
    return Meeting(
        setting.text(setting.phrases.long_date(session.date), session.span),
        setting.text(where, session.span),
        setting.text(session.title, session.span),
        pages_of(session, setting),
        Latex(anchor),
    )


def open_contents(setting: Setting) -> None:
    """Put the contents into the outline; they are set when all that follows them has been."""
    setting.bookmark(0, setting.phrases.contents, f"{setting.scope}.contents")


def set_contents(guide: Guide, entries: tuple[OutlineEntry, ...], labels: dict[str, str], setting: Setting) -> Placed:
    """Set the contents from the outline of all that follows them; `labels` are the sessions' own, by anchor."""
    anchor = f"{setting.scope}.contents"
    heading = setting.phrases.contents
    lines = [
        ContentsEntry(
            Latex(str(entry.level)),
            setting.text(labels.get(entry.anchor, ""), guide.span),
            setting.text(entry.title, guide.span),
            Latex(entry.anchor),
        )
        for entry in entries
        if entry.level <= DEEPEST_LEVEL
    ]
    return place(Contents(Latex(anchor), setting.text(heading, guide.span), content=lines))
