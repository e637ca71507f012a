"""The words with which the head of notes says what is what: `Date:`, `Present:`, `Summary by`, `Section VII`.

Comes in: words. Goes out: which field a label means, and the value after it.
Left to others: which lines are the head (`head`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from studyguide.reader.headings import is_made_of_names

_LABELS = {
    "title": "title|topic|theme|título|tema|titel|thema|titre|titolo|제목|주제|pamagat|paksa",
    "subject": "subject|re|asunto|betreff|objet|oggetto|assunto|assumpte",
    "date": "date|when|day|fecha|día|cuándo|datum|tag|wann|quand|data|quando|dia|날짜|일시|일자|petsa|kailan",
    "time": "time|hour|hours|hora|horario|uhrzeit|zeit|heure|ora|orario|시간|oras",
    "place": (
        "place|where|location|venue|room|lugar|dónde|sala|sitio|ort|wo|raum|lieu|où|luogo|dove|sede"
        "|local|onde|lloc|on|장소|곳|saan"
    ),
    "summary-by": (
        "summary|summary by|summarised by|summarized by|notes|notes by|note taker|notetaker|note-taker"
        "|notes taken by|typed by|typed up by|scribe|minutes|minutes by|minutes taken by|secretary|presenter"
        "|presented by|prepared by"
        "|resumen|resumen de|resumen por|apuntes|acta|secretaria|secretario|zusammenfassung|protokoll"
        "|résumé|compte rendu|riassunto|verbale|resumo|ata|resum|요약|정리|기록|buod"
    ),
    "facilitator": (
        "facilitator|facilitators|facilitation|facilitated|facilitated by|moderator|moderation|chair"
        "|chaired by|host|hosted by|facilita|facilitadora|facilitador|modera|moderadora|coordina"
        "|moderatorin|leitung|animation|animatrice|modérateur|facilitatrice|conduce|진행|사회|tagapagdaloy"
    ),
    "participants": (
        "in attendance|present|who came|who was there|who was here|at the table|around the table|there"
        "|attendees|attending|attendance|participants|people|who|members|round|order|stack"
        "|speaking order|here|expected|we were|we are|with us|in the room|asistentes|asistencia"
        "|presentes|participantes|personas"
        "|anwesend|anwesende|teilnehmende|teilnehmer|présents|présentes|participant·es|presenti"
        "|partecipanti|assistents|참석|참석자|참가자|모인 사람|dumalo|mga dumalo|naroon"
    ),
    "apologies": (
        "apologies|absent|regrets|excused|excusados|disculpas|ausentes|entschuldigt|excusés|excusées"
        "|absents|assenti|faltas|불참"
    ),
    "book": (
        "읽은 책|book under discussion|book of the month|current book|we read|we are reading|this month"
        "|book|text|reading|libro|texto|lectura|buch|lektüre|livre|texte|lecture|lettura|livro|leitura"
        "|llibre|책|도서|aklat"
    ),
    "authors": (
        "author|authors|autor|autora|autores|autoras|autorin|auteur|auteurs|autrice|autore|autori|저자|지은이|may-akda"
    ),
    "label": ("session|section|chapter|part|week|meeting|sesión|sección|capítulo|parte|semana|sitzung|kapitel|회차|장"),
    "mail": (
        "from|to|cc|bcc|reply-to|sent|message-id|content-type|content-transfer-encoding|mime-version"
        "|user-agent|list-id|in-reply-to|references|x-mailer|von|an|de|para|enviado|gesendet"
    ),
    "group": "group|club|circle|grupo|gruppe|groupe|cercle|gruppo|grup|모임|samahan",
    "pages": "mga pahina|pages|page|pp|págs|páginas|pagine|seiten|pàgines|pag|쪽|pahina",
}
"""The labels of a head, by field, in small letters."""

_FIELD_OF = {label: field for field, labels in _LABELS.items() for label in labels.split("|")}
_LABELLED = re.compile(r"(?P<label>[^\W\d_][^:：]{0,28}?)\s*[:：]{1,2}\s*(?P<value>.*)")
_DASHED = re.compile(r"(?P<label>[^\W\d_][^:–—-]{0,24}?)\s+[–—-]\s+(?P<value>\S.*)")
_DASHED_FIELDS = {"summary-by", "facilitator", "participants", "date", "time"}
"""What a dash may stand after in place of a colon: other labels are words of titles, too."""

_BY_WORDS = "by|from|de|por|von|par|di|per|ni"
_SUMMARISED = (
    "summary|summari[sz]ed|notes|notes taken|typed|typed up|written up|taken down|minutes|minutes taken|"
    "presented|presentation|prepared|compiled|recap|"
    "resumen|resumido|apuntes|zusammenfassung|protokoll|résumé|riassunto|resumo|resum|buod"
)
_FACILITATED = (
    "facilitated|facilitation|facilitator|moderated|moderation|hosted|chaired|led|facilita|facilitado|facilitada|modera|"
    "moderado|moderada|coordina|coordinado|coordinada|moderiert"
)
_BY = (
    ("summary-by", rf"(?:{_SUMMARISED})\s+(?:{_BY_WORDS})"),
    ("facilitator", rf"(?:{_FACILITATED})(?:\s+(?:{_BY_WORDS}))?"),
)
_BEFORE_BY = re.compile(r"(?<=\w)(?:[,;]\s+|\s*[|(]\s*|\)[,;]?\s+|\s[–—-]\s)")
_NUMBER_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez"
_SECTION_WORDS = (
    "section|chapter|part|week|wk|session|meeting|evening|night|gathering|unit|book|act|canto|lesson|module|sección|capítulo|parte|semana|sesión|"
    "noche|abend|reunión|encuentro|kapitel|teil|abschnitt|woche|sitzung|treffen|chapitre|partie|séance|semaine|capitolo|sessione|"
    "incontro|sessão|encontro|capítol|sessió|kabanata|bahagi|ch\\.|no\\.|nº"
)
_SECTION = re.compile(
    rf"(?P<label>(?:{_SECTION_WORDS})\s*#?\s*(?:[0-9]{{1,3}}|[ivxlc]{{1,7}}|(?:{_NUMBER_WORDS}))(?![\w]))"
    r"(?:\s*[:.–—|-]+\s*|\s*$|\s+(?=on\b|[^\W\d_]))(?P<title>.*)",
    re.IGNORECASE,
)
_KOREAN_SECTION = re.compile(
    r"(?P<label>제?\s?[0-9]{1,3}\s?(?:장|부|회차?|주차?|과|차시?))(?:\s*[:.–—|-]?\s*)(?P<title>.*)"
)
_GROUP = re.compile(
    r"\b(?:circle|club|collective|group|society|readers|friends|lectores|lectoras|leserinnen|grupo|círculo|colectivo|lesekreis|lesegruppe|cercle|gruppo|grup|clube|samahan|"
    r"kolektibo)\b|모임|독서회|읽기\s?모임",
    re.IGNORECASE,
)
_RECORD_OF = re.compile(
    r"^protokoll\s+(?=\S)|"
    r"^(?:(?:meeting )?(?:minutes|notes|agenda|record|summary)|acta|apuntes|notas|protokoll|compte rendu|verbale)\s+"
    r"(?:of|from|for|de|del|de la|der|des|du|della?)\s+(?:the\s+)?",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\((?P<words>[^()]{3,60})\)")
_LONGEST_GROUP_WORDS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A field and its value as typed; the value may be empty."""

    field: str
    value: str
    label: str


