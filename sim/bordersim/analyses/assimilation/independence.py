"""How much a set of histories is worth: how many different sets of values, how many independent ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from bordersim.analyses.assimilation.study import History

    Floats = NDArray[np.float64]

UNLIKE = 0.05  # of a range: sets that differ by no more anywhere are one
LEAST_SPREAD = 1e-12


def different_sets(histories: Sequence[History]) -> int:
    """Count the sets of values that differ from each counted before by more than 5 % of some range."""
    found: list[Floats] = []
    for shares in (np.array(history.shares) for history in histories):
        if all(np.abs(shares - other).max() > UNLIKE for other in found):
            found.append(shares)
    return len(found)


def effective_sets(starts: Sequence[History], ends: Sequence[History]) -> float:
    """Estimate how many independent sets say as much as those at the ends of chains.

    Chains that began at one ancestor are alike as far as they have not forgotten it: with families of m and a
    correlation r within them, n chains say as much as n / (1 + (m - 1) r) (the design effect of Kish 1965).
    """
    shares = np.array([history.shares for history in ends])
    families = np.unique([str(history.keys.first) for history in starts], return_inverse=True)[1]
    return len(shares) / (1.0 + (_family_size(families) - 1.0) * _likeness(shares, families))


def correlation(one: Floats, other: Floats) -> float:
    """Return how alike two columns are; 1 where one does not vary."""
    if min(one.std(), other.std()) < LEAST_SPREAD:
        return 1.0
    return float(np.corrcoef(one, other)[0, 1])


def _family_size(families: NDArray[np.intp]) -> float:
    """Return how large the family of a member is, on average."""
    counts = np.bincount(families)
    return float((counts**2).sum() / counts.sum())


def _likeness(shares: Floats, families: NDArray[np.intp]) -> float:
    """Return the correlation between members of one family, averaged over values; 0 where negative."""
    centred = (shares - shares.mean(axis=0)) / shares.std(axis=0).clip(min=LEAST_SPREAD)
    alike = families[:, None] == families[None, :]
    np.fill_diagonal(alike, False)
    products = centred @ centred.T / shares.shape[1]
    return float(max(products[alike].mean(), 0.0)) if alike.any() else 0.0
