"""What a fragment is: commands, environments and sequences of them, built on PyLaTeX's (owns PyLaTeX).

Comes in: escaped text (`Latex`), generated anchors, other fragments. Goes out: objects whose `dumps` is LaTeX.
Left to others: the commands of the class, one subclass each, beside the blocks that need them (`inlines`, `blocks`).
PyLaTeX's own escaping never sees an author's text: it comes in as `Latex`, which only this module marks for PyLaTeX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from pylatex.base_classes import Arguments, Command, CommandBase, Container, Environment, LatexObject, Options
from pylatex.utils import NoEscape

from studyguide.latex.escape import Latex

if TYPE_CHECKING:
    from collections.abc import Iterable


class Fragment(Protocol):
    """Anything that gives LaTeX."""

    def dumps(self) -> str:
        """Give the LaTeX."""
        ...


Piece = Latex | Fragment


def to_latex(fragment: Fragment) -> Latex:
    """Set a fragment: give its LaTeX, ready for a template."""
    return Latex(fragment.dumps())


def _mark(piece: Piece) -> object:
    return NoEscape(piece) if isinstance(piece, str) else piece


class Words(Container):  # type: ignore[misc]  # PyLaTeX 1.4.2 ships no types
    """Pieces that follow each other on one line."""

    content_separator = ""

    def __init__(self, *pieces: Piece) -> None:
        """Take the pieces in reading order."""
        super().__init__(data=[_mark(piece) for piece in pieces])

    def dumps(self) -> str:
        """Give the pieces with nothing between them."""
        return str(self.dumps_content())


class Paragraph(Words):
    r"""A paragraph: its words on a line of their own, then `\par`."""

    def dumps(self) -> str:
        r"""Give the words and the `\par`, never an empty line."""
        return "\n".join(filter(None, (super().dumps().strip(" "), r"\par")))


class Row(Words):
    """The cells of one row of a table."""

    content_separator = " & "


class TableRow(Row):
    r"""A row of a table's body, with the `\\` at its end."""

    def dumps(self) -> str:
        r"""Give the cells and the `\\`."""
        return rf"{super().dumps()} \\"


class Flow(Container):  # type: ignore[misc]  # PyLaTeX 1.4.2 ships no types
    """Fragments one under the other, each on lines of its own."""

    content_separator = "\n"

    def __init__(self, fragments: Iterable[Fragment] = ()) -> None:
        """Take the fragments in reading order."""
        super().__init__(data=list(fragments))

    def dumps(self) -> str:
        """Give the fragments without an empty line between them."""
        return "\n".join(filter(None, (fragment.dumps() for fragment in self.data)))


class OriginComment(LatexObject):  # type: ignore[misc]  # PyLaTeX 1.4.2 ships no types
    """A comment line that says where in the author's files the next lines come from."""

    def __init__(self, comment: str) -> None:
        """Take a comment line that `origins` has made safe."""
        super().__init__()
        self._comment = comment

    def dumps(self) -> str:
        """Give the comment line."""
        return self._comment


class TexCommand(CommandBase):  # type: ignore[misc]  # PyLaTeX 1.4.2 ships no types
    """A command with its arguments, each in braces; a subclass is named as the command is, or says `_latex_name`."""

    def __init_subclass__(cls) -> None:
        """Name the command after its class, in its own capitals (PyLaTeX alone would lower them)."""
        super().__init_subclass__()
        if "_latex_name" not in vars(cls):
            cls._latex_name = cls.__name__

    def __init__(self, *arguments: Piece, option: str = "") -> None:
        """Take the arguments in the order of the class; the option is one of the class's own words."""
        super().__init__(
            Arguments([_mark(argument) for argument in arguments]), Options(NoEscape(option)) if option else None
        )


class BlockCommand(TexCommand):
    """A command whose only argument holds blocks, on lines of their own."""

    def __init__(self, content: Flow) -> None:
        """Take the blocks."""
        super().__init__(Words(Latex("%\n"), content, Latex("%\n")))


class TexEnvironment(Environment):  # type: ignore[misc]  # PyLaTeX 1.4.2 ships no types
    """An environment: an option perhaps, its arguments, its content on lines of its own.

    PyLaTeX names it after its class, in lower case.
    """

    content_separator = "\n"

    def __init__(self, *arguments: Piece, content: Iterable[Fragment], option: str = "") -> None:
        """Take the arguments in the order of the class; the option is one of the class's own words."""
        super().__init__(
            arguments=Arguments([_mark(argument) for argument in arguments]),
            options=Options(NoEscape(option)) if option else None,
            data=[Flow(content)],
        )

    def dumps(self) -> str:
        """Give the environment without an empty line, also when there is nothing in it."""
        begin = Command("begin", NoEscape(self.latex_name), self.options, extra_arguments=self.arguments)
        end = Command("end", NoEscape(self.latex_name))
        return "\n".join(filter(None, (begin.dumps(), self.dumps_content(), end.dumps())))
