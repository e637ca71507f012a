"""The head of notes: title, label, date, who and where, before the first part begins.

Comes in: the first lines. Goes out: `Head`, the fields of the session and what is the guide's business.
Left to others: where the head ends (`sections`), what a label means (`head_labels`), dates (`dates`).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studyguide.importer.cleaning import clean_words
from studyguide.importer.draft import Certainty, Finding, HeaderField
from studyguide.importer.notes import LineKind, NoteLine
from studyguide.importer.recognition.book_lines import PAGES, BookLine, find_book, read_book
from studyguide.importer.recognition.dates import FoundDate, FoundTime, find_dates, find_times
from studyguide.importer.recognition.head_labels import (
    Labelled,
    find_trailing_by,
    read_group,
    read_labelled,
    read_section_label,
)
from studyguide.importer.recognition.part_names import tidy_heading
from studyguide.importer.recognition.people import People, read_people
from studyguide.importer.recognition.people_lines import join_people
from studyguide.reader.header_values import WrongValue, read_pages
from studyguide.reader.headings import find_by_line

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

_BETWEEN = re.compile(r"\s+[|·•–—-]\s+|\s*\|\s*")
_REPLY = re.compile(r"^(?:(?:re|fwd?|aw|wg|rv|tr)\s*:\s*)+", re.IGNORECASE)
_LEADING = re.compile(r"^(?:on|about|sobre|zu|über|sur|su)\s+", re.IGNORECASE)
_GENERIC = re.compile(
    r"(?:meeting |discussion |session |reading |lesson |facilitat(?:or|ion)(?:['’]s)? )*"
    r"(?:notes?|minutes|agenda|plan|outline|run sheet|summary|untitled(?: document)?|document\d*|"
    r"apuntes|notas|acta|notizen|protokoll|pad)(?: of| for| from)?(?: the)?(?: meeting)?",
    re.IGNORECASE,
)
FIELDS = ("title", "label", "date", "time", "place", "summary-by", "facilitator", "participants", "pages")
"""The fields of a session's header that notes can say, in the order written."""

_RANKS = {"labelled": 0, "section": 1, "heading": 2, "line": 3, "dated": 4}
"""How much a value is worth by where it stands; the least wins, the first one among equals."""

_CAUTIOUS_RANK = 3
MOST_WORDS_OF_TITLE = 16
SHORTEST_PIECE = 3
"""Letters: less than this is what is left of a date."""


