"""Assertions about random samples: no tolerance by feel, but a stated chance of a false alarm.

A bound follows from the size of the sample and from `FALSE_ALARM`, the chance that one assertion fails
although the model is right. Bounds are exact (binomial, Poisson, gamma) or hold for every distribution
(Dvoretzky-Kiefer-Wolfowitz with Massart's constant); none is an approximation for large samples.
`finds` is the fault that a test is there to find: an assertion whose sample is too small for it fails.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

FALSE_ALARM = 1e-6


def assert_share(
    hits: int, trials: int, probability: float, finds: float, alarm: float = FALSE_ALARM
) -> None:
    """Check `hits` of independent `trials` against a probability, by the exact binomial test, two-sided."""
    _assert_binomial(np.array([hits]), trials, np.array([probability]), finds, alarm)


def assert_shares(counts: ArrayLike, probabilities: ArrayLike, finds: float) -> None:
    """Check counts of a multinomial sample, cell by cell; the false alarm is shared out among the cells."""
    cells, expected = np.asarray(counts), np.asarray(probabilities, dtype=np.float64)
    assert cells.shape == expected.shape
    assert abs(expected.sum() - 1) < len(expected) * np.finfo(float).eps, "probabilities must sum to 1"
    assert not cells[expected == 0].any(), "what cannot happen happened"
    _assert_binomial(cells, int(cells.sum()), expected, finds, FALSE_ALARM / len(cells))


def _assert_binomial(
    hits: NDArray[np.int64], trials: int, probability: NDArray[np.float64], finds: float, alarm: float
) -> None:
    """Check each count against its binomial law."""
    law = stats.binom(trials, probability)
    low, high = law.ppf(alarm / 2), law.isf(alarm / 2)
    assert (high - low <= 2 * finds * trials).all(), f"{trials} trials cannot find a fault of {finds}"
    wrong = np.flatnonzero((hits < low) | (hits > high))
    assert not len(wrong), [
        f"cell {i}: {hits[i]} of {trials}, not {low[i]:.0f} to {high[i]:.0f} (probability {probability[i]})"
        for i in wrong
    ]


def assert_poisson(count: int, mean: float, finds: float) -> None:
    """Check a count against a Poisson law; `finds` is a relative fault of the mean."""
    law = stats.poisson(mean)
    low, high = law.ppf(FALSE_ALARM / 2), law.isf(FALSE_ALARM / 2)
    assert high - low <= 2 * finds * mean, f"a mean of {mean} cannot find a fault of {finds}"
    assert low <= count <= high, f"{count}, not {low:.0f} to {high:.0f} (mean {mean})"


def compound_poisson(mean: float, sizes: NDArray[np.float64]) -> stats.rv_discrete:
    """Return the law of a sum of a Poisson number of independent sizes 0, 1, 2... with these probabilities.

    Its mean is mean x E[size], its variance mean x E[size**2]. By the Fourier transform of a table long
    enough that what lies beyond it, and is folded back, is less than the rounding.
    """
    values = np.arange(len(sizes))
    middle, spread = mean * sizes @ values, np.sqrt(mean * sizes @ values**2)
    length = 2 ** int(np.ceil(np.log2(middle + 12 * spread + len(sizes))))
    table = np.fft.ifft(np.exp(mean * (np.fft.fft(sizes, length) - 1))).real.clip(0)
    return stats.rv_discrete(values=(np.arange(length), table / table.sum()))


def assert_count(count: int, law: stats.rv_discrete, finds: float) -> None:
    """Check one count against its law; `finds` is a relative fault of the mean."""
    low, high = law.ppf(FALSE_ALARM / 2), law.ppf(1 - FALSE_ALARM / 2)
    assert high - low <= 2 * finds * law.mean(), f"a mean of {law.mean()} cannot find a fault of {finds}"
    assert low <= count <= high, f"{count}, not {low:.0f} to {high:.0f} (mean {law.mean()})"


def assert_exponential(waits: ArrayLike, mean: float, finds: float) -> None:
    """Check the sum of exponential waits, which is gamma distributed; `finds` is a relative fault."""
    sample = np.asarray(waits)
    law = stats.gamma(len(sample), scale=mean / len(sample))
    low, high = law.ppf(FALSE_ALARM / 2), law.isf(FALSE_ALARM / 2)
    assert high - low <= 2 * finds * mean, f"{len(sample)} waits cannot find a fault of {finds}"
    assert low <= sample.mean() <= high, f"mean {sample.mean()}, not {low} to {high}"


def assert_law(sample: ArrayLike, cdf: Callable[[NDArray[np.float64]], ArrayLike], finds: float) -> None:
    """Check a sample against a distribution function, whole and not by moments; discrete laws too."""
    values = np.sort(np.asarray(sample, dtype=np.float64))
    bound = float(np.sqrt(np.log(2 / FALSE_ALARM) / (2 * len(values))))
    assert bound <= finds, f"{len(values)} values cannot find a fault of {finds}"
    points = np.unique(values)
    below = np.searchsorted(values, points, side="left") / len(values)
    up_to = np.searchsorted(values, points, side="right") / len(values)
    just_before = np.asarray(cdf(np.nextafter(points, -np.inf)))
    farthest = max(np.abs(up_to - np.asarray(cdf(points))).max(), np.abs(below - just_before).max())
    assert farthest <= bound, f"distance {farthest:.4f} from the law, bound {bound:.4f}"


def assert_independent(first: ArrayLike, second: ArrayLike, finds: float, cells: int = 4) -> None:
    """Check that pairs of uniform numbers fill the cells of a square evenly."""
    rows = np.minimum((np.asarray(first) * cells).astype(int), cells - 1)
    columns = np.minimum((np.asarray(second) * cells).astype(int), cells - 1)
    counts = np.bincount(rows * cells + columns, minlength=cells * cells)
    assert_shares(counts, np.full(cells * cells, 1 / cells**2), finds)


def exponential_cdf(mean: float) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    """Return the distribution function of an exponential law."""
    return lambda x: -np.expm1(-np.maximum(x, 0) / mean)
