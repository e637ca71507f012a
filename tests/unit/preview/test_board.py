"""What there is to show: the newest proof, what is wrong with it, since when it is stale, and that something is new."""

from __future__ import annotations

import datetime
import threading
from pathlib import Path

import pytest
from pdfs import small_pdf

from studyguide.artifacts import Places
from studyguide.diagnostics import SourceSpan, warning
from studyguide.model.guide import Audience, Paper
from studyguide.prepress import describe_pages
from studyguide.preview.board import MOST_PROOFS, WANTED_SECONDS, Board, Choice, Entry, Proof, Shelf, Trouble

NOON = datetime.datetime(2026, 5, 12, 12, 0, tzinfo=datetime.UTC)
TROUBLE = Trouble(message="TeX cannot set it", hint="look at line 9", problems=())
WARNING = warning(SourceSpan(path=Path("wells.md")), "a page lies outside the pages")


class Clocks:
    """Seconds and the time of day, as a test wants them."""

    def __init__(self) -> None:
        """Begin at noon."""
        self.seconds = 0.0

    def now(self) -> datetime.datetime:
        """Give the time of day."""
        return NOON + datetime.timedelta(seconds=self.seconds)

    def board(self) -> Board:
        """Give a board that goes by these clocks."""
        return Board(clock=lambda: self.seconds, now=self.now)


@pytest.fixture
def clocks() -> Clocks:
    """Give clocks that stand still."""
    return Clocks()


@pytest.fixture
def board(clocks: Clocks) -> Board:
    """Give an empty board."""
    return clocks.board()


def choice(name: str = "wells") -> Choice:
    """Give the usual choice of a session."""
    return Choice(source=Path(f"{name}.md"), audience=Audience.PARTICIPANT, paper=Paper.LETTER)


def proof(*texts: str, of: Choice | None = None, is_flawed: bool = False) -> Proof:
    """Give a proof with a text on each page."""
    content = small_pdf(*texts)
    return Proof(
        choice=of or choice(),
        file_name="wells.pdf",
        content=content,
        pages=describe_pages(content),
        find_places=lambda: Places(places=()),
        made_at=NOON,
        is_flawed=is_flawed,
    )


def shelf(*names: str) -> Shelf:
    """Give a guide with these sessions."""
    entries = tuple(
        Entry(name=f"commons/{name}", title=name, day="", source=Path(f"{name}.md"), is_whole_guide=False)
        for name in names
    )
    return Shelf(title="Commons", entries=entries, audiences=(Audience.PARTICIPANT,), papers=(Paper.LETTER,))


def test_an_empty_board_shows_nothing(board: Board) -> None:
    """Of any choice, and of none."""
    for each in (choice(), None):
        view = board.view(each)
        assert (view.proof, view.trouble, view.stale_since, view.is_building) == (None, None, None, False)
    assert not board.holds(choice())


def test_a_proof_is_stale_from_the_moment_at_which_a_newer_one_is_begun(board: Board, clocks: Clocks) -> None:
    """Until that is there; a second beginning does not make it younger."""
    board.begin(choice())
    assert board.view(choice()).stale_since is None

    board.show(proof("one"), ())
    clocks.seconds = 10
    board.begin(choice())
    clocks.seconds = 20
    board.begin(choice())
    view = board.view(choice())
    assert (view.is_building, view.stale_since) == (True, NOON + datetime.timedelta(seconds=10))

    board.show(proof("two"), ())
    view = board.view(choice())
    assert (view.is_building, view.stale_since) == (False, None)


def test_in_trouble_the_last_good_proof_stays_and_says_since_when_it_is_stale(board: Board) -> None:
    """With the trouble beside it; the next good proof ends both."""
    good = proof("one")
    board.show(good, (WARNING,))
    board.begin(choice())
    board.fail(choice(), TROUBLE)
    view = board.view(choice())
    assert view.proof == good
    assert view.warnings == (WARNING,)
    assert (view.trouble, view.stale_since, view.is_building) == (TROUBLE, NOON, False)

    board.show(proof("two"), ())
    view = board.view(choice())
    assert (view.trouble, view.stale_since, view.warnings) == (None, None, ())


def test_flawed_pages_are_shown_with_their_mark(board: Board) -> None:
    """In place of the last good ones, since they are newer; the trouble stands beside them."""
    board.show(proof("one"), ())
    board.begin(choice())
    board.fail(choice(), TROUBLE, proof("flawed", is_flawed=True))
    view = board.view(choice())
    assert view.proof is not None
    assert view.proof.is_flawed
    assert (view.trouble, view.stale_since) == (TROUBLE, NOON)


def test_what_became_again_what_it_was_is_not_stale_any_more(board: Board) -> None:
    """An edit that is taken back while it is built leaves everything as it was."""
    board.show(proof("one"), ())
    board.begin(choice())
    board.leave(choice())
    view = board.view(choice())
    assert (view.is_building, view.stale_since) == (False, None)


