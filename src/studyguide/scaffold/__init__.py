"""A new guide that builds as it is: with a session that teaches the format by example, or for one that exists.

Comes in: a title and a date, or what notes say of a guide. Goes out: a folder under guides/.
Left to others: everything after that.
"""

from studyguide.scaffold.create import create_guide, folder_name, guide_text, remove_made, write_guide

__all__ = ["create_guide", "folder_name", "guide_text", "remove_made", "write_guide"]
