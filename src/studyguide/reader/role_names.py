"""The names that give parts their roles, by language; English is understood in every guide.

Comes in: nothing. Goes out: words in small letters, without marks at their end.
Left to others: comparing them with what an author wrote (`headings`).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleNames:
    """Headings of questions, rounds and announcements; `ordinals` with `round_words` make `first round`.

    `group_words`, for those who talk in a room or at a table of their own, are rounds only with a number or a letter;
    `table_words` only with a number alone, since what follows it is else the title of a table. `by_words` open the line
    that names authors.
    """

    questions: tuple[str, ...]
    rounds: tuple[str, ...]
    announcements: tuple[str, ...]
    round_words: tuple[str, ...]
    ordinals: tuple[str, ...]
    group_words: tuple[str, ...]
    by_words: tuple[str, ...]
    table_words: tuple[str, ...] = ()


ROLE_NAMES = {
    "en": RoleNames(
        questions=("discussion questions", "questions", "questions for discussion", "let's discuss", "lets discuss"),
        rounds=(
            "round",
            "rounds",
            "discussion",
            "the discussion",
            "open discussion",
            "breakout rooms",
            "breakouts",
            "rooms",
        ),
        announcements=("announcements", "announcement", "news", "notices"),
        round_words=("round",),
        ordinals=("first", "second", "third", "fourth", "fifth", "sixth", "last", "final", "one", "two", "three"),
        group_words=("breakout", "breakout group", "breakout room", "break-out room", "group", "room", "small group"),
        by_words=("by",),
        table_words=("table",),
    ),
    "es": RoleNames(
        questions=("preguntas", "preguntas para conversar", "preguntas para el debate", "conversemos"),
        rounds=("ronda", "rondas", "conversación", "debate", "discusión", "salas"),
        announcements=("avisos", "anuncios", "noticias"),
        round_words=("ronda",),
        ordinals=("primera", "segunda", "tercera", "cuarta", "quinta", "última", "uno", "dos", "tres"),
        group_words=("grupo", "mesa", "sala"),
        by_words=("por", "de"),
    ),
    "fr": RoleNames(
        questions=("questions", "questions à débattre", "questions pour la discussion", "discutons"),
        rounds=("tour de table", "tour", "discussion", "débat", "salles"),
        announcements=("annonces", "informations"),
        round_words=("tour de table", "tour"),
        ordinals=("premier", "deuxième", "second", "troisième", "quatrième", "cinquième", "dernier"),
        group_words=("groupe", "salle", "sous-groupe"),
        by_words=("par", "de"),
        table_words=("table",),
    ),
    "de": RoleNames(
        questions=("fragen", "diskussionsfragen", "fragen zur diskussion", "fragen zum gespräch"),
        rounds=("runde", "gesprächsrunde", "diskussion", "gespräch", "breakout-räume", "kleingruppen", "räume"),
        announcements=("ankündigungen", "ansagen", "termine", "mitteilungen"),
        round_words=("runde", "gesprächsrunde"),
        ordinals=("erste", "zweite", "dritte", "vierte", "fünfte", "letzte"),
        group_words=("breakout-raum", "gruppe", "kleingruppe", "raum", "tisch"),
        by_words=("von",),
    ),
    "it": RoleNames(
        questions=("domande", "domande per la discussione", "discutiamo"),
        rounds=("giro", "giro di tavolo", "discussione", "dibattito", "stanze"),
        announcements=("annunci", "avvisi"),
        round_words=("giro", "giro di tavolo"),
        ordinals=("primo", "secondo", "terzo", "quarto", "quinto", "ultimo"),
        group_words=("gruppo", "sala", "stanza", "tavolo"),
        by_words=("di",),
    ),
    "pt": RoleNames(
        questions=("perguntas", "perguntas para debate", "perguntas para discussão", "vamos conversar"),
        rounds=("rodada", "ronda", "discussão", "debate", "conversa", "salas"),
        announcements=("avisos", "anúncios"),
        round_words=("rodada", "ronda"),
        ordinals=("primeira", "segunda", "terceira", "quarta", "quinta", "última"),
        group_words=("grupo", "mesa", "sala"),
        by_words=("por", "de"),
    ),
    "ca": RoleNames(
        questions=("preguntes", "preguntes per al debat", "preguntes per debatre", "parlem-ne"),
        rounds=("ronda", "torn", "debat", "discussió", "conversa", "sales"),
        announcements=("avisos", "anuncis"),
        round_words=("ronda", "torn"),
        ordinals=("primera", "segona", "tercera", "quarta", "primer", "segon", "tercer", "quart", "última"),
        group_words=("grup", "sala", "taula"),
        by_words=("per", "de"),
    ),
    "tl": RoleNames(
        questions=("mga tanong", "mga katanungan", "mga tanong sa talakayan", "pag-usapan natin", "talakayin natin"),
        rounds=("talakayan", "ikot", "mga silid"),
        announcements=("mga anunsyo", "mga patalastas", "mga paalala"),
        round_words=("ikot", "na ikot"),
        ordinals=("unang", "ikalawang", "pangalawang", "ikatlong", "pangatlong", "huling"),
        group_words=("grupo", "mesa", "pangkat", "silid"),
        by_words=("ni", "nina", "sinulat ni", "isinulat ni"),
    ),
    "ko": RoleNames(
        questions=("토론 질문", "질문", "토론할 질문", "함께 이야기해요", "이야기 나눠요"),
        rounds=("토론", "나눔", "라운드", "소모임", "모둠 토론"),
        announcements=("공지", "공지 사항", "공지사항", "알림"),
        round_words=("라운드", "토론", "나눔"),
        ordinals=("첫", "첫 번째", "두 번째", "세 번째", "네 번째", "마지막"),
        group_words=("모둠", "방", "소그룹", "조"),
        by_words=("글쓴이:", "글:", "지은이:", "저자:"),
    ),
}
