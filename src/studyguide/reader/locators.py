"""Locators as they are typed: `(pp. 427-429, 431)`, `[@key, p. 12]`, `ch. 3`.

Comes in: words that may be a locator. Goes out: a `Locator` of the model, or what is wrong with it.
Left to others: where locators stand in the text (`inlines`), whether the pages exist (`pages`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from studyguide.model.locator import Locator, LocatorLabel, LocatorRange, numeral_key, roman_value
from studyguide.reader.explain import quote

LABELS = {
    "p.": LocatorLabel.PAGE,
    "pp.": LocatorLabel.PAGE,
    "ch.": LocatorLabel.CHAPTER,
    "chs.": LocatorLabel.CHAPTER,
    "chap.": LocatorLabel.CHAPTER,
    "chaps.": LocatorLabel.CHAPTER,
    "loc.": LocatorLabel.LOCATION,
    "locs.": LocatorLabel.LOCATION,
    "¶": LocatorLabel.PARAGRAPH,
    "¶¶": LocatorLabel.PARAGRAPH,
    "§": LocatorLabel.SECTION,
    "§§": LocatorLabel.SECTION,
    "v.": LocatorLabel.VERSE,
    "vv.": LocatorLabel.VERSE,
}
"""The labels of the session format, in Pandoc's spelling, with their plurals."""

EXPECTED_LABELS = "`p.`, `pp.`, `ch.`, `chap.`, `loc.`, `¶`, `§` or `v.`"

MEANT_LABELS = {
    "p.": ("p", "pg", "pgs", "page", "pag", "pág", "pàg", "página", "pagina", "seite", "s"),
    "pp.": ("pp", "pages", "págs", "pags", "pàgs", "páginas", "pagine", "seiten", "ss"),
    "ch.": ("ch", "chp", "chpt", "chptr", "chapter", "chapters", "cap", "cáp", "caps", "capítulo", "kap", "kapitel"),
    "chap.": ("chap", "chapitre", "chapt"),
    "loc.": ("loc", "location", "locations", "kindle", "pos", "position"),
    "¶": ("par", "para", "paras", "paragraph", "párr", "absatz", "abs"),
    "§": ("sec", "sect", "section", "secc", "sección", "abschnitt"),
    "v.": ("vs", "vss", "ver", "verse", "verses", "vers", "versículo"),
}
"""What people write for each label, in small letters and without the dot."""

_MEANT = {word: label for label, words in MEANT_LABELS.items() for word in words}
_PROSE = {
    "page",
    "pages",
    "section",
    "s",
    "ss",
    "position",
    "location",
    "chapter",
    "par",
    "para",
    "pos",
    "abs",
    "vers",
    "ver",
}
"""Words that also occur in brackets that are no locators; they count only with one plain number after them."""

NUMERAL = r"(?:[0-9]{1,6}(?:[.:][0-9]{1,4}){0,3}|[ivxlcdm]{1,15}|[IVXLCDM]{1,15})"
DASH = r"\s*[-\u2010-\u2015\u2212]+\s*"
_STRETCH = re.compile(rf"({NUMERAL})(?:{DASH}({NUMERAL}))?")
_LABELLED = re.compile(r"\s*(¶{1,2}|§{1,2}|[^\W\d_]{1,12}\.?)[\s\u00a0]*(.*?)\s*", re.DOTALL)
_RANGES_ONLY = re.compile(rf"{NUMERAL}(?:{DASH}{NUMERAL})?(?:\s*,\s*{NUMERAL}(?:{DASH}{NUMERAL})?)*")
_PLURAL_NUMBER = re.compile(r"[0-9]")


@dataclass(frozen=True, slots=True, kw_only=True)
class LocatorProblem:
    """What is wrong with words that were meant as a locator."""

    message: str
    hint: str


