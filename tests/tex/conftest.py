"""What luaotfload learns of fonts, shared by the tests with the real engine: to look at them all takes seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tex_documents import PLAIN_CLASS, real_engines, tex_document

from studyguide.engine.driver import BODY

if TYPE_CHECKING:
    from pathlib import Path

LIMIT_SECONDS = 60.0


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Let luaotfload learn the font of the small class once for all tests."""
    folder = tmp_path_factory.mktemp("cache")
    with real_engines(folder) as engines:
        engine = engines.take(PLAIN_CLASS)
        engine.place(BODY, tex_document("The well").body.encode())
        engine.hand_over()
        engine.wait(LIMIT_SECONDS)
        engines.keep_fonts_of(engine)
    return folder