@lru_cache(maxsize=2048)
def read_labelled(words: str) -> Labelled | None:
    """Read `Label: value` where the label is one of a head; `Summary by Ana` needs no colon."""
    match = _LABELLED.fullmatch(words)
    if match is not None:
        field = next((found for each in match["label"].split("/") if (found := _FIELD_OF.get(_plain(each)))), None)
        if field is not None:
            return Labelled(field=field, value=match["value"].strip(" *_"), label=match["label"].strip())
    for field, opening in _BY:
        by = re.fullmatch(rf"{opening}\s*[:：]?\s+(?P<names>\S.*)", words.rstrip("."), re.IGNORECASE)
        if by is not None and is_made_of_names(by["names"]) and len(by["names"].split()) <= _LONGEST_GROUP_WORDS:
            return Labelled(field=field, value=by["names"], label="")
    dashed = _DASHED.fullmatch(words)
    field = _FIELD_OF.get(_plain(dashed["label"])) if dashed is not None else None
    if dashed is not None and field in _DASHED_FIELDS:
        return Labelled(field=field, value=dashed["value"].strip(), label=dashed["label"])
    return None


def find_trailing_by(words: str) -> int:
    """Give where a line ends with who summarised, as in `…, fifth meeting, typed by Ana`; 0 when it does not."""
    for match in _BEFORE_BY.finditer(words):
        labelled = read_labelled(words[match.end() :].rstrip(")"))
        if labelled is not None and not labelled.label:
            return match.end()
    return 0


def _plain(label: str) -> str:
    return " ".join(label.casefold().split()).strip(" *_.'’")


def read_section_label(words: str) -> tuple[str, str] | None:
    """Read `Section VII: Keeping the well` as a label and a title, which may be empty."""
    match = _SECTION.fullmatch(words) or _KOREAN_SECTION.fullmatch(words)
    return None if match is None else (match["label"].strip(), match["title"].strip())


def read_group(words: str) -> str:
    """Give the name of a group, when a line is one; without `Minutes of the` before it."""
    if not _GROUP.search(words) or len(words.split()) > 2 * _LONGEST_GROUP_WORDS or words.endswith((".", "?", "!")):
        return ""
    if words.startswith("#"):
        return ""
    inner = next((each["words"] for each in _IN_BRACKETS.finditer(words) if _GROUP.search(each["words"])), "")
    name = (inner if inner[:1].isupper() else "") or _RECORD_OF.sub("", words, count=1).strip(" –—-,:")
    return name if len(name.split()) <= _LONGEST_GROUP_WORDS else ""
