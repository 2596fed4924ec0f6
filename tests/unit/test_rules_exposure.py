"""What harms people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bordersim.model.rules.elementary import log
from bordersim.model.rules.exposure import (
    degree_hours,
    hypothermia_probability,
    is_freezing,
    probability_over_days,
)

probability = st.floats(2**-20, 1 - 2**-20)
days = st.integers(0, 200)


def test_no_day_or_no_risk_is_no_risk() -> None:
    assert probability_over_days(0.0, 30.0) == 0.0
    assert probability_over_days(0.5, 0.0) == 0.0
    assert probability_over_days(0.5, -1.0) == 0.0


@pytest.mark.parametrize(("days", "expected"), [(1, 0.5), (2, 0.75), (3, 0.875)])
def test_who_must_live_through_coin_flips_halves_the_chance_each_day(days: int, expected: float) -> None:
    # Two roundings, in the log and in the exp: the answer may be off by the last few of 53 bits.
    assert abs(probability_over_days(0.5, days) - expected) <= 2**-51


@pytest.mark.parametrize("days", [1, 2, 200])
def test_certain_death_is_certain(days: int) -> None:
    # Once it was not: log(0) is finite here.
    assert probability_over_days(1.0, days) == 1.0


def test_certain_death_takes_a_day() -> None:
    assert probability_over_days(1.0, 0) == 0.0


@given(probability, days, days)
def test_more_days_are_never_safer(probability: float, some: int, more: int) -> None:
    risk = probability_over_days(probability, some)
    assert 0 <= risk <= probability_over_days(probability, some + more) <= 1


def test_freezing_is_below_zero() -> None:
    assert is_freezing(-0.5)
    assert not is_freezing(0.0)
    assert not is_freezing(0.5)


@pytest.mark.parametrize(
    ("threshold_degc", "temperature_degc", "hours", "expected"),
    [
        (10.0, 10.0, 5.0, 0.0),
        (10.0, 25.0, 5.0, 0.0),
        (10.0, 8.0, 5.0, 10.0),
        (10.0, -2.5, 2.0, 25.0),
        (10.0, -2.5, 0.0, 0.0),
    ],
)
def test_cold_is_degrees_below_the_threshold_times_hours(
    threshold_degc: float, temperature_degc: float, hours: float, expected: float
) -> None:
    assert degree_hours(threshold_degc, temperature_degc, hours) == expected


def test_without_cold_or_hazard_nobody_gets_hypothermia() -> None:
    assert hypothermia_probability(0.0, 1.0, 5.0) == 0.0
    assert hypothermia_probability(100.0, 0.0, 5.0) == 0.0
    assert hypothermia_probability(100.0, 1.0, 100.0) == 1.0


@pytest.mark.parametrize(("halvings", "expected"), [(1, 0.5), (2, 0.75), (3, 0.875)])
def test_every_so_many_degree_hours_halve_those_spared_and_wet_clothes_count_as_more(
    halvings: int, expected: float
) -> None:
    # Two roundings, in the log and in the exp: the answer may be off by the last few of 53 bits.
    rate = log(2.0) / 64
    assert abs(hypothermia_probability(64.0 * halvings, rate, 1.0) - expected) <= 2**-50
    assert abs(hypothermia_probability(64.0, rate, float(halvings)) - expected) <= 2**-50