def test_what_was_in_trouble_before_stays_stale(board: Board) -> None:
    """When the newest attempt is given up, the trouble is still there."""
    board.show(proof("one"), ())
    board.begin(choice())
    board.fail(choice(), TROUBLE)
    board.begin(choice())
    board.leave(choice())
    view = board.view(choice())
    assert (view.is_building, view.stale_since, view.trouble) == (False, NOON, TROUBLE)


def test_the_pages_that_changed_are_told(board: Board) -> None:
    """A page that only moved is none of them; in a first proof there is none."""
    board.show(proof("one", "two"), ())
    first = board.view(choice()).proof
    board.show(proof("zero", "one", "other"), ())
    second = board.view(choice()).proof
    assert first is not None
    assert second is not None
    assert (first.changed, second.changed) == ((), (0, 2))


def test_every_change_counts_the_version_up_and_is_told(board: Board) -> None:
    """Once each, to those who listen; they may look at the board."""
    heard: list[int] = []
    board.listen(lambda: heard.append(board.version))
    board.put_shelves((shelf("wells"),))
    board.say(watching="changes arrive in 1 ms")
    board.begin(choice())
    board.show(proof("one"), ())
    board.fail(choice(), TROUBLE)
    board.leave(choice())
    assert heard == [2, 3, 4, 5, 6, 7]


def test_what_is_said_again_is_no_change(board: Board) -> None:
    """Neither the same guides nor the same words."""
    board.put_shelves((shelf("wells"),))
    board.say(watching="looking", errand="making", edited="commons/wells")
    version = board.version
    board.put_shelves((shelf("wells"),))
    board.say(watching="looking", errand="making", edited="commons/wells")
    board.say()
    assert board.version == version
    view = board.view(None)
    assert (view.watching, view.errand, view.edited) == ("looking", "making", "commons/wells")


def test_who_waits_is_woken_by_the_next_change(board: Board) -> None:
    """And not kept waiting by one that has been already."""
    assert board.wait_beyond(0, timeout_seconds=60) == 1
    assert board.wait_beyond(1, timeout_seconds=0) == 1
    writer = threading.Thread(target=board.say, kwargs={"errand": "making"})
    writer.start()
    assert board.wait_beyond(1, timeout_seconds=60) == 2
    writer.join()


def test_entries_are_found_by_name(board: Board) -> None:
    """With the shelf on which they stand."""
    board.put_shelves((shelf("wells"), shelf("bread")))
    found = board.find("commons/bread")
    assert found is not None
    assert (found[0], found[1].source) == (board.shelves[1], Path("bread.md"))
    assert board.find("commons/sheds") is None


def test_what_pages_look_at_is_wanted_as_long_as_they_ask(board: Board, clocks: Clocks) -> None:
    """The newest question first; who has not asked for a while has closed the page."""
    board.ask(choice("wells"))
    clocks.seconds = 30
    board.ask(choice("bread"))
    assert board.wanted() == (choice("bread"), choice("wells"))
    clocks.seconds = WANTED_SECONDS + 1
    assert board.wanted() == (choice("bread"),)


def test_only_a_choice_that_nobody_looked_at_is_news(board: Board, clocks: Clocks) -> None:
    """The loop is woken for it; a page that asks again is not heard."""
    heard: list[str] = []
    board.listen(lambda: heard.append("changed"))
    board.ask(choice())
    board.ask(choice())
    assert heard == ["changed"]
    clocks.seconds = WANTED_SECONDS + 1
    board.ask(choice())
    assert heard == ["changed", "changed"]


def test_only_so_many_proofs_are_kept(board: Board, clocks: Clocks) -> None:
    """The one that was looked at longest ago goes first; it is as if it had never been there."""
    names = [f"session {number}" for number in range(MOST_PROOFS + 1)]
    for name in names:
        board.ask(choice(name))
        board.show(proof(name, of=choice(name)), ())
        clocks.seconds += WANTED_SECONDS + 1
    assert [board.holds(choice(name)) for name in names] == [False] + [True] * MOST_PROOFS
    assert len(board.proofs()) == MOST_PROOFS


def test_the_proof_before_is_kept_for_who_is_still_fetching_it(board: Board) -> None:
    """Only that one, and only one of each choice."""
    for word in ("first", "second", "third"):
        board.show(proof(word), ())
    assert [each.pages for each in board.proofs()] == [proof("third").pages, proof("second").pages]


def test_what_pages_look_at_is_never_dropped(board: Board) -> None:
    """However many pages there are: else they would be built in turns without end."""
    names = [f"session {number}" for number in range(MOST_PROOFS + 3)]
    for name in names:
        board.ask(choice(name))
    for name in names:
        board.show(proof(name, of=choice(name)), ())
    assert all(board.holds(choice(name)) for name in names)


def test_a_trouble_is_something_to_show(board: Board) -> None:
    """Also before there was any proof."""
    board.fail(choice(), TROUBLE)
    assert board.holds(choice())
