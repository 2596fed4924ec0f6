"""From hazards to probabilities, waits and counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bordersim.model.rules.elementary import log
from bordersim.model.rules.hazards import (
    exponential,
    geometric_count,
    log_of_one_more,
    waiting_time_h,
)

draw = st.integers(1, 2**53 - 1).map(lambda n: n / 2**53)
rate = st.floats(0, 100)
# Multiples of 1/64: so far from nothing and from each other that rounding spares order and doubling.
mean = st.integers(0, 2**16).map(lambda n: n / 64)


@given(draw, mean)
def test_exponential_is_minus_log_times_mean(draw: float, mean: float) -> None:
    assert exponential(draw, mean) == -log(draw) * mean
    assert exponential(draw, mean) >= 0
    assert exponential(draw, 2 * mean) == 2 * exponential(draw, mean)


def test_half_of_exponentials_are_below_the_mean_times_log_two() -> None:
    assert exponential(0.5, 3.0) == 3.0 * -log(0.5)


@given(draw, st.floats(0.01, 1000), st.floats(0, 1000))
def test_waiting_time_is_the_exponential_cut_at_never(draw: float, rate_per_h: float, never_h: float) -> None:
    assert waiting_time_h(draw, rate_per_h, never_h) == min(-log(draw) / rate_per_h, never_h)


@given(draw, st.floats(0, 1000))
def test_nothing_happens_without_hazard(draw: float, never_h: float) -> None:
    assert waiting_time_h(draw, 0.0, never_h) == never_h


@given(draw, st.floats(0.01, 100), st.floats(0.01, 100))
def test_a_higher_hazard_never_comes_later(draw: float, low: float, high: float) -> None:
    low, high = min(low, high), max(low, high)
    assert waiting_time_h(draw, high, 1e9) <= waiting_time_h(draw, low, 1e9)


@given(draw)
def test_everybody_is_alone_where_the_mean_is_one(draw: float) -> None:
    assert geometric_count(draw, log_of_one_more(1.0)) == 1


@pytest.mark.parametrize(
    ("draw", "expected"), [(0.99, 1), (0.51, 1), (0.49, 2), (0.26, 2), (0.24, 3), (0.126, 3), (0.124, 4)]
)
def test_with_a_mean_of_two_every_further_one_halves_the_chance(draw: float, expected: int) -> None:
    assert geometric_count(draw, log_of_one_more(2.0)) == expected


@given(draw, mean.map(lambda m: 1 + m), mean.map(lambda m: 1 + m))
def test_a_larger_mean_never_gives_a_smaller_count(draw: float, low: float, high: float) -> None:
    low, high = min(low, high), max(low, high)
    few, many = (geometric_count(draw, log_of_one_more(each)) for each in (low, high))
    assert 1 <= few <= many
