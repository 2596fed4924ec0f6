"""History matching and ABC against what is known in closed form.

Bounds are multiples of a standard error: 4.9 of them are left by chance in one case of a million.
"""

from __future__ import annotations

import numpy as np
import pytest

from bordersim.validation.posteriors import (
    Posterior,
    implausibility,
    regression_abc,
    resampled,
    weighted_quantiles,
    width_ratios,
)

ERRORS = 4.9
SIMULATIONS = 8000


def flat(shares: np.ndarray) -> Posterior:
    """A posterior of points that weigh alike."""
    return Posterior(shares, np.full(len(shares), 1 / len(shares)), np.arange(len(shares)))


def test_implausibility_of_a_known_function_without_chance() -> None:
    """|10 u - 5| / 0.5 is 3 where u is 0.15 from the middle."""
    shares = np.linspace(0, 1, 101)
    off = implausibility(10 * shares[:, None, None], np.array([5.0]), np.array([0.25]))
    assert off[:, 0] == pytest.approx(np.abs(10 * shares - 5) / 0.5)
    left = shares[off[:, 0] <= 3 + 1e-9]
    assert (left[0], left[-1]) == (pytest.approx(0.35), pytest.approx(0.65))


def test_implausibility_counts_chance_in_one_replicate_and_in_the_mean_of_all() -> None:
    """Replicates at m - 2 and m + 2 vary by 8, the figure and the mean of two by 8 + 4."""
    simulated = np.array([[[8.0], [12.0]], [[18.0], [22.0]]])
    off = implausibility(simulated, np.array([10.0]), np.array([4.0]))
    assert off[:, 0] == pytest.approx([0.0, 10 / 4])


@pytest.mark.parametrize("at", [0.35, 0.5, 0.6])
def test_linear_gaussian_posterior_has_the_known_mean_and_spread(at: float) -> None:
    """With s = 3 u + e, e of sd 0.06, and u even, u is normal around s / 3 with sd 0.02."""
    chance = np.random.default_rng(7)
    shares = chance.random((SIMULATIONS, 1))
    summaries = 3 * shares + chance.normal(0, 0.06, (SIMULATIONS, 1))
    posterior = regression_abc(shares, summaries, np.array([3 * at]), 0.1)
    size = 1 / (posterior.weights**2).sum()
    sd = np.sqrt(posterior.weights @ (posterior.shares[:, 0] - posterior.means()[0]) ** 2)
    assert abs(posterior.means()[0] - at) < ERRORS * 0.02 / np.sqrt(size)
    assert abs(sd - 0.02) < ERRORS * 0.02 / np.sqrt(2 * size)


def test_without_the_regression_the_same_posterior_would_be_too_wide() -> None:
    """Plain rejection keeps the width of its tolerance, here 0.05 to either side, more than the truth."""
    chance = np.random.default_rng(7)
    shares = chance.random((SIMULATIONS, 1))
    summaries = 3 * shares + chance.normal(0, 0.06, (SIMULATIONS, 1))
    posterior = regression_abc(shares, summaries, np.array([1.5]), 0.1)
    assert shares[posterior.accepted, 0].std() > 1.5 * 0.02


def test_two_parameters_one_of_which_no_summary_sees() -> None:
    chance = np.random.default_rng(8)
    shares = chance.random((SIMULATIONS, 2))
    summaries = shares[:, :1] + chance.normal(0, 0.02, (SIMULATIONS, 1))
    seen, unseen = width_ratios(regression_abc(shares, summaries, np.array([0.5]), 0.1), 0.9)
    # The middle nine tenths of a normal are 2 x 1.645 sd wide, of the prior 0.9. The ends of 800 points, of
    # which some 660 count, lie within 4.9 x sqrt(0.05 x 0.95 / 660) = 0.042 of where they should, as shares.
    assert seen == pytest.approx(2 * 1.645 * 0.02 / 0.9, rel=0.25)
    assert unseen == pytest.approx(1.0, abs=2 * 0.042 / 0.9)


def test_a_summary_that_never_varies_tells_nothing() -> None:
    chance = np.random.default_rng(9)
    shares = chance.random((500, 1))
    varies = shares + chance.normal(0, 0.02, (500, 1))
    both = np.concatenate([varies, np.full((500, 1), 4.0)], axis=1)
    alone = regression_abc(shares, varies, np.array([0.5]), 0.2)
    assert regression_abc(shares, both, np.array([0.5, 77.0]), 0.2).shares == pytest.approx(alone.shares)


def test_width_ratios_of_points_spread_over_all_and_over_half_of_the_prior() -> None:
    even = (np.arange(1000) + 0.5) / 1000
    ratios = width_ratios(flat(np.stack([even, 0.25 + even / 2], axis=1)), 0.9)
    assert ratios == pytest.approx([1.0, 0.5])


def test_weighted_quantiles_are_those_of_points_repeated_by_their_weight() -> None:
    values, weights = np.array([3.0, 1.0, 2.0]), np.array([0.25, 0.5, 0.25])
    assert weighted_quantiles(values, weights, (0.25, 0.625, 0.875)) == pytest.approx([1.0, 2.0, 3.0])


def test_resampling_takes_each_point_by_its_weight_to_within_one() -> None:
    weights = np.array([0.1, 0.6, 0.3])
    posterior = Posterior(np.array([[0.1], [0.2], [0.3]]), weights, np.arange(3))
    drawn = resampled(posterior, 100, np.random.default_rng(1))
    counts = np.array([(drawn == value).sum() for value in (0.1, 0.2, 0.3)])
    assert (np.abs(counts - 100 * weights) <= 1).all()
