"""Tags of HTML in Markdown: their words stay, they themselves go; what only looks like a tag is words.

Comes in: a stretch of HTML. Goes out: its words, and what it hides.
Left to others: whole pages (`web_pages`).
"""

from __future__ import annotations

import html
import re

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BLOCK_END = re.compile(r"<br\s*/?>|</(?:p|div|li|tr|h[1-6]|summary|dt|dd)\s*>", re.IGNORECASE)
_HIDDEN = re.compile(r"<!--(?P<words>.*?)(?:-->|\Z)", re.DOTALL)
_UNSEEN = re.compile(r"<(?P<name>script|style)\b.*?(?:</(?P=name)\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_PICTURE = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_ALTERNATIVE = re.compile(r"\balt=(?P<mark>[\"'])(?P<words>.*?)(?P=mark)", re.IGNORECASE | re.DOTALL)
_ELEMENTS = (
    "a|abbr|address|article|aside|b|big|blockquote|body|br|button|caption|center|cite|code|col|colgroup|dd|"
    "del|details|dfn|div|dl|dt|em|fieldset|figcaption|figure|font|footer|form|h1|h2|h3|h4|h5|h6|head|header|"
    "hr|html|i|iframe|img|input|ins|kbd|label|legend|li|link|main|mark|meta|nav|ol|p|picture|pre|q|rp|rt|"
    "ruby|s|samp|script|section|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|"
    "tfoot|th|thead|time|title|tr|tt|u|ul|var|video|wbr"
)
"""The elements of HTML that people use in Markdown: `<Ana>` is none of them."""

_TAG = re.compile(rf"</?(?:{_ELEMENTS})(?:[\s/][^<>]*)?>", re.IGNORECASE)


def is_break(tag: str) -> bool:
    """Whether a tag is a line break."""
    return _BREAK.fullmatch(tag) is not None


def strip_tags(text: str) -> str:
    """Take the tags of HTML away; an ended block is a line end."""
    shown = _HIDDEN.sub("", _UNSEEN.sub("", text))
    lines = _BLOCK_END.sub("\n", shown)
    return html.unescape(_TAG.sub("", lines))


def lose_hidden(text: str) -> list[tuple[str, str]]:
    """List what HTML shows otherwise than as words: what it is, and its words."""
    hidden = [("a hidden remark", match["words"].strip()) for match in _HIDDEN.finditer(text)]
    pictures = [_ALTERNATIVE.search(match.group()) for match in _PICTURE.finditer(text)]
    return [*hidden, *(("a picture", found["words"] if found else "") for found in pictures)]
