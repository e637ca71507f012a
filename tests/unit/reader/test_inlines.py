"""Text inside blocks: words, links, pictures, notes, and what prints exactly as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from manuscripts import GUIDE, PNG, problems_in_body, read_part
from manuscripts_shown import show

from studyguide.model.blocks import Paragraph, Quotation
from studyguide.reader.markdown import MarkdownFile
from studyguide.reader.source import Source
from studyguide.reader.words import plain_text

if TYPE_CHECKING:
    from pathlib import Path


def words_of(folder: Path, body: str, *, guide: str = GUIDE) -> str:
    """Show the inlines of the one paragraph of a body."""
    shown = show(read_part(folder, body, guide=guide))
    assert shown.startswith("FreePart\n  Paragraph content=")
    return shown.removeprefix("FreePart\n  Paragraph content=").removesuffix("\n")


def printed_words(folder: Path, body: str, *, guide: str = GUIDE) -> str:
    """Give the plain words of the one paragraph of a body."""
    (paragraph,) = read_part(folder, body, guide=guide).content
    assert isinstance(paragraph, Paragraph)
    return plain_text(paragraph.content)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("plain words", "'plain words'"),
        ("two\nlines", "'two lines'"),
        ("a *soft* and **strong** word", "'a '+*'soft'*+' and '+**'strong'**+' word'"),
        ("***both***", "***'both'***"),
        ("snake_case_word and 2*3*4", "'snake_case_word and 2'+*'3'*+'4'"),
        ("a `code *span*` here", "'a '+`code *span*`+' here'"),
        ("hard  \nbreak and\\\nanother", "'hard'+|+'break and'+|+'another'"),
        ("물의\n우물", "'물의 우물'"),
        ("水井\n是谁的", "'水井是谁的'"),
        ("🌾\nfarms", "'🌾 farms'"),
    ],
)
def test_reads_words_and_their_looks(tmp_path: Path, typed: str, read: str) -> None:
    """Emphasis, code, line breaks; a soft line end is a space except in scripts that have none."""
    assert words_of(tmp_path, typed + "\n") == read


@pytest.mark.parametrize(
    "typed",
    [
        r"\input{/etc/passwd}",
        r"\immediate\write18{ls} \directlua{os.exit()}",
        r"50% & more #1 $5 {a} ~ ^ \ ~",
        r"a \\ b \\\\ c \% \& \{ \} \$ \" \' \~ \^ \/",
        r"^^5cinput ^^M \catcode`\%=12",
        "<script>alert(1)</script> <b>bold</b> <!-- no comment -->",
        "&amp; &copy; &#65; &nbsp;",
        "$x^2$ and $$y$$",
        '{"key": "it\'s"}',
        "-- and --- and ... and (c) and +-",
        "{{ jinja }} {% raw %} ((( x )))",
        "~~struck~~ ==marked== H~2~O",
    ],
)
def test_tex_html_and_templates_print_as_typed(tmp_path: Path, typed: str) -> None:
    """Nothing but Markdown has a meaning, quotation marks included."""
    assert printed_words(tmp_path, f"The {typed} end\n") == f"The {typed} end"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        (r"\*no\* \_no\_", "*no* _no_"),
        (r"\\*", r"\*"),
        (r"\\\*", r"\*"),
        (r"\# \- \+ \. \! \| \< \> \[a\] \(b\)", "# - + . ! | < > [a] (b)"),
    ],
)
def test_a_backslash_escapes_marks_of_markdown(tmp_path: Path, typed: str, printed: str) -> None:
    """Before a mark of Markdown a backslash is Markdown's, and two are one."""
    assert printed_words(tmp_path, f"a {typed} b\n") == f"a {printed} b"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('"Nobody" owns it', "“Nobody” owns it"),
        ("'Nobody' owns it", "‘Nobody’ owns it"),
        ("it's Ana's, the '90s", "it’s Ana’s, the ’90s"),
        ("\"She said 'rain' twice\"", "“She said ‘rain’ twice”"),
        ('"*Nobody*"', "“Nobody”"),
        ("“curved” stays", "“curved” stays"),
        ('a "{brace}" stays', 'a "{brace}" stays'),
        ('a "`code`" stays', 'a "code" stays'),
        ('"over\nlines"', "“over lines”"),
    ],
)
def test_straight_quotes_become_the_languages(tmp_path: Path, typed: str, printed: str) -> None:
    """Quotation marks are curved in prose, and left alone beside code, TeX and HTML."""
    assert printed_words(tmp_path, f"{typed}\n") == printed


