"""Every way in which studyguide fails on purpose.

The tree, as a test compares it with the classes::

    StudyGuideError
        UsageError
        SettingsError
        ManuscriptError
        NotesError
        TemplateError
        EngineError
            EngineMissing
            CompileError
            EngineTimeout
            EngineCrashed
        PrepressError
        PublishError
        DeliveryError
            MailRefused
            MailDeferred

Each class knows the exit code that `cli` gives for it. A bug is none of these: it keeps its traceback.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from pathlib import Path

    from studyguide.diagnostics import Diagnostic


class ExitCode(IntEnum):
    """What the shell gets back; the one table of exit codes."""

    OK = 0
    AUTHOR = 1
    USAGE = 2
    SETUP = 3
    ENGINE = 4
    DELIVERY = 5
    INTERRUPTED = 130


class StudyGuideError(Exception):
    """Something that a person can understand and mend.

    `message` is one sentence without a full stop, `hint` says what to do, `diagnostics` are the places
    in the author's files, if there are any.
    """

    exit_code: ClassVar[ExitCode] = ExitCode.AUTHOR

    def __init__(self, message: str, *, hint: str = "", diagnostics: tuple[Diagnostic, ...] = ()) -> None:
        """Keep the sentence, the advice and the places."""
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.diagnostics = diagnostics


class UsageError(StudyGuideError):
    """What was typed on the command line names nothing that can be worked on."""

    exit_code = ExitCode.USAGE


class SettingsError(StudyGuideError):
    """The settings file, or the place where something is to be written, is wrong."""

    exit_code = ExitCode.SETUP


class ManuscriptError(StudyGuideError):
    """The author's files cannot be read as a study guide; `diagnostics` says where.

    `sources` are the files and folders that were read or looked for in vain, where the reader says it.
    """

    def __init__(
        self,
        message: str,
        *,
        hint: str = "",
        diagnostics: tuple[Diagnostic, ...] = (),
        sources: tuple[Path, ...] = (),
    ) -> None:
        """Keep the sentence, the advice, the places and the files."""
        super().__init__(message, hint=hint, diagnostics=diagnostics)
        self.sources = sources


class NotesError(StudyGuideError):
    """Raw notes cannot be turned into a session file."""


class TemplateError(StudyGuideError):
    """A template is missing, misspells a variable or is not a template."""

    exit_code = ExitCode.SETUP


class EngineError(StudyGuideError):
    """TeX did not give a PDF."""

    exit_code = ExitCode.ENGINE


class EngineMissing(EngineError):
    """TeX, one of its packages or a font is not installed."""

    exit_code = ExitCode.SETUP


class CompileError(EngineError):
    """TeX stumbled over something in the document; `diagnostics` are on the author's lines.

    `pages` is the whole PDF that TeX wrote in spite of it, to be looked at and never to be published; None where it
    gave up. `synctex` are its notes of where its boxes stand, as in `CompiledPdf`.
    """

    def __init__(
        self,
        message: str,
        *,
        hint: str = "",
        diagnostics: tuple[Diagnostic, ...] = (),
        pages: bytes | None = None,
        synctex: bytes = b"",
    ) -> None:
        """Keep the sentence, the advice, the places and the pages."""
        super().__init__(message, hint=hint, diagnostics=diagnostics)
        self.pages = pages
        self.synctex = synctex


class EngineTimeout(EngineError):
    """TeX took longer than it was given."""


class EngineCrashed(EngineError):
    """TeX ended by a signal or left half a PDF."""


class PrepressError(StudyGuideError):
    """The PDF could not be finished: an insert is unusable, or reading it back found something wrong."""

    exit_code = ExitCode.ENGINE


class PublishError(StudyGuideError):
    """A finished file could not be put in its place; what was there is untouched."""

    exit_code = ExitCode.ENGINE


class DeliveryError(StudyGuideError):
    """A message did not reach the mail server."""

    exit_code = ExitCode.DELIVERY


class MailRefused(DeliveryError):
    """The mail server refused for good."""


class MailDeferred(DeliveryError):
    """The mail server asked to try again later."""
