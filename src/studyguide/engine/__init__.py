"""compile: a LaTeX document becomes a PDF, set by a LuaLaTeX that is already running.

Comes in: `TexDocument` and kept auxiliary bytes. Goes out: `CompiledPdf`, or TeX's complaints on the author's lines.
Left to others: what stands in the document (`latex`), what is done with the PDF (`prepress`).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studyguide.engine.assets import check_assets, prepare_assets
    from studyguide.engine.compile import compile_document
    from studyguide.engine.entering import files_that_enter
    from studyguide.engine.font_cache import is_first_run
    from studyguide.engine.job import EngineStopped
    from studyguide.engine.places import read_places
    from studyguide.engine.private_folders import PrivateFolders
    from studyguide.engine.probe import Finding, examine_installation
    from studyguide.engine.warm import WarmEngines

__all__ = [
    "EngineStopped",
    "Finding",
    "PrivateFolders",
    "WarmEngines",
    "check_assets",
    "compile_document",
    "examine_installation",
    "files_that_enter",
    "is_first_run",
    "prepare_assets",
    "read_places",
]

_MODULES = {
    "EngineStopped": "job",
    "Finding": "probe",
    "PrivateFolders": "private_folders",
    "WarmEngines": "warm",
    "check_assets": "assets",
    "compile_document": "compile",
    "examine_installation": "probe",
    "files_that_enter": "entering",
    "is_first_run": "font_cache",
    "prepare_assets": "assets",
    "read_places": "places",
}


def __getattr__(name: str) -> object:
    """Give a name of this stage; its module is read only now, so that an engine can start before all of us is there."""
    if name not in _MODULES:
        raise AttributeError(name)
    return getattr(import_module(f"studyguide.engine.{_MODULES[name]}"), name)
