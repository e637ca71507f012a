"""Which language notes are in: one of those whose headings `reader` knows, by their commonest words.

Comes in: lines of words. Goes out: a BCP 47 tag. Left to others: everything that follows from it.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_COMMON = {
    "en": "the of and to in is that it for was with as on are this be we they not what how who from which there",
    "es": "el la los las de del que y en un una por con para no se lo es como más pero su al quién cómo qué está",
    "fr": "le la les des du de et à un une que qui dans pour pas est sur ce avec au plus nous il elle par sont",
    "de": "der die das und in den von zu mit ist nicht ein eine des dem auf für sich auch wir wie als es sind wer",
    "it": "il lo la gli le di del della e che è un una per con non si in da come più ma sono chi nel alla",
    "pt": "o a os as de do da dos das que e em um uma para com não se por mais como mas ao é no na quem são",
    "ca": "el la els les de del i que en un una per amb no es al com més però és qui dels aquest són ha",
    "tl": "ang ng mga sa na at ay ni si kung hindi ito para nang kay may siya tayo namin natin ano sino po",
}
_WORDS = {language: frozenset(words.split()) for language, words in _COMMON.items()}
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_HANGUL_SHARE = 0.3
_LARGEST_SAMPLE = 200_000
"""So many characters say enough."""


def detect_language(lines: Iterable[str]) -> str:
    """Tell the language of notes; English where nothing says otherwise."""
    text = _sample(lines)
    letters = sum(each.isalpha() for each in text)
    if letters and len(_HANGUL.findall(text)) > _HANGUL_SHARE * letters:
        return "ko"
    counted = Counter(re.findall(r"[^\W\d_]+", text.casefold()))
    scores = {language: sum(counted[word] for word in words) for language, words in _WORDS.items()}
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] > scores["en"] else "en"


def _sample(lines: Iterable[str]) -> str:
    taken: list[str] = []
    length = 0
    for line in lines:
        taken.append(line)
        length += len(line)
        if length > _LARGEST_SAMPLE:
            break
    return "\n".join(taken)
