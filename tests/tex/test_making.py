"""One document on its way, with the real engine: what is kept, and what had better not be."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tex_documents import CLASSES, FONTS, SESSION, tex_document

from studyguide.cache import BuildCache
from studyguide.engine import WarmEngines
from studyguide.making import Line, Made, digest_design, make, publish_made
from studyguide.model.guide import Audience, Paper
from studyguide.targets import Variant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """Make a folder with the small class, for A4."""
    folder = tmp_path / "templates"
    folder.mkdir()
    small = (CLASSES / "commons.cls").read_text()
    (folder / "commons.cls").write_text(small.replace("300bp", "210mm").replace("400bp", "297mm"))
    return folder


@pytest.fixture
def line(tmp_path: Path, templates: Path, cache: Path) -> Iterator[Line]:
    """Give a line with the small class."""
    with WarmEngines(
        class_folders=(templates,), font_folders=(FONTS,), cache_folder=cache, search_path=os.defpath, may_fork=True
    ) as engines:
        yield Line(
            cache=BuildCache(tmp_path / "build"),
            engines=engines,
            time_limit_seconds=60.0,
            design=digest_design((templates,)),
            template_folders=(templates,),
        )


def variant_at(path: Path) -> Variant:
    """Give a file to make of a session."""
    return Variant(path=path, session=None, source=SESSION, paper=Paper.A4, audience=Audience.PARTICIPANT)


def test_what_was_made_once_can_stand_in_another_place(line: Line, tmp_path: Path) -> None:
    """It is kept before it is published, with TeX's notes and all that there is to say."""
    document = tex_document("Word" * 90)
    made = make(line, variant_at(tmp_path / "build" / "one.pdf"), document)
    again = make(line, variant_at(tmp_path / "build" / "other.pdf"), document)
    assert isinstance(made, Made)
    assert isinstance(again, Made)
    published = publish_made(line, again)

    assert (made.passes, again.passes) == (2, 0)
    assert (again.finished, again.auxiliary, again.warnings) == (made.finished, made.auxiliary, made.warnings)
    assert "too wide" in published.warnings[0].message
    assert (published.is_cached, published.passes, published.page_count) == (True, 0, 1)
    assert published.path.read_bytes() == made.finished.content
    assert not (tmp_path / "build" / "one.pdf").exists()


def test_what_was_set_while_the_class_changed_is_not_kept(line: Line, tmp_path: Path) -> None:
    """Nobody knows which of the two it was set with, and the first may come back."""
    line = replace(line, design="as it was when the engine read it")
    variant, document = variant_at(tmp_path / "build" / "one.pdf"), tex_document("The well")
    made = [make(line, variant, document), make(line, variant, document)]

    assert [isinstance(each, Made) and each.passes > 0 for each in made] == [True, True]
    assert not (tmp_path / "build" / ".studyguide" / "store").exists()


def test_no_folder_is_left_of_a_finished_document(line: Line, tmp_path: Path) -> None:
    """Who builds all day has no more folders in the evening."""
    for number in range(3):
        make(line, variant_at(tmp_path / "build" / f"{number}.pdf"), tex_document(f"Well {number}"))
    folder = line.engines.take("\\documentclass{commons}\n").folder.parent

    assert sorted(path.name for path in folder.rglob("doc.pdf")) == []
