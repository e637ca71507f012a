"""Typst's turn: the text of all sessions in a folder, a document each, compiled afresh in a thread a processor.

Comes in: a folder of session files, a folder for PDFs. Runs in an environment of its own that has `typst` from PyPI.
"""

from __future__ import annotations

import os
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import typst

FONTS = "/usr/share/fonts"
MARKS = set('@#$<>*_`[]~/"\\')
"""What means something in Typst."""

PREAMBLE = """\
#set page(paper: "us-letter", margin: (left: 92pt, right: 212pt, top: 72pt, bottom: 80pt))
#set text(font: "Vollkorn", size: 11.5pt, lang: "en")
#set par(justify: true, leading: 0.72em)
"""


def convert(text: str) -> str:
    """Write the body of a session in Typst's markup."""
    body = text.split("---\n", 2)[2]
    return PREAMBLE + "\n".join(convert_line(line) for line in body.split("\n"))


def convert_line(line: str) -> str:
    """Write a line in Typst's markup: a heading, an item or words."""
    heading = re.fullmatch(r"(#+) (.*)", line)
    if heading is not None:
        return f"{'=' * len(heading[1])} {escape(heading[2])}"
    item = re.fullmatch(r"(\s*)(- |\d+\. )?(.*)", line)
    if item is None:
        return escape(line)
    mark = {None: "", "- ": "- "}.get(item[2], "+ ")
    return f"{item[1]}{mark}{escape(item[3].lstrip('> '))}"


def escape(words: str) -> str:
    """Let words be words."""
    return "".join(f"\\{each}" if each in MARKS else each for each in words)


def compile_one(job: tuple[int, Path, Path]) -> None:
    """Compile one session from nothing."""
    number, session, folder = job
    source = convert(session.read_text(encoding="utf-8")).encode()
    (folder / f"{number}.pdf").write_bytes(typst.compile(source, font_paths=[FONTS]))


def main() -> None:
    """Compile them all."""
    sessions, folder = Path(sys.argv[1]), Path(sys.argv[2])
    jobs = [(number, session, folder) for number, session in enumerate(sorted(sessions.glob("*.md")))]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(compile_one, jobs))


if __name__ == "__main__":
    main()