@pytest.mark.parametrize(
    ("language", "printed"),
    [
        ("es", "«Nadie dice “agua” aquí»"),
        ("fr", "«\u202fNadie dice “agua” aquí\u202f»"),
        ("de", "„Nadie dice ‚agua‘ aquí“"),
        ("de-CH", "«Nadie dice ‹agua› aquí»"),
        ("ko", "“Nadie dice ‘agua’ aquí”"),
        ("xx", "“Nadie dice ‘agua’ aquí”"),
    ],
)
def test_quotes_follow_the_guides_language(tmp_path: Path, language: str, printed: str) -> None:
    """Outer and inner marks, with the spaces that belong to them."""
    guide = GUIDE.replace("language: en", f"language: {language}")
    assert printed_words(tmp_path, "\"Nadie dice 'agua' aquí\"\n", guide=guide) == printed


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("[Vote](https://example.org/vote)", "['Vote'](https://example.org/vote)"),
        ('[Vote](https://example.org/a_b "title")', "['Vote'](https://example.org/a_b)"),
        ("[a b](<https://example.org/a b>)", "['a b'](https://example.org/a%20b)"),
        ("[x](https://example.org/ñ?q={a}&b=[c]#d)", "['x'](https://example.org/%C3%B1?q=%7Ba%7D&b=%5Bc%5D#d)"),
        ("[x](https://example.org/100%)", "['x'](https://example.org/100%25)"),
        ("[x](https://example.org/%20~-)", "['x'](https://example.org/%20~-)"),
        ("[mail](mailto:ana@example.org)", "['mail'](mailto:ana@example.org)"),
        ("[ref][v] here\n\n[v]: https://example.org/v", "['ref'](https://example.org/v)+' here'"),
        ("[https://example.org](https://example.org)", "<https://example.org>"),
        ("see https://example.org/_a_/b*c*.", "'see '+<https://example.org/_a_/b*c>+'*.'"),
        ("(https://example.org/a_(b)).", "'('+<https://example.org/a_(b)>+').'"),
        ("**https://example.org/x**", "**<https://example.org/x>**"),
        ("<https://example.org/x> and <ana@example.org>", "<https://example.org/x>+' and '+<mailto:ana@example.org>"),
        ("www.example.org/a, ana@example.org.", "<http://www.example.org/a>+', '+<mailto:ana@example.org>+'.'"),
        ("HTTPS://EXAMPLE.org", "<HTTPS://EXAMPLE.org>"),
        ("https://", "'https://'"),
        ("nothttp://x.org a@b @ana", "'nothttp://x.org a@b @ana'"),
        ("`https://example.org`", "`https://example.org`"),
        ("https://물.한국/우물", "<https://xn--392b.xn--3e0b707e/%EC%9A%B0%EB%AC%BC>"),
    ],
)
def test_reads_links(tmp_path: Path, typed: str, read: str) -> None:
    """Links with words, by reference, bare and in angle brackets; addresses are encoded to RFC 3986."""
    assert words_of(tmp_path, typed + "\n") == read
    assert not problems_in_body(tmp_path, typed + "\n")


@pytest.mark.parametrize(
    ("typed", "read", "what"),
    [
        ("[x](javascript:alert(1))", "'x'+' (javascript:alert(1))'", "a `javascript:` address"),
        ("[x](JaVaScRiPt:alert)", "'x'+' (JaVaScRiPt:alert)'", "a `javascript:` address"),
        ("[x](file:///etc/passwd)", "'x'+' (file:///etc/passwd)'", "a `file:` address"),
        ("[x](data:text/html,a)", "'x'+' (data:text/html,a)'", "a `data:` address"),
        ("[x](02-rain.md)", "'x'+' (02-rain.md)'", "no web or mail address"),
        ("[x](#part)", "'x'+' (#part)'", "no web or mail address"),
        ("[x](//example.org)", "'x'+' (//example.org)'", "no web or mail address"),
        ("[x](https:)", "'x'+' (https:)'", "no web or mail address"),
        ("[x]()", "'x'", "no web or mail address"),
    ],
)
def test_other_addresses_are_never_live(tmp_path: Path, typed: str, read: str, what: str) -> None:
    """A link that no reader of the page should follow is printed in words, with a warning at its place."""
    assert words_of(tmp_path, f"{typed}\n") == read
    (problem,) = problems_in_body(tmp_path, f"{typed}\n")
    assert problem.startswith(f"guide/sessions/01-well.md:8:2: warning: this link has {what}, its words are printed")


def test_angle_brackets_around_other_schemes_are_text(tmp_path: Path) -> None:
    """Only web and mail addresses in angle brackets are links."""
    assert words_of(tmp_path, "<javascript:alert(1)> <file:///a>\n") == "'<javascript:alert(1)> <file:///a>'"