@dataclass(slots=True, kw_only=True)
class _Candidate:
    field: str
    value: str
    rank: int
    line: NoteLine
    typed: str
    doubt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the head says. `people` also holds those whom only initials name; `kept` are lines that say more."""

    fields: tuple[HeaderField, ...]
    people: People
    book: str
    authors: tuple[str, ...]
    group: str
    kept: tuple[str, ...]
    findings: tuple[Finding, ...]


@dataclass(slots=True, kw_only=True)
class HeadReading:
    """Reads the lines of a head one after the other."""

    language: str
    reference: datetime.date
    candidates: list[_Candidate] = field(default_factory=list)
    lines: list[NoteLine] = field(default_factory=list)
    people: list[People] = field(default_factory=list)

    def read(self, line: NoteLine) -> None:
        """Read a line of the head."""
        self.lines.append(line)
        at = find_trailing_by(line.words)
        if at:
            self._read_chunk(line.words[at:].rstrip(")"), line)
        for chunk in _chunks(line.words[:at].rstrip(" ,;|(–—-") if at else line.words):
            self._read_chunk(chunk, line)

    def read_participants(self, people: People, line: NoteLine) -> None:
        """Take a list of names for those who were there, wherever it stands."""
        self.lines.append(line)
        self._take_people(people, line)

    def _take_people(self, people: People, line: NoteLine) -> None:
        self.people.append(people)
        self._offer("participants", ", ".join(people.names), "labelled", line)

    def _offer(self, name: str, value: str, rank: str, line: NoteLine, *, typed: str = "") -> None:
        if value:
            candidate = _Candidate(field=name, value=value, rank=_RANKS[rank], line=line, typed=typed or value)
            self.candidates.append(candidate)

    def _read_chunk(self, words: str, line: NoteLine) -> None:
        labelled = read_labelled(words)
        if labelled is not None and self._read_value(labelled, line):
            return
        dates = find_dates(words, self.language, reference=self.reference)
        if dates:
            self._read_dated(words, dates[0], line)
            return
        self._read_plain(words, line, "heading" if line.kind is LineKind.HEADING and line.level == 1 else "line")

    def _read_dated(self, words: str, found: FoundDate, line: NoteLine) -> None:
        typed = words[found.start : found.end]
        self._offer("date", found.date.isoformat(), "labelled", line, typed=typed)
        self.candidates[-1].doubt = found.doubt
        rest = f"{words[: found.start]}|{' ' * (len(typed) - 1)}{words[found.end :]}"
        time = next(iter(find_times(words, self.language)), None)
        if time is not None:
            self._offer_time(time, words, line)
            rest = f"{rest[: time.start]}|{rest[time.end :]}"
        for piece in re.split(r"\s*[|,;·]\s*|\s+[–—-]\s+|\(|\)", rest):
            if len(re.findall(r"\w", piece)) >= SHORTEST_PIECE:
                self._read_plain(piece.strip(" .,:–—-"), line, "dated")

    def _offer_time(self, found: FoundTime, words: str, line: NoteLine) -> None:
        typed = words[found.start : found.end]
        self._offer("time", found.time, "labelled", line, typed=typed)
        self.candidates[-1].doubt = found.doubt

    def _read_value(self, labelled: Labelled, line: NoteLine) -> bool:
        """Read the value after a label; False when it is not of the kind that the label promises."""
        value = labelled.value
        match labelled.field:
            case "date":
                return self._read_date_value(value, line)
            case "time":
                return self._read_time(value, line)
            case "participants" | "apologies" | "summary-by" | "facilitator":
                return self._read_who(labelled.field, value, line)
            case "pages":
                return self._read_pages(value, line)
            case "book":
                self._offer_book(read_book(value, line), "labelled", line)
            case "label":
                self._read_label(labelled, line)
            case "subject":
                self._read_plain(_REPLY.sub("", value), line, "heading")
            case "mail":
                pass
            case _:
                self._offer(labelled.field, value, "labelled", line)
        return True

    def _read_time(self, value: str, line: NoteLine) -> bool:
        labelled = f"time: {value}"
        found = next(iter(find_times(labelled, self.language)), None)
        if found is not None:
            self._offer_time(found, labelled, line)
        return found is not None

    def _read_who(self, name: str, value: str, line: NoteLine) -> bool:
        people = read_people(value)
        if name == "participants" and people is not None:
            self._take_people(people, line)
        elif name in {"summary-by", "facilitator"} and people is not None:
            self._offer(name, value.strip(" ."), "labelled", line)
        return people is not None or (name in {"participants", "apologies"} and not value)

    def _read_date_value(self, value: str, line: NoteLine) -> bool:
        dates = find_dates(value, self.language, reference=self.reference)
        if not dates:
            return False
        self._read_dated(value, dates[0], line)
        return True

    def _read_pages(self, value: str, line: NoteLine) -> bool:
        text = re.sub(r"\s*[–—−]\s*", "-", value).strip(" .()")
        try:
            read_pages(text)
        except WrongValue:
            return False
        self._offer("pages", text, "labelled", line)
        return True

    def _offer_book(self, book: BookLine, rank: str, line: NoteLine) -> None:
        self._offer("book", book.title, rank, line)
        self._offer("authors", book.authors, rank, line)
        if book.pages:
            self._read_pages(book.pages, line)

    def _read_plain(self, words: str, line: NoteLine, rank: str) -> None:
        section = read_section_label(words)
        if section is not None:
            label, title = section
            is_own = rank != "dated"
            self._offer("label", label, "section" if is_own else "dated", line)
            self._offer(
                "title", _LEADING.sub("", title) if not is_own else title, "section" if is_own else "dated", line
            )
            return
        group = read_group(words)
        if group:
            self._offer("group", group, rank, line)
            return
        length = find_by_line(words, self.language, is_whole=True)
        if length and read_people(words[length:]) is not None:
            self._offer("authors", words[length:].strip(" ."), "line", line)
            return
        if self._read_book_pages(words, line) or _GENERIC.fullmatch(words):
            return
        book = find_book(words, line) if rank == "line" else None
        if book is not None:
            self._offer_book(book, rank, line)
            return
        times = find_times(words, self.language)
        if times and len(words) - (times[0].end - times[0].start) < len("from at until o'clock"):
            self._offer_time(times[0], words, line)
            return
        self._offer("unnamed", tidy_heading(words), rank, line)

    def _read_label(self, labelled: Labelled, line: NoteLine) -> None:
        """Read `Session: 4` as `Session 4`, `Session: Part 2` as `Part 2`, and a title after it."""
        section = read_section_label(labelled.value)
        if section is not None:
            self._offer("label", section[0], "labelled", line)
            self._offer("title", section[1], "section", line)
        elif labelled.value.isdigit():
            self._offer("label", f"{labelled.label} {labelled.value}", "labelled", line)
        else:
            self._offer("label", labelled.value, "labelled", line)

    def _read_book_pages(self, words: str, line: NoteLine) -> bool:
        pages = PAGES.fullmatch(words)
        return pages is not None and self._read_pages(pages["pages"], line)

    def finish(self, document_title: str) -> Head:
        """Choose among all candidates, and keep the lines that say more than the fields."""
        self._name_unnamed()
        chosen: dict[str, _Candidate] = {}
        for each in sorted(self.candidates, key=lambda candidate: candidate.rank):
            chosen.setdefault(each.field, each)
        people = join_people(self.people)
        fields = [
            HeaderField(name=name, value=_value(chosen[name], people), doubt=chosen[name].doubt)
            for name in FIELDS
            if name in chosen
        ]
        title = clean_words(document_title)
        if "title" not in chosen and title and not _GENERIC.fullmatch(title):
            fields.insert(0, HeaderField(name="title", value=title))
        authors = read_people(chosen["authors"].value) if "authors" in chosen else None
        return Head(
            fields=tuple(fields),
            people=people,
            book=chosen["book"].value if "book" in chosen else "",
            authors=authors.names if authors is not None else (),
            group=chosen["group"].value if "group" in chosen else "",
            kept=tuple(line.words for line in self.lines if self._says_more(line, chosen)),
            findings=tuple(_describe(each) for each in chosen.values()),
        )

    def _says_more(self, line: NoteLine, chosen: Mapping[str, _Candidate]) -> bool:
        """Whether a line has words that no field took; a book and a group have no field in a session."""
        own = [each for each in self.candidates if each.line is line and chosen[each.field].value == each.value]
        if any(each.field in {"book", "group", "authors"} for each in own):
            return True
        left = Counter(tokens(line.words))
        for each in own:
            left -= Counter(tokens(each.typed))
        labelled = read_labelled(line.words)
        if labelled is not None and own:
            left -= Counter(tokens(line.words[: len(line.words) - len(labelled.value)]))
        return bool(left)

    def _name_unnamed(self) -> None:
        """Call lines that say nothing of themselves the title, then the book, then the place."""
        ranked = sorted((each for each in self.candidates if each.field == "unnamed"), key=lambda each: each.rank)
        taken = {each.field for each in self.candidates}
        has_line_title = any(each.field == "title" and each.rank < _CAUTIOUS_RANK for each in self.candidates)
        wanted = [name for name in ("title", "book") if name not in taken or (name == "title" and not has_line_title)]
        for candidate in ranked:
            if candidate.rank >= _RANKS["dated"] and (has_line_title or _is_place(candidate.value)):
                candidate.field = "place" if "place" not in taken and _is_place(candidate.value) else "unused"
                taken.add(candidate.field)
            elif wanted and _may_be_title(candidate.value):
                candidate.field = wanted.pop(0)
            else:
                candidate.field = "unused"
        self.candidates = [each for each in self.candidates if each.field not in {"unnamed", "unused"}]


def _may_be_title(words: str) -> bool:
    return not words[:1].islower() and len(words.split()) <= MOST_WORDS_OF_TITLE


def _is_place(words: str) -> bool:
    return bool(
        re.search(
            r"(?i)library|room|hall|cent(?:re|er)|caf[eé]|house|zoom|online|street|church|school|biblioteca|sala|casa|centro|도서관",
            words,
        )
    )


def _chunks(words: str) -> tuple[str, ...]:
    """Divide a line `Date: … | Place: …` whose pieces have labels of their own."""
    pieces = tuple(each for each in _BETWEEN.split(words) if each.strip())
    labelled = [read_labelled(each) for each in pieces]
    return pieces if len(pieces) > 1 and sum(each is not None for each in labelled) > 1 else (words,)


def _value(candidate: _Candidate, people: People) -> str | tuple[str, ...]:
    return people.names if candidate.field == "participants" else candidate.value


def tokens(words: str) -> list[str]:
    """Give the runs of letters and digits of a text, without regard to case."""
    return re.findall(r"[^\W_]+", words.casefold())


def _describe(candidate: _Candidate) -> Finding:
    certainty = Certainty.SURE if candidate.rank < _CAUTIOUS_RANK else Certainty.LIKELY
    if candidate.doubt:
        certainty = Certainty.UNSURE
    return Finding(
        taken_for=candidate.field,
        words=candidate.line.words,
        line=candidate.line.number,
        certainty=certainty,
        result=candidate.value,
    )
