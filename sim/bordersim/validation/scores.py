"""Scores of forecasts: small functions of arrays; each refuses empty input.

A forecast of n windows is an array [replicate, window] of counts; observations are an array [window].
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bordersim.validation.scoring_rules import scoring_rules

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LEAST_DENOMINATOR = 1.0
PIT_BINS = 10


def averaged_relative_difference(observed: Floats, predicted: Floats) -> float:
    """Return the averaged relative difference (ARD) of a point forecast.

    ARD = 1/T sum_t E(t), E(t) = sum_x |predicted[x, t] - observed[x, t]| / sum_x observed[x, t]: the sum runs
    over places x, the mean over times t (Suleimenova, Bell and Groen 2017, Scientific Reports 7, 13377).
    Each border is scored alone here, so that x takes one value, unless `observed` has a second axis.

    A time with fewer than one event observed in all counts as one event, as in the programs of those authors:
    a forecast of 0 for an observed 0 has no error, a forecast of 30 for an observed 0 has an error of 30.
    So days with zeros can make the ARD large; `weighted_relative_difference` is not affected by them.

    Parameters
    ----------
    observed, predicted
        Counts by time, or by time and place.
    """
    observed, predicted = _checked(observed, predicted)
    error, total = np.abs(predicted - observed), observed
    if observed.ndim > 1:
        error, total = error.sum(axis=1), total.sum(axis=1)
    return float(np.mean(error / np.maximum(total, LEAST_DENOMINATOR)))


def weighted_relative_difference(observed: Floats, predicted: Floats) -> float:
    """Return sum |predicted - observed| / sum observed; NaN where nothing was observed."""
    observed, predicted = _checked(observed, predicted)
    total = observed.sum()
    return float(np.abs(predicted - observed).sum() / total) if total > 0 else float("nan")


def mean_absolute_scaled_error(observed: Floats, predicted: Floats, naive: Floats) -> float:
    """Return the mean absolute error divided by that of a naive forecast of the same windows (MASE).

    Below 1 the forecast is better than the naive one, which itself has 1. Windows without a naive forecast
    (NaN) count for neither. It is NaN where the naive forecast has no error at all, as it
    has in a series of zeros: nothing can be better than that.
    """
    observed, predicted = _checked(observed, predicted)
    known = np.isfinite(naive)
    if not known.any():
        return float("nan")
    scale = np.abs(naive - observed)[known].mean()
    return float(np.abs(predicted - observed)[known].mean() / scale) if scale > 0 else float("nan")


def continuous_ranked_probability_score(observed: Floats, replicates: Floats) -> Floats:
    """Return the CRPS of each window [events]: E|X - y| - E|X - X'| / 2 over the replicates.

    Without spread it is the absolute error of the forecast; zeros need no special care.
    """
    observed, replicates = _checked_replicates(observed, replicates)
    score: Floats = scoring_rules().crps_ensemble(observed, replicates.T, estimator="qd", backend="numpy")
    return score


def interval_score(observed: Floats, replicates: Floats, share: float) -> Floats:
    """Return the interval score of each window [events]: width, and 2/alpha times what lies outside.

    The interval contains the middle `share` of the replicates; alpha = 1 - share.
    """
    observed, replicates = _checked_replicates(observed, replicates)
    low, high = interval(replicates, share)
    score: Floats = scoring_rules().interval_score(observed, low, high, 1 - share, backend="numpy")
    return score


def interval(replicates: Floats, share: float) -> tuple[Floats, Floats]:
    """Return the ends of the interval with the middle `share` of the replicates of each window."""
    low, high = np.quantile(replicates, [(1 - share) / 2, (1 + share) / 2], axis=0)
    return low, high


def coverage(observed: Floats, replicates: Floats, share: float) -> float:
    """Return the share of windows whose figure is in the interval, both ends included.

    An observed zero is covered by an interval that begins at zero.
    """
    observed, replicates = _checked_replicates(observed, replicates)
    low, high = interval(replicates, share)
    return float(np.mean((low <= observed) & (observed <= high)))


def coverage_of_ranges(lowest: Floats, highest: Floats, replicates: Floats, share: float) -> float:
    """Return the share of windows whose published range, lowest to highest report, meets the interval."""
    lowest, replicates = _checked_replicates(lowest, replicates)
    low, high = interval(replicates, share)
    return float(np.mean((low <= highest) & (lowest <= high)))


def pit_histogram(observed: Floats, replicates: Floats, bins: int = PIT_BINS) -> Floats:
    """Return the rank histogram of the figures among the replicates; flat if calibrated.

    For counts, where replicates may equal the figure, its rank is spread evenly from the share of replicates
    below it to the share not above it (Czado, Gneiting and Held 2009, Biometrics 65, 1254-1261).
    """
    observed, replicates = _checked_replicates(observed, replicates)
    below, up_to = (replicates < observed).mean(axis=0), (replicates <= observed).mean(axis=0)
    edges = np.linspace(0, 1, bins + 1)[:, np.newaxis]
    spread = np.where(up_to > below, up_to - below, 1)
    reached = np.where(up_to > below, np.clip((edges - below) / spread, 0, 1), edges > below)
    reached[0], reached[-1] = 0, 1
    shares: Floats = np.diff(reached, axis=0).mean(axis=1)
    return shares


def _checked_replicates(observed: Floats, replicates: Floats) -> tuple[Floats, Floats]:
    """Refuse invalid input; `replicates` has one more axis."""
    if np.ndim(replicates) != np.ndim(observed) + 1 or len(replicates) == 0:
        raise ValueError("a forecast by replicate and window is needed")
    observed, _ = _checked(observed, np.asarray(replicates, dtype=np.float64)[0])
    return observed, np.asarray(replicates, dtype=np.float64)


def _checked(observed: Floats, predicted: Floats) -> tuple[Floats, Floats]:
    """Refuse empty input, unequal shapes and NaN: none of them is a perfect score."""
    observed, predicted = np.asarray(observed, np.float64), np.asarray(predicted, np.float64)
    if observed.size == 0:
        raise ValueError("nothing was observed: there is nothing to score")
    if observed.shape != predicted.shape:
        raise ValueError(f"{observed.shape} observed, {predicted.shape} predicted")
    if not (np.isfinite(observed).all() and np.isfinite(predicted).all()):
        raise ValueError("what was observed or predicted is not a number")
    return observed, predicted
