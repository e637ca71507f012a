"""Builders for values of the model, with the defaults that a test does not care about.

Comes in: what a test is about. Goes out: checked model values at one place in an invented file.
Left to others: Markdown (the reader's tests), LaTeX (the latex stage's).
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from studyguide.artifacts import Manuscript
from studyguide.diagnostics import SourceSpan
from studyguide.model import blocks
from studyguide.model.guide import Audience, Book, FreePart, Guide, Paper, QuestionsPart, Reading, Session, TimeRange
from studyguide.model.locator import Locator, LocatorLabel, LocatorRange

if TYPE_CHECKING:
    from studyguide.model.blocks import Attribution, Block, Inline
    from studyguide.model.guide import Edition, Part

FOLDER = Path("guides/commons")
SESSION_FILE = FOLDER / "sessions/03-water.md"
GUIDE_FILE = FOLDER / "guide.md"


def a_span(line: int = 1, path: Path = SESSION_FILE) -> SourceSpan:
    """Give a place in the invented session file."""
    return SourceSpan(path=path, line=line)


def words(*content: str | Inline, line: int = 1) -> tuple[Inline, ...]:
    """Give inlines; plain strings become text."""
    return tuple(blocks.Text(text=each, span=a_span(line)) if isinstance(each, str) else each for each in content)


def emphasis(*content: str | Inline) -> blocks.Emphasis:
    """Give words set off."""
    return blocks.Emphasis(content=words(*content), span=a_span())


def strong(*content: str | Inline) -> blocks.Strong:
    """Give words set off more."""
    return blocks.Strong(content=words(*content), span=a_span())


def code(text: str) -> blocks.CodeSpan:
    """Give code among words."""
    return blocks.CodeSpan(text=text, span=a_span())


def line_break() -> blocks.LineBreak:
    """Give a line break that the author asked for."""
    return blocks.LineBreak(span=a_span())


def link(address: str, *content: str | Inline) -> blocks.Link:
    """Give a link; without words it is bare."""
    return blocks.Link(address=address, content=words(*(content or (address,))), is_bare=not content, span=a_span())


def footnote(*content: Block) -> blocks.Footnote:
    """Give a note."""
    return blocks.Footnote(content=content, span=a_span())


def ranges(*written: str) -> tuple[LocatorRange, ...]:
    """Give stretches written as `427` or `427-429`."""
    pairs = (each.partition("-") for each in written)
    return tuple(LocatorRange(first=first, last=last or first) for first, _, last in pairs)


def pages(*written: str, book: str = "") -> Locator:
    """Give a locator of pages, written as `427` or `427-429`."""
    return Locator(label=LocatorLabel.PAGE, ranges=ranges(*written), book=book)


def reference(*written: str, book: str = "", label: LocatorLabel = LocatorLabel.PAGE) -> blocks.Reference:
    """Give a page reference in running text, or one of another kind."""
    return blocks.Reference(locator=Locator(label=label, ranges=ranges(*written), book=book), span=a_span())


def paragraph(*content: str | Inline, line: int = 1) -> blocks.Paragraph:
    """Give a paragraph."""
    return blocks.Paragraph(content=words(*content, line=line), span=a_span(line))


def bullets(*items: tuple[Block, ...], is_tight: bool = True) -> blocks.ListBlock:
    """Give a list with bullets; each item is its blocks."""
    return numbers(*items, start=None, is_tight=is_tight)


def numbers(*items: tuple[Block, ...], start: int | None = 1, is_tight: bool = True) -> blocks.ListBlock:
    """Give a numbered list; each item is its blocks."""
    made = tuple(blocks.ListItem(content=item, span=a_span()) for item in items)
    return blocks.ListBlock(items=made, start=start, is_tight=is_tight, span=a_span())


def attribution(*content: str | Inline, locator: Locator | None = None) -> Attribution:
    """Give who said a quotation, and where."""
    return blocks.Attribution(content=words(*content), locator=locator, span=a_span())


def quotation(*content: Block, source: Attribution | None = None) -> blocks.Quotation:
    """Give a block quote."""
    return blocks.Quotation(content=content, attribution=source, span=a_span())


def pull_quote(*content: Block, source: Attribution | None = None) -> blocks.PullQuote:
    """Give a quotation set large."""
    return blocks.PullQuote(content=content, attribution=source, span=a_span())


def call_out(kind: blocks.CallOutKind, *content: Block) -> blocks.CallOut:
    """Give a box beside the text."""
    return blocks.CallOut(kind=kind, content=content, span=a_span())


def question(
    number: int, *content: str | Inline, under: tuple[Block, ...] = (), minutes: int | None = None
) -> blocks.Question:
    """Give a discussion question."""
    return blocks.Question(number=number, words=words(*content), content=under, minutes=minutes, span=a_span())


def turn(number: int, speaker: str, *content: str | Inline, replies: tuple[blocks.Turn, ...] = ()) -> blocks.Turn:
    """Give what one person said."""
    return blocks.Turn(
        number=number, speaker=speaker, words=words(*content), content=(), replies=replies, span=a_span()
    )


def reading(heading: str, *content: Block, authors: str = "", read: str = "", book: str = "") -> Reading:
    """Give a reading; `read` is its pages, written as `423-441`."""
    return Reading(
        heading=words(heading),
        authors=authors,
        book=book,
        pages=ranges(read)[0] if read else None,
        content=content,
        span=a_span(),
    )


def questions(heading: str, *asked: blocks.Question) -> QuestionsPart:
    """Give a part of discussion questions."""
    return QuestionsPart(heading=words(heading), content=(), questions=asked, span=a_span())


def free_part(heading: str, *content: Block) -> FreePart:
    """Give any other part."""
    return FreePart(heading=words(heading) if heading else (), content=content, span=a_span())


def a_session(*parts: Part) -> Session:
    """Give a session on wells; `dataclasses.replace` changes what a test is about."""
    return Session(
        slug="03-water",
        title="Wells: who keeps the water",
        label="Section VII",
        date=datetime.date(2026, 5, 12),
        time=TimeRange(start=datetime.time(18, 30), end=datetime.time(20, 30)),
        place="Branch library, room 2",
        summary_by="Ana",
        facilitator="",
        participants=(),
        pages=ranges("423-490"),
        inserts=(),
        parts=parts,
        span=a_span(),
    )


def a_book(title: str = "Commons Reader", *, key: str = "", editions: tuple[Edition, ...] = ()) -> Book:
    """Give a studied book."""
    return Book(key=key, title=title, authors=("A. Writer",), year=2021, pages=ranges("1-560")[0], editions=editions)


def a_guide(*sessions: Session, books: tuple[Book, ...] | None = None) -> Guide:
    """Give a guide with the sessions."""
    return Guide(
        slug="commons",
        title="Commons Reader",
        group="Riverside Reading Group",
        language="en",
        books=(a_book(),) if books is None else books,
        papers=(Paper.LETTER,),
        audiences=(Audience.PARTICIPANT,),
        answer_lines=5,
        accent="#8a1c1c",
        logo="",
        preface=(),
        sessions=sessions,
        span=a_span(path=GUIDE_FILE),
    )


def a_manuscript(guide: Guide) -> Manuscript:
    """Give what the reader hands on."""
    return Manuscript(guide=guide, folder=FOLDER, sources=(GUIDE_FILE, SESSION_FILE), warnings=())
