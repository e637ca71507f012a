r"""The few lines that an engine starts with: the preamble, a pause, then the body.

Comes in: a preamble. Goes out: the TeX file that LuaLaTeX is called with, and the names of the files around it.
Left to others: putting the body beside it (`compile`).
"""

from __future__ import annotations

from enum import StrEnum

JOB = "doc"
"""The name of every job: no text of an author is ever part of a file name or an argument."""

DRIVER = "driver.tex"
BODY = "body.tex"
AUXILIARY = f"{JOB}.aux"
LOG = f"{JOB}.log"
PDF = f"{JOB}.pdf"
TERMINAL = "terminal.txt"


class Order(StrEnum):
    """What an engine is to make of the body: a PDF, or only the auxiliary notes for the next pass."""

    DRAFT = "draft"
    FINAL = "final"


def driver_for(preamble: str) -> str:
    r"""Give the file that an engine starts with.

    It waits in `io.stdin:read`, which needs no shell escape, and ends quietly when nobody is there any more. A draft
    leaves as soon as the notes are written: tearing down Lua's memory takes longer than it is worth.
    """
    return _DRIVER.replace("PREAMBLE", preamble.rstrip()).replace("BODY", BODY)


# suppressoptionalinfo 1023: no banner, dates, file names or ID in the PDF (LuaTeX manual, 3.2.2), so that equal input
# gives equal bytes. lfs.touch: the one thing that Landlock does not watch over is a file's date.
# tracinglostchars 2: every missing character is logged; 3 would stop at the first.
_DRIVER = r"""\directlua{pdf.setsuppressoptionalinfo(1023)}
PREAMBLE
\directlua{
  lfs.touch = nil
  local order = io.stdin:read("*l")
  if not order then os.exit(0) end
  if order == "draft" then
    tex.draftmode = 1
    tex.print("\\AddToHook{enddocument/end}{\\directlua{os.exit(0)}}")
  end
}
\tracinglostchars=2
\input{BODY}
"""
