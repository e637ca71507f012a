"""Settings: `studyguide.toml` beside the guides, and what the machine says, checked once (owns platformdirs).

Comes in: a folder and the environment. Goes out: one frozen `Settings`, whose values `build` hands to the stages.
Left to others: what a guide says about itself (its `guide.md`).
"""

from __future__ import annotations

import os
import re
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studyguide.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

SETTINGS_FILE = "studyguide.toml"
DESIGN_SUFFIXES = {".cls", ".sty", ".lua"}
"""What TeX itself reads of the templates."""

TIME_LIMIT_SECONDS = 90.0
"""How long TeX may take for one document: thirty pages take three seconds, so this only ends what hangs."""

TOML_PLACE = re.compile(r"\(at line (?P<line>\d+), column (?P<column>\d+)\)")
"""Where Python's reader of TOML says that something is wrong; what it says is for programmers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where things are and how long they may take. Paths are absolute or relative to the working folder.

    `source_date_epoch` (seconds, reproducible-builds.org) replaces the date of the newest source when it is given.
    """

    output: Path
    time_limit_seconds: float
    font_folders: tuple[Path, ...]
    template_folder: Path
    cache_folder: Path
    search_path: str
    source_date_epoch: int | None


def load_settings(folder: Path, environment: Mapping[str, str]) -> Settings:
    """Read `studyguide.toml` in a folder, if there is one, and fill in what it leaves out.

    Raises:
        SettingsError: when the file is not TOML, has an unknown key or a value of the wrong kind.
    """
    path = folder / SETTINGS_FILE
    given = _read_table(path) if path.exists() else {}
    known = {"output", "time-limit-seconds", "font-folders"}
    for key in given:
        if key not in known:
            raise SettingsError(
                f"{path}: unknown key `{key}`", hint=f"the keys are {', '.join(f'`{each}`' for each in sorted(known))}"
            )
    return Settings(
        output=Path(_text(path, given, "output", "build")),
        time_limit_seconds=_seconds(path, given, "time-limit-seconds", TIME_LIMIT_SECONDS),
        font_folders=(*_folders(path, given, "font-folders"), *_system_font_folders(environment)),
        template_folder=_template_folder(),
        cache_folder=_cache_folder(),
        search_path=environment.get("PATH", os.defpath),
        source_date_epoch=_epoch(environment),
    )


def template_folders_of(guide_folder: Path, settings: Settings) -> tuple[Path, ...]:
    """Give the folders in which templates are looked for, the guide's own first."""
    own = guide_folder / "latex_templates"
    return (own, settings.template_folder) if own.is_dir() else (settings.template_folder,)


def _read_table(path: Path) -> dict[str, object]:
    text = ""
    try:
        text = path.read_text(encoding="utf-8")
        return dict(tomllib.loads(text))
    except OSError as problem:
        raise SettingsError(f"{path} cannot be read: {problem.strerror}", hint="mend the file, or remove it") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{path} is not UTF-8", hint="save it as UTF-8") from None
    except tomllib.TOMLDecodeError as problem:
        at = TOML_PLACE.search(str(problem))
        place = f"{path}:{at['line']}:{at['column']}" if at else f"{path}:{len(text.rstrip().splitlines())}"
        raise SettingsError(
            f"{place}: a setting cannot be read here", hint='write a setting a line, as in output = "build"'
        ) from None


def _text(path: Path, given: dict[str, object], key: str, default: str) -> str:
    value = given.get(key, default)
    if isinstance(value, str) and value:
        return value
    raise SettingsError(f'{path}: `{key}` is "{value}", expected a text in quotes', hint=f'write {key} = "{default}"')


def _seconds(path: Path, given: dict[str, object], key: str, default: float) -> float:
    value = given.get(key, default)
    if isinstance(value, int | float) and not isinstance(value, bool) and value > 0:
        return float(value)
    raise SettingsError(f'{path}: `{key}` is "{value}", expected a number of seconds', hint=f"write {key} = {default}")


def _folders(path: Path, given: dict[str, object], key: str) -> tuple[Path, ...]:
    value = given.get(key, [])
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return tuple(Path(each).expanduser() for each in value)
    raise SettingsError(f'{path}: `{key}` is "{value}", expected a list', hint=f'write {key} = ["fonts"]')


def _epoch(environment: Mapping[str, str]) -> int | None:
    value = environment.get("SOURCE_DATE_EPOCH", "")
    if not value:
        return None
    if value.isascii() and value.isdigit():
        return int(value)
    raise SettingsError(f'SOURCE_DATE_EPOCH is "{value}", expected a number of seconds', hint="unset it")


def _system_font_folders(environment: Mapping[str, str]) -> tuple[Path, ...]:
    home = Path(environment.get("HOME", "/"))
    if sys.platform == "darwin":
        candidates = [home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts")]
    else:
        candidates = [home / ".local/share/fonts", home / ".fonts", Path("/usr/local/share/fonts")]
        candidates += [Path("/usr/share/fonts"), Path("/usr/share/texmf/fonts/opentype")]
    return tuple(folder for folder in candidates if folder.is_dir())


def _template_folder() -> Path:
    inside_wheel = Path(__file__).parent / "latex_templates"
    return inside_wheel if inside_wheel.is_dir() else Path(__file__).parents[2] / "latex_templates"


def _cache_folder() -> Path:
    import platformdirs

    return Path(platformdirs.user_cache_dir("studyguide", appauthor=False))
