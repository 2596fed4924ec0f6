"""What the model is for and what it is not, in the words that stand wherever its numbers do."""

from __future__ import annotations

LIMITS_OF_USE = (
    "Research model with synthetic people: aggregated results, no personal data, no live feed, not for"
    " operational use, no advice on where to cross. A lower count of recorded crossings is not by itself a"
    " better outcome."
)
