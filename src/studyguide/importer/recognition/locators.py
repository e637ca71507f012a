"""Page references as people type them: `P427`, `Pg 448:`, `(430)`, `p451-3`, `págs. 40 y 41`, `” 450`, `34쪽`.

Comes in: a line's clean words, and what the notes say about pages. Goes out: places with the canonical form.
Left to others: writing them into the line (`sentences`), how the canonical form is read (`reader.locators`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studyguide.importer.draft import Certainty
from studyguide.reader.locators import LocatorProblem, parse_locator

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_NUMERAL = r"(?:[0-9]{1,5}|[ivxlc]{1,8}(?![\w]))"
_DASH = r"\s?[-‐-―−~]{1,2}\s?"
_UNTIL = rf"(?:{_DASH}|\s(?:to|till|until|bis|hasta|a|à)\s)"
_NEXT_PAGE = r"\s?(?:f|sq)(?![\w])\.?"
_NEXT_PAGES = r"(?:\s?(?:ff|sqq)(?![\w])\.?|\s(?:et|y)\ss(?:s|uiv|uivantes|ig|igs)?(?![\w])\.?)"
"""`14 f.` and `60 sq.` are a page and the next one; `14 ff.`, `60 sqq.`, `40 y ss.` and `40 et suiv.` have no end."""

_RANGE = rf"{_NUMERAL}(?:{_UNTIL}{_NUMERAL})?(?:{_NEXT_PAGES}|{_NEXT_PAGE})?"
_LINK = r"(?:,\s?(?:and\s|y\s|und\s)?|;\s?|\s(?:and|&|\+|y|e|et|und|i|at)\s|\s?&\s?)"
_RANGES = rf"{_RANGE}(?:{_LINK}(?:(?:pp?|pgs?)\.?\s?)?{_RANGE}(?![\w:.]*[\w]))*"
_PAGE_LABELS = (
    r"(?:[Pp]{1,2}(?:gs?|ages?|[aá]gs?|àgs?|[áa]ginas?|agine|agina)?|PP|PG|PGS|PAGES?|PÁGS?|S{1,2}|Seiten?|[Pp]ahina|"
    r"[Pp]g)"
)
_LABELLED_PAGE = rf"(?<![\w]){_PAGE_LABELS}(?:\.\s?|\s?#\s?|\s)?(?P<ranges>{_RANGES})(?![\w])"
_KOREAN_PAGE = rf"(?P<korean>[0-9]{{1,5}}(?:{_DASH}[0-9]{{1,5}})?)\s?(?:쪽|페이지|면)"
_KOREAN_CHAPTER = r"(?P<chapter>[0-9]{1,3})장"
_POINT_NUMERAL = r"[0-9]{1,4}(?:[.:][0-9]{1,4}){1,3}"
_POINTS = rf"{_POINT_NUMERAL}(?:{_DASH}(?:{_POINT_NUMERAL}|[0-9]{{1,4}}))?"
_OTHERS = (
    (r"(?:ch(?:ap(?:ter|itre)?)?s?|CH|Ch(?:ap(?:ter)?)?|[Cc]ap(?:[ií]tulo)?s?|Kap(?:itel)?)", "ch.", _RANGES),
    (r"(?:[Ll]oc(?:ation|ations|s)?|LOC|[Pp]osici[oó]n|Pos)", "loc.", _RANGES),
    (r"(?:[Vv]v?|[Vv]ss?|[Vv]erses?|[Vv]ers(?:[ií]culos?)?)", "v.", rf"(?:{_POINTS}(?:,\s?{_POINTS})*|{_RANGES})"),
    (r"(?:§{1,2}|[Ss]ec(?:t(?:ion)?)?)", "§", rf"(?:{_POINTS}|{_RANGES})"),
    (r"(?:¶{1,2}|[Pp]ara?(?:graph)?s?)", "¶", _RANGES),
)
_OTHER_LABELLED = "|".join(
    rf"(?:(?<![\w]){label}\.?\s?(?P<other{at}>{numerals})(?![\w]))" for at, (label, _, numerals) in enumerate(_OTHERS)
)
_LABELLED = re.compile(rf"{_LABELLED_PAGE}|{_KOREAN_PAGE}|{_KOREAN_CHAPTER}|{_OTHER_LABELLED}")
_NUMERALS = re.compile(r"[0-9]|(?<![^\W_])[ivxlc]+(?![^\W_])")
"""What every page reference holds; most lines hold none, and need not be looked through for more."""

_BRACKETED = re.compile(r"\((?P<words>[^()\[\]]{1,60})\)|\[(?P<square>[^()\[\]@^!]{1,40})\]")
_SEE = re.compile(r"(?:see|cf\.?|from|also|véase|ver|siehe|vgl\.?)\s+(?:also\s+|also on\s+|on\s+)?", re.IGNORECASE)
_BARE = re.compile(rf"{_RANGES}")
_VERSE = re.compile(rf"(?P<words>{_POINTS}(?:,\s?{_POINTS})*)")
_AFTER_QUOTE = re.compile(rf"(?<=[”»」])\s?[,.–—-]?\s?(?P<words>[0-9]{{1,4}}(?:{_DASH}[0-9]{{1,4}})?)(?=\s*[.,;]?\s*$)")
_BEFORE_QUOTE = re.compile(rf"^(?P<words>[0-9]{{1,4}}(?:{_DASH}[0-9]{{1,4}})?)\s?[:.–—-]?\s?(?=[“«「])")
_RANGE_AT_END = re.compile(r"(?<=[,;]\s)(?P<words>[0-9]{1,4}\s?[-–]\s?[0-9]{1,4})\.?$")
"""A stretch of pages after a comma, `the vote, 88-9`, where the notes name pages near it."""

_TERSE = re.compile(r"^(?P<verb>[^\W\d_]+(?:\s[^\W\d_]+)?)\s(?P<words>[0-9]{1,4}(?:\s?[-–]\s?[0-9]{1,4})?)\.?$")
_FROM = re.compile(r"^(?:from|starting|desde|ab|dès|da|a partir de)\s(?P<words>[0-9]{1,4})(?=\s?:|\s)", re.IGNORECASE)
_BARE_VERSE = re.compile(rf"(?<![\w.:(\[])(?P<numerals>{_POINTS})(?!\w|[:.][0-9])")
_CITES = re.compile(
    r"(?:^|\s)(?:in|until|till|see|cf\.?|from|verses?|line|lines|scene|en|ver|siehe|von|bis)$", re.IGNORECASE
)
_LEADS_INTO = re.compile(
    r"(?:^|\s)(?:on|at|in|from|to|of|until|till|by|the|this|that|see|and|or|en|la|las|de|del|hasta|auf|der|bis|von|sur|à|"
    r"alla|na|each|per|every|first|last|next)$",
    re.IGNORECASE,
)
_MENTIONED = re.compile(r"(?:ch|cap|kap|loc|vv?\.|§|[0-9])", re.IGNORECASE)
"""Chapters and locations that a sentence mentions; sections and paragraphs in prose are of other books, or of laws."""

_WORDS_OF_LABELS = {"page", "pages", "pagina", "pagine", "página", "páginas", "seite", "seiten", "pahina"}
_EARLIEST_YEAR, _LATEST_YEAR = 1500, 2100
_AROUND_PAGES = 60
"""How many pages beyond those that are named surely a bare number may lie."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PagesKnown:
    """The first and last page that the notes name with a label, and whether bare `3:16` means a verse."""

    first: int
    last: int
    has_verses: bool

    def holds(self, page: int) -> bool:
        """Whether a bare number may well be a page."""
        return bool(self.last) and self.first - _AROUND_PAGES <= page <= self.last + _AROUND_PAGES


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLocator:
    """A page reference: where it stands in the words, and its canonical form.

    `is_before` says that it names what follows it, `is_prose` that the sentence needs its words.
    """

    start: int
    end: int
    locator: str
    certainty: Certainty
    is_before: bool = False
    is_prose: bool = False


