"""A working day in a quarter of an hour: thousands of rebuilds by one watcher, and what it holds on the way.

Comes in: how many edits, how often to look. Goes out: a line each time. It fails when the watcher does not follow.
Run it by hand: `.venv/bin/python tests/benchmarks/working_day.py`.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from dataclasses import asdict
from typing import TYPE_CHECKING

from contests import PROJECT, empty
from run import bench_environment
from stopwatch import ContenderFailed
from tab import browsing
from watching import Ours, watching_guide
from year import WEEKS

from studyguide.errors import ExitCode
from studyguide.preview.live import QUIET_SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAUSE_SECONDS = QUIET_SECONDS + 1.0
"""After each look people pause for so long that the other files are begun, to be ended by the next edit."""


def main() -> int:
    """Edit, look, and write down what was seen."""
    parser = argparse.ArgumentParser(description="Rebuild a session again and again under one watcher.")
    parser.add_argument("--edits", type=int, default=2_000, help="how many rebuilds; 2000")
    parser.add_argument("--every", type=int, default=100, help="after how many edits to look; 100")
    options = parser.parse_args()
    work = PROJECT / "build" / "working-day"
    empty(work)
    temporary = work / "temporary"
    empty(temporary)
    environment = {**bench_environment(), "TMPDIR": str(temporary)}
    seen = []
    try:
        with browsing() as browser, watching_guide("the watcher", work / "guide", WEEKS, browser, environment) as ours:
            for each in follow(ours, temporary, options.edits, options.every):
                seen.append(each)
                print(json.dumps(each), flush=True)
    except ContenderFailed as failure:
        print(failure, file=sys.stderr)
        return ExitCode.ENGINE
    left = [str(path.relative_to(temporary)) for path in temporary.rglob("*")]
    print(f"left in the temporary folder: {', '.join(left) or 'nothing'}")
    (PROJECT / "build" / "working-day.json").write_text(json.dumps(seen, indent=2) + "\n", encoding="utf-8")
    return ExitCode.OK


def follow(ours: Ours, temporary: Path, edits: int, every: int) -> Iterator[dict[str, object]]:
    """Save as soon as the PDF before is there, and give now and then what the watcher holds.

    Raises:
        ContenderFailed: when the watcher does not follow.
    """
    seconds: list[float] = []
    for number in range(1, edits + 1):
        if number % every == 1:
            ours.get_ready()
            seconds = []
        saved_at = ours.draft.save()
        seconds.append(ours.await_pdf() - saved_at)
        if number == 1 or number % every == 0:
            yield {
                "edits": number,
                "median seconds": round(statistics.median(seconds), 3),
                **asdict(ours.background.footprint()),
                "temporary folders": sum(each.is_dir() for each in temporary.rglob("*")),
                "files in build/": sum(each.is_file() for each in ours.pdf.path.parents[1].rglob("*")),
            }
            time.sleep(PAUSE_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
