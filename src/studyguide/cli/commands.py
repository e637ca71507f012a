"""One function a command: it makes one call and has the outcome shown.

Comes in: parsed arguments. Goes out: an exit code.
Left to others: the work (`build`, `importer`, `documents`, `reader`, `scaffold`, `engine`), the showing (`screen`).
"""

from __future__ import annotations

import datetime
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from studyguide.cli import screen
from studyguide.diagnostics import Severity
from studyguide.errors import ExitCode, UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping

    from studyguide.settings import Settings


FIRST_RUN = "the first build on this machine: TeX looks at all fonts once, which can take half a minute"


def run(parsed: argparse.Namespace) -> int:
    """Run the command that was typed."""
    commands: Mapping[str, Callable[[argparse.Namespace], int]] = {
        "new": new,
        "import": import_notes,
        "check": check,
        "fmt": fmt,
        "build": build,
        "watch": watch,
        "inspect": inspect,
        "schema": schema,
        "doctor": doctor,
    }
    return commands[parsed.command](parsed)


def new(parsed: argparse.Namespace) -> int:
    """Make a guide that builds."""
    from studyguide.scaffold import create_guide

    today = datetime.datetime.now().astimezone().date()
    folder = create_guide(parsed.name, guides_folder=Path("guides"), today=today)
    screen.show_lines(
        f"made {folder}/",
        f"  {folder}/guide.md            what holds for all meetings",
        f"  {folder}/sessions/           one file a meeting",
        "",
        f"next:  studyguide build {folder}",
    )
    return ExitCode.OK


def import_notes(parsed: argparse.Namespace) -> int:
    """Make session files of raw notes and say what was understood."""
    from studyguide.cli import import_screen
    from studyguide.importer import ImportRequest, import_files

    request = ImportRequest(
        into=parsed.into,
        output=parsed.output,
        guides_folder=Path("guides"),
        today=datetime.datetime.now().astimezone().date(),
    )
    results = import_files(parsed.notes, request, stream=sys.stdin.buffer)
    if parsed.json:
        screen.show_json(import_screen.describe_imports(results))
    else:
        import_screen.show_imports(results)
    return max((each.exit_code for each in results.failures), default=ExitCode.OK)


def check(parsed: argparse.Namespace) -> int:
    """Show every problem of all targets."""
    from studyguide.documents import check_guide
    from studyguide.targets import find_targets

    settings = _settings()
    targets = find_targets(parsed.paths)
    problems = tuple(dict.fromkeys(each for target in targets for each in check_guide(target, settings)))
    if parsed.json:
        screen.show_json({"problems": [screen.describe_diagnostic(each) for each in problems]})
    else:
        screen.show_diagnostics(problems)
        screen.show_summary(problems, nothing=f"no problems in {', '.join(str(each.folder) for each in targets)}")
    return ExitCode.AUTHOR if any(each.severity is Severity.ERROR for each in problems) else ExitCode.OK


def fmt(parsed: argparse.Namespace) -> int:
    """Write files in their canonical form, or say which are not."""
    from studyguide.canonical import format_files
    from studyguide.targets import find_targets

    changed = format_files(find_targets(parsed.paths), change=not parsed.check)
    screen.show_lines(*(f"{'would tidy' if parsed.check else 'tidied'} {path}" for path in changed))
    if not changed:
        screen.show_note("all files are in canonical form")
    return ExitCode.AUTHOR if changed and parsed.check else ExitCode.OK


def build(parsed: argparse.Namespace) -> int:
    """Make the PDFs and show what was made."""
    from studyguide.build import BuildRequest, build_guides
    from studyguide.engine import is_first_run
    from studyguide.model.guide import Audience, Paper
    from studyguide.targets import find_targets

    settings = _settings()
    output = parsed.output or settings.output
    requests = [
        BuildRequest(
            target=target,
            papers=tuple(dict.fromkeys(Paper(each) for each in parsed.paper or ())),
            audiences=tuple(dict.fromkeys(Audience(each) for each in parsed.audience or ())),
            output=output,
            keep_tex=parsed.keep_tex,
        )
        for target in find_targets(parsed.paths)
    ]
    if is_first_run(settings.cache_folder):
        screen.show_note(FIRST_RUN)
    with screen.showing_progress(is_wanted=not parsed.json) as report_progress:
        result = build_guides(requests, settings=settings, report_progress=report_progress)
    if parsed.json:
        screen.show_json(screen.describe_result(result))
    else:
        screen.show_result(result)
    return max((each.exit_code for each in result.failures), default=ExitCode.OK)


def watch(parsed: argparse.Namespace) -> int:
    """Keep building until the person stops it."""
    from studyguide.cli import watch_screen
    from studyguide.engine import is_first_run
    from studyguide.preview import Watch
    from studyguide.targets import find_targets

    find_targets(parsed.paths)
    if is_first_run(_settings().cache_folder):
        screen.show_note(FIRST_RUN)
    try:
        with Watch(
            find_targets=lambda: find_targets(parsed.paths),
            load_settings=_settings,
            output=parsed.output,
            port=parsed.port,
            wants_polling=parsed.poll,
            reporter=watch_screen.WatchScreen(),
        ) as watching:
            watch_screen.show_start(what=watching.what, how=watching.how, address=watching.address)
            if watch_screen.is_at_desktop() if parsed.open is None else parsed.open:
                watch_screen.open_page(watching.address)
            watching.wait()
    except KeyboardInterrupt:
        screen.show_note("stopped; the last good files stay where they are")
        return ExitCode.INTERRUPTED
    return ExitCode.OK


def inspect(parsed: argparse.Namespace) -> int:
    """Show a session as it was understood."""
    from studyguide.model.describe import describe, outline
    from studyguide.reader import read_manuscript
    from studyguide.targets import find_targets

    (target,) = find_targets([parsed.session])
    if target.session is None:
        raise UsageError(f'"{parsed.session}" is a guide', hint="give one of the files in its sessions/ folder")
    manuscript = read_manuscript(target.folder, session=target.session)
    session = manuscript.guide.sessions[0]
    if parsed.json:
        screen.show_json(describe(session))
    else:
        screen.show_lines(*outline(session))
    return ExitCode.OK


def schema(_parsed: argparse.Namespace) -> int:
    """Print both schemas."""
    from studyguide.reader import json_schemas

    screen.show_json(json_schemas())
    return ExitCode.OK


def doctor(parsed: argparse.Namespace) -> int:
    """Say what is installed and what is missing."""
    from studyguide.engine import examine_installation

    settings = _settings()
    findings = examine_installation(
        search_path=settings.search_path,
        font_folders=settings.font_folders,
        class_folders=(settings.template_folder,),
        cache_folder=settings.cache_folder,
    )
    if parsed.json:
        screen.show_json({"findings": [screen.describe_finding(each) for each in findings]})
    else:
        screen.show_findings(findings)
    return ExitCode.OK if all(each.is_present or not each.is_needed for each in findings) else ExitCode.SETUP


def _settings() -> Settings:
    from studyguide.settings import load_settings

    return load_settings(Path(), os.environ)
