"""What the page is told: the choice that was meant, and all there is to say of it."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from preview_desks import BREAD, NOON, WELLS, Desk, a_desk

from studyguide.diagnostics import SourceSpan, error, warning
from studyguide.model.guide import Audience, Paper
from studyguide.preview.answers import Wish, choose, describe_place, describe_state, find_page, identify
from studyguide.preview.board import Board, Choice, Trouble


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Put a guide of two sessions on a board."""
    return a_desk(tmp_path)


def chosen(desk: Desk, name: str = "", audience: str = "", paper: str = "") -> Choice:
    """Choose something that there is."""
    choice = choose(desk.board.view(None), Wish(name=name, audience=audience, paper=paper))
    assert choice is not None
    return choice


def test_what_is_wished_for_is_chosen(desk: Desk) -> None:
    """Name, audience and paper as the address writes them."""
    choice = chosen(desk, WELLS, "facilitator", "a4")
    assert choice.source == desk.folder / "sessions" / "02-wells.md"
    assert (choice.audience, choice.paper) == (Audience.FACILITATOR, Paper.A4)


@pytest.mark.parametrize("name", ["", "commons/99-none", "../../etc/passwd"])
def test_without_a_name_that_there_is_the_first_entry_is_shown(desk: Desk, name: str) -> None:
    """A name that leads nowhere is no error: sessions are renamed."""
    assert chosen(desk, name) == desk.choice(BREAD)


def test_without_a_name_the_entry_edited_last_is_shown(desk: Desk) -> None:
    """A name that there is goes before it."""
    desk.board.say(edited=WELLS)
    assert chosen(desk) == desk.choice(WELLS)
    assert chosen(desk, BREAD) == desk.choice(BREAD)


@pytest.mark.parametrize(("audience", "paper"), [("", ""), ("stranger", "foolscap"), ("PARTICIPANT", "Letter")])
def test_the_usual_variant_is_shown_where_another_is_not_known(desk: Desk, audience: str, paper: str) -> None:
    """The first audience and the first paper of the guide."""
    assert chosen(desk, WELLS, audience, paper) == desk.choice(WELLS)


def test_where_there_is_nothing_nothing_is_chosen() -> None:
    """Before the first reading, and when all sessions are gone."""
    board = Board(now=lambda: NOON)
    assert choose(board.view(None), Wish(name="", audience="", paper="")) is None
    assert describe_state(board.view(None), None, "run")["choice"] is None


def test_a_state_says_all_there_is(desk: Desk) -> None:
    """A good proof, then an error: the proof stays and is stale, the problems come with their places."""
    proof = desk.show("wells", "rain")
    desk.board.begin(proof.choice)
    desk.board.say(errand="making the other files", edited=WELLS)
    span = desk.span(12)
    trouble = Trouble(message="TeX stopped", hint="mend it", problems=(error(span, "no such command", "spell it"),))
    desk.board.fail(proof.choice, trouble)

    state = json.loads(json.dumps(describe_state(desk.board.view(proof.choice), proof.choice, "4f")))

    path = str(desk.folder / "sessions" / "02-wells.md")
    assert state.pop("shelves")[0]["entries"][1] == {
        "name": WELLS,
        "title": "Wells",
        "day": "2026-05-12",
        "is_whole_guide": False,
    }
    assert state == {
        "run": "4f",
        "version": desk.board.version,
        "watching": "changes arrive in 3 ms",
        "errand": "making the other files",
        "edited": WELLS,
        "choice": {"name": WELLS, "audience": "participant", "paper": "letter"},
        "is_building": False,
        "stale_since": "12:03:11",
        "proof": {
            "id": identify(proof),
            "file": "02-wells.pdf",
            "made_at": "12:03:11",
            "is_flawed": False,
            "changed": [],
            "pages": [
                {"digest": page.digest, "width": 612.0, "height": 792.0, "label": str(number)}
                for number, page in enumerate(proof.pages, start=1)
            ],
        },
        "trouble": {"message": "TeX stopped", "hint": "mend it"},
        "problems": [
            {
                "severity": "error",
                "where": f"{path}:12:1",
                "path": path,
                "line": 12,
                "column": 1,
                "message": "no such command",
                "hint": "spell it",
            }
        ],
    }


def test_a_shelf_says_what_is_usual(desk: Desk) -> None:
    """Titles, for whom, on what; the whole guide is an entry, too. What the guide does not ask for comes last."""
    (shelf,) = json.loads(json.dumps(describe_state(desk.board.view(None), None, "")["shelves"]))
    assert [entry["name"] for entry in shelf.pop("entries")] == [BREAD, WELLS, "commons"]
    assert shelf == {
        "title": "Commons Reader",
        "audiences": ["participant", "facilitator", "record"],
        "papers": ["letter", "a4"],
        "usual": {"audience": "participant", "paper": "letter"},
    }


def test_errors_stand_before_warnings(desk: Desk) -> None:
    """What stops the build comes first."""
    choice = desk.choice()
    desk.board.show(desk.proof("wells"), (warning(desk.span(1), "a long line"),))
    desk.board.fail(choice, Trouble(message="no", hint="", problems=(error(desk.span(9), "broken"),)))
    problems = describe_state(desk.board.view(choice), choice, "")["problems"]
    assert isinstance(problems, list)
    assert [each["message"] for each in problems] == ["broken", "a long line"]


def test_a_place_is_given_for_people_and_for_editors() -> None:
    """As it is printed, and as an absolute path."""
    span = SourceSpan(path=Path("guides/commons/guide.md"), line=4, column=2)
    assert describe_place(span) == {
        "where": "guides/commons/guide.md:4:2",
        "path": str(Path.cwd() / "guides/commons/guide.md"),
        "line": 4,
        "column": 2,
    }


def test_only_pages_of_proofs_on_the_board_are_found(desk: Desk) -> None:
    """A page of the proof before is there still, of older ones only what newer ones have."""
    old = desk.show("wells", "rain")
    before = desk.show("wells", "hail")
    new = desk.show("wells", "snow")
    assert find_page(desk.board, before.pages[1].digest) is not None
    bread = desk.show("bread", choice=desk.choice(BREAD))
    assert find_page(desk.board, new.pages[0].digest) is not None
    assert find_page(desk.board, old.pages[1].digest) is None
    found = find_page(desk.board, bread.pages[0].digest)
    assert found is not None
    assert (found[0].content, found[1]) == (bread.content, 0)
    assert find_page(desk.board, "") is None


def test_a_proof_is_known_by_its_pages_in_order(desk: Desk) -> None:
    """Made again it is the same; with pages exchanged it is another."""
    later = NOON + datetime.timedelta(hours=1)
    assert later != desk.proof("wells", "rain").made_at
    assert identify(desk.proof("wells", "rain")) == identify(desk.proof("wells", "rain", lines=(90, 91)))
    assert identify(desk.proof("wells", "rain")) != identify(desk.proof("rain", "wells"))
