"""The names that give parts their roles, by language; English is understood in every guide.

Comes in: nothing. Goes out: words in small letters, without marks at their end.
Left to others: comparing them with what an author wrote (`headings`).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleNames:
    """Headings of questions, rounds and announcements; `ordinals` with `round_words` make `first round`.

    `by_words` open the line that names authors.
    """

    questions: tuple[str, ...]
    rounds: tuple[str, ...]
    announcements: tuple[str, ...]
    round_words: tuple[str, ...]
    ordinals: tuple[str, ...]
    by_words: tuple[str, ...]


ROLE_NAMES = {
    "en": RoleNames(
        questions=("discussion questions", "questions", "questions for discussion", "let's discuss", "lets discuss"),
        rounds=("round", "rounds", "discussion", "the discussion", "open discussion"),
        announcements=("announcements", "announcement", "news", "notices"),
        round_words=("round",),
        ordinals=("first", "second", "third", "fourth", "fifth", "sixth", "last", "final", "one", "two", "three"),
        by_words=("by",),
    ),
    "es": RoleNames(
        questions=("preguntas", "preguntas para conversar", "preguntas para el debate", "conversemos"),
        rounds=("ronda", "rondas", "conversación", "debate", "discusión"),
        announcements=("avisos", "anuncios", "noticias"),
        round_words=("ronda",),
        ordinals=("primera", "segunda", "tercera", "cuarta", "quinta", "última", "uno", "dos", "tres"),
        by_words=("por", "de"),
    ),
    "fr": RoleNames(
        questions=("questions", "questions à débattre", "questions pour la discussion", "discutons"),
        rounds=("tour de table", "tour", "discussion", "débat"),
        announcements=("annonces", "informations"),
        round_words=("tour de table", "tour"),
        ordinals=("premier", "deuxième", "second", "troisième", "quatrième", "cinquième", "dernier"),
        by_words=("par", "de"),
    ),
    "de": RoleNames(
        questions=("fragen", "diskussionsfragen", "fragen zur diskussion", "fragen zum gespräch"),
        rounds=("runde", "gesprächsrunde", "diskussion", "gespräch"),
        announcements=("ankündigungen", "ansagen", "termine", "mitteilungen"),
        round_words=("runde", "gesprächsrunde"),
        ordinals=("erste", "zweite", "dritte", "vierte", "fünfte", "letzte"),
        by_words=("von",),
    ),
    "it": RoleNames(
        questions=("domande", "domande per la discussione", "discutiamo"),
        rounds=("giro", "giro di tavolo", "discussione", "dibattito"),
        announcements=("annunci", "avvisi"),
        round_words=("giro", "giro di tavolo"),
        ordinals=("primo", "secondo", "terzo", "quarto", "quinto", "ultimo"),
        by_words=("di",),
    ),
    "pt": RoleNames(
        questions=("perguntas", "perguntas para debate", "perguntas para discussão", "vamos conversar"),
        rounds=("rodada", "ronda", "discussão", "debate", "conversa"),
        announcements=("avisos", "anúncios"),
        round_words=("rodada", "ronda"),
        ordinals=("primeira", "segunda", "terceira", "quarta", "quinta", "última"),
        by_words=("por", "de"),
    ),
    "ca": RoleNames(
        questions=("preguntes", "preguntes per al debat", "preguntes per debatre", "parlem-ne"),
        rounds=("ronda", "torn", "debat", "discussió", "conversa"),
        announcements=("avisos", "anuncis"),
        round_words=("ronda", "torn"),
        ordinals=("primera", "segona", "tercera", "quarta", "primer", "segon", "tercer", "quart", "última"),
        by_words=("per", "de"),
    ),
    "tl": RoleNames(
        questions=("mga tanong", "mga katanungan", "mga tanong sa talakayan", "pag-usapan natin", "talakayin natin"),
        rounds=("talakayan", "ikot"),
        announcements=("mga anunsyo", "mga patalastas", "mga paalala"),
        round_words=("ikot", "na ikot"),
        ordinals=("unang", "ikalawang", "pangalawang", "ikatlong", "pangatlong", "huling"),
        by_words=("ni", "nina", "sinulat ni", "isinulat ni"),
    ),
    "ko": RoleNames(
        questions=("토론 질문", "질문", "토론할 질문", "함께 이야기해요", "이야기 나눠요"),
        rounds=("토론", "나눔", "라운드"),
        announcements=("공지", "공지 사항", "공지사항", "알림"),
        round_words=("라운드", "토론", "나눔"),
        ordinals=("첫", "첫 번째", "두 번째", "세 번째", "네 번째", "마지막"),
        by_words=("글쓴이:", "글:", "지은이:", "저자:"),
    ),
}
