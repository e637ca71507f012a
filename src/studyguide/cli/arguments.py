"""What can be typed, and the help that teaches it.

Comes in: nothing. Goes out: a parser whose results `commands` runs.
Imports nothing heavy, so that `studyguide --help` comes at once.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from studyguide import __version__
from studyguide.model.guide import Audience, Paper

PATHS_HELP = "a guide's folder or a session file; nothing means every guide under guides/"

LARGEST_PORT = 65535
"""Ports are numbers of sixteen bits (RFC 9293, 3.1)."""

DESCRIPTION = """\
Turn a reading group's session files into printed handouts.

A guide is a folder: guide.md says what holds for all meetings, and each file in sessions/ is one meeting.
They are plain Markdown; any editor will do."""

EPILOG = """\
first steps:
  studyguide new "Commons Reader"     make a guide that builds, with comments
  studyguide import notes.docx        or make one of the notes that you have
  studyguide check                    see what is wrong, with file, line and advice
  studyguide build                    make the PDFs, in build/
  studyguide watch                    or keep making them while you write, and see the pages

what the shell gets back:
  0 all is well   1 something in your files   2 wrong arguments   3 something is not installed or set up
  4 TeX or the finishing failed   130 you stopped it"""

IMPORT_DESCRIPTION = """\
Make a session file of raw notes: txt, md, docx, odt, rtf, html, a zip of html from Google Docs, or highlights from
Kindle, Kobo, Readwise and Hypothesis. `-` reads standard input.

Readings, quotations, pages, questions, who said what and announcements are recognised. Nothing is left out in silence:
every word is in the session file, or the report names it. What was not sure has a comment in the file;
`studyguide check` lists these until you have looked and deleted them. A file that exists is never overwritten."""

IMPORT_EPILOG = """\
examples:
  studyguide import notes.docx                          with a new guide, named after the book
  studyguide import notes.docx --into guides/commons    into a guide that you have
  pbpaste | studyguide import - --output session.md"""

BUILD_DESCRIPTION = """\
Make the PDFs: a handout for each session, and the whole guide.

Nothing is made again unless something that it is made of has changed. A file in build/ is only ever replaced by a
complete one: if something goes wrong, the last good PDF stays.

The first audience and paper get the plain name, build/GUIDE/SESSION.pdf; the others say what they are,
build/GUIDE/SESSION-facilitator-a4.pdf. When you name none, guide.md decides."""

WATCH_DESCRIPTION = """\
Keep building while you write, and show the newest pages in your browser.

Save a session file, and its page follows at once. When something is wrong, the page and this terminal say what; the
last good pages stay. The other files and the whole guide are made when nothing has changed for a moment.

