"""Landlock: the kernel keeps a thread, and all that it starts, to the folders it is given.

Comes in: folders to read and one to write. Goes out: nothing; the calling thread is confined for the rest of its life.
Linux 5.13 and later (landlock(7)); works for everybody, also in containers and where bubblewrap may not.
"""

from __future__ import annotations

import ctypes
import os
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

# System calls, the same number on every architecture since Linux 5.13 (asm-generic/unistd.h).
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
CREATE_RULESET_VERSION = 1
RULE_PATH_BENEATH = 1
PR_SET_NO_NEW_PRIVS = 38

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
"""Rights that a rule gives (linux/landlock.h)."""

RIGHTS_BY_VERSION = {1: 1 << 13, 2: 1 << 14, 3: 1 << 15, 4: 1 << 15, 5: 1 << 16}
"""All rights that a version of Landlock knows are those below this bit."""

NETWORK_VERSION = 4
BIND_AND_CONNECT = 0b11
SCOPE_VERSION = 6
SOCKETS_AND_SIGNALS = 0b11


def landlock_version() -> int:
    """Give the version of Landlock that the kernel offers, 0 for none."""
    try:
        return max(_system_call(CREATE_RULESET, None, 0, CREATE_RULESET_VERSION), 0)
    except (OSError, AttributeError):
        return 0


def confine_thread(*, readable: Iterable[Path], writable: Path) -> None:
    """Let the calling thread, and whatever it starts from now on, read some folders and change one.

    Folders that do not exist are left out.

    Raises:
        OSError: when the kernel refuses; the thread must not go on then.
    """
    version = landlock_version()
    known_rights = RIGHTS_BY_VERSION.get(min(version, max(RIGHTS_BY_VERSION)), 0) - 1
    rules = struct.pack("=Q", known_rights)
    if version >= NETWORK_VERSION:
        rules += struct.pack("=Q", BIND_AND_CONNECT)
    if version >= SCOPE_VERSION:
        rules += struct.pack("=Q", SOCKETS_AND_SIGNALS)
    ruleset = _system_call(CREATE_RULESET, rules, len(rules), 0)
    try:
        for folder in readable:
            _allow(ruleset, folder, EXECUTE | READ_FILE | READ_DIR)
        _allow(ruleset, writable, known_rights & ~EXECUTE)
        # Without this an unprivileged thread may not confine itself: nothing it starts may gain rights by set-uid.
        if ctypes.CDLL(None, use_errno=True).prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        _system_call(RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, folder: Path, rights: int) -> None:
    try:
        descriptor = os.open(folder, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    except (FileNotFoundError, NotADirectoryError):
        return
    try:
        _system_call(ADD_RULE, ruleset, RULE_PATH_BENEATH, struct.pack("=Qi", rights, descriptor), 0)
    finally:
        os.close(descriptor)


def _system_call(number: int, *words: int | bytes | None) -> int:
    arguments = [ctypes.c_long(word) if isinstance(word, int) else ctypes.c_char_p(word) for word in words]
    result = ctypes.CDLL(None, use_errno=True).syscall(ctypes.c_long(number), *arguments)
    if not isinstance(result, int) or result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result
