"""A manuscript becomes a document for an audience: what is in it, in which order, and what goes with it."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from models import (
    FOLDER,
    a_book,
    a_guide,
    a_manuscript,
    a_session,
    a_span,
    attribution,
    bullets,
    call_out,
    emphasis,
    free_part,
    pages,
    paragraph,
    pull_quote,
    question,
    questions,
    quotation,
    ranges,
    reading,
    reference,
    turn,
    words,
)

from studyguide.artifacts import BoundInsert, OutlineEntry, TexDocument
from studyguide.errors import ManuscriptError, TemplateError
from studyguide.latex import typeset
from studyguide.model import blocks
from studyguide.model.guide import Audience, Edition, Guide, Insert, Paper, RoundPart, Session
from studyguide.model.locator import LocatorLabel

TEMPLATES = (Path(__file__).parents[3] / "latex_templates",)
NOTE = call_out(blocks.CallOutKind.FACILITATOR, paragraph("Ask who cleans up."))
ROUND = RoundPart(heading=words("First round"), content=(), turns=(turn(1, "Chidi", "The rota."),), span=a_span())


def set_document(
    guide: Guide,
    session: Session | None = None,
    audience: Audience = Audience.PARTICIPANT,
    *,
    template_folders: tuple[Path, ...] = TEMPLATES,
) -> TexDocument:
    """Typeset for letter paper, on a fixed day."""
    return typeset(
        a_manuscript(guide),
        session=session,
        paper=Paper.LETTER,
        audience=audience,
        font_folders=(),
        template_folders=template_folders,
        modified=datetime.datetime(2026, 5, 1, tzinfo=datetime.UTC),
        stamp="a41f",
    )


def handout(session: Session, audience: Audience = Audience.PARTICIPANT) -> TexDocument:
    """Typeset the handout of a guide's only session."""
    return set_document(a_guide(session), session, audience)


def test_the_preamble_is_the_line_that_loads_the_class() -> None:
    """An engine reads it ahead, so nothing else may stand there."""
    assert handout(a_session()).preamble == "\\documentclass{studyguide}\n"


def test_the_same_manuscript_gives_the_same_document() -> None:
    """Nothing in it comes from a clock or a random order."""
    session = a_session(reading("Wells", paragraph("Water ", reference("427"))))
    assert handout(session) == handout(session)


def test_no_line_of_the_body_is_empty() -> None:
    """An empty line is a paragraph to TeX, and an error inside an argument."""
    session = a_session(reading("Wells", paragraph("Water"), quotation(paragraph("Rain"))), questions("Questions"))
    for audience in Audience:
        body = set_document(a_guide(session), None, audience).body
        assert [line for line in body.removesuffix("\n").split("\n") if not line.strip()] == []


def test_lines_that_are_too_long_for_tex_end_at_a_space() -> None:
    """TeX reads 200,000 bytes in one line; many short pieces make a long one."""
    session = a_session(free_part("", paragraph(*(emphasis("water ") for _ in range(20_000)))))
    document = handout(session)
    assert max(len(line) for line in document.body.split("\n")) < 2_100
    assert document.body.count(r"\emph{water") == 20_000


@pytest.mark.parametrize(
    ("audience", "has_note", "has_room", "has_round"),
    [
        (Audience.PARTICIPANT, True, True, False),
        (Audience.FACILITATOR, True, True, False),
        (Audience.RECORD, False, False, True),
    ],
)
def test_each_audience_gets_its_own(audience: Audience, *, has_note: bool, has_room: bool, has_round: bool) -> None:
    """Participants' pages are measured with the facilitator's notes; the record has what was said instead."""
    session = a_session(questions("Questions", question(1, "Who?", under=(NOTE,))), free_part("", NOTE), ROUND)
    body = handout(session, audience).body
    assert ("Ask who cleans up" in body, r"\begin{answerroom}{5}" in body) == (has_note, has_room)
    assert (r"\begin{facilitatornote}" in body, "Chidi" in body) == (has_note, has_round)


def test_nobody_but_the_record_names_the_participants() -> None:
    """Who was there belongs to what was said."""
    session = replace(a_session(), participants=("Dolores", "Chidi"))
    assert "Dolores" not in handout(session).body
    assert "Dolores" in handout(session, Audience.RECORD).body


def test_a_note_deep_in_a_question_goes_to_its_room() -> None:
    """Nothing for facilitators is printed among the words of a question."""
    under = (bullets((paragraph("From whose hand?"), NOTE)), quotation(NOTE, paragraph("A ladle.")))
    body = handout(a_session(questions("Questions", question(1, "Who?", under=under)))).body
    room = body.partition(r"\begin{answerroom}{5}")[2].partition(r"\end{answerroom}")[0]
    assert room.count("Ask who cleans up.") == body.count("Ask who cleans up.") == 2
    assert r"\begin{facilitatornote}" not in body


