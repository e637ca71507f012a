"""A part's lines become blocks: items, quotations, questions, turns, notes for the facilitator.

Comes in: a `Section`. Goes out: a `DraftPart` and what was found in it.
Left to others: the words of a line (`sentences`), where parts begin (`sections`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from studyguide.importer.draft import BlockKind, Certainty, DraftBlock, DraftPart, Finding, PartKind
from studyguide.importer.markdown_text import escape_words
from studyguide.importer.notes import Bullet, LineKind, Mark, MarkKind, NoteLine
from studyguide.importer.recognition.call_outs import part_call_outs
from studyguide.importer.recognition.facilitator_notes import find_facilitator_note
from studyguide.importer.recognition.locators import PagesKnown, find_locators
from studyguide.importer.recognition.part_names import choose_heading, tidy_heading
from studyguide.importer.recognition.people import People, Speaker, find_bold_speaker, find_speaker
from studyguide.importer.recognition.sentences import (
    Sentence,
    SentenceRules,
    find_continued,
    plain_markdown,
    write_sentence,
)
from studyguide.importer.recognition.side_questions import find_question_label

if TYPE_CHECKING:
    from studyguide.importer.recognition.sections import Section

_SOURCE = re.compile(r"\s*(?:—|–|--?)\s+(?P<source>\S.{0,120})")
_LEAST_WORDS_SET_OFF = 8
"""A shorter quotation in a paragraph of its own stays in the running text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRules:
    """What holds in the whole session: the pages that are known, who takes part, the language of the guide."""

    known: PagesKnown
    people: People
    language: str


