r"""What every document starts with: the line that loads the class, and its set-up.

Comes in: the guide, the paper, the plan of fonts, the setting. Goes out: the preamble and pieces for `document.tex.j2`.
Left to others: all that stands between `\begin{document}` and `\end{document}`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studyguide.latex.escape import Latex
from studyguide.latex.facts import dates_line
from studyguide.latex.fragments import TexCommand, Words
from studyguide.latex.templates import Placed, place

if TYPE_CHECKING:
    from studyguide.latex.fonts import FontPlan
    from studyguide.latex.setting import Setting
    from studyguide.model.guide import Guide, Paper, Session

NOTHING = Latex("")
LINE_BYTES = 2000
"""Where a line of the body ends at the next space: TeX reads at most 200,000 bytes in one (buf_size)."""


class DocumentClass(TexCommand):
    """The line that loads the class."""

    _latex_name = "documentclass"


class SetUp(TexCommand):
    """Paper, audience and accent, as `key=value`."""

    _latex_name = "StudyGuideSetup"


class Language(TexCommand):
    """The language of the document, a BCP 47 tag."""

    _latex_name = "StudyGuideLanguage"


class FallbackFonts(TexCommand):
    """Fonts for the characters that a family lacks: family, weight, fonts."""

    _latex_name = "StudyGuideFallback"


class FolioForm(TexCommand):
    """How a folio stands in the foot."""

    _latex_name = "StudyGuideFolio"


class Foot(TexCommand):
    """The running foot: group, title, date, build stamp."""

    _latex_name = "StudyGuideFoot"


class Folio(TexCommand):
    """The folio of this page; takes one empty argument."""


class FolioTotal(TexCommand):
    """The folio of the last page; takes one empty argument."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPieces:
    """What every document starts with, as `document.tex.j2` gets it; the foot is the whole guide's."""

    set_up: Placed
    language: Placed
    folio: Placed
    foot: Placed


def set_document(
    guide: Guide, session: Session | None, *, paper: Paper, setting: Setting, stamp: str
) -> DocumentPieces:
    """Set the set-up of a handout, or of the whole guide when no session is given."""
    span = guide.span
    return DocumentPieces(
        set_up=place(SetUp(_set_up_keys(guide, paper, setting))),
        language=place(Language(setting.text(guide.language, span))),
        folio=place(FolioForm(_folio_form(session, setting))),
        foot=place(
            Foot(
                setting.text(guide.group, span),
                setting.text(guide.title, span),
                setting.text(dates_line(guide, setting), span),
                setting.text(stamp, span),
            )
        ),
    )


def _set_up_keys(guide: Guide, paper: Paper, setting: Setting) -> Latex:
    keys = {"paper": paper.value, "audience": setting.audience.value, "accent": guide.accent.removeprefix("#").lower()}
    return setting.text(", ".join(f"{key}={value}" for key, value in keys.items() if value), guide.span)


def _folio_form(session: Session | None, setting: Setting) -> Words:
    """Give the total in a handout only: the whole guide's prelims count for themselves."""
    if session is None:
        return Words(Folio(NOTHING))
    before, between, after = setting.phrases.folio_of_total
    span = session.span
    text = setting.text
    return Words(text(before, span), Folio(NOTHING), text(between, span), FolioTotal(NOTHING), text(after, span))


def set_fallbacks(fonts: FontPlan) -> tuple[Placed, ...]:
    """Name the fonts for characters that the class's own lack."""
    return tuple(
        place(FallbackFonts(Latex(each.family), Latex(each.weight), Latex(each.spec))) for each in fonts.fallbacks
    )


def preamble(fonts: FontPlan) -> str:
    """Give the line that loads the class; an engine that has read it ahead waits after it."""
    option = "scripts" if fonts.needs_scripts else ""
    return f"{DocumentClass(Latex('studyguide'), option=option).dumps()}\n"


def wrap_lines(body: str) -> str:
    """End lines that are too long for TeX at a space, which is the same to it."""
    return "\n".join(_wrap(line) for line in body.split("\n"))


def _wrap(line: str) -> str:
    if len(line.encode()) <= LINE_BYTES or line.startswith("%"):
        return line
    wrapped, size = [], 0
    for word in line.split(" "):
        is_full = size > 0 and size + len(word.encode()) > LINE_BYTES
        wrapped.append(("\n" if is_full else " ") + word)
        size = len(word.encode()) + (0 if is_full else size + 1)
    return "".join(wrapped).removeprefix(" ")
