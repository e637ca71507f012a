"""watch: run the line again whenever a source changes, and show the newest proof in a browser page on this machine.

Comes in: targets and settings. Goes out: PDFs in build/ that are never older than their sources for long, and a page.
`watcher` and `snapshot` say what changed, `live` has it built, `board` holds what there is to show, `server` shows it.
"""

from studyguide.preview.board import Trouble
from studyguide.preview.errand import Outcome
from studyguide.preview.proofing import Proofed
from studyguide.preview.watch import Watch

__all__ = ["Outcome", "Proofed", "Trouble", "Watch"]
