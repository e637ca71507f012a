"""What the doctor finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.engine.probe import examine_installation, read_debian_packages

if TYPE_CHECKING:
    from pathlib import Path

    from studyguide.engine import Finding


def examine(tmp_path: Path, search_path: str = "") -> dict[str, Finding]:
    """Examine a machine on which nothing is installed but what is put into a folder."""
    (tmp_path / "classes").mkdir(exist_ok=True)
    (tmp_path / "fonts").mkdir(exist_ok=True)
    findings = examine_installation(
        class_folders=(tmp_path / "classes",),
        font_folders=(tmp_path / "fonts",),
        cache_folder=tmp_path / "cache",
        search_path=search_path or str(tmp_path),
    )
    return {each.name: each for each in findings}


def put_program(folder: Path, name: str, script: str) -> None:
    """Put a small program on the search path."""
    (folder / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    (folder / name).chmod(0o755)


def test_on_a_bare_machine_all_that_is_needed_is_missing(tmp_path: Path) -> None:
    """The engine, its packages and nothing that is there."""
    findings = examine(tmp_path)
    assert not findings["LuaLaTeX"].is_present
    assert findings["LuaLaTeX"].is_needed
    assert not findings["LaTeX packages"].is_present
    assert not findings["Noto Color Emoji"].is_present
    assert not findings["Noto Color Emoji"].is_needed
    assert findings["a page"].detail == "LuaLaTeX is not installed"


def test_where_there_is_apt_the_whole_command_is_given(tmp_path: Path) -> None:
    """The author can copy one line."""
    put_program(tmp_path, "apt-get", "")
    hint = examine(tmp_path)["LuaLaTeX"].hint
    assert hint.startswith("sudo apt-get install --no-install-recommends texlive-luatex ")
    assert "bubblewrap" in hint


def test_elsewhere_it_is_said_what_to_look_for(tmp_path: Path) -> None:
    """TeX Live and the names of the fonts."""
    hint = examine(tmp_path)["LuaLaTeX"].hint
    assert "TeX Live 2022 or newer" in hint
    assert "Vollkorn" in hint


def test_an_engine_that_is_too_old_is_said_as_such(tmp_path: Path) -> None:
    """By the version that it gives itself."""
    put_program(tmp_path, "lualatex", "echo 'This is LuaHBTeX, Version 1.10.0 (TeX Live 2019)'")
    finding = examine(tmp_path)["LuaLaTeX"]
    assert not finding.is_present
    assert finding.detail == "LuaHBTeX, Version 1.10.0 (TeX Live 2019) is too old"


def test_packages_that_the_class_needs_are_asked_for(tmp_path: Path) -> None:
    """They are read from the class itself; what lies beside it is not asked for."""
    put_program(tmp_path, "lualatex", "echo 'This is LuaHBTeX, Version 1.15.0 (TeX Live 2022)'")
    put_program(tmp_path, "kpsewhich", "echo /texmf/graphicx.sty")
    (tmp_path / "classes").mkdir()
    (tmp_path / "classes" / "studyguide.cls").write_text(
        "\\RequirePackage{graphicx}\\RequirePackage[english]{babel}\\RequirePackage{studyguide-text}", encoding="utf-8"
    )
    (tmp_path / "classes" / "studyguide-text.sty").touch()
    findings = examine(tmp_path)
    assert findings["LuaLaTeX"].is_present
    assert findings["LaTeX packages"].detail == "missing: babel.sty"


def test_fonts_that_the_class_names_are_looked_for(tmp_path: Path) -> None:
    """In the folders of fonts, at any depth."""
    (tmp_path / "classes").mkdir()
    (tmp_path / "classes" / "studyguide.cls").write_text("[Vollkorn-Regular.ttf] [Cabin-Bold.otf]", encoding="utf-8")
    (tmp_path / "fonts" / "truetype").mkdir(parents=True)
    (tmp_path / "fonts" / "truetype" / "Vollkorn-Regular.ttf").touch()
    assert examine(tmp_path)["fonts of the class"].detail == "missing: Cabin-Bold.otf"


def test_what_is_only_for_developing_is_not_asked_of_authors() -> None:
    """The second half of the list is for those who work on studyguide."""
    packages = read_debian_packages()
    assert "texlive-luatex" in packages
    assert "latexmk" not in packages
