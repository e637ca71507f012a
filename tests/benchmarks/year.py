"""A year of meetings: guides of any number of ten-page sessions, and the same text for the peers.

Comes in: the sample session, a number. Goes out: folders and commands of contenders. Left to others: timing, showing.
"""

from __future__ import annotations

import datetime
import os
import re
import shutil
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from contests import GUIDE, LATEXMK, PROJECT, STUDYGUIDE, VARIANT, Contest, empty
from stopwatch import Contender

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SAMPLE = GUIDE / "sessions" / "2026-05-12-wells.md"
EIGHT_PAGES = ("### The rota", "## One thing to say against all three", "## Announcements")
"""What has to be left out of the sample so that eight pages of ten are left."""

FIRST_DAY = datetime.date(2020, 1, 1)
WEEKS = 52
GROWTH = (1, 8, 52, 260)
PEERS = PROJECT / "build" / "peers" / "bin" / "python"
"""A Python with the peers that come from PyPI, in an environment of its own: `make bench` makes it."""

HERE = Path(__file__).parent


def write_year(folder: Path, count: int, *, left_out: tuple[str, ...] = ()) -> Path:
    """Write a guide of so many sessions, no two the same, without some of the sample's parts, and give its folder."""
    guide = folder / "guides" / "year"
    (guide / "sessions").mkdir(parents=True)
    shutil.copy(GUIDE / "guide.md", guide)
    shutil.copytree(GUIDE / "images", guide / "images")
    _, header, body = SAMPLE.read_text(encoding="utf-8").split("---\n", 2)
    for heading in left_out:
        body = leave_out(body, heading)
    header = "".join(line for line in header.splitlines(keepends=True) if not line.startswith("inserts:"))
    for number in range(count):
        day = FIRST_DAY + datetime.timedelta(days=number)
        own = header.replace("2026-05-12", day.isoformat()).replace('"Wells:', f'"Wells {number}:')
        text = f"---\n{own}---\n{body}\n## Last words\n\nMeeting number {number} ended at the well.\n"
        (guide / "sessions" / f"{day}-wells.md").write_text(text, encoding="utf-8")
    return guide


def leave_out(body: str, heading: str) -> str:
    """Give a text without the part that has this heading."""
    before, mark, part = body.partition(f"\n{heading}\n")
    next_part = re.search(rf"^#{{2,{heading.index(' ')}}} ", part, flags=re.MULTILINE)
    if not mark:
        raise ValueError(f'"{heading}" is not a part of the sample')
    return f"{before}\n{part[next_part.start() :] if next_part else ''}"


def handouts(work: Path, count: int) -> Contender:
    """Let studyguide make all handouts of so many sessions."""
    guide = work / "guides" / "year"
    output = work / "build"
    sessions = sorted(str(each) for each in (guide / "sessions").glob("*.md"))
    return Contender(
        name="studyguide",
        command=(STUDYGUIDE, "build", *sessions, *VARIANT, "--output", str(output)),
        folder=work,
        prepare=partial(shutil.rmtree, output, ignore_errors=True),
        pdf=output / "year" / f"{FIRST_DAY + datetime.timedelta(days=count - 1)}-wells.pdf",
    )


def typst(work: Path, count: int) -> Contender:
    """Let Typst make as many documents of the same text: one process, a thread a processor, each compiled afresh."""
    folder = work / "typst"
    return Contender(
        name="typst",
        command=(str(PEERS), str(HERE / "typst_peer.py"), str(work / "guides" / "year" / "sessions"), str(folder)),
        folder=folder,
        prepare=partial(empty, folder),
        pdf=folder / f"{count - 1}.pdf",
    )


def latexmk(work: Path, tex: Path) -> Contender:
    """Let latexmk make all documents of a folder of LaTeX, one after the other, as it does."""
    folder = work / "latexmk"
    documents = sorted(str(each.relative_to(tex)) for each in tex.glob("*/document.tex"))

    def prepare() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(tex, folder)

    return Contender(
        name="latexmk",
        command=(*LATEXMK, *documents),
        folder=folder,
        prepare=prepare,
        pdf=folder / Path(documents[-1]).with_suffix(".pdf"),
    )


def unchanged(contender: Contender) -> Contender:
    """Give the same contender when there is nothing to do."""
    return Contender(
        name=contender.name,
        command=contender.command,
        folder=contender.folder,
        prepare=lambda: None,
        pdf=contender.pdf,
    )


def one_edit(work: Path, name: str) -> Contender:
    """Let studyguide build a session of a guide again after a word in it has changed."""
    session = work / "guides" / "year" / "sessions" / f"{FIRST_DAY}-wells.md"
    output = work / "build"
    return Contender(
        name=name,
        command=(STUDYGUIDE, "build", str(session), *VARIANT, "--output", str(output)),
        folder=work,
        prepare=_edit(session),
        pdf=output / "year" / f"{session.stem}.pdf",
    )


def _edit(session: Path) -> Callable[[], None]:
    edits = iter(range(sys.maxsize))
    text = session.read_text(encoding="utf-8")

    def edit() -> None:
        session.write_text(f"{text}\nEdit number {next(edits)} at {os.getpid()}.\n", encoding="utf-8")

    return edit


def whole_guide(work: Path) -> Contender:
    """Let studyguide make the whole guide, its handouts being there."""
    output = work / "build"
    pdf = output / "year" / "year.pdf"
    return Contender(
        name="studyguide",
        command=(STUDYGUIDE, "build", str(work / "guides" / "year"), *VARIANT, "--output", str(output)),
        folder=work,
        prepare=partial(pdf.unlink, missing_ok=True),
        pdf=pdf,
    )


def growth_contests(work: Path) -> tuple[Contest, ...]:
    """Set up one contest a size."""
    contests = []
    for count in GROWTH:
        folder = work / f"growth-{count}"
        empty(folder)
        write_year(folder, count)
        contests.append(
            Contest(
                name=f"growth-{count}",
                title=f"all handouts of {count} ten-page sessions, from nothing",
                contenders=(handouts(folder, count), typst(folder, count)),
            )
        )
    return tuple(contests)


def keep_year_tex(work: Path, tex: Path, environment: Mapping[str, str]) -> None:
    """Have studyguide write the LaTeX of all sessions of a year.

    Raises:
        ContenderFailed: when it cannot.
    """
    from contests import run_studyguide

    sessions = sorted(str(each) for each in (work / "guides" / "year" / "sessions").glob("*.md"))
    run_studyguide((*sessions, *VARIANT, "--keep-tex", str(tex), "--output", str(work / "tex-output")), environment)
