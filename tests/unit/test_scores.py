"""Scores against values worked out by hand and closed forms; nothing is never a perfect score."""

from __future__ import annotations

import sys
from collections.abc import Callable
from math import erf, exp, pi, sqrt

import numpy as np
import pytest

from bordersim.validation.aims import chance_of_so_few, missed
from bordersim.validation.scores import (
    averaged_relative_difference,
    continuous_ranked_probability_score,
    coverage,
    coverage_of_ranges,
    interval,
    interval_score,
    mean_absolute_scaled_error,
    pit_histogram,
    weighted_relative_difference,
)
from bordersim.validation.scoring_rules import scoring_rules

OBSERVED = np.array([10.0, 20.0, 40.0])


def spread(*columns: list[float]) -> np.ndarray:
    """Lay the replicates of each window side by side."""
    return np.array(columns, dtype=float).T


def test_ard_is_the_mean_of_relative_errors() -> None:
    """|15-10|/10 = 0.5, 0, |30-40|/40 = 0.25: mean 0.25."""
    assert averaged_relative_difference(OBSERVED, np.array([15.0, 20.0, 30.0])) == pytest.approx(0.25)


def test_ard_over_places_divides_by_their_sum() -> None:
    """Two places: (|12-10| + |24-30|) / 40 = 0.2, then (5 + 5) / 20 = 0.5: mean 0.35."""
    observed, predicted = np.array([[10.0, 30.0], [10.0, 10.0]]), np.array([[12.0, 24.0], [15.0, 5.0]])
    assert averaged_relative_difference(observed, predicted) == pytest.approx(0.35)


def test_a_zero_counts_as_one_event_in_the_ard_and_not_at_all_in_the_weighted_one() -> None:
    observed, predicted = np.array([0.0, 10.0]), np.array([30.0, 10.0])
    assert averaged_relative_difference(observed, predicted) == 15.0
    assert weighted_relative_difference(observed, predicted) == 3.0
    assert averaged_relative_difference(np.zeros(2), np.zeros(2)) == 0.0
    assert np.isnan(weighted_relative_difference(np.zeros(2), np.ones(2)))


def test_weighted_difference_is_the_error_of_all_over_all() -> None:
    assert weighted_relative_difference(OBSERVED, np.array([15.0, 20.0, 30.0])) == pytest.approx(15 / 70)


def test_mase_of_the_naive_forecast_is_one() -> None:
    naive = np.array([np.nan, 10.0, 20.0])
    assert mean_absolute_scaled_error(OBSERVED, np.nan_to_num(naive), naive) == pytest.approx(1.0)


def test_mase_by_hand() -> None:
    """Errors 5 and 10 against the naive 10 and 20: 7.5 / 15."""
    naive = np.array([np.nan, 10.0, 20.0])
    assert mean_absolute_scaled_error(OBSERVED, np.array([99.0, 25.0, 30.0]), naive) == pytest.approx(0.5)


def test_mase_is_not_a_number_without_a_naive_forecast_or_without_its_error() -> None:
    assert np.isnan(mean_absolute_scaled_error(OBSERVED, OBSERVED, np.full(3, np.nan)))
    assert np.isnan(mean_absolute_scaled_error(np.zeros(3), np.ones(3), np.zeros(3)))


def test_crps_of_a_forecast_without_spread_is_its_absolute_error() -> None:
    score = continuous_ranked_probability_score(OBSERVED, np.tile([13.0, 20.0, 0.0], (7, 1)))
    assert score == pytest.approx([3.0, 0.0, 40.0])


def test_crps_of_two_replicates_by_hand() -> None:
    """Replicates 0 and 4, observed 1: mean error 2, half the mean distance of pairs 1."""
    assert continuous_ranked_probability_score(np.array([1.0]), spread([0, 4])) == pytest.approx([1.0])


def test_crps_of_many_normal_replicates_is_the_closed_form() -> None:
    """Gneiting and Raftery 2007: sigma (z (2 Phi(z) - 1) + 2 phi(z) - 1/sqrt(pi))."""
    from scipy.special import ndtri

    count, z = 20_000, 0.7
    replicates = ndtri((np.arange(count) + 0.5) / count)[:, np.newaxis]
    expected = z * erf(z / sqrt(2)) + 2 * exp(-z * z / 2) / sqrt(2 * pi) - 1 / sqrt(pi)
    assert continuous_ranked_probability_score(np.array([z]), replicates)[0] == pytest.approx(
        expected, abs=1e-3
    )


def test_kernels_that_nobody_calls_are_not_compiled_and_the_package_of_others_is_whole() -> None:
    """Each command that scores spent six seconds on them."""
    light = scoring_rules()
    assert light is scoring_rules()
    assert light._crps.crps.estimator_gufuncs is None
    assert "scoringrules" not in sys.modules


def test_interval_holds_the_middle_share() -> None:
    low, high = interval(np.arange(101.0)[:, np.newaxis], 0.9)
    assert (low[0], high[0]) == pytest.approx((5.0, 95.0))


