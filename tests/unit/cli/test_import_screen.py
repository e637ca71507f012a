"""How the report of an import looks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from studyguide.cli.import_screen import show_imports
from studyguide.importer import Imported, ImportedFile, ImportResult
from studyguide.importer.draft import Draft, Finding
from studyguide.importer.notes import Notes

if TYPE_CHECKING:
    import pytest


def show(
    capsys: pytest.CaptureFixture[str],
    *findings: Finding,
    text: str = "",
    doubts: tuple[str, ...] = (),
    guide: str = "g",
) -> list[str]:
    """Show an import with these findings and give the report's lines after the first."""
    imported = Imported(
        text=text,
        draft=Draft(fields=(), parts=(), findings=()),
        notes=Notes(lines=(), unit="line", doubts=doubts),
        findings=findings,
    )
    made = ImportedFile(source="n.txt", imported=imported, text=text, path=Path("x.md"), guide=Path(guide))
    show_imports(ImportResult(files=(made,), failures=()))
    return capsys.readouterr().err.splitlines()[1:]


def fact(name: str, value: str, line: int = 1) -> Finding:
    """Make a finding of the header."""
    return Finding(taken_for=name, words=value, line=line, result=value)


def test_columns_line_up_in_every_script(capsys: pytest.CaptureFixture[str]) -> None:
    """Korean letters take two columns, accents that stand on a letter none."""
    lines = show(capsys, fact("title", "우물"), fact("place", "wells"), fact("group", "e\u0301é"))
    assert lines[1:4] == ["  title  우물   line 1", "  place  wells  line 1", "  group  e\u0301é     line 1"]


def test_long_values_are_cut_and_lost_words_are_not(capsys: pytest.CaptureFixture[str]) -> None:
    """What is lost is named in full, in lines that fit; what is in the session need not be repeated."""
    words = " ".join(f"word{number}" for number in range(40))
    lost = Finding(taken_for="left out", words=words, line=3, result="not in the session")
    lines = show(capsys, fact("title", words), lost)
    assert "word39" not in lines[1]
    assert "…  line 1" in lines[1]
    start = lines.index("not in the session:") + 1
    told = " ".join(each.strip() for each in lines[start : lines.index("", start)])
    assert told == f"line 3: left out: {words}"
    assert max(map(len, lines)) <= 100


def test_many_doubts_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    """A screen of them is shown; `check` has them all."""
    lines = show(capsys, text="x <!-- check: so? -->\n" * 25)
    assert [each for each in lines if "so?" in each][-1] == "  line  20  so?"
    assert "  and 5 more" in lines


def test_doubts_about_the_whole_file_and_the_next_step(capsys: pytest.CaptureFixture[str]) -> None:
    """They come last; a guide whose name has spaces can be pasted into a shell."""
    lines = show(capsys, doubts=("the text is not UTF-8",), guide="guides/my wells")
    assert lines == ["", "note: the text is not UTF-8", "", "next:  studyguide check 'guides/my wells'"]
