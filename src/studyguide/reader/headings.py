"""What headings and opening lines are called in each language: the names that give parts their roles.

Comes in: the words of a heading or of a part's first line. Goes out: the role, or the authors' line without its `By`.
Left to others: making parts (`parts`). Lists are by language; English is understood everywhere.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum


class Role(Enum):
    """What a heading says about its part."""

    QUESTIONS = "questions"
    ROUND = "round"
    ANNOUNCEMENTS = "announcements"


QUESTION_NAMES = {
    "en": (
        "discussion questions",
        "questions",
        "questions for discussion",
        "let's discuss",
        "lets discuss",
        "let us discuss",
    ),
    "es": (
        "preguntas",
        "preguntas para conversar",
        "preguntas para el debate",
        "preguntas de discusión",
        "conversemos",
    ),
    "fr": ("questions", "questions à débattre", "questions de discussion", "questions pour la discussion", "discutons"),
    "de": ("fragen", "diskussionsfragen", "fragen zur diskussion", "fragen zum gespräch", "diskutieren wir"),
    "it": ("domande", "domande per la discussione", "domande di discussione", "discutiamo"),
    "pt": (
        "perguntas",
        "perguntas para debate",
        "perguntas para discussão",
        "questões para discussão",
        "vamos conversar",
    ),
    "ca": ("preguntes", "preguntes per al debat", "preguntes per debatre", "debatem", "parlem-ne"),
    "tl": ("mga tanong", "mga katanungan", "mga tanong sa talakayan", "pag-usapan natin", "talakayin natin"),
    "ko": ("토론 질문", "질문", "토론할 질문", "함께 이야기해요", "이야기 나눠요"),
}
ROUND_NAMES = {
    "en": ("round", "rounds", "discussion", "the discussion", "open discussion", "final round", "last round"),
    "es": ("ronda", "rondas", "conversación", "debate", "discusión", "última ronda"),
    "fr": ("tour de table", "tour", "discussion", "débat", "dernier tour"),
    "de": ("runde", "gesprächsrunde", "diskussion", "gespräch", "letzte runde", "schlussrunde"),
    "it": ("giro", "giro di tavolo", "discussione", "dibattito", "ultimo giro"),
    "pt": ("rodada", "ronda", "discussão", "debate", "conversa", "última rodada"),
    "ca": ("ronda", "torn", "debat", "discussió", "conversa", "última ronda"),
    "tl": ("talakayan", "ikot", "huling ikot"),
    "ko": ("토론", "나눔", "라운드", "마지막 라운드"),
}
ANNOUNCEMENT_NAMES = {
    "en": ("announcements", "announcement", "news", "notices"),
    "es": ("avisos", "anuncios", "noticias"),
    "fr": ("annonces", "informations"),
    "de": ("ankündigungen", "ansagen", "termine", "mitteilungen"),
    "it": ("annunci", "avvisi"),
    "pt": ("avisos", "anúncios"),
    "ca": ("avisos", "anuncis"),
    "tl": ("mga anunsyo", "mga patalastas", "mga paalala"),
    "ko": ("공지", "공지 사항", "공지사항", "알림"),
}
_ORDINALS = (
    "first|second|third|fourth|fifth|sixth|primera|segunda|tercera|cuarta|quinta|premier|deuxième|second|troisième|"
    "quatrième|cinquième|erste|zweite|dritte|vierte|fünfte|primo|secondo|terzo|quarto|quinto|primeira|terceira|"
    "primer|segon|tercer|quart|cinquè|unang|ikalawang|pangalawang|ikatlong|pangatlong|첫|첫 번째|두 번째|세 번째|네 번째|"
    "1st|2nd|3rd|[4-9]th|[0-9]{1,2}[.ªºa]?"
)
_ROUND_WORDS = "round|ronda|rodada|tour(?: de table)?|runde|gesprächsrunde|giro|torn|ikot|라운드|토론"
_NUMBERED_ROUND = re.compile(
    rf"(?:(?:{_ORDINALS})\s*(?:{_ROUND_WORDS})|(?:{_ROUND_WORDS})\s*(?:{_ORDINALS}|[ivx]+|one|two|three))(?:\s*[:–—-].*)?"
)
_BY_WORDS = {
    "en": ("by",),
    "es": ("por", "de"),
    "fr": ("par", "de"),
    "de": ("von",),
    "it": ("di",),
    "pt": ("por", "de"),
    "ca": ("per", "de"),
    "tl": ("ni", "nina", "sinulat ni", "isinulat ni"),
    "ko": ("글쓴이:", "글:", "지은이:", "저자:"),
}
LONGEST_PARTICLE = 4
"""Words in small letters inside names have four at most: de, van, von, and, the, y, und."""


def primary_language(tag: str) -> str:
    """Give the language of a BCP 47 tag without script, region and variants."""
    return tag.split("-", 1)[0].lower()


def find_role(heading: str, language: str) -> Role | None:
    """Tell what a heading says about its part, without regard to case, accents of quotes or marks at the end."""
    name = _fold(heading)
    for role, names in (
        (Role.QUESTIONS, QUESTION_NAMES),
        (Role.ROUND, ROUND_NAMES),
        (Role.ANNOUNCEMENTS, ANNOUNCEMENT_NAMES),
    ):
        if name in names["en"] or name in names.get(primary_language(language), ()):
            return role
    return Role.ROUND if _NUMBERED_ROUND.fullmatch(name) else None


def _fold(words: str) -> str:
    folded = unicodedata.normalize("NFC", words.replace("’", "'")).casefold()
    return " ".join(folded.strip(" \t.:!¡?¿").split())


def find_by_line(line: str, language: str, *, is_whole: bool) -> int:
    """Give how many characters of an opening line are its `By `, 0 when it is prose and names nobody.

    `is_whole` says that the paragraph has no other line: then any line without the end of a sentence will do.
    """
    for word in (*_BY_WORDS["en"], *_BY_WORDS.get(primary_language(language), ())):
        match = re.match(rf"{re.escape(word)}\s+(?=\S)", line, re.IGNORECASE)
        if match is None:
            continue
        names = line[match.end() :]
        is_short_word = word in {"de", "di", "per", "ni", "von", "par"}
        if _is_made_of_names(names) or (is_whole and not is_short_word and not _ends_sentence(names)):
            return match.end()
    return 0


def _ends_sentence(words: str) -> bool:
    return words.rstrip().endswith((".", "!", "?", ":", ";", "…"))


def _is_made_of_names(words: str) -> bool:
    plain = re.sub(r"\[@[^\]]*\]|\b(?:pp?|chap|ch|loc)\.\s*[0-9ivxlcdm].*", "", words)
    parts = re.findall(r"[^\W\d_]+", plain)
    return (
        bool(parts or words.startswith("[@"))
        and all(len(part) <= LONGEST_PARTICLE or not part[0].islower() for part in parts)
        and any(not part[0].islower() for part in parts or ("X",))
    )
