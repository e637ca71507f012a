"""The settings file and what fills it in."""

from __future__ import annotations

from pathlib import Path

import pytest

from studyguide.errors import SettingsError
from studyguide.settings import TIME_LIMIT_SECONDS, load_settings


def test_without_a_file_everything_has_a_value(tmp_path: Path) -> None:
    """Nobody has to write settings."""
    settings = load_settings(tmp_path, {"PATH": "/somewhere"})

    assert settings.output == Path("build")
    assert settings.time_limit_seconds == TIME_LIMIT_SECONDS
    assert settings.search_path == "/somewhere"
    assert (settings.template_folder / "studyguide.cls").is_file()


def test_a_file_is_obeyed(tmp_path: Path) -> None:
    """Each key does what it says."""
    (tmp_path / "studyguide.toml").write_text('output = "out"\ntime-limit-seconds = 5\nfont-folders = ["fonts"]\n')
    settings = load_settings(tmp_path, {"SOURCE_DATE_EPOCH": "1700000000"})

    assert settings.output == Path("out")
    assert settings.time_limit_seconds == 5.0
    assert settings.font_folders[0] == Path("fonts")
    assert settings.source_date_epoch == 1_700_000_000


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("out = 1", "unknown key `out`"),
        ("output = 1", '`output` is "1", expected a text in quotes'),
        ("time-limit-seconds = 0", '`time-limit-seconds` is "0"'),
        ('font-folders = "x"', '`font-folders` is "x", expected a list'),
        ("output =\n", "studyguide.toml:1:9: a setting cannot be read here"),
        ("output build", "studyguide.toml:1:8: a setting cannot be read here"),
        ('output = "build"\noutput = "out"', "studyguide.toml:2: a setting cannot be read here"),
        ('output = "\udce9"', "studyguide.toml is not UTF-8"),
    ],
)
def test_a_wrong_file_is_told_what_is_wrong(tmp_path: Path, text: str, said: str) -> None:
    """The sentence names the key and the value."""
    (tmp_path / "studyguide.toml").write_text(text, encoding="utf-8", errors="surrogateescape")

    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path, {})

    assert said in caught.value.message


def test_a_date_that_is_no_number_is_refused(tmp_path: Path) -> None:
    """SOURCE_DATE_EPOCH is a number of seconds."""
    with pytest.raises(SettingsError, match="SOURCE_DATE_EPOCH"):
        load_settings(tmp_path, {"SOURCE_DATE_EPOCH": "today"})
