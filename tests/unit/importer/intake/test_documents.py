"""Documents and pages become lines: nothing that stands in them or beside them is lost."""

from __future__ import annotations

import pytest
from office_files import (
    LETTERS,
    NUMBERS,
    POINTS,
    ROMANS,
    comment_on,
    deleted,
    footnote,
    hyperlink,
    inserted,
    make_archive,
    make_docx,
    make_odt,
    paragraph,
    picture,
    run,
    table,
)

from studyguide.errors import NotesError
from studyguide.importer.intake.reading import read_notes
from studyguide.importer.notes import Bullet, LineKind, NoteLine, Notes

Shown = tuple[int, str, str, str]

GOOGLE_STYLES = (
    '<style>.lst-kix_q-1 > li:before{content:"" counter(lst-ctn-kix_q-1,lower-latin) ". "}.c1{font-weight:700}</style>'
)


def read_docx(*body: str, **parts: object) -> Notes:
    """Read a docx with this body."""
    return read_notes(make_docx(*body, **parts), "notes.docx")  # type: ignore[arg-type]  # the parts by their names


def read_page(body: str, head: str = "") -> Notes:
    """Read a page with this body."""
    return read_notes(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), "notes")


def show_items(notes: Notes) -> list[Shown]:
    """Show depth, bullet, label and words of all lines."""
    return [(line.depth, line.bullet.value, line.label, line.words) for line in notes.lines]


def show_kinds(notes: Notes) -> list[tuple[int, str, str]]:
    """Show number, kind and words of all lines."""
    return [(line.number, line.kind.value, line.words) for line in notes.lines]


def show_losses(notes: Notes) -> list[tuple[int, str, str]]:
    """Show what could not be kept."""
    return [(loss.number, loss.what, loss.words) for loss in notes.losses]


def show_marks(line: NoteLine) -> list[tuple[str, str, str]]:
    """Show the marked words of a line."""
    return [(line.words[mark.start : mark.end], mark.kind.value, mark.target) for mark in line.marks]


def test_counts_paragraphs_headings_and_items() -> None:
    """Numbers go on over a whole document, whatever a line is; blank paragraphs do not count."""
    notes = read_docx(
        paragraph("Who keeps it", style="heading1"),
        paragraph(""),
        paragraph("The well is kept."),
        paragraph("by turns", numbering=POINTS),
        paragraph("It is old."),
    )
    assert notes.unit == "paragraph"
    assert show_kinds(notes) == [
        (1, "heading", "Who keeps it"),
        (2, "text", "The well is kept."),
        (3, "text", "by turns"),
        (4, "text", "It is old."),
    ]
    assert notes.lines[0].level == 1


def test_begins_with_title_and_subtitle_of_word() -> None:
    """The styles for them are no list and no field: they are the first lines."""
    notes = read_docx(
        paragraph("Wells of the valley", style="Title"), paragraph("A report", style="Subtitle"), paragraph("text")
    )
    assert show_kinds(notes) == [(1, "heading", "Wells of the valley"), (2, "text", "A report"), (3, "text", "text")]
    assert notes.title == ""


def test_lists_keep_depth_bullet_and_label() -> None:
    """Numbers and letters are computed as they are printed, in lists of any depth."""
    notes = read_docx(
        paragraph("pail", numbering=POINTS),
        paragraph("rope", numbering=NUMBERS, level=1),
        paragraph("chain", numbering=NUMBERS, level=1),
        paragraph("long", numbering=LETTERS, level=2),
        paragraph("short", numbering=LETTERS, level=2),
        paragraph("lid", numbering=POINTS),
    )
    assert show_items(notes) == [
        (1, "point", "", "pail"),
        (2, "number", "1", "rope"),
        (2, "number", "2", "chain"),
        (3, "letter", "a", "long"),
        (3, "letter", "b", "short"),
        (1, "point", "", "lid"),
    ]
    assert [line.opens_list for line in notes.lines] == [True, False, False, False, False, False]


def test_roman_numbers_are_letters() -> None:
    """They are counted on from item to item."""
    notes = read_docx(*(paragraph(words, numbering=ROMANS) for words in ("a pail", "a rope", "a lid", "a key")))
    assert [(line.bullet, line.label) for line in notes.lines] == [
        (Bullet.LETTER, label) for label in ("i", "ii", "iii", "iv")
    ]


def test_each_outermost_list_opens_anew() -> None:
    """Two lists with a paragraph between them are two."""
    notes = read_page("<ul><li>a<ul><li>b</li></ul></li></ul><p>c</p><ul><li>d</li><li>e</li></ul><ol><li>f</li></ol>")
    assert [line.words for line in notes.lines if line.opens_list] == ["a", "d", "f"]


