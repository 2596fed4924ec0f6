"""Units of pictures."""

from __future__ import annotations

POINTS_PER_INCH = 72.0
