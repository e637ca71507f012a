"""Finding what an engine is started with: quickly, because every build waits for it.

Comes in: a search path and folders. Goes out: an `Installation`.
Left to others: looking closely and saying what is missing (`probe`).
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from studyguide.engine.format import FORMAT, find_quick_format
from studyguide.engine.installation import SYSTEM_FOLDERS, Confinement, Installation, Limits, sandbox_options
from studyguide.engine.private_folders import MEANS_SOMETHING
from studyguide.engine.version import find_version
from studyguide.errors import EngineMissing

if TYPE_CHECKING:
    from studyguide.engine.process import Tools

ANSWER_SECONDS = 10.0
"""How long a small program may take to answer; it takes milliseconds."""


def find_installation(  # noqa: PLR0913  each by its name
    *,
    class_folders: tuple[Path, ...],
    font_folders: tuple[Path, ...],
    cache_folder: Path,
    search_path: str,
    limits: Limits,
    tools: Tools,
) -> Installation:
    """Find the programs on a search path; what confines them is left to `find_confinement`.

    Raises:
        EngineMissing: when there is no LuaLaTeX, or the cache cannot be made or used.
        EngineCrashed: when `tools` were ended meanwhile.
    """
    lualatex = find_program("lualatex", search_path)
    if lualatex is None:
        raise EngineMissing("LuaLaTeX is not installed", hint="`studyguide doctor` says what to install")
    if MEANS_SOMETHING in str(cache_folder.absolute()):
        raise EngineMissing(
            f'TeX cannot use the cache "{cache_folder}": a dollar sign in a name means something to it',
            hint="set XDG_CACHE_HOME to another folder",
        )
    try:
        cache_folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise EngineMissing(
            f'the cache "{cache_folder}" cannot be made: {problem.strerror}', hint="make it writable"
        ) from problem
    system_folders = (*SYSTEM_FOLDERS, *_own_folders(lualatex))
    return Installation(
        lualatex=lualatex,
        confinement=None,
        wrapper=None,
        limiter=find_program("prlimit", search_path),
        quick_format=find_quick_format(lualatex, cache_folder, lambda: _locate_format(lualatex, search_path, tools)),
        search_path=search_path,
        system_folders=system_folders,
        class_folders=_whole(class_folders),
        font_folders=_whole(font_folders),
        cache_folder=cache_folder.absolute(),
        version=find_version(lualatex, cache_folder, lambda: ask_version(lualatex, search_path, tools)),
        limits=limits,
    )


def find_program(name: str, search_path: str) -> Path | None:
    """Give a program's place on a search path."""
    found = shutil.which(name, path=search_path)
    return Path(found).absolute() if found else None


def find_confinement(
    search_path: str, system_folders: tuple[Path, ...], tools: Tools
) -> tuple[Confinement, Path | None]:
    """Give the strongest confinement that works here, and the program that wraps the engine for it.

    Bubblewrap is tried, not only found: containers and hardened kernels may forbid what it needs.
    """
    bubblewrap = find_program("bwrap", search_path)
    if bubblewrap is not None:
        trial = (str(bubblewrap), *sandbox_options(system_folders, Path("/var")), "--", "/bin/true")
        if tools.run(trial, {"PATH": search_path}, ANSWER_SECONDS) is not None:
            return Confinement.BUBBLEWRAP, bubblewrap
    from studyguide.engine.landlock import landlock_version

    confinement = Confinement.LANDLOCK if landlock_version() > 0 else Confinement.NONE
    return confinement, find_program("setpriv", search_path)


def ask_kpsewhich(lualatex: Path, search_path: str, tools: Tools, *words: str) -> tuple[str, ...]:
    """Ask TeX's file search, as this engine would: one answer a line, what is not found is left out."""
    # It stands beside its lualatex: another one on the search path would answer for another TeX Live.
    arguments = (str(lualatex.with_name("kpsewhich")), "--engine=luahbtex", "--progname=lualatex", *words)
    answer = tools.run(arguments, {"PATH": search_path, "HOME": "/nonexistent"}, ANSWER_SECONDS, may_fail=True)
    return tuple((answer or "").split("\n")[:-1])


def ask_version(lualatex: Path, search_path: str, tools: Tools) -> str | None:
    """Let an engine say which it is."""
    return tools.run((str(lualatex), "--version"), {"PATH": search_path, "HOME": "/nonexistent"}, ANSWER_SECONDS)


def _locate_format(lualatex: Path, search_path: str, tools: Tools) -> Path | None:
    return next((Path(each) for each in ask_kpsewhich(lualatex, search_path, tools, FORMAT)), None)


def _own_folders(lualatex: Path) -> tuple[Path, ...]:
    """Give the folders of a TeX Live that is not the system's own: `<root>/bin/<platform>/lualatex`."""
    platform = lualatex.resolve().parent
    return (lualatex.parent, platform, platform.parent.parent) if platform.parent.name == "bin" else (lualatex.parent,)


def _whole(folders: tuple[Path, ...]) -> tuple[Path, ...]:
    return tuple(folder.absolute() for folder in folders)
