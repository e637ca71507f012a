"""What holds for all tests: properties are tried without a clock, and with the same examples each time."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("studyguide", deadline=None, derandomize=True)
settings.load_profile("studyguide")
