"""Where sets of values are drawn from: the prior at first, then towards where the evidence was."""

from __future__ import annotations

from collections.abc import Sequence
from math import lgamma
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

PRIOR_POINTS = 8.0  # how many points of the prior stand beside those of the pool
MOST_POINTS = 40.0  # a pool is trusted as if it held so many independent sets, at most
PRIOR_SHARE = 0.2  # of each value drawn from the prior whatever the pool says, so that no weight grows large
EDGE = 1e-6
KEYED_STREAM = 0x4E7ED  # keeps the draws of one value apart from all other chance
LEAST_CONCENTRATION = 0.5


def normed(logs: Floats) -> Floats:
    """Return weights that add up to 1 from their logarithms."""
    weights = np.exp(logs - np.max(logs))
    shares: Floats = weights / weights.sum()
    return shares


def effective(weights: Floats) -> float:
    """Return how many equal weights would say as much as these: 1 over the sum of squares (Kish 1965)."""
    return float(1.0 / np.square(weights).sum())


def log_mean(logs: Floats) -> float:
    """Return the logarithm of the mean of what these are the logarithms of."""
    most = float(np.max(logs))
    return most + float(np.log(np.mean(np.exp(logs - most))))


def systematic(weights: Floats, count: int, chance: np.random.Generator) -> NDArray[np.intp]:
    """Draw `count` indexes by weight, each as often as its share says, rounded up or down (Kitagawa 1996)."""
    places = (chance.uniform() + np.arange(count)) / count
    picked: NDArray[np.intp] = np.searchsorted(np.cumsum(weights), places).clip(0, len(weights) - 1)
    return picked


class Proposal:
    """A Beta distribution for each value, mixed with the prior, which is even on the unit cube.

    Parameters
    ----------
    shapes
        The two shapes of each Beta; None draws from the prior.
    """

    def __init__(self, dimensions: int, shapes: Floats | None = None) -> None:
        self.dimensions, self.shapes = dimensions, shapes

    @classmethod
    def fitted(cls, shares: Floats, weights: Floats) -> Proposal:
        """Return the proposal with the moments of weighted sets of values and of some points of the prior."""
        points = min(effective(weights), MOST_POINTS)
        total = points + PRIOR_POINTS
        mean = (points * (weights @ shares) + PRIOR_POINTS * 0.5) / total
        of_prior = (mean - 0.5) ** 2 + 1.0 / 12.0
        variance = (points * (weights @ (shares - mean) ** 2) + PRIOR_POINTS * of_prior) / total
        concentration = np.maximum(mean * (1.0 - mean) / variance - 1.0, LEAST_CONCENTRATION)
        return cls(shares.shape[1], np.stack([mean * concentration, (1.0 - mean) * concentration]))

    def draw(self, count: int, chance: np.random.Generator) -> tuple[Floats, Floats]:
        """Draw sets of values: points of the unit cube, and log(prior / proposal) of each."""
        shares = _latin_hypercube(count, self.dimensions, chance)
        if self.shapes is None:
            return shares, np.zeros(count)
        first, second = self.shapes
        taken = chance.uniform(size=shares.shape) < PRIOR_SHARE
        shares = np.where(taken, shares, chance.beta(first, second, size=shares.shape))
        shares = shares.clip(EDGE, 1.0 - EDGE)
        return shares, -self._log_density(shares)

    def _log_density(self, shares: Floats) -> Floats:
        """Return the logarithm of the density of the mixture; that of the prior is 0."""
        assert self.shapes is not None
        a, b = self.shapes
        norm = np.array([lgamma(x + y) - lgamma(x) - lgamma(y) for x, y in zip(a, b, strict=True)])
        beta = np.exp(norm + (a - 1.0) * np.log(shares) + (b - 1.0) * np.log1p(-shares))
        logs: Floats = np.log(PRIOR_SHARE + (1.0 - PRIOR_SHARE) * beta).sum(axis=1)
        return logs


class Keyed(Proposal):
    """The prior, with chance of its own for each value: whatever else varies, a value has the same draws.

    Parameters
    ----------
    seed
        Of the filter.
    keys
        What varies.
    """

    def __init__(self, seed: int, keys: Sequence[str]) -> None:
        super().__init__(len(keys))
        self.seed, self.keys = seed, tuple(keys)

    def draw(self, count: int, chance: np.random.Generator) -> tuple[Floats, Floats]:
        """Draw sets of values from the prior; of `chance` nothing is used."""
        shares = np.empty((count, self.dimensions))
        for i, key in enumerate(self.keys):
            own = np.random.default_rng([KEYED_STREAM, self.seed, *key.encode()])
            shares[:, i] = _latin_hypercube(count, 1, own)[:, 0]
        return shares, np.zeros(count)


def _latin_hypercube(count: int, dimensions: int, chance: np.random.Generator) -> Floats:
    """Draw points of which each coordinate lies once in each of `count` equal parts."""
    strata = np.argsort(chance.uniform(size=(dimensions, count)), axis=1).T
    points: Floats = (strata + chance.uniform(size=(count, dimensions))) / count
    return points
