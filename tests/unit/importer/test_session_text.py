"""Drafts written by hand, written down as session files, and read back by `reader`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manuscripts import GUIDE, write_guide

from studyguide.importer.draft import BlockKind, Draft, DraftBlock, DraftPart, HeaderField, PartKind
from studyguide.importer.markdown_text import escape_words
from studyguide.importer.session_text import write_session
from studyguide.model.blocks import (
    CallOut,
    CodeBlock,
    ListBlock,
    Paragraph,
    PullQuote,
    Quotation,
    Table,
    Text,
    ThematicBreak,
    Topic,
)
from studyguide.model.guide import FreePart, QuestionsPart, Reading, RoundPart
from studyguide.reader import check_manuscript, format_source, read_manuscript
from studyguide.reader.meaning import read_meaning

if TYPE_CHECKING:
    from studyguide.model.blocks import Block, Inline
    from studyguide.model.guide import Part, Session

PATH = Path("commons/sessions/01-well.md")
FIELDS = (HeaderField(name="title", value="Wells"), HeaderField(name="date", value="2026-05-12"))


def block(kind: BlockKind, text: str = "", *, depth: int = 0, label: str = "", doubt: str = "") -> DraftBlock:
    """Make a block that needs no more."""
    return DraftBlock(kind=kind, text=text, line=1, depth=depth, label=label, doubt=doubt)


def item(text: str, depth: int = 1, *, label: str = "") -> DraftBlock:
    """Make an item of a list."""
    return block(BlockKind.ITEM, text, depth=depth, label=label)


def paragraph(text: str, depth: int = 0) -> DraftBlock:
    """Make a paragraph."""
    return block(BlockKind.PARAGRAPH, text, depth=depth)


def make_part(
    *blocks: DraftBlock, kind: PartKind = PartKind.FREE, heading: str = "Wells", by_line: str = ""
) -> DraftPart:
    """Make a part."""
    return DraftPart(kind=kind, heading=heading, line=1, by_line=by_line, blocks=blocks)


def make_draft(*parts: DraftPart, fields: tuple[HeaderField, ...] = FIELDS, kept: tuple[str, ...] = ()) -> Draft:
    """Make a draft."""
    return Draft(fields=fields, parts=parts, findings=(), kept=kept)


def read(folder: Path, draft: Draft) -> Session:
    """Write a draft down and read it, without a warning but those of its own marks; `fmt` has nothing to do."""
    text = write_session(draft)
    assert format_source(text, PATH) == text
    manuscript = read_manuscript(write_guide(folder, sessions={"01-well.md": text}))
    assert [each.message for each in manuscript.warnings if not each.message.startswith("to be checked")] == []
    return manuscript.guide.sessions[0]


def read_part(folder: Path, *blocks: DraftBlock, kind: PartKind = PartKind.FREE, heading: str = "Wells") -> Part:
    """Read a session of one part."""
    (part,) = read(folder, make_draft(make_part(*blocks, kind=kind, heading=heading))).parts
    return part


def read_blocks(folder: Path, *blocks: DraftBlock) -> tuple[Block, ...]:
    """Read the blocks of a free part."""
    part = read_part(folder, *blocks)
    assert isinstance(part, FreePart)
    return part.content


def outline(blocks: tuple[Block, ...]) -> list[object]:
    """Give lists as nested lists of words; a numbered one begins with its number."""
    shown: list[object] = []
    for each in blocks:
        match each:
            case ListBlock():
                items = [outline(one.content) for one in each.items]
                shown.append(items if each.start is None else [each.start, *items])
            case Paragraph():
                shown.append(words_of(each.content))
            case Quotation() | PullQuote() | CallOut():
                shown.append((type(each).__name__, *outline(each.content)))
            case _:
                shown.append(type(each).__name__)
    return shown


def words_of(inlines: tuple[Inline, ...]) -> str:
    """Give the words of text."""
    return "".join(each.text if isinstance(each, Text) else f"⟨{type(each).__name__}⟩" for each in inlines)


def test_lists_in_lists(tmp_path: Path) -> None:
    """Items stand as deep as they stood; one that is too deep stands one deeper than the one before."""
    made = read_blocks(tmp_path, item("a"), item("b", 2), item("c", 5), item("d", 2), item("e"))
    assert outline(made) == [[["a", [["b", [["c"]]], ["d"]]], ["e"]]]


def test_numbers_go_on(tmp_path: Path) -> None:
    """Letters are numbers; items under one and its paragraphs do not end the count."""
    made = read_blocks(
        tmp_path,
        item("a", label="a"),
        item("under", 2),
        item("b", label="b"),
        paragraph("more", 1),
        item("c", label="c"),
    )
    assert outline(made) == [[1, ["a", [["under"]]], ["b", "more"], ["c"]]]


@pytest.mark.parametrize("depth", [1, 2])
def test_two_numbered_lists_in_a_row_stay_two(tmp_path: Path, depth: int) -> None:
    """A list that begins with its first number again is another one."""
    lists = [item(f"{label}{count}", depth, label=label) for count in "ab" for label in "12"]
    made = outline(read_blocks(tmp_path, *([item("outer")] if depth > 1 else []), *lists))
    two = [[1, ["1a"], ["2a"]], [1, ["1b"], ["2b"]]]
    assert made == (two if depth == 1 else [[["outer", *two]]])


def test_a_list_that_is_all_ones_is_one(tmp_path: Path) -> None:
    """People who know Markdown type 1. before every item."""
    made = read_blocks(tmp_path, *[item(words, label="1") for words in "abc"])
    assert outline(made) == [[1, ["a"], ["b"], ["c"]]]


def test_a_list_keeps_its_first_number(tmp_path: Path) -> None:
    """Also inside an item, and after a quotation there, where Markdown would take it for the rest of a sentence."""
    quotation = block(BlockKind.QUOTATION, "Nobody owns the rain.", depth=1)
    made = read_blocks(
        tmp_path, item("a"), item("three", 2, label="3"), item("b"), quotation, item("seven", 2, label="7")
    )
    assert outline(made) == [[["a", [3, ["three"]]], ["b", ("Quotation", "Nobody owns the rain."), [7, ["seven"]]]]]


def test_numbers_of_two_digits_carry_what_is_under_them(tmp_path: Path) -> None:
    """The tenth item is indented by one more."""
    items = [each for count in range(1, 12) for each in (item("x", label=str(count)), item("y", 2))]
    (made,) = read_blocks(tmp_path, *items)
    assert isinstance(made, ListBlock)
    assert [len(each.content) for each in made.items] == [2] * 11


def test_bullets_after_numbers_are_another_list(tmp_path: Path) -> None:
    """A point ends a numbered list of its depth."""
    assert outline(read_blocks(tmp_path, item("one", label="1"), item("point"))) == [[1, ["one"]], [["point"]]]


@pytest.mark.parametrize(
    ("words", "label"), [("1. x", ""), ("- x", ""), ("> x", ""), ("# x", ""), ("~~~", ""), ("* * *", ""), ("---", "1")]
)
def test_words_that_open_blocks_are_words(tmp_path: Path, words: str, label: str) -> None:
    """In items, paragraphs and quotations."""
    made = read_blocks(
        tmp_path, item(escape_words(words), label=label), paragraph(escape_words(words)),
        block(BlockKind.QUOTATION, escape_words(words)), item("deep"), paragraph(escape_words(words), 1),
    )  # fmt: skip
    assert not any(isinstance(each, CodeBlock | ThematicBreak | Topic) for each in made)
    assert [type(each) for each in made] == [ListBlock, Paragraph, Quotation, ListBlock]


def test_a_table(tmp_path: Path) -> None:
    """The first row is its head; short rows are filled; a bar in a cell is a word."""
    cells = (("Who", "When"), ("Ana",), ("Ben", "a \\| b", "now"))
    rows = [DraftBlock(kind=BlockKind.ROW, text="", cells=each, line=1) for each in cells]
    made = read_blocks(tmp_path, item("before"), *rows, item("after"))
    assert [type(each) for each in made] == [ListBlock, Table, ListBlock]
    table = made[1]
    assert isinstance(table, Table)
    assert [words_of(each) for each in table.head] == ["Who", "When", ""]
    assert [[words_of(cell) for cell in row] for row in table.rows] == [["Ana", "", ""], ["Ben", "a | b", "now"]]


def test_code(tmp_path: Path) -> None:
    """Lines of code are one block, printed as typed, marks of code and of checks too; a list ends before it."""
    lines = ("  x = 1", "", "~~~~~", "- no item", "<!-- check: x -->")
    made = read_blocks(tmp_path, item("a"), *[block(BlockKind.CODE, each, depth=1) for each in lines], item("b", 2))
    assert [type(each) for each in made] == [ListBlock, CodeBlock, ListBlock]
    assert isinstance(made[1], CodeBlock)
    assert made[1].text == "\n".join(lines)


def test_quotations(tmp_path: Path) -> None:
    """Several paragraphs stay one quotation, with its place; two in a row stay two."""
    first = DraftBlock(kind=BlockKind.QUOTATION, text="One.\nTwo.", source="p. 430", line=1)
    second = DraftBlock(kind=BlockKind.PULL_QUOTE, text="Three.", source="Ana, p. 431", line=1)
    one, two = read_blocks(tmp_path, first, second)
    assert isinstance(one, Quotation)
    assert isinstance(two, PullQuote)
    assert outline((one, two)) == [("Quotation", "One.", "Two."), ("PullQuote", "Three.")]
    assert one.attribution is not None
    assert two.attribution is not None
    assert (one.attribution.content, words_of(two.attribution.content)) == ((), "Ana")


@pytest.mark.parametrize("dash", ["—", "–", "―"])
def test_a_dash_does_not_name_who_said_it(tmp_path: Path, dash: str) -> None:
    """The last paragraph of a quotation may begin with a dash, as speech does in novels."""
    (made,) = read_blocks(tmp_path, block(BlockKind.QUOTATION, f"{dash} Who?\n{dash} The neighbours."))
    assert isinstance(made, Quotation)
    assert made.attribution is None
    assert outline(made.content) == [f"{dash} Who?", f"{dash} The neighbours."]


def test_quotations_and_notes_in_lists(tmp_path: Path) -> None:
    """They belong to the item that they stand under, and leave the list tight."""
    made = read_blocks(
        tmp_path,
        item("a"),
        block(BlockKind.PULL_QUOTE, "Three.", depth=1),
        item("b"),
        item("c", 2),
        block(BlockKind.FACILITATOR_NOTE, "Ask who cleans up.\n— kindly", depth=1),
        item("d"),
    )
    assert outline(made) == [
        [["a", ("PullQuote", "Three.")], ["b", [["c"]], ("CallOut", "Ask who cleans up.", "— kindly")], ["d"]]
    ]
    assert isinstance(made[0], ListBlock)
    assert made[0].is_tight


def test_what_stands_in_no_list_ends_it(tmp_path: Path) -> None:
    """After a topic or a line across, a deep item stands in a list of its own."""
    made = read_blocks(tmp_path, item("a"), item("b", 2), block(BlockKind.TOPIC, "Rope #"), item("c", 3, label="4"))
    assert [type(each) for each in made] == [ListBlock, Topic, ListBlock]
    assert isinstance(made[1], Topic)
    assert words_of(made[1].content) == "Rope #"
    made = read_blocks(tmp_path, item("a"), block(BlockKind.RULE, depth=1), item("b", 2))
    assert [type(each) for each in made] == [ListBlock, ThematicBreak, ListBlock]


def test_check_marks(tmp_path: Path) -> None:
    """Every doubt is listed by `check`, on its line; none is printed."""
    draft = make_draft(
        DraftPart(
            kind=PartKind.FREE,
            heading="Wells",
            line=1,
            doubt="a part?",
            blocks=(
                block(BlockKind.ITEM, "a", depth=1, doubt="an -- item --> ?"),
                block(BlockKind.PARAGRAPH, "b", depth=1, doubt="a paragraph?"),
                DraftBlock(kind=BlockKind.QUOTATION, text="One.\nTwo.", source="p. 4", line=1, doubt="a place?"),
                block(BlockKind.PULL_QUOTE, "Three.", doubt="a quote?"),
                block(BlockKind.TOPIC, "Rope", doubt="a topic?"),
            ),
        ),
        fields=(HeaderField(name="title", value="It's: #1", doubt="a title?"), FIELDS[1]),
    )
    text = write_session(draft)
    folder = write_guide(tmp_path, sessions={"01-well.md": text})
    marks = [each for each in check_manuscript(folder) if each.message.startswith("to be checked: ")]
    doubts = ["a title?", "a part?", "an – item –› ?", "a paragraph?", "a place?", "a quote?", "a topic?"]
    assert [each.message.removeprefix("to be checked: ") for each in marks] == doubts
    assert all(doubt in text.split("\n")[each.span.line - 1] for doubt, each in zip(doubts, marks, strict=True))
    assert not any(doubt in str(read_manuscript(folder).guide.sessions[0].parts) for doubt in doubts)


@pytest.mark.parametrize(
    ("by_line", "authors", "pages"),
    [
        ("Rosa Imaginary, pp. 423-441", "Rosa Imaginary", ("423", "441")),
        ("Rosa Imaginary and Ben de la Cruz, p. 12", "Rosa Imaginary and Ben de la Cruz", ("12", "12")),
        ("Rosa Imaginary", "Rosa Imaginary", None),
    ],
)
def test_a_reading(tmp_path: Path, by_line: str, authors: str, pages: tuple[str, str] | None) -> None:
    """Its authors and pages; what follows is no part of that line."""
    part = make_part(paragraph("Words."), kind=PartKind.READING, by_line=by_line)
    (made,) = read(tmp_path, make_draft(part)).parts
    assert isinstance(made, Reading)
    assert made.authors == authors
    assert (None if made.pages is None else (made.pages.first, made.pages.last)) == pages
    assert outline(made.content) == ["Words."]


@pytest.mark.parametrize(
    "words",
    ["By hand, says Rosa, we draw", "By Rosa Imaginary", "by Ana and Ben, p. 4", "By - Rosa", "By  Rosa", "By 1. Rosa"],
)
def test_a_free_part_does_not_become_a_reading(tmp_path: Path, words: str) -> None:
    """A paragraph that opens with `By` is one where the notes were no reading."""
    made = read_blocks(tmp_path, paragraph(" ".join(words.split())))
    assert outline(made)[0] in (" ".join(words.split()), "by Ana and Ben, p. 4")


@pytest.mark.parametrize("words", ["Ana: yes, the rota.", "**Ana:** yes", "Ana and Ben: no", "A note: look"])
def test_a_turn_outside_a_round_is_words(tmp_path: Path, words: str) -> None:
    """Only in rounds a name with a colon is somebody who speaks."""
    part = read_part(tmp_path, paragraph(words), item(words))
    assert isinstance(part, FreePart)
    assert [type(each) for each in part.content] == [Paragraph, ListBlock]


def test_questions_and_rounds(tmp_path: Path) -> None:
    """Questions with what is under them; turns with speakers and replies."""
    questions = make_part(
        item("Who?", label="1"), item("why", 2), item("When? (5 min)", label="2"),
        kind=PartKind.QUESTIONS, heading="Discussion questions",
    )  # fmt: skip
    turn = DraftBlock(kind=BlockKind.ITEM, text="yes *so*", line=1, depth=1, label="1", speaker="Ana *: Ruiz")
    reply = DraftBlock(kind=BlockKind.ITEM, text="", line=1, depth=2, speaker="Ben")
    rounds = make_part(turn, reply, kind=PartKind.ROUND, heading="First round")
    asked, said = read(tmp_path, make_draft(questions, rounds)).parts
    assert isinstance(asked, QuestionsPart)
    assert [(each.number, each.minutes) for each in asked.questions] == [(1, None), (2, 5)]
    assert isinstance(said, RoundPart)
    assert [(each.speaker, [one.speaker for one in each.replies]) for each in said.turns] == [("Ana  Ruiz", ["Ben"])]


VALUES = (
    *("Wells: who keeps them", 'The "dry" year', "It’s ours", "It's", '"', "'", "a # b", "#1", "[Draft] Wells", "{x}"),
    *("- dash", "-", "yes", "No", "null", "~", "on", "12", "0x1F", "1e3", "2026-05-12", "18:30", "", "*a*", "&a", "!a"),
    *("a: b: c", "a \\ b", "| x", "> x", "%", "@x", "`x`", "? x", "우물", "Ana’s, Ben’s", "a — b", "..", "---", "A"),
)  # fmt: skip


@pytest.mark.parametrize("value", VALUES)
def test_values_of_the_header_are_texts(value: str) -> None:
    """Whatever YAML would make of them; alone, in a list, and with a doubt beside."""
    title = HeaderField(name="title", value=f"{value}" or "x", doubt="is this it?")
    people = HeaderField(name="participants", value=("Ana", value) if value else ("Ana",))
    fields = (title, FIELDS[1], HeaderField(name="label", value=value), people)
    text = write_session(make_draft(fields=fields))
    meaning = read_meaning(tuple(text.split("\n")), PATH)
    assert meaning.header == (
        ("format", "studyguide/1"),
        ("title", title.value),
        ("date", "2026-05-12"),
        ("label", value),
        ("participants", people.value),
    )
    assert format_source(text, PATH) == text


def test_kept_lines_are_comments(tmp_path: Path) -> None:
    """Lines of the head that say nothing new are in the file, and not printed."""
    draft = make_draft(make_part(paragraph("Words.")), kept=("Ana brought bread: yes",))
    assert "\n# from the notes: Ana brought bread: yes\n---\n" in write_session(draft)
    assert "bread" not in str(read(tmp_path, draft))


WORDS = (
    "well",
    "Ana: yes",
    "By hand",
    "1. x",
    "*x*",
    "- x",
    "> x",
    "~~~",
    "::: note",
    "| x |",
    "# x",
    "---",
    "“x”",
    "— x",
)
texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(lambda words: escape_words(" ".join(words)))


@st.composite
def blocks(draw: st.DrawFn) -> DraftBlock:
    """Make any block."""
    kind = draw(st.sampled_from(BlockKind))
    is_quote = kind in {BlockKind.QUOTATION, BlockKind.PULL_QUOTE}
    return DraftBlock(
        kind=kind,
        text=draw(texts) + (f"\n{draw(texts)}" if is_quote and draw(st.booleans()) else ""),
        line=1,
        depth=draw(st.integers(0, 4)) if kind is not BlockKind.ITEM else draw(st.integers(1, 4)),
        label=draw(st.sampled_from(("", "", "1", "2", "9", "10", "a", "iv", "²", "1234567890"))),
        source=draw(st.sampled_from(("", "p. 4", "Ana, p. 4"))) if is_quote else "",
        cells=tuple(each.replace("|", "\\|") for each in draw(st.lists(texts, max_size=3))),
        level=draw(st.integers(0, 8)),
        doubt=draw(st.sampled_from(("", "", "is -- it --> so?"))),
    )


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """Make a draft of parts of every kind."""
    headings = {PartKind.QUESTIONS: "Questions", PartKind.ROUND: "First round", PartKind.ANNOUNCEMENTS: "News"}
    parts = tuple(
        DraftPart(
            kind=kind,
            heading=headings.get(kind, "Wells"),
            line=1,
            by_line="Rosa Imaginary, pp. 4-9" if kind is PartKind.READING else "",
            blocks=tuple(draw(st.lists(blocks(), max_size=8))),
        )
        for kind in draw(st.lists(st.sampled_from(PartKind), max_size=3))
    )
    return make_draft(*parts)


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder for many sessions."""
    return write_guide(tmp_path_factory.mktemp("guide"), guide=GUIDE)


