"""A watch with the real engine: whatever is done to a guide, build/ and the board follow, and nothing else does."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from live_watch import LiveWatch, choice_of, session_text, watching
from manuscripts import GUIDE, write_guide
from pdfs import page_texts, small_pdf

from studyguide.errors import PublishError
from studyguide.model.guide import Audience, Paper
from studyguide.preview.proofing import Superseded
from studyguide.publish import watch_lock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studyguide.artifacts import Publication
    from studyguide.preview.board import Entry

GUIDES = Path("guides")
COMMONS = GUIDES / "commons"
BUILD = Path("build")
TEMPLATES = Path(__file__).parents[2] / "latex_templates"
PICTURE = Path(__file__).parents[2] / "guides" / "commons" / "images" / "oven.png"
FOR_TWO = GUIDE.replace("language: en\n", "language: en\naudiences: [participant, facilitator]\n")

PARAGRAPH = "The rota wanders through the year, and nobody is stuck with January for life. " * 12
LONG_PARAGRAPHS = 1500
"""A session of so many paragraphs takes TeX several times as long as one of a few lines."""

EMPTY_PLACE = "\ue123"
"""Of private use: no installed font has it."""


@pytest.fixture(scope="module")
def watch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveWatch]:
    """Watch all guides of a working folder; in the end nothing was a mistake of our own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("place"))
        write_guide(COMMONS, guide=FOR_TWO, sessions={"2026-04-14-bread.md": session_text("Bread", "Nobody owns it.")})
        with watching() as live:
            live.until_quiet()
            yield live
        assert live.told.bugs == []


@pytest.fixture
def session(watch: LiveWatch, request: pytest.FixtureRequest) -> Iterator[Path]:
    """Put a session of the test's own into the guide, and wait for its handout; take it away in the end."""
    name = re.sub(r"\W+", "-", request.node.name)
    path = COMMONS / "sessions" / f"{name}.md"
    write(path, "Firstword")
    watch.until_made(handout(path), "Firstword")
    yield path
    path.unlink(missing_ok=True)


@pytest.fixture
def other_guide(watch: LiveWatch, request: pytest.FixtureRequest) -> Iterator[Path]:
    """Put a guide of the test's own beside the first, and wait until it is listed; take it away in the end."""
    name = re.sub(r"\W+", "-", request.node.name)
    guide = write_guide(GUIDES / name, sessions={"01-well.md": session_text("The well", "Firstword")})
    watch.until(lambda: watch.board.find(f"{name}/01-well"))
    yield guide
    shutil.rmtree(guide)
    watch.until(lambda: watch.board.find(f"{name}/01-well") is None)


def write(session: Path, body: str) -> None:
    """Save a session as most programs do: a whole new file takes the place of the old one."""
    new = session.with_name(f".{session.name}.new")
    new.write_text(text_of(session, body), encoding="utf-8")
    new.replace(session)


def text_of(session: Path, body: str) -> str:
    """Give what a session holds: its name is its title."""
    return session_text(session.stem.replace("_", " "), body)


def handout(session: Path, suffix: str = "") -> Path:
    """Give the file in build/ that a session becomes."""
    return BUILD / session.parent.parent.name / f"{session.stem}{suffix}.pdf"


def entries(watch: LiveWatch) -> dict[str, Entry]:
    """Give what the page lists, by name."""
    return {entry.name: entry for shelf in watch.board.shelves for entry in shelf.entries}


def outputs() -> dict[Path, tuple[int, int]]:
    """Give all PDFs in build/ with what tells whether they were written anew."""
    return {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in BUILD.rglob("*.pdf")}


def publications(watch: LiveWatch, session: Path) -> list[Publication]:
    """Give all that was told of a session's handout; that is soon after it is in build/."""
    published = [each.publication for each in watch.told.made_proofs if each.publication is not None]
    return [each for each in published if each.path == handout(session)]


