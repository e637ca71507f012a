"""What is installed and what is missing, for `doctor`.

Comes in: a search path and folders. Goes out: findings, each with what to do when something is missing.
Left to others: finding what a build needs (`discovery`), showing (`cli`).
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studyguide.artifacts import PLAIN_PREAMBLE
from studyguide.engine.discovery import ask_kpsewhich, ask_version, find_confinement, find_program
from studyguide.engine.driver import BODY
from studyguide.engine.installation import SYSTEM_FOLDERS, Confinement
from studyguide.engine.process import Tools
from studyguide.engine.server_status import ForkRefused
from studyguide.engine.warm import WarmEngines
from studyguide.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Iterator

DEBIAN_PACKAGES = Path(__file__).with_name("debian-packages.txt")

DEVELOPMENT_MARK = "# For developing"
"""In the list of packages, what stands below this line is only needed to test and to measure."""

OLDEST_ENGINE = (1, 13)
"""LuaHBTeX of TeX Live 2021; we are tested with 1.15 of TeX Live 2022."""

PAGE_SECONDS = 120.0
"""How long the first page of all may take: an index of all fonts is made for it."""

FALLBACK_FONTS = {
    "Noto Serif CJK": "NotoSerifCJK-Regular.ttc",
    "Noto Serif Armenian": "NotoSerifArmenian-Regular.ttf",
    "Noto Naskh Arabic": "NotoNaskhArabic-Regular.ttf",
    "Noto Color Emoji": "NotoColorEmoji.ttf",
    "Symbola": "Symbola_hint.ttf",
}
"""A font for each group of scripts; without it text in that script is refused at its line."""

HYPHENATIONS = ("hyph-de-1996.tex", "hyph-es.tex", "hyph-fr.tex", "hyph-it.tex", "hyph-pt.tex")
"""Patterns of some languages (hyph-utf8); without them lines of these languages are not divided."""

_PACKAGE = re.compile(r"\\(?:RequirePackage|LoadClass)(?:WithOptions)?(?:\[[^]]*\])?\{([\w,\s-]+)\}")
_FONT_FILE = re.compile(r"[\w-]+\.(?:ttf|otf|ttc)\b")
_VERSION = re.compile(r"Version (\d+)\.(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked for: is it there, can we do without it, what more to say, how to get it."""

    name: str
    is_present: bool
    is_needed: bool
    detail: str
    hint: str


def examine_installation(
    *, class_folders: tuple[Path, ...], font_folders: tuple[Path, ...], cache_folder: Path, search_path: str
) -> tuple[Finding, ...]:
    """Look for everything that a build needs or is better with."""
    lualatex = find_program("lualatex", search_path)
    hint = _how_to_install(search_path)
    return (
        _examine_engine(lualatex, search_path, hint),
        *_examine_files(lualatex, search_path, class_folders, hint),
        *_examine_fonts(class_folders, font_folders, hint),
        _examine_confinement(search_path, hint),
        _examine_limiter(search_path, hint),
        _examine_cache(cache_folder),
        *_examine_page(class_folders, font_folders, cache_folder, search_path, hint),
    )


def _examine_page(
    class_folders: tuple[Path, ...], font_folders: tuple[Path, ...], cache_folder: Path, search_path: str, hint: str
) -> Iterator[Finding]:
    """Let TeX set a page, which also lets it learn the fonts that every guide needs."""
    with WarmEngines(
        class_folders=class_folders,
        font_folders=font_folders,
        cache_folder=cache_folder,
        search_path=search_path,
        may_fork=True,
    ) as engines:
        try:
            is_set = _sets_page(engines)
            problem = "TeX sets one" if is_set else "TeX cannot set one"
        except (EngineError, TimeoutError) as failure:
            is_set, problem = False, str(failure) or "TeX does not finish one"
    yield Finding(name="a page", is_present=is_set, is_needed=True, detail=problem, hint=hint)
    detail = describe_warmth(engines.reason_to_stand_by)
    yield Finding(name="warm engines", is_present=is_set, is_needed=False, detail=detail if is_set else "", hint="")


def describe_warmth(reason_to_stand_by: str) -> str:
    """Say in which of two ways engines are started before their document is there, and why not in the faster one."""
    if reason_to_stand_by:
        return f"TeX stands by for each document: {reason_to_stand_by}"
    return "TeX forks for each document, and locks it (Landlock, seccomp)"


def _sets_page(engines: WarmEngines) -> bool:
    while True:
        engine = engines.take(PLAIN_PREAMBLE)
        engine.place(BODY, b"\\begin{document}\nThe well\n\\end{document}\n")
        engine.hand_over()
        try:
            is_set = engine.wait(PAGE_SECONDS) == 0
        except ForkRefused as refusal:
            engines.stop_forking(str(refusal))
            continue
        engines.keep_fonts_of(engine)
        return is_set


def read_debian_packages() -> tuple[str, ...]:
    """Give the Debian packages that are needed to build guides."""
    text = DEBIAN_PACKAGES.read_text(encoding="utf-8").partition(DEVELOPMENT_MARK)[0]
    return tuple(word for line in text.splitlines() if (word := line.partition("#")[0].strip()))


