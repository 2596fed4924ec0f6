"""What the model is for and what not: the sentence printed wherever its numbers are."""

from __future__ import annotations

LIMITS_OF_USE = (
    "Research model with synthetic people: aggregated results, no personal data, no live feed, not for"
    " operational use, no advice on where to cross. A lower count of recorded crossings is not by itself a"
    " better outcome."
)
