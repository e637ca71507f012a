r"""The public verb: a manuscript becomes a LaTeX document, for one paper and one audience.

Comes in: a manuscript, a session of it or none (the whole guide), folders, the date and the build stamp.
Goes out: a `TexDocument`, its outline, assets, inserts and origins with it.
Left to others: each piece (`masthead`, `parts`, `prelims`, `passages`), how they are placed (the templates).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studyguide.artifacts import BoundInsert, DocumentMetadata, TexDocument
from studyguide.errors import ManuscriptError
from studyguide.latex.apparatus import Apparatus
from studyguide.latex.description import describe
from studyguide.latex.document import preamble, set_document, set_fallbacks, wrap_lines
from studyguide.latex.fonts import plan_fonts
from studyguide.latex.masthead import set_session
from studyguide.latex.passages import set_passages, set_quote_index
from studyguide.latex.phrases import phrases_for
from studyguide.latex.prelims import (
    PrelimsPieces,
    open_contents,
    set_calendar,
    set_contents,
    set_preface,
    set_title_page,
)
from studyguide.latex.setting import Setting
from studyguide.latex.templates import render
from studyguide.model.language import quotation_marks

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping
    from pathlib import Path

    from studyguide.artifacts import Manuscript
    from studyguide.model.guide import Audience, Guide, Paper, Session

HANDOUT_SCOPE = "s1"
GUIDE_SCOPE = "g"


def typeset(  # noqa: PLR0913  every value that a stage may not fetch for itself
    manuscript: Manuscript,
    *,
    session: Session | None,
    paper: Paper,
    audience: Audience,
    font_folders: tuple[Path, ...],
    template_folders: tuple[Path, ...],
    modified: datetime.datetime,
    stamp: str,
) -> TexDocument:
    """Set a session's handout, or the whole guide when no session is given.

    Raises:
        ManuscriptError: when a character has no font, with the place of each.
        TemplateError: when a template is missing or names something that is not there.
    """
    guide = manuscript.guide
    apparatus = Apparatus(manuscript.folder)
    setting = _first_setting(guide, audience, apparatus)
    values = _set_guide(guide, setting, stamp) if session is None else _set_handout(session, guide, setting, stamp)
    template = "guide.tex.j2" if session is None else "handout.tex.j2"
    document = set_document(guide, session, paper=paper, setting=setting, stamp=stamp)
    fonts = plan_fonts(apparatus.printed, font_folders=font_folders, language=guide.language)
    if fonts.missing:
        raise ManuscriptError("some characters have no font", diagnostics=fonts.missing)
    metadata, outline = _metadata(guide, session, modified, stamp), tuple(apparatus.outline)
    description = describe(metadata, outline)
    values = {"document": document, "description": description, "fallbacks": set_fallbacks(fonts), **values}
    body = wrap_lines(render(template, values, template_folders))
    return TexDocument(
        name=guide.slug if session is None else session.slug,
        preamble=preamble(fonts),
        body=body,
        assets=apparatus.assets,
        origins=apparatus.origins.find(body),
        outline=outline,
        inserts=_inserts(guide.sessions if session is None else (session,), manuscript.folder),
        metadata=metadata,
        paper=paper,
        audience=audience,
        has_prelims=session is None,
        warnings=(),
    )


def _first_setting(guide: Guide, audience: Audience, apparatus: Apparatus) -> Setting:
    book = guide.books[0]
    return Setting(
        audience=audience,
        phrases=phrases_for(guide.language),
        marks=quotation_marks(guide.language),
        books=guide.books,
        apparatus=apparatus,
        answer_lines=guide.answer_lines,
        scope=GUIDE_SCOPE,
        authors=", ".join(book.authors),
    )


def _set_handout(session: Session, guide: Guide, setting: Setting, stamp: str) -> Mapping[str, object]:
    inside = replace(setting, scope=HANDOUT_SCOPE)
    pieces = set_session(session, guide, inside, stamp)
    passages = set_passages(f"{HANDOUT_SCOPE}.passages", inside, level=1)
    return {"session": replace(pieces, passages=passages)}


def _set_guide(guide: Guide, setting: Setting, stamp: str) -> Mapping[str, object]:
    title_page = set_title_page(guide, setting)
    preface = set_preface(guide, setting)
    open_contents(setting)
    anchors = _session_anchors(guide.sessions)
    calendar = set_calendar(guide, anchors, setting)
    start = len(setting.apparatus.outline)
    sessions = [
        set_session(session, guide, replace(setting, scope=anchor), stamp)
        for session, anchor in zip(guide.sessions, anchors, strict=True)
    ]
    passages = set_passages(f"{GUIDE_SCOPE}.passages", setting, level=0)
    quotes = set_quote_index(f"{GUIDE_SCOPE}.quotes", setting)
    labels = {anchor: session.label for session, anchor in zip(guide.sessions, anchors, strict=True)}
    contents = set_contents(guide, tuple(setting.apparatus.outline[start:]), labels, setting)
    prelims = PrelimsPieces(title_page=title_page, preface=preface, contents=contents, calendar=calendar)
    return {"prelims": prelims, "sessions": sessions, "passages": passages, "quotes": quotes}


def _session_anchors(sessions: tuple[Session, ...]) -> tuple[str, ...]:
    """Give the anchor of each session, which begins every anchor in it."""
    return tuple(f"s{number}" for number, _ in enumerate(sessions, start=1))


def _inserts(sessions: tuple[Session, ...], folder: Path) -> tuple[BoundInsert, ...]:
    """Give the inserts of the sessions, each bound in after the last page of its session."""
    return tuple(
        BoundInsert(
            source=folder / insert.path,
            first=insert.first,
            last=insert.last,
            anchor=f"{anchor}.end",
            span=insert.span,
        )
        for session, anchor in zip(sessions, _session_anchors(sessions), strict=True)
        for insert in session.inserts
    )


def _metadata(guide: Guide, session: Session | None, modified: datetime.datetime, stamp: str) -> DocumentMetadata:
    books = "; ".join(book.title for book in guide.books)
    label = "" if session is None else session.label
    return DocumentMetadata(
        title=guide.title if session is None else session.title,
        author=guide.group,
        subject=" · ".join(filter(None, (books, label))),
        language=guide.language,
        modified=modified,
        stamp=stamp,
    )
