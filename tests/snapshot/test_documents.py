"""Whole documents: one guide of two sessions, as each audience gets it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from snapshots import TexSnapshot, typeset_folder

from studyguide.model.guide import Audience

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

GUIDE = Path(__file__).parent / "guide"


@pytest.mark.parametrize("audience", tuple(Audience))
def test_a_session_gives_a_handout(audience: Audience, snapshot: SnapshotAssertion) -> None:
    """The first session, from the class to the end of the document."""
    document = typeset_folder(GUIDE, audience)
    assert document.preamble + document.body == snapshot(extension_class=TexSnapshot)


def test_a_guide_gives_one_document(snapshot: SnapshotAssertion) -> None:
    """Prelims, both sessions, back matter."""
    document = typeset_folder(GUIDE, Audience.PARTICIPANT, whole=True)
    assert document.preamble + document.body == snapshot(extension_class=TexSnapshot)
