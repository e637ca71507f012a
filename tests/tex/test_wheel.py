"""An installed wheel works in an empty folder: nothing that studyguide needs is left behind in the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]


def run(*command: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command to its end in a folder; what it says is shown when a test fails."""
    done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    print(done.stdout, done.stderr)  # noqa: T201  pytest shows it beside a failure
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel of this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    done = run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", folder, folder=PROJECT)
    assert done.returncode == 0
    return next(folder.glob("studyguide-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel beside the locked packages, away from the checkout, and give the command."""
    environment = tmp_path_factory.mktemp("installed") / "environment"
    assert run(sys.executable, "-m", "venv", "--without-pip", environment, folder=PROJECT).returncode == 0
    locked = sysconfig.get_path("purelib")
    python = environment / "bin" / "python"
    own = Path(
        run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", folder=PROJECT).stdout.strip()
    )
    (own / "locked.pth").write_text(f"{locked}\n", encoding="utf-8")
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-index", "--no-deps")
    assert run(*pip, "--force-reinstall", wheel, folder=PROJECT).returncode == 0
    return environment / "bin" / "studyguide"


def test_the_wheel_holds_everything_that_is_read_at_run_time(wheel: Path) -> None:
    """Templates, the class, the list of packages and the mark of a typed package are inside."""
    names = set(zipfile.ZipFile(wheel).namelist())
    templates = {f"studyguide/latex_templates/{each.name}" for each in (PROJECT / "latex_templates").iterdir()}
    assert templates
    assert templates - names == set()
    package = PROJECT / "src" / "studyguide"
    texts = {each for each in package.rglob("*") if each.is_file() and "__pycache__" not in each.parts}
    assert {each.relative_to(package.parent).as_posix() for each in texts} - names == set()


def test_the_wheel_holds_no_tests_and_no_samples(wheel: Path) -> None:
    """Who installs studyguide gets the tool only."""
    folders = {name.split("/", 1)[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {folder for folder in folders if not folder.endswith(".dist-info")} == {"studyguide"}


def test_an_installed_studyguide_makes_and_builds_a_guide_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    """`new`, `check` and `build` work with no checkout around."""
    made = run(installed, "new", "Garden Readers", folder=tmp_path)
    assert made.returncode == 0
    checked = run(installed, "check", folder=tmp_path)
    assert checked.returncode == 0
    built = run(installed, "build", "--json", folder=tmp_path)
    assert built.returncode == 0
    outputs = json.loads(built.stdout)["outputs"]
    assert outputs
    for each in outputs:
        assert each["pages"] > 0
        assert (tmp_path / each["path"]).read_bytes().startswith(b"%PDF-")


def test_an_installed_studyguide_is_not_the_checkout(installed: Path, tmp_path: Path) -> None:
    """The tests above would say nothing if the command ran the code of the checkout."""
    python = installed.with_name("python")
    found = run(python, "-c", "import studyguide; print(studyguide.__file__)", folder=tmp_path)
    assert os.path.commonpath((found.stdout.strip(), installed.parents[1])) == str(installed.parents[1])
