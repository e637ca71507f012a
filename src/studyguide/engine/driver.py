r"""The few lines that an engine starts with: the preamble, a pause, then the body.

Comes in: a preamble. Goes out: the TeX file that LuaLaTeX is called with, and the names of the files around it.
Left to others: putting the body beside it (`compile`).
"""

from __future__ import annotations

JOB = "doc"
"""The name of every job: no text of an author is ever part of a file name or an argument."""

DRIVER = "driver.tex"
START = "start.lua"
BODY = "body.tex"
AUXILIARY = f"{JOB}.aux"
LOG = f"{JOB}.log"
PDF = f"{JOB}.pdf"
TERMINAL = "terminal.txt"
SYNCTEX = f"{JOB}.synctex.gz"

PLACES_WANTED = "places.wanted"
"""A file of this name beside the body asks TeX to note where its boxes stand. The PDF is the same, byte for byte."""

START_LINES = b"""
local count = 0
os.tmpname = function()
  count = count + 1
  return "picture-" .. count .. ".tmp"
end
"""
"""What an engine reads before luaotfload, which puts the coloured pictures of a font into files that it lets Lua name:
they may only stand in the private folder."""

ONE_RUN = b"% one run"
"""The line by which a class says in its auxiliary notes that it needed none: no further pass would change a thing."""


def driver_for(preamble: str) -> str:
    r"""Give the file that an engine starts with.

    It waits in `io.stdin:read`, which needs no shell escape, and ends quietly when nobody is there any more. Our class
    can do all in one run, by holding every page back until the last is set; another class is run as LaTeX always is.
    """
    return _DRIVER.replace("BODY", BODY).replace("PREAMBLE", preamble.rstrip())


def forking_driver_for(preamble: str, *, status_descriptor: int, limits: tuple[int, ...]) -> str:
    """Give the file that an engine starts with which forks for every job; the limits are those of a child.

    The body is named in the line in which it waits: a child that read on in this file, which all of them have open,
    would read what another has left of it.
    """
    values = ", ".join(map(str, (status_descriptor, *limits)))
    driver = _FORKING_DRIVER.replace("BODY", BODY).replace("VALUES", values)
    return driver.replace("PREAMBLE", preamble.rstrip())


# suppressoptionalinfo 1023: no banner, dates, file names or ID in the PDF (LuaTeX manual, 3.2.2), so that equal input
# gives equal bytes. lfs.touch: the one thing that Landlock does not watch over is a file's date.
# tracinglostchars 2: every missing character is logged; 3 would stop at the first. wrapup_run comes last of all: a run
# without errors ends there at once, since tearing down Lua's memory takes a twentieth of it. set_synctex_mode 1: a
# class may say itself which line a box comes from (10.3.19).
_DRIVER = r"""\directlua{pdf.setsuppressoptionalinfo(1023)}
PREAMBLE
\ifdefined\StudyGuideOneRun \StudyGuideOneRun \fi
\tracinglostchars=2
\directlua{
  lfs.touch = nil
  luatexbase.add_to_callback("wrapup_run", function()
    if not status.lasterrorstring then os.exit(0) end
  end, "studyguide.leave")
  WAIT
  if lfs.isfile("PLACES_WANTED") then tex.synctex = 1 tex.set_synctex_mode(1) end
}\input{BODY}
"""
_DRIVER = _DRIVER.replace("PLACES_WANTED", PLACES_WANTED)
_FORKING_DRIVER = _DRIVER.replace(
    "WAIT", 'local file = io.open("folders.txt") loadfile("fork_server.lua")(file:read("a"), VALUES)'
)
_DRIVER = _DRIVER.replace("WAIT", 'if not io.stdin:read("*l") then os.exit(0) end')