def test_notes_for_facilitators_leave_no_trace_in_lists() -> None:
    """Participants do not see them, and both must have the same pages."""
    note = call_out(
        blocks.CallOutKind.FACILITATOR,
        blocks.Topic(level=3, content=words("Hidden"), span=a_span()),
        paragraph("“Nobody owns it” ", reference("427")),
        quotation(paragraph("Rain.")),
    )
    document = set_document(a_guide(a_session(free_part("Free", note))), None, Audience.FACILITATOR)
    assert "Hidden" not in [entry.title for entry in document.outline]
    assert r"\begin{passages}" not in document.body
    assert r"\begin{quoteindex}" not in document.body


def test_origins_lead_from_the_body_to_the_authors_lines() -> None:
    """The line after an origin holds what the author wrote there."""
    document = handout(a_session(free_part("", paragraph("Water.", line=12), paragraph("Rain.", line=14))))
    lines = document.body.split("\n")
    said = {lines[origin.line]: origin.span.line for origin in document.origins}
    assert (said["Water."], said["Rain."]) == (12, 14)


def test_the_outline_of_a_handout_names_title_parts_and_topics() -> None:
    """Its anchors are those that the body sets."""
    topic = blocks.Topic(level=3, content=words("The ", emphasis("rota")), span=a_span())
    session = a_session(reading("Wells", topic, paragraph("Water ", reference("427"))), free_part("", paragraph("x")))
    document = handout(session)
    assert document.outline == (
        OutlineEntry(level=0, title="Wells: who keeps the water", anchor="s1"),
        OutlineEntry(level=1, title="Wells", anchor="s1.p1"),
        OutlineEntry(level=2, title="The rota", anchor="s1.t1"),
        OutlineEntry(level=1, title="Passages by page", anchor="s1.passages"),
    )
    for entry in document.outline:
        assert f"{{{entry.anchor}}}" in document.body


def test_the_outline_never_skips_a_level() -> None:
    """A deep topic straight under a part stands one level below it."""
    deep = blocks.Topic(level=6, content=words("Deep"), span=a_span())
    document = handout(a_session(free_part("Free", deep)))
    assert [entry.level for entry in document.outline] == [0, 1, 2]


def test_the_outline_of_the_guide_has_prelims_sessions_and_back_matter() -> None:
    """In the order of the pages."""
    session = a_session(reading("Wells", pull_quote(paragraph("Rain."), source=attribution(locator=pages("430")))))
    guide = replace(a_guide(session, replace(session, title="Rain")), preface=(paragraph("Welcome."),))
    document = set_document(guide)
    assert [entry.anchor for entry in document.outline] == [
        "g",
        "g.preface",
        "g.contents",
        "g.calendar",
        "s1",
        "s1.p1",
        "s2",
        "s2.p1",
        "g.passages",
        "g.quotes",
    ]
    assert document.has_prelims


def test_a_picture_gets_a_generated_name_and_is_kept_once() -> None:
    """No name of an author's file reaches TeX."""
    figure = blocks.Figure(path="images/W ell.PNG", alternative_text="a well", caption=(), span=a_span())
    document = handout(a_session(free_part("", figure, figure)))
    (asset,) = document.assets
    assert (asset.name, asset.source) == ("asset-1.png", FOLDER / "images/W ell.PNG")
    assert document.body.count(rf"\Picture{{asset-1.png}}{{{b'a well'.hex()}}}{{}}") == 2


def test_a_strange_suffix_is_left_out_of_the_name() -> None:
    """Only letters and digits are sure to be safe."""
    figure = blocks.Figure(path="well.p%g", alternative_text="", caption=(), span=a_span())
    assert [asset.name for asset in handout(a_session(free_part("", figure))).assets] == ["asset-1"]


def test_the_logo_is_an_asset_of_the_guide() -> None:
    """It is named in guide.md."""
    session = a_session()
    document = set_document(replace(a_guide(session), logo="images/logo.pdf"), session)
    assert [(asset.name, asset.source) for asset in document.assets] == [("asset-1.pdf", FOLDER / "images/logo.pdf")]
    assert r"\Logo{asset-1.pdf}" in document.body


def test_inserts_are_bound_in_after_their_session() -> None:
    """In the guide, each after its own."""
    insert = Insert(path="inserts/map.pdf", first=1, last=2, span=a_span(9))
    session = replace(a_session(), inserts=(insert,))
    guide = a_guide(a_session(), session)
    made = BoundInsert(source=FOLDER / "inserts/map.pdf", first=1, last=2, anchor="s2.end", span=a_span(9))
    assert set_document(guide).inserts == (made,)
    assert set_document(guide, session).inserts == (replace(made, anchor="s1.end"),)