The page is for this machine only: nobody else can open it. Stop with Ctrl-C."""

WATCH_EPILOG = """\
examples:
  studyguide watch
  studyguide watch guides/commons
  studyguide watch --poll                  on a network or shared folder where changes are not noticed"""

BUILD_EPILOG = """\
examples:
  studyguide build
  studyguide build guides/commons
  studyguide build guides/commons/sessions/03-water.md --audience facilitator --paper a4"""


def make_parser() -> argparse.ArgumentParser:
    """Give the parser of the whole command line."""
    parser = argparse.ArgumentParser(
        prog="studyguide",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"studyguide {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, title="commands")
    _add_new(commands)
    _add_import(commands)
    _add_check(commands)
    _add_fmt(commands)
    _add_build(commands)
    _add_watch(commands)
    _add_inspect(commands)
    _add_schema(commands)
    _add_doctor(commands)
    return parser


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    short: str,
    text: str = "",
    examples: str = "",
) -> argparse.ArgumentParser:
    return commands.add_parser(
        name,
        help=short,
        description=text or f"{short[0].upper()}{short[1:]}.",
        epilog=examples,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _add_new(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _add(
        commands,
        "new",
        "make a guide that builds, with comments",
        "Make a folder guides/NAME with a guide.md and a first session that show the format. It builds as it is.\n"
        "Nothing that exists is overwritten.",
        'example:\n  studyguide new "Commons Reader"',
    )
    parser.add_argument("name", metavar="NAME", help="the guide's title, in quotes if it has spaces")


def _add_import(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _add(commands, "import", "make session files of raw notes", IMPORT_DESCRIPTION, IMPORT_EPILOG)
    parser.add_argument(
        "notes", metavar="NOTES", nargs="+", help="a file with notes, one meeting each; - is standard input"
    )
    place = parser.add_mutually_exclusive_group()
    place.add_argument("--into", metavar="GUIDE", type=Path, help="the folder of the guide that gets the session")
    place.add_argument(
        "--output", metavar="FILE", help="write only the session file, under this name; - is standard output"
    )
    parser.add_argument("--json", action="store_true", help="print what was understood for another program")


def _add_check(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _add(
        commands,
        "check",
        "show every problem, build nothing",
        "Read everything and show every problem with its file, line and advice. Builds nothing.\n"
        "Warnings do not stop a build; errors do.",
        "example:\n  studyguide check guides/commons/sessions/03-water.md",
    )
    parser.add_argument("paths", metavar="PATH", nargs="*", type=Path, help=PATHS_HELP)
    parser.add_argument("--json", action="store_true", help="print the problems for another program")


def _add_fmt(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _add(
        commands,
        "fmt",
        "write files in their canonical form, meaning unchanged",
        "Tidy session files: quotes around titles that need them, one kind of bullet, one way to write page\n"
        "references. What the files mean does not change.",
        "example:\n  studyguide fmt guides/commons --check",
    )
    parser.add_argument("paths", metavar="PATH", nargs="*", type=Path, help=PATHS_HELP)
    parser.add_argument("--check", action="store_true", help="change nothing; say which files would change")


def _add_build(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _add(commands, "build", "make the PDFs, in build/", BUILD_DESCRIPTION, BUILD_EPILOG)
    parser.add_argument("paths", metavar="PATH", nargs="*", type=Path, help=PATHS_HELP)
    parser.add_argument(
        "--paper",
        metavar="P",
        action="append",
        choices=[str(each) for each in Paper],
        help=f"{', '.join(Paper)}; may be given again",
    )
    parser.add_argument(
        "--audience",
        metavar="A",
        action="append",
        choices=[str(each) for each in Audience],
        help=f"{', '.join(Audience)}; may be given again",
    )
    parser.add_argument("--output", metavar="DIR", type=Path, help="where the PDFs go; build/ if you do not say")
    parser.add_argument("--keep-tex", metavar="DIR", type=Path, help="also keep the LaTeX, to look at or to hand on")
    parser.add_argument("--json", action="store_true", help="print what was made for another program")


def _add_watch(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _add(
        commands, "watch", "keep building while you write, and show the pages", WATCH_DESCRIPTION, WATCH_EPILOG
    )
    parser.add_argument("paths", metavar="PATH", nargs="*", type=Path, help=PATHS_HELP)
    parser.add_argument("--port", metavar="N", type=_port, help="the page's port; a free one if you do not say")
    parser.add_argument(
        "--open",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="open the page in your browser; done at a desktop unless you say --no-open",
    )
    parser.add_argument(
        "--poll", action="store_true", help="look for changes twice a second, without the system's help"
    )
    parser.add_argument("--output", metavar="DIR", type=Path, help="where the PDFs go; build/ if you do not say")


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= LARGEST_PORT):
        raise argparse.ArgumentTypeError(f'"{text}" is not a port: a number up to {LARGEST_PORT}')
    return int(text)


def _add_inspect(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _add(
        commands,
        "inspect",
        "show how a session was understood",
        "Show a session as studyguide understood it: its parts, questions, turns and page references.",
        "example:\n  studyguide inspect guides/commons/sessions/03-water.md --json",
    )
    parser.add_argument("session", metavar="SESSION", type=Path, help="a session file")
    parser.add_argument("--json", action="store_true", help="everything, for another program")


def _add_schema(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    _add(
        commands,
        "schema",
        "print the JSON Schema of both headers",
        "Print the JSON Schemas of guide.md's and of a session's header, for editors that complete and check.",
    )


def _add_doctor(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _add(
        commands,
        "doctor",
        "say what is installed, what is missing, and how to get it",
    )
    parser.add_argument("--json", action="store_true", help="print the findings for another program")
