"""Memory that is not needed any more goes back to the system: a day of edits holds no more than an hour of them.

Comes in: nothing. Goes out: nothing. Left to others: when there is a moment for it (`live`).
"""

from __future__ import annotations

import contextlib
import ctypes
import gc


def give_back() -> None:
    """Let go of what nothing leads to, and of the holes between what is left; takes some hundredths of a second."""
    gc.collect()
    # Of the GNU C library (mallopt(3)): proofs and pictures leave holes that it would keep for itself.
    with contextlib.suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
