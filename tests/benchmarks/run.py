"""`make bench`: studyguide beside latexmk and pandoc, as a table and in build/bench.json.

Comes in: how many rounds. Goes out: medians, ratios, and whether the aims are met. It fails when any contender fails.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import shutil
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from contests import PROJECT, STUDYGUIDE, Contest, set_up_contests
from pypdf import PdfReader
from stopwatch import ContenderFailed, Score, race

from studyguide.errors import ExitCode
from studyguide.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_OF_LATEXMK = 0.6
"""A session from nothing may take this part of the time that latexmk takes on the same LaTeX."""

MOST_SECONDS_UNCHANGED = 0.3
"""A build that finds nothing changed may take this long, as a whole process."""

Results = dict[str, tuple[Contest, dict[str, Score]]]


def main() -> int:
    """Run all contests, show and write the figures."""
    parser = argparse.ArgumentParser(description="Time studyguide beside latexmk and pandoc.")
    parser.add_argument("--rounds", type=int, default=7, help="timed rounds, after one that warms up; 7")
    parser.add_argument("--output", type=Path, default=PROJECT / "build" / "bench.json", help="build/bench.json")
    options = parser.parse_args()
    if missing := [peer for peer in ("latexmk", "pandoc") if shutil.which(peer) is None]:
        print(f"install these first: sudo apt-get install --no-install-recommends {' '.join(missing)}", file=sys.stderr)
        return ExitCode.SETUP
    try:
        figures = run_contests(PROJECT / "build" / "bench", options.rounds)
    except ContenderFailed as failure:
        print(failure, file=sys.stderr)
        return ExitCode.ENGINE
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    print(f"written to {options.output}")
    return ExitCode.OK


def run_contests(work: Path, rounds: int) -> dict[str, object]:
    """Run one contest after the other, print its table, and give all figures.

    Raises:
        ContenderFailed: when a contender does not do its work.
    """
    shutil.rmtree(work, ignore_errors=True)
    environment = bench_environment()
    load_before = os.getloadavg()
    results: Results = {}
    for contest in set_up_contests(work, environment):
        scores = race(contest.contenders, rounds=rounds, environment=environment)
        results[contest.name] = contest, {score.contender.name: score for score in scores}
        print_contest(contest, scores)
    aims = weigh_aims(results)
    for aim in aims:
        print(f"{'met   ' if aim['met'] else 'MISSED'}  {aim['aim']}: {aim['value']:.3f}")
    return {
        "when": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "machine": {"processors": os.cpu_count(), "load before": load_before, "load after": os.getloadavg()},
        "versions": versions(environment),
        "rounds": rounds,
        "contests": {name: describe_contest(*result) for name, result in results.items()},
        "aims": aims,
    }


def bench_environment() -> dict[str, str]:
    """Give all contenders the same environment: a user's, and the fonts where studyguide looks for them."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    folders = load_settings(Path(), environment).font_folders
    return {**environment, "OSFONTDIR": "//:".join(str(folder) for folder in folders)}


def print_contest(contest: Contest, scores: tuple[Score, ...]) -> None:
    """Print what each contender took, and that of studyguide as a part of it."""
    ours = scores[0]
    print(f"\n{contest.title}\n{'':14}{'wall s':>9}{'cpu s':>9}{'pages':>7}{'ours/it':>9}")
    for score in scores:
        pages = count_pages(score)
        print(
            f"  {score.contender.name:<12}{score.wall_seconds:>9.3f}{score.processor_seconds:>9.3f}"
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
    commands = (STUDYGUIDE, "lualatex", "latexmk", "pandoc", sys.executable)
    return {Path(command).name: first_line((command, "--version"), environment) for command in commands}


def first_line(command: tuple[str, ...], environment: Mapping[str, str]) -> str:
    """Give the first line with words that a command prints."""
    done = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    return next((line for line in done.stdout.splitlines() if line.strip()), "")


if __name__ == "__main__":
    sys.exit(main())