@settings(max_examples=40)
@given(draft=drafts())
def test_any_draft_makes_a_session_without_errors(guide: Path, draft: Draft) -> None:
    """`reader` finds only the marks that we made, every part is what it was meant to be, `fmt` changes nothing."""
    text = write_session(draft)
    session = write_guide(guide, sessions={"01-well.md": text}) / "sessions" / "01-well.md"
    problems = check_manuscript(guide, session=session)
    strange = ("to be checked", "the page", "is after", "pages ")
    assert [str(each) for each in problems if not each.message.startswith(strange)] == []
    kinds = {PartKind.FREE: "FreePart", PartKind.READING: "Reading", PartKind.QUESTIONS: "QuestionsPart"}
    kinds |= {PartKind.ROUND: "RoundPart", PartKind.ANNOUNCEMENTS: "AnnouncementsPart"}
    made = read_manuscript(guide, session=session).guide.sessions[0].parts
    assert [type(each).__name__ for each in made] == [kinds[each.kind] for each in draft.parts]
    assert format_source(text, PATH) == text


@settings(max_examples=40)
@given(draft=drafts())
def test_any_draft_keeps_its_items_and_code(guide: Path, draft: Draft) -> None:
    """As many items, tables' rows and lines of code come out as went in."""
    text = write_session(draft)
    session = write_guide(guide, sessions={"01-well.md": text}) / "sessions" / "01-well.md"
    made = str(read_manuscript(guide, session=session).guide.sessions[0].parts)
    kinds = [each.kind for part in draft.parts for each in part.blocks]
    items = kinds.count(BlockKind.ITEM)
    assert made.count("ListItem(") + made.count("Question(") + made.count("Turn(") >= items
    assert made.count("Topic(") == kinds.count(BlockKind.TOPIC)
    assert made.count("ThematicBreak(") == kinds.count(BlockKind.RULE)
    quotes = {
        BlockKind.QUOTATION: "Quotation(",
        BlockKind.PULL_QUOTE: "PullQuote(",
        BlockKind.FACILITATOR_NOTE: "CallOut(",
    }
    assert {name: made.count(name) for name in quotes.values()} == {
        name: kinds.count(kind) for kind, name in quotes.items()
    }
