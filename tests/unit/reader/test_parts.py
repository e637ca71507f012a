"""Parts and their roles: readings, questions, rounds, announcements, and everything else kept."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from manuscripts import GUIDE, GUIDE_OF_BOOKS, problems_in_body, read_part, read_session
from manuscripts_shown import show

from studyguide.model.guide import FreePart, Reading
from studyguide.reader.headings import Role, find_role

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("heading", "language", "role"),
    [
        ("Discussion questions", "en", Role.QUESTIONS),
        ("QUESTIONS", "en", Role.QUESTIONS),
        ("Let’s discuss!", "en", Role.QUESTIONS),
        ("Let's Discuss", "es", Role.QUESTIONS),
        ("Preguntas", "es-419", Role.QUESTIONS),
        ("Questions à débattre", "fr", Role.QUESTIONS),
        ("Fragen:", "de", Role.QUESTIONS),
        ("Domande", "it", Role.QUESTIONS),
        ("Perguntas", "pt-BR", Role.QUESTIONS),
        ("Preguntes", "ca", Role.QUESTIONS),
        ("Mga tanong", "tl", Role.QUESTIONS),
        ("토론 질문", "ko", Role.QUESTIONS),
        ("First round", "en", Role.ROUND),
        ("Second Round:", "en", Role.ROUND),
        ("Round 3", "en", Role.ROUND),
        ("Round II", "en", Role.ROUND),
        ("Round 2: answers", "en", Role.ROUND),
        ("Discussion", "en", Role.ROUND),
        ("Segunda ronda", "es", Role.ROUND),
        ("2.ª ronda", "es", None),
        ("2ª ronda", "es", Role.ROUND),
        ("Deuxième tour de table", "fr", Role.ROUND),
        ("3. Runde", "de", Role.ROUND),
        ("Primo giro", "it", Role.ROUND),
        ("Primeira rodada", "pt", Role.ROUND),
        ("Segona ronda", "ca", Role.ROUND),
        ("Unang ikot", "tl", Role.ROUND),
        ("첫 라운드", "ko", Role.ROUND),
        ("라운드 2", "ko", Role.ROUND),
        ("Round 2-3", "en", Role.ROUND),
        ("Round 2 (with Ana)", "en", Role.ROUND),
        ("Discussion: what people said", "en", Role.ROUND),
        ("Open discussion – after the break", "en", Role.ROUND),
        ("Discussion - after the break", "en", Role.ROUND),
        ("Discussion-based learning", "en", None),
        ("Discussion of the rota", "en", None),
        ("Discussion: questions", "en", Role.QUESTIONS),
        ("Debate: lo que dijimos", "es", Role.ROUND),
        ("토론: 우물 이야기", "ko", Role.ROUND),
        ("Breakout rooms", "en", Role.ROUND),
        ("Rooms", "en", Role.ROUND),
        ("Room 1", "en", Role.ROUND),
        ("ROOM 1: Ana’s room", "en", Role.ROUND),
        ("Room #2", "en", Role.ROUND),
        ("Room two", "en", Role.ROUND),
        ("Breakout room 2", "en", Role.ROUND),
        ("Breakout 2", "en", Role.ROUND),
        ("Group 3 (Ana, Ben)", "en", Role.ROUND),
        ("Group B", "en", Role.ROUND),
        ("Second group", "en", Role.ROUND),
        ("Table 1", "en", Role.ROUND),
        ("Table 1: Harvests", "en", None),
        ("Table 1 – Harvests", "en", None),
        ("Table one", "en", None),
        ("Table", "en", None),
        ("Group", "en", None),
        ("Room", "en", None),
        ("Group work", "en", None),
        ("Groupe 1", "en", None),
        ("A room of 1", "en", None),
        ("Sala 1", "es", Role.ROUND),
        ("Grupo 3: los huertos", "es", Role.ROUND),
        ("Mesa 2", "es", Role.ROUND),
        ("Mesa", "es", None),
        ("Room 1", "es", Role.ROUND),
        ("Salle 2", "fr", Role.ROUND),
        ("Groupe 1 : les jardins", "fr", Role.ROUND),
        ("Table 3", "fr", Role.ROUND),
        ("Table 3 : les récoltes", "fr", None),
        ("Raum 1", "de", Role.ROUND),
        ("2. Gruppe", "de", Role.ROUND),
        ("Tisch 4", "de", Role.ROUND),
        ("Stanza 1", "it", Role.ROUND),
        ("Gruppo 2", "it", Role.ROUND),
        ("Tavolo 3", "it", Role.ROUND),
        ("Grup 1", "ca", Role.ROUND),
        ("Taula 2", "ca", Role.ROUND),
        ("Sala 2", "pt-BR", Role.ROUND),
        ("Mesa 1", "pt", Role.ROUND),
        ("방 1", "ko", Role.ROUND),
        ("2번 방", "ko", Role.ROUND),
        ("1모둠", "ko", Role.ROUND),
        ("2조", "ko", Role.ROUND),
        ("방", "ko", None),
        ("Silid 1", "tl", Role.ROUND),
        ("Ikalawang grupo", "tl", Role.ROUND),
        ("Announcements", "en", Role.ANNOUNCEMENTS),
        ("Avisos", "es", Role.ANNOUNCEMENTS),
        ("공지", "ko", Role.ANNOUNCEMENTS),
        ("Preguntas", "en", None),
        ("Around the well", "en", None),
        ("A first round of water", "en", None),
        ("", "en", None),
    ],
)
def test_finds_the_role_of_a_heading(heading: str, language: str, role: Role | None) -> None:
    """Names are matched whole, without regard to case, in the guide's language and in English."""
    assert find_role(heading, language) is role


