"""`make bench`: studyguide beside latexmk, pandoc and Typst, as a table and in build/bench.json.

Comes in: how many rounds and edits. Goes out: medians, ratios, and whether the aims are met. It fails when any
contender fails.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import shutil
import signal
import statistics
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from contests import PROJECT, STUDYGUIDE, Contest, empty, set_up_contests
from pypdf import PdfReader
from stopwatch import ContenderFailed, Score, race
from tab import CHROMIUM
from watch_figures import describe_watching, print_watching, weigh_watching
from watching import watch_edits
from year import (
    GROWTH,
    PEERS,
    WEEKS,
    growth_contests,
    keep_year_tex,
    latexmk,
    one_edit,
    unchanged,
    whole_guide,
    write_year,
)

from studyguide.errors import ExitCode
from studyguide.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_OF_LATEXMK = 0.6
"""A session from nothing may take this part of the time that latexmk takes on the same LaTeX."""

MOST_SECONDS_UNCHANGED = 0.3
"""A build that finds nothing changed may take this long, as a whole process."""

WARM_EDITS = 12

Results = dict[str, tuple[Contest, dict[str, Score]]]


def main() -> int:
    """Run all contests, or the one that is asked for, show and write the figures."""
    parser = argparse.ArgumentParser(description="Time studyguide beside latexmk, pandoc and Typst.")
    parser.add_argument("--rounds", type=int, default=7, help="timed rounds, after one that warms up; 7")
    parser.add_argument("--year-rounds", type=int, default=3, help="timed rounds of the long contests; 3")
    parser.add_argument("--edits", type=int, default=30, help="timed edits while a guide is watched; 30")
    parser.add_argument("--only", choices=["watch"], help="run this contest alone, in a folder and a file of its own")
    parser.add_argument("--output", type=Path, help="build/bench.json; with --only watch build/bench-watch.json")
    options = parser.parse_args()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)  # whatever ends us, what we have started ends, too
    name = "bench" if options.only is None else f"bench-{options.only}"
    if missing := [each for each in ("latexmk", "pandoc", "chromium") if shutil.which(each) is None]:
        print(f"install these first: sudo apt-get install --no-install-recommends {' '.join(missing)}", file=sys.stderr)
        return ExitCode.SETUP
    if options.only is None and not PEERS.exists():
        print("Typst is missing: run this with `make bench`", file=sys.stderr)
        return ExitCode.SETUP
    try:
        figures = run_contests(PROJECT / "build" / name, options)
    except ContenderFailed as failure:
        print(failure, file=sys.stderr)
        return ExitCode.ENGINE
    output = options.output or PROJECT / "build" / f"{name}.json"
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    print(f"written to {output}")
    return ExitCode.OK


def run_contests(work: Path, options: argparse.Namespace) -> dict[str, object]:
    """Run one contest after the other, print its table, and give all figures.

    Raises:
        ContenderFailed: when a contender does not do its work.
    """
    shutil.rmtree(work, ignore_errors=True)
    environment = bench_environment()
    load_before = os.getloadavg()
    figures: dict[str, object] = {}
    aims: list[dict[str, object]] = []
    if options.only is None:
        figures, aims = run_builds(work, options.rounds, options.year_rounds, environment)
    records = watch_edits(work / "watch", options.edits, environment)
    print_watching(records)
    aims += weigh_watching(records)
    for aim in aims:
        print(f"{'met   ' if aim['met'] else 'MISSED'}  {aim['aim']}: {aim['value']:.3f}")
    return {
        "when": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "machine": {"processors": os.cpu_count(), "load before": load_before, "load after": os.getloadavg()},
        "versions": versions(environment),
        **figures,
        "watching": describe_watching(records),
        "aims": aims,
    }


def run_builds(
    work: Path, rounds: int, year_rounds: int, environment: Mapping[str, str]
) -> tuple[dict[str, object], list[dict[str, object]]]:
    """Run the contests of whole processes, and give their figures and what they were aimed for.

    Raises:
        ContenderFailed: when a contender does not do its work.
    """
    results: Results = {}
    for contest in set_up_contests(work, environment):
        scores = race(contest.contenders, rounds=rounds, environment=environment)
        results[contest.name] = contest, {score.contender.name: score for score in scores}
        print_contest(contest, scores)
    results |= run_year(work / "year", year_rounds, environment)
    warm = time_warm_edits(work / "warm", environment)
    figures = {
        "rounds": rounds,
        "contests": {name: describe_contest(*result) for name, result in results.items()},
        "warm edits": warm,
    }
    return figures, [*weigh_aims(results), *weigh_year(results, warm)]


def run_year(work: Path, rounds: int, environment: Mapping[str, str]) -> Results:
    """Run the contests of a year of meetings: how the time grows, latexmk once, one edit, nothing changed, the guide.

    Raises:
        ContenderFailed: when a contender does not do its work.
    """
    results: Results = {}

    def run(contest: Contest, times: int, warm_ups: int = 1) -> None:
        scores = race(contest.contenders, rounds=times, environment=environment, warm_ups=warm_ups)
        results[contest.name] = contest, {score.contender.name: score for score in scores}
        print_contest(contest, scores)

    for contest in growth_contests(work):
        is_long = contest.name == f"growth-{GROWTH[-1]}"
        run(contest, 1 if is_long else rounds, 0 if is_long else 1)
    year = work / f"growth-{WEEKS}"
    keep_year_tex(year, work / "tex", environment)
    ours = results[f"growth-{WEEKS}"][0].contenders[0]
    run(
        Contest(
            name="year-latexmk", title="52 sessions beside latexmk", contenders=(ours, latexmk(year, work / "tex"))
        ),
        1,
        0,
    )
    run(Contest(name="year-unchanged", title="52 sessions, nothing changed", contenders=(unchanged(ours),)), rounds)
    run(Contest(name="year-guide", title="the whole guide of 52 sessions", contenders=(whole_guide(year),)), 1)
    many = work / "many"
    write_year(many, 10 * WEEKS)
    edits = (one_edit(year, "studyguide"), one_edit(many, "ten times as many"))
    run(Contest(name="year-edit", title="one edit among 52 and among 520 sessions", contenders=edits), 2 * rounds)
    return results


def time_warm_edits(work: Path, environment: Mapping[str, str]) -> list[float]:
    """Time a session again after an edit, the engine being warm."""
    empty(work)
    session = next((write_year(work, 1) / "sessions").glob("*.md"))
    command = (
        sys.executable,
        str(Path(__file__).with_name("warm_edit.py")),
        str(session),
        str(work / "build"),
        str(WARM_EDITS),
    )
    done = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
    )
    seconds: list[float] = json.loads(done.stdout)
    print(
        f"\none session again after an edit, engine warm: {statistics.median(seconds):.3f} s (median of {len(seconds)})"
    )
    return seconds


def weigh_year(results: Results, warm: list[float]) -> list[dict[str, object]]:
    """Compare the figures of a year with what was aimed for."""
    year = results[f"growth-{WEEKS}"][1]
    beside = results["year-latexmk"][1]
    edit = results["year-edit"][1]
    aims = (
        ("52 handouts take at most 0.9 of Typst", year["studyguide"].wall_seconds / year["typst"].wall_seconds, 0.9),
        (
            "52 handouts take at most 0.05 of latexmk",
            beside["studyguide"].wall_seconds / beside["latexmk"].wall_seconds,
            0.05,
        ),
        ("a session after an edit, engine warm, seconds", statistics.median(warm), 0.3),
        ("52 sessions, nothing changed, seconds", results["year-unchanged"][1]["studyguide"].wall_seconds, 0.25),
        (
            "one edit among 520 beside one among 52",
            edit["ten times as many"].wall_seconds / edit["studyguide"].wall_seconds,
            1.1,
        ),
        ("most memory of 52 handouts, MB", year["studyguide"].memory_megabytes, 600.0),
        ("the whole guide of 52 sessions, seconds", results["year-guide"][1]["studyguide"].wall_seconds, 20.0),
    )
    return [{"aim": aim, "value": value, "met": value <= most, "most": most} for aim, value, most in aims]


def bench_environment() -> dict[str, str]:
    """Give all contenders the same environment: a user's, and the fonts where studyguide looks for them."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    folders = load_settings(Path(), environment).font_folders
    return {**environment, "OSFONTDIR": "//:".join(str(folder) for folder in folders)}


