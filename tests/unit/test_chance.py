"""The assertions about samples cry wolf no more often than they say, and find the faults they promise."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

import numpy as np
import pytest
from chance import (
    FALSE_ALARM,
    assert_count,
    assert_exponential,
    assert_independent,
    assert_law,
    assert_poisson,
    assert_share,
    assert_shares,
    compound_poisson,
)
from scipy import stats

SAMPLES = 4000
ALONE = np.array([0.0, 1.0])


def fails(check: Callable[[], None]) -> bool:
    """Return whether an assertion fails."""
    try:
        check()
    except AssertionError:
        return True
    return False


def test_false_alarms_are_no_more_frequent_than_stated() -> None:
    """With an alarm of 1 in 20, no more than 1 in 20 right samples fail, but for luck of 1 in a million."""
    hits = np.random.default_rng(1).binomial(500, 0.3, SAMPLES)
    alarms = sum(fails(partial(assert_share, int(h), 500, 0.3, finds=1, alarm=0.05)) for h in hits)
    assert alarms <= stats.binom(SAMPLES, 0.05).isf(FALSE_ALARM)


def test_a_fault_of_the_promised_size_is_found() -> None:
    chance = np.random.default_rng(2)
    waits = chance.exponential(1.0, 5000)
    for check in (
        lambda: assert_share(330 * 10, 10_000, 0.30, finds=0.03),
        lambda: assert_shares([2800, 2200, 5000], [0.25, 0.25, 0.5], finds=0.03),
        lambda: assert_poisson(10_600, 10_000, finds=0.05),
        lambda: assert_count(10_600, compound_poisson(10_000, ALONE), finds=0.05),
        lambda: assert_exponential(waits * 1.1, 1.0, finds=0.1),
        lambda: assert_law(waits, lambda x: -np.expm1(-x / 1.2), finds=0.05),
        lambda: assert_independent(waits % 1, waits % 1, finds=0.05),
    ):
        assert fails(check)


def test_right_samples_pass() -> None:
    chance = np.random.default_rng(3)
    waits = chance.exponential(1.0, 5000)
    assert_share(3000, 10_000, 0.30, finds=0.03)
    assert_shares([2500, 2500, 5000], [0.25, 0.25, 0.5], finds=0.03)
    assert_poisson(10_000, 10_000, finds=0.05)
    assert_count(10_000, compound_poisson(10_000, ALONE), finds=0.05)
    assert_exponential(waits, 1.0, finds=0.1)
    assert_law(waits, lambda x: -np.expm1(-x), finds=0.05)
    assert_law(chance.poisson(2.0, 5000), stats.poisson(2.0).cdf, finds=0.05)
    assert_independent(chance.random(9000), chance.random(9000), finds=0.05)


@pytest.mark.parametrize(
    "check",
    [
        lambda: assert_share(3, 10, 0.3, finds=0.05),
        lambda: assert_poisson(10, 10, finds=0.05),
        lambda: assert_count(10, compound_poisson(10, ALONE), finds=0.05),
        lambda: assert_exponential([1.0] * 10, 1.0, finds=0.05),
        lambda: assert_law([0.5] * 10, lambda x: x, finds=0.05),
    ],
)
def test_a_sample_too_small_to_find_the_fault_is_refused(check: Callable[[], None]) -> None:
    with pytest.raises(AssertionError, match="cannot find a fault"):
        check()


def test_what_cannot_happen_must_not_happen_once() -> None:
    with pytest.raises(AssertionError, match="cannot happen"):
        assert_shares([50_000, 50_000, 1], [0.5, 0.5, 0.0], finds=0.05)


def test_the_bound_on_a_law_shrinks_with_the_root_of_the_sample() -> None:
    assert math.isclose(FALSE_ALARM, 1e-6)
    with pytest.raises(AssertionError, match="cannot find"):
        assert_law(np.linspace(0, 1, 700), lambda x: x, finds=0.1)
    assert_law(np.linspace(0, 1, 730), lambda x: x, finds=0.1)


@pytest.mark.parametrize("mean", [0.5, 40.0, 3000.0])
def test_a_sum_of_poisson_many_has_the_moments_of_the_book(mean: float) -> None:
    sizes = np.array([0.0, 0.5, 0.2, 0.2, 0.1])
    law = compound_poisson(mean, sizes)
    assert math.isclose(law.mean(), mean * 1.9, rel_tol=1e-9)
    assert math.isclose(law.var(), mean * (0.5 + 0.2 * 4 + 0.2 * 9 + 0.1 * 16), rel_tol=1e-6)
    assert math.isclose(law.pmf(0), math.exp(-mean), abs_tol=1e-12)


def test_a_sum_of_poisson_many_ones_is_poisson() -> None:
    points = np.arange(100)
    assert np.abs(compound_poisson(40, ALONE).cdf(points) - stats.poisson(40).cdf(points)).max() < 1e-12
