r"""Documents for the engine, as the latex stage would hand them over, and engines to set them.

Comes in: what stands between `\begin{document}` and `\end{document}`. Goes out: a `TexDocument` whose every line of the
body comes from the same line of an invented file, shifted by a hundred. Left to others: Markdown and fragments.
"""

from __future__ import annotations

import datetime
import os
import select
from pathlib import Path
from typing import TYPE_CHECKING

from studyguide.artifacts import DocumentMetadata, Origin, TexDocument
from studyguide.diagnostics import SourceSpan
from studyguide.engine import WarmEngines
from studyguide.engine.driver import BODY
from studyguide.model.guide import Audience, Paper

if TYPE_CHECKING:
    from studyguide.artifacts import Asset
    from studyguide.engine.installation import Limits

SESSION = Path("sessions/03-water.md")
PLAIN_CLASS = "\\documentclass{commons}\n"
"""A class of a few lines, so that tests of the engine do not wait for, or break with, the real one."""

LEARNING_SECONDS = 60.0
CLASSES = Path(__file__).with_name("classes")
STAND_INS = Path(__file__).with_name("engines")
FONTS = Path("/usr/share/fonts")
SHIFT = 100

MOMENTS_SECONDS = 5.0
"""How long the kernel may take to end what has been killed, on a busy machine."""


def tex_document(text: str, *, preamble: str = PLAIN_CLASS, assets: tuple[Asset, ...] = ()) -> TexDocument:
    r"""Put text between `\begin{document}`, line 1 of the body, and `\end{document}`."""
    body = f"\\begin{{document}}\n{text}\n\\end{{document}}\n"
    lines = range(1, body.count("\n") + 1)
    return TexDocument(
        name="commons-03-water",
        preamble=preamble,
        body=body,
        assets=assets,
        origins=tuple(Origin(line=line, span=SourceSpan(path=SESSION, line=line + SHIFT)) for line in lines),
        outline=(),
        inserts=(),
        metadata=DocumentMetadata(
            title="Water",
            author="",
            subject="",
            language="en",
            modified=datetime.datetime(2026, 3, 14, tzinfo=datetime.UTC),
            stamp="",
        ),
        paper=Paper.A4,
        audience=Audience.PARTICIPANT,
        has_prelims=False,
        warnings=(),
    )


def span_of(body_line: int) -> SourceSpan:
    """Give the place that a line of such a body comes from."""
    return SourceSpan(path=SESSION, line=body_line + SHIFT)


def real_engines(
    cache_folder: Path, *, search_path: str = os.defpath, may_fork: bool = True, limits: Limits | None = None
) -> WarmEngines:
    """Give the LuaLaTeX of this machine with the small class."""
    return WarmEngines(
        class_folders=(CLASSES,),
        font_folders=(FONTS,),
        cache_folder=cache_folder,
        search_path=search_path,
        may_fork=may_fork,
        limits=limits,
    )


def learn_font(cache_folder: Path) -> Path:
    """Let luaotfload learn the font of the small class, and give its cache."""
    with real_engines(cache_folder) as engines:
        engine = engines.take(PLAIN_CLASS)
        engine.place(BODY, tex_document("The well").body.encode())
        engine.hand_over()
        engine.wait(LEARNING_SECONDS)
        engines.keep_fonts_of(engine)
    return cache_folder


def stand_in_engines(name: str, cache_folder: Path, *, search_path: str = os.defpath) -> WarmEngines:
    """Give a program that behaves badly under LuaLaTeX's name."""
    return real_engines(cache_folder, search_path=f"{STAND_INS / name}{os.pathsep}{search_path}", may_fork=False)


def lasting_processes(folder: Path) -> list[int]:
    """Give the processes that work in a folder, or were started for it, and do not end within moments."""
    return [process for process in processes_in(folder) if not _ends_soon(process)]


def processes_in(folder: Path) -> list[int]:
    """Give the processes that work in a folder, or were started for it."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            environment, place = (entry / "environ").read_bytes(), (entry / "cwd").readlink()
        except OSError:
            continue
        if bytes(folder) in environment or place.is_relative_to(folder):
            found.append(int(entry.name))
    return found


def _ends_soon(process: int) -> bool:
    try:
        descriptor = os.pidfd_open(process)
    except ProcessLookupError:
        return True
    ready, _, _ = select.select([descriptor], [], [], MOMENTS_SECONDS)
    os.close(descriptor)
    return bool(ready)