def test_reads_pictures_in_words_and_alone(tmp_path: Path) -> None:
    """A picture among words is an inline; alone in its paragraph it is a figure with a caption."""
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "the well.png").write_bytes(PNG)
    body = 'A ![well](<images/the well.png>) here\n\n![A *well*](images/the%20well.png "Ana\'s well")\n'
    assert show(read_part(tmp_path, body)) == (
        "FreePart\n"
        "  Paragraph content='A '+![well](images/the well.png)+' here'\n"
        "  Figure path=images/the well.png alternative_text=A well caption='Ana’s well'\n"
    )


def test_asks_for_alternative_text(tmp_path: Path) -> None:
    """A picture without words for those who cannot see it is a warning."""
    (tmp_path / "well.png").write_bytes(PNG)
    (problem,) = problems_in_body(tmp_path, "a ![](well.png)\n")
    assert problem.startswith(
        "guide/sessions/01-well.md:8:3: warning: this picture has no alternative text\n    hint: say"
    )


def test_reads_footnotes_where_their_marks_stand(tmp_path: Path) -> None:
    """A note stands at its mark, defined elsewhere or in the sentence."""
    body = "Well[^1] and rain^[from *above*].\n\n[^1]: Ours (p. 430).\n\n    - and yours\n"
    assert show(read_part(tmp_path, body)) == (
        "FreePart\n"
        "  Paragraph content='Well'+^[Paragraph content='Ours '+(page 430)+'.'\n"
        "ListBlock is_tight=True\n"
        "  ListItem\n"
        "    Paragraph content='and yours']+' and rain'+^[Paragraph content='from '+*'above'*]+'.'\n"
    )


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("Well[^a]\n", '8:5: warning: footnote "[^a]" has no text, its mark is printed'),
        ("Well\n\n[^a]: unused\n", '10:1: warning: footnote "[^a]" is used nowhere and is not printed'),
        (
            "Well[^a]\n\n[^a]: one\n\n[^a]: two\n",
            '12:1: warning: footnote "[^a]" has two texts, the first one is printed',
        ),
        ("Well[^a]\n\n[^a]: see[^a]\n", "10:10: error: a footnote cannot stand in a footnote"),
        ("Well^[one^[two]]\n", "8:10: error: a footnote cannot stand in a footnote"),
        ("Well\n\n[Ana]: hello\n", '10:1: warning: this line defines the link "ANA", which is used nowhere'),
        ("Well" + "[^a]" * 21 + "\n\n[^a]: one\n", '8:85: error: footnote "[^a]" has more than 20 marks'),
    ],
)
def test_explains_footnotes_and_definitions_that_go_nowhere(tmp_path: Path, body: str, problem: str) -> None:
    """Nothing that was typed is left off the page without a word."""
    assert [each.startswith(f"guide/sessions/01-well.md:{problem}") for each in problems_in_body(tmp_path, body)] == [
        True
    ]


def test_every_inline_has_its_place(tmp_path: Path) -> None:
    """Line and column of each inline are those of the author's file, also after escapes and line ends."""
    (_, quotation) = read_part(tmp_path, "- a\n\n> one \\* two\n>   *three* and [four](https://example.org)\n").content
    assert isinstance(quotation, Quotation)
    (paragraph,) = quotation.content
    assert isinstance(paragraph, Paragraph)
    assert [(type(each).__name__, each.span.line, each.span.column) for each in paragraph.content] == [
        ("Text", 10, 3),
        ("Emphasis", 11, 5),
        ("Text", 11, 12),
        ("Link", 11, 18),
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.text(alphabet=st.sampled_from("ab *_`[]()\\!<>^\"'\nhttps:/.é水"), max_size=40))
def test_every_piece_stands_where_it_says(tmp_path: Path, text: str) -> None:
    """Plain text is found in the file at the offset that its piece names."""
    lines = ("", *text.split("\n"))
    markdown = MarkdownFile(Source(path=tmp_path / "a.md", typed=lines, lines=lines), 2)
    waiting = list(markdown.blocks)
    while waiting:
        node = waiting.pop()
        waiting.extend(node.children)
        for piece in markdown.parse_inline(node.text) if node.kind == "paragraph" else ():
            if piece.kind == "text":
                assert node.text[piece.offset :].startswith(piece.typed)


def test_emphasis_of_any_depth_keeps_its_words(tmp_path: Path) -> None:
    """Thousands of nested emphases are flattened, none of their words is lost."""
    body = "*a **b " * 500 + "c** d*" * 500
    assert printed_words(tmp_path, body + "\n") == "a b " * 500 + "c d" * 500
