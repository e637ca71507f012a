"""Comments, suggestions and the title of an OpenDocument text, which pandoc passes over.

Comes in: the text's own XML. Goes out: the same XML with links in the places of remarks, and what they stand for.
Left to others: everything else in the document (`pandoc`), putting the remarks into lines (`document_words`).
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from studyguide.importer.intake.document_words import SUGGESTED_DELETION
from studyguide.importer.intake.marked_text import Remark

if TYPE_CHECKING:
    from collections.abc import Callable

_ANNOTATION = re.compile(r"<office:annotation\b[^>]*>(?P<inside>.*?)</office:annotation>", re.DOTALL)
_CHANGED_REGION = re.compile(
    r'<text:changed-region\b[^>]*?\btext:id="(?P<name>[^"]+)"[^>]*>(?P<inside>.*?)</text:changed-region>', re.DOTALL
)
_DELETION = re.compile(r'<text:change\b[^>]*?\btext:change-id="(?P<name>[^"]+)"[^>]*/>')
_INSERTION = re.compile(
    r'<text:change-start\b[^>]*?\btext:change-id="(?P<name>[^"]+)"[^>]*/>(?P<inside>.*?)'
    r'<text:change-end\b[^>]*?\btext:change-id="(?P=name)"[^>]*/>',
    re.DOTALL,
)
_CREATOR = re.compile(r"<dc:creator>(?P<name>.*?)</dc:creator>", re.DOTALL)
_ABOUT = re.compile(r"<(?P<tag>dc:creator|dc:date|meta:[\w-]+)\b[^>]*>.*?</(?P=tag)>", re.DOTALL)
_SPACING = re.compile(r"</text:[ph]>|<text:(?:s|tab|line-break)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_TITLE_STYLE = re.compile(
    r'<style:style\b(?=[^>]*\bstyle:parent-style-name="Title")[^>]*?\bstyle:name="(?P<name>[^"]+)"'
)


def mark_remarks(content: bytes) -> tuple[bytes, dict[str, Remark]]:
    """Put links where remarks stand; their targets are the keys of the remarks."""
    xml = content.decode("utf-8", errors="replace")
    remarks: dict[str, Remark] = {}

    def stand_for(remark: Remark) -> str:
        key = f"#studyguide-remark-{len(remarks) + 1}"
        remarks[key] = remark
        return f'<text:a xlink:type="simple" xlink:href="{key}">*</text:a>'

    if "<text:changed-region" in xml:
        regions = {match["name"]: match["inside"] for match in _CHANGED_REGION.finditer(xml)}
        xml = _INSERTION.sub(lambda match: match["inside"] + _take_insertion(match["inside"], stand_for), xml)
        xml = _DELETION.sub(lambda match: _take_deletion(regions.get(match["name"], ""), stand_for), xml)
    xml = _ANNOTATION.sub(lambda match: stand_for(_read_remark(match["inside"])), xml)
    return _raise_title(xml).encode("utf-8"), remarks


def _take_insertion(inside: str, stand_for: Callable[[Remark], str]) -> str:
    words = _words_of(_ANNOTATION.sub("", inside))
    return stand_for(Remark(words=words, taken_over=True)) if words else ""


def _take_deletion(region: str, stand_for: Callable[[Remark], str]) -> str:
    remark = _read_remark(region)
    if not remark.words:
        return ""
    return stand_for(Remark(words=SUGGESTED_DELETION + remark.words, author=remark.author))


def _read_remark(inside: str) -> Remark:
    creator = _CREATOR.search(inside)
    return Remark(words=_words_of(_ABOUT.sub("", inside)), author=_words_of(creator["name"]) if creator else "")


def _words_of(xml: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", _SPACING.sub(" ", xml))).split())


def _raise_title(xml: str) -> str:
    styles = {"Title", *(match["name"] for match in _TITLE_STYLE.finditer(xml))}
    names = "|".join(re.escape(style) for style in sorted(styles))
    paragraph = re.compile(
        rf'<text:p\b[^>]*?\btext:style-name="(?:{names})"[^>]*(?<!/)>(?P<inside>(?:(?!<text:p\b).)*?)</text:p>',
        re.DOTALL,
    )
    return paragraph.sub(lambda match: f'<text:h text:outline-level="1">{match["inside"]}</text:h>', xml)