def test_a_level_that_holds_only_the_next_is_none() -> None:
    """A point before a letter, and a level that was jumped over, add no depth."""
    notes = read_page('<ul><li>a<ul><li><ol type="a"><li>b</li></ol></li></ul></li></ul>')
    assert show_items(notes) == [(1, "point", "", "a"), (2, "letter", "a", "b")]


def test_further_paragraphs_of_an_item_keep_its_depth() -> None:
    """They have no bullet."""
    notes = read_page("<ul><li><p>a</p><p>more</p><ul><li>b</li></ul><p>last</p></li></ul>")
    assert show_items(notes) == [
        (1, "point", "", "a"),
        (1, "none", "", "more"),
        (2, "point", "", "b"),
        (1, "none", "", "last"),
    ]


def test_line_breaks_divide_a_paragraph() -> None:
    """All of its lines have its number, only the first one has its bullet."""
    notes = read_page("<ol start=3><li>one<br>two <b>and<br>three</b></li></ol>")
    assert [(line.number, line.bullet, line.label, line.words) for line in notes.lines] == [
        (1, Bullet.NUMBER, "3", "one"),
        (1, Bullet.NONE, "", "two and"),
        (1, Bullet.NONE, "", "three"),
    ]
    assert [show_marks(line) for line in notes.lines[1:]] == [[("and", "strong", "")], [("three", "strong", "")]]


def test_marks_links_and_footnotes_stand_at_their_words() -> None:
    """The detour through a search engine is taken out of an address."""
    notes = read_docx(
        paragraph(
            'The "old" ', run("well", "b"), footnote(2), " is on the ", hyperlink("map", "rIdLink"), run(" here", "i")
        ),
        footnotes={2: "See the rota."},
        links={"rIdLink": "https://www.google.com/url?q=https://example.org/map%3Fa%3D1&sa=D"},
    )
    assert notes.lines[0].words == "The “old” well is on the map here"
    assert show_marks(notes.lines[0]) == [
        ("well", "strong", ""),
        ("", "footnote", "See the rota."),
        ("map", "link", "https://example.org/map?a=1"),
        ("here", "emphasis", ""),
    ]


def test_comments_follow_the_line_they_stand_at() -> None:
    """Their author is kept, and so is the depth of the line."""
    notes = read_docx(
        paragraph("ask ", comment_on("them", 7), numbering=POINTS),
        paragraph("next", numbering=POINTS),
        comments={7: ("Chidi", "Who are they?")},
    )
    assert [(line.kind, line.depth, line.bullet, line.words, line.author) for line in notes.lines] == [
        (LineKind.TEXT, 1, Bullet.POINT, "ask them", ""),
        (LineKind.COMMENT, 1, Bullet.NONE, "Who are they?", "Chidi"),
        (LineKind.TEXT, 1, Bullet.POINT, "next", ""),
    ]


def test_suggestions_are_taken_over_or_kept_as_comments() -> None:
    """What was to be added is in the text, what was to go stands beside it."""
    notes = read_docx(paragraph("They ", deleted("sometimes ", "Ana"), "draw ", inserted("by turns", "Ben")))
    assert [(line.kind, line.words, line.author) for line in notes.lines] == [
        (LineKind.TEXT, "They draw by turns", ""),
        (LineKind.COMMENT, "suggested to delete: sometimes", "Ana"),
    ]
    assert show_losses(notes) == [(1, "a suggestion was taken over", "by turns")]


def test_names_what_a_session_cannot_hold() -> None:
    """Pictures, struck out words and margins are reported with their words."""
    notes = read_docx(
        paragraph("first"), paragraph("It is ", run("deep", "strike"), picture("a stone well")), margin="Minutes 4"
    )
    assert notes.lines[1].words == "It is deep"
    assert show_losses(notes) == [
        (2, "struck out words", "deep"),
        (2, "a picture", "a stone well"),
        (1, "words in a page's margin", "Minutes 4"),
    ]


def test_tables_are_rows() -> None:
    """Empty rows are dropped; a table of one column is a frame around paragraphs."""
    notes = read_docx(table(("name", "turn"), ("Ana", ""), ("", "")), table(("framed",)))
    assert [(line.kind, line.cells, line.words) for line in notes.lines] == [
        (LineKind.ROW, ("name", "turn"), "name turn"),
        (LineKind.ROW, ("Ana", ""), "Ana"),
        (LineKind.TEXT, (), "framed"),
    ]


