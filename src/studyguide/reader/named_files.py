"""Files that a guide names: pictures, the logo, PDFs to bind in. Only those in its own folder are used.

Comes in: a path as typed and its place. Goes out: the path relative to the guide's folder, checked by its first bytes.
Left to others: copying and converting (`engine`), encrypted and broken PDFs (`prepress`).
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from studyguide.diagnostics import Diagnostic, SourceSpan, error
from studyguide.model.guide import Insert
from studyguide.reader.explain import find_nearest, quote

if TYPE_CHECKING:
    from pathlib import Path

    from studyguide.reader.context import FileContext

PNG, JPEG, PDF = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"%PDF-"
USABLE = {"PNG": PNG, "JPEG": JPEG, "PDF": PDF}
_OTHER_KINDS = (
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"<svg", "SVG"),
    (b"<?xml", "SVG"),
    (b"%!PS", "PostScript"),
)
_INSERT = re.compile(
    r"(?P<path>.*?)(?:#(?:page=)?(?P<first>[0-9]{1,5})(?:\s*[-\u2010-\u2015]\s*(?P<last>[0-9]{1,5}))?)?"
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)


def find_picture(context: FileContext, address: str, span: SourceSpan) -> str:
    """Give the checked path of a picture named in the text, or an empty string and a problem."""
    path = unquote(address)
    if context.source.path.parent != context.guide.folder and path.startswith("../"):
        path = path.removeprefix("../")
    problem = check_file(context, path, span, kinds=tuple(USABLE), what="picture")
    if problem is None:
        return str(PurePosixPath(path))
    context.problems.append(problem)
    return ""


def read_insert(context: FileContext, text: str, span: SourceSpan) -> Insert | Diagnostic:
    """Read `inserts/map.pdf#1-2`: a PDF of the guide, and which of its pages."""
    match = _INSERT.fullmatch(text)
    path, first, last = (match["path"], match["first"], match["last"]) if match else (text, None, None)
    if "#" in path:
        hint = "write its pages as in `inserts/map.pdf#1-2` or `inserts/map.pdf#3`"
        return error(span, f"`inserts` names pages that cannot be read: {quote(text)}", hint)
    first_page = None if first is None else int(first)
    last_page = first_page if last is None else int(last)
    if first_page is not None and last_page is not None and not 1 <= first_page <= last_page:
        hint = f'write the first page first, as in "{path}#{last}-{first}"' if last_page else "pages count from 1"
        return error(span, f"`inserts` ends before it begins: {quote(text)}", hint)
    problem = check_file(context, path, span, kinds=("PDF",), what="insert")
    return problem or Insert(path=str(PurePosixPath(path)), first=first_page, last=last_page, span=span)


def check_file(
    context: FileContext, path: str, span: SourceSpan, *, kinds: tuple[str, ...], what: str
) -> Diagnostic | None:
    """Note a file that the author named, and say what is wrong with it, if anything."""
    if _SCHEME.match(path):
        return error(
            span, f"the {what} is not in the guide's folder: {quote(path)}", "save it there and write its path"
        )
    if not path or "\x00" in path or "\\" in path or PurePosixPath(path).is_absolute():
        hint = "write its path from the guide's folder, as in `images/well.png`"
        return error(span, f"the {what}'s path is not one in the guide's folder: {quote(path)}", hint)
    folder = context.guide.folder
    file = folder / path
    is_outside = ".." in PurePosixPath(path).parts
    if not is_outside:
        context.named_files.append(file)
    try:
        if is_outside or not file.resolve().is_relative_to(folder.resolve()):
            hint = "copy it into the guide's folder"
            return error(span, f"the {what} leaves the guide's folder: {quote(path)}", hint)
        if not file.is_file():
            return error(span, f"there is no such {what}: {quote(path)}", _advise_missing(file, folder))
        with file.open("rb") as stream:
            start = stream.read(16)
    except (OSError, RuntimeError, ValueError):
        return error(span, f"the {what} cannot be read: {quote(path)}", "check its name and who may read it")
    return _check_kind(start, path, span, kinds, what)


def _advise_missing(file: Path, folder: Path) -> str:
    if not file.parent.is_dir():
        return f"there is no folder `{file.parent.relative_to(folder)}` in the guide's folder"
    nearest = find_nearest(file.name, (each.name for each in file.parent.iterdir()))
    return f"did you mean `{nearest}`?" if nearest else "check its name; small and capital letters differ"


def _check_kind(start: bytes, path: str, span: SourceSpan, kinds: tuple[str, ...], what: str) -> Diagnostic | None:
    if any(start.startswith(USABLE[kind]) for kind in kinds):
        return None
    kind = name_kind(start)
    seen = f"is {kind}" if kind else "is empty" if not start else "is no kind of file that is known here"
    hint = "export it as PNG, JPEG or PDF" if len(kinds) > 1 else "export it as PDF"
    return error(span, f"the {what} {seen}: {quote(path)}", hint)


def name_kind(start: bytes) -> str:
    """Name the kind of a file by its first bytes, empty when it is not a usual one."""
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return "WebP"
    if start[4:8] == b"ftyp":
        return "AVIF" if start[8:12] == b"avif" else "HEIC"
    for kind, mark in (*USABLE.items(), *((name, mark) for mark, name in _OTHER_KINDS)):
        if start.startswith(mark):
            return kind
    return ""
