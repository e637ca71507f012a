"""Recognition: lines of notes become the draft of a session.

Comes in: `Notes`. Goes out: a `Draft` with what was found, and how sure.
`sections` divides, `head` reads what stands before the first part, `parts` writes each part with `sentences` for its
words; `locators`, `quotations`, `people` and `dates` know one thing each.
"""

from __future__ import annotations

from studyguide.importer.recognition.recognise import recognise

__all__ = ["recognise"]
