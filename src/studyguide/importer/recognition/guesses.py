"""What a session cannot do without and the notes did not say: a title, a day. Each comes with a question.

Comes in: what is known, the name of the file, a day near the meeting. Goes out: fields of the header.
Left to others: what the notes do say (`head`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studyguide.importer.draft import HeaderField
from studyguide.importer.recognition.dates import find_date_in_name

if TYPE_CHECKING:
    import datetime

_FILE_NUMBER = re.compile(r"^[\d\s._-]+|[\s._-]+\d{0,8}$")
_ENDING = re.compile(r"\.\w{1,9}$")


def guess_title(label: str, book: str, name: str) -> HeaderField:
    """Make a title of what the session is called, else of its book, else of the file's name."""
    stem = _FILE_NUMBER.sub("", _ENDING.sub("", name)).replace("_", " ").replace("-", " ").strip()
    title = label or book or stem[:1].upper() + stem[1:] or "Meeting"
    return HeaderField(name="title", value=title, doubt="no line of the notes says the title: what is it?")


def guess_date(name: str, today: datetime.date, language: str) -> HeaderField:
    """Take the day from the file's name, else the day on which the file was last changed."""
    found = find_date_in_name(name, language, reference=today)
    if found is not None:
        doubt = "the day in the file's name: is it the day of the meeting?"
        return HeaderField(name="date", value=found.date.isoformat(), doubt=doubt)
    doubt = "no line of the notes says the day, this is when the file was last changed: which one was it?"
    return HeaderField(name="date", value=today.isoformat(), doubt=doubt)