def learn_pages(lines: Iterable[str]) -> PagesKnown:
    """See which pages notes name with a label, so that bare numbers can be judged."""
    pages: list[int] = []
    verses = 0
    for words in (each for each in lines if _NUMERALS.search(each)):
        for match in _LABELLED.finditer(words):
            if match["ranges"]:
                pages.extend(int(each) for each in re.findall(r"[0-9]+", match["ranges"]))
            elif match["other2"]:
                verses += 1
        verses += sum(bool(_VERSE.fullmatch(each["words"] or "")) for each in _BRACKETED.finditer(words))
    return PagesKnown(first=min(pages, default=0), last=max(pages, default=0), has_verses=verses > len(pages))


def find_locators(words: str, known: PagesKnown) -> tuple[FoundLocator, ...]:
    """Find every page reference of a line, in order."""
    if not _NUMERALS.search(words):
        return ()
    found: list[FoundLocator] = []
    for each in (*_find_bracketed(words, known), *_find_labelled(words), *_find_bare(words, known)):
        if all(each.end <= other.start or each.start >= other.end for other in found):
            found.append(each)
    return tuple(sorted(found, key=lambda each: each.start))


def _find_bracketed(words: str, known: PagesKnown) -> Iterator[FoundLocator]:
    for match in _BRACKETED.finditer(words):
        inside = (match["words"] or match["square"]).strip()
        see = _SEE.match(inside)
        rest = inside[see.end() :] if see is not None else inside
        labelled = _LABELLED.fullmatch(rest.rstrip("."))
        if labelled is not None:
            locator = _canonical(labelled)
            certainty = Certainty.SURE
        else:
            locator, certainty = _judge_bare(words, match, inside, known)
        if locator:
            yield FoundLocator(start=match.start(), end=match.end(), locator=locator, certainty=certainty)


