"""The file that an engine starts with."""

from __future__ import annotations

import pytest

from studyguide.engine.driver import driver_for, forking_driver_for


def test_the_engine_waits_between_the_preamble_and_the_body() -> None:
    """The class is read ahead; the body only after the order has come."""
    driver = driver_for("\\documentclass{studyguide}\n")
    preamble, pause, body = (driver.index(each) for each in ("\\documentclass", "io.stdin:read", "\\input{body.tex}"))
    assert preamble < pause < body


@pytest.mark.parametrize(
    ("driver", "wait"),
    [
        (driver_for(""), "io.stdin:read"),
        (forking_driver_for("", status_descriptor=7, limits=()), 'loadfile("fork_server.lua")'),
    ],
    ids=["standing by", "forking"],
)
def test_whether_to_note_where_boxes_stand_is_asked_for_each_document(driver: str, wait: str) -> None:
    """What asks for it stands beside the body, so it is looked for when the wait is over."""
    pause, question, body = (driver.index(each) for each in (wait, 'lfs.isfile("places.wanted")', "\\input{body.tex}"))
    assert pause < question < body


def test_no_text_of_a_preamble_is_taken_for_a_place_to_fill_in() -> None:
    """Words that the driver itself uses may stand in a preamble."""
    driver = driver_for("\\documentclass[BODY]{PREAMBLE}")
    assert "\\documentclass[BODY]{PREAMBLE}\n" in driver


def test_an_engine_that_forks_reads_no_further_line_of_its_driver() -> None:
    """All children have the file open, and what one reads of it the next would not find."""
    driver = forking_driver_for("\\documentclass{studyguide}\n", status_descriptor=7, limits=(60, 1, 2, 3))
    assert driver.splitlines()[-1] == "}\\input{body.tex}"
    assert '(file:read("a"), 7, 60, 1, 2, 3)' in driver
