"""The whole line through the real command: files in, PDFs that are read, and what happens when something is wrong."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from io import BytesIO
from itertools import chain
from pathlib import Path

import pytest
from pdfs import alternative_texts, page_texts
from pypdf import PdfReader

TEMPLATES = Path(__file__).parents[2] / "latex_templates"
HEADER = "format: studyguide/1\ntitle: Commons Reader\ngroup: Riverside Reading Group\nlanguage: en\n"
SESSION = """---
format: studyguide/1
title: "Wells: who keeps the water"
label: Section VII
date: 2026-05-12
time: 18:30-20:30
place: Branch library, room 2
summary-by: Ana
participants: [Ana, Ben, Chidi]
pages: 423-490
---

## Keeping the well
By Rosa Imaginary, pp. 423-441

- A well is kept by the people who draw from it (p. 427)
  - and their rules are made where they meet
- “Nobody owns the rain” (p. 429)

> [!quote]
> What one village can close, two can keep open.
>
> — p. 430

## Discussion questions
1. Who in our city keeps something without owning it? (10 min)
   > [!facilitator]
   > Expect the library and the tool shed.

## First round
1. **Chidi:** the rota matters more than the rule.
   - **Ana:** who writes the rota?

## Announcements
- [Vote for the next book](https://example.org/vote)
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Make a folder with a guide of one session."""
    sessions = tmp_path / "guides" / "commons" / "sessions"
    sessions.mkdir(parents=True)
    (sessions.parent / "guide.md").write_text(
        f"---\n{HEADER}book:\n  title: Commons Reader\n  authors: [A. Writer]\n---\n"
    )
    (sessions / "01-wells.md").write_text(SESSION)
    return tmp_path


def build(place: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run `studyguide build` as a shell does, with some environment variables of its own."""
    command = [sys.executable, "-m", "studyguide", "build", *arguments]
    environment = {**os.environ, **variables}
    return subprocess.run(command, cwd=place, capture_output=True, text=True, check=False, env=environment)


def outputs(place: Path, *arguments: str, **variables: str) -> list[dict[str, object]]:
    """Run `studyguide build --json` and give what it says of each file."""
    made = build(place, "--json", *arguments, **variables)
    assert made.returncode == 0, made.stderr
    return list(json.loads(made.stdout)["outputs"])


def how_made(place: Path, *arguments: str, **variables: str) -> list[tuple[object, object]]:
    """Run `studyguide build` and give for each file whether it was known and how many times TeX ran."""
    return [(each["cached"], each["passes"]) for each in outputs(place, *arguments, **variables)]


KNOWN = [(True, 0)]
SET = [(False, 1)]


def text_of(path: Path) -> str:
    """Give all words of a PDF with single spaces."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def session_file(place: Path) -> Path:
    """Give the path of the session's source."""
    return place / "guides/commons/sessions/01-wells.md"


def test_a_guide_becomes_a_handout_and_a_whole_guide(place: Path) -> None:
    """Both PDFs are there, with what was written, and standard output names them when piped."""
    made = build(place)

    assert made.returncode == 0, made.stderr
    assert made.stdout.split() == ["build/commons/01-wells.pdf", "build/commons/commons.pdf"]
    handout = text_of(place / "build/commons/01-wells.pdf")
    assert "Wells: who keeps the water" in handout
    assert "Tuesday 12 May 2026" in handout
    assert "p. 427" in handout.replace("\N{NO-BREAK SPACE}", " ")
    assert "What one village can close" in handout
    assert "example.org/vote" in handout


def test_each_audience_sees_its_own(place: Path) -> None:
    """Notes are for facilitators, the rounds for the record, and neither for participants."""
    made = build(
        place,
        *("--audience", "participant", "--audience", "facilitator", "--audience", "record"),
        "guides/commons/sessions/01-wells.md",
    )
    assert made.returncode == 0, made.stderr
    participant = text_of(place / "build/commons/01-wells.pdf")
    facilitator = text_of(place / "build/commons/01-wells-facilitator-letter.pdf")
    record = text_of(place / "build/commons/01-wells-record-letter.pdf")

    assert ("tool shed" in participant, "rota" in participant) == (False, False)
    assert ("tool shed" in facilitator, "rota" in facilitator) == (True, False)
    assert ("tool shed" in record, "who writes the rota" in record) == (False, True)


def test_participant_and_facilitator_turn_pages_together(place: Path) -> None:
    """Each question begins on the same page of the two, though one has notes where the other has rules."""
    long = SESSION.replace(
        "   > Expect", "".join(f"   > Note {n} " + "goes on " * 30 + "\n   >\n" for n in range(4)) + "   > Expect"
    )
    questions = "".join(f"{n}. What would you keep, and who would you ask for help with it?\n" for n in range(2, 12))
    session_file(place).write_text(long.replace("\n## First round", f"{questions}\n## First round"))
    made = build(place, "--audience", "participant", "--audience", "facilitator", str(session_file(place)))
    assert made.returncode == 0, made.stderr
    begun = [
        [re.findall(r"(\d+)\s+(?:What would|Who in)", page.extract_text()) for page in PdfReader(path).pages]
        for path in sorted((place / "build/commons").glob("01-wells*.pdf"))
    ]

    assert list(chain.from_iterable(begun[0])) == [str(number) for number in range(1, 12)]
    assert len(begun[0]) > 2
    assert begun[0] == begun[1]


def test_nothing_changed_is_nothing_done(place: Path) -> None:
    """The second build runs no pass and leaves the bytes alone; a touched date changes nothing."""
    first = json.loads(build(place, "--json").stdout)["outputs"]
    before = {each["path"]: hashlib.sha256((place / each["path"]).read_bytes()).hexdigest() for each in first}
    os.utime(session_file(place))
    second = json.loads(build(place, "--json").stdout)["outputs"]

    assert [each["cached"] for each in first] == [False, False]
    assert all(each["passes"] >= 1 for each in first)
    assert [(each["cached"], each["passes"]) for each in second] == [(True, 0), (True, 0)]
    assert [each["pages"] for each in first] == [each["pages"] for each in second]
    assert before == {path: hashlib.sha256((place / path).read_bytes()).hexdigest() for path in before}


def test_an_edit_that_is_undone_needs_no_tex(place: Path) -> None:
    """The handout of before is there again, byte by byte, though the file has a new date."""
    build(place)
    before = [(place / "build/commons" / name).read_bytes() for name in ("01-wells.pdf", "commons.pdf")]
    session_file(place).write_text(SESSION.replace("Branch library", "Branch bakery"))
    edited = how_made(place)
    session_file(place).write_text(SESSION)
    undone = how_made(place)

    assert edited == SET * 2
    assert undone == KNOWN * 2
    assert before == [(place / "build/commons" / name).read_bytes() for name in ("01-wells.pdf", "commons.pdf")]


def test_papers_and_audiences_share_what_was_made(place: Path) -> None:
    """Asked for one after the other under one name, none is set twice, and each gets its own pages."""
    session, handout = str(session_file(place)), place / "build/commons/01-wells.pdf"
    made, widths = [], []
    for paper in ("letter", "a4", "letter", "a4"):
        made.append(how_made(place, session, "--paper", paper))
        widths.append(round(PdfReader(handout).pages[0].mediabox.width))
    both = how_made(place, session, "--paper", "a4", "--paper", "letter", "--audience", "participant")

    assert made == [SET, SET, KNOWN, KNOWN]
    assert widths == [612, 595, 612, 595]
    assert both == KNOWN * 2


def test_a_deleted_pdf_comes_back_without_tex(place: Path) -> None:
    """So it does when it was written over."""
    build(place)
    handout, guide = place / "build/commons/01-wells.pdf", place / "build/commons/commons.pdf"
    before = handout.read_bytes(), guide.read_bytes()
    handout.unlink()
    guide.write_bytes(b"%PDF-1.7 by another hand")

    assert how_made(place) == KNOWN * 2
    assert before == (handout.read_bytes(), guide.read_bytes())


def test_what_is_damaged_in_the_store_is_made_again(place: Path) -> None:
    """Only the cost of a build is lost."""
    build(place)
    before = (place / "build/commons/01-wells.pdf").read_bytes()
    shutil.rmtree(place / "build/commons")
    for each in (place / "build/.studyguide/store").iterdir():
        each.write_bytes(each.read_bytes()[:-9])

    assert how_made(place) == SET * 2
    assert before == (place / "build/commons/01-wells.pdf").read_bytes()


def test_what_was_set_before_a_mistake_is_not_lost(place: Path) -> None:
    """Nothing is published while a session is wrong; the others are not set again when it is mended."""
    other = session_file(place).with_name("02-rain.md")
    other.write_text(SESSION.replace("Wells", "Rain").replace("(p. 429)", "(p. 429) \U0001ccd6"))
    failed = build(place)
    nothing = list((place / "build").rglob("*.pdf"))
    other.write_text(SESSION.replace("Wells", "Rain"))
    mended = {str(each["path"]): each["passes"] for each in outputs(place)}

    assert (failed.returncode, nothing) == (1, [])
    assert mended == {
        "build/commons/01-wells.pdf": 0,
        "build/commons/02-rain.pdf": 1,
        "build/commons/commons.pdf": 1,
    }


def test_a_touched_session_is_not_set_again_beside_a_changed_one(place: Path) -> None:
    """A file's date is not its content, whatever else there is to do; its handout is not even written."""
    other = session_file(place).with_name("02-rain.md")
    other.write_text(SESSION.replace("Wells", "Rain"))
    build(place)
    handout = place / "build/commons/01-wells.pdf"
    written = handout.stat().st_mtime_ns
    os.utime(session_file(place), ns=(1, 1))
    other.write_text(SESSION.replace("Wells", "Rain").replace("Branch library", "Branch bakery"))
    passes = {str(each["path"]): each["passes"] for each in outputs(place)}

    assert passes == {
        "build/commons/01-wells.pdf": 0,
        "build/commons/02-rain.pdf": 1,
        "build/commons/commons.pdf": 1,
    }
    assert handout.stat().st_mtime_ns == written


def test_a_given_date_is_content(place: Path) -> None:
    """Who gives SOURCE_DATE_EPOCH gets a PDF of that date, and the one of before when it is given again."""
    session = str(session_file(place))
    made = [how_made(place, session, SOURCE_DATE_EPOCH=date) for date in ("1700000000", "1700003600", "1700000000")]
    metadata = PdfReader(place / "build/commons/01-wells.pdf").metadata

    assert made == [SET, SET, KNOWN]
    assert metadata is not None
    assert str(metadata["/ModDate"]) == "D:20231114221320Z"


def test_a_changed_font_makes_the_pages_anew(place: Path) -> None:
    """A font that comes, changes or goes may be on any page."""
    (place / "studyguide.toml").write_text('font-folders = ["fonts"]\n')
    (place / "fonts").mkdir()
    session = str(session_file(place))
    made = [how_made(place, session), how_made(place, session)]
    for content in (b"one", b"another"):
        (place / "fonts" / "Own.ttf").write_bytes(content)
        made.append(how_made(place, session))
    (place / "fonts" / "Own.ttf").unlink()
    made.append(how_made(place, session))

    assert made == [SET, KNOWN, SET, SET, KNOWN]


def test_another_engine_makes_the_pages_anew(place: Path) -> None:
    """A LuaLaTeX that comes first on the search path, or is replaced, may set other pages."""
    own = place / "bin" / "lualatex"
    own.parent.mkdir()
    own.write_text(f'#!/bin/sh\nexec {shutil.which("lualatex")} "$@"\n')
    own.chmod(0o755)
    path = f"{own.parent}{os.pathsep}{os.environ['PATH']}"
    session = str(session_file(place))
    made = [how_made(place, session), how_made(place, session, PATH=path), how_made(place, session, PATH=path)]
    with own.open("a") as script:
        script.write("# a newer one\n")
    made += [how_made(place, session, PATH=path), how_made(place, session)]

    assert made == [SET, SET, KNOWN, SET, KNOWN]


def test_a_picture_says_what_it_shows(place: Path) -> None:
    """Whatever the words are; one without words says nothing, which was warned of, and no words are printed."""
    images = place / "guides" / "commons" / "images"
    images.mkdir()
    shutil.copy(Path(__file__).parents[2] / "guides" / "commons" / "images" / "oven.png", images)
    session = session_file(place)
    shown = ["An oven", r"(1\\) of “10 %” in #3 & żółw 🐢 }{", "the oven of the baker " * 60, ""]
    pictures = "".join(f"\n\n![{words.strip()}](images/oven.png)" for words in shown)
    inline = "![Its door](images/oven.png) A well"
    session.write_text(session.read_text().replace("- A well", f"{pictures}\n\n- {inline}"), encoding="utf-8")
    assert build(place, str(session)).returncode == 0

    (made,) = (place / "build").rglob("*.pdf")
    content = made.read_bytes()
    shown[1] = shown[1].replace(r"\\", "\\")
    assert alternative_texts(content) == [*(words.strip() for words in shown[:3]), "Its door"]
    assert "oven" not in " ".join(page_texts(content))


def test_a_picture_is_kept_in_its_room_and_written_once(place: Path) -> None:
    """However often it stands there: never wider than the column, in a line of text only as high as two lines."""
    images = place / "guides" / "commons" / "images"
    images.mkdir()
    shutil.copy(Path(__file__).parents[2] / "guides" / "commons" / "images" / "oven.png", images)
    session = session_file(place)
    shown = "\n\n![An oven](images/oven.png)\n"
    session.write_text(session.read_text().replace("- A well", f"{shown}{shown}\n- ![An oven](images/oven.png) A well"))
    assert build(place, str(session)).returncode == 0

    (made,) = (place / "build").rglob("*.pdf")
    listed = subprocess.run(["pdfimages", "-list", made], capture_output=True, check=True, text=True).stdout
    pictures = [line.split() for line in listed.splitlines()[2:] if line.split()[2] == "image"]
    assert len(pictures) == 3
    assert len({each[10] for each in pictures}) == 1
    heights = [int(each[4]) / int(each[13]) * 72.27 for each in pictures]
    widths = [int(each[3]) / int(each[12]) * 72.27 for each in pictures]
    assert heights[2] == pytest.approx(28, abs=1)
    assert all(width <= 308 for width in widths)
    assert heights[0] == heights[1] > 28
    ratios = [width / height for width, height in zip(widths, heights, strict=True)]
    assert ratios == pytest.approx([ratios[0]] * 3, rel=0.1)


def test_a_change_of_the_design_is_seen(place: Path) -> None:
    """A designer's own class in the guide is used, and each change of it makes the pages anew."""
    build(place)
    own = place / "guides/commons/latex_templates"
    shutil.copytree(TEMPLATES, own)
    same = json.loads(build(place, "--json").stdout)["outputs"]
    with (own / "studyguide.cls").open("a") as design:
        design.write("\n\\AtBeginDocument{\\typeout{another design}}\n")
    changed = json.loads(build(place, "--json").stdout)["outputs"]
    shutil.copy(TEMPLATES / "studyguide.cls", own)
    undone = json.loads(build(place, "--json").stdout)["outputs"]

    assert [each["cached"] for each in same] == [False, False]
    assert [each["cached"] for each in changed] == [False, False]
    assert [each["cached"] for each in undone] == [True, True]


def test_a_small_change_needs_one_pass(place: Path) -> None:
    """When nothing that TeX recorded changes, the kept notes make one pass enough."""
    build(place)
    session_file(place).write_text(SESSION.replace("Branch library", "Branch bakery"))
    changed = json.loads(build(place, "--json").stdout)["outputs"]

    assert [each["passes"] for each in changed] == [1, 1]
    assert "Branch bakery" in text_of(place / "build/commons/01-wells.pdf")


def test_the_same_sources_give_the_same_bytes(place: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Another folder, another hour, another language of the shell: not a byte differs."""
    other = tmp_path_factory.mktemp("elsewhere")
    subprocess.run(["cp", "-r", str(place / "guides"), str(other)], check=True)
    made = [
        build(place, SOURCE_DATE_EPOCH="1700000000", PYTHONHASHSEED="1"),
        build(other, SOURCE_DATE_EPOCH="1700000000", PYTHONHASHSEED="2", LC_ALL="C", TZ="Asia/Tokyo"),
    ]
    names = ("01-wells.pdf", "commons.pdf")

    assert [each.returncode for each in made] == [0, 0], made[0].stderr + made[1].stderr
    assert all(
        (place / "build/commons" / name).read_bytes() == (other / "build/commons" / name).read_bytes() for name in names
    )


def test_the_pdf_says_what_it_is(place: Path) -> None:
    """Title, author, language, outline and page labels are right, and nothing of this machine is in it."""
    build(place)
    content = (place / "build/commons/commons.pdf").read_bytes()
    reader = PdfReader(BytesIO(content))
    titles = [str(each.title) for each in reader.outline if not isinstance(each, list)]
    assert reader.metadata is not None

    assert reader.metadata.title == "Commons Reader"
    assert reader.metadata.author == "Riverside Reading Group"
    assert str(reader.root_object["/Lang"]) == "en"
    assert "Wells: who keeps the water" in titles
    assert reader.page_labels[0] == "i"
    assert "1" in reader.page_labels
    assert str(place).encode() not in content


@pytest.mark.parametrize(
    "break_it",
    [
        lambda path: path.write_text(SESSION.replace("2026-05-12", "2026-02-31")),
        lambda path: path.write_text(SESSION.replace("(p. 427)", "(p. 427) \U0001ccd6")),
        lambda path: path.write_text(SESSION.replace("- A well", "- ![map](images/none.png) A well")),
        lambda path: path.write_bytes(SESSION.encode("utf-16")),
        lambda path: path.write_text(SESSION.replace("pages: 423-490", "inserts: [inserts/none.pdf]")),
        lambda path: path.write_text(SESSION[:90]),
    ],
)
def test_the_last_good_pdf_survives_every_mistake(place: Path, break_it: object) -> None:
    """A mistake gives exit code 1, the file and a line; the PDFs from before are untouched."""
    build(place)
    before = [(place / "build/commons" / name).read_bytes() for name in ("01-wells.pdf", "commons.pdf")]
    assert callable(break_it)
    break_it(session_file(place))
    failed = build(place)

    assert failed.returncode == 1
    assert "guides/commons/sessions/01-wells.md:" in failed.stderr
    assert "error: " in failed.stderr
    assert "Traceback" not in failed.stderr
    assert before == [(place / "build/commons" / name).read_bytes() for name in ("01-wells.pdf", "commons.pdf")]


def test_the_latex_can_be_kept_and_runs_by_itself(place: Path) -> None:
    """`--keep-tex` gives a folder that any LuaLaTeX turns into the same pages."""
    made = build(place, "--keep-tex", "tex", str(session_file(place)))
    kept = place / "tex" / "01-wells"
    command = ["lualatex", "-interaction=nonstopmode", "-halt-on-error", "document.tex"]
    environment = {**os.environ, "OSFONTDIR": "/usr/share/fonts"}
    alone = subprocess.run(command, cwd=kept, env=environment, capture_output=True, text=True, check=False)

    assert made.returncode == 0, made.stderr
    assert alone.returncode == 0, alone.stdout[-2000:]
    assert "What one village can close" in text_of(kept / "document.pdf")


def test_an_output_folder_inside_the_guide_is_refused(place: Path) -> None:
    """What is made never lands among what is read."""
    refused = build(place, "--output", "guides/commons/images")

    assert refused.returncode == 3
    assert "lies inside the guide" in refused.stderr
