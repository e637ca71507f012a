"""Which way engines are warm on a system, and why."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from studyguide.engine.landlock import landlock_version
from studyguide.engine.probe import describe_warmth
from studyguide.engine.warm import WarmEngines, reason_not_to_fork

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("system", "machine", "reason"),
    [
        ("darwin", "arm64", "only Linux can lock a process that forks"),
        ("win32", "AMD64", "only Linux can lock a process that forks"),
        ("linux", "riscv64", 'the system calls of the processor "riscv64" are not known'),
    ],
)
def test_a_system_that_cannot_lock_says_why(system: str, machine: str, reason: str) -> None:
    """Engines do not fork there."""
    assert reason_not_to_fork(system, machine) == reason


@pytest.mark.skipif(landlock_version() == 0, reason="this kernel has no Landlock")
@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_linux_with_landlock_can_lock(machine: str) -> None:
    """There is nothing against it."""
    assert reason_not_to_fork("linux", machine) == ""


def warm_engines(folder: Path, *, may_fork: bool) -> WarmEngines:
    """Give engines that nobody starts."""
    return WarmEngines(
        class_folders=(), font_folders=(), cache_folder=folder, search_path=os.defpath, may_fork=may_fork
    )


def test_a_class_of_an_author_stands_by(tmp_path: Path) -> None:
    """What forks has read its class before it is locked."""
    assert warm_engines(tmp_path, may_fork=False).reason_to_stand_by == "the class is not our own"


def test_what_an_engine_says_against_forking_is_kept(tmp_path: Path) -> None:
    """The doctor can tell."""
    engines = warm_engines(tmp_path, may_fork=True)
    engines.stop_forking("this LuaTeX has no ffi library")
    assert engines.reason_to_stand_by == "this LuaTeX has no ffi library"


def test_both_ways_are_said_in_a_sentence() -> None:
    """For the doctor."""
    assert describe_warmth("") == "TeX forks for each document, and locks it (Landlock, seccomp)"
    assert (
        describe_warmth("the kernel has no Landlock") == "TeX stands by for each document: the kernel has no Landlock"
    )
