"""What our class writes into a PDF about the document is what pypdf would have written, and is handed out as it is."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from models import a_guide, a_manuscript, a_session, free_part, paragraph, reading, reference
from pdfs import (
    all_keys,
    anchor_pages,
    catalog,
    fonts,
    identifiers,
    information,
    link_targets,
    open_entries_count,
    outline,
    page_labels,
    page_sizes,
    page_texts,
    small_pdf,
    xmp_packet,
)
from prepress_documents import compiled, insert, with_inserts
from tex_documents import FONTS, real_engines, tex_document

from studyguide.engine import WarmEngines, compile_document
from studyguide.latex import typeset
from studyguide.model.guide import Audience, Paper
from studyguide.prepress import finish
from studyguide.prepress.described import adopt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studyguide.artifacts import CompiledPdf, TexDocument
    from studyguide.model.guide import Guide, Session

TEMPLATES = Path(__file__).parents[2] / "latex_templates"
PLACE = b"0" * 32
LOOKS = (
    anchor_pages,
    fonts,
    information,
    link_targets,
    open_entries_count,
    outline,
    page_labels,
    page_sizes,
    page_texts,
    xmp_packet,
)

HOSTILE = (
    "a (b) \\c) /AA << /JS (app.alert\\(1\\)) >>",
    "\\directlua{os.exit()} #1 %& ~^_$ {}",
    'ends in a backslash \\ and "quotes" <feff>',
    "🪣 and 𝄞: beyond the first plane",
    "þÿ first, ¿quién?",
)
"""Titles that would do something if any of TeX, Lua, PDF or XML read them as theirs."""


def set_document(guide: Guide, session: Session | None) -> TexDocument:
    """Typeset a handout, or the whole guide."""
    return typeset(
        a_manuscript(guide),
        session=session,
        paper=Paper.LETTER,
        audience=Audience.PARTICIPANT,
        font_folders=(FONTS,),
        template_folders=(TEMPLATES,),
        modified=datetime.datetime(2026, 5, 1, tzinfo=datetime.UTC),
        stamp="a41f",
    )


def wells(title: str = "Wells: who keeps the water", *, part_count: int = 3) -> Session:
    """Give a session with a reading that has a reference to a page, and parts with headings."""
    parts = [free_part(f"Part {number}", paragraph("Who owns the well?")) for number in range(part_count)]
    return replace(a_session(reading(title, paragraph("A well is kept ", reference("427"))), *parts), title=title)


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """Engines with our class, and a folder for what they make."""

    engines: WarmEngines
    folder: Path

    def compile(self, document: TexDocument) -> tuple[bytes, CompiledPdf]:
        """Run TeX; give its file as it left it, too."""
        made = compile_document(document, engines=self.engines, auxiliary=None, time_limit_seconds=90)
        return made.path.read_bytes(), made

    def adopt(self, document: TexDocument) -> bytes:
        """Give the finished file; it must have gone the short way."""
        content, made = self.compile(document)
        adopted = adopt(document, content, made.page_count)
        assert adopted is not None
        assert adopted == finish(document, made)
        return adopted.content

    def describe(self, document: TexDocument) -> bytes:
        """Give the finished file as pypdf makes it of the same pages."""
        content, made = self.compile(document)
        other = compiled(self.folder, content.replace(PLACE, b"AB" * 16), page_count=made.page_count)
        return finish(document, other).content


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Press]:
    """Give engines that all tests share."""
    folder = tmp_path_factory.mktemp("description")
    with WarmEngines(
        class_folders=(TEMPLATES,),
        font_folders=(FONTS,),
        cache_folder=folder / "cache",
        search_path=os.defpath,
        may_fork=True,
    ) as engines:
        yield Press(engines=engines, folder=folder)


def test_a_handout_reads_as_if_pypdf_had_described_it(press: Press) -> None:
    """Information, packet, outline, labels, anchors, links, fonts and texts."""
    document = set_document(a_guide(wells()), wells())
    short, long = press.adopt(document), press.describe(document)
    assert [look(short) for look in LOOKS] == [look(long) for look in LOOKS]
    assert catalog(short).keys() == catalog(long).keys()
    assert outline(short)[0] == (0, "Wells: who keeps the water", 1)
    assert page_labels(short)[0] == "1"


def test_a_whole_guide_reads_as_if_pypdf_had_described_it(press: Press) -> None:
    """Roman labels in the prelims, many entries of which only the sessions are seen first."""
    document = set_document(a_guide(wells(part_count=20), wells("Rain", part_count=20)), None)
    short, long = press.adopt(document), press.describe(document)
    assert [look(short) for look in LOOKS] == [look(long) for look in LOOKS]
    assert page_labels(short)[:2] == ["i", "ii"]
    assert page_labels(short)[anchor_pages(short)["s1"] - 1] == "1"
    assert open_entries_count(short) < 10 < len(outline(short))


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_titles_are_titles(press: Press, title: str) -> None:
    """In the information, in the packet, in the outline."""
    content = press.adopt(set_document(replace(a_guide(wells(title)), group=title), wells(title)))
    assert (information(content)["Title"], information(content)["Author"]) == (title, title)
    assert outline(content)[0] == (0, title, 1)
    assert not all_keys(content) & {"/AA", "/JS"}


def test_two_builds_give_the_same_bytes(press: Press) -> None:
    """Neither a date nor a number of TeX's own is in the file; another text has another identifier."""
    document = set_document(a_guide(wells()), wells())
    content = press.adopt(document)
    assert content == press.adopt(document)
    assert identifiers(content) != identifiers(press.adopt(set_document(a_guide(wells("Rain")), wells("Rain"))))


