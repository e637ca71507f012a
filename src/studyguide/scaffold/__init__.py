"""A new guide that builds as it is and teaches the format by example.

Comes in: a title and a date. Goes out: a folder under guides/.
Left to others: everything after that.
"""

from studyguide.scaffold.create import create_guide

__all__ = ["create_guide"]