@pytest.mark.parametrize(
    ("line", "reading"),
    [
        ("By Rosa Imaginary, pp. 423-441", "authors=Rosa Imaginary pages=423-441"),
        ("By Rosa Imaginary, pp. 423–41", "authors=Rosa Imaginary pages=423-441"),
        ("By Rosa Imaginary (pp. 423-441)", "authors=Rosa Imaginary pages=423-441"),
        ("By Rosa Imaginary, p. 430", "authors=Rosa Imaginary pages=430"),
        ("by Rosa Imaginary", "authors=Rosa Imaginary"),
        ("By Rosa Imaginary and Lev O'Well", "authors=Rosa Imaginary and Lev O’Well"),
        ("By the Riverside collective (Ana, Ben, and Chidi)", "authors=the Riverside collective (Ana, Ben, and Chidi)"),
        ("By Lev Well Jr.", "authors=Lev Well Jr."),
        ("By *Rosa* Imaginary", "authors=Rosa Imaginary"),
        ("By Rosa Imaginary, ch. 3", "authors=Rosa Imaginary, ch. 3"),
        ("By Rosa Imaginary [@sheds, pp. 12-20]", "authors=Rosa Imaginary book=sheds pages=12-20"),
        ("By Rosa Imaginary [@sheds]", "authors=Rosa Imaginary book=sheds"),
        ("By [@sheds, pp. 12-20]", "book=sheds pages=12-20"),
        ("By Rosa Imaginary [@reader, pp. 423-441]", "authors=Rosa Imaginary pages=423-441"),
    ],
)
def test_a_by_line_makes_a_reading(tmp_path: Path, line: str, reading: str) -> None:
    """Authors, then perhaps pages, perhaps another book; the line itself is not printed again."""
    body = f"## Keeping the well\n{line}\n\nA well is kept.\n"
    shown = f"Reading heading='Keeping the well' {reading}\n  Paragraph content='A well is kept.'\n"
    assert show(read_part(tmp_path, body, guide=GUIDE_OF_BOOKS)) == shown
    assert not problems_in_body(tmp_path, body, guide=GUIDE_OF_BOOKS)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("es", "Por Rosa Imaginary, pp. 423-441"),
        ("fr", "Par Rosa Imaginary, pp. 423-441"),
        ("de", "Von Rosa Imaginary, pp. 423-441"),
        ("it", "Di Rosa Imaginary, pp. 423-441"),
        ("ca", "Per Rosa Imaginary, pp. 423-441"),
        ("tl", "Ni Rosa Imaginary, pp. 423-441"),
        ("ko", "글: Rosa Imaginary, pp. 423-441"),
        ("ko", "By Rosa Imaginary, pp. 423-441"),
    ],
)
def test_a_by_line_may_be_in_the_guides_language(tmp_path: Path, language: str, line: str) -> None:
    """Each language has its word; the English one is understood everywhere."""
    guide = GUIDE.replace("language: en", f"language: {language}")
    part = read_part(tmp_path, f"## Pozo\n\n{line}\n", guide=guide)
    assert show(part) == "Reading heading='Pozo' authors=Rosa Imaginary pages=423-441\n"


