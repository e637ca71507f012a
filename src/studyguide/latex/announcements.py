"""Announcements -> fragments: each item of a list with its addresses, to type and to scan.

Comes in: the blocks of an announcements part. Goes out: an `announcement` each; an address is printed once, at its end.
Left to others: which words only say an address (`bare_addresses`), the drawing of a code (`qr`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studyguide.latex.bare_addresses import without_addresses
from studyguide.latex.blocks import set_blocks
from studyguide.latex.escape import Latex, escape_url
from studyguide.latex.fragments import TexCommand, TexEnvironment
from studyguide.model import blocks

if TYPE_CHECKING:
    from studyguide.diagnostics import SourceSpan
    from studyguide.latex.fragments import Fragment
    from studyguide.latex.setting import Setting
    from studyguide.model.blocks import Block


class Announcement(TexEnvironment):
    """One announcement."""


class Address(TexCommand):
    """An address to type or to scan: address, printed address, modules of its QR code."""


def set_announcements(content: tuple[Block, ...], setting: Setting) -> list[Fragment]:
    """Set each item of a list, and each block beside lists, as an announcement; headings stay as they are."""
    fragments: list[Fragment] = []
    for block in content:
        match block:
            case blocks.Topic() | blocks.ThematicBreak():
                fragments += set_blocks((block,), setting)
            case blocks.ListBlock():
                for item in block.items:
                    fragments += _set_announcement(item.content, item.span, setting)
            case _:
                fragments += _set_announcement((block,), block.span, setting)
    return fragments


def _set_announcement(content: tuple[Block, ...], span: SourceSpan, setting: Setting) -> list[Fragment]:
    worded, dropped = without_addresses(content)
    in_words: list[blocks.Link] = []
    fragments = set_blocks(worded, replace(setting, addresses=in_words))
    links = {link.address: link for link in sorted((*dropped, *in_words), key=lambda link: link.span)}
    is_said = len(links) == 1 and any(link.is_bare for link in in_words)
    addresses = [_set_address(link, setting, is_said=is_said) for link in links.values()]
    return [setting.apparatus.origins.mark(span), Announcement(content=[*fragments, *addresses])]


def _set_address(link: blocks.Link, setting: Setting, *, is_said: bool) -> Address:
    """Set an address; one that a sentence says is not printed again, unless it must be told from others."""
    from studyguide.latex.qr import qr_modules  # most of the time it takes to load this stage, and few parts need it

    printed = Latex("") if is_said else setting.address(link)
    return Address(escape_url(link.address), printed, Latex(qr_modules(link.address)))