def _how_to_install(search_path: str) -> str:
    if find_program("apt-get", search_path):
        return f"sudo apt-get install --no-install-recommends {' '.join(read_debian_packages())}"
    return (
        "install TeX Live 2022 or newer (https://tug.org/texlive) with LuaLaTeX, and the fonts Vollkorn, Cabin, Noto, "
        "Noto CJK, Noto Color Emoji and Symbola; their Debian packages are called " + " ".join(read_debian_packages())
    )


def _examine_engine(lualatex: Path | None, search_path: str, hint: str) -> Finding:
    answer = ask_version(lualatex, search_path, Tools()) if lualatex else None
    first_line = (answer or "").partition("\n")[0].removeprefix("This is ").rstrip(".")
    version = _VERSION.search(first_line)
    is_new_enough = version is not None and (int(version[1]), int(version[2])) >= OLDEST_ENGINE
    detail = first_line if is_new_enough or not first_line else f"{first_line} is too old"
    return Finding(name="LuaLaTeX", is_present=is_new_enough, is_needed=True, detail=detail, hint=hint)


def _examine_files(
    lualatex: Path | None, search_path: str, class_folders: tuple[Path, ...], hint: str
) -> Iterator[Finding]:
    needed = sorted({f"{name}.sty" for name in _packages_in(class_folders)})
    found = _files_found(lualatex, search_path, (*needed, *HYPHENATIONS))
    missing = [name for name in needed if name not in found]
    yield Finding(
        name="LaTeX packages",
        is_present=lualatex is not None and not missing,
        is_needed=True,
        detail=f"missing: {', '.join(missing)}" if missing else f"all {len(needed)} that the class uses",
        hint=hint,
    )
    undivided = [name for name in HYPHENATIONS if name not in found]
    yield Finding(
        name="hyphenation",
        is_present=not undivided,
        is_needed=False,
        detail=f"missing: {', '.join(undivided)}"
        if undivided
        else "German, Spanish, French, Italian, Portuguese, more",
        hint=hint,
    )


def _files_found(lualatex: Path | None, search_path: str, names: tuple[str, ...]) -> set[str]:
    if lualatex is None:
        return set()
    return {Path(each).name for each in ask_kpsewhich(lualatex, search_path, Tools(), *names)}


def _packages_in(class_folders: tuple[Path, ...]) -> set[str]:
    names = {
        name.strip()
        for text in _class_texts(class_folders)
        for match in _PACKAGE.finditer(text)
        for name in match[1].split(",")
    }
    own = {path.stem for folder in class_folders if folder.is_dir() for path in folder.iterdir()}
    return names - own - {""}


def _class_texts(class_folders: tuple[Path, ...]) -> Iterator[str]:
    for folder in class_folders:
        for path in sorted((*folder.glob("*.cls"), *folder.glob("*.sty"), *folder.glob("*.lua"))):
            yield path.read_text(encoding="utf-8", errors="replace")


def _examine_fonts(class_folders: tuple[Path, ...], font_folders: tuple[Path, ...], hint: str) -> Iterator[Finding]:
    installed = {name for folder in font_folders for _, _, names in os.walk(folder) for name in names}
    used = {name for text in _class_texts(class_folders) for name in _FONT_FILE.findall(text)}
    missing = sorted(used - installed)
    yield Finding(
        name="fonts of the class",
        is_present=not missing,
        is_needed=True,
        detail=f"missing: {', '.join(missing)}" if missing else f"all {len(used)}",
        hint=hint,
    )
    for family, name in FALLBACK_FONTS.items():
        yield Finding(name=family, is_present=name in installed, is_needed=False, detail="", hint=hint)


def _examine_confinement(search_path: str, hint: str) -> Finding:
    confinement, _ = find_confinement(search_path, SYSTEM_FOLDERS, Tools())
    details = {
        Confinement.BUBBLEWRAP: "TeX runs in a closed room (bubblewrap)",
        Confinement.LANDLOCK: "the kernel keeps TeX to its folder (Landlock); bubblewrap is missing or forbidden here",
        Confinement.NONE: "TeX is held by its own rules only",
    }
    return Finding(
        name="sandbox",
        is_present=confinement is not Confinement.NONE,
        is_needed=False,
        detail=details[confinement],
        hint=hint,
    )


def _examine_limiter(search_path: str, hint: str) -> Finding:
    is_present = find_program("prlimit", search_path) is not None
    detail = "" if is_present else "TeX's memory and files are not limited, only its time (prlimit, of util-linux)"
    return Finding(name="limits", is_present=is_present, is_needed=False, detail=detail, hint=hint)


def _examine_cache(cache_folder: Path) -> Finding:
    nearest = next(each for each in (cache_folder, *cache_folder.parents) if each.exists())
    return Finding(
        name="cache",
        is_present=nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK),
        is_needed=True,
        detail=str(cache_folder),
        hint=f'make "{nearest}" writable',
    )
