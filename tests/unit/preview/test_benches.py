"""When engines and settings are renewed: a class, a template or studyguide.toml has become another."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from manuscripts import write_guide

from studyguide.errors import EngineCrashed, SettingsError
from studyguide.preview.benches import Benches
from studyguide.settings import SETTINGS_FILE, load_settings
from studyguide.targets import Target

if TYPE_CHECKING:
    from collections.abc import Callable

COMMONS = Path("commons")
OWN = COMMONS / "latex_templates"
TARGETS = (Target(folder=COMMONS, session=None),)


@pytest.fixture
def benches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Benches:
    """Give benches for a guide; no engine is started."""
    monkeypatch.chdir(tmp_path)
    write_guide(COMMONS)
    made = Benches(load_settings=lambda: load_settings(Path(), os.environ), output=None)
    assert not made.is_outdated(TARGETS)
    return made


def put_template() -> None:
    """Give the guide a template of its own."""
    OWN.mkdir()
    (OWN / "handout.tex.j2").write_text("one", encoding="utf-8")


def change_template() -> None:
    """Let it be another."""
    (OWN / "handout.tex.j2").write_text("other", encoding="utf-8")


def put_class() -> None:
    """Put a class beside it."""
    (OWN / "studyguide.cls").write_text("one", encoding="utf-8")


def remove_templates() -> None:
    """Take all away."""
    shutil.rmtree(OWN)


def write_settings() -> None:
    """Write settings."""
    Path(SETTINGS_FILE).write_text('output = "elsewhere"\n', encoding="utf-8")


def test_every_change_of_design_and_settings_is_found_once(benches: Benches) -> None:
    """Whatever comes, changes or goes."""
    changes: tuple[Callable[[], None], ...] = (
        put_template,
        change_template,
        put_class,
        remove_templates,
        write_settings,
    )
    for change in changes:
        change()
        assert benches.is_outdated(TARGETS), change.__name__
        assert not benches.is_outdated(TARGETS), change.__name__


def test_what_editors_hide_beside_templates_is_no_change(benches: Benches) -> None:
    """Their own files, and a session, which is no template."""
    put_template()
    assert benches.is_outdated(TARGETS)
    (OWN / ".handout.tex.j2.swp").write_bytes(b"b0VIM")
    (COMMONS / "sessions" / "02.md").touch()
    (OWN / "handout.tex.j2").touch()
    assert not benches.is_outdated(TARGETS)


def test_all_that_decides_about_the_design_is_watched(benches: Benches) -> None:
    """Also what is not there yet."""
    assert benches.files(TARGETS) >= {Path(SETTINGS_FILE), OWN, benches.settings.template_folder / "studyguide.cls"}
    put_template()
    assert OWN / "handout.tex.j2" in benches.files(TARGETS)


def test_renewed_they_follow_the_settings(benches: Benches) -> None:
    """Where PDFs go, for instance, unless the command has said so."""
    number = benches.number
    assert benches.output == Path("build")
    write_settings()
    benches.renew()
    assert (benches.number, benches.output) == (number + 1, Path("elsewhere"))
    given = Benches(load_settings=lambda: load_settings(Path(), os.environ), output=Path("there"))
    assert given.output == Path("there")


def test_wrong_settings_are_told_and_those_before_stay(benches: Benches) -> None:
    """While somebody writes them; at the start they are an error."""
    Path(SETTINGS_FILE).write_text("output = 3\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="expected a text in quotes"):
        benches.renew()
    assert benches.output == Path("build")
    with pytest.raises(SettingsError):
        Benches(load_settings=lambda: load_settings(Path(), os.environ), output=None)


def test_when_all_has_ended_no_engine_is_started_any_more(benches: Benches) -> None:
    """Who still works for a page is told."""
    benches.close()
    with pytest.raises(EngineCrashed, match="the watch has ended"):
        benches.bench(TARGETS[0])
