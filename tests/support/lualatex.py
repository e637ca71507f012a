"""Runs the real LuaLaTeX on a small document and reads the pages back.

Comes in: a preamble and one piece of LaTeX a page. Goes out: the text of each page, as a reader would copy it out.
Left to others: the class and the engine stage, which have tests of their own.
"""

from __future__ import annotations

import os
import subprocess
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FONT_FOLDER = "/usr/share/fonts"
CLASS_FOLDER = "latex_templates"
TIME_LIMIT_SECONDS = 120


def typeset_pages(folder: Path, preamble: str, pages: Iterable[str]) -> tuple[str, ...]:
    """Set each piece on a page of its own and give the pages' texts; an error of TeX is an assertion with its log."""
    body = "\n\\newpage\n".join(f"\\leavevmode\n{page}\n\\par" for page in pages)
    document = f"{preamble}\n\\begin{{document}}\n{body}\n\\end{{document}}\n"
    (folder / "pages.tex").write_text(document, encoding="utf-8")
    command = ["lualatex", "--no-shell-escape", "--interaction=nonstopmode", "--halt-on-error", "pages.tex"]
    environment = os.environ | {"OSFONTDIR": FONT_FOLDER, "TEXINPUTS": f"{os.path.abspath(CLASS_FOLDER)}:"}  # noqa: PTH100  a search path is text
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, timeout=TIME_LIMIT_SECONDS, check=False
    )
    log = (folder / "pages.log").read_text(encoding="utf-8", errors="replace")
    assert done.returncode == 0, "\n".join(line for line in log.splitlines() if line.startswith(("!", "l.", "Missing")))
    assert "Missing character" not in log
    assert "Overfull" not in log, next(line for line in log.splitlines() if line.startswith("Overfull"))
    read = subprocess.run(["pdftotext", "-layout", "pages.pdf", "-"], cwd=folder, capture_output=True, check=True)
    return tuple(read.stdout.decode().split("\f")[:-1])


def letters(text: str) -> str:
    """Leave out what has no ink and so cannot be read back: blanks, joiners, marks of direction and variation.

    A hyphen is a hyphen, and skin tones are not printed in black and white.
    """
    kept = (
        character
        for character in unicodedata.normalize("NFC", text)
        if unicodedata.category(character) not in {"Cc", "Cf", "Zs", "Zl", "Zp"}
        and not 0xFE00 <= ord(character) <= 0xFE0F
        and not 0x1F3FB <= ord(character) <= 0x1F3FF
        and character not in "\u034f\ufffc"
    )
    return "".join("-" if character in "\u2010\u2011" else character for character in kept)
