"""The words around times of the day, by language; the English ones are understood everywhere.

Comes in: a language. Goes out: words in small letters without accents (see `calendar_names.fold`).
Left to others: the times themselves (`times`).
"""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWords:
    """Words before a time (`labels`, `at`, `since`), between two (`to`) and after one.

    After one stand `oclock`, said only of times; `hours`, said also of how long something takes; and the halves of the
    day, `mornings` and `evenings`, which Korean says before it.
    """

    labels: tuple[str, ...]
    since: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    at: tuple[str, ...] = ()
    oclock: tuple[str, ...] = ()
    hours: tuple[str, ...] = ()
    mornings: tuple[str, ...] = ()
    evenings: tuple[str, ...] = ()
    halves_before: tuple[str, ...] = ()


_TIME_WORDS = {
    "en": TimeWords(
        labels=("time", "times", "hour", "hours", "start", "starts", "begins", "doors"),
        since=("from", "at"),
        to=("to", "till", "until", "through"),
        oclock=("o'clock", "oclock"),
        at=("starts at", "start at", "begins at", "meets at", "meet at"),
        mornings=("in the morning",),
        evenings=("noon", "midday", "in the afternoon", "in the evening", "at night"),
    ),
    "es": TimeWords(
        labels=("hora", "horas", "horario", "empieza", "inicio"),
        since=("de", "desde las", "de las", "a las"),
        to=("a", "a las", "hasta", "hasta las"),
        at=("a las",),
        hours=("hora", "horas"),
        mornings=("a. m.", "de la manana"),
        evenings=("p. m.", "de la tarde", "de la noche", "del mediodia"),
    ),
    "fr": TimeWords(
        labels=("heure", "heures", "horaire", "horaires", "debut"),
        since=("de", "a", "des"),
        to=("a", "jusqu'a"),
        hours=("heure", "heures"),
        mornings=("du matin",),
        evenings=("du soir", "de l'apres-midi"),
    ),
    "de": TimeWords(
        labels=("zeit", "uhrzeit", "beginn", "zeiten"),
        since=("von", "um", "ab"),
        to=("bis",),
        oclock=("uhr",),
        mornings=("uhr morgens", "uhr vormittags", "morgens", "vormittags", "uhr fruh"),
        evenings=("uhr abends", "uhr nachmittags", "abends", "nachmittags", "mittags"),
    ),
    "it": TimeWords(
        labels=("ora", "ore", "orario", "inizio"),
        since=("dalle", "dalle ore", "alle", "alle ore", "ore"),
        to=("alle", "alle ore", "a", "fino alle"),
        at=("ore", "alle ore"),
        mornings=("di mattina", "del mattino"),
        evenings=("di sera", "della sera", "del pomeriggio"),
    ),
    "pt": TimeWords(
        labels=("hora", "horas", "horario", "inicio"),
        since=("das", "de", "as"),
        to=("as", "a", "ate", "ate as"),
        hours=("hora", "horas"),
        mornings=("da manha",),
        evenings=("da tarde", "da noite"),
    ),
    "ca": TimeWords(
        labels=("hora", "hores", "horari", "inici"),
        since=("de", "de les", "des de les", "a les"),
        to=("a", "a les", "fins a", "fins a les"),
        at=("a les",),
        hours=("hora", "hores"),
        mornings=("del mati",),
        evenings=("de la tarda", "del vespre", "de la nit"),
    ),
    "tl": TimeWords(
        labels=("oras",),
        since=("mula", "mula alas", "alas"),
        to=("hanggang", "hanggang alas"),
        at=("alas", "ala", "alas-", "ala-"),
        mornings=("ng umaga", "n.u."),
        evenings=("ng hapon", "ng gabi", "n.h.", "n.g."),
    ),
    "ko": TimeWords(
        labels=("시간", "시각", "일시"),
        oclock=("시",),
        halves_before=("오전", "아침", "새벽", "오후", "저녁", "밤", "낮"),
        mornings=("오전", "아침", "새벽"),
        evenings=("오후", "저녁", "밤", "낮"),
    ),
    "nl": TimeWords(
        labels=("tijd", "tijden", "aanvang"),
        since=("van", "om", "vanaf"),
        to=("tot",),
        oclock=("uur",),
        mornings=("'s ochtends", "'s morgens"),
        evenings=("'s avonds", "'s middags"),
    ),
}


def words_for(language: str) -> TimeWords:
    """Give the words of a language together with the English ones."""
    own, english = _TIME_WORDS.get(language, _TIME_WORDS["en"]), _TIME_WORDS["en"]
    joined = {each.name: (*getattr(own, each.name), *getattr(english, each.name)) for each in fields(TimeWords)}
    return TimeWords(**{name: tuple(dict.fromkeys(words)) for name, words in joined.items()})