def print_contest(contest: Contest, scores: tuple[Score, ...]) -> None:
    """Print what each contender took, and that of studyguide as a part of it."""
    ours = scores[0]
    print(f"\n{contest.title}\n{'':20}{'wall s':>9}{'cpu s':>9}{'MB':>7}{'pages':>7}{'ours/it':>9}")
    for score in scores:
        pages = count_pages(score)
        print(
            f"  {score.contender.name:<18}{score.wall_seconds:>9.3f}{score.processor_seconds:>9.3f}"
            f"{score.memory_megabytes:>7.0f}"
            f"{'' if pages is None else pages:>7}{ours.wall_seconds / score.wall_seconds:>9.2f}",
            flush=True,
        )


def describe_contest(contest: Contest, scores: Mapping[str, Score]) -> dict[str, object]:
    """Put the figures of one contest into plain values."""
    ours = scores["studyguide"]
    return {
        "title": contest.title,
        "contenders": {
            name: {
                "command": score.contender.command,
                "pages": count_pages(score),
                "median wall seconds": score.wall_seconds,
                "median processor seconds": score.processor_seconds,
                "most memory, MB": score.memory_megabytes,
                "ours as a part of it": ours.wall_seconds / score.wall_seconds,
                "runs": [asdict(run) for run in score.runs],
            }
            for name, score in scores.items()
        },
    }


def count_pages(score: Score) -> int | None:
    """Count the pages that a contender has made; None when it makes none."""
    pdf = score.contender.pdf
    return None if pdf is None else len(PdfReader(pdf).pages)


def weigh_aims(results: Results) -> list[dict[str, object]]:
    """Compare the figures with what was aimed for."""
    session = results["session"][1]
    part = session["studyguide"].wall_seconds / session["latexmk"].wall_seconds
    unchanged = results["session-unchanged"][1]["studyguide"].wall_seconds
    return [
        {
            "aim": f"a session from nothing takes at most {MOST_OF_LATEXMK} of latexmk",
            "value": part,
            "met": part <= MOST_OF_LATEXMK,
        },
        {
            "aim": f"a session that has not changed takes under {MOST_SECONDS_UNCHANGED} seconds",
            "value": unchanged,
            "met": unchanged < MOST_SECONDS_UNCHANGED,
        },
    ]


def versions(environment: Mapping[str, str]) -> dict[str, str]:
    """Ask every program which version it is."""
    commands = (STUDYGUIDE, "lualatex", "latexmk", "pandoc", str(CHROMIUM), sys.executable)
    return {Path(command).name: first_line((command, "--version"), environment) for command in commands}


def first_line(command: tuple[str, ...], environment: Mapping[str, str]) -> str:
    """Give the first line with words that a command prints."""
    done = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    return next((line for line in done.stdout.splitlines() if line.strip()), "")


if __name__ == "__main__":
    sys.exit(main())
