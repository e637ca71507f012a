"""Escaping: whatever an author types, TeX reads text and nothing else."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nasty_texts import INJECTIONS, LATIN, SCRIPTS
from tex_tokens import has_empty_line, longest_line, read_back

from studyguide.latex.escape import Latex, escape_code, escape_lines, escape_text, escape_url, join, printed_address

CHUNK = 4096
NONCHARACTERS = {*range(0xFDD0, 0xFDF0), *(plane * 0x10000 + last for plane in range(17) for last in (0xFFFE, 0xFFFF))}
LINE_ENDS_AND_TABS = set("\t\n\r\x85")


def is_never_printed(character: str) -> bool:
    """Whether a character must never reach TeX, by Unicode's own categories."""
    is_control = unicodedata.category(character) in {"Cc", "Cs"} and character not in LINE_ENDS_AND_TABS
    return is_control or character == "\ufffd" or ord(character) in NONCHARACTERS


PRINTABLE = st.text(st.characters(exclude_categories=["Cs", "Cc"])).filter(
    lambda text: not any(map(is_never_printed, text))
)
MARKUP = st.text(st.sampled_from("\\{}[]$&#^_~%*\"'`-|<> \n\t\r\xa0\xad\u200b\u2011ab1é한\u0301\u200d"))


def test_every_character_of_unicode_is_printed_dropped_or_refused() -> None:
    """All 1,114,112 code points: what never prints is refused, all the rest is safe."""
    characters = list(map(chr, range(sys.maxunicode + 1)))
    refused = [character for character in characters if is_never_printed(character)]
    printed = [character for character in characters if not is_never_printed(character)]
    for character in refused:
        with pytest.raises(ValueError, match=rf"^U\+{ord(character):04X} must never reach TeX$"):
            escape_text(character)
    for start in range(0, len(printed), CHUNK):
        latex = escape_text("".join(printed[start : start + CHUNK]))
        read_back(latex)
        assert not has_empty_line(latex)
        assert longest_line(latex) <= 2000


@given(PRINTABLE | MARKUP)
def test_any_text_reads_back_as_it_was_typed(text: str) -> None:
    """Whatever is typed: no special character is left, and the words are the same but for what has no ink."""
    latex = escape_text(text)
    assert not has_empty_line(latex)
    assert as_letters(read_back(latex)) == as_letters(unicodedata.normalize("NFC", text))


@given(MARKUP)
def test_code_keeps_every_blank(text: str) -> None:
    """In code each blank is one that does not vanish: no two ordinary spaces stand together, none leads or trails."""
    for latex in escape_lines(text):
        assert "  " not in read_back(latex)
        assert not has_empty_line(latex)


def as_letters(text: str) -> str:
    """Leave out blanks, hyphens that may differ, and what has no ink."""
    inkless = {"Cf", "Zs", "Cc", "Zl", "Zp"}
    return "".join(
        "-" if character in "\u2010\u2011" else character
        for character in text
        if unicodedata.category(character) not in inkless
        and character not in "\u034f\ufffc"
        and not 0xE0000 <= ord(character) < 0xE1000
        and not 0x2060 <= ord(character) < 0x2070
    )


@pytest.mark.parametrize("text", [*LATIN, *SCRIPTS])
def test_nasty_text_is_one_stretch_of_plain_text(text: str) -> None:
    """Each of the known troublemakers comes out without code, empty lines or long lines."""
    latex = escape_text(text)
    read_back(latex)
    assert not has_empty_line(latex)
    assert longest_line(latex) <= 2000


@pytest.mark.parametrize("text", INJECTIONS)
def test_code_in_a_text_is_printed(text: str) -> None:
    """TeX typed by an author is read back letter by letter."""
    assert read_back(escape_text(text)) == text


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("salt & pepper, 5 %", r"salt \& pepper, 5 \%"),
        ("#1_a $2 ~ ^", r"\#1\_a \$2 \textasciitilde{} \textasciicircum{}"),
        ("\\{x}", r"\textbackslash{}\textbraceleft{}x\textbraceright{}"),
        ("[x] *", "{[}x{]} {*}"),
        ('don\'t -- "stop" `now` <<a>>', r"don't -- \textquotedbl{}stop\textquotedbl{} `now` <<a>>"),
        ("cafe\u0301", "café"),
        ("5\xa0000\u202f%", r"5\nobreakspace{}000\thinspace{}\%"),
        ("co\xadop a\u2011b\u2010c", r"co\-op a\mbox{-}b-c"),
        ("a\u200bb", r"a\LongWordBreak{}b"),
        ("\ufeffa\u202eb\u2060\u2066", "ab"),
        ("a\u200db❤\ufe0f", "a\u200db❤\ufe0f"),
        ("a \t\n\n\r\n\u2028\u3000b", "a b"),
    ],
)
def test_characters_with_a_meaning_get_their_names(text: str, latex: str) -> None:
    """Specials, spaces and hyphens come out as documented; what has no ink is dropped."""
    assert escape_text(text) == latex


