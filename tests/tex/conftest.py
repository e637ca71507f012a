"""What luaotfload learns of fonts, shared by the tests with the real engine: to look at them all takes seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tex_documents import learn_font

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Let luaotfload learn the font of the small class once for all tests."""
    return learn_font(tmp_path_factory.mktemp("cache"))