def run_build(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `studyguide build` as a shell does."""
    command = [sys.executable, "-m", "studyguide", "build", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_save_makes_its_handout_at_once_and_no_other(watch: LiveWatch, session: Path) -> None:
    """All others wait until it is quiet."""
    before = outputs()
    write(session, "Secondword")
    watch.until_made(handout(session), "Secondword")
    changed = {path for path, identity in outputs().items() if before.get(path) != identity}
    assert changed == {handout(session)}
    watch.until(lambda: len(publications(watch, session)) > 1)
    view = watch.until_shown(choice_of(session), "Secondword")
    assert view.edited == f"commons/{session.stem}"


def test_in_the_quiet_all_else_follows_and_is_what_a_clean_build_makes(watch: LiveWatch, session: Path) -> None:
    """Other variants and the whole guide, with the same words on the same pages."""
    write(
        session, "Secondword\n\n## Discussion questions\n1. Who keeps it?\n   > [!facilitator]\n   > Expect the shed."
    )
    for path in (BUILD / "commons" / "commons.pdf", BUILD / "commons" / "commons-facilitator-letter.pdf"):
        watch.until_made(path, "Secondword")
    watch.until_made(handout(session, "-facilitator-letter"), "Expect the shed.")
    assert run_build(str(COMMONS), "--output", "clean").returncode == 0
    clean = {path.name: page_texts(path.read_bytes()) for path in Path("clean", "commons").glob("*.pdf")}
    assert len(clean) == 6
    assert {name: page_texts((BUILD / "commons" / name).read_bytes()) for name in clean} == clean


@pytest.mark.parametrize("mistake", ["The well (pp. 9-3)", f"The well {EMPTY_PLACE}", "![Well](images/none.png)"])
def test_an_error_keeps_the_last_good_pages_until_it_is_mended(watch: LiveWatch, session: Path, mistake: str) -> None:
    """Byte for byte in build/, and on the board with the trouble and the time since when they are stale."""
    choice = choice_of(session)
    good = watch.until_shown(choice, "Firstword").proof
    content = handout(session).read_bytes()
    write(session, mistake)
    view = watch.until_in_trouble(choice)
    assert view.trouble is not None
    assert {each.span.path for each in view.trouble.problems} == {session}
    assert (view.proof, view.stale_since is None) == (good, False)
    assert handout(session).read_bytes() == content
    watch.until(lambda: watch.told.troubles[-1:] == [view.trouble])

    write(session, "Mendedword")
    view = watch.until_shown(choice, "Mendedword")
    assert (view.trouble, view.stale_since) == (None, None)
    assert b"%PDF" in handout(session).read_bytes()


def test_a_picture_that_was_missing_comes(watch: LiveWatch, session: Path) -> None:
    """With its folder: the session that names it is made, though nobody has touched it."""
    choice = choice_of(session)
    write(session, "Secondword ![An oven](images/oven.png)")
    watch.until_in_trouble(choice)
    (COMMONS / "images").mkdir()
    shutil.copy(PICTURE, COMMONS / "images")
    watch.until_shown(choice, "Secondword")

    shutil.rmtree(COMMONS / "images")
    watch.until_in_trouble(choice)


def test_sessions_come_change_their_names_and_go(watch: LiveWatch, session: Path) -> None:
    """The list follows; one under a new name is made at once, and what was made of the old one stays in build/."""
    assert f"commons/{session.stem}" in entries(watch)
    renamed = session.rename(session.with_name("2026-07-14-renamed.md"))
    watch.until_made(handout(renamed), "Firstword")
    watch.until(lambda: f"commons/{session.stem}" not in entries(watch))
    assert entries(watch)["commons/2026-07-14-renamed"].source == renamed
    assert handout(session).exists()

    renamed.unlink()
    watch.until(lambda: "commons/2026-07-14-renamed" not in entries(watch))


def test_a_guide_that_comes_is_made_and_its_header_goes_into_all_of_it(watch: LiveWatch, other_guide: Path) -> None:
    """Where every guide is meant, a new one is, too."""
    session = other_guide / "sessions" / "01-well.md"
    whole = BUILD / other_guide.name / f"{other_guide.name}.pdf"
    watch.until_made(whole, "Firstword")
    assert "Firstword" in page_texts(handout(session).read_bytes())[0]

    header = GUIDE.replace("Riverside Reading Group", "Hillside Reading Group")
    (other_guide / "guide.md").write_text(header, encoding="utf-8")
    watch.until_shown(choice_of(session), "Hillside")
    watch.until_made(whole, "Hillside")


def test_a_guide_that_comes_is_left_to_who_watches_it_already(watch: LiveWatch) -> None:
    """The second says who has it, and takes it when it is free."""
    folder = GUIDES / "taken"
    with watch_lock(BUILD, str(folder.resolve())):
        write_guide(folder, sessions={"01-well.md": session_text("The well", "Firstword")})
        watch.until(lambda: any("is being watched already" in each.message for each in watch.told.troubles))
        assert watch.board.find("taken/01-well") is None
    watch.until_made(BUILD / "taken" / "01-well.pdf", "Firstword")
    with pytest.raises(PublishError, match="is being watched already"), watch_lock(BUILD, str(folder.resolve())):
        raise AssertionError
    shutil.rmtree(folder)
    watch.until(lambda: watch.board.find("taken/01-well") is None)


def test_templates_of_a_guides_own_are_followed(watch: LiveWatch, other_guide: Path) -> None:
    """As they come, change, are wrong and go; pages with a gap in them are shown with a mark, and never published."""
    session = other_guide / "sessions" / "01-well.md"
    choice = choice_of(session)
    watch.until_shown(choice, "Firstword")
    own = other_guide / "latex_templates"
    design = (TEMPLATES / "handout.tex.j2").read_text(encoding="utf-8")

    own.mkdir()
    template = own / "handout.tex.j2"
    template.write_text(design.replace("\\BLOCK{include", "Templateword\n\\BLOCK{include"), encoding="utf-8")
    watch.until_made(handout(session), "Templateword")

    template.write_text(design.replace("\\BLOCK{include", 'Otherword\\char"E123\n\\BLOCK{include'), encoding="utf-8")
    view = watch.until_in_trouble(choice)
    assert view.proof is not None
    assert view.proof.is_flawed
    assert "Otherword" in page_texts(view.proof.content)[0]
    assert view.stale_since is not None
    assert "Templateword" in page_texts(handout(session).read_bytes())[0]

    shutil.rmtree(own)
    view = watch.until_shown(choice, "Firstword")
    assert "Templateword" not in " ".join(page_texts(handout(session).read_bytes()))
    assert view.stale_since is None


def test_what_fails_in_one_guide_is_not_told_of_another(watch: LiveWatch, session: Path, other_guide: Path) -> None:
    """All are made by one errand."""
    commons, other = choice_of(COMMONS), choice_of(other_guide)
    watch.until_shown(commons, "Firstword")
    watch.until_shown(other, "Firstword")
    own = other_guide / "latex_templates"
    own.mkdir()
    (own / "guide.tex.j2").write_text("\\VAR{missing}", encoding="utf-8")
    write(session, "Secondword")

    assert "missing" in str(watch.until_in_trouble(other).trouble)
    assert watch.until_shown(commons, "Secondword").trouble is None


def test_a_class_of_a_guides_own_is_followed(watch: LiveWatch, other_guide: Path) -> None:
    """Saved again, it is read again."""
    session = other_guide / "sessions" / "01-well.md"
    choice = choice_of(session)
    watch.until_shown(choice, "Firstword")
    own = other_guide / "latex_templates"
    own.mkdir()
    design = (TEMPLATES / "studyguide.cls").read_text(encoding="utf-8")
    for word in ("Classword", "Otherword"):
        (own / "studyguide.cls").write_text(f"{design}\\AtBeginDocument{{{word}}}\n", encoding="utf-8")
        watch.until_shown(choice, word)


def test_wrong_settings_are_said_each_time_and_the_last_good_ones_stay(watch: LiveWatch, session: Path) -> None:
    """While somebody writes studyguide.toml; when it is right it holds, as for where PDFs go."""
    settings = Path("studyguide.toml")
    for word in ("Oneword", "Twoword"):
        count = len(watch.told.troubles)
        settings.write_text("output = 3\n", encoding="utf-8")
        watch.until(lambda: len(watch.told.troubles) > count)  # noqa: B023  it is called before the next turn
        assert "expected a text in quotes" in watch.told.troubles[-1].message
        write(session, word)
        watch.until_made(handout(session), word)
        settings.unlink()
        write(session, f"{word}again")
        watch.until_made(handout(session), f"{word}again")

    settings.write_text('output = "elsewhere"\n', encoding="utf-8")
    watch.until_made(Path("elsewhere", "commons", f"{session.stem}.pdf"), "Twoword")
    settings.unlink()
    write(session, "Lastword")
    watch.until_made(handout(session), "Lastword")


def test_what_the_guide_does_not_ask_for_is_shown_and_never_published(watch: LiveWatch, session: Path) -> None:
    """Another paper, for somebody who wonders how it would look: a handout, and the whole guide."""
    view = watch.until_shown(choice_of(session, Audience.RECORD, Paper.A4), "Firstword")
    whole = watch.until_shown(choice_of(COMMONS, Audience.PARTICIPANT, Paper.A4), "Firstword")
    assert view.proof is not None
    assert whole.proof is not None
    for proof in (view.proof, whole.proof):
        assert {(round(page.width_points), round(page.height_points)) for page in proof.pages} == {(595, 842)}
    assert not [path for path in BUILD.rglob("*.pdf") if "a4" in path.name or "record" in path.name]


def test_a_whole_guide_that_is_looked_at_follows_in_the_quiet(watch: LiveWatch, session: Path) -> None:
    """It is stale from the first save on, until it is made anew."""
    choice = choice_of(COMMONS)
    watch.until_shown(choice, "Firstword")
    write(session, "Secondword")
    watch.until(lambda: watch.board.view(choice).stale_since)
    view = watch.until_shown(choice, "Secondword")
    assert view.stale_since is None
    assert view.proof is not None
    assert view.proof.content == (BUILD / "commons" / "commons.pdf").read_bytes()


def test_a_word_on_a_page_leads_to_its_line(watch: LiveWatch, session: Path) -> None:
    """Pages that are bound in count as pages, and lead nowhere."""
    (COMMONS / "inserts").mkdir(exist_ok=True)
    (COMMONS / "inserts" / "map.pdf").write_bytes(small_pdf("Map one", "Map two"))
    text = text_of(session, "\n\n".join([PARAGRAPH] * 8 + ["Hiddenword stands here."]))
    session.write_text(text.replace("pages:", "inserts: [inserts/map.pdf]\npages:"), encoding="utf-8")
    proof = watch.until_shown(choice_of(session), "Hiddenword").proof
    assert proof is not None
    assert proof.find_places is not None
    texts = page_texts(proof.content)
    assert texts[-2:] == ["Map one", "Map two"]
    page = next(number for number, words in enumerate(texts) if "Hiddenword" in words)
    line = session.read_text(encoding="utf-8").splitlines().index("Hiddenword stands here.") + 1
    places = proof.find_places()
    (place,) = {(each.page, each.span.line) for each in places.places if each.span.line == line}
    assert place == (page, line)
    spot = next(each for each in places.places if each.span.line == line)
    found = places.find(page, (spot.left + spot.right) / 2, (spot.top + spot.bottom) / 2)
    assert found is not None
    assert (found.path, found.line) == (session, line)
    assert places.find(len(texts) - 1, 100, 100) is None


def test_a_word_of_the_whole_guide_leads_to_its_line(watch: LiveWatch, session: Path) -> None:
    """As long as the files make these pages."""
    choice = choice_of(COMMONS)
    stale = watch.until_shown(choice, "Firstword").proof
    write(session, "Some words come first.\n\nHiddenword stands here.")
    assert stale is not None
    assert stale.find_places is not None
    with pytest.raises(Superseded):
        stale.find_places()

    proof = watch.until_shown(choice, "Hiddenword").proof
    assert proof is not None
    assert proof.find_places is not None
    page = next(number for number, words in enumerate(page_texts(proof.content)) if "Hiddenword" in words)
    line = session.read_text(encoding="utf-8").splitlines().index("Hiddenword stands here.") + 1
    places = proof.find_places()
    (spot,) = [each for each in places.places if (each.span.path, each.span.line) == (session, line)]
    found = places.find(page, (spot.left + spot.right) / 2, (spot.top + spot.bottom) / 2)
    assert found == spot.span


def test_an_edit_that_is_taken_back_needs_no_tex(watch: LiveWatch, session: Path) -> None:
    """What was made before is kept."""
    write(session, "Secondword")
    watch.until_made(handout(session), "Secondword")
    write(session, "Firstword")
    watch.until_made(handout(session), "Firstword")
    watch.until(lambda: publications(watch, session)[-1].is_cached)


def test_an_edit_that_is_taken_back_while_it_is_built_leaves_all_as_it_was(watch: LiveWatch, session: Path) -> None:
    """Nothing is being made any more, and nothing is stale."""
    choice = choice_of(session)
    proof = watch.until_shown(choice, "Firstword").proof
    write(session, "\n\n".join([PARAGRAPH] * LONG_PARAGRAPHS))
    watch.until(lambda: watch.board.view(choice).is_building)
    write(session, "Firstword")
    view = watch.until_shown(choice, "Firstword")
    assert view.stale_since is None
    assert view.proof is not None
    assert proof is not None
    assert view.proof.pages == proof.pages


def test_of_edits_in_quick_succession_the_last_one_stands(watch: LiveWatch, session: Path) -> None:
    """Three of them, 50 ms apart."""
    for word in ("Secondword", "Thirdword", "Fourthword"):
        Path("next.md").write_text(text_of(session, word), encoding="utf-8")
        subprocess.run(["sh", "-c", f"mv next.md '{session}'; sleep 0.05"], check=True)
    watch.until_shown(choice_of(session), "Fourthword")
    assert "Fourthword" in page_texts(handout(session).read_bytes())[0]


def test_a_long_build_that_is_stale_is_ended(watch: LiveWatch, session: Path) -> None:
    """The newest pages come long before the older ones would have been there."""
    choice = choice_of(session)
    watch.until_shown(choice, "Firstword")
    long = "\n\n".join([PARAGRAPH] * LONG_PARAGRAPHS)

    def has_pages(least: int, most: int) -> bool:
        view = watch.board.view(choice)
        return view.proof is not None and not view.is_building and least <= len(view.proof.pages) <= most

    started = time.monotonic()
    write(session, long)
    watch.until(lambda: has_pages(10, 1000))
    long_took = time.monotonic() - started

    write(session, f"{long}\n\nOncemore")
    watch.until(lambda: watch.board.view(choice).is_building)
    started = time.monotonic()
    write(session, "Shortword")
    watch.until(lambda: has_pages(1, 1))
    short_took = time.monotonic() - started
    assert "Shortword" in page_texts(handout(session).read_bytes())[0]
    watch.until(lambda: publications(watch, session)[-1].page_count == 1)
    assert [each.page_count > 1 for each in publications(watch, session)].count(True) == 1
    assert short_took < long_took / 2


def test_what_changes_nothing_makes_nothing(watch: LiveWatch, session: Path) -> None:
    """Dates, permissions, reading, the same words once more, and what editors put beside a session."""
    watch.until_quiet()
    before = outputs()
    count, count_of_errands = len(watch.told.made_proofs), len(watch.told.outcomes)
    sessions = COMMONS / "sessions"
    for path in sessions.iterdir():
        path.touch()
        path.chmod(0o600)
        path.read_bytes()
    write(session, "Firstword")
    lock, backup = sessions / f".#{session.name}", sessions / f"{session.name}~"
    lock.symlink_to("ana@riverside.4711:1")
    backup.write_text("backup", encoding="utf-8")
    write(session, "Secondword")
    watch.until_made(handout(session), "Secondword")
    watch.until_quiet()
    changed = {path for path, identity in outputs().items() if before[path] != identity}
    assert {path for path in changed if session.stem not in path.stem} == {
        BUILD / "commons" / "commons.pdf",
        BUILD / "commons" / "commons-facilitator-letter.pdf",
    }
    assert (len(watch.told.made_proofs), len(watch.told.outcomes)) == (count + 1, count_of_errands + 1)
    assert {entry.source.suffix for entry in entries(watch).values()} == {"", ".md"}
    assert not [name for name in entries(watch) if name.endswith("~") or "/." in name]
    lock.unlink()
    backup.unlink()


def test_a_build_by_hand_beside_it_works(watch: LiveWatch, session: Path) -> None:
    """Whatever the watch is at; afterwards both have made the same."""
    write(session, "Secondword")
    watch.until_made(handout(session), "Secondword")
    built = run_build(str(COMMONS))
    assert (built.returncode, built.stderr) == (0, "")
    watch.until_made(BUILD / "commons" / "commons.pdf", "Secondword")
    write(session, "Thirdword")
    watch.until_made(handout(session), "Thirdword")


def test_a_folder_of_pdfs_that_was_removed_comes_again(watch: LiveWatch, session: Path) -> None:
    """As by `rm -r build`: what is saved next is there again."""
    shutil.rmtree(BUILD / "commons")
    write(session, "Secondword")
    watch.until_made(handout(session), "Secondword")
    watch.until_made(BUILD / "commons" / "commons.pdf", "Secondword")
