"""Programs and folders are looked for once, and again when they have changed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from installations import installation_in

from studyguide.engine.premises import Premises
from studyguide.errors import EngineMissing

if TYPE_CHECKING:
    from pathlib import Path

    from studyguide.engine.installation import Installation


class Searcher:
    """Looks for an engine in a folder, and counts how often."""

    def __init__(self, folder: Path) -> None:
        """Look into this folder."""
        self.folder = folder
        self.searches = 0
        self.preparations = 0

    def search(self) -> Installation:
        """Find it, or not."""
        self.searches += 1
        if not (self.folder / "lualatex").is_file():
            raise EngineMissing("LuaLaTeX is not installed")
        return installation_in(self.folder)

    def prepare(self, installation: Installation) -> None:
        """Prepare it."""
        assert installation.lualatex.parent == self.folder
        self.preparations += 1


@pytest.fixture
def searcher(tmp_path: Path) -> Searcher:
    """Give one that finds something."""
    (tmp_path / "lualatex").touch()
    (tmp_path / "cache").mkdir()
    return Searcher(tmp_path)


def test_all_get_the_same(searcher: Searcher) -> None:
    """However many ask at once, it is looked for and prepared once."""
    premises = Premises(searcher.search, searcher.prepare)
    together = Barrier(4)

    def ask() -> Installation:
        together.wait()
        return premises.installation()

    with ThreadPoolExecutor(max_workers=4) as pool:
        found = [pool.submit(ask) for _ in range(4)]
        assert len({id(each.result()) for each in found}) == 1
    assert (searcher.searches, searcher.preparations) == (1, 1)


def test_what_has_changed_is_looked_for_anew(searcher: Searcher) -> None:
    """As after an upgrade in the middle of the day."""
    premises = Premises(searcher.search, searcher.prepare)
    premises.installation()
    premises.installation()
    (searcher.folder / "lualatex").write_text("a newer one", encoding="utf-8")
    premises.installation()
    assert (searcher.searches, searcher.preparations) == (2, 2)


def test_what_was_missing_is_looked_for_again(searcher: Searcher) -> None:
    """Whoever has been told so may have installed it meanwhile."""
    premises = Premises(searcher.search, searcher.prepare)
    (searcher.folder / "lualatex").rename(searcher.folder / "hidden")
    with pytest.raises(EngineMissing):
        premises.installation()
    (searcher.folder / "hidden").rename(searcher.folder / "lualatex")
    assert premises.installation().version == (1, 15)
    assert searcher.preparations == 1


def test_it_is_prepared_anew_when_asked_to(searcher: Searcher) -> None:
    """When engines are to start in another way than was thought."""
    premises = Premises(searcher.search, searcher.prepare)
    premises.installation()
    premises.renew()
    premises.installation()
    assert searcher.preparations == 2
