r"""Templates of LaTeX, in which fragments are placed (owns Jinja2).

Comes in: the name of a template, fragments and plain values, the folders to look in. Goes out: LaTeX, whole.
Left to others: what the fragments are (`fragments`). Delimiters are `\VAR{...}`, `\BLOCK{...}` and `\#{...}`. A value
is printed as it is only when it is `Placed`; any other is escaped, and one that is not there is an error, never a gap.
"""

from __future__ import annotations

import difflib
import traceback
from functools import lru_cache
from typing import TYPE_CHECKING

import jinja2
from jinja2.sandbox import SandboxedEnvironment

from studyguide.errors import TemplateError
from studyguide.latex.escape import escape_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from studyguide.latex.fragments import Fragment

SUFFIX = ".tex.j2"
MISTAKES = (jinja2.TemplateError, TypeError, ValueError, ArithmeticError, RecursionError)
"""What running a template can raise when its writer has made a mistake; anything else is ours."""


class Placed(str):
    """LaTeX that fragments have set, the only text that a template prints as it is.

    Whatever a filter or an operator makes of it is plain text again, and is escaped.
    """

    __slots__ = ()


def place(fragment: Fragment) -> Placed:
    """Set a fragment for a template."""
    return Placed(fragment.dumps())


def render(name: str, values: Mapping[str, object], folders: tuple[Path, ...]) -> str:
    """Fill a template; the first folder that has a file of that name wins.

    Raises:
        TemplateError: when the template is missing, is no template, or names something that is not there.
    """
    environment = _environment(folders)
    try:
        return environment.get_template(name).render(values)
    except jinja2.TemplateNotFound as failure:
        raise _missing(f"{failure.name}", folders) from failure
    except MISTAKES as failure:
        place_of_failure = _place(failure)
        if not place_of_failure:
            raise
        raise TemplateError(f"{place_of_failure}: {_sentence(failure)}", hint=_hint(failure, values)) from failure


class _Folders(jinja2.FileSystemLoader):
    """Templates in folders; the first folder that has one wins."""

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Read a template."""
        try:
            return super().get_source(environment, template)
        except UnicodeDecodeError as failure:
            raise TemplateError(f'the template "{template}" is not UTF-8 text', hint="save it as UTF-8") from failure


@lru_cache(maxsize=4)
def _environment(folders: tuple[Path, ...]) -> SandboxedEnvironment:
    """Give Jinja2 for some folders; it keeps the templates that it has read, and reads one again when it changes."""
    return SandboxedEnvironment(
        loader=_Folders(folders),
        undefined=jinja2.StrictUndefined,
        finalize=_finalize,
        block_start_string=r"\BLOCK{",
        block_end_string="}",
        variable_start_string=r"\VAR{",
        variable_end_string="}",
        comment_start_string=r"\#{",
        comment_end_string="}",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # HTML's; `_finalize` is LaTeX's
    )


def _finalize(value: object) -> object:
    if isinstance(value, (Placed, jinja2.Undefined)):
        return value  # a value that is not there raises when it is printed
    return escape_text(str(value))


def _missing(name: str, folders: tuple[Path, ...]) -> TemplateError:
    looked = ", ".join(str(folder) for folder in folders)
    return TemplateError(f'no template "{name}" in {looked}', hint="put it there, or remove what asks for it")


def _place(failure: BaseException) -> str:
    """Give the template's file and line: Jinja2 puts them into the traceback, or into a syntax error."""
    if isinstance(failure, jinja2.TemplateSyntaxError):
        return f"{failure.filename or failure.name}:{failure.lineno}"
    frames = [frame for frame in traceback.extract_tb(failure.__traceback__) if frame.filename.endswith(SUFFIX)]
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""


def _sentence(failure: BaseException) -> str:
    said = (getattr(failure, "message", "") or str(failure)).strip().rstrip(".")
    return said[:1].lower() + said[1:] if not said[:2].isupper() else said


def _hint(failure: BaseException, values: Mapping[str, object]) -> str:
    if not isinstance(failure, jinja2.UndefinedError):
        return "compare it with the template of the same name that comes with studyguide"
    known = _names(values)
    wrong = str(failure).rpartition("'")[0].rpartition("'")[2]
    close = difflib.get_close_matches(wrong, known, n=1)
    return f"did you mean `{close[0]}`?" if close else f"there are {', '.join(f'`{name}`' for name in known)}"


def _names(values: Mapping[str, object]) -> list[str]:
    """Give every name that a template can use: the values' own, and those inside them."""
    inside = {name for value in values.values() for name in getattr(value, "__dataclass_fields__", {})}
    return sorted({*values, *inside})