def parse_locator(words: str, *, book: str = "", is_certain: bool = False) -> Locator | LocatorProblem | None:
    """Read a locator such as `pp. 427-429, 431`; None when the words are something else.

    `is_certain` says that only a locator can stand here: then bare numbers are pages, as Pandoc reads them in a
    citation, and a label nobody knows is a problem.
    """
    if is_certain and _RANGES_ONLY.fullmatch(words.strip()):
        words = f"p. {words.strip()}"
    match = _LABELLED.fullmatch(words)
    if match is None or not match[2]:
        return _unknown(words, "", is_certain=is_certain)
    label = LABELS.get(match[1].lower())
    if label is None:
        return _explain_label(match[1], match[2], is_certain=is_certain)
    if not _RANGES_ONLY.fullmatch(match[2]):
        return _unknown(words, match[2], is_certain=is_certain)
    ranges = parse_ranges(match[2])
    if isinstance(ranges, LocatorProblem):
        is_word = not is_certain and not match[2][0].isdigit()
        return None if is_word else LocatorProblem(message=f"locator {ranges.message}", hint=ranges.hint)
    return Locator(label=label, ranges=ranges, book=book)


def _unknown(words: str, numerals: str, *, is_certain: bool) -> LocatorProblem | None:
    if not is_certain and not _PLURAL_NUMBER.match(numerals):
        return None
    return LocatorProblem(
        message=f"this is not a place in the book: {quote(words)}", hint='write it as in "pp. 427-429, 431" or "ch. 3"'
    )


def _explain_label(label: str, numerals: str, *, is_certain: bool) -> LocatorProblem | None:
    word = label.removesuffix(".").lower()
    is_numeral = bool(_RANGES_ONLY.fullmatch(numerals))
    if word in _MEANT and is_numeral and _is_meant(label, numerals):
        meant = _MEANT[word]
        meant = "pp." if meant == "p." and re.search(r"[-–,]", numerals) else meant
        hint = f'did you mean "{meant} {numerals}"?'
    elif is_certain:
        hint = 'write it as in "p. 427"'
    else:
        return None
    return LocatorProblem(message=f"unknown locator label {quote(label)}, expected {EXPECTED_LABELS}", hint=hint)


def _is_meant(label: str, numerals: str) -> bool:
    """Tell a misspelt label from prose such as `(v 3)`, `(p mi)` or `(s. above)`."""
    word = label.removesuffix(".").lower()
    return numerals[0].isdigit() or (word not in _PROSE and label.endswith("."))


def parse_ranges(words: str) -> tuple[LocatorRange, ...] | LocatorProblem:
    """Read stretches of numerals, `427-429, 431`; `427-9` is 427 to 429 (Chicago Manual of Style 9.61).

    The message of a problem is a predicate: the caller names what it is about.
    """
    ranges: list[LocatorRange] = []
    for part in words.split(","):
        match = _STRETCH.fullmatch(part.strip())
        if match is None or not (is_numeral(match[1]) and is_numeral(match[2] or match[1])):
            hint = 'write numbers as in "423-490", or roman ones as in "xii"'
            return LocatorProblem(message=f"is not a page or a range of pages: {quote(part)}", hint=hint)
        first, last = match[1], complete_numeral(match[1], match[2] or match[1])
        if numeral_key(last) < numeral_key(first):
            hint = f'write the first page first, as in "{last}-{first}"'
            return LocatorProblem(message=f"ends before it begins: {quote(part)}", hint=hint)
        ranges.append(LocatorRange(first=first, last=last))
    return tuple(ranges)


def is_numeral(word: str) -> bool:
    """Whether the word is an arabic number, parts of numbers as in `3:16`, or a canonical roman numeral."""
    return word[0].isdigit() or roman_value(word) is not None


def complete_numeral(first: str, last: str) -> str:
    """Write out an abbreviated end: 427 and 9 give 429, 3:16 and 18 give 3:18."""
    if first.isdigit() and last.isdigit() and len(last) < len(first):
        completed = first[: len(first) - len(last)] + last
        return completed if int(completed) > int(first) else last
    parts = re.split(r"([.:])", first)
    if len(parts) > 1 and last.isdigit() and int(last) >= int(parts[-1]):
        return "".join((*parts[:-1], last))
    return last


def write_ranges(ranges: tuple[LocatorRange, ...]) -> str:
    """Write stretches as an author does: `427-429, 431`."""
    return ", ".join(each.first if each.is_single else f"{each.first}-{each.last}" for each in ranges)