def test_a_long_run_may_break_between_its_letters_but_not_before_a_mark() -> None:
    """More than forty characters without a blank get break opportunities, clusters whole."""
    latex = escape_text("x\u0305" * 30 + "👩\u200d🚀" * 5 + "🇪🇸")
    assert read_back(latex) == "x\u0305" * 30 + "👩\u200d🚀" * 5 + "🇪🇸"
    assert latex.count(r"x" + "\u0305" + r"\LongWordBreak{}") == 30
    assert "\u200d\\" not in latex
    assert "🇪🇸" in latex


@pytest.mark.parametrize("text", ["x" * 40, "水" * 100, "น้ำ" * 50])
def test_short_words_and_scripts_that_break_by_themselves_are_left_alone(text: str) -> None:
    """Chinese, Japanese and Thai get their break opportunities from the class."""
    assert escape_text(text) == text


def test_long_lines_are_wrapped_at_spaces() -> None:
    """A long paragraph is several lines of LaTeX, and the words stay whole."""
    text = " ".join(["water"] * 2000)
    lines = escape_text(text).split("\n")
    assert len(lines) > 1
    assert " ".join(lines) == text


def test_a_trailing_space_never_becomes_a_line_end() -> None:
    """Text that ends in a space after a full line keeps the space: a line end there could end a paragraph."""
    assert escape_text("x " * 1000).endswith("x ")


def test_code_lines_keep_their_indentation() -> None:
    """Leading blanks and tabs are kept as spaces that do not vanish, line by line."""
    assert escape_lines("def f():\n\treturn  1 # x\n") == (
        "def f():",
        r"\nobreakspace{}\nobreakspace{}\nobreakspace{}\nobreakspace{}return\nobreakspace{} 1 \# x",
        "",
    )
    assert escape_code("a\u3000b") == "a b"


@pytest.mark.parametrize(
    ("address", "latex"),
    [
        ("https://example.org/a_b?x=1&y=%C3%A9#z", r"https://example.org/a\_b?x=1\&y=\%C3\%A9\#z"),
        ("https://ex-ample.org/~ana", "https://ex-ample.org/~ana"),
        ("https://example.org/a b{c}\\$", r"https://example.org/a\%20b\%7Bc\%7D\%5C\%24"),
        ("mailto:ana@example.org", "mailto:ana@example.org"),
    ],
)
def test_a_link_target_keeps_its_address(address: str, latex: str) -> None:
    """Only characters of RFC 3986 are left, those with a meaning to TeX behind a backslash."""
    assert escape_url(address) == latex


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "example.org", "https://", ""])
def test_other_addresses_are_refused(address: str) -> None:
    """A link leads to the web or to a mail address, nowhere else."""
    with pytest.raises(ValueError, match="not a web or mail address"):
        escape_url(address)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_any_link_target_is_safe(path: str) -> None:
    """No character of a path stands unescaped in the target."""
    latex = escape_url("https://example.org/" + path)
    assert latex.isascii()
    assert not set(latex) & set('{}$^"<> `|')
    assert not set(latex.replace("\\%", "").replace("\\#", "").replace("\\&", "").replace("\\_", "")) & set("%#&_\\")


def test_a_printed_address_breaks_after_its_punctuation_and_is_never_hyphenated() -> None:
    """Each stretch between punctuation stands in a box of its own."""
    assert printed_address("https://example.org/my-page/") == (
        r"\mbox{example.}\LongWordBreak{}\mbox{org/}\LongWordBreak{}\mbox{my-}\LongWordBreak{}\mbox{page}"
    )


def test_a_long_stretch_of_an_address_may_break_anywhere() -> None:
    """A key of forty letters does not run off the page."""
    assert r"k\LongWordBreak{}k" in printed_address("https://example.org/" + "k" * 40)


def test_pieces_are_joined() -> None:
    """Pieces that are safe stay safe together."""
    assert join([Latex("a"), Latex(r"\&")], Latex(" ")) == r"a \&"
