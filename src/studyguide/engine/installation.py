"""Which engine is used and how it is called: arguments and environment, as values.

Comes in: programs and folders. Goes out: an `Installation`, and the words that start LuaLaTeX in a private folder.
Left to others: finding the programs (`probe`), starting them (`process`), what they start with (`driver`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from studyguide.engine.driver import DRIVER, JOB, START

LUA_IS_CHECKED = (1, 17)
"""The LuaTeX (TeX Live 2023) since which `openin_any` holds for Lua too: with `p`, paranoid, luaotfload could read no
font any more, so `r`, restricted, must do, and what an engine reads is left to its confinement."""

SYSTEM_FOLDERS = tuple(
    map(
        Path,
        (
            "/usr",
            "/bin",
            "/lib",
            "/lib64",
            "/etc/alternatives",
            "/etc/fonts",
            "/etc/texmf",
            "/var/lib/texmf",
            "/sys/kernel/mm/transparent_hugepage",
        ),
    )
)
"""What of the system an engine may read; the last one tells the C library whether it may ask for large pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What an engine may use up.

    `cpu_seconds`: how long it may compute; a whole guide takes a few seconds.
    `file_bytes`: how large a file may become; an endless log ends here.
    `memory_bytes`: how much memory it may ask for; CJK fonts need several hundred MB.
    `open_files`: how many files may be open at once; TeX needs some twenty.
    """

    cpu_seconds: int = 60
    file_bytes: int = 256 * 2**20
    memory_bytes: int = 4 * 2**30
    open_files: int = 256


class Confinement(StrEnum):
    """What keeps an engine in its private folder, besides its own rules: the strongest that works here."""

    BUBBLEWRAP = "bubblewrap"
    LANDLOCK = "landlock"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """Programs and folders.

    `confinement` is None until it was looked for: an engine that does not lock itself is not started without.
    `wrapper` is how bubblewrap or setpriv is called before the engine, `limiter` is prlimit; both may be missing.
    `quick_format` is LuaLaTeX's format, unpacked, or None to let it look for the packed one.
    `cache_folder` holds what luaotfload has learnt of fonts; engines read it, they do not write it.
    """

    lualatex: Path
    confinement: Confinement | None
    wrapper: Path | None
    limiter: Path | None
    quick_format: Path | None
    search_path: str
    system_folders: tuple[Path, ...]
    class_folders: tuple[Path, ...]
    font_folders: tuple[Path, ...]
    cache_folder: Path
    version: tuple[int, int]
    limits: Limits

    @property
    def readable_folders(self) -> tuple[Path, ...]:
        """All that an engine may read besides its private folder."""
        quick = (self.quick_format.parent,) if self.quick_format else ()
        return (*self.system_folders, *self.font_folders, self.cache_folder, *quick)


def environment_for(installation: Installation, folder: Path) -> dict[str, str]:
    """Give all that an engine in this private folder knows of the world.

    Files outside the folder can neither be opened by name (before LuaTeX 1.17) nor written (texmf.cnf); class,
    packages and fonts are found by searching only. The date is fixed because an engine starts before anybody knows
    the document's; `prepress` writes the real one.
    """
    nowhere = str(folder / "none")
    return {
        "PATH": installation.search_path,
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "TEXMFHOME": nowhere,
        "TEXMFCONFIG": nowhere,
        "TEXMFSYSCONFIG": nowhere,
        # From LuaTeX 1.17 on what Lua opens is checked too, and luaotfload may write below TEXMFVAR only.
        "TEXMFVAR": str(own_cache(folder)),
        # luaotfload writes to the first of these and reads them all.
        "TEXMFCACHE": f"{own_cache(folder)}:{installation.cache_folder}",
        "TEXINPUTS": ".:",
        # Else luaotfload starts a shell that asks how wide the terminal is.
        "TERM": "dumb",
        "OSFONTDIR": ":".join(map(str, installation.font_folders)),
        "openin_any": "p" if installation.version < LUA_IS_CHECKED else "r",
        "openout_any": "p",
        "shell_escape": "f",
        "max_print_line": "60000",
        "error_line": "254",
        "half_error_line": "238",
        # Names are spelt right by us: without this every file that is not found makes kpathsea read whole folders.
        "texmf_casefold_search": "0",
        # Large pages save a tenth of an engine's time (glibc 2.35 and later; others ignore it).
        "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
        "SOURCE_DATE_EPOCH": "1",
        "FORCE_SOURCE_DATE": "1",
    }


def arguments_for(installation: Installation, folder: Path) -> tuple[str, ...]:
    """Give the command that starts an engine in this private folder; no shell ever sees it."""
    limits = installation.limits
    # First the signal that says why, then, a second later, the kill.
    of_a_job = (f"--cpu={limits.cpu_seconds}:{limits.cpu_seconds + 1}", f"--fsize={limits.file_bytes}")
    return (
        *_limits(installation, of_a_job),
        *_wrapping(installation, folder),
        *_call(installation, "--no-shell-escape"),
    )


def forking_arguments_for(installation: Installation) -> tuple[str, ...]:
    """Give the command that starts an engine which forks: it reads our own class only, and locks its children itself.

    With `--shell-escape` LuaTeX has the library by which it forks and locks (LuaTeX manual, 4.14).
    """
    return (*_limits(installation, ()), *_call(installation, "--shell-escape"))


def _call(installation: Installation, shell_escape: str) -> tuple[str, ...]:
    return (
        str(installation.lualatex),
        *((f"--fmt={installation.quick_format}",) if installation.quick_format else ()),
        f"--lua={START}",
        shell_escape,
        "--nosocket",
        "--interaction=nonstopmode",
        "--halt-on-error",
        "--file-line-error",
        f"--jobname={JOB}",
        DRIVER,
    )


def own_cache(folder: Path) -> Path:
    """Give the place in a private folder where luaotfload leaves what it learns."""
    return folder / "cache"


def _limits(installation: Installation, of_a_job: tuple[str, ...]) -> tuple[str, ...]:
    if installation.limiter is None:
        return ()
    return (
        str(installation.limiter),
        *of_a_job,
        f"--as={installation.limits.memory_bytes}",
        f"--nofile={installation.limits.open_files}",
        "--core=0",
        "--",
    )


def _wrapping(installation: Installation, folder: Path) -> tuple[str, ...]:
    if installation.confinement is None:
        raise ValueError("what confines the engine was not looked for")
    if installation.wrapper is None:
        return ()
    program = str(installation.wrapper)
    if installation.confinement is not Confinement.BUBBLEWRAP:
        return (program, "--pdeathsig", "KILL", "--")
    return (program, *sandbox_options(installation.readable_folders, folder), "--")


def sandbox_options(readable: tuple[Path, ...], folder: Path) -> tuple[str, ...]:
    """Give bubblewrap's options: no network, no other processes, folders to read, one to write, and we die together."""
    return (
        *("--unshare-all", "--die-with-parent", "--dev", "/dev"),
        *(word for each in readable for word in ("--ro-bind-try", str(each), str(each))),
        *("--bind", str(folder), str(folder), "--chdir", str(folder)),
    )