def _judge_bare(words: str, match: re.Match[str], inside: str, known: PagesKnown) -> tuple[str, Certainty]:
    if known.has_verses and _VERSE.fullmatch(inside):
        return _checked(f"v. {inside}"), Certainty.LIKELY
    if not _BARE.fullmatch(inside) or not inside[0].isdigit() or match["square"]:
        return "", Certainty.SURE
    page = int(re.match(r"[0-9]+", inside).group())  # type: ignore[union-attr]
    follows_quote = words[: match.start()].rstrip(" .,;")[-1:] in {"”", "»", "」", "’"}
    is_year = _EARLIEST_YEAR <= page <= _LATEST_YEAR and "," not in inside
    if is_year and not known.holds(page):
        return "", Certainty.SURE
    if known.holds(page) or (follows_quote and not is_year):
        return _pages(inside), Certainty.SURE if known.holds(page) and follows_quote else Certainty.LIKELY
    return "", Certainty.SURE


def _find_labelled(words: str) -> Iterator[FoundLocator]:
    for match in _LABELLED.finditer(words):
        before, after = words[: match.start()].rstrip(), words[match.end() :]
        label = re.match(r"[^\W\d_]*", match.group()).group().lower()  # type: ignore[union-attr]
        opens = not before and bool(re.match(r"\s?[:–—-]|\s?[“«「]", after))
        is_page = bool(match["ranges"] or match["korean"])
        is_prose = not opens and (_is_prose(before, after, label) or (not is_page and not _stands_apart(before, after)))
        if is_prose and not is_page and not _MENTIONED.match(match.group()):
            continue
        locator = _canonical(match)
        if locator:
            end = match.end()
            if opens:
                end += re.match(r"\s?[:–—-]?\s*", after).end()  # type: ignore[union-attr]
            is_sure = opens or (not is_prose and _stands_apart(before, after))
            yield FoundLocator(
                start=match.start(),
                end=end,
                locator=locator,
                certainty=Certainty.SURE if is_sure else Certainty.LIKELY,
                is_before=opens,
                is_prose=is_prose,
            )


def _is_prose(before: str, after: str, label: str) -> bool:
    """Whether a page is named in a sentence, so that the sentence would break without it."""
    goes_on = bool(re.match(r"\s?[^\W\d_]", after)) or bool(re.match(r"[),]", after.strip()[:1] or " "))
    leads = bool(_LEADS_INTO.search(before)) or not before
    if leads and (goes_on or label in _WORDS_OF_LABELS):
        return True
    return goes_on and label in _WORDS_OF_LABELS


