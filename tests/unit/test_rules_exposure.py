"""What harms people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bordersim.model.rules.exposure import is_freezing, probability_over_days

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
