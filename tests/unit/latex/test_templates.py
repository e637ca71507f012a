"""Templates place fragments; a mistake in one is told with its file and line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from studyguide.errors import TemplateError
from studyguide.latex.escape import Latex
from studyguide.latex.fragments import TexCommand
from studyguide.latex.templates import Placed, place, render

if TYPE_CHECKING:
    from pathlib import Path


class Bucket(TexCommand):
    """A command for these tests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """What a template gets."""

    title: Placed
    words: str


PIECES = Pieces(title=place(Bucket(Latex("deep"))), words="100% & more")


def fill(folder: Path, template: str) -> str:
    """Render one template with the pieces."""
    (folder / "page.tex.j2").write_text(template, encoding="utf-8")
    return render("page.tex.j2", {"session": PIECES}, (folder,))


def test_a_fragment_is_placed_as_it_is(tmp_path: Path) -> None:
    """What fragments have set is LaTeX already."""
    assert fill(tmp_path, r"\VAR{session.title}") == r"\Bucket{deep}"


@pytest.mark.parametrize(
    "expression",
    [
        "session.words",
        "session.words|safe",
        "session.words ~ ''",
        "session.words|replace('x', 'y')",
        "[session.words]|join('')",
        "'100% & more'",
        "session.words|string",
        "session.words if true else session.title",
    ],
)
def test_any_other_text_is_escaped(tmp_path: Path, expression: str) -> None:
    """No filter and no operator makes plain text pass for LaTeX."""
    assert fill(tmp_path, rf"\VAR{{{expression}}}") == r"100\% \& more"


def test_a_changed_fragment_is_text_again(tmp_path: Path) -> None:
    """A filter that changes LaTeX cannot know what it does."""
    assert fill(tmp_path, r"\VAR{session.title|upper}").startswith(r"\textbackslash{}BUCKET")


def test_lines_of_blocks_and_comments_leave_nothing(tmp_path: Path) -> None:
    """An empty line would be a paragraph in TeX."""
    template = "\\#{ about this page }\n\\BLOCK{if session.title}\n\\VAR{session.title}\n\\BLOCK{endif}\n"
    assert fill(tmp_path, template) == "\\Bucket{deep}\n"


def test_a_misspelt_variable_is_told_with_its_line(tmp_path: Path) -> None:
    """It is an error, never a gap, with a guess at what was meant."""
    with pytest.raises(TemplateError) as caught:
        fill(tmp_path, "one\n\\VAR{session.titel}\n")
    assert caught.value.message.startswith(f"{tmp_path / 'page.tex.j2'}:2: ")
    assert "titel" in caught.value.message
    assert caught.value.hint == "did you mean `title`?"


def test_an_unknown_variable_is_told_with_those_there_are(tmp_path: Path) -> None:
    """When nothing is close, the hint lists the names."""
    with pytest.raises(TemplateError) as caught:
        fill(tmp_path, r"\VAR{zzz}")
    assert caught.value.hint == "there are `session`, `title`, `words`"


@pytest.mark.parametrize("template", ["one\n\\BLOCK{if}\n", "one\n\\BLOCK{endfor}\n", "one\n\\VAR{session.}\n"])
def test_what_is_no_template_is_told_with_its_line(tmp_path: Path, template: str) -> None:
    """A tag that cannot be read is the writer's mistake, not a bug."""
    with pytest.raises(TemplateError, match=r"page\.tex\.j2:2: "):
        fill(tmp_path, template)


@pytest.mark.parametrize(
    "expression", ["session.words + 1", "1 // 0", "session.words|nothing", "session.__class__", "range(999999)"]
)
def test_what_cannot_be_computed_is_told_with_its_line(tmp_path: Path, expression: str) -> None:
    """A template that goes wrong, or reaches for what it may not have, is an error of its own."""
    with pytest.raises(TemplateError, match=r"page\.tex\.j2:3: "):
        fill(tmp_path, f"one\ntwo\n\\VAR{{{expression}}}\n")


def test_a_template_that_is_not_there_is_told_with_where_it_was_looked_for(tmp_path: Path) -> None:
    """Also when another template asks for it."""
    with pytest.raises(TemplateError, match=r'no template "other\.tex\.j2"') as caught:
        fill(tmp_path, r'\BLOCK{include "other.tex.j2"}')
    assert str(tmp_path) in caught.value.message


def test_a_template_that_is_not_text_is_told(tmp_path: Path) -> None:
    """Bytes that are no UTF-8."""
    (tmp_path / "page.tex.j2").write_bytes(b"\xff\xfe")
    with pytest.raises(TemplateError, match="UTF-8"):
        render("page.tex.j2", {}, (tmp_path,))


def test_a_guides_own_template_goes_before_the_one_that_comes_with_studyguide(tmp_path: Path) -> None:
    """The first folder wins; what it has not comes from the next."""
    own, shipped = tmp_path / "own", tmp_path / "shipped"
    for folder, text in ((own, "own"), (shipped, "shipped")):
        folder.mkdir()
        (folder / "page.tex.j2").write_text(text, encoding="utf-8")
    (shipped / "other.tex.j2").write_text("other", encoding="utf-8")
    assert render("page.tex.j2", {}, (own, shipped)) == "own"
    assert render("other.tex.j2", {}, (own, shipped)) == "other"
