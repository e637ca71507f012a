"""Header and body of a file become a `Session` or the guide's own facts.

Comes in: checked headers with the places of their values, bodies as Markdown. Goes out: values of the model.
Left to others: which files there are, and what holds between them (`read`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studyguide.diagnostics import Diagnostic, SourceSpan, error, warning
from studyguide.model.guide import Audience, Book, Edition, Guide, Insert, Paper, Session
from studyguide.reader.blocks import read_blocks
from studyguide.reader.context import FileContext, GuideFacts
from studyguide.reader.explain import quote, suggest
from studyguide.reader.front_matter import FrontMatter, HeaderFields, HeaderList, HeaderText
from studyguide.reader.header_values import read_accent, read_book_pages, read_date, read_pages, read_time
from studyguide.reader.headers import FORMAT, BookHeader, GuideHeader, SessionHeader
from studyguide.reader.markdown import MarkdownFile, Node
from studyguide.reader.named_files import USABLE, check_file, read_insert
from studyguide.reader.pages import PageLimits, explain_outside, is_inside
from studyguide.reader.parts import read_parts
from studyguide.reader.quotes import curve_title

if TYPE_CHECKING:
    from enum import StrEnum
    from pathlib import Path
    from typing import TypeVar

    from studyguide.model.locator import LocatorRange
    from studyguide.reader.source import Source

    Choice = TypeVar("Choice", bound=StrEnum)

PLANNED_PAPERS = ("large", "booklet", "screen")
PLANNED_AUDIENCES = ("public",)


def open_file(source: Source, body_line: int, guide: GuideFacts) -> FileContext:
    """Parse the body of a file, and find its footnotes."""
    markdown = MarkdownFile(source, body_line)
    context = FileContext(source=source, markdown=markdown, guide=guide, problems=list(markdown.problems))
    footnotes: dict[str, Node] = {}
    for node in _find_footnotes(markdown.blocks):
        if node.info in footnotes:
            span = source.span(node.first_line)
            context.warn(span, f"footnote {quote(f'[^{node.info}]')} has two texts, the first one is printed", "")
        footnotes.setdefault(node.info, node)
    context.footnotes = footnotes
    return context


def _find_footnotes(nodes: list[Node]) -> list[Node]:
    found: list[Node] = []
    for node in nodes:
        found.extend([node] if node.kind == "footnote_reference" else _find_footnotes(node.children))
    return found


def close_file(context: FileContext) -> None:
    """Note what the author defined and nothing uses, since it is on no page."""
    for label, node in context.footnotes.items():
        if label not in context.footnote_uses:
            span = context.source.span(node.first_line)
            context.warn(
                span, f"footnote {quote(f'[^{label}]')} is used nowhere and is not printed", "put its mark in the text"
            )
    for label, line in context.markdown.unused_definitions():
        context.warn(
            context.source.span(line),
            f"this line defines the link {quote(label)}, which is used nowhere, and is not printed",
            "write it without the colon if it is text",
        )


def warn_of_format(front: FrontMatter, source: Source, header: GuideHeader | SessionHeader) -> tuple[Diagnostic, ...]:
    """Ask for the format's version where it is left out."""
    if header.format or front.fields is None:
        return ()
    return (warning(source.span(1), "`format` is missing", f"write `format: {FORMAT}` first in the header"),)


def make_books(header: GuideHeader) -> tuple[Book, ...]:
    """Make the guide's books; without one, the guide itself stands for it."""
    if header.book is not None:
        return (_make_book("", header.book, header.language),)
    if header.books:
        return tuple(_make_book(key, book, header.language) for key, book in header.books.items())
    title = curve_title(header.title, header.language)
    return (Book(key="", title=title, authors=(), year=None, pages=None, editions=()),)


def _make_book(key: str, header: BookHeader, language: str) -> Book:
    editions = (Edition(name=name, anchors=dict(sorted(each.items()))) for name, each in header.editions.items())
    return Book(
        key=key,
        title=curve_title(header.title, language),
        authors=tuple(curve_title(name, language) for name in header.authors),
        year=header.year,
        pages=read_book_pages(header.pages) if header.pages else None,
        editions=tuple(editions),
    )


