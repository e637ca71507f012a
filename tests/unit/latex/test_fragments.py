"""Commands, environments and sequences give the LaTeX that the class expects."""

from __future__ import annotations

from studyguide.latex.escape import Latex, escape_text
from studyguide.latex.fragments import (
    BlockCommand,
    Flow,
    OriginComment,
    Paragraph,
    Row,
    TableRow,
    TexCommand,
    TexEnvironment,
    Words,
)


class Bucket(TexCommand):
    """A command for these tests."""


class Rope(TexCommand):
    """A command whose name is not its class's."""

    _latex_name = "rope"


class Well(TexEnvironment):
    """An environment for these tests."""


def test_a_command_is_named_after_its_class_in_its_own_capitals() -> None:
    """PyLaTeX alone would write it in lower case."""
    assert Bucket(Latex("a"), Latex("b")).dumps() == r"\Bucket{a}{b}"


def test_a_command_can_have_a_name_of_its_own() -> None:
    """`_latex_name` goes before the class's name."""
    assert Rope(Latex("a")).dumps() == r"\rope{a}"


def test_a_command_takes_an_option_before_its_arguments() -> None:
    """The option stands in square brackets."""
    assert Bucket(Latex("a"), option="deep").dumps() == r"\Bucket[deep]{a}"


def test_a_command_without_arguments_has_no_braces() -> None:
    """Braces come only with an argument, even an empty one."""
    assert (Bucket().dumps(), Bucket(Latex("")).dumps()) == (r"\Bucket", r"\Bucket{}")


def test_escaped_text_passes_unchanged() -> None:
    """PyLaTeX's own escaping, which changes hyphens, never sees the text."""
    text = escape_text("a-b & c_d 100%")
    assert Bucket(text).dumps() == rf"\Bucket{{{text}}}"


def test_a_sequence_as_only_argument_stays_one_argument() -> None:
    """PyLaTeX would take a list for several arguments."""
    assert Bucket(Words(Latex("a"), Latex("b"))).dumps() == r"\Bucket{ab}"


def test_commands_nest() -> None:
    """A fragment is an argument as text is."""
    assert Bucket(Words(Latex("a "), Rope(Latex("b")))).dumps() == r"\Bucket{a \rope{b}}"


def test_a_paragraph_ends_with_par_on_a_line_of_its_own() -> None:
    """No empty line is needed to end it."""
    assert Paragraph(Latex("Water.")).dumps() == "Water.\n\\par"


def test_a_paragraph_without_words_leaves_no_empty_line() -> None:
    """An empty line would be a paragraph of its own."""
    assert Paragraph(Latex("")).dumps() == "\\par"


def test_an_environment_has_its_content_on_lines_of_its_own() -> None:
    """Option, arguments, content, in this order."""
    made = Well(Latex("deep"), content=[Paragraph(Latex("Water."))], option="loose")
    assert made.dumps() == "\\begin{well}[loose]{deep}\nWater.\n\\par\n\\end{well}"


def test_an_empty_environment_leaves_no_empty_line() -> None:
    """Nothing stands between its two lines."""
    assert Well(content=[]).dumps() == "\\begin{well}\n\\end{well}"


def test_blocks_follow_each_other_without_an_empty_line() -> None:
    """A fragment that gives nothing leaves nothing."""
    assert Flow([Bucket(), Words(), Bucket()]).dumps() == "\\Bucket\n\\Bucket"


def test_blocks_in_an_argument_stand_on_lines_of_their_own() -> None:
    """The line ends next to the braces print no space."""
    made = BlockCommand(Flow([OriginComment("% well.md:3"), Paragraph(Latex("Water."))]))
    assert made.dumps() == "\\BlockCommand{%\n% well.md:3\nWater.\n\\par%\n}"


def test_the_cells_of_a_row_are_parted() -> None:
    """The row of a body ends, the row of headings does not."""
    cells = Row(Latex("a"), Latex("b"))
    assert (cells.dumps(), TableRow(cells).dumps()) == ("a & b", r"a & b \\")