def test_interval_score_is_the_width_and_the_penalty() -> None:
    """The 90 % interval is 5 to 95: inside 90, ten below 90 + 2/0.1 x 10."""
    replicates = np.tile(np.arange(101.0)[:, np.newaxis], (1, 3))
    score = interval_score(np.array([50.0, -5.0, 96.0]), replicates, 0.9)
    assert score == pytest.approx([90.0, 290.0, 110.0])


def test_coverage_counts_both_ends() -> None:
    replicates = np.tile(np.arange(101.0)[:, np.newaxis], (1, 4))
    assert coverage(np.array([5.0, 95.0, 4.9, 95.1]), replicates, 0.9) == 0.5


def test_a_published_range_that_meets_the_interval_is_no_contradiction() -> None:
    replicates = np.tile(np.arange(101.0)[:, np.newaxis], (1, 3))
    lowest, highest = np.array([0.0, 96.0, 0.0]), np.array([5.0, 99.0, 4.0])
    assert coverage_of_ranges(lowest, highest, replicates, 0.9) == pytest.approx(1 / 3)


def test_pit_of_a_forecast_with_the_right_spread_is_flat() -> None:
    replicates = np.tile(np.arange(100.0)[:, np.newaxis], (1, 100))
    assert pit_histogram(np.arange(100.0), replicates, 10) == pytest.approx(np.full(10, 0.1))


def test_pit_of_figures_beyond_all_replicates_stands_at_the_ends() -> None:
    replicates = np.tile(np.arange(10.0)[:, np.newaxis], (1, 4))
    shares = pit_histogram(np.array([-1.0, 99.0, 99.0, 99.0]), replicates, 5)
    assert shares == pytest.approx([0.25, 0, 0, 0, 0.75])


def test_pit_spreads_a_count_that_replicates_share() -> None:
    """All replicates are 0 and so is the figure: nothing is known of its place."""
    assert pit_histogram(np.zeros(1), np.zeros((5, 1)), 4) == pytest.approx(np.full(4, 0.25))


SCORES: list[Callable[[np.ndarray, np.ndarray], object]] = [
    averaged_relative_difference,
    weighted_relative_difference,
    lambda observed, predicted: mean_absolute_scaled_error(observed, predicted, predicted),
    lambda observed, predicted: continuous_ranked_probability_score(observed, predicted[np.newaxis]),
    lambda observed, predicted: interval_score(observed, predicted[np.newaxis], 0.9),
    lambda observed, predicted: coverage(observed, predicted[np.newaxis], 0.9),
    lambda observed, predicted: coverage_of_ranges(observed, observed, predicted[np.newaxis], 0.9),
    lambda observed, predicted: pit_histogram(observed, predicted[np.newaxis]),
]


@pytest.mark.parametrize("score", SCORES)
def test_nothing_is_refused_and_not_scored_as_perfect(score: Callable[..., object]) -> None:
    with pytest.raises(ValueError, match="nothing"):
        score(np.zeros(0), np.zeros(0))


@pytest.mark.parametrize("score", SCORES)
def test_what_is_not_a_number_is_refused(score: Callable[..., object]) -> None:
    with pytest.raises(ValueError, match="not a number"):
        score(np.array([1.0, np.nan]), np.ones(2))


@pytest.mark.parametrize("score", SCORES)
def test_unlike_lengths_are_refused(score: Callable[..., object]) -> None:
    with pytest.raises(ValueError, match="observed"):
        score(np.ones(2), np.ones(3))


def test_a_forecast_without_replicates_is_refused() -> None:
    with pytest.raises(ValueError, match="replicate"):
        coverage(np.ones(2), np.zeros((0, 2)), 0.9)


def row(**changes: float) -> dict[str, float]:
    """Return the figures of a row that misses nothing."""
    good = {"ard": 0.1, "mase_best": 0.5, "n_naive": 9, "n": 10, "coverage90": 0.9}
    return good | {"width90": 5.0, "naive_width90": 9.0} | changes


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({}, ""),
        ({"ard": 0.61}, "ard"),
        ({"mase_best": 1.0}, "mase"),
        ({"mase_best": 1.0, "n_naive": 2}, ""),
        ({"coverage90": 0.7}, ""),
        ({"coverage90": 0.6}, "coverage90"),
        ({"width90": 10.0}, "width90"),
        ({"width90": 10.0, "naive_width90": float("nan")}, ""),
    ],
)
def test_what_a_row_misses_is_named(changes: dict[str, float], names: str) -> None:
    assert missed(row(**changes)) == names


def test_chance_of_so_few_hits_by_hand() -> None:
    assert chance_of_so_few(0, 1, 0.9) == pytest.approx(0.1)
    assert chance_of_so_few(1, 2, 0.9) == pytest.approx(0.19)
    assert chance_of_so_few(2, 2, 0.9) == pytest.approx(1.0)
