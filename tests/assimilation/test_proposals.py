"""Weights and proposals: closed forms."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import kstest

from bordersim.analyses.assimilation.proposals import (
    PRIOR_POINTS,
    Proposal,
    effective,
    log_mean,
    normed,
    systematic,
)

FALSE_ALARM = 1e-4
weights_of = st.lists(st.integers(1, 1000), min_size=1, max_size=30).map(
    lambda each: np.array(each) / sum(each)
)


@given(st.integers(1, 50))
def test_equal_weights_are_all_effective(count: int) -> None:
    assert effective(np.full(count, 1 / count)) == pytest.approx(count)
    assert effective(np.eye(count)[0]) == 1


def test_logarithms_far_below_zero_are_no_trouble() -> None:
    assert log_mean(np.array([-2000.0, -2000.0])) == -2000.0
    assert normed(np.array([-2000.0, -2000.0 + np.log(3)])).tolist() == pytest.approx([0.25, 0.75])


@given(weights_of, st.integers(1, 60), st.integers(0, 9))
def test_systematic_draws_each_as_often_as_its_share_says(weights: np.ndarray, count: int, seed: int) -> None:
    picked = np.bincount(systematic(weights, count, np.random.default_rng(seed)), minlength=len(weights))
    assert picked.sum() == count
    assert (np.abs(picked - count * weights) < 1 + 1e-9).all()


def test_the_prior_is_even() -> None:
    shares, logs = Proposal(3).draw(500, np.random.default_rng(1))
    assert not logs.any()
    for column in shares.T:
        assert sorted(np.floor(column * 500).astype(int)) == list(range(500)), "one in each part"


def fitted() -> Proposal:
    shares = np.random.default_rng(2).beta(2, 5, size=(300, 2))
    return Proposal.fitted(shares, np.full(300, 1 / 300))


def test_what_is_fitted_has_the_moments_of_the_pool_and_the_prior() -> None:
    shares, weights = np.full((10, 1), 0.25), np.full(10, 0.1)
    proposal = Proposal.fitted(shares, weights)
    a, b = proposal.shapes[:, 0]
    total = 10 + PRIOR_POINTS
    mean = (10 * 0.25 + PRIOR_POINTS * 0.5) / total
    variance = (10 * (0.25 - mean) ** 2 + PRIOR_POINTS * ((0.5 - mean) ** 2 + 1 / 12)) / total
    assert a / (a + b) == pytest.approx(mean)
    assert a * b / (a + b) ** 2 / (a + b + 1) == pytest.approx(variance)


def test_weights_of_a_proposal_are_prior_over_density() -> None:
    """The density that the weights stand for is one: it adds up to 1 over each value."""
    proposal = fitted()
    one = Proposal(1, proposal.shapes[:, :1])
    density = lambda share: float(np.exp(one._log_density(np.array([[share]])))[0])  # noqa: E731
    assert quad(density, 0, 1)[0] == pytest.approx(1, rel=1e-6)


def test_weighted_draws_of_a_proposal_are_even_again() -> None:
    """The distribution function of the weighted draws, at each tenth: within 5 standard errors."""
    shares, logs = fitted().draw(4000, np.random.default_rng(3))
    weights = np.exp(logs)
    for column in shares.T:
        for level in np.arange(0.1, 1, 0.1):
            below = (column < level) * weights
            assert abs(below.mean() - level) < 5 * below.std() / np.sqrt(4000)


def test_draws_of_a_proposal_have_its_distribution() -> None:
    one = Proposal(1, fitted().shapes[:, :1])
    shares, _ = one.draw(2000, np.random.default_rng(4))
    density = lambda share: np.exp(one._log_density(share[:, None]))  # noqa: E731
    grid = np.linspace(0, 1, 4001)[1:-1]
    distribution = np.cumsum(density(grid)) / density(grid).sum()
    assert kstest(shares[:, 0], lambda x: np.interp(x, grid, distribution)).pvalue > FALSE_ALARM
