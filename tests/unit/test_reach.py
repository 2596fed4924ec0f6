"""How far a 90 % range of few independent histories reaches."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bordersim.results.reach import levels, reach, worth_of


@pytest.mark.parametrize("count", [19, 20, 39, 77, 200])
@pytest.mark.parametrize("outside", [0.05, 0.25])
def test_one_more_draw_lies_within_as_often_as_promised(count: int, outside: float) -> None:
    """The i-th of n even draws lies at i / (n + 1) on average, a quantile between two of them between."""
    low, _, high = (1 + (count - 1) * level for level in levels(count, outside))
    assert (high - low) / (count + 1) == pytest.approx(1 - 2 * outside)


def test_fewer_than_nineteen_reach_as_far_as_they_can_and_no_farther() -> None:
    assert levels(18.9) == levels(1.0) == levels(0.2) == (0.0, 0.5, 1.0)


def test_what_is_not_known_moves_no_end() -> None:
    assert levels(None) == (0.05, 0.5, 0.95)
    assert levels(1e12)[0] == pytest.approx(0.05)
    assert worth_of(10, 40, None) is None


@given(st.floats(0.5, 1e4), st.floats(1.0, 100.0))
def test_fewer_independent_ones_never_reach_less_far(worth: float, times: float) -> None:
    values = np.arange(201.0)
    few, many = reach(values, worth), reach(values, worth * times)
    assert few[0] <= many[0] + 1e-9
    assert few[1] == many[1] == 100.0
    assert few[2] >= many[2] - 1e-9


def test_a_part_of_the_histories_is_worth_its_part() -> None:
    assert worth_of(50, 200, 80.0) == 20.0
