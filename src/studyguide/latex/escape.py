r"""What makes an author's text safe for TeX: the only place where plain strings become `Latex`.

Comes in: text, code and web addresses as the model has them. Goes out: `Latex` that LuaLaTeX prints as typed, in a
paragraph, an argument, a table cell, at the start of an item, without an empty line or an unescaped special character.
What no page shows goes out as hexadecimal digits.
Left to others: refusing characters with their place (`reader`), fonts (`fonts`), `\LongWordBreak` (the class).
The fonts must be loaded without TeX's ligatures (no `+tlig`), which would turn `--` and quotes into other characters.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NewType

from studyguide.description import encode_text
from studyguide.latex.addresses import encode_address, readable_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Latex = NewType("Latex", str)
"""LaTeX that is safe where text may stand."""

REFUSED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffd"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(17))
    + "]"
)
"""Control characters but tab and line ends, surrogates, noncharacters, U+FFFD: never on any page."""

BLANKS = re.compile("[ \t\n\r\x85\u2000-\u2006\u2008\u205f\u2028\u2029\u3000]+")
"""What is set as one space between words, as TeX and Markdown do with runs of blanks."""

LONG_RUN = re.compile("[^ \u0e00-\u0eff\u2e80-\u312f\u31f0-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]{41,}")
"""A run without a break that might be wider than the page; Chinese, Japanese, Thai and Lao break without our help."""

BREAK = "\uffff"
"""Stands for a break opportunity while text is being escaped; a noncharacter, so no text has it."""

LINE_BYTES = 1800
"""Where a line of LaTeX ends at the next space; TeX reads at most 200,000 bytes in one (buf_size), people far fewer."""

LONGEST_LINE_BYTES = 1950
"""Where it ends at the next character, with a `%`; with the longest command still under 2,000."""

LONGEST_CHARACTER_BYTES = 4
"""In UTF-8."""

GROUP_BYTES = 32
"""A blank stands after so many bytes of what TeX only hands on to the PDF, where a long line can end."""

ADDRESS_SEGMENT = re.compile(r".+?(?:[/.?&=:-]+(?=[^/.?&=:-])|$)", re.DOTALL)
"""Where a printed address may end its line: after its punctuation."""

LONGEST_SEGMENT = 24
"""How many characters of an address stay together; a longer stretch may break anywhere."""

ZERO_WIDTH_JOINER = "\u200d"
VIRAMA = 9
"""The canonical combining class of the signs that join Indic consonants."""
REGIONAL_INDICATORS = frozenset(map(chr, range(0x1F1E6, 0x1F200)))
SKIN_TONES = frozenset(map(chr, range(0x1F3FB, 0x1F400)))

KEPT_TEXTS = 4096
"""How many texts are remembered: after an edit nearly all of a session is what it was."""

TAB_COLUMNS = 4
"""How wide a tab in code is."""

DROPPED = (
    (0x34F, 0x34F),  # combining grapheme joiner
    (0x202A, 0x202E),  # bidirectional embeddings and overrides: they can spoof a name
    (0x2060, 0x206F),  # word joiner, invisible operators, isolates, deprecated format characters
    (0xFEFF, 0xFEFF),  # byte order mark
    (0xFFF9, 0xFFFC),  # interlinear annotation, object replacement
    (0x1BCA0, 0x1BCA3),  # shorthand format controls
    (0x1D173, 0x1D17A),  # invisible musical controls
    (0xE0000, 0xE001F),  # language tag
    (0xE0080, 0xE00FF),  # never assigned, never printed
    (0xE01F0, 0xE0FFF),
)
"""Characters without ink and without a use on paper."""

COMMANDS = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    '"': r"\textquotedbl{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "[": "{[}",
    "]": "{]}",
    "*": "{*}",
    "\xa0": r"\nobreakspace{}",
    "\xad": r"\-",
    "\u2007": r"\nobreakspace{}",
    "\u2009": r"\thinspace{}",
    "\u200a": r"\thinspace{}",
    "\u202f": r"\thinspace{}",
    "\u200b": r"\LongWordBreak{}",
    "\u2010": "-",
    "\u2011": r"\mbox{-}",
    BREAK: r"\LongWordBreak{}",
}
r"""What TeX must be told by name. Brackets and the star stand in braces, or `\\` and `\item` would take them as theirs;
U+2010 and U+2011 become the hyphen-minus that every font has."""

PRINTED: dict[int, str | None] = {ord(character): latex for character, latex in COMMANDS.items()}
PRINTED |= {code: None for first, last in DROPPED for code in range(first, last + 1)}

TOKEN = re.compile(r"\\[A-Za-z]+\{-?\}|\\.|\{.\}|.", re.DOTALL)
"""What a line end must not cut in two."""


@lru_cache(maxsize=KEPT_TEXTS)
def escape_text(text: str) -> Latex:
    """Make text safe for any place where text may stand; NFC, each run of blanks one space.

    Long runs get break opportunities without a hyphen. What has no ink (embeddings, byte order marks ...) is dropped.

    Raises:
        ValueError: for a character that must never reach TeX; the reader has refused it with its place.
    """
    _refuse(text)
    plain = BLANKS.sub(" ", unicodedata.normalize("NFC", text))
    return _finish(LONG_RUN.sub(_breakable, plain))


def escape_code(text: str) -> Latex:
    """Make a line of code, or code among words, safe and keep every blank; a tab is four columns wide.

    Raises:
        ValueError: for a character that must never reach TeX.
    """
    _refuse(text)
    plain = BLANKS.sub(_kept_blanks, text.expandtabs(TAB_COLUMNS).rstrip())
    return _finish(LONG_RUN.sub(_breakable, plain))


def escape_lines(text: str) -> tuple[Latex, ...]:
    """Make lines of code safe, one by one.

    Raises:
        ValueError: for a character that must never reach TeX.
    """
    return tuple(escape_code(line) for line in re.split("\r\n|[\n\r\x85\u2028\u2029]", text))


def escape_url(address: str) -> Latex:
    r"""Make an address safe as the first argument of `\WebLink`, also inside other arguments.

    Raises:
        ValueError: when it is no http, https or mailto address; the reader has made sure that it is.
    """
    return _wrap(re.sub("[%#&_]", r"\\\g<0>", encode_address(address)))


def printed_address(address: str) -> Latex:
    """Set an address as a person can read and type it: never hyphenated, but breakable after its punctuation.

    Raises:
        ValueError: for a character that must never reach TeX.
    """
    segments = ADDRESS_SEGMENT.findall(readable_address(address))
    return Latex(r"\LongWordBreak{}".join(_unhyphenated(segment) for segment in segments))


def unprinted_text(text: str) -> Latex:
    """Write a text that the PDF holds and no page shows, in hexadecimal digits."""
    return unprinted_bytes(encode_text(text))


def unprinted_bytes(content: bytes) -> Latex:
    """Write what TeX only hands on, in hexadecimal digits: nothing in it is read as TeX or as PDF."""
    return Latex(content.hex(" ", -GROUP_BYTES))


def join(pieces: Iterable[Latex], separator: Latex = Latex("")) -> Latex:
    """Put pieces one after the other."""
    return Latex(separator.join(pieces))


def _refuse(text: str) -> None:
    found = REFUSED.search(text)
    if found:
        raise ValueError(f"U+{ord(found[0]):04X} must never reach TeX")


def _finish(plain: str) -> Latex:
    return _wrap(plain.translate(PRINTED))


def _kept_blanks(blanks: re.Match[str]) -> str:
    if blanks.start() == 0:
        return "\xa0" * len(blanks[0])
    return "\xa0" * (len(blanks[0]) - 1) + " "


def _breakable(run: re.Match[str]) -> str:
    return _with_breaks(run[0])


def _with_breaks(run: str) -> str:
    return run[0] + "".join(
        after if _belongs(before, after) else BREAK + after for before, after in itertools.pairwise(run)
    )


def _belongs(before: str, after: str) -> bool:
    """Whether two characters are one on paper (UAX 29, grapheme clusters, without the rarest rules)."""
    if before == ZERO_WIDTH_JOINER or unicodedata.combining(before) == VIRAMA:
        return True
    if any(character in REGIONAL_INDICATORS for character in (before, after)):
        return True
    return unicodedata.category(after) in {"Mn", "Mc", "Me", "Cf"} or after in SKIN_TONES


def _unhyphenated(segment: str) -> Latex:
    if len(segment) <= LONGEST_SEGMENT:
        return Latex(rf"\mbox{{{escape_text(segment)}}}")
    _refuse(segment)
    return _finish(_with_breaks(segment))


def _wrap(latex: str) -> Latex:
    if len(latex) * LONGEST_CHARACTER_BYTES <= LINE_BYTES or len(latex.encode()) <= LINE_BYTES:
        return Latex(latex)
    return Latex("".join(_wrapped(TOKEN.findall(latex))))


def _wrapped(tokens: Sequence[str]) -> Iterator[str]:
    size = 0
    for token in tokens[:-1]:
        if size >= LINE_BYTES and token.isspace():
            yield "\n"
            size = 0
            continue
        if size >= LONGEST_LINE_BYTES:
            yield "%\n"
            size = 0
        yield token
        size += len(token.encode())
    yield tokens[-1]
