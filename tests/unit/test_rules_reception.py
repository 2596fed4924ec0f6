"""What follows an admission to the procedure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bordersim.model.rules.reception import end_of_procedure, end_of_stay, gives_up
from bordersim.words.codes import ADMITTED, IN_PROCEDURE, MOVED_ON, RETURNED_HOME

draw = st.integers(1, 2**20 - 1).map(lambda n: n / 2**20)


@pytest.mark.parametrize(
    ("draw", "expected"),
    [
        (0.01, ADMITTED),
        (0.24, ADMITTED),
        (0.25, RETURNED_HOME),
        (0.74, RETURNED_HOME),
        (0.75, MOVED_ON),
        (0.99, MOVED_ON),
    ],
)
def test_a_quarter_admitted_half_returned_the_rest_moved_on(draw: float, expected: int) -> None:
    assert end_of_procedure(draw, 0.25, 0.5) == expected


@given(draw)
def test_shares_of_one_and_none_are_certain(draw: float) -> None:
    assert end_of_procedure(draw, 1.0, 0.0) == ADMITTED
    assert end_of_procedure(draw, 0.0, 1.0) == RETURNED_HOME
    assert end_of_procedure(draw, 0.0, 0.0) == MOVED_ON


@given(draw)
def test_a_stay_ends_in_the_procedure_for_those_who_are_found(draw: float) -> None:
    assert end_of_stay(draw, 0.25) == (IN_PROCEDURE if draw < 0.25 else MOVED_ON)
    assert end_of_stay(draw, 1.0) == IN_PROCEDURE
    assert end_of_stay(draw, 0.0) == MOVED_ON


@given(draw)
def test_giving_up_is_certain_at_one_and_impossible_at_zero(draw: float) -> None:
    assert gives_up(draw, 1.0)
    assert not gives_up(draw, 0.0)


def test_giving_up_takes_a_draw_below_the_probability() -> None:
    assert gives_up(0.24, 0.25)
    assert not gives_up(0.25, 0.25)
