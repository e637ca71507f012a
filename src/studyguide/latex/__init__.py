"""The second stage: a checked manuscript becomes a LaTeX document for one paper and one audience.

Comes in: a `Manuscript` and what is wanted of it. Goes out: a `TexDocument`.
Left to others: reading (`reader`), compiling (`engine`), looks (studyguide.cls in latex_templates/).
"""

from studyguide.latex.typeset import typeset

__all__ = ["typeset"]
