"""Every command and environment that the fragments name is one that the class defines."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from studyguide.latex import typeset as _  # noqa: F401  loads every module that names a command
from studyguide.latex.fragments import TexCommand, TexEnvironment

FOLDER = Path(__file__).parents[3] / "latex_templates"
LATEX_OWN = {"documentclass", "emph"}
CLASS = "\n".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("studyguide*.[cs][lt][sy]")))


def names_of(kind: type[object]) -> list[str]:
    """Give the LaTeX names of all fragments of a kind."""
    found = [each for each in kind.__subclasses__() if each.__module__.startswith("studyguide.")]
    made = [each for each in found if not each.__module__.endswith(".fragments")]
    return sorted({getattr(each, "_latex_name", None) or each.__name__.lower() for each in made} - LATEX_OWN)


@pytest.mark.parametrize("name", names_of(TexCommand))
def test_the_class_defines_every_command(name: str) -> None:
    """A command that TeX does not know stops the build of every guide that uses it."""
    defined = rf"\\(?:newcommand|DeclareRobustCommand|NewDocumentCommand|def|let)\*?\s*{{?\\{name}\b"
    delimiter = rf"#[1-9]\\{name}#"
    assert re.search(f"{defined}|{delimiter}", CLASS)


@pytest.mark.parametrize("name", names_of(TexEnvironment))
def test_the_class_defines_every_environment(name: str) -> None:
    """As for commands."""
    assert re.search(rf"\\(?:newenvironment|NewDocumentEnvironment)\*?\s*{{{name}}}", CLASS)
