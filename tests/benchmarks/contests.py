"""The contests: the same work done by studyguide, by latexmk on the very LaTeX that studyguide writes, and by pandoc.

Comes in: the sample guide. Goes out: contenders with their folders set up. Left to others: timing, showing.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from stopwatch import Contender, ContenderFailed

if TYPE_CHECKING:
    from collections.abc import Mapping

PROJECT = Path(__file__).parents[2]
GUIDE = PROJECT / "guides" / "commons"
STUDYGUIDE = str(Path(sys.executable).parent / "studyguide")
VARIANT = ("--paper", "letter", "--audience", "participant")
LATEXMK = ("latexmk", "-lualatex", "-cd", "-interaction=nonstopmode", "-halt-on-error")
PANDOC = (
    *("pandoc", "--pdf-engine=lualatex", "--from=markdown", "--include-in-header=lists.tex"),
    *("--variable=mainfont:Vollkorn", "--variable=papersize:letter", "--output=document.pdf"),
)
DEEP_LISTS = r"""\makeatletter\let\@toodeep\relax\makeatother
\renewenvironment{itemize}{\begin{list}{\textbullet}{}}{\end{list}}
"""
"""Pandoc's own LaTeX stops at the fifth level of a list (jgm/pandoc#2922); the samples go deeper."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """Several ways to do one thing."""

    name: str
    title: str
    contenders: tuple[Contender, ...]


def set_up_contests(work: Path, environment: Mapping[str, str]) -> tuple[Contest, ...]:
    """Lay out everything that the contests need in an empty folder.

    Raises:
        ContenderFailed: when the LaTeX of the sample guide cannot be had.
    """
    session = sorted((GUIDE / "sessions").glob("*.md"))[1]
    keep_tex(work / "tex", environment)
    session_peers = (
        _latexmk(work / "tex" / session.stem, work / "latexmk-session"),
        _pandoc((session,), work / "pandoc-session"),
    )
    guide_peers = (
        _latexmk(work / "tex" / GUIDE.name, work / "latexmk-guide"),
        _latexmk_of_all(work / "tex", work / "latexmk-all"),
        _pandoc(tuple(sorted((GUIDE / "sessions").glob("*.md"))), work / "pandoc-guide"),
    )
    ours = _studyguide(session, work / "studyguide-session", pdf=f"{session.stem}.pdf")
    our_guide = _studyguide(GUIDE, work / "studyguide-guide", pdf=f"{GUIDE.name}.pdf")
    return (
        Contest(name="session", title="one session, from nothing", contenders=(ours, *session_peers)),
        Contest(
            name="session-unchanged",
            title="the same session, nothing changed",
            contenders=tuple(map(_again, (ours, *session_peers))),
        ),
        Contest(
            name="guide",
            title="the guide from nothing (studyguide and latexmk-all make every handout too)",
            contenders=(our_guide, *guide_peers),
        ),
        Contest(
            name="guide-unchanged",
            title="the same guide, nothing changed",
            contenders=tuple(map(_again, (our_guide, *guide_peers))),
        ),
        Contest(name="help", title="start-up", contenders=_start_ups(work)),
    )


def keep_tex(folder: Path, environment: Mapping[str, str]) -> None:
    """Have studyguide write the LaTeX of the sample guide, a folder a document.

    Raises:
        ContenderFailed: when it cannot.
    """
    output = folder.with_name("tex-output")
    run_studyguide((str(GUIDE), *VARIANT, "--keep-tex", str(folder), "--output", str(output)), environment)


def run_studyguide(words: tuple[str, ...], environment: Mapping[str, str]) -> None:
    """Run `studyguide build` to prepare a contest.

    Raises:
        ContenderFailed: when it fails.
    """
    command = (STUDYGUIDE, "build", *words)
    done = subprocess.run(
        command, cwd=PROJECT, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise ContenderFailed(f"a contest cannot be prepared: {command}\n{done.stdout}{done.stderr}")


def _studyguide(source: Path, folder: Path, *, pdf: str) -> Contender:
    output = folder / "build"
    return Contender(
        name="studyguide",
        command=(STUDYGUIDE, "build", str(source), *VARIANT, "--output", str(output)),
        folder=folder,
        prepare=partial(empty, folder),
        pdf=output / GUIDE.name / pdf,
    )


def _latexmk(source: Path, folder: Path) -> Contender:
    return Contender(
        name="latexmk",
        command=(*LATEXMK, "document.tex"),
        folder=folder,
        prepare=partial(_copy_anew, source, folder),
        pdf=folder / "document.pdf",
    )


def _latexmk_of_all(source: Path, folder: Path) -> Contender:
    documents = sorted(each.relative_to(source) for each in source.glob("*/document.tex"))
    return Contender(
        name="latexmk-all",
        command=(*LATEXMK, *map(str, documents)),
        folder=folder,
        prepare=partial(_copy_anew, source, folder),
        pdf=folder / GUIDE.name / "document.pdf",
    )


def _pandoc(sources: tuple[Path, ...], folder: Path) -> Contender:
    return Contender(
        name="pandoc",
        command=(*PANDOC, f"--resource-path={GUIDE}:{GUIDE / 'sessions'}", "--metadata=title:Benchmark", "document.md"),
        folder=folder,
        prepare=partial(_write_markdown, sources, folder),
        pdf=folder / "document.pdf",
    )


def _start_ups(work: Path) -> tuple[Contender, ...]:
    folder = work / "help"
    commands = {
        "studyguide": (STUDYGUIDE, "--help"),
        "python": (sys.executable, "-c", "pass"),
        "pandoc": ("pandoc", "--help"),
        "latexmk": ("latexmk", "-help"),
    }
    return tuple(
        Contender(name=name, command=command, folder=folder, prepare=partial(empty, folder), pdf=None)
        for name, command in commands.items()
    )


def _again(contender: Contender) -> Contender:
    """Give the same contender without its preparation: what the contest before has left is still there."""
    return replace(contender, prepare=lambda: None)


def empty(folder: Path) -> None:
    """Make a folder, or make it empty."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def _copy_anew(source: Path, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(source, folder)


def _write_markdown(sources: tuple[Path, ...], folder: Path) -> None:
    empty(folder)
    bodies = [path.read_text(encoding="utf-8").split("\n---\n", 1)[1] for path in sources]
    (folder / "document.md").write_text("\n\n".join(bodies), encoding="utf-8")
    (folder / "lists.tex").write_text(DEEP_LISTS, encoding="utf-8")
