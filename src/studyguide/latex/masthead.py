"""The masthead of a session, and what runs through all its pages.

Comes in: a session of a guide, the setting. Goes out: the masthead's pieces, ready for a template to place.
Left to others: the facts themselves (`facts`), where each piece stands (`session.tex.j2`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studyguide.latex.escape import Latex
from studyguide.latex.facts import facts_line, reading_line
from studyguide.latex.fragments import Flow, TexCommand
from studyguide.latex.parts import set_parts
from studyguide.latex.templates import Placed, place

if TYPE_CHECKING:
    from studyguide.latex.setting import Setting
    from studyguide.model.guide import Guide, Session

ABSENT = Placed("")


class Foot(TexCommand):
    """The running foot: group, title, date, build stamp."""

    _latex_name = "StudyGuideFoot"


class Logo(TexCommand):
    """The group's logo: the asset's name."""


class Group(TexCommand):
    """The group's name."""


class GuideTitle(TexCommand):
    """The guide's title."""


class Label(TexCommand):
    """What the book or the group calls the session."""


class SessionTitle(TexCommand):
    """The session's title: anchor, title."""


class Facts(TexCommand):
    """When, where, who."""


class ReadingLine(TexCommand):
    """What to read, how many pages, how long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPieces:
    """A session as `session.tex.j2` gets it; a piece that the author did not give is empty, and false.

    Its passages by page stand at the end of a handout; the whole guide has those of all sessions together.
    """

    anchor: Placed
    origin: Placed
    foot: Placed
    logo: Placed
    group: Placed
    guide_title: Placed
    label: Placed
    title: Placed
    facts: Placed
    reading: Placed
    parts: Placed
    passages: Placed = ABSENT


def set_session(session: Session, guide: Guide, setting: Setting, stamp: str) -> SessionPieces:
    """Set a session: masthead, foot and parts."""
    setting.bookmark(0, session.title, setting.scope)
    title = setting.text(session.title, session.span)
    reading = reading_line(session, setting)
    return SessionPieces(
        anchor=Placed(setting.scope),
        origin=place(setting.apparatus.origins.mark(session.span)),
        foot=place(_foot(session, guide, setting, stamp)),
        logo=place(Logo(Latex(setting.apparatus.asset(guide.logo, guide.span)))) if guide.logo else ABSENT,
        group=place(Group(setting.text(guide.group, guide.span))) if guide.group else ABSENT,
        guide_title=place(GuideTitle(setting.text(guide.title, guide.span))),
        label=place(Label(setting.text(session.label, session.span))) if session.label else ABSENT,
        title=place(SessionTitle(Latex(setting.scope), title)),
        facts=place(Facts(facts_line(session, setting))),
        reading=ABSENT if reading is None else place(ReadingLine(reading)),
        parts=place(Flow(set_parts(session.parts, setting))),
    )


def _foot(session: Session, guide: Guide, setting: Setting, stamp: str) -> Foot:
    return Foot(
        setting.text(guide.group, guide.span),
        setting.text(session.title, session.span),
        setting.text(setting.phrases.date(session.date), session.span),
        setting.text(stamp, session.span),
    )
