"""Which fonts luaotfload has to learn, and a document that lets it do so and sets nothing of an author.

Comes in: the private folder of an engine that has set a document. Goes out: its new fonts, as luaotfload calls them.
That engine's own tables are never kept, since a hostile document could have written them: only the names of their files
are read, as a hint, and only fonts that are installed are learnt. Left to others: the run (`warm`).
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from studyguide.engine.font_cache import FONTS, NAMES, SHAPED_BY_HARFBUZZ, SHAPED_BY_LUA
from studyguide.engine.installation import own_cache

if TYPE_CHECKING:
    from pathlib import Path

MOST_FONTS = 32
"""How many fonts are learnt after one document; it may name no more, whatever it is."""

_SAFE_NAME = re.compile(r"[\w.-]+\.(?:ttf|otf|ttc|otc)", re.ASCII | re.IGNORECASE)
_UNCLEAN = re.compile(r"[^A-Za-z0-9\x80-\xff]+")
_NUMBERED = re.compile(r"(.+)-(\d+)")
_OF_HARFBUZZ = re.compile(r"(.+):(\d+):nil")


def fonts_to_learn(folder: Path, font_folders: tuple[Path, ...]) -> frozenset[str]:
    """Give the installed fonts of which an engine in this folder has written tables, as luaotfload's specifications."""
    tables = own_cache(folder) / FONTS
    by_lua, by_harfbuzz = (_names_in(tables / each) for each in (SHAPED_BY_LUA, SHAPED_BY_HARFBUZZ))
    if not by_lua and not by_harfbuzz:
        return frozenset()
    installed = {name for each in font_folders for _, _, names in os.walk(each) for name in names}
    safe = {name for name in installed if _SAFE_NAME.fullmatch(name)}
    known = {_clean(name.rpartition(".")[0]): name for name in sorted(safe)}
    found = {_of_lua(name, known) for name in by_lua} | {_of_harfbuzz(name, safe) for name in by_harfbuzz}
    return frozenset(sorted(found - {""})[:MOST_FONTS])


def is_index_to_be_made(folder: Path, cache_folder: Path) -> bool:
    """Whether an engine in this folder had to make an index of the installed fonts because there is none."""
    return (own_cache(folder) / NAMES).is_dir() and not (cache_folder / NAMES).is_dir()


def body_for(fonts: frozenset[str]) -> bytes:
    r"""Give a body that loads these fonts and ends, without a page."""
    lines = (f'\\font\\x="{font}" at 10pt' for font in sorted(fonts))
    return "\n".join((*lines, "\\csname @@end\\endcsname", "")).encode()


def _names_in(folder: Path) -> set[str]:
    try:
        with os.scandir(folder) as listing:
            return {entry.name for entry in listing}
    except OSError:
        return set()


def _of_lua(table: str, known: dict[str, str]) -> str:
    name = table.rpartition(".")[0]
    if name in known:
        return f"[{known[name]}]:mode=node;"
    numbered = _NUMBERED.fullmatch(name)
    if numbered and numbered[1] in known:
        return f"[{known[numbered[1]]}]({int(numbered[2]) - 1}):mode=node;"
    return ""


def _of_harfbuzz(table: str, safe: set[str]) -> str:
    parts = _OF_HARFBUZZ.fullmatch(table)
    name = parts[1].rpartition(":")[2] if parts else ""
    if parts is None or name not in safe:
        return ""
    return f"[{name}]({int(parts[2]) - 1}):mode=harf;" if name.lower().endswith("c") else f"[{name}]:mode=harf;"


def _clean(name: str) -> str:
    """Spell a name as luaotfload does in the names of its tables (`containers.cleanname`)."""
    return _UNCLEAN.sub("-", name.lower())
