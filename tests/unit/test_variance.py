"""Chance and knowledge: the shares of a table of draws by replicates whose parts are known."""

from __future__ import annotations

import numpy as np
import pytest

from bordersim.results.variance import complete, mean_squares, spread_of


def test_mean_squares_are_those_of_the_textbook() -> None:
    """Two draws by three replicates, worked out by hand."""
    values = np.array([[1.0, 2.0, 3.0], [5.0, 4.0, 9.0]])
    assert mean_squares(values) == pytest.approx((24.0, 6.0, 2.0))


def test_knowledge_alone_and_chance_alone() -> None:
    rows = np.arange(5.0)[:, None] + np.zeros(8)
    only_draws, only_replicates = spread_of(rows), spread_of(rows.T)
    assert (only_draws.parameter_uncertainty_share, only_draws.random_variation_share) == (1, 0)
    assert (only_replicates.parameter_uncertainty_share, only_replicates.random_variation_share) == (0, 1)
    assert only_draws.mean == only_replicates.mean == 2


def test_shares_of_a_sum_of_known_parts_are_found() -> None:
    """Standard deviations 3 between draws, 2 between replicates, 1 together: 9 of 14 is knowledge.

    200 x 200 numbers: the standard error of the share is about 0.03 (of the variance of 200 draws,
    sqrt(2 / 199) = 10 %, times 9 / 14 x 5 / 14); five of them are allowed, a false alarm in a million.
    """
    chance = np.random.default_rng(1)
    draws, replicates = chance.normal(0, 3, (200, 1)), chance.normal(0, 2, (1, 200))
    spread = spread_of(10 + draws + replicates + chance.normal(0, 1, (200, 200)))
    assert abs(spread.parameter_uncertainty_share - 9 / 14) < 0.15
    assert spread.parameter_uncertainty_share + spread.random_variation_share == pytest.approx(1)
    assert spread.low < 10 < spread.high


def test_replicates_in_common_do_not_hide_knowledge() -> None:
    """The same people in every draw: taking replicates for nested would take their share off knowledge."""
    chance = np.random.default_rng(2)
    replicates = chance.normal(0, 5, (1, 30))
    spread = spread_of(np.array([[0.0], [1.0], [2.0]]) + replicates)
    knowledge = 1.0 / (1.0 + replicates.var(ddof=1))
    assert spread.parameter_uncertainty_share == pytest.approx(knowledge)


def test_the_interval_covers_the_mean_as_often_as_it_says() -> None:
    """2,000 tables of 12 x 12; covering has a standard error of 0.5 %, and Satterthwaite is approximate."""
    chance, covered = np.random.default_rng(3), 0
    for _ in range(2000):
        parts = chance.normal(0, 1, (12, 1)), chance.normal(0, 1, (1, 12)), chance.normal(0, 1, (12, 12))
        spread = spread_of(sum(parts))
        covered += spread.low < 0 < spread.high
    assert 0.93 < covered / 2000 < 0.98


def test_a_replicate_that_a_draw_lacks_is_left_out() -> None:
    values = np.ones((2, 4))
    values[0, 1] = np.nan
    assert complete(values).shape == (2, 3)
    assert np.isnan(spread_of(values[:, :0]).mean)