@pytest.mark.parametrize(
    "line",
    [
        "By the end of the year, rents rose.",
        "By 2010 the town had three wells.",
        "By then",
        "By far the best of all wells",
        "By Monday the council had\nagreed to share the rota.",
        "Bye, Rosa",
    ],
)
def test_prose_that_starts_with_by_is_prose(tmp_path: Path, line: str) -> None:
    """A sentence names no authors, whatever its first word."""
    assert isinstance(read_part(tmp_path, f"## Keeping the well\n{line}\n"), FreePart)


def test_text_under_a_by_line_without_a_blank_line_is_kept(tmp_path: Path) -> None:
    """The line ends the names; the next one starts the text, at its own place."""
    part = read_part(tmp_path, "## Well\nBy Rosa Imaginary, pp. 423-441\nA well (p. 450) is kept\n")
    assert show(part).endswith("Paragraph content='A well '+(page 450)+' is kept'\n")
    (problem,) = problems_in_body(tmp_path, "## Well\nBy Rosa Imaginary, pp. 423-441\nA well (p. 450) is kept\n")
    assert problem.startswith("guide/sessions/01-well.md:10:9: warning: page 450 is outside the pages of this reading")


def test_a_long_by_line_may_go_on(tmp_path: Path) -> None:
    """Many names take two lines."""
    part = read_part(tmp_path, "## Well\nBy Rosa Imaginary, Lev Well,\nand Mina Bucket, pp. 423-441\n")
    assert isinstance(part, Reading)
    assert (part.authors, part.pages is not None) == ("Rosa Imaginary, Lev Well, and Mina Bucket", True)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("By Rosa, pp. 441-423", "9:10: error: locator ends before it begins"),
        ("By Rosa, pp. 12-20", "9:10: warning: pages 12-20 are outside the pages of this session, 423-490"),
        ("By Rosa, pg. 430", '9:10: error: unknown locator label "pg."'),
        ("By Rosa, pp. 423-430, 441", '9:8: warning: a reading has one range of pages, this is taken as "423-441"'),
        ("By Rosa [@shed, p. 3]", '9:9: error: unknown book "@shed"'),
    ],
)
def test_explains_a_by_line_that_is_wrong(tmp_path: Path, line: str, problem: str) -> None:
    """Its pages and book are checked as everywhere else."""
    assert [
        each.removeprefix("guide/sessions/01-well.md:").startswith(problem)
        for each in problems_in_body(tmp_path, f"## Well\n{line}\n")
    ] == [True]


def test_keeps_every_part_in_order(tmp_path: Path) -> None:
    """Text before the first heading, unknown headings, headings without anything: all are kept."""
    body = "Hello\n\n## Odds *and* ends\n\n## Discussion questions\n\n## Announcements\n\n- Vote\n\n# Late\n"
    assert "".join(show(part) for part in read_session(tmp_path, body).parts) == dedent(
        """\
        FreePart
          Paragraph content='Hello'
        FreePart heading='Odds '+*'and'*+' ends'
        QuestionsPart heading='Discussion questions'
        AnnouncementsPart heading='Announcements'
          ListBlock is_tight=True
            ListItem
              Paragraph content='Vote'
        FreePart heading='Late'
        """
    )


def test_a_heading_of_the_first_level_is_a_part_with_a_warning(tmp_path: Path) -> None:
    """One `#` belongs to the title in the header."""
    (problem,) = problems_in_body(tmp_path, "# Well\n")
    assert problem == (
        "guide/sessions/01-well.md:8:1: warning: "
        "a part opens with `##`, one `#` is for the session's title in the header\n"
        "    hint: write `##`"
    )


def test_a_session_without_a_body_has_no_parts(tmp_path: Path) -> None:
    """A header alone is a session that nobody has written yet."""
    assert read_session(tmp_path, "").parts == ()
    assert read_session(tmp_path, "\n\n").parts == ()


def test_who_spoke_in_a_room_is_a_turn(tmp_path: Path) -> None:
    """A part of a room holds names as any round does, and is kept from the same readers."""
    part = read_part(tmp_path, "## Breakout room 2: gardens\n\n1. **Ana:** the rota\n")
    assert show(part).startswith("RoundPart heading='Breakout room 2: gardens'\n  Turn number=1 speaker=Ana")