def test_cells_keep_addresses_lists_and_remarks() -> None:
    """A cell is plain words, but all of them."""
    notes = read_page(
        '<table><tr><td><ul><li>a</li><li><a href="https://example.org/">b</a></li></ul></td><td><s>c</s></td></tr></table>'
    )
    assert notes.lines[0].cells == ("a b (https://example.org/)", "c")
    assert show_losses(notes) == [(1, "struck out words", "c")]


def test_quotes_are_quotes_in_pages_only() -> None:
    """In a word processor's file they are paragraphs that somebody indented."""
    assert show_kinds(read_page("<blockquote><p>Draw.</p></blockquote>")) == [(1, "quote", "Draw.")]
    indented = '<w:p><w:pPr><w:ind w:left="1440"/></w:pPr><w:r><w:t>Draw.</w:t></w:r></w:p>'
    assert show_kinds(read_docx(paragraph("first"), indented))[1] == (2, "text", "Draw.")


def test_code_rules_and_lists_of_terms_keep_their_words() -> None:
    """Code is as it was typed, line by line."""
    notes = read_page('<pre>a  "b"\n\n  c</pre><hr><dl><dt>Rota</dt><dd>whose turn it is</dd></dl>')
    assert show_kinds(notes) == [
        (1, "code", 'a  "b"'),
        (1, "code", "  c"),
        (2, "rule", ""),
        (3, "text", "Rota"),
        (4, "text", "whose turn it is"),
    ]
    assert notes.lines[1].gap == 1


def test_a_page_has_its_title_beside_its_lines() -> None:
    """Neither scripts nor styles nor the block of a title are words of the notes."""
    notes = read_page(
        '<header id="title-block-header"><h1 class="title">well notes</h1><p class="author">Ana</p></header>'
        "<script>var pail = 1</script><p>It is deep.</p>",
        "<title>well notes</title><style>p { color: red }</style>",
    )
    assert notes.title == "well notes"
    assert [line.words for line in notes.lines] == ["Ana", "It is deep."]


def test_words_of_unknown_elements_stay() -> None:
    """Chips, marks, keys and formulas are words."""
    notes = read_page(
        "<p><mark>deep</mark> <chip>Ana</chip> <kbd>Enter</kbd> H<sub>2</sub>O <q>yes</q> <math><mi>x</mi></math></p>"
    )
    assert " ".join(line.words for line in notes.lines) == "deep Ana Enter H2O “yes” x"


def test_links_into_the_document_are_words() -> None:
    """One that leads to a file or a script is reported."""
    notes = read_page(
        '<p><a href="#below">see</a> <a href="rota.pdf">the rota</a> <a href="mailto:a@b.org">Ana</a></p>'
    )
    assert notes.lines[0].words == "see the rota Ana"
    assert show_marks(notes.lines[0]) == [("Ana", "link", "mailto:a@b.org")]
    assert show_losses(notes) == [(1, "a link that leads nowhere from here", "rota.pdf")]


def test_lists_of_google_are_nested_by_their_classes() -> None:
    """A list goes on after the lists in it, and a list of letters says so only in the style sheet."""
    notes = read_page(
        '<ol class="c0 lst-kix_q-0 start" start="1"><li class="c1 li-bullet-0"><span>one</span></li></ol>'
        '<ol class="c0 lst-kix_q-1 start" start="1"><li><span>one a</span></li><li>one b</li></ol>'
        '<ol class="c0 lst-kix_q-0" start="2"><li>two</li></ol><p>between</p>'
        '<ol class="lst-kix_q-0" start="3"><li>three<br>&amp; more</li></ol>'
        '<ul class="lst-kix_r-0 start"><li>point</li></ul><ul class="lst-kix_r-2 start"><li>deep</li></ul>',
        GOOGLE_STYLES,
    )
    assert show_items(notes) == [
        (1, "number", "1", "one"),
        (2, "letter", "a", "one a"),
        (2, "letter", "b", "one b"),
        (1, "number", "2", "two"),
        (0, "none", "", "between"),
        (1, "number", "3", "three"),
        (1, "none", "", "& more"),
        (1, "point", "", "point"),
        (2, "point", "", "deep"),
    ]
    assert [line.words for line in notes.lines if line.opens_list] == ["one", "three", "point"]


