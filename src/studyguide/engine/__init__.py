"""compile: a LaTeX document becomes a PDF, set by a LuaLaTeX that is already running.

Comes in: `TexDocument` and kept auxiliary bytes. Goes out: `CompiledPdf`, or TeX's complaints on the author's lines.
Left to others: what stands in the document (`latex`), what is done with the PDF (`prepress`).
"""

from studyguide.engine.assets import check_assets, prepare_assets
from studyguide.engine.compile import compile_document
from studyguide.engine.probe import Finding, examine_installation
from studyguide.engine.warm import WarmEngines

__all__ = ["Finding", "WarmEngines", "check_assets", "compile_document", "examine_installation", "prepare_assets"]
