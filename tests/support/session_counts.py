"""What a session holds, counted from the reader's model, and the words of notes and of what became of them.

Comes in: a session as `reader` gives it; notes as bytes. Goes out: counts and words to compare.
Left to others: what they should be (`notes_corpus`).
"""

from __future__ import annotations

import html
import io
import re
import unicodedata
import zipfile
from collections import Counter
from dataclasses import fields, is_dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING, TypeVar

from studyguide.model.blocks import CallOut, CallOutKind, Link, ListBlock, PullQuote, Text
from studyguide.model.guide import AnnouncementsPart, QuestionsPart, Reading, RoundPart, Session
from studyguide.model.locator import Locator, LocatorLabel
from studyguide.reader.locators import write_ranges

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studyguide.model.blocks import ListItem, Turn

    Kind = TypeVar("Kind")

_LABELS = {
    LocatorLabel.PAGE: ("p.", "pp."),
    LocatorLabel.CHAPTER: ("ch.", "chs."),
    LocatorLabel.LOCATION: ("loc.", "locs."),
    LocatorLabel.PARAGRAPH: ("¶", "¶¶"),
    LocatorLabel.SECTION: ("§", "§§"),
    LocatorLabel.VERSE: ("v.", "vv."),
}
_ONE_WORD = re.compile(r"[^\W\d_]+|\d+")
_LABEL = re.compile(r"^[>\s]*(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)]|\d{1,2}\.\d{1,2}|o)\s+", re.MULTILINE)
_FENCE = re.compile(r"^:::[ \t]*\w*", re.MULTILINE)


def find_all(value: object, kind: type[Kind], *, without: tuple[PullQuote, ...] = ()) -> Iterator[Kind]:
    """Find all values of one kind in a value of the model, in the order in which they are read."""
    if isinstance(value, tuple):
        for each in value:
            yield from find_all(each, kind, without=without)
    elif is_dataclass(value) and not any(value is each for each in without):
        if isinstance(value, kind):
            yield value
        for field in fields(value):
            yield from find_all(getattr(value, field.name), kind, without=without)


def list_words(text: str) -> list[str]:
    """Give the runs of letters and the runs of digits of a text, without regard to case."""
    return _ONE_WORD.findall(unicodedata.normalize("NFC", text).casefold())


def _say(value: object, *, without: tuple[PullQuote, ...] = ()) -> str:
    return " ".join(list_words(" ".join(each.text for each in find_all(value, Text, without=without))))


def _find_repeats(session: Session) -> tuple[PullQuote, ...]:
    """Find the pull quotes whose words also stand in the text: what they hold counts once."""
    quotes = tuple(find_all(session, PullQuote))
    text = _say(session, without=quotes)
    return tuple(each for each in quotes if _say(each.content) in text)


def write_locators(session: Session) -> tuple[str, ...]:
    """Write every page reference in canonical form."""
    found = find_all(session, Locator, without=_find_repeats(session))
    return tuple(_write(each) for each in found)


def _write(locator: Locator) -> str:
    is_single = len(locator.ranges) == 1 and locator.ranges[0].is_single
    return f"{_LABELS[locator.label][0 if is_single else 1]} {write_ranges(locator.ranges)}"


def list_links(session: Session) -> tuple[str, ...]:
    """List the addresses that are linked to."""
    return tuple(each.address for each in find_all(session, Link, without=_find_repeats(session)))


def list_readings(session: Session) -> tuple[tuple[str, str], ...]:
    """List the readings, each with its heading as plain text and its authors."""
    return tuple(
        ("".join(text.text for text in find_all(each.heading, Text)), each.authors)
        for each in find_all(session, Reading)
    )


def count_questions(session: Session) -> int:
    """Count the discussion questions."""
    return sum(len(each.questions) for each in find_all(session, QuestionsPart))


def list_minutes(session: Session) -> tuple[int, ...]:
    """List the minutes of the discussion questions that have any."""
    questions = (question for part in find_all(session, QuestionsPart) for question in part.questions)
    return tuple(each.minutes for each in questions if each.minutes is not None)


def _turns(session: Session) -> tuple[Turn, ...]:
    return tuple(turn for part in find_all(session, RoundPart) for turn in part.turns)


def count_rounds(session: Session) -> int:
    """Count the rounds."""
    return sum(1 for _ in find_all(session, RoundPart))


def count_turns(session: Session) -> int:
    """Count what people said in all rounds, without the replies."""
    return len(_turns(session))


def count_replies(session: Session) -> int:
    """Count the replies, at any depth."""
    waiting, replies = list(_turns(session)), 0
    while waiting:
        turn = waiting.pop()
        replies += len(turn.replies)
        waiting.extend(turn.replies)
    return replies


def _announcements(session: Session) -> tuple[ListItem, ...]:
    return tuple(
        item
        for part in find_all(session, AnnouncementsPart)
        for block in part.content
        if isinstance(block, ListBlock)
        for item in block.items
    )


def count_announcements(session: Session) -> int:
    """Count the announcements, without what stands below them."""
    return len(_announcements(session))


def count_announcement_subitems(session: Session) -> int:
    """Count what stands below announcements, at any depth."""
    return sum(len(each.items) for item in _announcements(session) for each in find_all(item, ListBlock))


def count_comments(session: Session) -> int:
    """Count the notes for the facilitator."""
    return sum(each.kind is CallOutKind.FACILITATOR for each in find_all(session, CallOut))


def find_lost_words(notes: str, session_text: str, reported: str) -> list[str]:
    """List the words of notes that stand less often in the session file and that the report does not name."""
    missing = Counter(list_words(notes)) - Counter(list_words(session_text))
    return sorted(missing.keys() - set(list_words(reported)))


def visible_text(content: bytes, name: str) -> str:
    """Give what a person sees in a document, without the numbers and letters that only count its items."""
    if name.endswith(".docx"):
        return _visible_in_word(content)
    text = content.decode("utf-8")
    if name.endswith(".html"):
        page = _Page()
        page.feed(text)
        return "".join(page.pieces)
    return _LABEL.sub("", _FENCE.sub("", text))


def _visible_in_word(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = [package.read(f"word/{name}.xml").decode() for name in ("document", "comments", "footnotes")]
    paragraphs = re.findall(r"<w:p>.*?</w:p>", "".join(parts))
    runs = re.compile(r"<w:(?:t|delText)\b[^>]*>([^<]*)<")
    return "\n".join(html.unescape("".join(runs.findall(each))) for each in paragraphs)


class _Page(HTMLParser):
    """Collects the text of a page's body; marks that lead to comments, and Word's own marks of items, are none."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where something that is not shown begins."""
        said = dict(attrs)
        is_mark = "mso-list:Ignore" in (said.get("style") or "") or self._hidden[-1:] == ["span"]
        leads_to_comment = tag == "a" and (said.get("href") or "").startswith("#cmnt")
        if tag == "head" or leads_to_comment or (tag == "span" and is_mark):
            self._hidden.append(tag)
        if tag in {"p", "li", "h1", "h2", "h3"}:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Note where it ends."""
        if self._hidden and self._hidden[-1] == tag:
            self._hidden.pop()

    def handle_data(self, data: str) -> None:
        """Keep text that is shown."""
        if not self._hidden:
            self.pieces.append(data)