def test_comments_of_google_leave_the_end_of_the_page() -> None:
    """Their marks go from the text, and footnotes are footnotes."""
    page = (
        '<p class="c1 title" id="h.x"><span>Wells</span></p>'
        '<p>kept<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup> here'
        '<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup></p>'
        '<hr><div><p><a href="#ftnt_ref1" id="ftnt1">[1]</a><span>&nbsp;See the rota.</span></p></div>'
        '<div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>Ask Ana</span></p><p>soon</p></div>'
    )
    notes = read_notes(make_archive({"Wells.html": page, "images/a.png": b"x"}), "wells.zip")
    assert show_kinds(notes) == [(1, "heading", "Wells"), (2, "text", "kept here"), (2, "comment", "Ask Ana soon")]
    assert show_marks(notes.lines[1]) == [("", "footnote", "See the rota.")]


def test_a_comment_of_google_without_its_place_stays() -> None:
    """Nobody knows where it belongs, but its words are there."""
    notes = read_page('<p>kept</p><div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a>Ask Ana</p></div>')
    assert [line.words for line in notes.lines] == ["kept", "[a]Ask Ana"]


def test_an_odt_gives_its_title_comments_and_suggestions() -> None:
    """They are the same lines as in a docx."""
    change = (
        '<text:changed-region text:id="{}"><text:{}><office:change-info><dc:creator>{}</dc:creator>'
        "</office:change-info>{}"
    )
    notes = read_notes(
        make_odt(
            "<text:tracked-changes>"
            + change.format("c1", "deletion", "Ana", "<text:p>old pail</text:p></text:deletion></text:changed-region>")
            + change.format("c2", "insertion", "Ben", "</text:insertion></text:changed-region>")
            + '</text:tracked-changes><text:p text:style-name="P1">Wells</text:p><text:p>kept '
            "<office:annotation><dc:creator>Ana</dc:creator><dc:date>2026-05-12T00:00:00</dc:date>"
            "<text:p>Who <text:span>kee</text:span>ps &amp; pays?</text:p></office:annotation>here "
            '<text:change text:change-id="c1"/>and <text:change-start text:change-id="c2"/>there'
            '<text:change-end text:change-id="c2"/></text:p>',
            styles='<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>',
        ),
        "notes.odt",
    )
    assert [(line.number, line.kind.value, line.words, line.author) for line in notes.lines] == [
        (1, "heading", "Wells", ""),
        (2, "text", "kept here and there", ""),
        (2, "comment", "Who keeps & pays?", "Ana"),
        (2, "comment", "suggested to delete: old pail", "Ana"),
    ]
    assert show_losses(notes) == [(2, "a suggestion was taken over", "there")]


def test_reads_rich_text() -> None:
    """Its letters in another encoding, its looks and its title are known."""
    notes = read_notes(rb"{\rtf1\ansi{\info{\title Wells}} A caf\'e9 {\b here}\par next\par}", "notes.rtf")
    assert notes.title == "Wells"
    assert [line.words for line in notes.lines] == ["A café here", "next"]
    assert show_marks(notes.lines[0]) == [("here", "strong", "")]


def test_three_formats_give_the_same_lines() -> None:
    """Whoever saves the same outline in another format gets the same notes."""
    nested = "<text:list><text:list-item><text:p>by turns</text:p></text:list-item></text:list>"
    odt = (
        '<text:p>Rules</text:p><text:list text:style-name="L"><text:list-item><text:p>a “rota”</text:p>'
        f"{nested}</text:list-item></text:list>"
    )
    levels = "".join(f'<text:list-level-style-bullet text:level="{level}" text:bullet-char="•"/>' for level in (1, 2))
    points = f'<text:list-style style:name="L">{levels}</text:list-style>'
    page = "<p>Rules</p><ul><li>a &ldquo;rota&rdquo;<ul><li>by turns</li></ul></li></ul>"
    docx = (
        paragraph("Rules"),
        paragraph("a “rota”", numbering=POINTS),
        paragraph("by turns", numbering=POINTS, level=1),
    )
    written = read_docx(*docx)
    assert written.lines == read_page(page).lines
    assert written.lines == read_notes(make_odt(odt, styles=points), "notes.odt").lines


@pytest.mark.parametrize("levels", [101, 3000])
def test_refuses_lists_that_nobody_typed(levels: int) -> None:
    """Beyond a hundred levels the document is refused, and nothing breaks."""
    with pytest.raises(NotesError) as refused:
        read_page("<ul><li>x" * levels + "</li></ul>" * levels)
    assert refused.value.message == "the lists are nested too deep to be read as notes"


def test_refuses_looks_that_nobody_gave() -> None:
    """Emphasis in emphasis has an end, too."""
    with pytest.raises(NotesError) as refused:
        read_page(f"<p>{'<b><i>' * 90}x{'</i></b>' * 90}</p>")
    assert "nested too deep" in refused.value.message
