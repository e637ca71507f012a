"""What headings in notes say, also when they say it in other words than the session format.

Comes in: a heading, the language. Goes out: the kind of part, and the heading that `reader` will understand.
Left to others: which lines are headings (`sections`).
"""

from __future__ import annotations

import re

from studyguide.importer.draft import PartKind
from studyguide.reader.headings import Role, find_role, names_for

_KIND_OF_ROLE = {
    Role.QUESTIONS: PartKind.QUESTIONS,
    Role.ROUND: PartKind.ROUND,
    Role.ANNOUNCEMENTS: PartKind.ANNOUNCEMENTS,
}
_HINTS = (
    (
        PartKind.QUESTIONS,
        ("questions? let['’]s.discuss to.discuss preguntas? fragen domande perguntas preguntes tanong 질문",),
    ),
    (
        PartKind.ANNOUNCEMENTS,
        (
            "announcements? upcoming events? notices housekeeping reminders next.meeting next.time save.the.date",
            "coming.up avisos? anuncios pr[oó]xim[ao]s? termine ankündigungen annonces annunci avvisi anuncis",
            "anunsyo paalala 공지 알림",
        ),
    ),
    (
        PartKind.ROUND,
        (
            "rounds? go-?around check-?in discussion conversation breakout rooms? what.(?:people|we).said",
            "who.said.what popcorn responses reactions comments ronda conversaci[oó]n debate runde gespräch",
            "tour.de.table giro rodada talakayan 나눔 토론",
        ),
    ),
)
"""Words in a heading that tell what its part probably is, as patterns."""

_SAYS_NEXT = re.compile(
    r"(?:next (?:time|meeting|session|week|month)|nächste[ns]?\s(?:mal|treffen|sitzung|woche)|"
    r"prochaine?\s(?:fois|séance|réunion|rencontre)|próxim[ao]\s(?:vez|reunión|sesión|semana|encuentro|encontro|reunião)|"
    r"prossim[oa]\s(?:volta|incontro)|다음\s?(?:모임|시간|번))[^:.?]{0,20}[:：]",
    re.IGNORECASE,
)
_LONGEST_HEADING_WORDS = 9
_MARKS = " \t.:!¡?¿*_#-–—"


def kind_of_heading(heading: str, language: str) -> PartKind | None:
    """Tell what a heading says in the words of the session format; None when it says something else."""
    role = find_role(heading, language)
    return None if role is None else _KIND_OF_ROLE[role]


def guess_kind(heading: str) -> PartKind | None:
    """Tell what a heading probably says in other words, as in `Some questions for tonight`."""
    if len(heading.split()) > _LONGEST_HEADING_WORDS:
        return None
    for kind, hints in _HINTS:
        if re.search(rf"(?<!\w)(?:{' '.join(hints).replace(' ', '|')})(?!\w)", heading, re.IGNORECASE):
            return kind
    return None


def says_what_is_next(words: str) -> bool:
    """Whether a line says what the group does next, as `next time: chapter 7`."""
    return _SAYS_NEXT.match(words) is not None


def name_part(kind: PartKind, language: str) -> str:
    """Give the usual heading of a kind of part, as `reader` knows it in a guide of this language."""
    names = names_for(language)[0]
    usual = {
        PartKind.QUESTIONS: names.questions[0],
        PartKind.ROUND: "discussion" if "discussion" in names.rounds else names.rounds[0],
        PartKind.ANNOUNCEMENTS: names.announcements[0],
    }[kind]
    return usual[:1].upper() + usual[1:]


def choose_heading(kind: PartKind, title: str, original: str, language: str) -> tuple[str, bool]:
    """Give a heading that `reader` understands in a guide of this language, and whether it is not the notes' own.

    `original` is the heading of the notes where it says the kind of part in other words.
    """
    if kind in {PartKind.FREE, PartKind.READING}:
        return title, False
    role = find_role(title, language)
    if role is not None and role.value == kind.value:
        return title, False
    name = name_part(kind, language)
    whole = f"{name}: {original}"
    if kind is PartKind.ROUND and original and find_role(whole, language) is not None:
        return whole, False
    return name, True


def tidy_heading(words: str) -> str:
    """Take the marks off the ends of a heading that only say that it is one."""
    kept = words.strip(" \t*_#").rstrip(" :.")
    return kept or words.strip(_MARKS)
