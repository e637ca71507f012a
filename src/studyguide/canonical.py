"""`fmt`: files in their canonical form, each replaced only when its new text is complete.

Comes in: targets. Goes out: the paths that changed, or would.
Left to others: what the canonical form is (`reader`), replacing a file (`publish`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.errors import ManuscriptError
from studyguide.publish import publish
from studyguide.targets import files_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from studyguide.diagnostics import Diagnostic
    from studyguide.targets import Target


def format_files(targets: Iterable[Target], *, change: bool) -> tuple[Path, ...]:
    """Tidy every file of the targets, or with `change` false only tell which are not tidy.

    Raises:
        ManuscriptError: with all problems of all files; then no file is changed.
    """
    from studyguide.reader import format_source, read_source

    tidy: dict[Path, str] = {}
    problems: list[Diagnostic] = []
    for path in dict.fromkeys(path for target in targets for path in files_of(target)):
        try:
            before = read_source(path)
            after = format_source(before, path)
        except ManuscriptError as failure:
            problems.extend(failure.diagnostics)
            continue
        if after != before:
            tidy[path] = after
    if problems:
        raise ManuscriptError("some files cannot be read, so none was changed", diagnostics=tuple(problems))
    if change:
        for path, text in tidy.items():
            publish(text.encode(), path)
    return tuple(tidy)
