"""The class is copied beside the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyguide.engine.class_files import copy_class_files

if TYPE_CHECKING:
    from pathlib import Path


def put(folder: Path, name: str, content: str) -> None:
    """Put a file into a folder of a class."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(content, encoding="utf-8")


def test_the_authors_own_files_go_before_ours(tmp_path: Path) -> None:
    """A guide may replace one file of the class and keep the others."""
    put(tmp_path / "own", "studyguide-text.sty", "own")
    put(tmp_path / "ours", "studyguide-text.sty", "ours")
    put(tmp_path / "ours", "studyguide.cls", "ours")
    (tmp_path / "private").mkdir()
    copy_class_files((tmp_path / "own", tmp_path / "ours"), tmp_path / "private")
    assert {each.name: each.read_text(encoding="utf-8") for each in (tmp_path / "private").iterdir()} == {
        "studyguide-text.sty": "own",
        "studyguide.cls": "ours",
    }


def test_only_what_tex_reads_is_copied(tmp_path: Path) -> None:
    """Templates and folders stay where they are; a folder that does not exist is no mistake."""
    put(tmp_path / "ours", "handout.tex.j2", "template")
    (tmp_path / "ours" / "old.sty").mkdir()
    (tmp_path / "private").mkdir()
    copy_class_files((tmp_path / "missing", tmp_path / "ours"), tmp_path / "private")
    assert list((tmp_path / "private").iterdir()) == []
