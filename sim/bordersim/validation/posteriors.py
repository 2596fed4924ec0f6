"""From simulated summaries to a posterior: history matching, then regression-adjusted rejection (ABC).

Parameters are shares (0 to 1) of their ranges, so that a prior uniform over a range is uniform here.
Summaries are on a scale on which errors are alike, such as the logarithm.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Marks = NDArray[np.bool_]

EDGE = 1e-6  # a share of 0 or 1 has no logit
# Fewer simulations than this many for each coefficient of the regression fit noise.
FEWEST_FOR_A_COEFFICIENT = 3


class Posterior(NamedTuple):
    """Weighted points of the unit cube: one row per accepted simulation, with its weight."""

    shares: Floats
    weights: Floats  # add up to 1
    accepted: NDArray[np.intp]

    def quantiles(self, levels: tuple[float, ...]) -> Floats:
        """Return weighted quantiles of every parameter: level, parameter."""
        columns = [weighted_quantiles(column, self.weights, levels) for column in self.shares.T]
        return np.stack(columns, axis=1)

    def means(self) -> Floats:
        """Return the weighted mean of every parameter."""
        mean: Floats = self.weights @ self.shares
        return mean


def implausibility(simulated: Floats, observed: Floats, variance: Floats) -> Floats:
    """Return the implausibility of each draw in each summary [standard deviations]: draw, summary.

    |mean of the draw's replicates - observed| over the root of the variances of one replicate, of the mean of
    R (both from the variance within draws, pooled over draws) and of observation and model discrepancy,
    `variance` (Craig et al. 1997; Vernon, Goldstein and Bower 2010).

    Parameters
    ----------
    simulated
        Draw, replicate, summary.
    observed, variance
        By summary.
    """
    replicates = simulated.shape[1]
    chance = within_draws(simulated) * (1 + 1 / replicates)
    off: Floats = np.abs(simulated.mean(axis=1) - observed) / np.sqrt(chance + variance)
    return off


def within_draws(simulated: Floats) -> Floats:
    """Return the variance of a replicate about the mean of its draw, pooled over draws, by summary."""
    if simulated.shape[1] < 2:
        return np.zeros(simulated.shape[2])
    pooled: Floats = simulated.var(axis=1, ddof=1).mean(axis=0)
    return pooled


def regression_abc(shares: Floats, summaries: Floats, observed: Floats, accept_share: float) -> Posterior:
    """Accept the simulations nearest to the record and adjust them by local linear regression.

    Distance is Euclidean after scaling each summary; weights are an Epanechnikov kernel of it; the line is
    fitted to the logits of the shares by weighted least squares, so that adjusted values stay in range
    (Beaumont, Zhang and Balding 2002).

    Parameters
    ----------
    shares
        Simulation, parameter.
    summaries
        Simulation, summary; chance, observation error and discrepancy are in them.
    observed
        By summary.
    accept_share
        The share of the simulations that is accepted.
    """
    scaled, target = _scaled(summaries, observed)
    distance = np.sqrt(((scaled - target) ** 2).sum(axis=1))
    fewest = FEWEST_FOR_A_COEFFICIENT * (1 + summaries.shape[1])
    count = min(len(distance), max(round(accept_share * len(distance)), fewest))
    accepted = np.argsort(distance, kind="stable")[:count]
    weights = _epanechnikov(distance[accepted])
    logits = _logit(shares[accepted])
    moved = _moved(logits, scaled[accepted] - target, weights)
    return Posterior(1 / (1 + np.exp(-moved)), weights / weights.sum(), accepted)


def resampled(posterior: Posterior, count: int, chance: np.random.Generator) -> Floats:
    """Draw a number of points by systematic resampling of the weights."""
    places = (np.arange(count) + chance.random()) / count
    index = np.searchsorted(np.cumsum(posterior.weights), places).clip(max=len(posterior.weights) - 1)
    drawn: Floats = posterior.shares[chance.permutation(index)]
    return drawn


def weighted_quantiles(values: Floats, weights: Floats, levels: tuple[float, ...]) -> Floats:
    """Return the quantiles of weighted values; weights add up to 1."""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order]) - weights[order] / 2
    return np.interp(levels, reached, values[order])


def width_ratios(posterior: Posterior, share: float) -> Floats:
    """Return the width of the middle `share` of the posterior over that of the prior, by parameter."""
    low, high = posterior.quantiles(((1 - share) / 2, (1 + share) / 2))
    ratio: Floats = (high - low) / share
    return ratio


def _scaled(summaries: Floats, observed: Floats) -> tuple[Floats, Floats]:
    """Divide by the spread of each summary; one that never varies has no effect."""
    spread = summaries.std(axis=0)
    varies = spread > 0
    return summaries[:, varies] / spread[varies], observed[varies] / spread[varies]


def _epanechnikov(distance: Floats) -> Floats:
    """Weight by distance; the farthest accepted one sets the tolerance and has weight 0."""
    tolerance = distance.max() * (1 + 1e-9)
    weights: Floats = 1 - (distance / tolerance) ** 2 if tolerance > 0 else np.ones_like(distance)
    return weights


def _moved(values: Floats, offsets: Floats, weights: Floats) -> Floats:
    """Adjust values along the line fitted to them by weighted least squares to where the offsets are 0."""
    root = np.sqrt(weights)[:, np.newaxis]
    design = np.concatenate([np.ones((len(offsets), 1)), offsets], axis=1)
    lines, *_ = np.linalg.lstsq(design * root, values * root, rcond=None)
    moved: Floats = values - offsets @ lines[1:]
    return moved


def _logit(shares: Floats) -> Floats:
    inner = np.clip(shares, EDGE, 1 - EDGE)
    logits: Floats = np.log(inner / (1 - inner))
    return logits
