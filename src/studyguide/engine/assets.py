"""The author's pictures: checked, cleaned, and given to TeX under generated names.

Comes in: assets as the author named them. Goes out: bytes that TeX can read, or all that is wrong with them at once.
Left to others: what is inside a picture (`pictures`), where it stands (`latex`).
"""

from __future__ import annotations

import errno
import os
import stat
from functools import lru_cache
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from studyguide.diagnostics import error
from studyguide.engine.pictures import UnusablePicture, clean_picture
from studyguide.errors import ManuscriptError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studyguide.artifacts import Asset
    from studyguide.diagnostics import Diagnostic

ASSET_BYTES = 64 * 2**20
"""How large a picture's file may be; a photograph from a good camera has about 30 MB."""

KEPT_PICTURES = 64
"""How many cleaned pictures are remembered, so that all variants of a guide share the work."""


def check_assets(assets: tuple[Asset, ...]) -> tuple[Diagnostic, ...]:
    """Say all that is wrong with the author's pictures, each at the place where it is named."""
    problems = []
    for asset in assets:
        try:
            _clean(asset)
        except UnusablePicture as problem:
            problems.append(error(asset.span, f'picture "{asset.source.name}" {problem.message}', problem.hint))
    return tuple(problems)


def prepare_assets(assets: tuple[Asset, ...]) -> Mapping[str, bytes]:
    """Give the bytes that TeX is to find under each generated name.

    Raises:
        ManuscriptError: with all that is wrong with all of them.
    """
    problems = check_assets(assets)
    if problems:
        raise ManuscriptError("some pictures cannot be printed", diagnostics=problems)
    return {asset.name: _clean(asset) for asset in assets}


def _clean(asset: Asset) -> bytes:
    try:
        facts = asset.source.lstat()
        kind = PurePath(asset.name).suffix
        return _clean_file(asset.source, kind, facts.st_ino, facts.st_size, facts.st_mtime_ns)
    except OSError as problem:
        raise _unreadable(problem) from problem


@lru_cache(maxsize=KEPT_PICTURES)
def _clean_file(source: Path, kind: str, *_identity: int) -> bytes:
    return clean_picture(_read(source), kind)


def _read(source: Path) -> bytes:
    # The file that was looked at is the file that is read: no link is followed, nothing waits for a pipe's other end.
    descriptor = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise UnusablePicture("is not a file", "name a PNG, JPEG or PDF file")
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            content = file.read(ASSET_BYTES + 1)
    finally:
        os.close(descriptor)
    if len(content) > ASSET_BYTES:
        raise UnusablePicture(f"is larger than {ASSET_BYTES // 2**20} MB", "save it in a smaller size")
    return content


def _unreadable(problem: OSError) -> UnusablePicture:
    if problem.errno in {errno.ENOENT, errno.ENOTDIR}:
        return UnusablePicture("does not exist", "put it there, or correct its path")
    if problem.errno == errno.ELOOP:
        return UnusablePicture("is a link to another file", "put the file itself there")
    return UnusablePicture(f"cannot be read: {os.strerror(problem.errno or 0).lower()}", "make it readable")
