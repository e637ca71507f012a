"""What a language asks of the page: its quotation marks and the direction of its text.

Comes in: a BCP 47 tag. Goes out: marks and direction, as in Unicode CLDR (delimiters; character order).
Left to others: hyphenation, dates and words (`latex`), turning straight marks into these (`reader`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class TextDirection(StrEnum):
    """Which way lines run."""

    LEFT_TO_RIGHT = "ltr"
    RIGHT_TO_LEFT = "rtl"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationMarks:
    """Marks around a quotation and around one inside it; French ones carry their narrow no-break spaces."""

    opening: str
    closing: str
    inner_opening: str
    inner_closing: str


def _marks(opening: str, closing: str, inner_opening: str, inner_closing: str) -> QuotationMarks:
    return QuotationMarks(opening=opening, closing=closing, inner_opening=inner_opening, inner_closing=inner_closing)


_ENGLISH = _marks("“", "”", "‘", "’")
_GUILLEMETS = _marks("«", "»", "“", "”")
_FRENCH = _marks("«\u202f", "\u202f»", "“", "”")
_SWISS = _marks("«", "»", "‹", "›")
_GERMAN = _marks("„", "“", "‚", "‘")
_POLISH = _marks("„", "”", "«", "»")
_RUSSIAN = _marks("«", "»", "„", "“")
_BULGARIAN = _marks("„", "“", "„", "“")
_CROATIAN = _marks("„", "”", "‘", "’")
_SWEDISH = _marks("”", "”", "’", "’")
_ARABIC = _marks("”", "“", "’", "‘")
_JAPANESE = _marks("「", "」", "『", "』")

_MARKS = {
    **dict.fromkeys(("es", "it", "pt-pt", "ca", "ast", "oc", "el"), _GUILLEMETS),
    **dict.fromkeys(("fr", "br"), _FRENCH),
    **dict.fromkeys(("de-ch", "de-li", "fr-ch", "it-ch", "rm", "fa", "am", "ti"), _SWISS),
    **dict.fromkeys(("de", "cs", "sk", "sl", "is", "lb", "hsb", "dsb"), _GERMAN),
    **dict.fromkeys(("pl", "ro"), _POLISH),
    **dict.fromkeys(("ru", "uk", "be"), _RUSSIAN),
    **dict.fromkeys(("bg", "lt"), _BULGARIAN),
    **dict.fromkeys(("hr", "bs"), _CROATIAN),
    **dict.fromkeys(("fi", "sv", "he"), _SWEDISH),
    **dict.fromkeys(("ar", "ur"), _ARABIC),
    **dict.fromkeys(("ja", "zh-hant", "zh-tw", "zh-hk", "zh-mo"), _JAPANESE),
    "et": _marks("„", "“", "«", "»"),
    "hu": _marks("„", "”", "»", "«"),
    "hy": _marks("«", "»", "«", "»"),
    "ka": _marks("„", "“", "“", "”"),
    "mk": _marks("„", "“", "’", "‘"),
    "nb": _marks("«", "»", "‘", "’"),
    "nl": _marks("‘", "’", "“", "”"),
    "nn": _marks("«", "»", "‘", "’"),
    "no": _marks("«", "»", "‘", "’"),
    "sr": _marks("„", "”", "’", "’"),
}
"""By language, or with script or region. French inner marks are the printers’ “ ”; CLDR repeats the outer ones."""

_RIGHT_TO_LEFT = frozenset({"ar", "he", "fa", "ur", "yi", "ps", "sd", "ug", "dv", "ckb", "syr", "arc", "nqo", "ks"})
_RIGHT_TO_LEFT_SCRIPTS = frozenset({"arab", "hebr", "syrc", "thaa", "nkoo", "rohg", "adlm", "samr", "mand"})
_SCRIPT_LENGTH = 4
"""A subtag of four letters is a script (BCP 47, RFC 5646 2.2.3)."""


def quotation_marks(tag: str) -> QuotationMarks:
    """Give the quotation marks of a language (CLDR delimiters); English ones for a language not listed."""
    subtags = tag.lower().split("-")
    for length in range(len(subtags), 0, -1):
        marks = _MARKS.get("-".join(subtags[:length]))
        if marks is not None:
            return marks
    return _ENGLISH


def text_direction(tag: str) -> TextDirection:
    """Give the direction of a language's text; a script subtag (`az-Arab`) goes before the language."""
    subtags = tag.lower().split("-")
    scripts = [each for each in subtags[1:] if len(each) == _SCRIPT_LENGTH and each.isalpha()]
    is_leftward = scripts[0] in _RIGHT_TO_LEFT_SCRIPTS if scripts else subtags[0] in _RIGHT_TO_LEFT
    return TextDirection.RIGHT_TO_LEFT if is_leftward else TextDirection.LEFT_TO_RIGHT
