"""What nothing leads to any more is let go of."""

from __future__ import annotations

import gc
import weakref

from studyguide.preview.memory import give_back


class Knot:
    """Something that leads to itself."""

    def __init__(self) -> None:
        """Tie it."""
        self.end = self


def test_what_only_leads_to_itself_goes() -> None:
    """Python looks for such knots by itself only when there are many new objects."""
    gc.disable()
    try:
        gone = weakref.ref(Knot())
        assert gone() is not None
        give_back()
        assert gone() is None
    finally:
        gc.enable()
