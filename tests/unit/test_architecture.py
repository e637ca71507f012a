"""The promises that the documents make about the code: each is compared with the code itself.

Borders between modules are import-linter's business, fenced libraries ruff's; both run in `make lint`.
"""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

import studyguide
from studyguide import artifacts, errors

PROJECT = Path(__file__).parents[2]
PACKAGE = PROJECT / "src" / "studyguide"
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST_MODULE = 400
LONGEST_DOCSTRING = 6
DRAWS_A_PICTURE = {PACKAGE / "__init__.py", PACKAGE / "errors.py"}
"""Modules whose docstring is a drawing that a test here compares with the code."""

WAYS_TO_FAIL = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, Exception)}
LINTING = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]


def name_of(module: Path) -> str:
    """Say which module a file is, as a failing test should name it."""
    return module.relative_to(PACKAGE).as_posix()


def draw_tree(error: type[Exception], indent: int = 4) -> list[str]:
    """Draw an error and what derives from it, in the order of the module."""
    branches = [line for each in error.__subclasses__() for line in draw_tree(each, indent + 4)]
    return [" " * indent + error.__name__, *branches]


def test_the_drawn_tree_of_errors_is_the_tree_of_classes() -> None:
    """Who reads the head of `errors` knows every way in which studyguide fails."""
    drawing = re.findall(r"^ {4,}\w+$", errors.__doc__ or "", flags=re.MULTILINE)
    assert drawing == draw_tree(errors.StudyGuideError)


def test_every_way_to_fail_stands_in_one_module() -> None:
    """No stage adds a way to fail of its own; a signal that never leaves its module is none."""
    added = {
        f"{name_of(module)}: {node.name}"
        for module in MODULES
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and {ast.unparse(base).split(".")[-1] for base in node.bases} & WAYS_TO_FAIL
    }
    assert {each for each in added if not each.startswith("errors.py: ")} == set()


def test_the_package_says_the_stages_in_the_order_of_the_line() -> None:
    """The architecture in `studyguide.__init__` names the four stages and what crosses the borders between them."""
    drawing = studyguide.__doc__ or ""
    stages = [name for name in re.findall(r"\b(\w+)/ {2,}", drawing) if (PACKAGE / name).is_dir()]
    assert stages == ["reader", "latex", "engine", "prepress"]
    records = re.findall(r"^ {4}([A-Z]\w+) ", drawing, flags=re.MULTILINE)
    assert records == ["Manuscript", "TexDocument", "CompiledPdf", "Publication"]
    assert [name for name in records if not hasattr(artifacts, name)] == []


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_module_begins_with_a_few_lines_that_say_what_it_does(module: Path) -> None:
    """A reader learns from the head of a module what comes in, what goes out and what it leaves to others."""
    docstring = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))
    assert docstring, "the module has no docstring"
    lines = [line for line in docstring.splitlines() if line.strip()]
    assert len(lines) <= LONGEST_DOCSTRING or module in DRAWS_A_PICTURE


@pytest.mark.parametrize("module", MODULES, ids=name_of)
def test_a_module_can_be_read_in_one_sitting(module: Path) -> None:
    """A module that grows past the hard stop wants to be two."""
    assert len(module.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


def test_no_module_is_a_drawer() -> None:
    """A module's name says what it does, so nothing is put where nobody looks for it."""
    drawers = {"util", "utils", "helper", "helpers", "common", "core", "base", "manager", "misc"}
    assert [name_of(module) for module in MODULES if module.stem in drawers] == []


def test_exceptions_from_the_rules_are_for_files_that_exist() -> None:
    """An exemption does not outlive the module that needed it."""
    patterns = LINTING["per-file-ignores"]
    assert [pattern for pattern in patterns if not any(PROJECT.glob(pattern.removesuffix("/**")))] == []


def test_unit_tests_mirror_the_package() -> None:
    """The tests of a stage are found in a folder of its name."""
    tests = PROJECT / "tests" / "unit"
    folders = {each.parent.relative_to(tests) for each in tests.rglob("test_*.py")}
    assert [str(folder) for folder in sorted(folders) if not (PACKAGE / folder).is_dir()] == []


def test_the_lock_pins_every_package_that_the_project_names() -> None:
    """`make setup` installs what was locked, checked by its hash, from wherever this machine gets its packages."""
    lock = (PROJECT / ".ci" / "python.lock").read_text(encoding="utf-8")
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [
        *project["project"]["dependencies"],
        *project["dependency-groups"]["dev"],
        *project["build-system"]["requires"],
    ]
    names = {re.split(r"[><=~!; ]", each, maxsplit=1)[0].replace(".", "-") for each in asked}
    pinned = dict(re.findall(r"^([a-z0-9-]+)==\S+.*\\\n +--hash=(sha256):", lock, flags=re.MULTILINE))
    assert names - pinned.keys() == set()
    assert "://" not in lock
