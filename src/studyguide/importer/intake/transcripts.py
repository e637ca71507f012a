"""Messages that were pasted from a chat: each opens with its time, as `[18:32] Ana: …`.

Comes in: the lines of a text. Goes out: the same lines without the times, and what was taken away.
Left to others: who speaks (`recognition.people`), lines that are no messages (`plain_text`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studyguide.importer.notes import Loss

if TYPE_CHECKING:
    from collections.abc import Sequence

_DAY = r"(?:[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{1,4},?\s+)"
_TIME = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\s?[ap]\.?m\.?)?"
_STAMP = re.compile(
    rf"\u200e?(?:\[(?P<day>{_DAY})?{_TIME}\]|(?P<date>{_DAY}){_TIME}\s+[–-])\s+(?=[^\W\d_])", re.IGNORECASE
)
_LEAST_MESSAGES = 3
_SHARE = 0.3
"""When so many lines open with a time in brackets, the text is a chat: messages may go on in further lines."""


def take_message_times(lines: Sequence[str]) -> tuple[list[str], tuple[Loss, ...]]:
    """Take the times off the messages of a chat; they are reported."""
    shown = sum(bool(line.strip()) for line in lines)
    stamps = [_STAMP.match(line) for line in lines]
    messages = [each for each in stamps if each is not None]
    if len(messages) < max(_LEAST_MESSAGES, _SHARE * shown):
        return list(lines), ()
    times = " ".join(each.group().strip() for each in messages)
    first = next(at for at, each in enumerate(stamps, 1) if each is not None)
    kept = [line[each.end() :] if each is not None else line for line, each in zip(lines, stamps, strict=True)]
    return kept, (Loss(number=first, what="the times of messages", words=times),)
