"""One session again after an edit while the engine is warm: what a watcher does between a save and the finished PDF.

Comes in: a session file, a folder for PDFs, how many edits. Goes out: the seconds of each, as JSON on standard output.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

from studyguide.artifacts import PLAIN_PREAMBLE
from studyguide.cache import BuildCache
from studyguide.documents import prepare_documents
from studyguide.engine import WarmEngines
from studyguide.making import Line, Made, make, publish_made
from studyguide.model.guide import Audience, Paper
from studyguide.reader import read_manuscript
from studyguide.settings import load_settings, template_folders_of
from studyguide.targets import Target, plan_variants


def main() -> None:
    """Edit and build, one time after the other."""
    session, output, count = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    target = Target(folder=session.parent.parent, session=session)
    settings = load_settings(Path(), os.environ)
    text = session.read_text(encoding="utf-8")
    seconds: list[float] = []
    with WarmEngines(
        class_folders=template_folders_of(target.folder, settings),
        font_folders=settings.font_folders,
        cache_folder=settings.cache_folder,
        search_path=settings.search_path,
        may_fork=True,
    ) as engines:
        engines.expect(PLAIN_PREAMBLE)
        line = Line(
            cache=BuildCache(output), engines=engines, time_limit_seconds=settings.time_limit_seconds, design="bench"
        )
        for number in range(count):
            session.write_text(f"{text}\nEdit {number}.\n", encoding="utf-8")
            started = time.perf_counter()
            manuscript = read_manuscript(target.folder, session=session)
            variants = plan_variants(target, manuscript, (Paper.LETTER,), (Audience.PARTICIPANT,), output)
            documents = prepare_documents(manuscript, variants, settings)
            made = make(line, variants[0], documents[0])
            if isinstance(made, Made):
                publish_made(line, made)
            seconds.append(time.perf_counter() - started)
    session.write_text(text, encoding="utf-8")
    sys.stdout.write(json.dumps(seconds[1:]))


if __name__ == "__main__":
    main()
