"""The words and the environment that an engine is started with."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from studyguide.engine.installation import (
    Confinement,
    Installation,
    Limits,
    arguments_for,
    environment_for,
    forking_arguments_for,
)

FOLDER = Path("/tmp/studyguide-x")  # noqa: S108  never made
BARE = Installation(
    lualatex=Path("/usr/bin/lualatex"),
    confinement=Confinement.NONE,
    wrapper=None,
    limiter=None,
    quick_format=None,
    search_path="/usr/bin:/bin",
    system_folders=(Path("/usr"),),
    class_folders=(Path("/own/class"), Path("/shipped/class")),
    font_folders=(Path("/fonts/a"), Path("/fonts/b")),
    cache_folder=Path("/cache"),
    version=(1, 15),
    limits=Limits(),
)


def test_an_engine_may_not_run_programs_or_open_the_network() -> None:
    """No shell escape, no sockets; the first error ends it; every error has a file and a line."""
    assert arguments_for(BARE, FOLDER) == (
        "/usr/bin/lualatex",
        "--lua=start.lua",
        "--no-shell-escape",
        "--nosocket",
        "--interaction=nonstopmode",
        "--halt-on-error",
        "--file-line-error",
        "--jobname=doc",
        "driver.tex",
    )


def test_an_engine_is_limited_where_the_system_can() -> None:
    """Computing time, file size, memory, open files and core dumps."""
    words = arguments_for(replace(BARE, limiter=Path("/usr/bin/prlimit")), FOLDER)
    assert words[:7] == (
        "/usr/bin/prlimit",
        "--cpu=60:61",
        "--fsize=268435456",
        "--as=4294967296",
        "--nofile=256",
        "--core=0",
        "--",
    )


def test_bubblewrap_gives_one_folder_to_write_and_some_to_read() -> None:
    """No network, no other processes, nothing else of the disk."""
    confined = replace(BARE, confinement=Confinement.BUBBLEWRAP, wrapper=Path("/usr/bin/bwrap"))
    words = arguments_for(confined, FOLDER)
    assert words[:3] == ("/usr/bin/bwrap", "--unshare-all", "--die-with-parent")
    assert [words[at + 1] for at, word in enumerate(words) if word == "--bind"] == [str(FOLDER)]
    assert [words[at + 1] for at, word in enumerate(words) if word == "--ro-bind-try"] == [
        *("/usr", "/fonts/a", "/fonts/b", "/cache")
    ]
    assert words[words.index("--") + 1] == "/usr/bin/lualatex"


def test_without_bubblewrap_setpriv_ends_the_engine_with_us() -> None:
    """The kernel is asked to kill it when its parent dies."""
    confined = replace(BARE, confinement=Confinement.LANDLOCK, wrapper=Path("/usr/bin/setpriv"))
    assert arguments_for(confined, FOLDER)[:4] == ("/usr/bin/setpriv", "--pdeathsig", "KILL", "--")


def test_the_unpacked_format_is_used_when_there_is_one() -> None:
    """It is also one of the folders that may be read."""
    quick = replace(BARE, quick_format=Path("/cache/format/lualatex.fmt"))
    assert "--fmt=/cache/format/lualatex.fmt" in arguments_for(quick, FOLDER)
    assert Path("/cache/format") in quick.readable_folders


def test_the_environment_is_made_from_nothing() -> None:
    """Files are opened by name only in the private folder; everything personal points into it or nowhere."""
    environment = environment_for(BARE, FOLDER)
    assert environment["openin_any"] == environment["openout_any"] == "p"
    assert environment["shell_escape"] == "f"
    assert environment["HOME"] == str(FOLDER)
    assert environment["TEXINPUTS"] == ".:"
    assert environment["OSFONTDIR"] == "/fonts/a:/fonts/b"
    assert environment["TEXMFCACHE"] == f"{FOLDER}/cache:/cache"
    assert environment["SOURCE_DATE_EPOCH"] == "1"
    assert environment["TERM"] == "dumb"


def test_a_new_engine_may_read_its_fonts_from_lua() -> None:
    """Since LuaTeX 1.17 the strictest rule keeps it from its own fonts; writing stays as strict."""
    environment = environment_for(replace(BARE, version=(1, 17)), FOLDER)
    assert (environment["openin_any"], environment["openout_any"]) == ("r", "p")
    assert environment["TEXMFVAR"] == f"{FOLDER}/cache"


def test_an_engine_for_which_no_confinement_was_looked_for_is_not_started() -> None:
    """That would be a mistake of ours; one that locks its children itself needs none."""
    unknown = replace(BARE, confinement=None)
    with pytest.raises(ValueError, match="was not looked for"):
        arguments_for(unknown, FOLDER)
    assert "--shell-escape" in forking_arguments_for(unknown)