def test_the_metadata_say_what_the_document_is() -> None:
    """Title, group, book with label, language, date and stamp."""
    metadata = handout(a_session()).metadata
    assert (metadata.title, metadata.author) == ("Wells: who keeps the water", "Riverside Reading Group")
    assert (metadata.subject, metadata.language, metadata.stamp) == ("Commons Reader · Section VII", "en", "a41f")


def test_the_document_is_named_after_the_session_or_the_guide() -> None:
    """As its PDF will be."""
    session = a_session()
    assert (handout(session).name, set_document(a_guide(session)).name) == ("03-water", "commons")


def test_a_character_without_a_font_is_told_with_its_line() -> None:
    """All of them at once, before TeX runs."""
    session = a_session(free_part("", paragraph("Water \U000105c0", line=7), paragraph("\U000105c1", line=9)))
    with pytest.raises(ManuscriptError) as caught:
        handout(session)
    assert [problem.span.line for problem in caught.value.diagnostics] == [7, 9]


def test_rows_of_passages_stand_in_book_order() -> None:
    """Roman prelims first, one row for each stretch, the same words of the same page once."""
    session = a_session(
        reading(
            "Wells",
            paragraph("Later ", reference("430")),
            paragraph("Ledgers agree ", reference("427-429", "441")),
            paragraph("The prelims say ", reference("xii")),
            paragraph("Later ", reference("430")),
        )
    )
    body = handout(session).body
    rows = [line for line in body.split("\n") if line.startswith(r"\Passage{")]
    assert rows == [
        r"\Passage{xii}{The prelims say}{s1.r3}",
        r"\Passage{427–429}{Ledgers agree}{s1.r2}",
        r"\Passage{430}{Later}{s1.r1}",
        r"\Passage{441}{Ledgers agree}{s1.r2}",
    ]
    assert r"\begin{passages}{s1.passages}{Passages by page}{" in body


def test_passages_of_several_books_stand_book_by_book() -> None:
    """In the guide's order of books; in a reading of another book that one goes without its title."""
    books = (a_book("Wells", key="wells"), a_book("Rain: a history", key="rain"))
    session = a_session(
        reading("Rain", paragraph("It rains ", reference("7", book="rain")), book="rain"),
        reading("Wells", paragraph("It runs ", reference("9")), paragraph("It falls ", reference("8", book="rain"))),
    )
    body = set_document(a_guide(session, books=books), session).body
    rows = [line for line in body.split("\n") if line.startswith(r"\Passage")]
    assert rows == [
        r"\PassageBook{Wells}",
        r"\Passage{9}{It runs}{s1.r2}",
        r"\PassageBook{Rain}",
        r"\Passage{7}{It rains}{s1.r1}",
        r"\Passage{8}{It falls}{s1.r3}",
    ]
    assert r"It rains\Reference{s1.r1}{p.~7}" in body
    assert r"It falls\Reference{s1.r3}{\emph{Rain}, p.~8}" in body


def test_the_default_book_is_named_in_a_reading_of_another() -> None:
    """There it is the other one."""
    books = (a_book("Wells", key="wells"), a_book("Rain: a history", key="rain"))
    session = a_session(reading("Rain", paragraph("It runs ", reference("9")), book="rain"))
    body = set_document(a_guide(session, books=books), session).body
    assert r"It runs\Reference{s1.r1}{\emph{Wells}, p.~9}" in body


def test_passages_name_the_page_of_another_edition() -> None:
    """Between two known pages it is about right; the head of the column names the edition."""
    hardcover = Edition(name="hardcover", anchors={427: 512, 430: 516})
    session = a_session(reading("Wells", paragraph("It runs ", reference("428", "430", "431"))))
    body = set_document(a_guide(session, books=(a_book(editions=(hardcover,)),)), session).body
    assert r"\begin{passages}{s1.passages}{Passages by page}{Page (hardcover)}" in body
    rows = [line for line in body.split("\n") if line.startswith(r"\Passage{")]
    assert rows == [
        r"\Passage{428 (about 513)}{It runs}{s1.r1}",
        r"\Passage{430 (516)}{It runs}{s1.r1}",
        r"\Passage{431}{It runs}{s1.r1}",
    ]


def test_passages_name_each_of_several_editions() -> None:
    """Then the head of the column cannot."""
    editions = tuple(
        Edition(name=name, anchors={427: page}) for name, page in (("hardcover", 512), ("large print", 801))
    )
    session = a_session(reading("Wells", paragraph("It runs ", reference("427"))))
    body = set_document(a_guide(session, books=(a_book(editions=editions),)), session).body
    assert r"\Passage{427 (hardcover 512, large print 801)}{It runs}{s1.r1}" in body
    assert r"{Passages by page}{Page}" in body


