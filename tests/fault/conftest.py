"""What tests of engines in trouble share: what luaotfload has learnt, a watched place for private folders."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

import pytest
from tex_documents import lasting_processes, learn_font

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Let luaotfload learn the font of the small class once for all tests."""
    return learn_font(tmp_path_factory.mktemp("cache"))


@pytest.fixture
def work_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Private folders are made here; when the test is over none is left, and no process that worked in one."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []
    assert lasting_processes(folder) == []