def test_nothing_tells_of_the_engine(press: Press) -> None:
    """No banner, no producer but ours, no path, no moment of the run."""
    content = press.adopt(set_document(a_guide(wells()), wells()))
    assert not [key for key in all_keys(content) if key.startswith("/PTEX")]
    for trace in (b"LuaTeX", b"LuaHBTeX", b"LaTeX", b"hyperref", b"/tmp", os.fsencode(Path.home())):
        assert trace not in content
    assert information(content)["Producer"] == "studyguide"
    assert information(content)["ModDate"] == "D:20260501000000Z"


def test_another_program_finds_no_fault(press: Press) -> None:
    """The syntax of TeX's file with the identifier in it is sound."""
    (press.folder / "wells.pdf").write_bytes(press.adopt(set_document(a_guide(wells()), wells())))
    checked = subprocess.run(
        ["qpdf", "--check", "wells.pdf"], cwd=press.folder, capture_output=True, text=True, check=True
    )
    assert "No syntax or stream encoding errors" in checked.stdout


def test_inserts_are_bound_into_what_tex_described(press: Press, tmp_path: Path) -> None:
    """They take the long way, and labels and outline are right again."""
    (tmp_path / "map.pdf").write_bytes(small_pdf("Map"))
    document = with_inserts([insert(tmp_path / "map.pdf")], set_document(a_guide(wells()), wells()))
    content, made = press.compile(document)
    assert adopt(document, content, made.page_count) is None
    bound = finish(document, made).content
    assert page_labels(bound)[-1] == f"{made.page_count}-A"
    assert [entry[:2] for entry in outline(bound)] == [(each.level, each.title) for each in document.outline]


def test_a_class_that_describes_nothing_is_described(tmp_path: Path) -> None:
    """A designer's own class need not know of any of this."""
    document = tex_document("Wells", preamble="\\documentclass{able}\n")
    with real_engines(tmp_path) as engines:
        made = compile_document(document, engines=engines, auxiliary=None, time_limit_seconds=90)
        assert adopt(document, made.path.read_bytes(), made.page_count) is None


def test_runs_until_nothing_moves_say_the_same(press: Press, tmp_path: Path) -> None:
    """Where pages are not held back, folios and labels are right as well."""
    document = set_document(a_guide(wells(), wells("Rain")), None)
    for design in TEMPLATES.iterdir():
        shutil.copy(design, tmp_path)
    (tmp_path / "guide.tex").write_text(document.preamble + document.body, encoding="utf-8")
    environment = os.environ | {"OSFONTDIR": str(FONTS)}
    for _ in range(3):
        subprocess.run(
            ["lualatex", "--interaction=batchmode", "--halt-on-error", "guide"],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            check=True,
        )
    in_one_run = press.adopt(document)
    alone = adopt(document, (tmp_path / "guide.pdf").read_bytes(), len(page_labels(in_one_run)))
    assert alone is not None
    assert [look(alone.content) for look in LOOKS] == [look(in_one_run) for look in LOOKS]
