"""One proof as far as it goes without TeX: what is wrong is told; what goes away meanwhile is no mistake of ours."""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from manuscripts import HEADER, PNG, write_guide

from studyguide.cache import BuildCache
from studyguide.engine import WarmEngines
from studyguide.errors import ManuscriptError
from studyguide.making import Line
from studyguide.model.guide import Audience, Paper
from studyguide.preview.board import Choice
from studyguide.preview.proofing import Bench, Proofed, explain, make_proof
from studyguide.settings import load_settings
from studyguide.targets import Target

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TRIES = 60


class GoneOn(Exception):
    """Raised by the check of a test: the sources are not what they were."""


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    """Write a guide of one session."""
    return write_guide(tmp_path / "commons", sessions={"01-well.md": HEADER + "\nThe well.\n"})


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """Give engines that are never started."""
    settings = load_settings(tmp_path, os.environ)
    engines = WarmEngines(class_folders=(), font_folders=(), cache_folder=tmp_path, search_path="", may_fork=False)
    line = Line(cache=BuildCache(tmp_path / "build"), engines=engines, time_limit_seconds=1.0, design="")
    return Bench(line=line, settings=settings, output=tmp_path / "build")


def prove(guide: Path, bench: Bench, check: Callable[[tuple[Path, ...]], None]) -> Proofed:
    """Make the usual proof of the session."""
    session = guide / "sessions" / "01-well.md"
    choice = Choice(source=session, audience=Audience.PARTICIPANT, paper=Paper.LETTER)
    return make_proof(Target(folder=guide, session=None), choice, bench, check)


def go_on(_: tuple[Path, ...]) -> None:
    """Find that the sources have gone on."""
    raise GoneOn


def test_an_error_is_told_with_all_that_was_read(guide: Path, bench: Bench) -> None:
    """Also what was looked for in vain, for its coming mends the session."""
    session = guide / "sessions" / "01-well.md"
    session.write_text(f"{HEADER}\n![Well](images/well.png)\n", encoding="utf-8")
    read: list[tuple[Path, ...]] = []
    proofed = prove(guide, bench, read.append)
    assert proofed.trouble is not None
    assert [each.message for each in proofed.trouble.problems] == ['there is no such picture: "images/well.png"']
    assert (proofed.proof, proofed.publication, proofed.is_accident) == (None, None, False)
    assert set(proofed.depends_on) >= {guide / "guide.md", session, guide / "images" / "well.png"}
    assert read == [proofed.depends_on]


def test_an_error_in_what_cannot_be_printed_is_told_with_all_that_was_read(guide: Path, bench: Bench) -> None:
    """What the reader lets pass and a later stage does not."""
    (guide / "images").mkdir()
    (guide / "images" / "well.png").write_bytes(PNG)
    session = guide / "sessions" / "01-well.md"
    session.write_text(f"{HEADER}\n![Well](images/well.png)\n", encoding="utf-8")
    read: list[tuple[Path, ...]] = []
    proofed = prove(guide, bench, read.append)
    assert proofed.trouble is not None
    assert proofed.trouble.problems[0].span.path == session
    assert set(proofed.depends_on) >= {guide / "guide.md", session, guide / "images" / "well.png"}
    assert read == [proofed.depends_on]
    assert not proofed.is_accident


@pytest.mark.parametrize("pages", ["423-490", "490-423"])
def test_sources_that_have_gone_on_end_it(guide: Path, bench: Bench, pages: str) -> None:
    """Before TeX is asked, and before an error is told that may be mended already."""
    session = guide / "sessions" / "01-well.md"
    session.write_text(HEADER.replace("423-490", pages), encoding="utf-8")
    with pytest.raises(GoneOn):
        prove(guide, bench, go_on)


@contextmanager
def going_and_coming(file: Path) -> Iterator[None]:
    """Rename a file away and back again and again, as editors do that keep the old one as a backup."""
    is_over = threading.Event()
    away = file.with_name("away")

    def keep_renaming() -> None:
        while not is_over.is_set():
            file.rename(away)
            away.rename(file)

    thread = threading.Thread(target=keep_renaming)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


@pytest.mark.parametrize("name", ["sessions/01-well.md", "guide.md"])
def test_a_file_that_goes_and_comes_while_it_is_read_is_no_mistake_of_ours(
    guide: Path, bench: Bench, name: str
) -> None:
    """Whichever step misses it: it is looked at again, or told as a trouble."""
    with going_and_coming(guide / name):
        for _ in range(TRIES):
            with pytest.raises(GoneOn):
                prove(guide, bench, go_on)


def test_a_failure_is_told_in_its_own_words() -> None:
    """Sentence, advice and places."""
    trouble = explain(ManuscriptError("two files would have the same name", hint="rename one"))
    assert (trouble.message, trouble.hint, trouble.problems) == (
        "two files would have the same name",
        "rename one",
        (),
    )
