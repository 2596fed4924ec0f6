"""What holds for all tests: property tests draw the same inputs every time, however slow the machine."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("bordersim", derandomize=True, deadline=None)
settings.load_profile("bordersim")
