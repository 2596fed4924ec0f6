"""Which keys go with a figure over draws more closely than chance: rank correlations against shuffled draws.

Where nothing matters, the figure belongs to any draw as well as to its own. So its draws are shuffled many
times, and the closest of all keys is noted each time. A key is named only if it is closer than those are in
95 % of the shuffles: of figures that no key moves, 1 in 20 has a key named by chance, however many keys
there are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FALSE_ALARM = 0.05  # share of the figures for which a key is named although none moves them
SHUFFLES, SEED = 999, 20210528
ROUNDING = float(np.finfo(np.float32).eps)  # equal but for it is no closer


def clearly_close(keys: Mapping[str, Floats], figure: Floats) -> list[str]:
    """Return the keys that go with a figure more closely than chance, the closest first.

    Parameters
    ----------
    keys
        What was drawn of each key, by draw.
    figure
        The figure, by draw.
    """
    if not keys or len(figure) < 2:
        return []
    ranks = np.array([_scaled_ranks(values) for values in keys.values()])
    of_figure = _scaled_ranks(figure)
    found, least = np.abs(ranks @ of_figure), _least_closeness(ranks, of_figure)
    order = np.argsort(-found, kind="stable")
    names = list(keys)
    return [names[i] for i in order if found[i] > least]


def _least_closeness(ranks: Floats, of_figure: Floats) -> float:
    """Return which closeness the closest key exceeds in so few shuffles."""
    chance = np.random.default_rng(SEED)
    most = [np.abs(ranks @ chance.permutation(of_figure)).max() for _ in range(SHUFFLES)]
    place = int(np.ceil((1 - FALSE_ALARM) * (SHUFFLES + 1))) - 1
    return float(np.sort(most)[place]) + ROUNDING


def _scaled_ranks(values: Floats) -> Floats:
    """Return ranks about their mean, scaled so that products of two are rank correlations."""
    from scipy.stats import rankdata

    ranks: Floats = rankdata(values) - (len(values) + 1) / 2
    size = float(np.sqrt((ranks**2).sum()))
    return ranks / size if size > 0 else ranks
