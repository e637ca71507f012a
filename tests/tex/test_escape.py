"""Escaped text in the real engine: it compiles everywhere, and the page says what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lualatex import letters, typeset_pages
from nasty_texts import INJECTIONS, LATIN

from studyguide.latex.escape import escape_code, escape_text, escape_url, printed_address

if TYPE_CHECKING:
    from pathlib import Path

PREAMBLE = r"""\documentclass{article}
\DeclareFontFamily{TU}{plain}{}
\DeclareFontShape{TU}{plain}{m}{n}{<->"[Vollkorn-Regular.ttf]:mode=node;script=latn;"}{}
\DeclareFontShape{TU}{plain}{m}{it}{<->"[Vollkorn-Italic.ttf]:mode=node;script=latn;"}{}
\DeclareFontShape{TU}{plain}{b}{n}{<->"[Vollkorn-Bold.ttf]:mode=node;script=latn;"}{}
\DeclareFontShape{TU}{plain}{b}{it}{<->"[Vollkorn-BoldItalic.ttf]:mode=node;script=latn;"}{}
\renewcommand*\familydefault{plain}
\renewcommand*\bfdefault{b}
\newcommand\LongWordBreak{\hskip0pt plus.1pt\relax}
\renewcommand*\thefootnote{}
\textheight5000pt\paperheight6000pt\pageheight\paperheight\dimen\footins5000pt
\pagestyle{empty}\parindent0pt\emergencystretch3em\hyphenpenalty10000\tracinglostchars3
"""

CONTEXTS = {
    "a paragraph": "%s",
    "the start of a paragraph": "\\par\n%s",
    "an argument": "\\emph{\\textbf{%s}}",
    "an item": "\\begin{itemize}\\item\n%s\n\\end{itemize}",
    "a line after a break": "x\\\\\n%s",
    "a cell": "\\begin{tabular}{p{8cm}p{1cm}}x & x \\\\\n%s & x \\\\\n\\end{tabular}",
    "a footnote": "x\\footnote{%s}",
    "a quotation": "\\begin{quote}\n%s\n\\end{quote}",
}
SAID_BESIDES = {"a line after a break": "x", "a cell": "xxx", "a footnote": "x", "an item": "•"}
"""What else a reader finds on the page, before the text but in a table, whose cells are read in no certain order."""

INKED = [text for text in LATIN if letters(text)]


@pytest.mark.parametrize("context", CONTEXTS)
def test_every_nasty_text_prints_as_typed(tmp_path: Path, context: str) -> None:
    """More than 150 texts, in every place where text may stand: no error, nothing lost, nothing off the page."""
    frame = CONTEXTS[context]
    pages = typeset_pages(tmp_path, PREAMBLE, (frame.replace("%s", escape_text(text)) for text in INKED))
    arranged = sorted if context == "a cell" else list
    expected = [SAID_BESIDES.get(context, "") + letters(text) for text in INKED]
    assert list(map(arranged, map(letters, pages))) == list(map(arranged, expected))


def test_text_without_ink_compiles_in_every_context(tmp_path: Path) -> None:
    """An item, a cell or a quotation of nothing but a blank is no error."""
    texts = ["", " ", "\n", "\n\n", "\t", "\u200b", "\xad", "\ufeff", "\u2009"]
    typeset_pages(
        tmp_path, PREAMBLE, (frame.replace("%s", escape_text(text)) for frame in CONTEXTS.values() for text in texts)
    )


def test_code_prints_as_typed(tmp_path: Path) -> None:
    """Injections and blanks in code are printed letter by letter."""
    lines = [*INJECTIONS, "    if a  < b:  # x", "--flag", "a[0] = {1: '2'}"]
    pages = typeset_pages(tmp_path, PREAMBLE, map(escape_code, lines))
    assert [letters(page) for page in pages] == [letters(line) for line in lines]


def test_addresses_lead_where_they_say(tmp_path: Path) -> None:
    """Inside other arguments too, a link's target is the address itself, and the page shows what to type."""
    from pypdf import PdfReader

    addresses = [
        "https://ex-ample.org/~ana/a_b?x=1&y=%C3%A9#z",
        "https://example.org/" + "very-long-path/" * 40,
        "https://example.org/" + "k" * 300,
        "https://example.org/a_(b)?c=(%28#)",
        "mailto:ana@example.org?subject=50%25",
    ]
    frame = r"\strong{\emph{\WebLink{%s}{%s}{}}}"
    pieces = (frame % (escape_url(address), printed_address(address)) for address in addresses)
    pages = typeset_pages(tmp_path, r"\documentclass{studyguide}\StudyGuideFolio{}", pieces)
    actions = [
        [annotation.get_object().get("/A", {}) for annotation in page.get("/Annots", ())]
        for page in PdfReader(tmp_path / "pages.pdf").pages
    ]
    targets = [{action["/URI"] for action in each if "/URI" in action} for each in actions]
    assert targets == [{address} for address in addresses]
    assert letters(pages[1]).endswith("very-long-path")
    assert letters(pages[2]) == "example.org/" + "k" * 300