def _stands_apart(before: str, after: str) -> bool:
    return bool(re.search(r"[”»」’.!?,;:–—…-]$", before)) or not re.search(r"\w", after)


def _find_bare(words: str, known: PagesKnown) -> Iterator[FoundLocator]:
    for pattern, is_before in ((_AFTER_QUOTE, False), (_BEFORE_QUOTE, True)):
        match = pattern.search(words)
        if match is not None:
            page = int(re.match(r"[0-9]+", match["words"]).group())  # type: ignore[union-attr]
            certainty = Certainty.LIKELY if known.holds(page) else Certainty.UNSURE
            start = match.start("words")
            end = match.end() if is_before else match.end("words")
            yield FoundLocator(
                start=start, end=end, locator=_pages(match["words"]), certainty=certainty, is_before=is_before
            )
    if known.has_verses:
        yield from _find_bare_verses(words)
    for pattern, is_prose in ((_TERSE, False), (_FROM, True), (_RANGE_AT_END, False)):
        terse = pattern.search(words)
        if terse is not None and known.holds(int(re.match(r"[0-9]+", terse["words"]).group())):  # type: ignore[union-attr]
            yield FoundLocator(
                start=terse.start("words"),
                end=terse.end("words"),
                locator=_pages(terse["words"]),
                certainty=Certainty.UNSURE,
                is_prose=is_prose,
            )


def _find_bare_verses(words: str) -> Iterator[FoundLocator]:
    """Find verses without a label, where the notes cite by verse; a number with a colon may be a time of the day."""
    for match in _BARE_VERSE.finditer(words):
        before, after = words[: match.start()].rstrip(), words[match.end() :]
        is_before = not before and after.lstrip(" :")[:1] in {"“", "«", "「", "‘"}
        is_alone = not before and not after.strip(" .")
        is_after = before[-1:] in {"”", "»", "」", "’"} and not after.strip(" .")
        is_time = match["numerals"].count(":") == 1 and not _CITES.search(before)
        if is_time and not (is_before or is_after or is_alone):
            continue
        end = match.end() + (len(after) - len(after.lstrip(" :")) if is_before else 0)
        yield FoundLocator(
            start=match.start(),
            end=end,
            locator=_checked(f"{'vv.' if '-' in _plain(match['numerals']) else 'v.'} {_plain(match['numerals'])}"),
            certainty=Certainty.LIKELY,
            is_before=is_before,
            is_prose=not (is_before or is_after or is_alone),
        )


def _canonical(match: re.Match[str]) -> str:
    if match["ranges"] or match["korean"]:
        return _pages(match["ranges"] or match["korean"])
    if match["chapter"]:
        return _checked(f"ch. {match['chapter']}")
    for at, (_, label, _) in enumerate(_OTHERS):
        numerals = match[f"other{at}"]
        if numerals:
            plain = _plain(numerals)
            is_plural = label == "v." and ("-" in plain or "," in plain)
            return _checked(f"{'vv.' if is_plural else label} {plain}")
    return ""


def _pages(ranges: str) -> str:
    plain = _plain(ranges)
    return _checked(f"{'pp.' if '-' in plain or ',' in plain else 'p.'} {plain}")


def _plain(ranges: str) -> str:
    """Write ranges with hyphens and commas; `40 f.` is 40 and the page after it, `40 ff.` can only be 40."""
    ranges = re.sub(rf"(?<=[0-9]){_NEXT_PAGES}", "", ranges)
    text = re.sub(rf"{_LINK}(?:(?:pp?|pgs?)\.?\s?)?(?=[0-9ivxlc])", ", ", ranges)
    text = re.sub(_UNTIL, "-", text)
    return re.sub(rf"(?P<first>[0-9]+-)?(?P<last>[0-9]+){_NEXT_PAGE}", _write_next_page, text).strip()


def _write_next_page(match: re.Match[str]) -> str:
    return f"{match['first'] or match['last'] + '-'}{int(match['last']) + 1}"


def _checked(locator: str) -> str:
    """Give a locator that `reader` understands, or nothing."""
    read = parse_locator(locator)
    return "" if read is None or isinstance(read, LocatorProblem) else locator
