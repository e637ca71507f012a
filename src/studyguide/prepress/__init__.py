"""The prepress stage: a PDF as TeX left it becomes a PDF that can be handed out.

Comes in: `TexDocument` and `CompiledPdf`. Goes out: `FinishedPdf`. Before TeX runs, `check_inserts` looks at what is to
be bound in; for the preview, `describe_pages` says which pages are other ones than before. The package owns pypdf,
whose import takes longer than its work: it waits until there is work, or `get_ready` is called.
Left to others: TeX (`engine`), putting the file in its place (`publish`). Imposition and encryption belong here, too.
"""

from studyguide.prepress.finish import finish, get_ready
from studyguide.prepress.inserts import check_inserts
from studyguide.prepress.page_facts import describe_pages

__all__ = ["check_inserts", "describe_pages", "finish", "get_ready"]