def check_guide(header: GuideHeader, fields: HeaderFields, folder: Path) -> tuple[Diagnostic, ...]:
    """Check what one field of guide.md alone does not show: two ways to give books, editions, the logo."""
    problems: list[Diagnostic] = []
    if header.book is not None and header.books:
        problems.append(error(_span_of(fields, "books"), "`book` and `books` are both given", "keep one of the two"))
    books = (header.book,) if header.book is not None else tuple(header.books.values())
    for book in books:
        for name, anchors in book.editions.items():
            pages = [page for _, page in sorted(anchors.items())]
            if pages != sorted(set(pages)):
                hint = "later pages of one edition are later pages of the other"
                span = _span_of(fields, "book" if header.book is not None else "books")
                problems.append(error(span, f"the pages of edition {quote(name)} do not rise together", hint))
    if header.logo:
        span = _span_of(fields, "logo")
        problem = check_file(folder, header.logo, span, kinds=tuple(USABLE), what="logo")
        problems.extend([problem] if problem is not None else [])
    return tuple(problems)


def choose_values(
    fields: HeaderFields, name: str, known: type[Choice], planned: tuple[str, ...], default: Choice
) -> tuple[tuple[Choice, ...], tuple[Diagnostic, ...]]:
    """Choose papers or audiences from their names; planned ones are left out kindly, unknown ones are errors."""
    entry = fields.find(name)
    items = entry[1].items if entry is not None and isinstance(entry[1], HeaderList) else ()
    names = tuple(each.value for each in known)
    chosen: list[Choice] = []
    problems: list[Diagnostic] = []
    for item in items:
        text = item.text if isinstance(item, HeaderText) else ""
        if text in names:
            chosen.append(known(text))
        elif text in planned:
            hint = f"use {' or '.join(f'`{each}`' for each in names)} until then"
            problems.append(
                warning(item.span, f"{quote(text)} in `{name}` comes with a later version, it is left out", hint)
            )
        else:
            problems.append(
                error(item.span, f"unknown value in `{name}`: {quote(text)}", suggest(text, (*names, *planned)))
            )
    return tuple(dict.fromkeys(chosen)) or (default,), tuple(problems)


def make_guide(folder: Path, header: GuideHeader, fields: HeaderFields, context: FileContext) -> Guide:
    """Make the guide without its sessions; its preface is read here."""
    language = header.language
    papers, paper_problems = choose_values(fields, "papers", Paper, PLANNED_PAPERS, Paper.LETTER)
    audiences, audience_problems = choose_values(fields, "audiences", Audience, PLANNED_AUDIENCES, Audience.PARTICIPANT)
    context.problems.extend((*paper_problems, *audience_problems, *check_guide(header, fields, folder)))
    preface = read_blocks(context, context.markdown.blocks)
    close_file(context)
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
    close_file(context)
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
                _span_of(fields, "pages"), explain_outside(outside, own_book), "check `pages` here and in guide.md"
            )
    return (PageLimits(whose="the pages of this session", book="", pages=pages), *limits)


def _read_inserts(context: FileContext, fields: HeaderFields) -> tuple[Insert, ...]:
    entry = fields.find("inserts")
    items = entry[1].items if entry is not None and isinstance(entry[1], HeaderList) else ()
    inserts: list[Insert] = []
    for item in items:
        read = read_insert(context.guide.folder, item.text, item.span) if isinstance(item, HeaderText) else None
        if isinstance(read, Insert):
            inserts.append(read)
        elif read is not None:
            context.problems.append(read)
    return tuple(inserts)


def _span_of(fields: HeaderFields, name: str) -> SourceSpan:
    entry = fields.find(name)
    return entry[1].span if entry is not None else fields.span


def with_sessions(guide: Guide, sessions: tuple[Session, ...]) -> Guide:
    """Give the guide with its sessions, in date order, then by name."""
    return replace(guide, sessions=tuple(sorted(sessions, key=lambda each: (each.date, each.slug))))
