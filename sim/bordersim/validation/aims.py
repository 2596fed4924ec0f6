"""The aims of a row of the scorecard, and which are missed."""

from __future__ import annotations

from collections.abc import Mapping
from math import comb
from typing import Any

# The bar of the field: Flee reaches an averaged relative difference below this in ten conflicts.
ARD_BAR = 0.6
MASE_BAR = 1.0
NOMINAL90 = 0.9
# Coverage is too low if so few hits had less than this chance under the nominal share.
LEAST_CHANCE = 0.05
# Against one or two windows a naive forecast is luck.
FEWEST_FOR_MASE = 3

ARD, MASE, COVERAGE, WIDTH = "ard", "mase", "coverage90", "width90"


def missed(row: Mapping[str, Any]) -> str:
    """Return the aims a row misses: error, error against naive, coverage, width; empty if none.

    NaN is not counted as a miss.
    """
    hits = round(row["coverage90"] * row["n"])
    found = {
        ARD: row["ard"] > ARD_BAR,
        MASE: row["n_naive"] >= FEWEST_FOR_MASE and row["mase_best"] >= MASE_BAR,
        COVERAGE: chance_of_so_few(hits, row["n"], NOMINAL90) < LEAST_CHANCE,
        WIDTH: row["width90"] > row["naive_width90"],
    }
    return " ".join(name for name, is_missed in found.items() if is_missed)


def chance_of_so_few(hits: int, trials: int, share: float) -> float:
    """Return the binomial chance of at most `hits` in `trials`, as if the windows were independent."""
    return sum(comb(trials, k) * share**k * (1 - share) ** (trials - k) for k in range(hits + 1))