def test_passages_that_are_no_pages_say_what_they_are() -> None:
    """After the pages, with their sign."""
    chapter = reference("3", label=LocatorLabel.CHAPTER)
    session = a_session(reading("Wells", paragraph("It falls ", chapter), paragraph("It runs ", reference("428"))))
    rows = [line for line in handout(session).body.split("\n") if line.startswith(r"\Passage{")]
    assert rows == [r"\Passage{428}{It runs}{s1.r2}", r"\Passage{ch.\nobreakspace{}3}{It falls}{s1.r1}"]
    assert r"{Passages by page}{}" in handout(a_session(reading("Wells", paragraph("It falls ", chapter)))).body


def test_the_index_of_quotes_is_alphabetical() -> None:
    """By first words, without marks and case; with who and where."""
    session = a_session(
        reading(
            "Wells",
            paragraph("“every rota ends here” ", reference("429")),
            paragraph("It is “the rota” ", reference("431")),
            pull_quote(paragraph("“Zeal dries up.”"), source=attribution(locator=pages("430"))),
            quotation(paragraph("A ladle is enough."), source=attribution("Ana Writer")),
            authors="Rosa Imaginary",
        )
    )
    body = set_document(a_guide(session)).body
    entries = [line for line in body.split("\n") if line.startswith(r"\QuoteEntry")]
    assert entries == [
        r"\QuoteEntry{“A ladle is enough.”}{Ana Writer}{s1.r4}",
        r"\QuoteEntry{“every rota ends here”}{Rosa Imaginary, p.\nobreakspace{}429}{s1.r1}",
        r"\QuoteEntry{“Zeal dries up.”}{Rosa Imaginary, p.\nobreakspace{}430}{s1.r3}",
    ]


def test_a_quotation_from_another_book_is_not_the_readings() -> None:
    """Its own authors wrote it; its title says where it is from."""
    books = (a_book("Wells", key="wells"), replace(a_book("Rain: a history", key="rain"), authors=("Ilse Made-Up",)))
    said = paragraph("“until it touches a roof” ", reference("3", book="rain"))
    session = a_session(reading("Wells", said, authors="Rosa Imaginary"))
    body = set_document(a_guide(session, books=books)).body
    assert r"\QuoteEntry{“until it touches a roof”}{Ilse Made-Up, Rain, p.\nobreakspace{}3}{s1.r1}" in body


def test_marks_inside_a_quotation_become_inner_ones() -> None:
    """The index puts its own around the whole."""
    session = a_session(free_part("", quotation(paragraph("“Close” and “open” are verbs."))))
    assert r"\QuoteEntry{“‘Close’ and ‘open’ are verbs.”}" in set_document(a_guide(session)).body


def test_a_heading_without_words_is_not_in_the_outline() -> None:
    """A bookmark without a title cannot be clicked."""
    picture = blocks.InlineImage(path="images/well.png", alternative_text="a well", span=a_span())
    part = replace(free_part("", paragraph("x")), heading=(picture,))
    assert [entry.level for entry in handout(a_session(part)).outline] == [0]


def test_a_guides_own_templates_replace_those_of_studyguide(tmp_path: Path) -> None:
    """The first folder that has a file of the name wins; the others stay."""
    (tmp_path / "session.tex.j2").write_text("\\VAR{session.title}\n", encoding="utf-8")
    session = a_session()
    document = set_document(a_guide(session), session, template_folders=(tmp_path, *TEMPLATES))
    assert "\\begin{document}\n\\SessionTitle{s1}{Wells: who keeps the water}\n\\end{document}\n" in document.body


def test_a_mistake_in_a_guides_own_template_is_told(tmp_path: Path) -> None:
    """With the file, the line and what was meant."""
    (tmp_path / "session.tex.j2").write_text("\\VAR{session.tilte}\n", encoding="utf-8")
    session = a_session()
    with pytest.raises(TemplateError, match=r"session\.tex\.j2:1: ") as caught:
        set_document(a_guide(session), session, template_folders=(tmp_path, *TEMPLATES))
    assert caught.value.hint == "did you mean `title`?"


def test_the_reading_line_counts_pages_and_time() -> None:
    """Two minutes a page, to the nearest five."""
    body = handout(a_session()).body
    line = r"\ReadingLine{pp.~423–490\FactSeparator{}68 pages\FactSeparator{}about 2 h 15}"
    assert line in body.replace(r"\nobreakspace{}", " ")


def test_a_session_without_pages_has_no_reading_line() -> None:
    """Nor an empty one."""
    assert r"\ReadingLine" not in handout(replace(a_session(), pages=())).body


def test_pages_that_cannot_be_counted_are_only_named() -> None:
    """From roman to arabic numerals nobody knows how many there are."""
    body = handout(replace(a_session(), pages=ranges("xi-4"))).body
    assert "\\ReadingLine{pp.~xi–4}\n" in body