@dataclass(slots=True, kw_only=True)
class PartWriter:
    """Writes the blocks of one part and collects what it found."""

    section: Section
    rules: PartRules
    blocks: list[DraftBlock] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    count: int = 0
    turn_column: int | None = None
    continued: frozenset[int] = frozenset()

    def write(self) -> DraftPart:
        """Write the part."""
        section = self.section
        self._introduce()
        section.lines, boxes = part_call_outs(section.lines)
        self.findings.extend(boxes)
        self.continued = find_continued(section.lines)
        for at, line in enumerate(section.lines):
            self._write_line(at, line)
        original = section.original or section.title
        heading, is_ours = choose_heading(section.kind, section.title, section.original, self.rules.language)
        if is_ours and original:
            words = DraftBlock(kind=BlockKind.PARAGRAPH, text=f"*{plain_markdown(original)}*", line=section.line)
            self.blocks.insert(0, words)
        return DraftPart(
            kind=section.kind,
            heading=plain_markdown(heading),
            line=section.line,
            by_line=self._write_by_line(),
            blocks=tuple(self.blocks),
            doubt=section.doubt,
        )

    def _introduce(self) -> None:
        section = self.section
        certainty = Certainty.UNSURE if section.doubt else Certainty.SURE
        words = " / ".join(each.words for each in section.heads) or section.title
        if section.title or section.doubt:
            self.findings.append(
                Finding(
                    taken_for="part" if section.kind is PartKind.FREE else section.kind.value,
                    words=words,
                    line=section.line,
                    certainty=certainty,
                    result=section.by_line,
                )
            )
        if section.subtitle:
            text = f"*{plain_markdown(section.subtitle)}*"
            self.blocks.append(DraftBlock(kind=BlockKind.PARAGRAPH, text=text, line=section.line))

    def _write_by_line(self) -> str:
        by_line = self.section.by_line
        found = find_locators(by_line, self.rules.known)
        last = found[-1] if found and found[-1].locator.startswith("p") else None
        if last is None or by_line[last.end :].strip(" .)"):
            return escape_words(by_line)
        self.findings.append(
            Finding(
                taken_for="pages of a reading", words=by_line[last.start :], line=self.section.line, result=last.locator
            )
        )
        return f"{escape_words(by_line[: last.start].rstrip(' ,('))}, {last.locator}"

    def _write_line(self, at: int, line: NoteLine) -> None:
        match line.kind:
            case LineKind.HEADING:
                self._add(
                    DraftBlock(
                        kind=BlockKind.TOPIC, text=plain_markdown(tidy_heading(line.words)), line=line.number, level=3
                    )
                )
                self.findings.append(Finding(taken_for="topic", words=line.words, line=line.number))
            case LineKind.RULE:
                if self.blocks and self.blocks[-1].kind is not BlockKind.RULE and at + 1 < len(self.section.lines):
                    self._add(DraftBlock(kind=BlockKind.RULE, text="", line=line.number))
            case LineKind.COMMENT:
                self._write_comment(line)
            case LineKind.ROW:
                cells = tuple(escape_words(each).replace("|", "\\|") for each in line.cells)
                self._add(DraftBlock(kind=BlockKind.ROW, text="", cells=cells, line=line.number, depth=line.depth))
            case LineKind.CODE:
                self._add(DraftBlock(kind=BlockKind.CODE, text=line.words, line=line.number))
            case LineKind.QUOTE:
                self._write_quote(line)
            case LineKind.TEXT:
                self._write_text(line)

    def _add(self, block: DraftBlock) -> None:
        self.blocks.append(block)

    def _sentence(self, line: NoteLine, skip: int = 0) -> Sentence:
        rules = SentenceRules(
            known=self.rules.known,
            is_continued=line.number in self.continued,
            has_references=self.section.kind is not PartKind.ANNOUNCEMENTS,
        )
        sentence = write_sentence(line, rules, skip=skip)
        self.findings.extend(sentence.findings)
        if sentence.doubt:
            self.findings.append(
                Finding(
                    taken_for="doubt",
                    words=line.words,
                    line=line.number,
                    certainty=Certainty.UNSURE,
                    result=sentence.doubt,
                )
            )
        return sentence

    def _write_comment(self, line: NoteLine) -> None:
        words = f"{line.author}: {line.words}" if line.author else line.words
        self._add(
            DraftBlock(
                kind=BlockKind.FACILITATOR_NOTE,
                text=escape_words(words),
                line=line.number,
                depth=line.depth,
            )
        )
        self.findings.append(
            Finding(taken_for="comment", words=words, line=line.number, result="a note for the facilitator")
        )

    def _write_quote(self, line: NoteLine) -> None:
        source = _SOURCE.fullmatch(line.words)
        last = self.blocks[-1] if self.blocks else None
        if source is not None and last is not None and last.kind is BlockKind.QUOTATION and not last.source:
            self.blocks[-1] = replace(last, source=self._sentence(line, source.start("source")).text.strip("()"))
            return
        sentence = self._sentence(line)
        if last is not None and last.kind is BlockKind.QUOTATION and not last.source and not line.gap:
            self.blocks[-1] = replace(last, text=f"{last.text}\n{sentence.text}")
            return
        text, locator = (sentence.quotation, sentence.locator) if sentence.quotation else (sentence.text, "")
        self._add(
            DraftBlock(
                kind=BlockKind.QUOTATION,
                text=text,
                line=line.number,
                source=locator,
                doubt=sentence.doubt,
                depth=line.depth or int(self.section.kind is PartKind.ROUND and self.count > 0),
            )
        )

    def _write_facilitator_note(self, line: NoteLine, length: int) -> None:
        text = self._sentence(line, length).text
        depth = max(line.depth - (line.bullet is not Bullet.NONE), 0)
        self._add(DraftBlock(kind=BlockKind.FACILITATOR_NOTE, text=text, line=line.number, depth=depth))
        self.findings.append(Finding(taken_for="facilitator note", words=line.words, line=line.number))

    def _write_text(self, line: NoteLine) -> None:
        note = find_facilitator_note(line.words)
        if note:
            self._write_facilitator_note(line, note)
            return
        match self.section.kind:
            case PartKind.QUESTIONS if line.depth <= 1 and self._is_question(line):
                self._write_question(line)
            case PartKind.ROUND:
                self._write_turn(line)
            case PartKind.ANNOUNCEMENTS if line.depth == 0 and not self._has_items():
                self._write_item(replace(line, bullet=Bullet.POINT, depth=1))
                self.findings.append(Finding(taken_for="announcement", words=line.words, line=line.number))
            case _:
                self._write_plain(line)

    def _has_items(self) -> bool:
        return any(each.bullet is not Bullet.NONE for each in self.section.lines)

    def _write_plain(self, line: NoteLine) -> None:
        if self.section.kind is PartKind.ANNOUNCEMENTS and line.depth == 1 and line.bullet is not Bullet.NONE:
            self.findings.append(Finding(taken_for="announcement", words=line.words, line=line.number))
        if line.bullet is not Bullet.NONE:
            self._write_item(line)
            return
        sentence = self._sentence(line)
        if line.depth == 0 and sentence.quotation and len(sentence.quotation.split()) >= _LEAST_WORDS_SET_OFF:
            block = DraftBlock(
                kind=BlockKind.QUOTATION,
                text=sentence.quotation,
                source=sentence.locator,
                line=line.number,
                doubt=sentence.doubt,
            )
        else:
            block = DraftBlock(
                kind=BlockKind.PARAGRAPH, text=sentence.text, line=line.number, depth=line.depth, doubt=sentence.doubt
            )
        self._add(block)

    def _write_item(
        self, line: NoteLine, *, skip: int = 0, speaker: str = "", label: str = "", doubt: str = ""
    ) -> None:
        sentence = self._sentence(line, skip)
        text = sentence.text
        if line.bullet is Bullet.LETTER and not speaker:
            text = f"{line.label}) {text}"
        self._add(
            DraftBlock(
                kind=BlockKind.ITEM,
                text=text,
                line=line.number,
                depth=max(line.depth, 1),
                label=label or (line.label if line.bullet is Bullet.NUMBER else ""),
                speaker=speaker,
                doubt="; ".join(each for each in (doubt, sentence.doubt) if each),
            )
        )

    def _is_question(self, line: NoteLine) -> bool:
        if line.bullet is not Bullet.NONE:
            return line.depth == 1
        return line.words.rstrip(" )").endswith("?") or bool(re.search(r"\?\s*\([^()]*\)$", line.words))

    def _write_question(self, line: NoteLine) -> None:
        self.count += 1
        self.findings.append(Finding(taken_for="question", words=line.words, line=line.number))
        skip = find_question_label(line.words)
        self._write_item(replace(line, depth=1, bullet=Bullet.NUMBER), skip=skip, label=str(self.count))

    def _write_turn(self, line: NoteLine) -> None:
        speaker = self._find_speaker(line)
        if speaker is None:
            self._write_unspoken(line)
            return
        depth = self._turn_depth(line)
        is_reply = depth > 1
        self.count += not is_reply
        self.findings.append(
            Finding(
                taken_for="reply" if is_reply else "turn",
                words=line.words[: speaker.length].strip(),
                line=line.number,
                certainty=Certainty.SURE if speaker.is_known else Certainty.LIKELY,
                result=speaker.name,
            )
        )
        label = "" if is_reply else str(self.count)
        own = replace(line, depth=depth, marks=_without_speaker(line, speaker))
        self._write_item(own, skip=speaker.length, speaker=speaker.name, label=label)

    def _find_speaker(self, line: NoteLine) -> Speaker | None:
        if line.bullet is Bullet.NONE and line.depth:
            return None
        return find_bold_speaker(line, self.rules.people) or find_speaker(line.words, self.rules.people)

    def _turn_depth(self, line: NoteLine) -> int:
        """Give how deep a turn stands: below turns that are paragraphs, items and indented paragraphs are replies."""
        if line.bullet is Bullet.NONE and line.depth == 0:
            if self.turn_column is None:
                self.turn_column = line.column
            return 2 if self.count and line.column > self.turn_column + 1 else 1
        return line.depth + 1 if self.turn_column is not None else max(line.depth, 1)

    def _write_unspoken(self, line: NoteLine) -> None:
        """Write a line of a round that names nobody: it goes on with the turn before, or introduces the round."""
        if line.bullet is not Bullet.NONE and self.turn_column is not None:
            self._write_item(replace(line, depth=line.depth + 1))
        elif line.bullet is not Bullet.NONE and line.depth == 1 and self.count:
            self.count += 1
            self._write_item(replace(line, bullet=Bullet.NUMBER), label=str(self.count), doubt="who said this?")
            self.findings.append(
                Finding(
                    taken_for="turn",
                    words=line.words,
                    line=line.number,
                    certainty=Certainty.UNSURE,
                    result="nobody named",
                )
            )
        elif line.bullet is not Bullet.NONE:
            self._write_item(replace(line, bullet=Bullet.POINT) if line.depth > 1 else line)
        else:
            sentence = self._sentence(line)
            depth = max(line.depth, 1) if self.count else line.depth
            self._add(
                DraftBlock(
                    kind=BlockKind.PARAGRAPH, text=sentence.text, line=line.number, depth=depth, doubt=sentence.doubt
                )
            )


def _without_speaker(line: NoteLine, speaker: Speaker) -> tuple[Mark, ...]:
    return tuple(
        each
        for each in line.marks
        if not (each.kind in {MarkKind.STRONG, MarkKind.EMPHASIS} and each.end <= speaker.length + 1)
    )
