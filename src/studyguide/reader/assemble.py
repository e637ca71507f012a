"""Header and body of a file become a `Session`, or the guide without its sessions.

Comes in: checked headers with the places of their values, bodies as Markdown. Goes out: values of the model.
Left to others: which files there are, and what holds between them (`read`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studyguide.model.guide import Audience, Guide, Insert, Paper, Session
from studyguide.reader.blocks import read_blocks
from studyguide.reader.explain import quote
from studyguide.reader.guide_header import PLANNED_AUDIENCES, PLANNED_PAPERS, check_guide, choose_values
from studyguide.reader.header_values import read_accent, read_date, read_pages, read_time
from studyguide.reader.named_files import read_insert
from studyguide.reader.pages import PageLimits, explain_outside, is_inside
from studyguide.reader.parts import read_parts
from studyguide.reader.quotes import curve_title

if TYPE_CHECKING:
    from pathlib import Path

    from studyguide.model.locator import LocatorRange
    from studyguide.reader.context import FileContext
    from studyguide.reader.front_matter import HeaderFields
    from studyguide.reader.headers import GuideHeader, SessionHeader


def make_guide(folder: Path, header: GuideHeader, fields: HeaderFields, context: FileContext) -> Guide:
    """Make the guide without its sessions; its preface is read here."""
    language = header.language
    papers, paper_problems = choose_values(fields, "papers", Paper, PLANNED_PAPERS, Paper.LETTER)
    audiences, audience_problems = choose_values(fields, "audiences", Audience, PLANNED_AUDIENCES, Audience.PARTICIPANT)
    context.problems.extend((*paper_problems, *audience_problems, *check_guide(header, fields, context)))
    preface = read_blocks(context, context.markdown.blocks)
    return Guide(
        slug=folder.resolve().name,
        title=curve_title(header.title, language),
        group=curve_title(header.group, language),
        language=language,
        books=context.guide.books,
        papers=papers,
        audiences=audiences,
        answer_lines=header.answer_lines,
        accent=read_accent(header.accent) if header.accent else "",
        logo=header.logo,
        preface=preface,
        sessions=(),
        span=context.source.span(1),
    )


def make_session(slug: str, header: SessionHeader, fields: HeaderFields, context: FileContext) -> Session:
    """Make a session: what its header says, then its parts."""

    def curve(text: str) -> str:
        return curve_title(text, context.guide.language)

    participants = tuple(curve(name) for name in header.participants)
    pages = read_pages(header.pages) if header.pages else ()
    context.speakers = tuple(
        name for name in (*participants, curve(header.facilitator), curve(header.summary_by)) if name
    )
    context.limits = _limit_pages(context, fields, pages)
    inserts = _read_inserts(context, fields)
    parts = read_parts(context)
    return Session(
        slug=slug,
        title=curve(header.title),
        label=curve(header.label),
        date=read_date(header.date),
        time=read_time(header.time) if header.time else None,
        place=curve(header.place),
        summary_by=curve(header.summary_by),
        facilitator=curve(header.facilitator),
        participants=participants,
        pages=pages,
        inserts=inserts,
        parts=parts,
        span=context.source.span(1),
    )


def _limit_pages(context: FileContext, fields: HeaderFields, pages: tuple[LocatorRange, ...]) -> tuple[PageLimits, ...]:
    books = context.guide.books
    limits = [
        PageLimits(whose=f"the pages of {quote(book.title)}", book=book.key if index else "", pages=(book.pages,))
        for index, book in enumerate(books)
        if book.pages is not None
    ]
    own_book = next((each for each in limits if not each.book), None)
    if own_book is not None and len(books) == 1:
        outside = tuple(each for each in pages if not is_inside(each, own_book.pages))
        if outside:
            context.warn(
                fields.span_of("pages"), explain_outside(outside, own_book), "check `pages` here and in guide.md"
            )
    return (PageLimits(whose="the pages of this session", book="", pages=pages), *limits)


def _read_inserts(context: FileContext, fields: HeaderFields) -> tuple[Insert, ...]:
    inserts: list[Insert] = []
    for item in fields.texts_of("inserts"):
        read = read_insert(context, item.text, item.span)
        if isinstance(read, Insert):
            inserts.append(read)
        else:
            context.problems.append(read)
    return tuple(inserts)


def with_sessions(guide: Guide, sessions: tuple[Session, ...]) -> Guide:
    """Give the guide with its sessions, in date order, then by name."""
    return replace(guide, sessions=tuple(sorted(sessions, key=lambda each: (each.date, each.slug))))
